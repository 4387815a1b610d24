"""Until when the data of signers are kept, and their destruction after that."""
