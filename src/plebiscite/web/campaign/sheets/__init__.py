"""Sheets with serials: printed, handed out, taken back, receipted."""
