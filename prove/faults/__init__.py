"""Faults: killed, torn, full and in the dark."""

from prove.faults.act import prove

__all__ = ["prove"]
