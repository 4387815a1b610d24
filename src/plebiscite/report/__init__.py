"""Pages and pictures both doors show; they compute nothing."""
