"""The matcher held against the truth, where the truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plebiscite.report import words
from plebiscite.report.certificate_text import Table
from plebiscite.report.picture import (
    DEEP,
    INK,
    PALE,
    SAND,
    WARM,
    WIDTH,
    Picture,
    drawn,
    inline,
)
from plebiscite.report.words import figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the matcher did with the lines of one known kind.

    Attributes:
        kind: the kind of line, in words.
        right: lines credited to the voter who signed.
        wrong: lines credited to somebody else.
        person: lines left to a person (a tie, or nearly one).
        none: lines for which no voter was credited.

    """

    kind: str
    right: int
    wrong: int
    person: int
    none: int

    @property
    def lines(self) -> int:
        """Lines of this kind."""
        return self.right + self.wrong + self.person + self.none


def matching_picture(outcomes: Sequence[Outcome]) -> Picture:
    """Draw what the matcher did with lines whose truth is known, by their kind."""
    import altair as alt

    parts = [
        ("right", "right voter", DEEP),
        ("person", "left to a person", SAND),
        ("none", "no voter", PALE),
        ("wrong", "wrong voter", WARM),
    ]
    rows = [
        {
            "kind": outcome.kind,
            "what": name,
            "order": number,
            "share": getattr(outcome, key) / outcome.lines,
        }
        for outcome in outcomes
        if outcome.lines
        for number, (key, name, _) in enumerate(parts)
    ]
    chart = (
        alt.Chart(inline(rows))
        .mark_bar(height=18, stroke=INK, strokeWidth=0.5)
        .encode(
            y=alt.Y("kind:N", sort=[o.kind for o in outcomes], title=None),
            x=alt.X(
                "share:Q",
                axis=alt.Axis(format="%"),
                title="Share of the lines of this kind",
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=alt.Color(
                "what:N",
                scale=alt.Scale(
                    domain=[name for _, name, _ in parts],
                    range=[colour for _, _, colour in parts],
                ),
                legend=alt.Legend(columns=2),
            ),
            order="order:Q",
        )
        .properties(width=WIDTH - 190, height={"step": 28})
    )
    lines = sum(o.lines for o in outcomes)
    wrong = sum(o.wrong for o in outcomes)
    caption = (
        f"Of {words.lines_of(lines)} looked at, {wrong:,} "
        f"({wrong / max(lines, 1):.2%}) were credited to a voter who did not sign "
        "them. Truth is known here because the petition is simulated."
    )
    return Picture(
        key="matching",
        title="The matcher held against the truth",
        svg=drawn(chart, caption, "matching"),
        caption=caption,
        table=Table(
            key="matching-table",
            caption="The matcher held against the truth",
            heads=(
                "Kind of line",
                "Lines",
                *(name.capitalize() for _, name, _ in parts),
            ),
            rows=tuple(
                (
                    o.kind,
                    figure(o.lines),
                    *(figure(getattr(o, key)) for key, _, _ in parts),
                )
                for o in outcomes
            ),
        ),
    )
