"""Counts as others write them. Oracle: the same counts in our own columns."""

import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.pace import read_pace
from plebiscite.forecast.pace.counts import Channel
from plebiscite.forecast.pace.intake.cells import channel_of, count_of

OURS = "petition_id,day,count,channel,deadline\n" + "".join(
    f"7,2023-05-{13 + k},{1_000 * k + 250},online,2023-08-19\n" for k in range(3)
)


def series(path, text):
    path.write_text(text, encoding="utf-8-sig")
    (found,) = read_pace(path).series
    return found.days, found.counts, found.channel, found.deadline


def test_headings_marks_and_times_of_others_are_understood(tmp_path):
    plain = series(tmp_path / "ours.csv", OURS)
    other = series(
        tmp_path / "theirs.csv",
        "ID;Timestamp;Signatures;Mode;End date\n"
        "7;5/13/2023 08:00;120;e-signature;8/19/2023\n"
        "7;5/13/2023 20:00;250;e-signature;8/19/2023\n"
        '7;5/14/2023 20:00;"1,250";e-signature;8/19/2023\n'
        "7;5/15/2023 20:00;2250.0;e-signature;8/19/2023\n",
    )
    assert other == plain


def test_a_file_of_one_petition_is_named_by_its_own_name(tmp_path):
    path = tmp_path / "petition_9.csv"
    path.write_text("time,total\n2016-06-25 08:15:04,5\n2016-06-26 08:15:04,9\n")
    assert read_pace(path).series[0].petition == "petition_9"


def test_two_counts_of_one_day_without_a_time_are_refused(tmp_path):
    path = tmp_path / "pace.csv"
    path.write_text(OURS + "7,2023-05-15,9999,online,2023-08-19\n")
    with pytest.raises(InputError, match="keep the right one"):
        read_pace(path)


@pytest.mark.parametrize("cell", ["1.5", "12,34", "many", "1e3"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(ValueError, match="whole number"):
        count_of(cell)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Unpaid circulators", Channel.VOLUNTEER),
        ("volunteers (not paid)", Channel.VOLUNTEER),
        ("un-paid", Channel.VOLUNTEER),
        ("paid circulators", Channel.PAID),
        ("commercial firm", Channel.PAID),
        ("tables outdoors", Channel.PAPER),
        ("tablets", Channel.ONLINE),
        ("offline", Channel.PAPER),
    ],
)
def test_a_channel_is_the_one_its_words_mean(written, meant):
    assert channel_of(written) is meant


def test_words_of_no_channel_are_refused_with_what_to_write():
    with pytest.raises(ValueError, match="paper, online, paid, volunteer"):
        channel_of("carrier pigeon")
