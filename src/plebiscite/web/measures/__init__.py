"""The public pages of a measure."""
