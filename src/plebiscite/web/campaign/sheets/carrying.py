"""What a circulator does by a link of their own: take sheets, tell what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import Bundle, bundles, where
from plebiscite.petition.campaign.circulators import Circulator, circulators
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.whereabouts import Sheet, serials, written
from plebiscite.web.campaign.desk import CAMPAIGN, kept
from plebiscite.web.campaign.joining.links import digest
from plebiscite.web.campaign.models import MOST_MISSING, CarrierLink, Told
from plebiscite.web.campaign.sheets.printing import Wish, print_sections, prints

AT_ONCE, MOST_OUT = 20, 60
"""Sections by one order, and out at one time, by a link; more the chapter gives."""
MOST_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A circulator at their own page.

    Attributes:
        measure: the measure's id.
        folder: the measure's folder.
        circulator: the circulator.

    """

    measure: str
    folder: Path
    circulator: Circulator

    @property
    def campaign(self) -> Path:
        """The folder of the campaign's records."""
        return self.folder / CAMPAIGN

    def holds(self) -> list[Bundle]:
        """Return the bundles of which something is out with them, latest first."""
        return [
            each
            for each in bundles(self.campaign).values()
            if each.circulator == self.circulator.circulator and each.now[Sheet.OUT]
        ][::-1]

    def out(self) -> frozenset[int]:
        """Return the serials that are out with them."""
        return frozenset(
            number
            for number, place in where(self.campaign).places.items()
            if place.sheet is Sheet.OUT
            and place.circulator == self.circulator.circulator
        )

    def files(self) -> dict[str, Path]:
        """Return the printed files of which every section is out with them, by name."""
        out = self.out()
        return {
            path.name: path
            for path in prints(self.measure, self.circulator.chapter)
            if out.issuperset(serials(path.stem))
        }


def new_link(measure: str, circulator: str, *, by: str) -> str:
    """Make a circulator's link, end the one before, and return its token."""
    token = token_urlsafe(32)
    try:
        _replace_link(measure, circulator, token, by)
    except IntegrityError:  # another was made at this very moment: ours comes after it
        _replace_link(measure, circulator, token, by)
    return token


@transaction.atomic
def _replace_link(measure: str, circulator: str, token: str, by: str) -> None:
    CarrierLink.objects.filter(
        measure=measure, circulator=circulator, ended_at=None
    ).update(ended_at=timezone.now())
    CarrierLink.objects.create(
        digest=digest(token), measure=measure, circulator=circulator, made_by=by
    )


def carrier_of(token: str) -> Carrier | None:
    """Return whose link a token is, if it stands."""
    link = CarrierLink.objects.filter(digest=digest(token), ended_at=None).first()
    if link is None:
        return None
    folder = kept(link.measure)
    found = circulators(folder / CAMPAIGN).get(link.circulator)
    if found is None:
        return None
    return Carrier(measure=link.measure, folder=folder, circulator=found)


def take_sheets(carrier: Carrier, wish: Wish) -> Path:
    """Print sections and hand them to the circulator who asks; return the file.

    Raises:
        InputError: they are too many at once, or too many are out already.

    """
    if wish.many > AT_ONCE or len(carrier.out()) + wish.many > MOST_OUT:
        raise InputError(
            _(
                "Take at most %(once)s at a time, and have at most %(most)s out; bring "
                "some back, or ask your chapter."
            )
            % {"once": AT_ONCE, "most": MOST_OUT}
        )
    booking = Booking(
        by=carrier.circulator.name, day=timezone.localdate(), at=timezone.now()
    )
    made = print_sections(carrier.folder, wish, booking)
    hand_out(
        carrier.campaign,
        booking,
        serials(made.stem),
        circulator=carrier.circulator.circulator,
    )
    return made


def tell(
    carrier: Carrier, bundle: str, lines: int | None, missing: Sequence[int]
) -> None:
    """Keep what a circulator tells of a bundle that is out with them.

    `missing` are the sections that come without lines: lost, spoilt or unused.

    Raises:
        InputError: it is not theirs or not out, no lines are told, or a section is of
            another bundle.

    """
    if bundle not in {each.bundle for each in carrier.holds()}:
        raise InputError(_("That bundle is not out with you."))
    if lines is None:
        raise InputError(_("Count the lines, and write how many there are."))
    mine = where(carrier.campaign).of_bundle(bundle)
    if strange := sorted(set(missing).difference(mine)):
        raise InputError(
            _("These sections are not of that bundle: %(serials)s.")
            % {"serials": written(strange)}
        )
    without = written(missing)
    if len(without) > MOST_MISSING:  # a serial that is cut is another serial
        raise InputError(_("These are too many to name; bring the sheets."))
    before = Told.objects.filter(measure=carrier.measure, bundle=bundle)
    if before.count() >= MOST_TOLD:
        raise InputError(_("You told this often enough; bring the sheets."))
    Told.objects.create(
        measure=carrier.measure,
        bundle=bundle,
        lines=lines,
        missing=without,
    )


def told_of(measure: str, bundle: str) -> Told | None:
    """Return what was told last of a bundle, if anything."""
    return Told.objects.filter(measure=measure, bundle=bundle).first()
