"""How strongly the ballots looked at speak against a wrong outcome.

The evidence starts at 1 and is multiplied, ballot by ballot in drawn order, by a
factor whose average is at most 1 if the reported outcome is wrong. Such a product
seldom grows large: the chance that it *ever* reaches 1/a is at most a (Ville's
inequality). So one may look after every ballot, and stop once it has reached 1 / risk
limit; the risk of having stopped wrongly is at most the limit. The three methods differ
in the factor.

*BRAVO* (polling, with replacement): the share the side has by report, over the line;
for a ballot against, what is left of each; 1 for neither.

*ALPHA* (polling): BRAVO's factor, with two changes. The share is estimated anew before
each draw from the ballots seen, starting from the reported one (truncated shrinkage).
And in a draw without replacement the line moves: it is what the ballots *left* would
have to average if the outcome were wrong.

*Kaplan-Markov* (comparison): with the worth recorded by the machine less the worth
found as *overstatement* w, and the lead v the records claim per ballot, the factor is
(g - w) / (g - v), where the inflator g > 1 keeps one bad ballot from ending it all. In
a draw without replacement v moves likewise.

Everything is whole numbers until the product, a Decimal of 50 digits rounded downwards:
what it says is never too much. The risk, its reciprocal, is rounded upwards.

Sources: M. Lindeman, P. B. Stark and V. S. Yates, "BRAVO: Ballot-polling Risk-limiting
Audits to Verify Outcomes", EVT/WOTE (2012); P. B. Stark, "ALPHA: Audit that Learns from
Previously Hand-Audited Ballots", Annals of Applied Statistics 17 (2023); P. B. Stark,
"Risk-limiting post-election audits: conservative P-values from common probability
inequalities", IEEE TIFS 4 (2009), and "Super-simple simultaneous single-ballot
risk-limiting audits", EVT/WOTE (2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from math import isqrt

from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Claim

DOWN = Context(prec=50, rounding=ROUND_FLOOR)
UP = Context(prec=50, rounding=ROUND_CEILING)
RISK_PLACES = 6
SMALLEST_RISK = Decimal(1).scaleb(-RISK_PLACES)
ENOUGH = Decimal(10) ** 12  # beyond any limit; held there, it cannot overflow
CERTAIN = Decimal("Infinity")
FINE = 10**12  # an estimated share is a whole number of these parts
AWAY = 100  # a ballot against leaves at least a hundredth of the evidence


class Method(StrEnum):
    """How ballots turn into evidence."""

    BRAVO = "bravo"
    ALPHA = "alpha"
    KAPLAN_MARKOV = "kaplan-markov"

    @property
    def compares(self) -> bool:
        """Whether each ballot is compared with its own record."""
        return self is Method.KAPLAN_MARKOV


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """All that must be settled before the seed is known.

    Attributes:
        claim: what is to be shown.
        method: how.
        limit: the risk limit: the largest chance of a wrong outcome standing; at most
            six decimals, above 0 and below 1.
        replaced: whether a ballot drawn goes back and may be drawn again.
        inflator: Kaplan-Markov's g, above 1.
        steadiness: ALPHA's d: the reported share weighs as much as so many ballots.

    Raises:
        InputError: the parts do not go together.

    """

    claim: Claim
    method: Method
    limit: Decimal
    replaced: bool
    inflator: Fraction = Fraction("1.03905")
    steadiness: int = 100

    def __post_init__(self) -> None:
        if not SMALLEST_RISK <= self.limit < 1 or self.limit % SMALLEST_RISK:
            raise InputError(
                "a risk limit is above 0% and below 100%, with at most four decimals "
                f"of a percent; {self.limit * 100:f}% is not"
            )
        if self.method is Method.BRAVO and not self.replaced:
            raise InputError(
                "BRAVO draws with replacement; draw without by --method alpha"
            )
        if self.inflator <= 1:
            raise InputError("Kaplan-Markov's inflator must be more than 1")
        if self.steadiness < 1:
            raise InputError("ALPHA's steadiness is 1 or more")


class Walk:
    """The evidence of one audit as its ballots come in, in drawn order.

    Attributes:
        looked: draws taken in.
        now: the evidence after the last, never overstated.
        highest: the largest it has been; the risk goes by it.

    """

    __slots__ = (
        "_counts",
        "_factor",
        "_gone",
        "_lead",
        "_left",
        "_seen",
        "design",
        "highest",
        "looked",
        "now",
    )

    def __init__(self, design: Design) -> None:
        self.design = design
        self.looked = 0
        self.now = Decimal(1)
        self.highest = Decimal(1)
        self._seen = 0  # worths found, in steps
        self._gone = 0  # steps that left the pile with the ballots drawn
        self._left = design.claim.ballots
        self._counts, self._lead = design.claim.counts, design.claim.lead
        self._factor = {
            Method.BRAVO: self._bravo,
            Method.ALPHA: self._alpha,
            Method.KAPLAN_MARKOV: self._kaplan_markov,
        }[design.method]

    @property
    def risk(self) -> Decimal:
        """The risk of stopping now: six decimals, rounded up; 0 only if certain."""
        if self.highest.is_infinite():
            return Decimal(0).quantize(SMALLEST_RISK)
        exact = UP.divide(Decimal(1), self.highest)
        return exact.quantize(SMALLEST_RISK, context=UP)

    @property
    def may_stop(self) -> bool:
        """Whether the risk limit is reached."""
        return self.risk <= self.design.limit

    @property
    def is_lost(self) -> bool:
        """Whether the outcome is known to be wrong, or nothing can show it right."""
        return not self.now

    def take(self, found: int, recorded: int = 0) -> None:
        """Take in the next draw: its worth as found and as recorded, in steps."""
        if not self.now.is_infinite():
            top, bottom = self._factor(found, recorded)
            self.now = (
                min(ENOUGH, DOWN.divide(DOWN.multiply(self.now, top), Decimal(bottom)))
                if bottom
                else CERTAIN
            )
            self.highest = max(self.highest, self.now)
        self.looked += 1
        self._seen += found
        if not self.design.replaced:
            self._gone += recorded - found if self.design.method.compares else found
            self._left -= 1

    def _bravo(self, found: int, _: int) -> tuple[Decimal, int]:
        claim = self.design.claim
        for_it, _, against = self._counts
        voted = for_it + against
        if found == claim.unit:
            return Decimal(for_it * claim.unit), voted * claim.line
        if found == 0:
            return Decimal(against * claim.unit), voted * (claim.unit - claim.line)
        return Decimal(1), 1

    def _alpha(self, found: int, _: int) -> tuple[Decimal, int]:
        claim = self.design.claim
        # The line of the ballots left is `need` / `room`.
        need = claim.ballots * claim.line - self._gone
        room = claim.unit * self._left
        if need < 0 or (need == 0 and found):
            return Decimal(1), 0  # even if all the rest were against, it is right
        if need > room:
            return Decimal(0), 1  # even if all the rest were for it, it is wrong
        if need == 0:
            return Decimal(1), 1
        if need == room:
            return Decimal(found), claim.unit
        share = self._estimate(need, room)
        above, below = share * room, FINE * need
        rest, rest_below = (FINE - share) * room, FINE * (room - need)
        top = found * above * rest_below + (claim.unit - found) * rest * below
        return Decimal(top), claim.unit * below * rest_below

    def _estimate(self, need: int, room: int) -> int:
        """Return the share to expect among the ballots left, in parts of `FINE`."""
        claim, weight = self.design.claim, self.design.steadiness
        draws = weight + self.looked
        whole = claim.unit * claim.ballots
        reported = claim.ballots * claim.line + self._lead
        steps = weight * reported + self._seen * claim.ballots
        guess = FINE * steps // (draws * whole)
        # Never nearer the line than c / sqrt(d + j - 1), c half the reported lead.
        margin = isqrt((FINE * self._lead // (2 * whole)) ** 2 // draws)
        line = -(-FINE * need // room)
        lowest = line + max(1, margin)
        highest = FINE - (FINE - line) // AWAY
        return max(line, min(max(guess, lowest), highest))

    def _kaplan_markov(self, found: int, recorded: int) -> tuple[Decimal, int]:
        claim, inflator = self.design.claim, self.design.inflator
        g, h = inflator.numerator, inflator.denominator
        # The overstatement left to find, if the outcome were wrong.
        need, room = self._lead - self._gone, claim.unit * self._left
        if need > room:
            return Decimal(1), 0
        top = self._left * (g * claim.unit - h * (recorded - found))
        return Decimal(top), g * room - h * need
