"""What came of a measure, as its docket knows, in the words of its forecasts."""

from __future__ import annotations

from datetime import date

from plebiscite.docket.folder import Record
from plebiscite.forecast.record.score import ALL, Came
from plebiscite.report.chance.asked.ask import laddered
from plebiscite.report.chance.asked.settled import held_votes

CERTIFIED = ("certified", "findings_counted")
VALID = ("verified", "valid", "projected")


def came(record: Record) -> Came:
    """Return what came: each hurdle reached and settled, and each count.

    Of the hurdles that failed only the first counts: what follows was never reached.
    """
    ladder = laddered(record)[0]
    hurdles: dict[str, bool] = {}
    days: dict[str, date] = {}
    for each in ladder.hurdles:
        if each.settled is None:
            continue
        hurdles[each.name] = each.settled.passed
        if each.settled.on:
            days[each.name] = each.settled.on
        if not each.settled.passed:
            hurdles[ALL] = False
            days |= {ALL: each.settled.on} if each.settled.on else {}
            break
    else:
        if all(each.settled is not None for each in ladder.hurdles):
            hurdles[ALL] = True
            days |= {ALL: max(days.values())} if days else {}
    numbers, counted = _numbers(record)
    return Came(hurdles=hurdles, numbers=numbers, days={**days, **counted})


def _numbers(record: Record) -> tuple[dict[str, float], dict[str, date]]:
    numbers: dict[str, float] = {}
    days: dict[str, date] = {}
    for each in record.counted:
        if each.kind in CERTIFIED:
            known = [each.body.get(key) for key in VALID]
            counts = [
                n for n in known if isinstance(n, int) and not isinstance(n, bool)
            ]
            if counts:
                numbers["valid_signatures"] = float(counts[0])
                days["valid_signatures"] = each.day
    for key, held in held_votes(record).items():
        yes, no = held.counts.get("yes"), held.counts.get("no")
        cast, registered = held.counts.get("cast"), held.counts.get("registered")
        if yes is not None and no is not None and yes + no:
            numbers[f"yes:{key}"] = 100 * yes / (yes + no)
        if cast and registered:
            numbers[f"turnout:{key}"] = 100 * cast / registered
        for name in (f"yes:{key}", f"turnout:{key}"):
            if name in numbers and held.on:
                days[name] = held.on
    return numbers, days
