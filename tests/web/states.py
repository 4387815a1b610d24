"""The states of the site that every check walks: one or more for each route.

A part of the site lists its own in `states_<part>.py`, as `STATES`. The lists are
written by hand, roles too: they say who *should* get in, and are the oracle for the
code that lets them in. A route without a state fails `test_states.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

ROLES = ("state", "county", "reviewer", "proponent", "chapter", "auditor")
EVERYBODY = frozenset({None, *ROLES})
PEOPLE = frozenset(ROLES)
OFFICES = frozenset({"state", "county", "reviewer", "auditor"})


@dataclass(frozen=True)
class State:
    """One thing a visitor can see.

    Attributes:
        route: the name of the route, as `reverse` takes it.
        path: its address, or what finds it for a `Site`.
        opens_to: who gets in: account keys, None for the public.
        who: whose eyes to look with.
        page: whether it is a page for people: HTML, looked at in the browser.
        status: what it answers to them.
        words: tells states of one route apart.
        act: what it does on opening, in the browser, before it is looked at.
        posts: the route takes forms only: who may not is tried, nobody looks.

    """

    route: str
    path: str | Callable[[Any], str]
    opens_to: frozenset = EVERYBODY
    who: str | None = None
    page: bool = True
    status: int = 200
    words: str = ""
    act: Callable[[Any], None] | None = None
    posts: bool = False
    fields: dict = field(default_factory=dict)

    def __str__(self):
        return f"{self.route}{' ' if self.words else ''}{self.words}"

    def at(self, site):
        """Return its address on a site."""
        return self.path if isinstance(self.path, str) else self.path(site)


def all_states():
    """Return the states of every part."""
    parts = sorted(Path(__file__).parent.glob("states_*.py"))
    return [each for part in parts for each in import_module(part.stem).STATES]


def all_routes():
    """Return the names of all routes: a route without a name by its pattern."""
    from django.urls import get_resolver

    return dict(_routes(get_resolver(), ""))


def _routes(resolver, space):
    from django.urls import URLResolver

    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _routes(each, inner)
        else:
            yield f"{space}{each.name or each.pattern}", each.callback
