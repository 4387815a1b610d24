"""Matching on Spark: what one machine does, done by many."""
