"""Results beside others: what the rest must average, another year, what if."""
