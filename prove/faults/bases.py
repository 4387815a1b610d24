"""Databases that die, files whose pages are overwritten, two writers, and the backup.

Oracle: what was acknowledged before the database died is there when it is back; what is
overwritten is told, with the remedy, and never taken for true; two who write at once
lose nothing; a site brought back elsewhere says the same numbers.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from plebiscite.docket import store
from plebiscite.petition.form.issued.ledger import Issue, issued, read_issued
from prove.faults import torn
from prove.faults.acts import office
from prove.faults.killed.cut import REFUSED, ROOT, Server
from prove.faults.little import FAULT, STARTED, Little
from prove.frame.cluster import Cluster

PAGE = 4096


def killed_database(made: Cluster, home: Path, rounds: int) -> Little:
    """Kill the database in the middle of transactions, and start it again."""
    import psycopg

    with psycopg.connect(made.address, autocommit=True) as at:
        at.execute("CREATE TABLE told (round int, n int, half int)")
    wrong, acknowledged = [], 0
    for number in range(rounds):
        note = home / f"note-{number}"
        teller = multiprocessing.get_context("spawn").Process(
            target=_tell, args=(made.address, number, str(note))
        )
        teller.start()
        while not note.exists() or note.stat().st_size < 20 * (number + 1):
            time.sleep(0.01)
        made.kill()
        teller.join(30)
        made.start()
        said = {int(each) for each in note.read_text(encoding="utf-8").split()}
        acknowledged += len(said)
        with psycopg.connect(made.address) as at:
            rows = at.execute(
                "SELECT n, count(*) FROM told WHERE round = %s GROUP BY n", [number]
            ).fetchall()
        kept = {n for n, _ in rows}
        if not said <= kept or len(kept - said) > 1:
            wrong.append(f"round {number}: {len(said - kept)} acknowledged are lost")
        if any(halves != 2 for _, halves in rows):  # two rows each
            wrong.append(f"round {number}: half of a transaction stands")
    return Little(tried=rounds, wrong=tuple(wrong), note=f"{acknowledged} acknowledged")


def _tell(address: str, number: int, note: str) -> None:
    """Write two rows in each transaction; note each that was acknowledged."""
    import psycopg

    with (
        suppress(psycopg.Error),
        psycopg.connect(address) as at,
        Path(note).open("a", encoding="utf-8") as file,
    ):
        for n in range(100_000):
            for half in range(2):
                at.execute("INSERT INTO told VALUES (%s, %s, %s)", [number, n, half])
            at.commit()
            file.write(f"{n}\n")
            file.flush()


def overwritten(
    server: Server, home: Path, *, seed: int, tries: int, only: str = ""
) -> dict[str, Little]:
    """Overwrite 64 bytes of a file at random, and use it; of all files, or of one."""
    rng = random.Random(seed)  # which pages: to be repeated
    ground = home / "ground"
    ground.mkdir(parents=True)
    server.run("prove.faults.acts.office:found", ground)
    cases: list[tuple[str, str, tuple[str, ...]]] = [
        ("findings (Parquet)", "found/confidential/findings.parquet", office.CERTIFY),
        ("matches (Parquet)", "found/confidential/matches.parquet", office.CERTIFY),
        ("a roll's part (Parquet)", "roll/county=Los Angeles/voters.parquet", FIND),
        ("a roll's index", "roll/index/faces.bin", FIND),
        ("keyed lines (CSV)", "petition/lines.csv", FIND),
    ]
    whole = server.run(FIND, ground)
    shutil.rmtree(ground / "again")
    found = {}
    for what, name, act in [case for case in cases if only in case[0]]:
        wrong, told = [], 0
        path = ground / name
        raw = path.read_bytes()
        for _ in range(tries):
            at = rng.randrange(max(1, len(raw) - 64))
            path.write_bytes(raw[:at] + rng.randbytes(64) + raw[at + 64 :])
            ended = server.run(act, ground)
            shutil.rmtree(ground / "again", ignore_errors=True)
            told += ended.code == REFUSED
            if FAULT.search(ended.said) or ended.code not in {0, 1, 3, REFUSED}:
                wrong.append(f"{what} at {at}: {ended.code}: {ended.said[-300:]}")
            elif ended.code != REFUSED and ended.said != whole.said:
                wrong.append(f"{what} at {at}: taken for true")
        path.write_bytes(raw)
        found[what] = Little(tried=tries, wrong=tuple(wrong), note=f"{told} told")
    return found


FIND = (*office.FIND[:-1], "again")


def sqlite_pages(home: Path, *, seed: int, tries: int) -> Little:
    """Overwrite pages of a site's tables; ask the doctor."""
    rng = random.Random(seed)  # which pages: to be repeated
    place = home / "site"
    words = [sys.executable, "-c", STARTED]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")}

    def do(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 # our own words
            [*words, *given, "--data", str(place)],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )

    do("upgrade")
    path = place / "plebiscite.sqlite3"
    raw, wrong, told = path.read_bytes(), [], 0
    for _ in range(tries):
        page = rng.randrange(len(raw) // PAGE)
        path.write_bytes(
            raw[: page * PAGE] + rng.randbytes(PAGE) + raw[(page + 1) * PAGE :]
        )
        done = do("doctor")
        said = done.stdout + done.stderr
        with suppress(sqlite3.DatabaseError):
            at = sqlite3.connect(path)
            sound = at.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            at.close()
            if sound:
                continue
        told += "restore" in said
        if "restore" not in said or FAULT.search(said):
            wrong.append(f"page {page}: {done.returncode}: {said[-400:]}")
    return Little(tried=tries, wrong=tuple(wrong), note=f"{told} told")


def two_writers(home: Path, *, each: int) -> Little:
    """Let two programs write the same docket and claim serials at the same time."""
    path = torn.docket(home / "m", events=1)
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(target=act, args=(str(path.parent), who, each))
        for who in range(2)
        for act in (_record, _claim)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    events = [e["body"] for e in store.read(path.parent) if e["kind"] == "noted"]
    serials = [(i.first, i.last) for i in read_issued(path.parent / "campaign")]
    wrong = [
        words
        for words, bad in (
            ("an event is lost", len(events) != 2 * each),
            ("an event stands twice", len({json.dumps(e) for e in events}) < 2 * each),
            ("the chain is not whole", not store.verify(path.parent).is_whole),
            ("a serial was issued twice", len(set(serials)) != 2 * each),
            ("a writer failed", any(w.exitcode for w in writers)),
        )
        if bad
    ]
    return Little(tried=4 * each, wrong=tuple(wrong))


def _record(folder: str, who: int, many: int) -> None:
    for n in range(many):
        one = store.Happening(
            day=date(2016, 11, 22),
            kind="noted",
            by="an office",
            authority="none",
            body={"who": who, "n": n},
        )
        store.append(Path(folder), [one], recorded_at=office.AT)


def _claim(folder: str, _who: int, many: int) -> None:
    for _ in range(many):
        with issued(Path(folder) / "campaign", _next):
            pass


def _next(first: int) -> list[Issue]:
    told = {"measure": "m", "county": "A", "language": "en", "paper": "letter"}
    return [
        Issue(
            first=first,
            last=first + 4,
            lines=8,
            pages=1,
            specimen=False,
            day=date(2017, 2, 1),
            **told,
        )
    ]
