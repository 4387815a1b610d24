"""Whom a line names: a voter, several who fit equally well, or nobody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.model import Model
from plebiscite.match.verdict.facts import NAME_IS_WHOLE, Codes, Flags, Found

OUTCOMES = ("none", "voter", "tie")
NONE, VOTER, TIE = range(3)


def outcomes(
    found: Found, raw: NDArray[np.float64], fit: tuple[Flags, Flags], model: Model
) -> tuple[Codes, NDArray[np.int64]]:
    """Return outcome and ties; `fit` is whether the name fits, and the home as well."""
    named, stands = fit
    rivals, here = (found[name].astype(np.int64) for name in ("rivals", "here"))
    total = found["total"]
    likely = raw >= model.accept
    # The candidates together must be likelier than nobody, or there is nothing to tie.
    some = (rivals > 1) & (total / (1.0 + total) >= model.accept)
    full = NAME_IS_WHOLE[found["name"]] & ~stands
    namesakes = np.where(
        full,
        # One of them is nearer than the rest, and not near enough to be named.
        np.where(likely, rivals, np.maximum(rivals, here)),
        # A name too common to follow: no candidate, but many bearers.
        np.where(named, 0, here),
    )
    family = (found["family_there"] > 0) & ~stands
    alone = ~stands & ~family
    ties = np.where(
        stands & some,
        rivals,
        np.where(
            alone & (namesakes > 1),
            namesakes,
            np.where(alone & named & some, rivals, 0),
        ),
    )
    voter = named & likely & ~family
    outcome = np.where(ties > 1, TIE, np.where(voter, VOTER, NONE))
    return outcome.astype(np.uint8), ties
