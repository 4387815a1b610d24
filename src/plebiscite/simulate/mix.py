"""What a simulated petition is made of: kinds of line, slips of the pen, defects.

All shares are settable. Kinds are shares of all lines, noise is a share of the lines
that a registered voter wrote, the rest as each attribute says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plebiscite.errors import InputError

REGISTERED, MOVED, RELATIVE, UNREGISTERED, ELSEWHERE, LATE, CANCELLED = (
    "registered",
    "moved",
    "unregistered_relative",
    "unregistered",
    "wrong_county",
    "late",
    "cancelled",
)
DUPLICATE = "duplicate"
KINDS = (REGISTERED, MOVED, RELATIVE, UNREGISTERED, ELSEWHERE, LATE, CANCELLED)
NOISE = (
    "maiden_name",
    "former_address",
    "part_of_double_surname",
    "unit_missing",
    "unit_wrong",
    "nickname",
    "goes_by_middle",
    "middle_added",
    "surname_typo",
    "first_typo",
    "house_typo",
    "street_typo",
    "zip_typo",
    "first_initial",
    "swapped_names",
    "no_address",
    "city_missing",
    "abbreviations",
    "ocr",
)
"""Slips of the pen; those that few voters can make come first, as they are dealt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Shares, each from 0 to 1.

    Attributes:
        kinds: share of all lines by kind, "duplicate" among them; what is left over
            is signed by registered voters at their registered address.
        noise: share of the lines written by registered voters, by kind of slip. A
            slip that only some can make (a nickname) is dealt among those, as far as
            they go.
        combined: share of the noisy lines that get a second slip.
        struck: lines crossed out before filing, for each line filed.
        blank: rows left empty, for each line filed.
        unsigned: share of the lines that bear no signature.
        withdrawn: share of the lines withdrawn in time.
        mismatched: share of the lines of registered voters whose signature is found
            not to be the voter's.
        defective: share of the sections whose circulator's declaration has a defect.
        clerk_errors: share of the lines on which the simulated clerk errs.

    Raises:
        InputError: an unknown kind, a share outside 0 to 1, or kinds above 1 in all.

    """

    kinds: Mapping[str, float] = field(default_factory=dict)
    noise: Mapping[str, float] = field(default_factory=dict)
    combined: float = 0.0
    struck: float = 0.0
    blank: float = 0.0
    unsigned: float = 0.0
    withdrawn: float = 0.0
    mismatched: float = 0.0
    defective: float = 0.0
    clerk_errors: float = 0.0

    def __post_init__(self) -> None:
        _known(self.kinds, (*KINDS[1:], DUPLICATE), "kind of line")
        _known(self.noise, NOISE, "kind of noise")
        shares = {name: getattr(self, name) for name in self.settable()}
        for name, share in {**self.kinds, **self.noise, **shares}.items():
            if not 0 <= share <= 1:
                raise InputError(f"{name}: a share lies between 0 and 1, not {share:g}")
        for what, given in (("kinds of line", self.kinds), ("noise", self.noise)):
            if sum(given.values()) > 1 + 1e-9:
                raise InputError(
                    f"the shares of the {what} come to {sum(given.values()):g}; "
                    "lower them to 1 or less"
                )

    @staticmethod
    def settable() -> tuple[str, ...]:
        """Return the names of the shares that are neither kinds nor noise."""
        return (
            "combined",
            "struck",
            "blank",
            "unsigned",
            "withdrawn",
            "mismatched",
            "defective",
            "clerk_errors",
        )

    def with_shares(
        self, kinds: Mapping[str, float], noise: Mapping[str, float]
    ) -> Mix:
        """Return this mix with some shares set anew.

        `kinds` may also set any of `settable()`, as ``struck=0.02``.
        """
        other = {name: kinds[name] for name in self.settable() if name in kinds}
        mine = {name: share for name, share in kinds.items() if name not in other}
        if REGISTERED in mine:
            raise InputError(
                "the share of registered lines is what the other kinds leave over; "
                "set those instead"
            )
        return replace(
            self,
            kinds={**self.kinds, **mine},
            noise={**self.noise, **noise},
            **other,
        )


def _known(given: Mapping[str, float], names: tuple[str, ...], what: str) -> None:
    for name in given:
        if name not in names:
            raise InputError(f"{name!r} is no {what}; there are {', '.join(names)}")


BENCHMARK = Mix(
    kinds={
        MOVED: 0.056,
        RELATIVE: 0.10,
        UNREGISTERED: 0.10,
        ELSEWHERE: 0.05,
        DUPLICATE: 0.05,
    },
    noise={
        "surname_typo": 0.12,
        "nickname": 0.06,
        "house_typo": 0.06,
        "zip_typo": 0.05,
        "first_initial": 0.04,
        "swapped_names": 0.03,
        "no_address": 0.03,
        "part_of_double_surname": 0.02,
    },
)
"""Harder than most real petitions: what matching is measured on."""

CALIFORNIA = Mix(
    kinds={
        MOVED: 0.05,
        RELATIVE: 0.03,
        UNREGISTERED: 0.06,
        ELSEWHERE: 0.02,
        LATE: 0.01,
        CANCELLED: 0.02,
        DUPLICATE: 0.025,
    },
    noise={
        "surname_typo": 0.05,
        "first_typo": 0.02,
        "nickname": 0.05,
        "house_typo": 0.02,
        "street_typo": 0.03,
        "zip_typo": 0.02,
        "first_initial": 0.02,
        "swapped_names": 0.01,
        "no_address": 0.004,
        "part_of_double_surname": 0.012,
        "maiden_name": 0.005,
        "former_address": 0.003,
        "goes_by_middle": 0.008,
        "middle_added": 0.02,
        "unit_missing": 0.06,
        "unit_wrong": 0.005,
        "city_missing": 0.02,
        "abbreviations": 0.06,
        "ocr": 0.02,
    },
    combined=0.05,
    struck=0.02,
    blank=0.01,
    unsigned=0.005,
    withdrawn=0.001,
    mismatched=0.01,
    defective=0.01,
)
"""A paid Californian drive: some three quarters of the lines valid and distinct, as the
rates published for 2014 to 2025 suggest; the parts are assumptions."""

PRESETS = {"benchmark": BENCHMARK, "california": CALIFORNIA}
