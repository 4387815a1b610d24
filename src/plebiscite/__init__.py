"""plebiscite carries a citizens' initiative from filing to final outcome."""

__version__ = "0.1.0"
