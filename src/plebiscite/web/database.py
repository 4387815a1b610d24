"""Which database: SQLite beside the folders, or PostgreSQL where several people work.

SQLite keeps a rollback journal, not a write-ahead log: the libraries of today's systems
carry a fault by which a write-ahead log with several connections can corrupt
(sqlite.org, "The WAL-Reset Bug", 3.7.0 to 3.51.2). Transactions take their lock at once
and wait for it, so that two writers follow one another.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WAIT_SECONDS = 20


def database(address: str, home: Path) -> dict[str, Any]:
    """Return Django's settings for `address`; for "", SQLite in `home`.

    `address` is ``postgresql://user:password@host:port/name?sslmode=…``, or
    ``sqlite:///path``.

    Raises:
        ValueError: `address` names neither.

    """
    parts = urlsplit(address)
    match parts.scheme:
        case "" if not address:
            return _sqlite(home / "plebiscite.sqlite3")
        case "sqlite":
            return _sqlite(Path(unquote(parts.path)))
        case "postgresql" | "postgres":
            return _postgresql(address)
        case _:
            raise ValueError(
                "PLEBISCITE_DATABASE: write postgresql://user:password@host:port/name, "
                "or leave it out for SQLite"
            )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=DELETE;PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query))
        | {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
