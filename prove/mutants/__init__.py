"""The code changed on purpose, a little at a time: does a test notice?"""

from prove.mutants.act import prove

__all__ = ["prove"]
