"""The words of a forecast at the terminal: its table, its priors, its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.hurdles.needed import Needed
from plebiscite.forecast.hurdles.prior import Prior
from plebiscite.forecast.shown import between, dollars, figure, shown

WIDE = 12
LEAST, THOUSAND = 0.1, 1_000


def head_lines(chance: Chance) -> list[str]:
    """Return what is forecast, and the answer, in two or three lines."""
    mark = ["COUNTERFACTUAL: this never happened."] if chance.counterfactual else []
    low, high = chance.through(chance.milestones[-1])[1:]
    over = [f"over: {chance.ladder.ended}"] if chance.ladder.ended else []
    spread = (
        []
        if over
        else [f"nine cases in ten, over all that we know badly: {between(low, high)}"]
    )
    return [
        f"{chance.measure}  {chance.title}",
        *mark,
        f"as of {chance.as_of}: the chance of all is {shown(chance.p)}",
        *over,
        *spread,
    ]


def ladder_lines(chance: Chance) -> list[str]:
    """Return the hurdles as a table: alone, given the earlier ones, and up to there."""
    lines = [
        f"{'hurdle':{WIDE}} {'alone':>6} {'90%':>12} {'given':>6} {'so far':>7}  what"
    ]
    for number, each in enumerate(chance.ladder.hurdles):
        low, high = chance.band(number)
        band = f"{figure(low)} - {figure(high)}" if each.settled is None else ""
        opinion = "  (opinion)" if each.elicited and each.settled is None else ""
        because = f"  ({each.settled.because})" if each.settled else ""
        lines.append(
            f"{each.name:{WIDE}} {figure(chance.run.p(number)):>6} {band:>12} "
            f"{figure(chance.run.p_given(number)):>6} "
            f"{figure(chance.run.p_through(number)):>7}  {each.words}{opinion}{because}"
        )
    return lines


def milestone_lines(chance: Chance) -> list[str]:
    """Return the points on the way with their chances."""
    return [
        f"{shown(chance.through(each)[0]):>20}  {each.words}"
        for each in chance.milestones
    ]


def driver_lines(chance: Chance) -> Iterator[str]:
    """Yield what carries the loss, and what knowing more would be worth."""
    if chance.drivers:
        yield "What carries the loss, and how much better it were if that were certain"
        for each in chance.drivers:
            yield f"    {each.share:4.0%}  x{each.if_certain:<5.2g} {each.name}"
    if told := [each for each in chance.lessons if each.worth > 0][:5]:
        yield f"What knowing more is worth for “{chance.goal.name}”, as part of it"
        for lesson in told:
            yield f"    {lesson.worth:.2f}  {lesson.words}"
    if chance.dollars:
        more = chance.dollars
        yield (
            f"${more.more:,} more would add {points(more.signatures)} to the chance of "
            f"enough signatures, {points(more.goal)} to that of “{chance.goal.name}”"
        )


def points(chance: float) -> str:
    """Return a small difference of chances in percentage points."""
    hundred = 100 * chance
    return "less than .1 points" if hundred < LEAST else f"{hundred:.1g} points"


def prior_lines(priors: Iterable[Prior]) -> list[str]:
    """Return priors with the range they span nine times in ten, and whose they are."""
    lines = []
    for each in priors:
        found = each.as_data()
        mark = (
            "moved" if each.moved else "elicited: yes" if each.elicited else "measured"
        )
        lines += [
            f"{each.name}: {_plain(found['centre'])} {each.unit}"
            f"{_span(found['low'], found['high'])}  {each.words}  ({mark})",
            f"    {each.who}: {each.source}",
        ]
    return lines


def _span(low: float, high: float) -> str:
    return f" [{_plain(low)} - {_plain(high)}]" if low != high else ""


def _plain(number: float) -> str:
    """Return a number with two digits that count, three from a thousand on."""
    digits = 3 if abs(number) >= THOUSAND else 2
    return f"{float(f'{number:.{digits}g}'):,.12g}"


def needed_lines(found: Sequence[Needed]) -> list[str]:
    """Return what would have to be true, a line each."""
    if not found:
        return ["nothing lies ahead that anything could change"]
    chances = list(found[0].values)
    head = "".join(f"{f'P = {chance:g}':>12}" for chance in chances)
    lines = [f"{'of':{WIDE}} {'what':{WIDE}}{head}"]
    for each in found:
        values = "".join(
            f"{valued(each.lever, each.values[chance]):>12}" for chance in chances
        )
        best = (
            f"  at best {shown(each.best)}"
            if any(each.values[chance] is None for chance in chances) and each.best < 1
            else ""
        )
        lines.append(f"{each.of:{WIDE}} {each.lever:{WIDE}}{values}{best}")
    return lines


def valued(lever: str, value: float | None) -> str:
    """Return a value of a lever in its unit; a dash where none would do."""
    if value is None:
        return "-"
    if lever == "money":
        return dollars(value)
    if lever in {"support", "turnout"}:
        return f"{value:.0f}%"
    return f"{value:.2f}"
