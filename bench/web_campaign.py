"""How long each page of a large campaign's desk takes, and how much memory.

    .venv/bin/python bench/web_campaign.py [--sections 100000] [--bundles 10000]

Writes the registers of a campaign of that size, opens each page of its desk through
Django in this process (no network), first with nothing in memory, then five times more,
and hands a bundle out and takes one back. It fails if a page that was open before takes
longer than the floor. Times are the processor's, so that other work counts for nothing.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

ID, CHAPTERS, PEOPLE = "simulated/26-0100", 50, 500
FLOOR_MS = 300
KEPT = type(functools.lru_cache(len))
YAML = """\
id: {id}
title: A large drive
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {{filed: {filed}, summary: {summary}}}
facts: {{votes_for_governor: 12000000, required: 585407}}
"""
ANSWERS = {200, 302, 422}
PAGES = ("", "chapters/", "circulators/", "circulators/C0001/", "volunteers/",
         "sheets/", "bundles/", "bundles/?serial=1-500", "bundles/B0007/", "intake/",
         "pace/", "validity/", "to-file/", "money/", "budget/", "filing/")  # fmt: skip


def main() -> int:
    """Measure, print, and return 0 if every page is below the floor."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sections", type=int, default=100_000)
    asked.add_argument("--bundles", type=int, default=10_000)
    asked.add_argument("--floor", type=int, default=FLOOR_MS)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
            "PLEBISCITE_HOME": str(home),
            "PLEBISCITE_SECOND_FACTOR": "0",
        }
        client = _site(home, sections=said.sections, bundles=said.bundles)
        rows = list(_measured(client, _settled(client)))
    width = max(len(row[0]) for row in rows)
    print(f"{'page':{width}}  first ms  again ms     kB")
    for what, first, again, size in rows:
        print(f"{what:{width}}  {first:8.0f}  {again:8.0f}  {size / 1000:5.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:,.0f} MB")
    slow = [row[0] for row in rows if row[2] > said.floor]
    print(f"over {said.floor} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


def _site(home: Path, *, sections: int, bundles: int) -> Any:
    """Make the home, the measure and its campaign; return a client signed in."""
    from plebiscite.web.serve import make_home

    make_home(home)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    folder = home / "measures" / ID
    _measure(folder)
    _registers(folder / "campaign", sections=sections, bundles=bundles)
    from plebiscite.web.accounts.invitations import Place, give
    from plebiscite.web.accounts.models import User
    from plebiscite.web.accounts.roles import Role
    from plebiscite.web.measures import shelf

    shelf.index(ID)
    user = User.objects.create_user("p@test.invalid", "Pat", "x")
    give(user, Role.PROPONENT, Place(), by="the benchmark")
    client = Client()
    client.force_login(
        user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def _measure(folder: Path) -> None:
    from plebiscite.docket.store import Happening, append

    folder.mkdir(parents=True)
    today = datetime.now(UTC).date()
    filed, summary = today - timedelta(days=180), today - timedelta(days=100)
    text = YAML.format(id=ID, filed=filed, summary=summary)
    (folder / "measure.yaml").write_text(text, encoding="utf-8")
    acts = [("filed", filed), ("titled", summary), ("circulating", summary)]
    happened = [
        Happening(day=day, kind=kind, by="a benchmark", authority="none")
        for kind, day in acts
    ]
    append(folder, happened, recorded_at=datetime.now(UTC))


def _registers(campaign: Path, *, sections: int, bundles: int) -> None:
    """Write registers as the campaign's own functions do, in one go."""
    from plebiscite.core.canonical import canonical

    campaign.mkdir(mode=0o700)
    today = datetime.now(UTC).date()
    names = [f"chapter{n:02d}" for n in range(CHAPTERS)]
    people = [f"C{n:04d}" for n in range(1, PEOPLE + 1)]

    def entry(n: int, kind: str, day: date, body: dict[str, Any]) -> bytes:
        said: dict[str, Any] = {
            "v": 1,
            "seq": n,
            "kind": kind,
            "day": day.isoformat(),
            "by": "Pat",
        }
        at = datetime.now(UTC).isoformat()
        return canonical({**said, "recorded_at": at, "body": body}) + b"\n"

    def write(file: str, rows: list[tuple[str, date, dict[str, Any]]]) -> None:
        lines = [entry(n, *row) for n, row in enumerate(rows, start=1)]
        (campaign / file).write_bytes(b"".join(lines))

    began = today - timedelta(days=100)
    write(
        "chapters.jsonl",
        [
            ("added", began, {"chapter": each, "name": each, "quota": 20_000})
            for each in names
        ],
    )
    write(
        "circulators.jsonl",
        [
            (
                "added",
                began,
                {
                    "circulator": key,
                    "name": f"Circulator {key}",
                    "chapter": names[n % CHAPTERS],
                    "paid": n % 2 == 0,
                    "quota": None,
                },
            )
            for n, key in enumerate(people)
        ],
    )
    acts, checked = _acts(sections, bundles, names, people, began)
    write("bundles.jsonl", acts)
    write("checks.jsonl", [("checked", today, {"how": "ours", "sections": checked})])
    issue = {"v": 1, "measure": ID, "county": "Alameda", "language": "en"}
    issue |= {"paper": "LEGAL", "lines": 8, "pages": 2, "specimen": False}
    step = sections // 200
    runs = [
        {**issue, "first": first, "last": first + step - 1, "day": began.isoformat()}
        for first in range(1, sections + 2 * step, step)
    ]
    text = "".join(json.dumps(each) + "\n" for each in runs)
    (campaign / "issued.jsonl").write_text(text, encoding="utf-8")


def _acts(
    sections: int, bundles: int, names: list[str], people: list[str], began: date
) -> tuple[list[tuple[str, date, dict[str, Any]]], dict[str, list[int]]]:
    """Return bundles out and four of five back, and what was checked of these."""
    size, checked = sections // bundles, dict[str, list[int]]()
    acts = list[tuple[str, date, dict[str, Any]]]()
    for n in range(bundles):
        first, day = n * size + 1, began + timedelta(days=n * 90 // bundles)
        last, key = first + size - 1, f"B{n + 1:04d}"
        run = f"{first:06d}-{last:06d}"
        who = people[n % len(people)]
        chapter = names[(n % len(people)) % len(names)]
        out = {"bundle": key, "serials": run, "circulator": who, "chapter": chapter}
        acts.append(("out", day, out))
        if n % 5 == 0:
            continue
        rest = dict.fromkeys(("unused", "lost", "spoilt", "still_out"), "")
        back: dict[str, Any] = {
            "bundle": key,
            "receipt": f"R{n + 1:04d}",
            "returned": run,
            **rest,
        }
        back |= {"lines": size * 6, "counted": {}}
        acts.append(("back", day + timedelta(days=5), back))
        if n % 10 == 1:
            checked |= {f"{each:06d}": [6, 4] for each in range(first, last + 1)}
    return acts, checked


def _measured(client: Any, kept: list[Any]) -> Iterator[tuple[str, float, float, int]]:
    for page in PAGES:
        where = f"/campaign/{ID}/{page}"
        _forget(kept)
        first, size = _timed(partial(client.get, where))
        again = [_timed(partial(client.get, where))[0] for _ in range(5)]
        yield page or "the desk", first, statistics.median(again), size
    for page in PAGES:
        client.get(f"/campaign/{ID}/{page}")
    fates = {f"fate-{n:06d}": "returned" for n in range(1, 11)}
    for what, page, form in (
        ("take a bundle back", "bundles/B0001/", {"lines": "60", **fates}),
        (
            "hand a bundle out",
            "bundles/",
            {"serials": "100001-100010", "to": "circulator:C0001"},
        ),
    ):
        where = f"/campaign/{ID}/{page}"
        took, size = _timed(partial(client.post, where, form))
        yield what, took, took, size
        for then in ("", "bundles/", "pace/"):
            where = f"/campaign/{ID}/{then}"
            took, size = _timed(partial(client.get, where))
            yield f"  {then or 'the desk'} after it", took, took, size


def _settled(client: Any) -> list[Any]:
    """Do what a process that serves does when it is ready; return what it keeps."""
    from plebiscite.web.frame.warm import settle

    client.get("/")  # reads the code of every page
    ours = ("plebiscite.petition.campaign", "plebiscite.web.campaign")
    # A lazy object of a request that is over must not be asked what it is.
    kept = [
        each
        for each in gc.get_objects()
        if type(each) is KEPT and str(each.__module__).startswith(ours)
    ]
    settle()
    return kept


def _forget(kept: list[Any]) -> None:
    """Let nothing be in memory, as after a start."""
    for each in kept:
        each.cache_clear()
    from plebiscite.petition.campaign import bundles

    bundles._BEFORE.clear()  # noqa: SLF001 - what a start would find
    bundles._RETURNS.clear()  # noqa: SLF001


def _timed(act: Callable[[], Any]) -> tuple[float, int]:
    began = time.process_time()
    answer = act()
    took = (time.process_time() - began) * 1000
    if answer.status_code not in ANSWERS:
        raise SystemExit(f"answered {answer.status_code}")
    return took, len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
