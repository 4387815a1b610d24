"""The queue: lines handed out, found, reviewed, disputed, taken back."""
