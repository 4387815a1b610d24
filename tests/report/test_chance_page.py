"""The page of a chance. Oracle: the forecast it is made from; a strict HTML reader."""

import re
import shutil
from datetime import date

import html5lib
import pytest

from plebiscite.forecast.pace import finish, read_pace
from plebiscite.petition.measure import measure_folder
from plebiscite.report.chance.asked import ask
from plebiscite.report.chance.of_chance import pictures_of
from plebiscite.report.chance.pace import _short
from plebiscite.report.chance.page import page_html, page_of, write_pages

CALEXIT = "us/ca/16-0011"
DAY = date(2017, 2, 1)
PACE = """\
petition_id,day,count,district,channel,required,deadline,kind
us/ca/16-0011,2017-01-26,0,,paid,585407,2017-07-25,raw
us/ca/16-0011,2017-02-10,24000,,paid,585407,2017-07-25,raw
us/ca/16-0011,2017-02-25,61000,,paid,585407,2017-07-25,raw
us/ca/16-0011,2017-03-05,60200,,paid,585407,2017-07-25,raw
"""


def asked(measure=CALEXIT, on=DAY, **given):
    return ask(measure, on, draws=200, paths=300, **given)


@pytest.fixture(scope="module")
def chance():
    return asked()


@pytest.fixture(scope="module")
def page(chance):
    return page_of(chance, [f"Sentence {n}, with <angle>." for n in range(1, 11)])


def test_a_forecast_gives_its_pictures(page):
    assert [each.key for each in page.pictures] == [
        "ladder",
        "support",
        "parts",
        "tornado",
    ]


def test_the_pictures_show_what_the_forecast_says(chance, page):
    ladder, support, parts, _ = page.pictures

    assert len(ladder.table.rows) == len(chance.ladder.hurdles)
    assert parts.table.rows[0][0] == "the consent of others"
    polls = [row for row in support.table.rows if "forecast" not in row[1]]
    assert len(polls) == len(chance.inputs["polls"])
    assert all(date.fromisoformat(row[0]) <= DAY for row in polls)


def test_the_band_of_a_hurdle_holds_its_chance(chance):
    from plebiscite.report.chance.of_chance import _given_band

    for number in range(len(chance.ladder.hurdles)):
        low, high = _given_band(chance, number)

        assert low <= chance.run.p_given(number) <= high


def test_the_page_answers_first_and_needs_nothing_else(page):
    text = page_html(page)

    assert "The chance of all of it: below 1 in 1,000." in text
    assert text.count("<svg") == 4
    assert "<script" not in text
    assert not re.search(r'(src|href)="', text)
    assert "&lt;angle&gt;" in text
    assert page.inputs_hash in text


def test_the_page_is_html_that_a_strict_reader_takes(page):
    html5lib.HTMLParser(strict=True).parse(page_html(page))


def test_no_two_things_on_the_page_share_an_id(page):
    ids = re.findall(r'\sid="([^"]+)"', page_html(page))

    assert len(ids) == len(set(ids))


def test_each_picture_has_its_figures_behind_it(page):
    text = page_html(page)

    assert text.count("<details>") == len(page.pictures)
    for picture in page.pictures:
        assert f"<caption>{picture.table.caption}</caption>" in text


def test_what_is_over_has_no_pictures():
    over = asked(on=date(2017, 5, 1))
    text = page_html(page_of(over, ["It is over."]))

    assert pictures_of(over) == []
    assert "It can no longer come about." in text
    assert "withdrawn" in text


def test_counts_in_the_folder_give_a_fan_to_the_deadline(tmp_path):
    folder = tmp_path / "measure"
    shutil.copytree(measure_folder(CALEXIT), folder)
    (folder / "pace.csv").write_text(PACE, encoding="utf-8")
    (pace,) = [
        each
        for each in pictures_of(asked(folder, date(2017, 3, 6)))
        if each.key == "pace"
    ]

    assert "60,200 raw signatures were counted by 2017-03-05" in pace.caption
    assert "2017-07-25" in pace.caption
    assert "about 791,000 lines yield them" in pace.svg


def test_the_fan_of_a_folders_own_measure_is_that_of_its_answer(tmp_path):
    """Of no shipped id, opened before a count, due before the law's last day."""
    folder = tmp_path / "own"
    shutil.copytree(measure_folder(CALEXIT), folder)
    text = (folder / "measure.yaml").read_text(encoding="utf-8")
    own = text.replace(f"id: {CALEXIT}\n", "id: us/ca/99-0001\n")
    (folder / "measure.yaml").write_text(own, encoding="utf-8")
    head, *rows = PACE.replace("2017-07-25", "2017-06-30").splitlines()
    rows = [f"{row},2017-01-20" for row in rows[1:]]
    counts = "\n".join([f"{head},opened", *rows, ""])
    (folder / "pace.csv").write_text(counts, encoding="utf-8")
    on = date(2017, 3, 6)

    (pace,) = [e for e in pictures_of(asked(folder, on)) if e.key == "pace"]

    end = finish(read_pace(folder / "pace.csv").of(), as_of=on)
    low, high = end.interval(0.95)
    assert "2017-06-30" in pace.caption
    assert pace.table.rows[-1][-2:] == (_short(low), _short(high))


def test_without_polls_the_fan_is_still_drawn(tmp_path):
    folder = tmp_path / "measure"
    shutil.copytree(measure_folder(CALEXIT), folder)
    (folder / "polls.csv").unlink()
    (support,) = [e for e in pictures_of(asked(folder)) if e.key == "support"]

    assert "No poll was published by then" in support.caption


def test_the_page_and_its_pictures_are_written(page, tmp_path):
    written = write_pages(page, tmp_path / "out")

    assert [each.name for each in written] == [
        "index.html",
        *(f"{p.key}.{e}" for p in page.pictures for e in ("svg", "png")),
    ]
    assert all(each.stat().st_size > 500 for each in written)


def test_what_own_books_say_was_spent_enters_the_forecast_by_its_day(tmp_path):
    """Oracle: one payment of 1,000 on 1 February, known from that day on."""
    from plebiscite.report.chance.asked import laddered, opened

    folder = tmp_path / "measure"
    shutil.copytree(measure_folder(CALEXIT), folder)
    (folder / "money").mkdir()
    (folder / "money" / "books.csv").write_text(
        "kind,committee,day,amount\npayment,Yes,2017-02-01,1000\n", encoding="utf-8"
    )
    spent = [
        laddered(opened(folder, on))[0].gathering.spent
        for on in (date(2017, 1, 31), DAY)
    ]

    assert spent == [0, 1000]
