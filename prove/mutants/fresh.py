"""A plugin for pytest: what the code had kept in caches is forgotten at the start.

A mutant runs in a process forked from one that ran the tests already. Tables read then,
by the code as it was, would hide what a mutant does to the reading.
"""

from __future__ import annotations

import functools
import gc


def pytest_sessionstart() -> None:
    """Clear every cache of plebiscite's functions."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and (  # noqa: SLF001 # no public name
            getattr(each, "__module__", "") or ""
        ).startswith("plebiscite"):
            each.cache_clear()
