"""Who may sign: the voter roll as of a day."""
