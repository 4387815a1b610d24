"""Faults: killed, torn, full and in the dark."""
