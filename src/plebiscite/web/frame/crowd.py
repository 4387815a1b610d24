"""More people than the site can serve: some wait a little, others are sent away.

A server that takes in everybody makes everybody wait, until every answer comes too
late. So no more answers are made at once than were asked for at the start; whoever
finds no place within `PATIENCE` seconds is told so, in an answer that costs next to
nothing and says that nothing was stored. Files that stand ready and the question
whether the site lives are never held up. While the site waits for somebody to send, it
makes no answer, and the place is another's; and those who send never have all threads:
who sends slowly holds nobody up.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore
from typing import Any

from plebiscite.web.frame.answers import failed
from plebiscite.web.frame.senders import Senders

AT_ONCE = "PLEBISCITE_AT_ONCE"
"""The setting that says how many answers one process makes at the same time."""
WAITING = 15
"""So many may wait for each answer that is being made."""
SENDING, SENDING_OF_ONE = 12, 8
"""Of these so many may be sending, and from one address so many."""
BEHIND = "PLEBISCITE_BEHIND_PROXY"
PATIENCE = 3.0
COME_BACK = 5
"""Seconds after which to try again."""
NEVER_HELD_UP = ("/static/", "/healthz")
ONLY_ASKS = frozenset({"GET", "HEAD"})
WORDS = {
    "en": (
        "Too many people at once",
        "The site is crowded and could not take this. Nothing of it was stored: go "
        "back, wait a few seconds, and send it again.",
    ),
    "es": (
        "Demasiadas personas a la vez",
        "El sitio está lleno y no pudo atender esto. No se guardó nada: vuelva atrás, "
        "espere unos segundos y envíelo de nuevo.",
    ),
}
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/plebiscite.css">
<link rel="stylesheet" href="/static/public.css"></head>
<body><main><h1>{title}</h1><p class="large">{words}</p></main></body></html>
"""
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Crowd:
    """Lets so many requests through to `application` at once, and sends others away."""

    def __init__(
        self,
        application: Application,
        at_once: int,
        patience: float = PATIENCE,
        *,
        behind: bool = False,
    ) -> None:
        self.application, self.patience = application, patience
        self.places = BoundedSemaphore(at_once)
        most, of_one = at_once * SENDING, at_once * SENDING_OF_ONE
        self.senders = Senders(most, most if behind else of_one)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer, once there is a place; the place is kept while the answer is made."""
        asks = environ.get("REQUEST_METHOD", "GET") in ONLY_ASKS
        if asks and environ["PATH_INFO"].startswith(NEVER_HELD_UP):
            return self.application(environ, start_response)
        if not self.places.acquire(timeout=self.patience):
            return sent_away(environ["PATH_INFO"], start_response)
        sent = None
        try:
            if "wsgi.input" in environ:
                sent = Sent(environ, self.places, self.senders)
                if not sent.may_come:
                    return sent_away(environ["PATH_INFO"], start_response)
                environ["wsgi.input"] = sent
            return self.application(environ, start_response)
        finally:
            if sent is not None:
                sent.ends()
            self.places.release()


class Sent:
    """What somebody sends: while one waits for it, one's place is another's.

    Where it ends before it is whole, nobody may take it for the whole: a server whose
    client went away says only that no more comes.

    Attributes:
        may_come: whether there is room for one more who sends; nothing sent needs none.

    """

    def __init__(
        self, environ: dict[str, Any], places: BoundedSemaphore, senders: Senders
    ) -> None:
        self.body, self.places, self.senders = environ["wsgi.input"], places, senders
        said = environ.get("CONTENT_LENGTH") or "0"
        self.left = int(said) if said.isascii() and said.isdecimal() else 0
        self.address = str(environ.get("REMOTE_ADDR", ""))
        self._counts = self.left > 0 and senders.come(self.address)
        self.may_come = self._counts or not self.left

    def ends(self) -> None:
        """Note that nothing more is waited for."""
        if self._counts:
            self._counts = False
            self.senders.go(self.address)

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, `size` of them; all without it.

        Raises:
            ConnectionResetError: it ended before it was whole.

        """
        many = self.left if size is None or size < 0 else size
        return self._came(lambda: self.body.read(many), at_least=min(many, self.left))

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line, at most `size` bytes of it.

        Raises:
            ConnectionResetError: it ended before it was whole.

        """
        most = -1 if size is None else size
        return self._came(lambda: self.body.readline(most), at_least=min(1, self.left))

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines that are left."""
        while line := self.readline():
            yield line

    def _came(self, ask: Callable[[], Any], *, at_least: int) -> bytes:
        self.places.release()
        try:
            found = bytes(ask())
            self.left -= len(found)
            if self.left <= 0:
                self.ends()
        finally:
            self.places.acquire()
        if len(found) < at_least:
            raise ConnectionResetError("what was sent ended before it was whole")
        return found


def sent_away(path: str, start_response: Callable[..., Any]) -> list[bytes]:
    """Answer 503: come back."""
    lang = "es" if path.startswith("/es/") else "en"
    title, words = WORDS[lang]
    if path.startswith("/api/") or path.endswith(".json"):
        kind, body = "application/json", json.dumps(failed(503, words))
    else:
        kind = "text/html; charset=utf-8"
        body = PAGE.format(lang=lang, title=title, words=words)
    raw = body.encode()
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(raw))),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(COME_BACK)),
    ]
    start_response("503 Service Unavailable", headers)
    return [raw]


def crowded(application: Application) -> Application:
    """Return `application` with as many places as the environment says, if it does."""
    said = os.environ.get(AT_ONCE, "")
    behind = os.environ.get(BEHIND) == "1"
    return Crowd(application, int(said), behind=behind) if said else application


def threads_for(at_once: int) -> int:
    """Return how many threads a process needs, those that wait included."""
    return at_once * (1 + WAITING)
