"""A roll read once: its texts become codes, which wait on disk."""
