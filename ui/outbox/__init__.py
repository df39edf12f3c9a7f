"""What waits to be sent, and sending it (F7)."""
