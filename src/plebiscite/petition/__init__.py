"""What was signed: measure, sections and lines."""
