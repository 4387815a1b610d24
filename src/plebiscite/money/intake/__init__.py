"""Files of money as they come: recognised, read, and joined with their filings."""
