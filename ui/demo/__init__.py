"""The sample day, driven through the real window by key and scan events."""
