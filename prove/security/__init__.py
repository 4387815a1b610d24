"""Who gets in, what they can learn, and what plebiscite is made of."""

from prove.security.act import prove

__all__ = ["prove"]
