"""Sheets as they come back: printed, filled in by hand, scanned or photographed."""
