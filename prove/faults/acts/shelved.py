"""More of the site's acts, cut off: what is taken in, given back, unpacked, revised."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

from plebiscite.docket.store import Happening, append
from prove.faults.acts import office, site
from prove.faults.acts.site import (
    GROUND,
    NOON,
    begun,
    closed,
    committed,
    laid_out,
    opened,
)
from prove.frame.upload import upload

COUNTY = "Alpine"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)
"""A picture of one point (PNG)."""


def grown(at: Path) -> None:
    """A site, and a later copy of its measure; the records of a campaign for it."""
    laid_out(begun, at)
    shutil.copytree(at / "home" / "measures" / site.MEASURE, at / "later")
    told = Happening(
        day=date(2017, 8, 1), kind="noted", by="an office", authority="none"
    )
    append(at / "later", [told], recorded_at=NOON)
    shutil.copytree(at / "later", at / "carried")
    of = ("--measure", "carried", *office.BY)
    office.do("campaign", "chapters", "add", "north", *of)
    office.do("campaign", "circulators", "add", "Ana", "--chapter", "north", *of)


def take_in(at: Path) -> int:
    """Take the later copy in, give it back, and take the campaign's records in."""
    home = opened(at)
    from plebiscite.web.measures.records import take_records
    from plebiscite.web.measures.shelf import give_back
    from plebiscite.web.measures.shelf import take_in as taken_in

    kept = home / "measures" / site.MEASURE
    if not (kept / "campaign").is_dir():
        taken_in(at / "later")
    if not (at / "given").exists():
        give_back(site.MEASURE, at / "given")
    take_records(kept, at / "carried")
    return 0


def shelf(at: Path) -> int:
    """Print what the tables say of the measures kept, without moments."""
    opened(at)
    from plebiscite.web.measures.models import Measure

    rows = Measure.objects.order_by("pk").values_list("pk", "title")
    print(json.dumps(list(rows)))
    return 0


def to_revise(at: Path) -> None:
    """A site whose counts are committed to, and a corrected manifest handed in."""
    laid_out(committed, at)
    rows = (office.base() / "petition" / "manifest.csv").read_text(encoding="utf-8")
    first, one, *rest = rows.splitlines()
    county, section, *_ = one.split(",")
    path = at / "manifest.csv"
    path.write_text(
        "\n".join([first, f'{county},{section},45,0,""', *rest]) + "\n",
        encoding="utf-8",
    )
    opened(at, name=GROUND)
    from plebiscite.web.county.models import Desk

    upload(Desk.objects.get(), "manifest", path)
    closed()
    site.work(at, GROUND)
    closed()


def revise(at: Path) -> int:
    """Correct the raw counts."""
    from plebiscite.errors import PlebisciteError

    opened(at)
    from plebiscite.web.county.drawing.further import revise_counts
    from plebiscite.web.county.models import Desk

    try:
        revise_counts(Desk.objects.get(), by="n", at=NOON)
    except PlebisciteError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


def with_images(at: Path) -> None:
    """A site to which the images of two lines were handed in."""
    laid_out(begun, at)
    with zipfile.ZipFile(at / "images.zip", "w") as packed:
        for line in (1, 2):
            packed.writestr(f"Los Angeles/18-0001/{line}.png", DOT)
    opened(at, name=GROUND)
    from plebiscite.web.county.models import Desk

    upload(Desk.objects.get(), "images", at / "images.zip")
    closed()


def check(at: Path) -> int:
    """Hand keyed lines and sections in to be checked, unless they were."""
    opened(at)
    from django.core.files.uploadedfile import SimpleUploadedFile

    from plebiscite.web.campaign.intake.checking import JOB, put_aside
    from plebiscite.web.jobs.models import Job
    from plebiscite.web.jobs.work import start

    if not Job.objects.filter(kind=JOB).exists():
        files = [
            SimpleUploadedFile(name, (office.base() / "petition" / name).read_bytes())
            for name in ("lines.csv", "sections.csv")
        ]
        given = {"measure": site.MEASURE, "folder": put_aside(*files)}
        start(JOB, title="c", by="x", given=given)
    return 0


def print_some(at: Path) -> int:
    """Print two sections, unless the file of them lies there."""
    home = opened(at)
    from plebiscite.petition.campaign.register import Booking
    from plebiscite.petition.form.layout import Paper
    from plebiscite.web.campaign.sheets.printing import Wish, print_sections, prints

    if not prints(site.MEASURE, ""):
        print_sections(
            home / "measures" / site.MEASURE,
            Wish(county=COUNTY, language="en", paper=Paper.LETTER, many=2, chapter=""),
            Booking(by="Lee", day=NOON.date(), at=NOON),
        )
    return 0


def in_print(at: Path) -> int:
    """Print whether a file lies there, whole, and no serial was claimed twice."""
    home = opened(at)
    from plebiscite.web.campaign.sheets.printing import prints

    files = prints(site.MEASURE, "")
    ledger = home / "measures" / site.MEASURE / "campaign" / "issued.jsonl"
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    runs = [(row["first"], row["last"]) for row in map(json.loads, lines)]
    claimed = [serial for a, b in runs for serial in range(a, b + 1)]
    whole = [each.read_bytes().rstrip().endswith(b"%%EOF") for each in files]
    serials = [int(part) for each in files for part in each.stem.split("-")]
    told = {"files": len(files), "whole": all(whole)}
    told |= {"claimed once": all(claimed.count(each) == 1 for each in serials)}
    print(json.dumps(told))
    return 0
