"""Small counts cannot be had back by subtraction."""

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from plebiscite.verify.publish.withheld import published

CODES = ("NOT_REGISTERED", "ADDR_DIFFERENT", "SIG_MISMATCH", "DUPLICATE")
TABLES = st.dictionaries(
    st.sampled_from(["Alpine", "Inyo", "Mono", "Yolo"]),
    st.dictionaries(st.sampled_from(CODES), st.integers(1, 12)),
    min_size=1,
)


def left_out(reasons, shown, county):
    kept = shown.counties[county]
    return {c for c in reasons[county] if c not in kept and c != "DUPLICATE"}


@given(TABLES)
def test_no_small_count_is_published_for_a_county(reasons):
    shown = published(reasons)

    assert all(n >= 5 for row in shown.counties.values() for n in row.values())


@given(TABLES)
def test_what_is_shown_is_true_and_the_rest_is_counted(reasons):
    """Oracle: each county's lines not valid, added up."""
    shown = published(reasons)

    for county, row in reasons.items():
        assert shown.counties[county].items() <= row.items()
        assert sum(shown.counties[county].values()) + shown.withheld[county] == sum(
            row.values()
        )


@given(TABLES)
def test_a_county_leaves_out_no_reason_alone(reasons):
    """One left out alone is the county's total less the others."""
    shown = published(reasons)

    for county, row in reasons.items():
        others = set(row) - {"DUPLICATE"}
        assert len(left_out(reasons, shown, county)) != 1 or len(others) == 1


@given(TABLES)
def test_no_reason_is_left_out_in_one_county_alone(reasons):
    """Left out in one county alone, it is the state's total less the others'."""
    shown = published(reasons)

    for code in set(CODES) - {"DUPLICATE"}:
        where = [c for c in reasons if code in left_out(reasons, shown, c)]
        having = [c for c in reasons if code in reasons[c]]
        assert len(where) != 1 or len(having) == 1


@given(TABLES)
@example({"Alpine": {"SIG_MISMATCH": 1}, "Yolo": {"NOT_REGISTERED": 40}})
def test_the_states_total_is_whole_unless_one_county_alone_leaves_out(reasons):
    """Else the total, less what the others show, is that county's number."""
    shown = published(reasons)
    total = sum(map(Counter, reasons.values()), Counter())
    leaving = [c for c in reasons if left_out(reasons, shown, c)]

    if len(reasons) == 1:
        assert shown.total == next(iter(shown.counties.values()))
    elif len(leaving) == 1:
        hidden = left_out(reasons, shown, leaving[0])
        assert shown.total == {c: n for c, n in total.items() if c not in hidden}
    else:
        assert shown.total == total


def test_a_state_sampled_as_one_holds_nothing_back():
    reasons = {"Washington": {"NOT_REGISTERED": 1}}

    assert published(reasons, by_county=False).counties == reasons
