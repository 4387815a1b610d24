"""A number set beside figures that somebody gave: of the economy, taxes, votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from plebiscite.report.claims.beside import SMALLEST, SURE, Judged
from plebiscite.report.claims.claim import Standing
from plebiscite.report.claims.known.context import Figure
from plebiscite.report.claims.said.number import SaidNumber, Unit
from plebiscite.report.claims.weigh import Match, number_match

FEW = 3
"""So many figures are told beside a number that is none of them."""


def beside_figures(
    said: SaidNumber, kind: str, figures: Sequence[Figure], on: date
) -> Judged:
    """Set a number beside what was said of the same thing, by whom and when.

    A figure is nobody's to contradict: what none gave is not in the record.
    """
    given = [each for each in figures if each.on <= on] or list(figures)[:1]
    for how in (Match.SAME, Match.NEAR):
        for each in reversed(given):
            if number_match(said, each.value) is not how:
                continue
            standing = Standing.AGREES if how is Match.SAME else Standing.ROUNDED
            note = ""
            last = max(given, key=lambda figure: figure.of)
            if said.unit is Unit.RANK and last.value != each.value:
                standing = Standing.OUT_OF_DATE
                note = f"last: {_told(last)}"
            return Judged(
                kind=kind,
                standing=standing,
                record=_told(each),
                as_of=each.of,
                source=each.source,
                note=note,
            )
    near = sorted(given, key=lambda each: abs(each.value - said.value))[:FEW]
    note = "; ".join(_told(each) for each in near)
    return Judged(kind=kind, standing=Standing.NOT_IN_RECORD, note=f"given: {note}")


def echoed(said: SaidNumber, figures: Sequence[Figure], on: date) -> Judged | None:
    """Return the figure that an exact sum or count repeats, whatever is around it."""
    digits = said.value / said.step if said.step else Fraction(0)
    if said.unit not in {Unit.MONEY, Unit.COUNT} or digits < SMALLEST:
        return None
    if said.unit is Unit.COUNT and (digits < SURE or said.value < SURE):
        return None
    given = [each for each in figures if each.value == said.value and each.on <= on]
    return beside_figures(said, given[-1].kind, given, on) if given else None


def _told(figure: Figure) -> str:
    return f"{figure.words}, of {figure.of}, by {figure.by} ({figure.on.isoformat()})"
