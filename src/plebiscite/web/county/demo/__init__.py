"""The desk of a small county in the demonstration, brought to the middle of its queue.

Everything goes through the acts of the desk itself; only the paper is invented: a roll,
a petition, and drawn curves in the place of signatures.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import polars as pl
from django.utils.timezone import now

from plebiscite.core.files import private_folder
from plebiscite.core.progress import silent
from plebiscite.petition.measure import read_measure
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import AS_OF, write_roll
from plebiscite.verify.find.decision import Word
from plebiscite.web.accounts.models import User
from plebiscite.web.county.demo.images import signature_png
from plebiscite.web.county.desks import rules_of
from plebiscite.web.county.drawing.acts import commit_counts, draw
from plebiscite.web.county.files.take import take
from plebiscite.web.county.models import Desk, Kind, Line, Upload
from plebiscite.web.county.queue.decide import Finding, Sitting, decide
from plebiscite.web.county.queue.prepare import prepare
from plebiscite.web.demo import DemoScene

VOTERS, LINES, DECIDED, PICTURED = 6_000, 2_000, 40, 25
SEED = "31415926535897932384"
DAYS = ("2009-10-04", "2013-03-17", "2016-05-30")


def fill(scene: DemoScene) -> None:
    """Open the county's desk and work it some way; once."""
    measure = read_measure(scene.at_work)
    if Desk.objects.filter(measure=measure.id, county=scene.county).exists():
        return
    desk = Desk.objects.create(
        measure=measure.id,
        title=measure.title,
        law=measure.law,
        county=scene.county,
        opened_at=now(),
    )
    office = scene.people["county"]
    paper(desk, office)
    commit_counts(desk, by=office.name, at=now())
    draw(desk, seed=SEED, by=office.name, at=now())
    desk.refresh_from_db()
    prepare(desk, now=now(), progress=silent)
    desk.refresh_from_db()
    _pictures(desk, office)
    _some_decisions(desk, scene.people["reviewer"], scene.people["second"])


def paper(desk: Desk, by: User, *, voters: int = VOTERS, lines: int = LINES) -> None:
    """Invent a county's roll and petition, and hand both in."""
    folder = private_folder(desk.folder / "invented")
    source = folder / "roll.parquet"
    write_roll(source, voters=voters, seed=len(desk.county))
    county = pl.lit(desk.county)
    pl.read_parquet(source, glob=False).with_columns(county=county).write_parquet(
        source
    )
    write_petition(
        source, folder / "petition", lines=lines, seed=7, counties=[desk.county]
    )
    petition = folder / "petition"
    for kind, path in (
        (Kind.ROLL, source),
        (Kind.MANIFEST, petition / "manifest.csv"),
        (Kind.LINES, petition / "lines.csv"),
        (Kind.SECTIONS, petition / "sections.csv"),
    ):
        take(hand_in(desk, kind, path, by), silent)
    shutil.copyfile(petition / "decisions.csv", folder / "decisions.csv")


def hand_in(desk: Desk, kind: Kind, path: Path, by: User) -> Upload:
    """Hand a file in, as the page does."""
    upload = Upload.objects.create(
        desk=desk,
        kind=kind,
        name=path.name,
        size=path.stat().st_size,
        sha256=sha256(path.read_bytes()).hexdigest(),
        as_of=AS_OF if kind == Kind.ROLL else None,
        by=by,
        at=now(),
    )
    private_folder(upload.path.parent)
    shutil.copyfile(path, upload.path)
    return upload


def true_findings(desk: Desk) -> dict[str, Finding]:
    """Return what a clerk who knows the truth finds of each line, by line id."""
    table = pl.read_csv(
        desk.folder / "invented" / "decisions.csv", infer_schema=False, glob=False
    )
    reasons = rules_of(desk).reasons()
    found = {}
    for row in table.iter_rows(named=True):
        valid = row["decision"] == Word.VALID
        reason = row["reason"] if row["reason"] in reasons else ""
        if valid or reason:
            found[row["line_id"]] = Finding(
                word=Word.VALID if valid else Word.INVALID,
                reason="" if valid else reason,
                cite="" if valid else "; ".join(map(str, reasons[reason])),
                voter_id=row["voter_id"] or "",
            )
    return found


def _some_decisions(desk: Desk, first: User, second: User) -> None:
    """Decide the first lines; have some looked at twice, and one disputed."""
    at, truth = now() - timedelta(hours=2), true_findings(desk)
    lines = list(desk.lines.filter(state="open").order_by("position")[:DECIDED])
    doubted = [line.pk for line in lines if truth[line.line_id].word is Word.VALID][3:5]
    for step, line in enumerate(lines):
        finding = truth[line.line_id]
        if line.pk in doubted:
            finding = _doubt(desk)
        if _may(line, finding):
            _decide(desk, line, finding, first, at + timedelta(seconds=20 * step))
    waiting = desk.lines.filter(state="second").order_by("position")
    for step, line in enumerate(list(waiting)[: DECIDED // 8]):
        finding = truth[line.line_id]
        if _may(line, finding):
            _decide(desk, line, finding, second, at + timedelta(hours=1, seconds=step))


def _doubt(desk: Desk) -> Finding:
    cites = rules_of(desk).reasons()["SIG_MISMATCH"]
    return Finding(
        word=Word.INVALID, reason="SIG_MISMATCH", cite="; ".join(map(str, cites))
    )


def _may(line: Line, finding: Finding) -> bool:
    """Whether the desk would let a clerk find so: no confidential voter by number."""
    shown = {each["voter_id"] for each in line.candidates}
    return finding.word is not Word.VALID or finding.voter_id in shown


def _decide(desk: Desk, line: Line, finding: Finding, by: User, at: datetime) -> None:
    line.refresh_from_db()
    decide(desk, line.pk, finding, Sitting(user=by, at=at, seen=line.version))


def _pictures(desk: Desk, by: User) -> None:
    """Draw a curve for each of the first lines, and for the voters they may be."""
    folder = private_folder(desk.folder / "invented")
    lines, voters = folder / "lines.zip", folder / "specimens.zip"
    with ZipFile(lines, "w") as of_lines, ZipFile(voters, "w") as of_voters:
        drawn: set[str] = set()
        for line in desk.lines.order_by("position")[:PICTURED]:
            signer = line.matched["voter_id"] or line.line_id
            of_lines.writestr(
                f"{line.line_id}.png", signature_png(signer, "line", wide=True)
            )
            for each in line.candidates[:2]:
                voter = each["voter_id"]
                if voter and voter not in drawn:
                    drawn.add(voter)
                    for day in DAYS[-2 - len(voter) % 2 :]:
                        of_voters.writestr(
                            f"{voter}/{day}.png", signature_png(voter, day)
                        )
    take(hand_in(desk, Kind.IMAGES, lines, by), silent)
    take(hand_in(desk, Kind.SPECIMENS, voters, by), silent)
