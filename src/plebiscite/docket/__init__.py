"""The life of a measure as a hash-chained list of events."""
