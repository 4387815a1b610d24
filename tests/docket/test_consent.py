"""Consents: routes of ordered steps, and how far they have come."""

from datetime import date

import pytest
from living import VOTED, calexit, event, tell

from plebiscite.docket.consent import consents, together
from plebiscite.docket.happened import as_known, happened
from plebiscite.docket.store import read
from plebiscite.errors import InputError
from plebiscite.petition.measure import read_measure
from plebiscite.rules.expression import Standing

BY_CONGRESS, BY_ACT = "article_v_by_congress", "act_of_congress_and_states"
CARRIED = (
    *VOTED,
    event("question_put", "2019-03-05", registered=1000),
    event("canvassed", "2019-04-01", cast=600, yes=400, no=200),
    event("outcome", "2019-04-02", standing="met"),
)


def step(kind, day, route, name, **counts):
    return event(kind, day, route=route, step=name, **counts)


@pytest.fixture
def folder(tmp_path):
    found = calexit(tmp_path / "measure")
    tell(found, *CARRIED)
    return found


def standings(folder):
    known = as_known(happened(read(folder)))
    found = consents(read_measure(folder), known, date(2020, 1, 1))
    steps = {r.route.route: [s.standing for s in r.steps] for r in found}
    return together(found), {r.route.route: r.standing for r in found}, steps


def test_before_anybody_was_asked_everything_is_open(folder):
    whole, routes, _ = standings(folder)

    assert whole is Standing.OPEN
    assert set(routes.values()) == {Standing.OPEN}


@pytest.mark.parametrize(("house_yes", "given"), [(290, True), (289, False)])
def test_two_thirds_of_the_house_is_290_of_435(folder, house_yes, given):
    """Oracle: U.S. Const. art. V: 290 of 435 and 67 of 100."""
    name = "article_v_proposal"
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, name))
    counts = {"house_yes": house_yes, "house_present": 435}
    counts |= {"senate_yes": 67, "senate_present": 100}
    right, wrong = ("given", "refused") if given else ("refused", "given")
    with pytest.raises(InputError, match="the counts say otherwise"):
        tell(
            folder, step(f"consent_{wrong}", "2019-06-01", BY_CONGRESS, name, **counts)
        )
    tell(folder, step(f"consent_{right}", "2019-06-01", BY_CONGRESS, name, **counts))
    _, routes, steps = standings(folder)

    met = Standing.MET if given else Standing.UNMET
    assert steps[BY_CONGRESS] == [met, Standing.OPEN]
    assert routes[BY_CONGRESS] is (Standing.OPEN if given else Standing.UNMET)


def test_a_later_step_waits_for_the_earlier(folder):
    """Oracle: states ratify only what was proposed."""
    with pytest.raises(InputError) as caught:
        tell(
            folder,
            step("consent_asked", "2019-05-01", BY_CONGRESS, "article_v_ratification"),
        )

    assert "'article_v_ratification' waits for 'article_v_proposal'" in str(
        caught.value
    )
    assert "both houses of Congress" in str(caught.value)


def test_an_answer_needs_a_question(folder):
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, "article_v_proposal"))
    with pytest.raises(InputError, match="nobody asked for 'act_of_congress'"):
        tell(folder, step("consent_given", "2019-05-02", BY_ACT, "act_of_congress"))


@pytest.mark.parametrize(
    ("route", "name", "says"),
    [
        ("by_prayer", "x", "the measure knows no route 'by_prayer'; its routes are: "),
        (BY_ACT, "x", "has no step 'x'; its steps are, in order: act_of_congress, "),
    ],
)
def test_an_unknown_route_or_step_is_refused_with_those_there_are(
    folder, route, name, says
):
    with pytest.raises(InputError, match=says):
        tell(folder, step("consent_asked", "2019-05-01", route, name))


def test_one_way_is_enough_and_no_way_is_none(folder):
    """Oracle: alternatives: met by one, not met only when every one is refused."""
    for name, body in (
        (
            "act_of_congress",
            {"house_yes": 218, "house_no": 217, "senate_yes": 51, "senate_no": 49},
        ),
        ("consent_of_states", {}),
    ):
        tell(folder, step("consent_asked", "2019-05-01", BY_ACT, name))
        tell(folder, step("consent_given", "2019-06-01", BY_ACT, name, **body))
    whole, routes, _ = standings(folder)

    assert routes[BY_ACT] is Standing.MET
    assert whole is Standing.MET


def test_asked_again_after_a_refusal_a_step_is_open_again(folder):
    name = "article_v_proposal"
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, name))
    tell(folder, step("consent_refused", "2019-06-01", BY_CONGRESS, name))
    assert standings(folder)[1][BY_CONGRESS] is Standing.UNMET
    tell(folder, step("consent_asked", "2019-07-01", BY_CONGRESS, name))

    assert standings(folder)[1][BY_CONGRESS] is Standing.OPEN


def test_admission_to_the_united_nations_is_no_consent_to_leave(folder):
    """Oracle: an optional route decides nothing together."""
    tell(
        folder,
        step("consent_asked", "2019-05-01", "un_admission", "un_security_council"),
    )
    given = {"council_yes": 9, "permanent_against": 0}
    tell(
        folder,
        step(
            "consent_given",
            "2019-06-01",
            "un_admission",
            "un_security_council",
            **given,
        ),
        step("consent_asked", "2019-06-01", "un_admission", "un_general_assembly"),
        step("consent_given", "2019-07-01", "un_admission", "un_general_assembly"),
    )
    whole, routes, _ = standings(folder)

    assert routes["un_admission"] is Standing.MET
    assert whole is Standing.OPEN


def test_a_permanent_member_against_it_is_a_refusal(folder):
    """Oracle: Charter, art. 27: nine of fifteen, no permanent member against."""
    route, name = "un_admission", "un_security_council"
    tell(folder, step("consent_asked", "2019-05-01", route, name))
    with pytest.raises(InputError, match="the counts say otherwise"):
        tell(
            folder,
            step(
                "consent_given",
                "2019-06-01",
                route,
                name,
                council_yes=14,
                permanent_against=1,
            ),
        )


def found_step(folder, route, name):
    known = as_known(happened(read(folder)))
    found = consents(read_measure(folder), known, date(2020, 1, 1))
    [one] = [r for r in found if r.route.route == route]
    [step_] = [s for s in one.steps if s.step.step == name]
    return step_


def test_a_step_tells_the_days_and_the_counts_of_its_last_answer(folder):
    """Oracle: asked in May and again in July, refused in June, given in August."""
    name = "article_v_proposal"
    counts = {"house_yes": 290, "house_present": 435}
    counts |= {"senate_yes": 67, "senate_present": 100}
    assert found_step(folder, BY_CONGRESS, name).asked is None
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, name))
    asked = found_step(folder, BY_CONGRESS, name)
    assert (asked.asked, asked.answered) == (date(2019, 5, 1), None)
    assert asked.verdict is None
    assert "two thirds" in asked.threshold or "2/3" in asked.threshold
    assert asked.cite

    tell(folder, step("consent_refused", "2019-06-01", BY_CONGRESS, name))
    refused = found_step(folder, BY_CONGRESS, name)
    assert (refused.asked, refused.answered) == (date(2019, 5, 1), date(2019, 6, 1))
    assert (refused.standing, refused.verdict) == (Standing.UNMET, None)

    tell(folder, step("consent_asked", "2019-07-01", BY_CONGRESS, name))
    again = found_step(folder, BY_CONGRESS, name)
    assert (again.asked, again.answered) == (date(2019, 7, 1), None)

    tell(folder, step("consent_given", "2019-08-01", BY_CONGRESS, name, **counts))
    given = found_step(folder, BY_CONGRESS, name)
    assert (given.asked, given.answered) == (date(2019, 7, 1), date(2019, 8, 1))
    assert given.verdict is not None
    assert given.verdict.standing is given.standing is Standing.MET


@pytest.mark.parametrize("said", [True, False, "290", None])
@pytest.mark.parametrize("answer", ["given", "refused"])
def test_what_is_no_count_is_held_against_nobody(folder, said, answer):
    """Oracle: 290 of 435 as a number is enough, 1 is not; anything else is unknown."""
    name = "article_v_proposal"
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, name))
    counts = {"house_yes": said, "house_present": 435}
    counts |= {"senate_yes": 67, "senate_present": 100}
    tell(folder, step(f"consent_{answer}", "2019-06-01", BY_CONGRESS, name, **counts))
    found = found_step(folder, BY_CONGRESS, name)

    assert found.standing is {"given": Standing.MET, "refused": Standing.UNMET}[answer]
    assert found.verdict is None or found.verdict.standing is Standing.OPEN


def test_a_struck_answer_is_no_answer(folder):
    """Oracle: the step as it stood before the answer that was struck."""
    name = "article_v_proposal"
    tell(folder, step("consent_asked", "2019-05-01", BY_CONGRESS, name))
    [made] = tell(folder, step("consent_refused", "2019-06-01", BY_CONGRESS, name))
    tell(folder, event("corrected", "2019-06-02", corrects=made.seq, struck=True))
    found = found_step(folder, BY_CONGRESS, name)

    assert (found.standing, found.answered) == (Standing.OPEN, None)
    assert found.asked == date(2019, 5, 1)
