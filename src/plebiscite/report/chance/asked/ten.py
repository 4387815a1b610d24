"""The chance of a measure, told to a citizen in ten sentences.

What is asked, where it stands, what stands in the way, how likely all of it is, what
weighs most, what would have to be true, and what nobody knows. Chances are told as
people read them; opinion is called opinion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.hurdles.ladder import Hurdle
from plebiscite.forecast.hurdles.needed import Needed, support_for
from plebiscite.forecast.shown import MILLIONS, between, dollars, shown

WEIGHS = {
    "drive": "gathering the signatures",
    "courts": "the courts",
    "opinion": "what the voters think",
    "turnout": "how many turn out",
    "consents": "the consent of others",
}
HALF = 0.5
MANY = 10


def ten_sentences(chance: Chance, needs: Sequence[Needed] = ()) -> list[str]:
    """Return the forecast as ten sentences, fewer where a measure is over.

    `needs` is what `needed` answered; without it, support alone is reckoned.
    """
    return list(_sentences(chance, needs))[:MANY]


def _sentences(chance: Chance, needs: Sequence[Needed]) -> Iterator[str]:
    ladder = chance.ladder
    ahead = [each for each in ladder.hurdles if each.settled is None]
    mark = "Supposing what did not happen: " if chance.counterfactual else ""
    yield (
        f"{mark}This is the chance of “{chance.title.rstrip('.')}”, from what was "
        f"known on {chance.as_of}."
    )
    behind = [e for e in ladder.hurdles if e.settled is not None and e.settled.passed]
    if ladder.ended:
        yield f"It can no longer come about: {ladder.ended}."
        return
    if not ahead:
        yield "Every hurdle lies behind it."
        return
    passed = f"; {_count(len(behind))} it has passed" if behind else ""
    lie = "hurdle lies" if len(ahead) == 1 else "hurdles lie"
    yield (
        f"{_count(len(ahead)).capitalize()} {lie} ahead of it{passed}: "
        f"{'; '.join(each.words for each in ahead)}."
    )
    low, high = chance.through(chance.milestones[-1])[1:]
    yield (
        f"The chance that it passes all that is ahead is {shown(chance.p)}; "
        f"{_range(low, high)}."
    )
    yield from _on_the_way(chance)
    yield from _signatures(chance)
    yield from _opinion(chance)
    yield from _weighs(chance)
    explained = chance.explained()
    yield f"{explained[0].upper()}{explained[1:]}."
    yield from _true(chance, ahead, needs)
    opinion = [each.name.replace("_", " ") for each in ahead if each.elicited]
    if opinion:
        yield (
            f"The chances of {_and(opinion)} are opinion, said whose, for you to move; "
            "no record stands behind them."
        )
    yield from _learn(chance)


def _on_the_way(chance: Chance) -> Iterator[str]:
    told = [
        f"{_reached(each.name, each.words)} {shown(chance.through(each)[0])}"
        for each in chance.milestones[:-1]
        if chance.run.p_through(each.hurdle) < 1
        and each.hurdle < chance.milestones[-1].hurdle
    ]
    if told:
        yield f"On the way there, the chance {'; '.join(told)}."


def _reached(name: str, words: str) -> str:
    return "that it becomes law is" if name == "law" else f"that {words} is"


def _signatures(chance: Chance) -> Iterator[str]:
    gathering = chance.ladder.gathering
    for number, each in enumerate(chance.ladder.hurdles):
        if each.kind != "signatures" or each.settled is not None or gathering is None:
            continue
        money = chance.ladder.priors["money"]
        rests = (
            f"a drive that spends some ${money.centre:,.0f}, give or take a lot, where "
            f"a signature costs some ${chance.ladder.priors['cost'].centre:.2f}"
            if gathering.way == "money"
            else gathering.source
        )
        yield (
            f"The chance of enough signatures is {shown(chance.run.p(number))}: it "
            f"rests on {rests}."
        )


def _opinion(chance: Chance) -> Iterator[str]:
    for number, each in enumerate(chance.ladder.hurdles):
        if each.kind != "yes" or each.settled is not None:
            continue
        vote = chance.ladder.vote(each.vote)
        if vote.opinion is None or vote.on is None:
            continue
        polls = (
            f"the polls average {vote.opinion.support:.0f}% yes"
            if vote.opinion.support is not None
            else "no poll was published"
        )
        error = vote.opinion.unit * 1.29
        yield (
            f"As of that day {polls}, and the vote of {vote.on} should come near "
            f"{vote.opinion.mean:.0f}%; such forecasts are easily off by {error:.0f} "
            f"points, so the chance that it is enough is {shown(chance.run.p(number))}."
        )
        return


def _weighs(chance: Chance) -> Iterator[str]:
    if len(chance.drivers) < 2:  # noqa: PLR2004 - one thing outweighs nothing
        return
    first, second = chance.drivers[:2]
    yield (
        f"Most of the loss lies with {WEIGHS.get(first.name, first.name)} "
        f"({first.share:.0%} of it), then with "
        f"{WEIGHS.get(second.name, second.name)} ({second.share:.0%})."
    )


def _true(
    chance: Chance, ahead: Sequence[Hurdle], needs: Sequence[Needed]
) -> Iterator[str]:
    told = []
    spend = next(
        (n for n in needs if n.of == "signatures" and n.lever == "money"), None
    )
    if spend is not None and (value := spend.values.get(HALF)) is not None:
        some = f"${value / 1e6:.1f} million" if value >= MILLIONS else dollars(value)
        told.append(f"about {some} for signatures")
    for each in ahead:
        vote = chance.ladder.vote(each.vote) if each.kind == "yes" else None
        if vote is None or vote.opinion is None or vote.asks.flat is None:
            continue
        support = support_for(chance.ladder, each, HALF)
        where = f"{support:.0f}%" if support else "more than all"
        told.append(f"{where} yes in the polls for {each.words.split(':')[0]}")
    if told:
        yield f"For an even chance at each it would take {_and(told)}."


def _learn(chance: Chance) -> Iterator[str]:
    poll = next((e for e in chance.lessons if e.of == "one_poll_official"), None)
    if poll and poll.worth > 0:
        yield (
            "The cheapest way to know more is one poll with the official title and "
            "summary."
        )


def _range(low: float, high: float) -> str:
    if shown(low) == shown(high):
        return (
            "we know polls, money and others' minds badly, and that does not change it"
        )
    span = between(low, high)
    from_ = "" if span.startswith("anything") else "anything from "
    return f"as we know polls, money and others' minds badly, it may be {from_}{span}"


def _count(number: int) -> str:
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
    return words[number] if number < len(words) else str(number)


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
