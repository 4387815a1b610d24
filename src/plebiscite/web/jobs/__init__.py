"""Long work in the background: one table, progress, and resumption after a crash."""
