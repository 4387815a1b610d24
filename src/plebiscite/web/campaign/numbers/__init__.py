"""The numbers of a campaign: money, validity, pace, how many to file."""
