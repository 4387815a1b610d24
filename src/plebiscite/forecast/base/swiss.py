"""Swiss federal votes: the legal form, and what government and parliament recommend.

An initiative that both chambers reject is accepted about one time in fourteen, a
mandatory referendum that both recommend four times in five. What follows is learned
from the votes of 1950 to 2009, the recent ones counting more, and frozen in
`plebiscite/forecast/data/swiss.yaml`; votes since then are not learned from.

Source: Swissvotes, University of Bern (CC BY 4.0).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError
from plebiscite.forecast.base.expected import Expected

FROZEN = Path(__file__).parent.parent / "data" / "swiss.yaml"
FORMS = {
    "1": "mandatory referendum",
    "2": "optional referendum",
    "3": "popular initiative",
    "4": "counter-proposal",
}
"""Swissvotes' codes of the legal form; 5, the tie-break, is no vote of its own."""
IN_FAVOUR = "1"


def swiss_cell(form: str, *chambers: str) -> str:
    """Return the kind of a vote: its form, and in how many chambers it has a majority.

    `form` and the recommendations of the chambers are Swissvotes' codes.

    Raises:
        InputError: there is no such form.

    """
    if form not in FORMS:
        raise InputError(
            f"{form!r} is no legal form; write one of "
            + ", ".join(f"{code} ({name})" for code, name in FORMS.items())
        )
    favour = sum(chamber == IN_FAVOUR for chamber in chambers)
    stance = ("against", "divided", "in favour")[min(favour, 2)]
    return f"{FORMS[form]}, {stance}"


@cache
def swiss_vote(cell: str) -> Expected:
    """Return what is to be expected of a vote of this kind (see `swiss_cell`)."""
    found: dict[str, Any] = read_plain_yaml(FROZEN)
    row = found["cells"].get(cell, found["other"])
    return Expected(
        mean=float(row["mean"]), scale=float(row["scale"]), passed=float(row["passed"])
    )
