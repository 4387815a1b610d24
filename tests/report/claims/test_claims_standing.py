"""Single sentences beside the record of Calexit. Oracle: the published record."""

from datetime import date

import pytest

from plebiscite.docket.folder import open_record
from plebiscite.report.claims.claim import Standing
from plebiscite.report.claims.read import claims
from plebiscite.report.claims.told import claim_lines

RECORD = open_record("us/ca/16-0011", date(2026, 11, 22))


def stand(text, record=RECORD):
    return [(each.said, each.standing.value) for each in claims(text, record)]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Calexit needs 585,407 signatures.", "agrees"),
        ("Calexit needs 585,000 signatures.", "rounded"),
        ("Calexit needs nearly 600,000 signatures.", "rounded"),
        ("Calexit needs more than half a million signatures.", "rounded"),
        ("Calexit needs more than 585,000 signatures.", "rounded"),
        ("Calexit needs at least 585,407 signatures.", "agrees"),
        ("Calexit puts another question on the ballot in 2019.", "agrees"),
        ("Calexit needs 485,407 signatures.", "contradicts"),
        ("Calexit needs 685,000 signatures.", "contradicts"),
        ("The petition may circulate for 180 days.", "agrees"),
        ("They have six months to gather signatures.", "rounded"),
        ("They have 150 days to gather signatures.", "out_of_date"),
        ("They have 90 days to gather signatures.", "contradicts"),
        ("They must turn in the signatures by July 25.", "agrees"),
        ("They must turn in the signatures by July 25, 2018.", "contradicts"),
        ("At least half of registered voters must take part.", "agrees"),
        ("It needs a turnout of at least 40 percent.", "contradicts"),
        ("One in three Californians would leave, Reuters says.", "rounded"),
        ("A third of Californians would leave, Reuters says.", "rounded"),
        ("It would take two-thirds of Congress.", "incomplete"),
        ("The filing fee was $200.", "out_of_date"),
        ("Its support has tripled since the election.", "not_in_record"),
    ],
)
def test_a_plain_claim_stands_as_the_record_has_it(text, standing):
    assert [each for _, each in stand(text)] == [standing]


def test_a_year_beside_the_polls_own_is_told_with_the_right_year():
    """20% was the poll of 2014."""
    [found] = claims("Reuters found 20% support for secession in 2015.", RECORD)

    assert found.standing is Standing.CONTRADICTS
    assert "2014" in found.record
    assert found.as_of == "2014"


def test_what_was_once_true_says_until_when():
    text = "The independence referendum is on March 13, 2019."
    [found] = claims(text, RECORD)

    assert found.standing is Standing.OUT_OF_DATE
    assert found.as_of == "2016-12-22"
    assert "2019-03-05" in found.record


def test_two_thirds_of_congress_is_whole_with_the_states():
    assert stand("It takes two-thirds of Congress and 38 states to ratify.") == [
        ("two-thirds", "agrees"),
        ("38", "agrees"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "At least 546,651 signatures are needed for the 2028 ballot.",
        "It has 585,407 signatures to find, 220,000 fewer than it needed before.",
        "The initiative needs signatures for 25,000 bears.",
        "In Oregon an initiative needs 116,284 signatures.",
        "Six Californias needed 807,615 signatures.",
        "If they had begun in 2019, they would have needed 997,139 signatures.",
        "It is a myth that Calexit needs 500,000 signatures.",
        "In 2012 a petition needed 504,760 signatures.",
        "A referendum, which is another thing, has 90 days.",
        "The new initiative needs 546,651 signatures by July 22, 2025.",
        "Unlike Brexit, which took 52 percent, it needs more.",
        "Some 64 percent of Republicans were against it, SurveyUSA found in 2016.",
        "They have 30 days left to gather signatures.",
        "They need 3,250 signatures a day.",
        "They hope to turn in 800,000 signatures.",
    ],
)
def test_what_is_said_of_something_else_is_never_contradicted(text):
    assert "contradicts" not in [each for _, each in stand(text)]


def test_a_figure_of_the_state_names_who_gave_it_and_when_and_is_never_contradicted():
    text = (
        "We are the sixth-largest economy and pay $370 billion in taxes. We are third."
    )
    rank, taxes = claims(text, open_record("us/ca/16-0011", date(2017, 2, 1)))

    assert rank.standing is Standing.AGREES
    assert "Department of Finance" in rank.record
    assert taxes.standing is Standing.ROUNDED
    assert taxes.as_of == "2014"
    [wrong] = claims("We are the second-largest economy.", RECORD)
    assert wrong.standing is Standing.NOT_IN_RECORD


def test_every_answer_points_to_the_place_in_the_text():
    text = (
        "Calexit: they need 585,407\nsignatures in “180 days”. It costs $2,000 to file."
    )
    for each in claims(text, RECORD):
        assert each.said == " ".join(text[each.start : each.end].split())
        assert each.said in each.sentence


def test_lines_fit_eighty_columns_and_name_sentence_record_and_source():
    text = "Calexit needs 485,407 signatures, " + "and that is rather a lot " * 8 + "."
    lines = claim_lines(claims(text, RECORD), RECORD)

    assert max(map(len, lines)) <= 80
    whole = " ".join(line.strip() for line in lines)
    for told in ("CONTRADICTS", "Calexit needs", "585,407", "Secretary of State"):
        assert told in whole


def test_a_text_without_numbers_says_so():
    assert claims("Nothing to count here.", RECORD) == []
    assert "no number" in " ".join(claim_lines([], RECORD))


def test_the_counterfactual_has_votes_to_set_a_text_beside():
    """Oracle: the invented canvass of the counterfactual docket."""
    record = open_record("us/ca/16-0011-counterfactual", date(2026, 11, 22))

    assert stand("In the end 6,281,340 voted yes.", record) == [("6,281,340", "agrees")]
