"""What stands beside the record: polls, a model's chance, money; files that fail."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from plebiscite.petition.measure import SHIPPED
from plebiscite.report.page.page import assemble, open_record

BOOKS = """\
kind,committee,side,day,amount,name,state,country,purpose
contribution,Yes California,support,2017-01-30,2500.00,Acme Inc,NV,,
contribution,Yes California,support,2017-03-20,60.00,Ann Small,CA,,
payment,Yes California,support,2017-02-10,1500.00,Circulators Inc,CA,,PET
contribution,One State,oppose,2017-02-15,4000.00,Federal Union,CA,,
"""


@pytest.fixture
def folder(tmp_path):
    """Calexit's folder, to which a test adds what stands beside the record."""
    shutil.copytree(SHIPPED / "us/ca/16-0011", tmp_path / "m")
    return tmp_path / "m"


def _beside(folder, on=date(2017, 3, 1)):
    return assemble(open_record(folder, on)).beside


def test_only_polls_that_had_ended_are_shown(folder):
    """SurveyUSA's second poll ended on 31 January 2017."""
    assert len(_beside(folder, date(2017, 1, 30)).polls) == 3
    assert len(_beside(folder, date(2017, 1, 31)).polls) == 4


def test_a_model_speaks_while_the_measure_lives_and_is_silent_after(folder):
    alive, ended = _beside(folder), _beside(folder, date(2017, 4, 17))

    assert alive.model is not None
    assert [words for words, _ in alive.model.milestones][-1] == (
        "every hurdle is passed"
    )
    assert all(rung.low <= rung.middle <= rung.high for rung in alive.model.rungs)
    assert ended.model is None
    assert ended.polls


def test_the_chance_stands_among_the_first_answers(folder):
    page = assemble(open_record(folder, date(2017, 3, 1)))

    assert page.beside.words is not None
    assert str(page.glance.chance[0]) == str(page.beside.words)


def test_without_polls_and_priors_nothing_is_made_up(folder):
    for name in ("polls.csv", "hurdles.yaml"):
        (folder / name).unlink()

    assert not _beside(folder).is_any


def test_money_is_summed_by_side_as_known_on_the_day(folder):
    """By hand, by 1 March 2017: 2,500 raised and 1,500 spent; 4,000 against."""
    (folder / "money").mkdir()
    (folder / "money" / "books.csv").write_text(BOOKS)

    sides = {each.side: each for each in _beside(folder).money}

    assert (sides["support"].raised, sides["support"].spent) == (
        Decimal(2500),
        Decimal(1500),
    )
    assert sides["oppose"].raised == Decimal(4000)
    assert {each.committee for each in _beside(folder).committees} == {
        "Yes California",
        "One State",
    }


@pytest.mark.parametrize("name", ["polls.csv", "hurdles.yaml", "money/books.csv"])
def test_a_file_that_cannot_be_read_is_named_and_the_page_stands(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("what: [is this\n")

    page = assemble(open_record(folder, date(2017, 3, 1)))

    assert len(page.beside.unread) >= 1
    assert str(folder) not in "".join(page.beside.unread)
    assert page.glance.whom == "the proponents"
