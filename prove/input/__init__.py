"""What nobody should send: to every reader, and out of every export."""

from prove.input.act import prove

__all__ = ["prove"]
