"""Where a petition ends. Oracles: cases settled by the definition, and monotony."""

from datetime import date, timedelta

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.pace import Channel, Kind, Series, Validity, finish

START = date(2026, 1, 1)
END = START + timedelta(days=90)


def drive(counts, *, kind=Kind.VERIFIED, channel=Channel.ONLINE, **more):
    return Series(
        petition="A",
        kind=kind,
        channel=channel,
        days=tuple(START + timedelta(days=age) for age in range(len(counts))),
        counts=tuple(counts),
        opened=START,
        **{"required": 50_000, "deadline": END, **more},
    )


def at(age):
    return START + timedelta(days=age)


STEADY = [200 * age for age in range(91)]


def test_a_deadline_passed_leaves_the_last_count():
    told = finish(drive(STEADY), as_of=at(200))
    assert told.basis == "over"
    assert told.quantile(0.01) == told.quantile(0.99) == 18_000
    assert told.chance(18_000) == 1
    assert told.chance(18_001) == 0


def test_counts_after_the_deadline_do_not_count_and_are_named():
    told = finish(drive(STEADY, deadline=at(30)), as_of=at(90))
    assert told.quantile(0.5) == 6_000
    assert any("60 counts are dated after" in each for each in told.remarks)
    assert not finish(drive(STEADY), as_of=at(200)).remarks[1:]


@pytest.mark.parametrize("counted", [30, 60, 80, 89])
def test_what_nobody_counted_before_the_deadline_is_forecast_after_it(counted):
    """The same counts tell the same end, whichever day one looks at them."""
    series = drive(STEADY[: counted + 1])
    before = finish(series, as_of=at(counted))
    for day in (89, 90, 91, 400):
        later = finish(series, as_of=at(day))
        assert np.array_equal(later.levels, before.levels)
        assert any("is forecast" in each for each in later.remarks) == (day >= 90)
    assert not any("final" in each for each in later.remarks)


def test_that_nobody_counted_is_not_a_count_of_none():
    nobody = Series(petition="A", opened=START, days=(), counts=(), deadline=END)
    told = finish(nobody, as_of=at(91), required=50_000)
    assert told.basis == "cold start"
    assert 0 < told.chance() < 1
    none = finish(drive([0] * 91), as_of=at(91))
    assert (none.basis, none.chance()) == ("over", 0)


def test_a_requirement_met_stays_met_where_nothing_was_ever_removed():
    told = finish(drive(STEADY[:61], required=10_000), as_of=at(60))
    assert told.chance() == 1
    assert any("reached" in remark for remark in told.remarks)


def test_a_requirement_met_can_be_lost_where_lines_are_removed():
    counts = [*STEADY[:50], 6_000, 6_200, 10_200]
    told = finish(drive(counts, required=10_100), as_of=at(52))
    assert told.chance() < 1
    assert told.quantile(0.01) < 10_200


def test_only_what_is_dated_by_the_day_is_known():
    whole = drive(STEADY)
    early = drive(STEADY[:31])
    assert np.array_equal(
        finish(whole, as_of=at(30)).levels, finish(early, as_of=at(30)).levels
    )


def test_no_counts_is_a_cold_start_from_past_petitions():
    told = finish(drive([]), as_of=at(5))
    assert told.basis == "cold start"
    assert told.counted_on is None
    assert 0.01 < told.chance() < 0.6


@pytest.mark.parametrize("counts", [[0], [7], [0, 0, 0], [0] * 30])
def test_zero_counts_and_one_count_are_defined(counts):
    told = finish(drive(counts), as_of=at(40))
    assert told.basis == "cold start"
    assert np.all(told.levels >= counts[-1])


def test_nothing_at_all_by_mid_window_bodes_worse_than_not_having_counted():
    none = finish(drive([]), as_of=at(30)).chance()
    zero = finish(drive([0] * 31), as_of=at(30)).chance()
    assert zero < none


def test_no_counts_and_no_requirement_is_refused_with_a_remedy():
    with pytest.raises(InputError, match="--required"):
        finish(drive([], required=None), as_of=at(5))


def test_no_deadline_is_refused_with_a_remedy():
    with pytest.raises(InputError, match="--deadline"):
        finish(drive(STEADY[:10], deadline=None), as_of=at(9))


def test_the_chance_falls_as_the_requirement_rises():
    told = finish(drive(STEADY[:31]), as_of=at(30))
    chances = [told.chance(need) for need in range(6_000, 60_000, 3_000)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.95
    assert chances[-1] < 0.1


def test_raw_lines_are_not_signatures():
    told = finish(drive(STEADY[:31], kind=Kind.RAW), as_of=at(30))
    assert told.chance(15_000) < told.chance_of_count(15_000)
    sure = Validity(mean=0.8, spread=0.0, duplicates=0.0)
    told = finish(drive(STEADY, kind=Kind.RAW), as_of=at(95), validity=sure)
    assert told.chance(14_400) == 1
    assert told.chance(14_401) == 0


def test_an_unchecked_claim_is_said_to_be_one():
    told = finish(drive(STEADY[:31], kind=Kind.CLAIMED), as_of=at(30))
    assert any("claims" in remark for remark in told.remarks)


def test_a_stale_count_is_told():
    told = finish(drive(STEADY[:31]), as_of=at(60))
    assert any("stale" in remark for remark in told.remarks)


def test_paper_is_less_certain_than_online():
    def width(channel):
        low, high = finish(drive(STEADY[:31], channel=channel), as_of=at(30)).interval()
        return high / low

    assert width(Channel.PAPER) > width(Channel.ONLINE)


def test_lines_purged_are_taken_as_never_there():
    bots = [*STEADY[:30], 35_800, 6_000]
    told = finish(drive(bots), as_of=at(31))
    plain = finish(drive([*STEADY[:30], 5_900, 6_000]), as_of=at(31))
    assert told.quantile(0.5) == pytest.approx(plain.quantile(0.5), rel=0.35)
    assert told.quantile(0.5) < 35_000


def test_channels_add_up_and_districts_do_not_double_a_total():
    paper, online = drive(STEADY, channel=Channel.PAPER), drive(STEADY)
    part = drive(STEADY, district="North")
    assert finish([paper, online], as_of=at(95)).count == 36_000
    assert finish([online, part], as_of=at(95)).count == 18_000


def test_volunteers_lines_are_better_than_paid_ones():
    paid, volunteer = (
        finish(drive(STEADY, kind=Kind.RAW, channel=channel), as_of=at(95))
        for channel in (Channel.PAID, Channel.VOLUNTEER)
    )
    gap = volunteer.valid_quantile(0.5) - paid.valid_quantile(0.5)
    assert gap / 18_000 == pytest.approx(0.05, abs=0.005)


def test_kinds_are_never_added_up():
    with pytest.raises(InputError, match="never added"):
        finish([drive(STEADY), drive(STEADY, kind=Kind.RAW)], as_of=at(50))


def test_draws_follow_the_quantiles():
    told = finish(drive(STEADY[:31]), as_of=at(30))
    drawn = told.draws(np.random.default_rng(1), 20_000)
    for p in (0.1, 0.5, 0.9):
        assert np.quantile(drawn, p) == pytest.approx(told.quantile(p), rel=0.02)


def test_weekly_counts_tell_the_same_as_daily_ones():
    days = tuple(at(age) for age in range(0, 29, 7))
    weekly = Series(
        petition="A",
        kind=Kind.VERIFIED,
        days=days,
        counts=tuple(200 * age for age in range(0, 29, 7)),
        opened=START,
        required=50_000,
        deadline=END,
    )
    daily = finish(drive(STEADY[:29]), as_of=at(28))
    assert finish(weekly, as_of=at(28)).quantile(0.5) == pytest.approx(
        daily.quantile(0.5), rel=1e-9
    )
