"""The record of turnout: does half of the registered take part?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from page import Chapter, figure, table

from plebiscite.forecast.turnout import Past, past_turnouts, turnout_day

QUORUM = 50.0
HALF = 0.5
LATER = date(2199, 1, 1)
KINDS = {
    "all": ("presidential", "midterm", "special"),
    "November elections without a President": ("midterm",),
    "special elections": ("special",),
}


def of_turnout() -> Chapter:
    """Return the chapter on California's turnout, each election left out in turn."""
    past = [p for p in past_turnouts("us/ca") if p.kind in KINDS["all"]]
    rows, figures = [], {}
    for name, kinds in KINDS.items():
        tested = [each for each in past if each.kind in kinds]
        found = _scores(tested, past)
        figures[name] = found
        rows.append(
            [
                name,
                str(len(tested)),
                figure(found["brier"]),
                figure(found["base"]),
                f"{figure(found['cover80'], 2)}/{figure(found['cover95'], 2)}",
            ]
        )
    held = round(figures["special elections"]["cover80"] * int(rows[-1][1]))
    chapter = Chapter(title="Turnout of half of the registered, California")
    chapter.figures = figures
    heads = (
        "elections",
        "number",
        "Brier",
        "share of others that reached",
        "cover 80/95",
    )
    chapter.lines += [
        "Each election since 1960 is forecast from all others of its kind.",
        "",
        *table(heads, rows),
        "**For special elections there is no skill.** The Brier score of "
        f"{figure(figures['special elections']['brier'])} is worse than a coin's .250, on "
        f"{rows[-1][1]} elections; the 80% interval held {held} of them. Whether half of "
        "the voters come to a special election is not known, and any figure we give says "
        "so.",
    ]
    return chapter


def _scores(tested: Sequence[Past], past: Sequence[Past]) -> dict[str, float]:
    told = []
    for each in tested:
        others = [other for other in past if other is not each]
        day = turnout_day(each.kind, as_of=LATER, past=others)
        base = float(np.mean([other.turnout >= HALF for other in others]))
        came = each.turnout >= HALF
        low, high = day.interval(0.8)
        least, most = day.interval(0.95)
        told.append(
            (
                (day.chance(QUORUM) - came) ** 2,
                (base - came) ** 2,
                low <= each.turnout <= high,
                least <= each.turnout <= most,
            )
        )
    means = np.array(told, dtype=np.float64).mean(axis=0)
    names = ("brier", "base", "cover80", "cover95")
    return dict(zip(names, (float(each) for each in means), strict=True))
