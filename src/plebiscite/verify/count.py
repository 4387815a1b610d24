"""What a county found: in a sample, or in a check of every line.

The two are different types because a duplicate means different things in them. In a
sample it is a pair *inside the sample*, weighed by the projection; in a full count it
is any repetition in the petition, and weighs one. No function takes one for the other.

Source: Cal. Code Regs. tit. 2, §§ 20530-20532.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from plebiscite.errors import CountError


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCount:
    """A county's findings on the lines drawn from its part of the petition.

    All figures are counts of lines.

    Attributes:
        county: the county, or the state where the law samples statewide.
        raw: lines filed and not struck, before any was verified.
        sampled: lines drawn.
        valid: drawn lines found valid; of each pair inside the sample, one copy.
        duplicates: drawn lines that repeat another *drawn* line; not among `valid`.
        undecided: drawn lines nobody has decided yet; neither valid nor rejected.

    Raises:
        CountError: the counts contradict each other.

    """

    county: str
    raw: int
    sampled: int
    valid: int
    duplicates: int = 0
    undecided: int = 0

    def __post_init__(self) -> None:
        _refuse_impossible(self, self.sampled)
        if self.sampled > self.raw:
            raise CountError(
                f"{self.county}: sampled {self.sampled:,} of only {self.raw:,} lines; "
                "a sample cannot be larger than the raw count"
            )
        if 0 < self.duplicates >= self.sampled:
            raise CountError(
                f"{self.county}: {self.duplicates:,} duplicate lines of "
                f"{self.sampled:,} drawn; each repeats another drawn line, so one at "
                "least is none"
            )
        if self.sampled == 0 < self.raw:
            raise CountError(
                f"{self.county}: {self.raw:,} lines filed and none sampled; "
                "draw a sample before projecting"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCount:
    """A county's findings on every line of its part of the petition.

    Attributes are those of `SampleCount`; `sampled` is how many were looked at so far,
    and the count is complete when that is all of them.
    """

    county: str
    raw: int
    sampled: int
    valid: int
    duplicates: int = 0
    undecided: int = 0

    def __post_init__(self) -> None:
        _refuse_impossible(self, self.sampled)
        if self.sampled > self.raw:
            raise CountError(
                f"{self.county}: checked {self.sampled:,} of only {self.raw:,} lines; "
                "correct the raw count first"
            )


CountyCount: TypeAlias = SampleCount | FullCount


def _refuse_impossible(count: SampleCount | FullCount, looked_at: int) -> None:
    figures = {
        "raw": count.raw,
        "sampled": count.sampled,
        "valid": count.valid,
        "duplicates": count.duplicates,
        "undecided": count.undecided,
    }
    for name, figure in figures.items():
        if figure < 0:
            raise CountError(
                f"{count.county}: {name} is {figure:,}; a count is 0 or more"
            )
    found = count.valid + count.duplicates + count.undecided
    if found > looked_at:
        raise CountError(
            f"{count.county}: {count.valid:,} valid, {count.duplicates:,} duplicate "
            f"and {count.undecided:,} undecided lines are more than the {looked_at:,} "
            "looked at; each line is found once"
        )
