"""What the law makes of results: the outcome, its margin, and when it is settled."""
