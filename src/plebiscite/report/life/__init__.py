"""The life of a measure in words and pictures: its story, its days, its text."""
