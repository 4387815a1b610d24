"""People at the desk, each with one connection: what they send, what they saw."""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from load.stage import DESK

DECISIONS_A_SECOND, LOOK_UPS_A_SECOND = 20, 60
TOGETHER = 20
"""So many open their first line at once."""
CSRF = "a" * 32
ACTION = re.compile(rb'id="found" method="post" action="([^"]+)"')
SEEN = re.compile(rb'id="found".*?name="seen" value="(\d+)"', re.DOTALL)
VOTER = re.compile(rb'name="voter" id="v\d" value="([^"]+)" data-key="\d" checked')
OK, STORED, CROWDED = 200, 302, 503


@dataclass
class Told:
    """What the operators saw."""

    took: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    unsure: list[tuple[int, int]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    sent_away: int = 0

    def add(self, what: str, seconds: float) -> None:
        """Note how long one answer took."""
        self.took.setdefault(what, []).append(seconds)


class Operator:
    """Somebody at a desk with one connection, signed in already."""

    def __init__(self, port: int, session: str, told: Told) -> None:
        self.port, self.told = port, told
        self.cookie = f"session={session}; csrf={CSRF}"
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.form: tuple[str, int, str] | None = None

    async def ask(
        self, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, dict[bytes, bytes], bytes]:
        """Send one request over the connection; return status, headers and body."""
        if self.streams is None or self.streams[0].at_eof():
            # The site ends a connection on which nothing was said for half a minute.
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = (
            urlencode({"csrfmiddlewaretoken": CSRF, **form}).encode()
            if form is not None
            else b""
        )
        head = (
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: {self.cookie}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        writer.write(head.encode() + body)
        raw = await reader.readuntil(b"\r\n\r\n")
        status = int(raw.split(b" ", 2)[1])
        lines = [line.split(b": ", 1) for line in raw.split(b"\r\n") if b": " in line]
        headers = {name.lower(): value for name, value in lines}
        return (
            status,
            headers,
            await reader.readexactly(int(headers.get(b"content-length", 0))),
        )

    async def timed(
        self, what: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, dict[bytes, bytes], bytes]:
        """Ask, and note how long it took."""
        start = time.perf_counter()
        found = await self.ask(path, form)
        if found[0] == CROWDED and b"retry-after" in found[1]:
            self.told.sent_away += 1
        else:
            self.told.add(what, time.perf_counter() - start)
        return found

    async def next_line(self, path: str, what: str) -> None:
        """Have the next line handed out."""
        status, _headers, page = await self.timed(what, path)
        action, seen, voter = (each.search(page) for each in (ACTION, SEEN, VOTER))
        self.form = None
        if status == CROWDED:
            return
        if status != OK or not action or not seen:
            self.told.failed.append(f"{status} for the next line")
            return
        self.form = (
            action[1].decode(),
            int(seen[1]),
            voter[1].decode() if voter else "",
        )

    async def decides(self) -> None:
        """Decide the line at hand, and have the next one."""
        if self.form is None:
            await self.next_line(f"{DESK}/queue/?work=find", "first line")
            return
        place, seen, voter = self.form
        act = (
            {"act": "valid", "voter": voter}
            if voter
            else {"act": "invalid:NOT_REGISTERED"}
        )
        made = (int(place.rstrip("/").rpartition("/")[2]), seen + 1)
        self.told.unsure.append(made)
        status, headers, _body = await self.timed(
            "decision", place, {"seen": str(seen), "work": "find", **act}
        )
        self.told.unsure.remove(made)
        if status == STORED:
            self.told.acknowledged.append(made)
            await self.next_line(headers[b"location"].decode(), "next line")
        elif status != CROWDED:  # sent away: the form is kept, and sent again
            self.told.failed.append(f"{status} for a decision")
            self.form = None

    async def looks_up(self, query: str) -> None:
        """Look a voter up."""
        status, _headers, _body = await self.timed(
            "look-up", f"{DESK}/find/", {"query": query}
        )
        if status not in {OK, CROWDED}:
            self.told.failed.append(f"{status} for a look-up")


async def work(
    port: int, sessions: list[str], queries: list[str], seconds: int, times: float = 1
) -> Told:
    """Let everybody work for so long, at so many times the pace that is promised.

    They ask at fixed moments, however slow the answers are.
    """
    decisions, look_ups = times * DECISIONS_A_SECOND, times * LOOK_UPS_A_SECOND
    told, chance = Told(), random.Random(1)  # noqa: S311 - a load, no secret
    people = [Operator(port, each, told) for each in sessions]
    for group in range(0, len(people), TOGETHER):
        some = people[group : group + TOGETHER]
        await asyncio.gather(*(each.decides() for each in some))
    told.took.clear()
    start, several = time.monotonic(), len(people)

    async def one(number: int, who: Operator) -> None:
        decision = start + number / decisions
        look = start + chance.random() * several / look_ups
        while min(decision, look) < start + seconds:
            await asyncio.sleep(max(0, min(decision, look) - time.monotonic()))
            try:
                if decision <= look:
                    decision += several / decisions
                    await who.decides()
                else:
                    look += several / look_ups
                    await who.looks_up(chance.choice(queries))
            except (OSError, asyncio.IncompleteReadError) as fault:
                told.failed.append(type(fault).__name__)
                who.streams = who.form = None

    await asyncio.gather(*(one(*each) for each in enumerate(people)))
    return told
