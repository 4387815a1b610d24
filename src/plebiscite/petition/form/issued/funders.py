"""The sheet of the top funders, which a circulator shows where a committee pays.

Who they are is worked out elsewhere, from what the committee filed, and written in
``funders.yaml``: month, committee, contributors. The law sets the words and the sizes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError
from plebiscite.petition.form.rules import FormRules
from plebiscite.petition.form.section import Order
from plebiscite.petition.form.typeset import FAMILY, measured, typeset

TEMPLATE = "funders.typ"
MONTHS = "January February March April May June July August September October November"
MONTHS += " December"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBy:
    """Who pays for the circulation.

    Attributes:
        month: the month and year for which the sheet is valid, in words.
        committee: its name, as in its statement of organisation.
        contributors: its top contributors, the largest first; none if it has none.

    """

    month: str
    committee: str
    contributors: tuple[str, ...] = ()


def read_paid_by(path: Path) -> PaidBy:
    """Read ``funders.yaml``.

    Raises:
        InputError: it is wrong.

    """
    content = read_plain_yaml(path)
    keys = {"month", "committee", "contributors"}
    if (
        not isinstance(content, dict)
        or not {"month", "committee"} <= set(content) <= keys
    ):
        raise InputError(
            "funders are written 'month: 2023-05', 'committee: …' and a list of "
            "'contributors:'",
            path=path,
        )
    month = _MONTH.fullmatch(str(content["month"]))
    if not month:
        raise InputError(
            f"month is {content['month']!r}; write it as 2023-05", path=path
        )
    names = content.get("contributors") or []
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise InputError("contributors are a list of names", path=path)
    return PaidBy(
        month=f"{MONTHS.split()[int(month[2]) - 1]} {month[1]}",
        committee=content["committee"],
        contributors=tuple(names),
    )


def funders_pdf(order: Order, paid_by: PaidBy) -> bytes:
    """Return the sheet of the top funders as a tagged PDF, for the day's law.

    Raises:
        InputError: the law of that day knows no such sheet, or it takes more than a
            page, or a font is missing.

    Source: Cal. Elec. Code § 107(a).
    """
    data = _said(order.rules, order, paid_by)
    if measured(TEMPLATE, data, fonts=order.fonts)["pages"] > 1:
        raise InputError(
            "the sheet of the top funders does not fit on a page at the size the law "
            "asks; print on larger paper (--paper legal or tabloid)"
        )
    return typeset(TEMPLATE, data, fonts=order.fonts)


def _said(rules: FormRules, order: Order, paid_by: PaidBy) -> dict[str, Any]:
    asked = rules.funders
    if asked is None:
        raise InputError(
            "the law of this measure's day asks for no sheet of top funders; leave "
            "--funders out"
        )
    names: Sequence[str] = paid_by.contributors
    return {
        "family": [FAMILY],
        "size": order.paper.size,
        "identifier": order.wording.identifier,
        "title": order.wording.title.upper(),
        "head": f"{asked.head} {paid_by.month}",
        "head_points": asked.head_points,
        "points": asked.points,
        "paid": asked.paid,
        "committee": paid_by.committee,
        "major": asked.major,
        "contributors": names,
    }
