"""Work at one, two and four times what is promised, and what was stored of it."""

from prove.load.act import prove

__all__ = ["prove"]
