"""What the ledger of printed sections says of those handed out, keyed or checked.

A campaign that prints elsewhere has no ledger; then nothing is known, and nothing is
refused.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import where
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.whereabouts import written
from plebiscite.petition.form.issued.ledger import Issue, read_issued
from plebiscite.petition.form.layout import serial_text


def issue_of(campaign: Path, sections: Iterable[int]) -> dict[int, Issue]:
    """Return with what each section was printed; those that were not are left out.

    Raises:
        RecordError: the ledger cannot be read.

    """
    return {
        number: issue
        for issue, numbers in apart(in_order(campaign), sorted(sections))
        if issue is not None
        for number in numbers
    }


def in_order(campaign: Path) -> Sequence[Issue]:
    """Return what was printed, in the order of its serials.

    Raises:
        RecordError: the ledger cannot be read.

    """
    return sorted(read_issued(campaign), key=_first)


def apart(
    issues: Sequence[Issue], sections: Sequence[int]
) -> Iterator[tuple[Issue | None, Sequence[int]]]:
    """Yield sections, given ascending, together with those they were printed with.

    Those that were never printed come with None. `issues` are in order.
    """
    at = 0
    while at < len(sections):
        later = bisect_right(issues, sections[at], key=_first)
        before = issues[later - 1] if later else None
        # No serial is printed twice.
        issue = before if before and sections[at] <= before.last else None
        if issue is not None:
            end = bisect_right(sections, issue.last, at)
        elif later < len(issues):
            end = bisect_left(sections, issues[later].first, at)
        else:
            end = len(sections)
        yield issue, sections[at:end]
        at = end


def _first(issue: Issue) -> int:
    return issue.first


def refuse_not_issued(campaign: Path, sections: Sequence[int]) -> None:
    """Refuse sections that were never printed, and specimens.

    Raises:
        InputError: where the campaign has a ledger, with the sections in question.

    """
    if not read_issued(campaign):
        return
    known = issue_of(campaign, sections)
    if strange := [number for number in sections if number not in known]:
        raise InputError(
            f"these sections were never printed: {written(strange)}; print them "
            "first, or correct the serials"
        )
    if specimens := [number for number, issue in known.items() if issue.specimen]:
        raise InputError(
            f"these are specimens, not for circulation: {written(specimens)}; print "
            "sections with the measure's official title and summary"
        )


def most_lines(campaign: Path, sections: Iterable[int]) -> dict[int, int]:
    """Return how many lines sections have, where the ledger says so."""
    return {
        number: issue.lines for number, issue in issue_of(campaign, sections).items()
    }


def known_sections(campaign: Path) -> dict[str, dict[str, str]]:
    """Return what is known of sections, by serial as stamped.

    ``county`` is what was printed on it; ``circulator_id`` and ``paid`` (1 or 0) are of
    who had it last. What is not known is left out.

    Raises:
        RecordError: a register cannot be read.

    """
    found: dict[str, dict[str, str]] = {}
    for issue in read_issued(campaign):
        for number in range(issue.first, issue.last + 1):
            found[serial_text(number)] = {"county": issue.county}
    people = circulators(campaign)
    for number, place in where(campaign).places.items():
        if place.circulator is not None:
            of = found.setdefault(serial_text(number), {})
            of["circulator_id"] = place.circulator
            of["paid"] = str(int(people[place.circulator].paid))
    return found
