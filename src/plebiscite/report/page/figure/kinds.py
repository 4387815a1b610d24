"""What a figure is: its kind, each value it had, and what it does not prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COUNTS = ("claimed", "raw", "projected", "verified")
MEANS = {
    "required": "Valid signatures the law asks for.",
    "claimed": "What somebody said they had. Nobody has checked it.",
    "raw": "Lines filed and not struck. Nobody has looked whether they are valid.",
    "projected": "Valid signatures, worked out from a random sample of the lines.",
    "verified": "Valid signatures, each looked at by an election office.",
    "votes": "Votes, as the election offices canvassed them.",
}
PROVES = {
    "required": "It is what the law asks; it says nothing of what was gathered.",
    "claimed": "It does not prove that one signature exists.",
    "raw": "It does not prove that a line was signed by a voter, or only once.",
    "projected": "It does not prove how many are valid: a count of every line would "
    "come out a little higher or lower.",
    "verified": "It does not prove that the signers support the measure: a signature "
    "asks for a vote, and is none.",
    "votes": "It does not prove what those think who did not vote.",
}
"""What each kind of count is, and what it does not prove."""

KEYS = {
    "collected": "claimed",
    "claimed": "claimed",
    "raw": "raw",
    "projected": "projected",
    "verified": "verified",
    "required": "required",
    "yes": "votes-yes",
    "no": "votes-no",
    "blank": "votes-blank",
    "cast": "votes-cast",
    "registered": "votes-registered",
}
"""Keys of the events' bodies, and the figure each gives."""
VOTE_KINDS = frozenset({"question_put", "canvassed", "canvass_revised"})
"""Events whose figures of votes are a measure's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One value a figure had.

    Attributes:
        seq: the number of the event that gave it; 0 for the measure's own file.
        number: 1 for the first value, and so on.
        value: a count; words such as "more than 402,468"; None where it was struck, or
            is not yet whole.
        parts: the counts it is the sum of, by county; empty where it is given whole.
        day, by, authority, source, event, hash: of the event.
        why: why it was changed, in the event's words; "" where it does not say.
        preliminary: whether what it rests on was still open.
        again: numbers of later events that gave the same value.

    """

    seq: int
    number: int
    value: int | str | None
    day: date | None
    by: str
    authority: str
    source: str
    event: str
    hash: str = ""
    why: str = ""
    preliminary: bool = False
    parts: Mapping[str, int | None] | None = None
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure and its revisions, first to last.

    Attributes:
        name: as its address has it, such as ``raw`` or ``independence-votes-yes``.
        kind: a key of `MEANS`.
        question: the further question it belongs to; "" for the measure itself.

    """

    name: str
    kind: str
    revisions: tuple[Revision, ...]
    question: str = ""

    @property
    def now(self) -> Revision:
        """The value that stands."""
        return self.revisions[-1]

    @property
    def count(self) -> int | None:
        """The value that stands, where it is a number."""
        return self.now.value if isinstance(self.now.value, int) else None

    @property
    def key(self) -> str:
        """What it counts within its kind: yes, no, cast …; else its kind."""
        return self.name.rpartition("votes-")[2] if self.kind == "votes" else self.kind

    def at(self, seq: int) -> Revision | None:
        """Return the value that an event gave."""
        return next((each for each in self.revisions if each.seq == seq), None)

    def later(self, seq: int) -> tuple[Revision, ...]:
        """Return the values that came after that of an event."""
        seqs = [each.seq for each in self.revisions]
        return self.revisions[seqs.index(seq) + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What an office said of some counties' lines that stands in no sum of the state's.

    The state gave its own count whole, or gave none: nothing says what of it, if any,
    was of these counties. So nothing is added up, and this stands beside.

    Attributes:
        kind: a key of `COUNTS`.
        counties: whose lines it counts.
        value: the count; or words; None where it is not yet whole.
        day, by, seq: of the event that said so.

    """

    kind: str
    counties: tuple[str, ...]
    value: int | str | None
    day: date
    by: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a docket says in numbers.

    Attributes:
        figures: every figure of the measure by name, the requirement first, votes last.
        apart: what counties said of their own lines beside them, the last word of each.

    """

    figures: Mapping[str, Figure]
    apart: tuple[Apart, ...]
