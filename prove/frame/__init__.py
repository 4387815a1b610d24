"""What the parts of the proof share: figures, records, the page, and some grounds."""
