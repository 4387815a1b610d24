"""Knocking at one's own door, so that nobody waits there unseen.

The server starts a thread when somebody comes and none is free. It counts who is free a
moment after they took up their work: who comes in that moment is put behind them, and
is only seen when somebody else comes, or one of them is done. Where all of them wait
for people who send slowly, on a site that few visit, that can be long. So somebody else
comes every second.
"""

from __future__ import annotations

import socket
from contextlib import suppress

ASKED = "/static/icon.svg"
"""A file that stands ready: asking for it is never held up and costs nearly nothing."""
PATIENCE = 1.0
"""Seconds for an answer; without one, somebody else knocks, a moment later."""


def knock(host: str, port: int, times: int = 1) -> int:
    """Ask the server at an address so many times for a small file.

    Returns:
        How many answers came; 0 while nobody listens there.

    """
    return sum(_answered(host, port) for _ in range(times))


def _answered(host: str, port: int) -> bool:
    asked = f"HEAD {ASKED} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with suppress(OSError), socket.create_connection((host, port), PATIENCE) as door:
        door.sendall(asked.encode())
        return bool(door.recv(1))
    return False
