"""What a reader moves: ``consents=1%``, ``support=65``, ``money=5M``.

A chance that is set (courts, consents) is that chance, with no spread left. An amount
that is set (money, cost, volunteers) is known from then on; what is left is how a drive
of that cost turns out. Support and turnout move the middle of what is expected and keep
its error: a poll of 65 today is still a poll.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from math import log

from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.ladder import Gathering, Ladder, Opinion, Vote
from plebiscite.forecast.polls.drift import EVERYBODY, drifted

SUFFIXES = {"k": 1e3, "m": 1e6, "bn": 1e9, "": 1.0}
NUMBER = re.compile(
    r"\$?(-?[0-9][0-9_]*(?:\.[0-9]+)?|-?\.[0-9]+)(k|m|bn)?(%?)", re.IGNORECASE
)
CHANCES = ("courts", "consents", "boycott", "mood")
AMOUNTS = ("money", "cost", "volunteers")
POINTS = ("support", "turnout")
OTHERS = ("validity", "overstated", "headline", "parts_tilt")
SETTABLE = (*POINTS, *AMOUNTS, *CHANCES, *OTHERS)
LEAST = 1e-6


def read_settings(written: Iterable[str]) -> dict[str, float]:
    """Return settings from ``NAME=VALUE``; a chance or share from 0 to 1 or in percent.

    >>> read_settings(["consents=1%", "money=$5M", "support=65"])
    {'consents': 0.01, 'money': 5000000.0, 'support': 65.0}

    Raises:
        InputError: a name or a value is none; with every one that is not.

    """
    found: dict[str, float] = {}
    for part in ",".join(_joined(each) for each in written).split(","):
        if not part.strip():
            continue
        name, sign, value = (each.strip() for each in part.partition("="))
        if not sign:
            raise InputError(f"{part!r}: write it as NAME=VALUE, such as support=65")
        found[_named(name)] = _value(name, value)
    return found


def moved(ladder: Ladder, settings: Mapping[str, float]) -> Ladder:
    """Return the ladder with what a reader set."""
    priors = dict(ladder.priors)
    for name, value in settings.items():
        if name in POINTS:
            continue
        prior = priors[name]
        within = prior.within if name in {"cost", "validity"} else 0.0
        priors[name] = replace(
            prior,
            centre=_inside(value) if prior.shape == "logit" else value,
            spread=0.0,
            within=within,
            moved=True,
            who="the reader",
            source="--set",
        )
    ladder = replace(ladder, priors=priors)
    if "money" in settings and ladder.gathering is not None:
        ladder = replace(ladder, gathering=_all_told(ladder.gathering))
    headline = priors["headline"].centre if "headline" in priors else 0.0
    votes = tuple(_vote(each, settings, headline) for each in ladder.votes)
    return replace(ladder, votes=votes)


def _all_told(gathering: Gathering) -> Gathering:
    """Return the gathering with nothing spent besides: money set is all of it."""
    return replace(gathering, spent=0.0)


def _vote(vote: Vote, settings: Mapping[str, float], headline: float) -> Vote:
    """Return a vote as set; a turnout that is set includes what a headline adds."""
    if "support" in settings and vote.opinion is not None:
        vote = replace(vote, opinion=supported(vote.opinion, settings["support"]))
    if "turnout" in settings and vote.turnout is not None:
        share = _inside(settings["turnout"] / 100)
        known = replace(vote.turnout, centre=log(share / (1 - share)) - headline)
        vote = replace(vote, turnout=known)
    return vote


def supported(opinion: Opinion, support: float) -> Opinion:
    """Return what a vote would come to if the polls averaged `support` today.

    Its error stays. Without a poll, the mean moves to where such an average leads.
    """
    mean = drifted(support, opinion.days)
    if opinion.support is not None:
        mean = opinion.mean + mean - drifted(opinion.support, opinion.days)
    return replace(
        opinion, mean=mean, support=support, source="polls that averaged what was set"
    )


def _joined(written: str) -> str:
    """Return a setting without the commas that group its digits."""
    return re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", written)


def _named(name: str) -> str:
    if name in SETTABLE:
        return name
    near = get_close_matches(name, SETTABLE, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise InputError(f"{name!r} cannot be set; {hint}these can: {', '.join(SETTABLE)}")


def _value(name: str, written: str) -> float:
    found = NUMBER.fullmatch(written)
    if not found:
        raise InputError(
            f"{name} is {written!r}; write a number, such as {_such(name)}"
        )
    number = float(found[1].replace("_", "")) * SUFFIXES[(found[2] or "").lower()]
    share = name in CHANCES or name == "validity"
    if found[3] and share:
        number /= 100
    problem = ""
    if share and not 0 <= number <= 1:
        problem = "is a chance or a share, from 0 to 1"
    elif name in POINTS and not 1 <= number <= EVERYBODY:
        problem = "is in percent, from 1 to 100"
    elif name in AMOUNTS and number < 0:
        problem = "is nought or more"
    if problem:
        raise InputError(f"{name}={written}: it {problem}, such as {_such(name)}")
    # An amount of nothing has no logarithm; a millionth does no more.
    return max(number, LEAST) if name in AMOUNTS else number


def _such(name: str) -> str:
    if name in CHANCES:
        return f"{name}=1%"
    if name in POINTS:
        return f"{name}=65"
    return f"{name}=5M" if name == "money" else f"{name}=0.8"


def _inside(share: float) -> float:
    """Return a chance kept off 0 and 1, where log-odds end."""
    return min(max(share, LEAST), 1 - LEAST)
