"""The stage of a load: a roll, a desk with its drawn lines, people signed in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import polars as pl

PLEBISCITE = Path(sys.executable).with_name("plebiscite")
MEASURE, COUNTY = "load/17-0001", "Los Angeles"
DESK = "/county/load/17-0001/Los%20Angeles"
LINES = 20_000
MADE = '''
import django; django.setup()
import json, sys
from datetime import date
from pathlib import Path
from django.contrib.auth import HASH_SESSION_KEY, BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now
from django.conf import settings
from plebiscite.core.progress import silent
from plebiscite.web.measures.shelf import index
from plebiscite.petition.measure import read_measure
from plebiscite.roll.cards import cards_for
from plebiscite.roll.store import open_roll
from plebiscite.simulate.petition import write_petition
from plebiscite.web.accounts.models import Grant, User
from plebiscite.web.county.drawing.acts import commit_counts, draw
from plebiscite.web.county.desks import roll_folder
from plebiscite.web.county.files.take import take
from plebiscite.web.county.demo import hand_in
from plebiscite.web.county.models import Desk, Kind, Taken, Upload
from plebiscite.web.county.queue.prepare import prepare
measure, county, roll, operators, lines = json.loads(sys.argv[1])
place = Path(settings.HOME) / "measures" / measure
place.mkdir(parents=True)
(place / "measure.yaml").write_text(f"""id: {measure}
title: "SIMULATED for a load"
kind: constitutional amendment
law: us/ca/constitutional_initiative
election: 2018-11-06
dates: {{filed: 2016-11-21, summary: 2017-01-26, filed_with_counties: 2017-07-25}}
facts: {{votes_for_governor: 7317581, required: 585407}}
""")
index(measure)
named = read_measure(place)
desk = Desk.objects.create(measure=measure, title=named.title[:500], law=named.law,
    county=county, opened_at=now(), rekey_per_hundred=0)
people = User.objects.bulk_create(
    User(email=f"clerk{n}@load.invalid", name=f"Clerk {n}", password="!")
    for n in range(operators))
people = list(User.objects.order_by("pk"))
Grant.objects.bulk_create(
    Grant(user=each, role="reviewer", measure=measure, county=county, given_by="load")
    for each in people)
upload = Upload.objects.create(desk=desk, kind=Kind.ROLL, name="roll", size=0,
    sha256="", state=Taken.TAKEN, by=people[0], at=now(), as_of=date(2017, 7, 25))
roll_folder(upload).parent.mkdir(parents=True)
roll_folder(upload).symlink_to(roll)
cards_for(open_roll(roll_folder(upload)))  # as taking a roll over does
folder = desk.folder / "invented"
write_petition(Path(roll), folder, lines=lines, seed=7, counties=[county])
for kind in (Kind.MANIFEST, Kind.LINES, Kind.SECTIONS):
    take(hand_in(desk, kind, folder / f"{kind}.csv", people[0]), silent)
commit_counts(desk, by="load", at=now())
desk.refresh_from_db()
draw(desk, seed="123456789", by="load", at=now(), at_least=lines)
desk.refresh_from_db()
prepare(desk, now=now(), progress=silent)
keys = []
for each in people:
    session = SessionStore()
    session[SESSION_KEY] = str(each.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = each.get_session_auth_hash()
    session.create()
    keys.append(session.session_key)
print("MADE" + json.dumps(keys))
'''
STORED = """
import django; django.setup()
import json
from plebiscite.web.county.models import Decision
print("MADE" + json.dumps(list(Decision.objects.values_list("line_id", "number"))))
"""


def county_roll(folder: Path, voters: int) -> Path:
    """Make a county's roll with its index."""
    raw, out = folder / "raw.parquet", folder / "roll"
    for words in (
        ["simulate", "roll", "--voters", str(voters), "--seed", "5", "--out", str(raw)],
        [
            "roll",
            "build",
            str(raw),
            "--county",
            COUNTY,
            "--as-of",
            "2017-07-25",
            "--out",
            str(out),
        ],
    ):
        command = [PLEBISCITE, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    return out


def queries(roll: Path) -> list[str]:
    """Return what people type: names and addresses, whole and begun."""
    file = next(roll.glob("county=*/voters.parquet"))
    some = (
        pl.scan_parquet(file, glob=False)
        .select("first", "last", "house", "street")
        .gather_every(997)
        .collect()
    )
    typed = []
    for first, last, house, street in some.iter_rows():
        typed += [
            f"{last} {first}",
            f"{last[:4]} {(first or '')[:3]}",
            f"{last} {house} {street}",
        ]
    return typed


def in_site(environ: dict[str, str], code: str, given: object = None) -> Any:
    """Run Python in the site's environment; return what it gives."""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, json.dumps(given)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.rpartition("MADE")[2])


def wait(port: int, log: Path) -> None:
    """Wait until the site answers."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(log.read_text())


def spent(pid: int) -> float:
    """Return the seconds of processor that a process and those below it have used."""
    tick, total, waiting = os.sysconf("SC_CLK_TCK"), 0, [pid]
    while waiting:
        task = Path(f"/proc/{waiting.pop()}")
        told = (task / "stat").read_text().rpartition(") ")[2].split()
        total += int(told[11]) + int(told[12])
        for thread in task.glob("task/*/children"):
            waiting += map(int, thread.read_text().split())
    return total / tick
