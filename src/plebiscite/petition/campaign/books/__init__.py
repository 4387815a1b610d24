"""What the campaign knows in numbers: its plan, what it filed, what was gathered."""
