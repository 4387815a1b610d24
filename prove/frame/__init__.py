"""What a part of the proof gets, gives back, and where it is written down."""
