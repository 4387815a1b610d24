"""Old votes with a recorded outcome: does the outcome follow from the figures?

An archive's row says votes, often a percentage, and whether the measure passed. Where
these contradict each other the row is flagged and not accepted: which of them is the
slip is for whoever has the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Share, printed

TENTH = Fraction(1, 1000)
"""Archives print percentages to a tenth; a difference within one is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A vote as an archive has it.

    Attributes:
        name: the question.
        yes, no: the votes.
        more_than: the share of both that yes had to exceed.
        passed: the outcome recorded.
        percent: the share of yes recorded, of one; None where none is.

    """

    name: str
    yes: int
    no: int
    more_than: Share
    passed: bool
    percent: Fraction | None = None

    @property
    def passes(self) -> bool:
        """Whether the figures pass."""
        return self.yes > self.more_than.of(self.yes + self.no)


def contradictions(vote: Recorded) -> Iterator[str]:
    """Yield, as sentences, what in a recorded vote contradicts the rest."""
    both = vote.yes + vote.no
    if not both:
        yield f"{vote.name}: nobody is recorded to have voted"
        return
    share = Fraction(vote.yes, both)
    percent = f"{printed(share * 100, 1)}%"
    if vote.passes != vote.passed:
        said, does = ("passed", "fail") if vote.passed else ("failed", "pass")
        yield (
            f"{vote.name}: recorded as {said}, and its figures {does}: {vote.yes:,} to "
            f"{vote.no:,} are {percent}, where more than {vote.more_than} was needed"
        )
    if vote.percent is not None and abs(vote.percent - share) > TENTH:
        yield (
            f"{vote.name}: recorded with {printed(vote.percent * 100, 1)}%, and "
            f"{vote.yes:,} to {vote.no:,} are {percent}"
        )
