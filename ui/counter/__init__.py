"""The counter: receive a citizen, hand over a receipt."""
