"""What the first visitor would wait for, done before there is one.

To read a hundred law files, the templates and the translations takes most of a second.
So a process that serves asks itself for a page of each kind before it listens. What is
in memory then stays there until the process ends, and the collector of garbage need
not go through it again and again.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import Error, connections
from django.urls import reverse
from django.utils.translation import override

WARM = "PLEBISCITE_WARM"
"""The setting that says whether a process warms up: 1 where `serve` started it."""
ROUTES = ("measures:home", "measures:laws", "account_login")
ANY = "*"
EACH = (10_000, 10, 10)
"""After how many things that are made and kept the young are looked through; and after
how many such times those of the next two ages."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def warm(application: Application) -> list[int]:
    """Ask for a page of each kind, if the environment says so; return the statuses.

    A page that cannot be made is no reason not to start: whoever asks for it is told.
    """
    if os.environ.get(WARM) != "1":
        return []
    statuses = [_asked(application, path) for path in _paths()]
    connections.close_all()  # this thread answers nobody after this
    settle()
    return statuses


def settle() -> None:
    """Let the collector of garbage leave alone what stays, and go through it seldom.

    What a page leaves behind is tied in circles: the request knows its user, and the
    user the request. Most of it is young when it is dropped. What was at work while
    the young were looked through counts as old, and stays until the old are looked
    through: once in a million things made and kept, if they have grown by a quarter
    meanwhile. Where a campaign's registers are in memory, that takes a fifth of a
    second.
    """
    gc.collect()
    gc.freeze()
    gc.collect()  # else the quarter is one of all that was just set apart
    gc.set_threshold(*EACH)


def _paths() -> list[str]:
    kept = apps.get_model("measures", "Measure").objects  # known by name alone here
    with suppress(Error):
        measures = list(kept.values_list("id", flat=True)[:1])
        found = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                found += [reverse(route) for route in ROUTES]
                found += [reverse("measures:measure", args=[m]) for m in measures]
        return found
    return []  # nobody made the tables yet


def _asked(application: Application, path: str) -> int:
    """Ask for a page as a browser at this machine would; return the status."""
    said: list[str] = []
    hosts = [each.removeprefix(".") for each in settings.ALLOWED_HOSTS if each != ANY]
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": next(iter(hosts), "localhost"),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    answer = application(environ, lambda status, *_: said.append(status))
    for _ in answer:
        pass
    if (close := getattr(answer, "close", None)) is not None:
        close()  # as a server does
    return int(said[0].split()[0])
