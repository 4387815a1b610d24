"""The points at which a changed function takes the place of the one as written.

In a copy of the code every function stands beside all its mutants, and calls go through
here: to the function as written, unless one of its mutants is chosen. The choice is a
name in the environment, so that a program which a test starts runs the mutant too.
"""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Callable
from typing import Any

CHOSEN = "PLEBISCITE_MUTANT"
ORIGINAL = "_mutmut_orig"
Mutants = dict[str, Callable[..., Any]]
MutantDict = Mutants
"""What the generated code calls it."""


class Now:
    """What holds in this process: the mutant that is chosen, and what was called.

    `called` gathers the functions called, where somebody wants to know.
    """

    module = ""
    name = ""
    called: set[str] | None = None


def choose(mutant: str) -> None:
    """Let calls reach `mutant` (module and name) from now on; "" is the code itself."""
    os.environ[CHOSEN] = mutant
    Now.module, _, Now.name = mutant.rpartition(".")


def watch() -> set[str]:
    """Return the set in which each function called from now on will be found."""
    Now.called = set()
    return Now.called


def forget() -> None:
    """Clear every cache of plebiscite's functions.

    Tables read while the tests were collected, by the code as it was, would hide what
    a mutant does to the reading.
    """
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and (  # noqa: SLF001 # no public name
            getattr(each, "__module__", "") or ""
        ).startswith("plebiscite"):
            each.cache_clear()


def see_through_caches() -> None:
    """Let a function whose answer is kept count as calling what it called at first.

    Else only the first test to ask would be known to call what reads a table, and no
    other test would be tried on its mutants. To be done before plebiscite is loaded.
    """
    real_cache, real_lru = functools.cache, functools.lru_cache

    def lru(maxsize: Any = 128, typed: bool = False) -> Any:
        if callable(maxsize):
            return seen_through(maxsize, real_lru(maxsize))
        made = real_lru(maxsize, typed)
        return lambda function: seen_through(function, made(function))

    functools.cache = lambda function: seen_through(function, real_cache(function))
    functools.lru_cache = lru


def seen_through(function: Callable[..., Any], kept: Any) -> Any:
    """Return a function with a cache that adds to `Now.called` what filled it."""
    if not (function.__module__ or "").startswith("plebiscite"):
        return kept
    filled: dict[object, set[str]] = {}

    @functools.wraps(function)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if Now.called is None:
            return kept(*args, **kwargs)
        outer, Now.called = Now.called, set()
        try:
            return kept(*args, **kwargs)
        finally:
            key = (args, *sorted(kwargs.items()))
            filled.setdefault(key, set()).update(Now.called)
            outer |= filled[key]
            Now.called = outer

    vars(asked).update(cache_clear=kept.cache_clear, cache_info=kept.cache_info)
    return asked


def switched(
    known: Mutants, is_classmethod: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that mutmut's code puts on the function as written."""

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        module = function.__module__
        names: list[str] = []

        @functools.wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            one = known.get(Now.name) if Now.module == module else None
            if one is None:
                one = known[ORIGINAL]
            if Now.called is not None:
                if not names:
                    name = known[ORIGINAL].__name__.removesuffix(f"_{ORIGINAL}")
                    names.append(f"{module}.{name}")
                Now.called.add(names[0])
            if is_classmethod:
                return getattr(args[0], one.__name__)(*args[1:], **kwargs)
            return one(*args, **kwargs)

        return called

    return around


choose(os.environ.get(CHOSEN, ""))
