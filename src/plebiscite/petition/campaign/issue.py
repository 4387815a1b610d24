"""What the ledger of printed sections says of those that are handed out.

A campaign that prints elsewhere has no ledger; then nothing is known, and nothing is
refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from plebiscite.errors import InputError
from plebiscite.petition.campaign.whereabouts import written
from plebiscite.petition.form.issued.ledger import Issue, read_issued


def issue_of(campaign: Path, sections: Iterable[int]) -> dict[int, Issue]:
    """Return with what each section was printed; those that were not are left out.

    Raises:
        RecordError: the ledger cannot be read.

    """
    issues = read_issued(campaign)
    return {
        number: issue
        for number in sections
        for issue in issues
        if issue.first <= number <= issue.last
    }


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
