"""The harness on files from outside. Oracle: windows and ends written out by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from plebiscite.errors import InputError

HARNESS = Path(__file__).parents[3] / "bench" / "backtest"
START = date(2024, 1, 1)
HEAD = "petition_id,day,count,district,channel,required,deadline\n"


@pytest.fixture(autouse=True)
def harness(monkeypatch):
    monkeypatch.syspath_prepend(str(HARNESS))


def rows(name, days, *, deadline="", per_day=100):
    return "".join(
        f"{name},{START + timedelta(days=k)},{per_day * k + 5},,online,,{deadline}\n"
        for k in range(days)
    )


def written(folder, text):
    (folder / "pace.csv").write_text(HEAD + text, encoding="utf-8")
    return folder


def told(folder):
    from petitions import moments, read_petitions

    found = read_petitions(folder)
    return {each.series.petition: list(moments(each)) for each in found}


def test_a_window_that_is_over_is_asked_about_at_its_quarters(tmp_path):
    deadline = START + timedelta(days=80)
    found = told(written(tmp_path, rows("A", 100, deadline=deadline)))["A"]
    assert [(each.age, each.window) for each in found] == [(20, 80), (40, 80), (60, 80)]
    assert {each.final for each in found} == {8_005}  # the last count to the deadline
    assert found[0].count == 2_005
    assert max(found[0].series.days) == found[0].as_of  # and nothing later


def test_one_that_is_still_gathering_is_asked_about_in_windows_it_has_seen(tmp_path):
    deadline = START + timedelta(days=180)
    found = told(written(tmp_path, rows("A", 95, deadline=deadline)))["A"]
    assert {each.window for each in found} == {60, 90}


def test_one_that_closed_early_keeps_its_last_count(tmp_path):
    text = rows("short", 50) + rows("long", 150)
    found = told(written(tmp_path, text))["short"]
    assert {each.final for each in found} == {4_905}
    assert all(each.age < 50 for each in found)
    assert {each.window for each in found} == {60, 90, 140}


def test_nothing_outside_changes_what_is_learnt(tmp_path):
    from of_pace import OURS, of_pace

    alone = of_pace(written(tmp_path, rows("A", 100)), None)
    text = rows("A", 100) + rows("B", 100, per_day=9_000)
    more = of_pace(written(tmp_path, text), None)
    assert "Nothing was learnt" in "\n".join(alone.lines)
    assert "nothing is claimed" in "\n".join(alone.lines)
    assert alone.figures["scores"][OURS]["crps"] > 0
    assert set(alone.figures["scores"]) == set(more.figures["scores"])


def test_italys_own_table_is_read_as_it_is(tmp_path):
    (tmp_path / "italy_signatures_timeline.csv").write_text(
        "id,data,sostenitori\n"
        + "".join(f"7,{START + timedelta(days=k)},{9 * k}\n" for k in range(70))
        + "".join(f"8,{START + timedelta(days=k)},{900 + k}\n" for k in range(70)),
        encoding="utf-8",
    )
    (tmp_path / "italy_initiatives.csv").write_text(
        f"id,titolo,quorum,dataApertura\n7,t,50000,{START}\n", encoding="utf-8"
    )
    found = told(tmp_path)
    assert set(found) == {"7"}  # 8 was gathering before anyone looked
    assert found["7"][0].series.required == 50_000


def test_a_folder_without_counts_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(InputError, match="petition_id,day,count"):
        told(tmp_path)
