"""Sheets in: pages found in scans and photographs, straightened, read and cut."""
