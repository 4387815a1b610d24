"""The people of a campaign and the sheets in their hands."""
