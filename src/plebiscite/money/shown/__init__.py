"""What of a ledger is shown, and to what a person should look."""
