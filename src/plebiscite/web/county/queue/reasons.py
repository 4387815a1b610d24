"""Why a line may be refused, as the desk shows it: grouped, with one key for each.

The words and citations are the law file's. A duplicate is not among them: whether a
line is one depends on which lines were drawn, and is counted, not decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plebiscite.report.words import reason as short_name
from plebiscite.verify.find.finding import Reason

GROUPS: tuple[tuple[object, Mapping[str, str]], ...] = (
    (
        _("Registration"),
        {
            Reason.NOT_REGISTERED: "r",
            Reason.REG_LATE: "l",
            Reason.REG_CANCELLED: "c",
            Reason.INACTIVE_INELIGIBLE: "t",
            Reason.UNDER_18: "y",
            Reason.WRONG_COUNTY: "w",
            Reason.OUT_OF_STATE: "o",
        },
    ),
    (
        _("Name and address"),
        {
            Reason.ADDR_DIFFERENT: "a",
            Reason.ADDR_MISSING: "d",
            Reason.PO_BOX_ONLY: "p",
            Reason.NAME_MISSING: "e",
        },
    ),
    (
        _("Signature"),
        {
            Reason.SIG_MISMATCH: "s",
            Reason.SIG_MISSING: "m",
            Reason.NOT_OWN_HAND: "h",
            Reason.ILLEGIBLE: "i",
        },
    ),
    (
        _("Sheet"),
        {
            Reason.WITHDRAWN: "b",
            Reason.DATE_OUT_OF_RANGE: "x",
            Reason.CIRC_DECL_DEFECT: "q",
            Reason.FORMAT_DEFECT: "f",
            Reason.LINE_CROSSED_OUT: "k",
        },
    ),
)
OTHER = _("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """One reason to refuse a line.

    Attributes:
        code: the reason code.
        name: a short name.
        words: what the law says.
        cite: where.
        key: the key that refuses for it; "" where it has none.

    """

    code: str
    name: str
    words: str
    cite: str
    key: str = ""


def grouped(
    reasons: Mapping[str, tuple[str, str]],
) -> list[tuple[object, list[Refusing]]]:
    """Return the reasons in force, in groups, in the order a clerk looks."""
    left = {code: told for code, told in reasons.items() if code != Reason.DUPLICATE}
    groups = []
    for name, keys in GROUPS:
        here = [
            _refusing(code, left.pop(code), key)
            for code, key in keys.items()
            if code in left
        ]
        if here:
            groups.append((name, here))
    if left:
        groups.append((OTHER, [_refusing(code, told) for code, told in left.items()]))
    return groups


def _refusing(code: str, told: tuple[str, str], key: str = "") -> Refusing:
    words, cite = told
    return Refusing(
        code=str(code), name=short_name(str(code)), words=words, cite=cite, key=key
    )
