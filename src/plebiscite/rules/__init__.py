"""The engine: reading law files, and the algebra that judges by them."""
