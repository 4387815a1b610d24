"""What a news text says of a measure, set beside what the record says."""
