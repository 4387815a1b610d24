"""A session: which card comes next for whom, and how far the keying is.

First come cards nobody keyed, then those skipped, then those of the share keyed twice
that somebody else keyed first, then those on which two people differ. What a card says
does not depend on the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TypeAlias

from plebiscite.errors import InputError
from plebiscite.petition.keying.card import Card, Finding, Keyed, Turn
from plebiscite.petition.keying.double import alike, keyed_twice
from plebiscite.petition.keying.journal import Journal

Place: TypeAlias = tuple[str, int]
Turns: TypeAlias = dict[Turn, Keyed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far a keying is, in cards.

    Attributes:
        cards: how many there are.
        keyed: how many somebody keyed.
        twice: how many of those are to be keyed by a second person.
        again: how many of these a second person keyed.
        differ: how many are keyed differently, and not settled.

    """

    cards: int
    keyed: int
    twice: int
    again: int
    differ: int

    @property
    def done(self) -> bool:
        """Whether nothing is left for anybody."""
        return self.keyed == self.cards and self.again == self.twice and not self.differ


@dataclass(slots=True, kw_only=True)
class Session:
    """One person's turn at the cards of a folder.

    Attributes:
        cards: all cards, in the order of the sheets.
        journal: what was decided so far.
        by: who keys.
        seed: which cards are keyed twice.
        share: how many of them, from 0 to 1.
        skipped: places put off in this session, in order.

    """

    cards: Sequence[Card]
    journal: Journal
    by: str
    seed: str
    share: Fraction
    skipped: list[Place] = field(default_factory=list)
    _known: dict[Place, Turns] = field(init=False, default_factory=dict)
    _picked: frozenset[Place] = field(init=False, default=frozenset())
    _at: int = field(init=False, default=0)
    """Cards before this one are keyed or put off."""

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise InputError("say who keys (--by), so that a second person can")
        if not 0 <= self.share <= 1:
            raise InputError("the share keyed twice lies between 0 and 1")
        for each in self.journal.decided.values():
            self._known.setdefault(each.place, {})[each.turn] = each
        self._picked = frozenset(
            card.place
            for card in self.cards
            if card.row and keyed_twice(self.seed, card.section, card.row, self.share)
        )

    def turns(self) -> Mapping[Place, Turns]:
        """Return what stands, by place and turn."""
        return self._known

    def next(self) -> tuple[Card, Turn] | None:
        """Return the card that comes next, and whose turn it is; None at the end."""
        waiting = set(self.skipped)
        for at in range(self._at, len(self.cards)):
            place = self.cards[at].place
            if self._due(self.cards[at]) is Turn.FIRST and place not in waiting:
                self._at = at
                return self.cards[at], Turn.FIRST
        self._at = len(self.cards)
        for turn in (Turn.SECOND, Turn.SETTLED):
            for card in self.cards:
                if card.place not in waiting and self._due(card) is turn:
                    return card, turn
        return self._put_off()

    def decide(
        self,
        card: Card,
        turn: Turn,
        finding: Finding,
        texts: dict[str, str],
        *,
        voter: str = "",
        at: datetime,
    ) -> Keyed:
        """Write down what a person found a card to be, and return it.

        Raises:
            OSError: the disk refuses.

        """
        keyed = Keyed(
            section=card.section,
            row=card.row,
            turn=turn,
            finding=finding,
            texts={name: text for name, text in texts.items() if text},
            voter=voter,
            by=self.by,
        )
        self.journal.add(keyed, at=at)
        self._known.setdefault(card.place, {})[turn] = keyed
        if card.place in self.skipped:
            self.skipped.remove(card.place)
        return keyed

    def skip(self, card: Card) -> None:
        """Put a card off until the others are done."""
        if card.place in self.skipped:
            self.skipped.remove(card.place)
        self.skipped.append(card.place)

    def undo(self, *, at: datetime) -> Keyed | None:
        """Take back this person's last decision, so that its card comes next."""
        gone = self.journal.take_back(self.by, at=at)
        if gone:
            self._known[gone.place].pop(gone.turn, None)
            self._at = 0
        return gone

    def progress(self) -> Progressed:
        """Return how far the keying is."""
        stand = [self._known.get(card.place, {}) for card in self.cards]
        twice = [
            turns
            for card, turns in zip(self.cards, stand, strict=True)
            if Turn.FIRST in turns and card.place in self._picked
        ]
        return Progressed(
            cards=len(self.cards),
            keyed=sum(Turn.FIRST in turns for turns in stand),
            twice=len(twice),
            again=sum(Turn.SECOND in turns for turns in twice),
            differ=sum(_open(turns) for turns in stand),
        )

    def _due(self, card: Card) -> Turn | None:
        """Return the turn a card waits for; None if not for this person's."""
        turns = self._known.get(card.place, {})
        if Turn.FIRST not in turns:
            return Turn.FIRST
        if Turn.SECOND not in turns:
            mine = turns[Turn.FIRST].by == self.by
            return Turn.SECOND if card.place in self._picked and not mine else None
        return Turn.SETTLED if _open(turns) else None

    def _put_off(self) -> tuple[Card, Turn] | None:
        of = {card.place: card for card in self.cards}
        for place in self.skipped:
            turn = self._due(of[place])
            if turn is not None:
                return of[place], turn
        return None


def _open(turns: Turns) -> bool:
    """Tell whether two people keyed a card differently, and nobody settled it."""
    return (
        Turn.FIRST in turns
        and Turn.SECOND in turns
        and Turn.SETTLED not in turns
        and not alike(turns[Turn.FIRST], turns[Turn.SECOND])
    )


def standing(turns: Turns) -> Keyed:
    """Return the keying that stands: the settled one, or else the first."""
    return turns.get(Turn.SETTLED) or turns.get(Turn.FIRST) or turns[Turn.SECOND]
