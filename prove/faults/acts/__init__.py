"""The acts that are cut off, on grounds laid out by real commands."""
