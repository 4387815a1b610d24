"""The proof: the system broken on purpose, and what happened.

`make prove` runs every part in turn and writes `docs/reliability.md`. Each part's core
also runs, small, in `tests/prove`.
"""
