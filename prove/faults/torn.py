"""Files torn at every byte, and dockets with every bit turned.

Oracle: the whole lines before the tear, which must all stand; the line in which the bit
was turned, which the chain must name.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from plebiscite.docket import store
from plebiscite.docket.chain import Soundness, check
from plebiscite.errors import RecordError
from plebiscite.petition.campaign.chapters import add_chapter, chapters
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.form.issued.ledger import Issue, issued, read_issued
from plebiscite.petition.keying.card import Finding
from plebiscite.petition.keying.journal import opened
from plebiscite.petition.keying.scanned import cards_of_serials
from plebiscite.petition.keying.session import Session
from plebiscite.verify.draw.ledger import Draw, note_draw, read_ledger
from prove.faults.acts.office import AT, MEASURE, SEED

DAY = date(2017, 2, 1)
BITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """How many tears or turned bits were tried, how many were told, and what failed."""

    what: str
    tried: int
    told: int
    wrong: tuple[str, ...] = ()


def docket(folder: Path, *, events: int = 3) -> Path:
    """Lay out a measure whose docket has some events; return the docket."""
    folder.mkdir(parents=True)
    (folder / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    for number in range(events):
        store.append(folder, [_noted(number)], recorded_at=AT)
    return folder / store.FILE


def _noted(number: int) -> store.Happening:
    kind = "noted" if number else "filed"
    return store.Happening(
        day=date(2016, 11, 21),
        kind=kind,
        by="an office — «ñ»",
        authority="none",
        body={"number": number} if number else {},
    )


def torn_dockets(folder: Path, *, every: int = 1) -> Torn:
    """Tear the last event of a docket after every byte; record the next one."""
    path = docket(folder / "docket")
    raw = path.read_bytes()
    last = raw.rfind(b"\n", 0, len(raw) - 1) + 1
    wrong, told = [], 0
    for cut in range(last + 1, len(raw), every):
        path.write_bytes(raw[:cut])
        found = store.verify(path.parent)
        told += found.soundness is Soundness.TORN
        made = store.append(path.parent, [_noted(9)], recorded_at=AT)
        now = path.read_bytes()
        tail = path.with_name(store.TORN.format(1))
        whole = store.verify(path.parent).is_whole and made[0].seq == found.events + 1
        if not (now.startswith(raw[:last]) and whole):
            wrong.append(f"after byte {cut}: an event before the tear is lost")
        if not tail.is_file() or tail.read_bytes() != raw[last:cut]:
            wrong.append(f"after byte {cut}: the torn tail was thrown away")
        tail.unlink(missing_ok=True)
    tried = len(range(last + 1, len(raw), every))
    return Torn(
        what="the last event of a docket", tried=tried, told=told, wrong=tuple(wrong)
    )


def turned_bits(folder: Path, *, every: int = 1) -> Torn:
    """Turn every bit (or each `every`-th) of a docket whose head is published."""
    path = docket(folder / "turned")
    raw = path.read_bytes()
    head = check(raw).head
    wrong, told, tried = [], 0, 0
    for bit in range(0, len(raw) * BITS, every):
        at = bit // BITS
        turned = bytearray(raw)
        turned[at] ^= 1 << bit % BITS
        tried += 1
        line = raw.count(b"\n", 0, at) + 1
        for known in (head, None):
            found = check(bytes(turned), head=known)
            if found.is_whole or found.line not in {line, line + 1}:
                wrong.append(f"bit {bit} of line {line}: {found.words}")
            told += known is not None and found.line == line
    return Torn(
        what="every bit of a docket", tried=tried, told=told, wrong=tuple(wrong)
    )


def torn_journals(folder: Path, *, every: int = 1) -> Torn:
    """Tear the last decision of a keying after every byte; go on keying."""
    place = folder / "keyed"
    cards = cards_of_serials([1], {1: 2})

    def key() -> int:
        with opened(place) as journal:
            stood = len(journal.decided)
            desk = Session(
                cards=cards, journal=journal, by="Lee", seed=SEED, share=Fraction(0)
            )
            while due := desk.next():
                desk.decide(*due, Finding.BLANK, {"note": "ñ"}, at=AT)
        return stood

    key()
    path = place / "keyed.jsonl"
    raw = path.read_bytes()
    last = raw.rfind(b"\n", 0, len(raw) - 1) + 1
    whole, wrong = raw.count(b"\n"), []
    for cut in range(last, len(raw), every):
        path.write_bytes(raw[:cut])
        if key() != whole - 1 or path.read_bytes() != raw:
            wrong.append(f"after byte {cut}: a decision is lost, or keyed twice")
    tried = len(raw) - last
    return Torn(what="the last line keyed", tried=tried, told=tried, wrong=tuple(wrong))


def torn_ledgers(folder: Path) -> Iterator[Torn]:
    """Tear what is only ever replaced whole: it is refused, or nothing is missing."""
    campaign = folder / "campaign"
    issue = Issue(
        first=1,
        last=10,
        measure="m",
        county="Alpine",
        language="en",
        paper="letter",
        lines=8,
        pages=1,
        specimen=False,
        day=DAY,
    )
    with issued(campaign, lambda _: [issue]):
        pass
    for key in ("north", "south"):
        add_chapter(campaign, Booking(by="Lee", day=DAY, at=AT), key)
    commitment = folder / "commitment.json"
    commitment.write_text("{}", encoding="utf-8")
    draw = Draw(number=1, seed=SEED, sizes={"A": 1}, file="d.csv", sha256="0" * 64)
    note_draw(commitment, "x", draw)
    yield _refused(
        "the ledger of issued serials",
        campaign / "issued.jsonl",
        lambda: read_issued(campaign),
    )
    yield _refused(
        "a campaign's register",
        campaign / "chapters.jsonl",
        lambda: list(chapters(campaign).items()),
    )
    yield _refused(
        "the ledger of draws",
        folder / "commitment.draws.jsonl",
        lambda: list(read_ledger(commitment, digest="x").draws),
    )


def _refused(what: str, path: Path, read: Callable[[], Sequence[object]]) -> Torn:
    raw, whole = path.read_bytes(), read()
    last = raw.rfind(b"\n", 0, len(raw) - 1) + 1
    told, wrong = 0, []
    for cut in range(last + 1, len(raw)):
        path.write_bytes(raw[:cut])
        try:
            if read() != whole:
                wrong.append(f"{path.name} torn after byte {cut} reads as something")
        except RecordError as problem:
            told += "restore" in str(problem)
    path.write_bytes(raw)
    return Torn(what=what, tried=len(raw) - last - 1, told=told, wrong=tuple(wrong))


def everything(folder: Path, *, every: int, cuts: int = 1) -> Iterator[Torn]:
    """Tear at each `cuts`-th byte, and turn each `every`-th bit."""
    for torn in (torn_dockets, torn_journals):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield torn(folder, every=cuts)
    yield turned_bits(folder, every=every)
    yield from torn_ledgers(folder)
