"""Sections given out: their serials claimed, and their PDFs as they are made."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.petition.form.issued.ledger import MOST, Issue, issued
from plebiscite.petition.form.layout import MOST_SERIAL, Paper, serial_text
from plebiscite.petition.form.rules import form_rules
from plebiscite.petition.form.section import Order, Plan, printed
from plebiscite.petition.form.wording import read_wording
from plebiscite.petition.measure import measure_folder, read_measure
from plebiscite.rules.rulebook import open_law

PER_FILE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFile:
    """A PDF of some sections: the name of its file, its serials, and the PDF."""

    name: str
    serials: Sequence[int]
    pdf: bytes


def order(
    measure: str | Path,
    county: str,
    *,
    language: str = "en",
    paper: Paper = Paper.LETTER,
    lines: int | None = None,
    two_sided: bool = False,
    fonts: Sequence[Path] = (),
) -> Order:
    """Return an order for the sections of a measure, by its folder or shipped id.

    Raises:
        InputError: there is no such measure or county, its ``form.yaml`` is wrong, or
            its law records no form.
        NotInForceError: the law of its day is not recorded.

    """
    known = read_measure(measure)
    rules = form_rules(open_law(known.law).on(known.dates))
    return Order(
        measure=known.id,
        wording=read_wording(known, measure_folder(measure)),
        rules=rules,
        county=rules.spelt(county),
        language=language,
        paper=paper,
        lines=lines,
        two_sided=two_sided,
        fonts=tuple(fonts),
    )


def given_out(
    plan: Plan,
    serials: Sequence[range] | int,
    *,
    campaign: Path,
    day: date,
    per_file: int = PER_FILE,
    progress: Progress = silent,
) -> Generator[SectionFile, None, None]:
    """Yield PDFs of new sections; their serials are claimed until the last is taken.

    Whoever stops before the last, or fails, gives all the serials back, and must not
    use what was made; say `with contextlib.closing(given_out(…))`, so that this happens
    at once. One PDF is in memory at a time.

    Args:
        plan: how a section is laid out.
        serials: which, as runs; or how many, with the serials that come next.
        campaign: the folder of the campaign, whose ledger says what was issued.
        day: today.
        per_file: sections in one PDF.
        progress: is told how many are done.

    Raises:
        InputError: a serial was issued before, or a letter has no font.

    """

    def chosen(after: int) -> list[Issue]:
        runs = [range(after, after + serials)] if isinstance(serials, int) else serials
        if runs[-1][-1] > MOST_SERIAL:
            raise InputError(f"serials end at {MOST_SERIAL:,}; begin another campaign")
        if sum(map(len, runs)) > MOST:
            raise InputError(f"print at most {MOST:,} sections at a time")
        return [_issue(plan, run, day) for run in runs]

    with issued(campaign, chosen) as issues:
        every = [at for each in issues for at in range(each.first, each.last + 1)]
        for part, pdf in printed(plan, every, at_once=per_file, progress=progress):
            ends = dict.fromkeys(serial_text(part[at]) for at in (0, -1))
            yield SectionFile(
                name=f"sections-{'-'.join(ends)}.pdf", serials=part, pdf=pdf
            )


def _issue(plan: Plan, run: range, day: date) -> Issue:
    order = plan.order
    return Issue(
        first=run[0],
        last=run[-1],
        measure=order.measure,
        county=order.county,
        language=order.language,
        paper=order.paper.name,
        lines=plan.lines,
        pages=plan.pages,
        specimen=bool(order.wording.lacks),
        day=day,
    )
