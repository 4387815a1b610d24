"""What an answer says must not tell who has an account, or who is on the roll.

Oracle: the same question about somebody who exists and somebody who does not gives the
same answer, but for what the asker typed. How long answers take is measured by
`make prove PART=security`.
"""

import pytest
from strangers import (
    MEASURE_AT_WORK,
    a_voter,
    confidential_voters,
    nobody_of,
    strip,
)

NOBODY = "nobody.whom.anyone.knows@demo.invalid"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(site):
    known = site.accounts["reviewer"]["email"]

    answers = [
        site.visitor().post("/sign-in/", login=email, password="not the word at all")
        for email in (known, NOBODY)
    ]

    assert [each.status for each in answers] == [200, 200]
    plain = [
        strip(each.text, email)
        for each, email in zip(answers, (known, NOBODY), strict=True)
    ]
    assert plain[0] == plain[1]


def looked_up(site, voter):
    asked = f"{voter['first']} {voter['last']} {voter['house']} {voter['street']}"
    clerk = site.sign_in("county")
    answer = clerk.post(f"/county/{MEASURE_AT_WORK}/Alpine/find/", query=asked)
    assert answer.status == 200
    return strip(answer.text, asked)


def whole_name(voter):
    """Return a name with the middle one, which was not typed."""
    return f"{voter['first']} {voter['middle']} {voter['last']}".lower()


def test_a_confidential_voter_is_looked_up_like_somebody_who_is_not_there(site):
    """A voter who is not confidential is found by the very same words."""
    hidden = a_voter(site, confidential=True)
    open_to_see = a_voter(site, confidential=False)

    assert whole_name(open_to_see) in looked_up(site, open_to_see).lower()
    assert whole_name(hidden) not in looked_up(site, hidden).lower()


def test_a_look_up_knows_no_confidential_voter(site):
    """Oracle: the roll without such voters, indexed and looked up by itself."""
    hidden = confidential_voters(site)
    queries = [
        " ".join(each[name] for name in names)
        for each in [*hidden, *nobody_of(site, hidden)]
        for names in (
            ("first", "last"),
            ("last",),
            ("first", "last", "house", "street"),
        )
    ]

    asked = site.do(
        "import polars as pl\n"
        "from types import SimpleNamespace\n"
        "from plebiscite.match.index.build import index_for\n"
        "from plebiscite.match.look.finder import Finder\n"
        "from plebiscite.web.county.desks import finder_of, roll_of\n"
        "from plebiscite.web.county.models import Desk\n"
        f"desk = Desk.objects.get(measure={MEASURE_AT_WORK!r}, county='Alpine')\n"
        "roll = roll_of(desk)\n"
        "rows = roll.scan().filter(~pl.col('confidential')).collect()\n"
        "held = dict(rows['county'].value_counts(sort=True).iter_rows())\n"
        "def scan(at=None):\n"
        "    return rows.lazy().filter(pl.col('county').is_in(at or [*held]))\n"
        "open_roll = SimpleNamespace(as_of=roll.as_of, counties=held, scan=scan)\n"
        "alone, desks = Finder(index_for(open_roll)), finder_of(roll)\n"
        f"queries = {queries!r}\n"
        "both = [[each.find(q) for q in queries] for each in (alone, desks)]\n"
        "print(json.dumps(both))"
    )

    assert len(queries) > 20
    assert asked[0] == asked[1]


@pytest.mark.parametrize("number", ["999999999", "0"])
def test_a_line_that_is_not_there_is_refused_like_one_of_another_desk(site, number):
    clerk = site.sign_in("county")

    answer = clerk.get(f"/county/{MEASURE_AT_WORK}/Alpine/lines/{number}/")

    assert answer.status == 404


def test_a_desk_that_is_not_there_is_refused_like_one_that_is_not_one_s_own(site):
    clerk = site.sign_in("county")

    there = clerk.get(f"/county/{MEASURE_AT_WORK}/Butte/")
    nowhere = clerk.get(f"/county/{MEASURE_AT_WORK}/Atlantis/")

    assert there.status == nowhere.status == 403
    assert strip(there.text, "Butte") == strip(nowhere.text, "Atlantis")


def test_a_link_used_up_answers_like_one_that_never_was(site):
    made = site.do(
        "from plebiscite.web.accounts.invitations import Place, accept, invite\n"
        "from plebiscite.web.accounts.roles import Role\n"
        "email = 'learnt@demo.invalid'\n"
        "token = invite(email, 'L', Role.REVIEWER, Place(), by='t')\n"
        "accept(token, 'four horses under a bridge')\n"
        "print(json.dumps(token))"
    )

    used = site.visitor().get(f"/account/invited/{made}/")
    never = site.visitor().get(f"/account/invited/{'A' * len(made)}/")

    assert used.status == never.status
    assert strip(used.text, made) == strip(never.text, "A" * len(made))
