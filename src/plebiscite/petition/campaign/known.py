"""What is known of a section before anybody keys it: county and circulator."""

from __future__ import annotations

from pathlib import Path

from plebiscite.petition.campaign.bundles import where
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.form.issued.ledger import read_issued
from plebiscite.petition.form.layout import serial_text


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
