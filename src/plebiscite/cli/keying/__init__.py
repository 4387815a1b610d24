"""The keying screen: one card at a time, its image above what is typed."""
