"""The commands: the second face of the product, through the same services as the window."""
