"""What may not be while the public can reach the site; refused before it starts.

*In public* means: `PLEBISCITE_URL` names another place than this machine, or the server
listens on more than the loopback address.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from plebiscite.core import faultpoints
from plebiscite.errors import InputError, Refusal

LEAST_SECRET = 40
UNFINISHED = "restoring.json"
"""Stands in a home while a backup is brought back into it; a site does not start."""


def is_local(host: str) -> bool:
    """Return whether only this machine can reach `host`."""
    if host in {"", "localhost"}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_local_address(url: str) -> bool:
    """Return whether only this machine can reach `url`; one without a host is public.

    >>> [is_local_address(url) for url in ("", "http://localhost:8000", "example.gov")]
    [True, True, False]
    """
    host = urlsplit(url).hostname
    return not url or (host is not None and is_local(host))


def refuse_unsafe(*, host: str = "127.0.0.1", workers: int = 1) -> None:
    """Refuse settings that would endanger voters' data; all of them at once.

    Raises:
        InputError: with one refusal for each setting, and what to write instead.

    """
    public = not (is_local_address(settings.PUBLIC_URL) and is_local(host))
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    refusals = [
        Refusal(problem=problem)
        for wrong, problem in [
            (
                sqlite and workers > 1,
                "several workers on SQLite: name a PostgreSQL database in "
                "PLEBISCITE_DATABASE, or start one worker",
            ),
            (
                (settings.HOME / UNFINISHED).exists(),
                "the restoring of a backup was cut off here: run plebiscite restore "
                "again with the same backup",
            ),
            (
                faultpoints.is_armed() or faultpoints.ASKED in os.environ,
                f"{faultpoints.ASKED} cuts the program off at a write: unset it",
            ),
            *(_public_faults() if public else []),
        ]
        if wrong
    ]
    if refusals:
        raise InputError("the site will not start like this", refusals=refusals)


def _public_faults() -> list[tuple[bool, str]]:
    return [
        (settings.DEBUG, "PLEBISCITE_DEBUG shows the inside of the program: unset it"),
        (settings.DEMO, "a demonstration has open accounts: serve it locally only"),
        (
            not settings.PUBLIC_URL.startswith("https://"),
            "PLEBISCITE_URL must be the public address and begin with https://, so "
            "that cookies travel encrypted only",
        ),
        (
            len(settings.SECRET_KEY) < LEAST_SECRET,
            f"PLEBISCITE_SECRET is shorter than {LEAST_SECRET} characters; leave it "
            "out and a good one is made and kept",
        ),
        (
            not settings.SECOND_FACTOR,
            "PLEBISCITE_SECOND_FACTOR=0 leaves offices with a password alone: unset it",
        ),
        (
            "*" in settings.ALLOWED_HOSTS,
            "PLEBISCITE_HOSTS must name the hosts, not *",
        ),
        (
            os.environ.get("DJANGO_SETTINGS_MODULE") != "plebiscite.web.settings",
            "DJANGO_SETTINGS_MODULE names other settings than plebiscite's",
        ),
    ]
