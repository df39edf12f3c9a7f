"""The quick lane (F12): results given while the citizen waits."""
