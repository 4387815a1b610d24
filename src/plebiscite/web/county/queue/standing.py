"""What a line waits for, from the looks people took at it.

One look settles a line that stands; a refusal needs two people who say the same, and so
does each of two lines that credit one voter. Two looks that differ are a dispute, which
a third person ends. A second person who can say what the first could not simply says
it. A look that was taken back counts as if it had never been; a blind look never
settles anything, but where it differs, the line is in dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plebiscite.verify.find.decision import Word
from plebiscite.verify.find.finding import Reason
from plebiscite.web.county.models import Decision, Line, Policy, State, Turn

ABOUT_THE_SIGNATURE = frozenset(
    {Reason.SIG_MISMATCH, Reason.SIG_MISSING, Reason.NOT_OWN_HAND, Reason.ILLEGIBLE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at a line.

    Attributes:
        number: the version of the line it made.
        turn: in which turn.
        by: the person's number.
        word, reason, voter_id: what was found; "" where there is none.
        takes_back: the number of the look an undo takes back.

    """

    number: int
    turn: Turn
    by: int
    word: str = ""
    reason: str = ""
    voter_id: str = ""
    takes_back: int | None = None

    @property
    def says(self) -> tuple[str, str, str]:
        """What was found, apart from who found it."""
        return self.word, self.reason, self.voter_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a line stands.

    Attributes:
        state: what it waits for.
        look: the look whose finding stands; None where nobody looked.
        blind: the blind look, if there was one.

    """

    state: State
    look: Look | None
    blind: Look | None = None


def in_force(looks: Iterable[Look]) -> list[Look]:
    """Return the looks that were not taken back, oldest first."""
    ordered = sorted(looks, key=lambda look: look.number)
    gone = {look.takes_back for look in ordered if look.turn is Turn.UNDO}
    return [
        look
        for look in ordered
        if look.turn is not Turn.UNDO and look.number not in gone
    ]


def standing(looks: Iterable[Look], *, pair: bool, policy: str) -> Standing:
    """Return how a line stands after `looks`.

    `pair` says that another line of the sample credits the same voter; `policy` which
    refusals need a second person.
    """
    kept = in_force(looks)
    blind = next((look for look in kept if look.turn is Turn.BLIND), None)
    open_looks = [look for look in kept if look.turn is not Turn.BLIND]
    if not open_looks:
        return Standing(state=State.OPEN, look=None, blind=blind)
    last = open_looks[-1]
    if last.turn is Turn.LAST:
        return Standing(state=State.SETTLED, look=last, blind=blind)
    state = _state(open_looks, pair=pair, policy=policy)
    if blind and state is State.SETTLED and blind.says != last.says:
        state = State.DISPUTE
    return Standing(state=state, look=last, blind=blind)


def _state(looks: Sequence[Look], *, pair: bool, policy: str) -> State:
    last = looks[-1]
    before = [look for look in looks[:-1] if look.by != last.by]
    if any(look.says == last.says for look in before):
        return State.SETTLED
    if any(look.word != Word.UNDECIDED for look in before):
        return State.DISPUTE
    if last.word == Word.VALID:
        return State.SECOND if pair else State.SETTLED
    if last.word == Word.UNDECIDED:
        return State.SECOND
    return State.SECOND if _needs_two(last.reason, policy) else State.SETTLED


def _needs_two(reason: str, policy: str) -> bool:
    return policy == Policy.REFUSALS or reason in ABOUT_THE_SIGNATURE


def decisions_of(line: Line) -> list[Decision]:
    """Return every decision made on a line, oldest first."""
    return list(line.decisions.select_related("takes_back").order_by("number"))


def look_of(decision: Decision) -> Look:
    """Return a decision as a look."""
    return Look(
        number=decision.number,
        turn=Turn(decision.turn),
        by=decision.by_id,
        word=decision.word,
        reason=decision.reason,
        voter_id=decision.voter_id,
        takes_back=decision.takes_back.number if decision.takes_back else None,
    )
