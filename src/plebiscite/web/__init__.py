"""The web door: asks the engine and shows what it answers; it decides nothing."""
