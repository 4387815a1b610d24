"""How long a measure's petition is kept, by what its docket tells.

Oracle: Cal. Elec. Code § 17200: eight months after the statement of the vote, or after
the final examination where the petition never came to a vote.
"""

from datetime import date

import pytest

from plebiscite.docket.folder import open_record
from plebiscite.docket.lawful.kept import kept

EXAMINED = {"final_examination": date(2026, 3, 22)}
VOTED = {"statement_of_vote": date(2026, 12, 11)}


@pytest.mark.parametrize(
    ("dates", "has_ended", "until"),
    [
        (EXAMINED, True, date(2026, 11, 22)),
        (EXAMINED, False, None),
        ({**EXAMINED, **VOTED}, False, date(2027, 8, 11)),
        ({**EXAMINED, **VOTED}, True, date(2027, 8, 11)),
        ({}, True, None),
    ],
)
def test_a_petition_is_kept_by_whether_it_went_to_the_voters(dates, has_ended, until):
    """A statement of the vote settles it, whatever has ended; else only the end."""
    ground = open_record("us/ca/16-0011", date(2026, 11, 23)).ground
    found = kept(ground, dates, has_ended=has_ended, on=date(2026, 11, 23))

    assert found.until == until
    assert bool(found.open) is (until is None)
    assert found.on == date(2026, 11, 23)


def test_the_dates_of_the_docket_win_over_the_measures_own(tmp_path):
    """Oracle: a measure file that names another day than the docket."""
    (tmp_path / "measure.yaml").write_text(
        "id: x\ntitle: X\nkind: statute\nlaw: us/ca/constitutional_initiative\n"
        "dates: {final_examination: 2026-01-05}\n",
        "utf-8",
    )
    ground = open_record(tmp_path, date(2026, 11, 23)).ground
    on = date(2026, 11, 23)

    own = kept(ground, {}, has_ended=True, on=on)
    told = kept(ground, EXAMINED, has_ended=True, on=on)
    assert (own.until, told.until) == (date(2026, 9, 5), date(2026, 11, 22))
    assert own.is_over
    assert told.is_over


@pytest.mark.parametrize(
    ("to_vote", "until"), [(True, date(2027, 8, 11)), (False, date(2026, 11, 22))]
)
def test_who_says_whether_it_goes_to_the_voters_is_heard(to_vote, until):
    """Oracle: eight months after either day; the docket alone would say the first."""
    ground = open_record("us/ca/16-0011", date(2026, 11, 23)).ground
    dates = {**EXAMINED, **VOTED}
    on = date(2026, 11, 23)
    found = kept(ground, dates, has_ended=False, on=on, to_vote=to_vote)

    assert found.until == until
