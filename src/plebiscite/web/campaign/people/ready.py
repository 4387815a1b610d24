"""What waits, in words: what is to be done, who does it, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.campaign.circulators import circulators
from plebiscite.petition.campaign.waits import Wait, Want, waits
from plebiscite.web.campaign.desk import Desk

ROUTES: Mapping[Want, str] = {
    Want.CHAPTERS: "chapters",
    Want.CIRCULATORS: "circulators",
    Want.PRINT: "sheets",
    Want.HAND_OUT: "bundles",
    Want.HAND_ON: "bundles",
    Want.ASK: "bundles",
    Want.LOST: "bundles",
    Want.CHECK: "intake",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A thing that waits, in words.

    Attributes:
        words: what is to be done.
        who: who is to do it.
        route: the place where it is done.

    """

    words: str
    who: str
    route: str


def told_waits(desk: Desk) -> list[Told]:
    """Return what waits at a desk, as far as the person sees."""
    names = {key: each.name for key, each in chapters(desk.campaign).items()}
    people = {key: each.name for key, each in circulators(desk.campaign).items()}
    return [
        Told(
            words=_words(each, people.get(each.circulator, "")),
            who=names.get(each.chapter, _("the campaign")),
            route=ROUTES[each.want],
        )
        for each in waits(desk.campaign, desk.day)
        if desk.sees is None or each.chapter in desk.sees
    ]


def _words(wait: Wait, person: str) -> str:
    n, said = wait.sections, {"n": f"{wait.sections:,}", "person": person}
    said["days"] = f"{wait.days or 0:,}"
    if wait.want is Want.CHAPTERS:
        return _("Add the first chapter.")
    if wait.want is Want.PRINT:
        return _("Print the first sections.")
    if wait.want is Want.CIRCULATORS:
        return _("Add somebody who carries sheets.")
    if wait.want is Want.ASK:
        return _("Ask %(person)s for sheets that are out since %(days)s days.") % said
    if wait.want is Want.HAND_OUT:
        words = ngettext(
            "Hand out %(n)s printed section that nobody has.",
            "Hand out %(n)s printed sections that nobody has.",
            n,
        )
    elif wait.want is Want.HAND_ON:
        words = ngettext(
            "Give %(n)s section of the chapter's stock to a circulator.",
            "Give %(n)s sections of the chapter's stock to circulators.",
            n,
        )
    elif wait.want is Want.LOST:
        words = ngettext(
            "%(n)s section is lost: ask who had it.",
            "%(n)s sections are lost: ask who had them.",
            n,
        )
    else:
        words = ngettext(
            "Check the lines of %(n)s section that came back.",
            "Check the lines of %(n)s sections that came back.",
            n,
        )
    return words % said
