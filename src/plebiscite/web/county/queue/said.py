"""What a form says was found, read and checked at the door."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from plebiscite.errors import InputError
from plebiscite.verify.find.decision import Word
from plebiscite.verify.find.finding import Reason
from plebiscite.web.county.desks import cards_of, roll_of
from plebiscite.web.county.models import Desk, Line
from plebiscite.web.county.queue.decide import Finding

LONGEST_NOTE = 500


def finding_said(
    form: Mapping[str, str], reasons: Mapping[str, tuple[str, str]]
) -> Finding:
    """Return the finding of a form: ``act`` is valid, undecided or invalid:CODE.

    Raises:
        BadRequest: no page of ours sends such a form.

    """
    act, _colon, reason = form.get("act", "").partition(":")
    note = " ".join(form.get("note", "").split())[:LONGEST_NOTE]
    if act == Word.VALID:
        return Finding(word=Word.VALID, voter_id=form.get("voter", ""), note=note)
    if act == Word.UNDECIDED:
        return Finding(word=Word.UNDECIDED, note=note)
    if act == Word.INVALID and reason in reasons and reason != Reason.DUPLICATE:
        cite = reasons[reason][1]
        return Finding(word=Word.INVALID, reason=reason, cite=cite, note=note)
    raise BadRequest


def credited(desk: Desk, line: Line, finding: Finding) -> Finding:
    """Return a finding that credits a voter who may be credited.

    A confidential voter is credited by the disguise the record gives. A number that
    is nobody's and one that may not be shown are refused in the same words.

    Raises:
        InputError: nobody is named, or nobody on the roll bears the number.

    """
    if finding.word is not Word.VALID:
        return finding
    if finding.voter_id and finding.voter_id == line.matched.get("secret"):
        return finding
    roll = roll_of(desk)
    if not finding.voter_id:
        raise InputError(_("say whose signature it is: choose a voter, or look one up"))
    if roll is None or cards_of(roll).card(finding.voter_id) is None:
        raise InputError(_("this voter is not on the roll"))
    return finding
