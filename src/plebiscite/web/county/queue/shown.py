"""What a clerk sees of one line: as written, who it may be, and why.

Party, race and ethnicity are not on the roll as we keep it, so nothing here could show
them. A confidential voter is never shown: a candidate who is one stands there without a
name, an address or a number, and can be credited only as *the voter the record names*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from plebiscite.report.words import reason as reason_name
from plebiscite.roll.cards import Card, Cards
from plebiscite.web.county.desks import all_taken, cards_of, roll_in
from plebiscite.web.county.files.images import disguised, line_image, specimens
from plebiscite.web.county.models import Decision, Desk, Kind, Line, Upload

STRONG, SOME = 8, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A voter the line may be.

    Attributes:
        key: the key that chooses it, "1" for the best; "" where it has none.
        value: what the form says for it: the voter's number, or the disguise of a
            confidential one; "" where it cannot be credited.
        card: the voter's particulars; None for a confidential voter.
        evidence: what agrees or differs, in words.
        weight: how strongly all of it speaks, in words.
        folder, specimens: where the specimens lie, newest first.

    """

    key: str
    value: str
    card: Card | None
    evidence: Sequence[str]
    weight: str
    folder: str = ""
    specimens: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line on the screen, and which roll, of which day, it was held against."""

    line: Line
    roll: str
    as_of: str
    candidates: Sequence[Candidate]
    chosen: str
    has_image: bool
    made: Sequence[Decision]
    twins: Sequence[Line]

    @property
    def matched(self) -> str:
        """What names and addresses alone say of the line, in words."""
        told = self.line.matched
        said = {
            "voter": _("one voter fits"),
            "tie": _("%(n)s voters fit equally well") % {"n": told.get("ties", 0)},
        }.get(told.get("outcome", ""), _("no voter fits"))
        why = told.get("reason", "")
        return f"{said}; {reason_name(why).lower()}" if why else said

    def record(self) -> dict[str, Any]:
        """Return what was on the screen, to be kept with the decision."""
        return {
            "roll": self.roll,
            "as_of": self.as_of,
            "candidates": [
                each.value if each.card else None for each in self.candidates
            ],
            "specimens": {
                each.value: list(each.specimens)
                for each in self.candidates
                if each.specimens
            },
            "image": self.has_image,
        }


def shown(desk: Desk, line: Line, *, blind: bool = False) -> Shown:
    """Return a line as a clerk sees it; blind, without what was found before."""
    files = all_taken(desk)
    roll = roll_in(desk, files)
    cards = cards_of(roll) if roll else None
    candidates = _candidates(desk, line, cards, files.get(Kind.SPECIMENS))
    values = [each.value for each in candidates]
    credited = line.matched.get("voter_id", "")
    best = credited or line.matched.get("secret", "")
    twins = (
        list(
            Line.objects.filter(
                desk=desk, voter_id=line.voter_id, word="valid"
            ).exclude(pk=line.pk)
        )
        if line.pair and line.voter_id and not blind
        else []
    )
    return Shown(
        line=line,
        candidates=candidates,
        chosen=best if best in values and not blind else "",
        has_image=line_image(files.get(Kind.IMAGES), line) is not None,
        roll=roll.digest if roll else "",
        as_of=str(roll.as_of) if roll else "",
        made=[]
        if blind
        else list(line.decisions.select_related("takes_back", "by").order_by("number")),
        twins=twins,
    )


def written(line: Line) -> list[tuple[str, str]]:
    """Return the fields as written on the sheet, name and address in one piece each."""
    has = line.written
    name = has.get("name") or " ".join(
        has[part] for part in ("first", "middle", "last", "suffix") if part in has
    )
    street = has.get("address") or " ".join(
        has[part] for part in ("house", "street", "unit") if part in has
    )
    signed = {"yes": _("yes"), "no": _("no")}.get(
        has.get("signature_present", ""), _("not keyed")
    )
    return [
        (_("Printed name"), name or _("nothing written")),
        (_("Address"), street or _("nothing written")),
        (
            _("City, ZIP"),
            " ".join(has[p] for p in ("city", "zip") if p in has)
            or _("nothing written"),
        ),
        (_("Signed on"), has.get("signed_on", _("nothing written"))),
        (_("Signature there"), signed),
    ]


def _candidates(
    desk: Desk, line: Line, cards: Cards | None, upload: Upload | None
) -> list[Candidate]:
    if upload is not None:
        upload.desk = desk
    found = []
    for place, told in enumerate(line.candidates, start=1):
        voter_id = told["voter_id"]
        card = cards.card(voter_id) if cards and voter_id else None
        found.append(
            Candidate(
                key=str(place),
                value=voter_id if card else _disguise(line, place),
                card=card,
                evidence=[
                    words for part, _bits in told["parts"] for words in part.split("; ")
                ],
                weight=_weight(told["bits"]),
                folder=disguised(desk, voter_id) if card and voter_id else "",
                specimens=specimens(desk, upload, voter_id) if card else (),
            )
        )
    return found


def _disguise(line: Line, place: int) -> str:
    """Return what credits a confidential voter: only whom the record itself names."""
    return str(line.matched.get("secret", "")) if place == 1 else ""


def _weight(bits: str) -> str:
    """Say how strongly evidence speaks; one bit more is twice as likely."""
    number = float(bits)
    said = f"{number:+.0f}"
    if number >= STRONG:
        return _("speaks strongly for this voter (%(bits)s bits)") % {"bits": said}
    if number >= SOME:
        return _("speaks for this voter (%(bits)s bits)") % {"bits": said}
    if number > -SOME:
        return _("hardly tells (%(bits)s bits)") % {"bits": said}
    return _("speaks against this voter (%(bits)s bits)") % {"bits": said}
