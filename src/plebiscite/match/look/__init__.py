"""Looking voters up, as a person at a keyboard types."""
