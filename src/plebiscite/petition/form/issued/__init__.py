"""What was given out: the ledger of serials, the printing of new ones, receipts."""
