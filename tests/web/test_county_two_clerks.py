"""Two clerks at once, over real connections, on SQLite and PostgreSQL.

Oracle in each: what was acknowledged is what is stored, and no more.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from county_live import DESK, opened_line, told

WORD = "[(str(d.line_id), d.by_name, d.word) for d in Decision.objects"


def at_once(*acts):
    """Do several things at the same moment; return what each gave."""
    gate = Barrier(len(acts))

    def ready(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(ready, acts))


def visitors(site, *keys):
    """Return people who each have a connection of their own."""
    return [site.visitor().sign_in(site.accounts[key]) for key in keys]


def deciding(visitor, where, seen, act, voter=""):
    return lambda: visitor.post(where, seen=seen, work="find", act=act, voter=voter)


def nobodys(site, wanted):
    """Return voters whom lines of the desk name, and with whom none is credited yet."""
    lines = "Line.objects.filter(desk=desk)"
    named = told(site, DESK, f"[line.matched['voter_id'] for line in {lines}]")
    taken = told(site, DESK, f"[line.voter_id for line in {lines}]")
    return sorted({*named} - {*taken, "", None})[:wanted]


def test_two_clerks_on_one_line_one_is_stored_and_the_other_told(any_site):
    ravi, rosa = visitors(any_site, "reviewer", "second")
    stored, losers = {}, {}
    for _ in range(8):
        where, seen, _page = opened_line(ravi, DESK)
        answers = at_once(
            deciding(ravi, where, seen, "undecided"),
            deciding(rosa, where, seen, "invalid:ILLEGIBLE"),
        )
        assert sorted(answer.status for answer in answers) == [302, 409]
        number = where.split("/")[-2]
        stored[number] = [["undecided", "invalid"][answers[0].status != 302]]
        losers[number] = next(a.text for a in answers if a.status == 409)

    made = told(any_site, DESK, f"{WORD}.filter(line__in={[*stored]})]")
    assert {number: [w] for number, _by, w in made} == stored
    assert len(made) == len(stored)
    for number, by, _word in made:
        assert f"{by} changed this line at" in losers[number]
        assert "You had found:" in losers[number]


def test_at_the_same_moment_no_two_clerks_are_handed_one_line(any_site):
    people = visitors(any_site, "county", "reviewer", "second")
    for _ in range(4):
        handed = at_once(*(lambda who=who: opened_line(who, DESK) for who in people))

        assert len({where for where, _seen, _page in handed}) == 3
        for who, (where, seen, _page) in zip(people, handed, strict=True):
            assert (
                who.post(where, seen=seen, work="find", act="undecided").status == 302
            )


def test_two_lines_credited_to_one_voter_at_one_moment_are_both_reviewed(any_site):
    """Neither transaction sees the other; asking after both are stored does."""
    ravi, rosa = visitors(any_site, "reviewer", "second")
    voters = nobodys(any_site, 4)
    for voter in voters:
        (one, seen, _page), (two, also_seen, _page) = (
            opened_line(who, DESK) for who in (ravi, rosa)
        )
        answers = at_once(
            deciding(ravi, one, seen, "valid", voter),
            deciding(rosa, two, also_seen, "valid", voter),
        )
        assert [answer.status for answer in answers] == [302, 302]
    lines = f"Line.objects.filter(voter_id__in={voters})"
    states = told(any_site, DESK, f"list({lines}.values_list('pair', 'state'))")

    assert states == [[True, "second"]] * 8


def test_a_double_click_is_stored_once(any_site):
    times = 3
    (ravi,) = visitors(any_site, "reviewer")
    where, seen, _page = opened_line(ravi, DESK)
    answers = at_once(*[deciding(ravi, where, seen, "undecided")] * times)
    number = where.split("/")[-2]

    assert sorted(answer.status for answer in answers) == [302] + [409] * (times - 1)
    assert told(any_site, DESK, f"Decision.objects.filter(line={number}).count()") == 1
