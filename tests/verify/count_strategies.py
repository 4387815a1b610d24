"""Counts for the tests: worked ones, and any that could be true."""

from datetime import date

from hypothesis import strategies as st

from plebiscite.rules.rulebook import open_law
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.judgement import judge_both

CALIFORNIA = open_law("us/ca/constitutional_initiative").on_day(date(2018, 5, 1))
WASHINGTON = open_law("us/wa/initiative").on_day(date(2014, 7, 1))

# The six counties of the worked statewide sum; Example is 2 CCR § 20540's own.
SIX = (
    SampleCount(county="Big", raw=260_000, sampled=7_800, valid=5_694, duplicates=11),
    SampleCount(county="Large", raw=120_000, sampled=3_600, valid=2_700, duplicates=3),
    SampleCount(county="Mid", raw=42_500, sampled=1_275, valid=995, duplicates=1),
    SampleCount(county="Example", raw=24_034, sampled=722, valid=516, duplicates=2),
    SampleCount(county="Small", raw=3_720, sampled=500, valid=395, duplicates=2),
    SampleCount(county="Tiny", raw=350, sampled=350, valid=262, duplicates=0),
)
I_1351 = SampleCount(
    county="Washington", raw=348_072, sampled=10_512, valid=9_606, duplicates=9
)


@st.composite
def sample_counts(draw, county="Somewhere", most=400_000):
    """Return any sample count that could be true, with all lines decided."""
    raw = draw(st.integers(1, most))
    sampled = draw(st.integers(1, raw))
    valid = draw(st.integers(0, sampled))
    duplicates = draw(st.integers(0, min(sampled - valid, valid)))
    return SampleCount(
        county=county, raw=raw, sampled=sampled, valid=valid, duplicates=duplicates
    )


@st.composite
def full_counts(draw, county="Somewhere", most=5_000):
    """Return any full count, at any point of the check."""
    raw = draw(st.integers(0, most))
    sampled = draw(st.integers(0, raw))
    valid = draw(st.integers(0, sampled))
    undecided = draw(st.integers(0, sampled - valid))
    return FullCount(
        county=county, raw=raw, sampled=sampled, valid=valid, undecided=undecided
    )


def sampled(valid, undecided=0):
    """Every second line of 2,000 drawn: one valid line projects to two."""
    return SampleCount(
        county="A", raw=2_000, sampled=1_000, valid=valid, undecided=undecided
    )


def full(valid, raw=2_000, sampled_=None):
    """Every line looked at, or so many of them."""
    looked = raw if sampled_ is None else sampled_
    return FullCount(county="A", raw=raw, sampled=looked, valid=valid)


def ends(counts, awaited=None, required=1_000, rulebook=CALIFORNIA):
    """Return what the law says of counts, with the open lines valid and not."""
    return judge_both(counts, awaited or {}, rulebook, required)
