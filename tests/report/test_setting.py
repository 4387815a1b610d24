"""Figures of a measure's setting: who gave them, and none from later days."""

from datetime import date

from plebiscite.docket.folder import open_record
from plebiscite.report.life.setting import setting_data, setting_lines
from plebiscite.report.life.story import story_lines


def test_each_figure_says_who_gave_it_and_when():
    """Oracle: Reuters of 17 June 2016 quotes the Department of Finance."""
    told = setting_lines(open_record("us/ca/16-0011", date(2017, 4, 1)))

    assert (
        "the economy's rank, of 2015: sixth in the world, by Department of Finance of "
        "California on 2016-06-17  [Reuters, 17 June 2016]"
    ) in told


def test_looking_back_no_figure_of_a_later_day_is_told():
    days = [date(2016, 6, 16), date(2016, 6, 17), date(2018, 5, 3), date(2018, 5, 4)]
    records = [open_record("us/ca/16-0011", day) for day in days]

    ranks = [
        [each["of"] for each in setting_data(record) if each["kind"] == "economy_rank"]
        for record in records
    ]

    assert ranks == [[], ["2014", "2015"], ["2014", "2015"], ["2014", "2015", "2017"]]


def test_the_story_holds_them_apart_from_the_measures_own_numbers():
    lines = story_lines(open_record("us/ca/16-0011", date(2026, 1, 1)))

    heading = lines.index("Figures given of its setting, none of them ours")
    assert "$2.46 trillion" in " ".join(lines[heading:])
    assert "$2.46 trillion" not in " ".join(lines[:heading])
