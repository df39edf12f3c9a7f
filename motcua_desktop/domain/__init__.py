"""Pure rules of the reception desk: plain frozen dataclasses, no input or output."""
