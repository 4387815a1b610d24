"""The desk of the campaign."""
