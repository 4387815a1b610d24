"""Counts as they are handed in. Oracle: the rules of the format, by hand."""

from datetime import date

import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.pace import Channel, Kind, Series, read_pace

HEAD = "petition_id,day,count,district,channel,required,deadline\n"


def written(tmp_path, rows, head=HEAD):
    path = tmp_path / "pace.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_counts_are_read_with_what_is_known_of_the_petition(tmp_path):
    path = written(
        tmp_path,
        "A,2026-01-05,10,,online,500,2026-06-30\n"
        "A,2026-01-06,25,,online,500,2026-06-30\n",
    )
    (series,) = read_pace(path).series
    assert series.days == (date(2026, 1, 5), date(2026, 1, 6))
    assert series.counts == (10, 25)
    assert (series.kind, series.channel) == (Kind.VERIFIED, Channel.ONLINE)
    assert (series.required, series.deadline) == (500, date(2026, 6, 30))
    assert series.opened == date(2026, 1, 5)


def test_only_three_columns_are_needed_and_others_are_left_alone(tmp_path):
    path = written(tmp_path, "A,2026-01-05,10,x\n", "petition_id,day,count,mood\n")
    (series,) = read_pace(path).series
    assert series.kind is Kind.RAW
    assert series.required is None


def test_a_fall_is_kept_and_flagged_with_its_row(tmp_path):
    path = written(tmp_path, "A,2026-01-05,1000,,,,\nA,2026-01-06,900,,,,\n")
    read = read_pace(path)
    assert read.series[0].counts == (1000, 900)
    (flag,) = [each for each in read.flags if each.row]
    assert flag.row == 3
    assert "100" in flag.problem


def test_days_out_of_order_are_put_in_order_and_flagged(tmp_path):
    path = written(tmp_path, "A,2026-01-06,20,,,,\nA,2026-01-05,10,,,,\n")
    read = read_pace(path)
    assert read.series[0].counts == (10, 20)
    assert any("out of order" in flag.problem for flag in read.flags)


def test_a_day_twice_with_one_count_is_used_once(tmp_path):
    path = written(tmp_path, "A,2026-01-05,10,,,,\nA,2026-01-05,10,,,,\n")
    read = read_pace(path)
    assert read.series[0].counts == (10,)
    assert any("twice" in flag.problem for flag in read.flags)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,2026-01-05,-3,,,,\n", "below zero"),
        ("A,2026-01-05,10,,,,\nA,2026-01-05,11,,,,\n", "keep the right one"),
        ("A,2026-01-05,10,,,,2026-01-01\n", "before the first count"),
        ("A,2026-01-05,10,,,5,\nA,2026-01-06,11,,,6,\n", "name several"),
        ("A,2026-01-05,10,,pigeon,,\n", "write one of"),
        ("A,05.13.2026,10,,,,\n", "not a day"),
        ("A,05/01/2026,10,,,,\n", "may have the day or the month first"),
        ("A,2026-01-05,,,,,\n", "empty"),
    ],
)
def test_what_cannot_be_true_is_refused_with_row_and_remedy(tmp_path, rows, said):
    with pytest.raises(InputError) as refused:
        read_pace(written(tmp_path, rows))
    assert said in str(refused.value)
    assert refused.value.refusals[0].row in {2, 3}


def test_all_refusals_come_together(tmp_path):
    path = written(
        tmp_path,
        "A,2026-01-05,10,,,,2026-01-01\nB,2026-01-05,10,,,7,\nB,2026-01-06,9,,,8,\n",
    )
    with pytest.raises(InputError) as refused:
        read_pace(path)
    assert len(refused.value.refusals) == 2


def test_kinds_of_count_are_never_mixed(tmp_path):
    head = "petition_id,day,count,kind\n"
    read = read_pace(
        written(tmp_path, "A,2026-01-05,10,claimed\nA,2026-01-05,7,raw\n", head)
    )
    assert {each.kind for each in read.series} == {Kind.CLAIMED, Kind.RAW}
    with pytest.raises(InputError, match="never mixed"):
        read.of("A")
    (raw,) = read.of("A", Kind.RAW)
    assert raw.counts == (7,)


def test_counts_after_the_deadline_are_flagged(tmp_path):
    rows = "A,2026-01-05,10,,,,2026-01-06\nA,2026-01-09,20,,,,2026-01-06\n"
    read = read_pace(written(tmp_path, rows))
    assert any("after the deadline" in flag.problem for flag in read.flags)


def test_a_series_below_zero_or_out_of_order_cannot_be_made():
    days = (date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises(InputError, match="below zero"):
        Series(petition="A", days=days, counts=(1, -1), opened=days[0])
    with pytest.raises(InputError, match="in order"):
        Series(petition="A", days=days[::-1], counts=(1, 2), opened=days[0])
