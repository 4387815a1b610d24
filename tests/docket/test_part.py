"""Events that speak for one county's lines of a statewide petition.

Oracle: California's Secretary of State certifies a statewide petition; the office of a
county reports its own lines (Elec. Code §§ 9030, 9031).
"""

from datetime import date

import pytest
from living import COUNTED, NOON, event, stage, tell
from test_life import numbered

from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.counts import raw_count_fails
from plebiscite.docket.lawful.ground import ground_of
from plebiscite.docket.lawful.part import leaves_others_out, part_of
from plebiscite.docket.life import life
from plebiscite.docket.store import append, read
from plebiscite.petition.measure import measure_folder

BEFORE = COUNTED[:5]
FOUND = event("lines_found", "2017-09-18", part="Alpine")


def certified(**body):
    return event("certified", "2017-09-18", band="failed", status="final", **body)


def stages(counted, **body):
    """Return the stage after Alpine certified, the state having `counted` so many."""
    told = event(
        "raw_count", "2017-08-04", **({} if counted is None else {"raw": counted})
    )
    own = event("raw_counts_committed", "2017-08-05", raw={"Alpine": 60}, part="Alpine")
    return life(numbered([*BEFORE, told, own, FOUND, certified(**body)])).stage


@pytest.mark.parametrize(
    ("raw", "reached"),
    [
        ({"Alpine": 60, "Kern": 900}, "counted"),
        ({"Alpine": 60, "Kern": None}, "counted"),
        (900_000, "counted"),
        ({"Alpine": 60}, "insufficient"),
        (60, "insufficient"),
        (None, "insufficient"),
    ],
    ids=["others", "others out", "a sum", "it alone", "a sum of its own", "untold"],
)
def test_a_county_decides_only_where_no_lines_but_its_own_are_known(raw, reached):
    assert stages(raw, raw=60, part="Alpine") == reached


def test_an_older_docket_whose_events_name_no_part_reads_as_it_did():
    assert stages({"Alpine": 60, "Kern": 900}, raw=60) == "insufficient"


def test_counties_that_commit_one_by_one_are_others_to_each_other():
    kern = event("raw_counts_committed", "2017-08-06", raw={"Kern": 9}, part="Kern")
    own = event("raw_counts_committed", "2017-08-05", raw={"Alpine": 60}, part="Alpine")
    count = event("raw_count", "2017-08-04")

    told = numbered([*BEFORE, count, own, kern, FOUND, certified(raw=60, part="Kern")])

    assert life(told).stage == "counted"


def test_several_counties_together_may_be_all_there_are():
    known = numbered([event("raw_count", "2017-08-04", raw={"Alpine": 1, "Kern": 2})])
    both = numbered([certified(raw=3, part=["Alpine", "Kern"])])[0]
    one = numbered([certified(raw=1, part=["Alpine"])])[0]

    assert not leaves_others_out(both, known)
    assert leaves_others_out(one, known)


@pytest.mark.parametrize(
    ("told", "counties"),
    [("Alpine", ("Alpine",)), (["A", "B"], ("A", "B")), ("", ()), (7, ()), (None, ())],
)
def test_a_part_is_a_name_or_several_and_anything_else_is_none(told, counties):
    made = Happened(
        seq=1, day=NOON.date(), kind="noted", by="x", authority="y", body={"part": told}
    )

    assert part_of(made) == counties


def test_what_an_older_docket_says_without_its_part_is_not_said_again(tmp_path):
    tell(tmp_path, *BEFORE, event("raw_count", "2017-08-04"))
    bare = event("raw_counts_committed", "2017-08-05", commitment="ab")
    named = event("raw_counts_committed", "2017-08-05", commitment="ab", part="Alpine")
    tell(tmp_path, bare)

    again = append(tmp_path, [named, named], recorded_at=NOON, once=True)

    assert again == []
    assert stage(tmp_path) == "sampling"
    assert len(read(tmp_path)) == len(BEFORE) + 2


def test_too_few_lines_in_one_county_do_not_end_the_petition():
    """Elec. Code § 9030(b): the count that must reach the requirement is of all."""
    folder = measure_folder("us/ca/16-0011")
    ground = ground_of(folder)
    book = ground.book({}, date(2017, 8, 4))
    told = numbered([event("raw_count", "2017-08-04", raw=60, part="Alpine")])
    whole = numbered([event("raw_count", "2017-08-04", raw=60)])

    assert raw_count_fails(told, book, ground) is None
    assert raw_count_fails(whole, book, ground) == (60, 585_407)


@pytest.mark.parametrize(
    ("counted", "committed", "own", "out"),
    [
        (60, None, 60, False),
        (61, None, 60, True),
        (60, 60, None, False),
        (61, 60, None, True),
        (60, None, None, True),
    ],
)
def test_a_bare_sum_is_held_against_the_part_by_its_own_word_or_its_county_s(
    counted, committed, own, out
):
    """Oracle: 60 lines of 60 leave none to others, and of 61 one; untold, perhaps."""
    told = [event("raw_count", "2017-08-04", raw=counted)]
    if committed is not None:
        body = {"raw": {"Alpine": committed}, "part": "Alpine"}
        told.append(event("raw_counts_committed", "2017-08-05", **body))
    said = {"part": "Alpine"} | ({} if own is None else {"raw": own})

    alone = numbered([certified(**said)])[0]
    assert leaves_others_out(alone, numbered(told)) is out


def test_a_revised_count_of_all_lines_takes_the_place_of_the_one_before():
    known = numbered(
        [
            event("raw_count", "2017-08-04", raw={"Alpine": 1, "Kern": 2}),
            event("raw_count_revised", "2017-08-05", raw={"Alpine": 3}),
        ]
    )

    assert not leaves_others_out(numbered([certified(part="Alpine")])[0], known)
    assert leaves_others_out(numbered([certified(part="Alpine")])[0], known[:1])
