"""The margin, against published counts and against trying every count there is."""

import itertools
import random
from datetime import date, timedelta

import pytest

from plebiscite.errors import PlebisciteError
from plebiscite.rules.algebra import Parts, Test
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.vote.outcome.facts import Given, question, walk
from plebiscite.vote.outcome.judge import judge, lacking
from plebiscite.vote.outcome.margin import margin

DAY = date(2006, 5, 21)
GIVEN = Given(
    counts={
        "votes_for_governor": 17,
        "voters_at_last_parliament": 20,
        "demanded_share": 3,
    },
    judgments={"House of Commons": True},
    earlier=({"yes": 3, "no": 2},),
)


def passing_rules(*, parts):
    """Return each shipped test that may judge a vote, with a day it was in force.

    With `parts`, those that count parts; else the others.
    """
    found, seen = [], set()
    for name in laws():
        for rule in open_law(name).rules.values():
            for version in rule.versions:
                test = version.content
                if not rule.name.startswith("passing") or not isinstance(test, Test):
                    continue
                counts = any(isinstance(each, Parts) for each in walk(test))
                key = (str(test), rule.name)
                if counts is parts and key not in seen:
                    seen.add(key)
                    found.append(
                        pytest.param(
                            name, rule.name, version.since, id=f"{name} {rule.name}"
                        )
                    )
    return found


def moved(totals, votes):
    """Return the figures after `votes` yes votes became no (or the contrary)."""
    if votes >= 0:
        return {**totals, "yes": totals["yes"] - votes, "no": totals["no"] + votes}
    gained = -votes
    no = max(0, totals["no"] - gained)
    return {**totals, "yes": totals["yes"] + gained, "no": no}


def by_trying(put, totals, standing):
    """Return the margin by judging every count in turn."""
    if standing is Standing.MET:
        for votes in range(1, totals["yes"] + 1):
            if put.judge(moved(totals, votes)).standing is not Standing.MET:
                return votes - 1
        return totals["yes"]
    for votes in range(1, totals["valid"] - totals["yes"] + 1):
        if put.judge(moved(totals, -votes)).standing is not Standing.UNMET:
            return -votes
    return None


def test_montenegro_passed_by_2_046_votes_in_the_final_count(montenegro):
    """Oracle: 55% of 415,663 is 228,614.65; 230,661 less 228,615 is 2,046."""
    found = judge(montenegro, open_law("me/independence_2006").on_day(DAY))

    assert (found.standing, found.margin) == (Standing.MET, 2_046)


def test_montenegro_passed_by_2_095_votes_in_the_preliminary_count(make):
    """Oracle: the count that is still often quoted, 230,711 of 415,665."""
    figures = {"registered": 484_718, "cast": 419_236, "valid": 415_665}
    first = make({"all": {**figures, "yes": 230_711, "no": 184_954}})

    assert judge(first, open_law("me/independence_2006").on_day(DAY)).margin == 2_095


@pytest.mark.parametrize(("law", "rule", "since"), passing_rules(parts=False))
def test_the_margin_of_every_shipped_rule_is_what_trying_each_count_gives(
    make, law, rule, since
):
    """Oracle: every number of missing or lacking votes, one after another."""
    book = open_law(law).on_day(since)
    chance = random.Random(f"{law}{rule}")  # noqa: S311 - the same each time
    tried = 0
    for _ in range(12):
        registered = chance.randint(20, 40)
        cast = chance.randint(8, registered)
        valid = chance.randint(6, cast)
        yes = chance.randint(0, valid)
        no = valid - yes - chance.choice([0, 0, min(2, valid - yes)])
        row = {"registered": registered, "cast": cast, "valid": valid}
        results = make({"all": {**row, "yes": yes, "no": no}})
        put = question(results, book, rule, GIVEN)
        standing = put.judge().standing
        if standing is Standing.OPEN:
            continue
        tried += 1
        assert margin(put, standing) == by_trying(put, dict(put.totals), standing)
    assert tried


@pytest.mark.parametrize("rule", ["passing", "either"])
def test_the_margin_of_people_and_cantons_is_what_trying_each_place_gives(
    make, federation, rule
):
    """Oracle: every way of moving votes in four cantons, the fewest that turn it."""
    book = open_law(federation).on_day(date(2001, 1, 1))
    chance = random.Random(5)  # noqa: S311 - the same each time
    seen = set()
    for _ in range(30):
        parts = {}
        for name in "ABCD":
            valid = chance.randint(3, 5)
            yes = chance.randint(0, valid)
            parts[name] = {"valid": valid, "yes": yes, "no": valid - yes}
        put = question(make(parts), book, rule)
        standing = put.judge().standing
        seen.add(standing)

        assert margin(put, standing) == fewest(put, parts, standing)
    assert seen == {Standing.MET, Standing.UNMET}


def fewest(put, parts, standing):
    gains = standing is Standing.UNMET
    rooms = [
        row["valid"] - row["yes"] if gains else row["yes"] for row in parts.values()
    ]
    best = None
    for ways in itertools.product(*(range(room + 1) for room in rooms)):
        if best is not None and sum(ways) >= best:
            continue
        table = {
            name: moved(row, -votes if gains else votes)
            for (name, row), votes in zip(parts.items(), ways, strict=True)
        }
        if put.with_table(table).judge().standing is not standing:
            best = sum(ways)
    if gains:
        return None if best is None else -best
    return sum(row["yes"] for row in parts.values()) if best is None else best - 1


def test_votes_beyond_a_canton_s_own_move_elsewhere(make, federation):
    """By hand: A turns with 2 of 3; 55 of 109 are a majority, and 6 said yes."""
    parts = {"A": (0, 3), "B": (3, 0), "C": (0, 100), "D": (3, 0)}
    rows = {
        name: {"valid": yes + no, "yes": yes, "no": no}
        for name, (yes, no) in parts.items()
    }
    book = open_law(federation).on_day(date(2001, 1, 1))

    assert judge(make(rows), book).margin == -49


def cantons(for_it, votes=100):
    """Return the 26 cantons; those named say yes by a hair, the others no by one."""
    book = open_law("ch/popular_initiative").on_day(date(2009, 11, 29))
    numbers = book.law.rules["cantons"].on(date(2009, 11, 29)).content.parts
    half = votes // 2
    return book, {
        name: {"valid": votes, "yes": half + 1, "no": half - 1}
        if name in for_it
        else {"valid": votes, "yes": half - 1, "no": half + 1}
        for name in numbers
    }


def test_eleven_cantons_lack_one_canton(make):
    """Oracle: 23 canton votes, 12 of which are more than half."""
    whole = ["ZH", "BE", "LU", "UR", "SZ", "GL", "ZG", "FR", "SO", "SH", "SG"]
    book, parts = cantons(whole)
    parts["ZH"] = {"valid": 1_000, "yes": 900, "no": 100}

    found = judge(make(parts), book)

    assert found.standing is Standing.UNMET
    assert list(lacking(found)) == ["lacks one canton"]
    assert found.margin == -2  # in any one canton, two votes turn 49 to 51


def test_eleven_and_a_half_cantons_lack_half_a_canton(make):
    """Oracle: exactly half of 23 is not more than half."""
    whole = ["ZH", "BE", "LU", "UR", "SZ", "GL", "ZG", "FR", "SO", "SH", "SG", "OW"]
    book, parts = cantons(whole)
    parts["ZH"] = {"valid": 1_000, "yes": 900, "no": 100}

    assert list(lacking(judge(make(parts), book))) == ["lacks half a canton"]


@pytest.mark.parametrize(
    ("whole", "halves", "said"),
    [
        (["ZH"], [], "lacks 11 cantons"),
        (["ZH", "BE", "LU", "UR", "SZ", "GL", "ZG", "FR", "SO", "SH"], [], "2 cantons"),
        (
            ["ZH", "BE", "LU", "UR", "SZ", "GL", "ZG", "FR", "SO", "SH"],
            ["OW"],
            "lacks 1.5 cantons",
        ),
    ],
)
def test_what_is_lacking_is_counted_in_cantons(make, whole, halves, said):
    """Oracle: 12 of 23 votes are the least that is more than half, less what is won."""
    book, parts = cantons([*whole, *halves])
    parts["ZH"] = {"valid": 10_000, "yes": 9_900, "no": 100}

    [lacks] = lacking(judge(make(parts), book))

    assert lacks.endswith(said)


def test_nothing_is_lacking_where_the_cantons_agree(make):
    """Oracle: all 26 cantons said yes; then the people did too."""
    _, parts = cantons([])
    every, won = cantons(list(parts))

    assert list(lacking(judge(make(won), every))) == []


def test_a_missed_quorum_has_no_margin_for_no_yes_vote_would_meet_it(make):
    """Oracle: the law's text: half of those registered must have taken part."""
    results = make(
        {"all": {"registered": 100, "cast": 49, "valid": 49, "yes": 48, "no": 1}}
    )
    book = open_law("me/independence_2006").on_day(DAY)

    found = judge(results, book)

    assert (found.standing, found.margin) == (Standing.UNMET, None)


def test_the_day_after_a_rule_ends_nothing_is_judged(montenegro):
    """Oracle: the law file records the rule up to the day of the vote."""
    law = open_law("me/independence_2006")

    with pytest.raises(PlebisciteError, match="we do not know"):
        judge(montenegro, law.on_day(DAY + timedelta(days=1)))
