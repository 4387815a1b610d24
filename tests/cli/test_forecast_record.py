"""Publishing forecasts and scoring them: what the record takes, and what it refuses."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.docket.store import Happening, append, read, verify
from plebiscite.errors import InputError
from plebiscite.petition.measure import measure_folder
from plebiscite.report.chance.asked import ask
from plebiscite.report.chance.asked import hand_over as hand_over_module
from plebiscite.report.chance.asked.hand_over import hand_over

DAY = date(2017, 2, 1)
NOON = datetime(2017, 2, 1, 12, tzinfo=UTC)
END = date(2017, 5, 1)


@pytest.fixture
def folder(tmp_path):
    """Calexit as its docket stood on 1 February 2017: five events."""
    path = tmp_path / "16-0011"
    shutil.copytree(measure_folder("us/ca/16-0011"), path)
    lines = (path / "docket.jsonl").read_bytes().splitlines(keepends=True)
    (path / "docket.jsonl").write_bytes(b"".join(lines[:5]))
    return path


def asked(folder, day=DAY, **more):
    return ask(folder, day, draws=100, paths=50, **more)


def publish(folder, chance=None, day=DAY, now=NOON):
    return hand_over(chance or asked(folder), folder, by="an office", day=day, now=now)


def withdraw(folder):
    happening = Happening(
        day=date(2017, 4, 17),
        kind="withdrawn",
        by="the proponent",
        authority="Cal. Elec. Code § 9604",
        source="a notice",
        body={"agreeing": 1, "proponents": 1},
    )
    append(folder, [happening], recorded_at=datetime(2017, 4, 17, tzinfo=UTC))


def scored(folder, *more, code=0, day=END):
    ended = CliRunner().invoke(
        main, ["forecast", "score", str(folder), "--as-of", str(day), "--json", *more]
    )
    assert ended.exit_code == code, ended.output
    return json.loads(ended.stdout)


def test_a_published_forecast_stands_in_the_docket_with_its_hashes(folder):
    told = publish(folder)
    event = read(folder)[-1]

    assert event["kind"] == "forecast_published"
    assert event["body"]["inputs_hash"] == asked(folder).inputs_hash
    assert event["body"]["sha256"] == told["sha256"]
    assert event["body"]["shown"] == "below 1 in 1,000"
    assert verify(folder).is_whole
    assert (folder / told["file"]).is_file()


def test_publishing_changes_neither_the_next_forecast_nor_its_hash(folder):
    before = asked(folder)
    publish(folder, before)

    assert asked(folder).inputs_hash == before.inputs_hash


def test_it_is_scored_when_the_outcome_came(folder):
    """Oracle: withdrawn, so signatures and all did not happen; the rest was not
    reached."""
    chance = asked(folder)
    publish(folder, chance)
    assert scored(folder, code=3, day=DAY)["open"] == 1
    withdraw(folder)
    found = scored(folder)
    of = {each["of"]: each for each in found["chances"]}

    assert set(of) == {"signatures", "all"}
    assert of["signatures"]["outcome"] is False
    p = chance.as_data()["hurdles"][0]["p_given"]
    assert of["signatures"]["brier"] == pytest.approx(p**2, abs=1e-6)
    assert found["changed"] == []
    assert found["claim"]


def test_a_changed_file_is_noticed_and_not_scored(folder):
    told = publish(folder)
    withdraw(folder)
    path = folder / told["file"]
    path.write_text(path.read_text(encoding="utf-8").replace('"p": 0.0', '"p": 0.1', 1))
    found = scored(folder, code=1)

    assert "changed since it was published" in found["changed"][0]
    assert found["chances"] == []


def test_a_file_that_is_gone_is_noticed(folder):
    (folder / publish(folder)["file"]).unlink()
    withdraw(folder)

    assert "gone" in scored(folder, code=1)["changed"][0]


def test_one_that_the_docket_took_later_than_it_says_is_refused(folder):
    publish(folder, now=datetime(2017, 6, 1, tzinfo=UTC))
    withdraw(folder)
    found = scored(folder, code=3)

    assert "the docket took it on 2017-06-01" in found["refused"][0]
    assert found["chances"] == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 5, 1), "withdrawn by its proponents on 2017-04-17"),
        (date(2017, 1, 31), "still to come"),
    ],
)
def test_what_could_have_been_known_is_not_published(folder, day, said):
    chance = asked(folder)
    if day > DAY:
        withdraw(folder)
    with pytest.raises(InputError, match=said):
        publish(folder, chance, day=day)

    assert not (folder / "forecasts").exists()
    assert all(each["kind"] != "forecast_published" for each in read(folder))


def test_after_the_last_day_to_file_signatures_are_no_forecast(folder):
    with pytest.raises(InputError, match="the last day to file was on 2017-07-25"):
        publish(folder, day=date(2017, 8, 1))


def test_a_forecast_of_a_month_ago_is_too_old(folder):
    with pytest.raises(InputError, match="leaves out what became known"):
        publish(folder, day=date(2017, 3, 20))


@pytest.mark.parametrize(
    "more", [{"settings": {"support": 65.0}}, {"as_if_alive": True}], ids=str
)
def test_a_supposition_is_not_published(folder, more):
    with pytest.raises(InputError, match="supposes what is not so"):
        publish(folder, asked(folder, **more))


def test_the_folder_of_another_measure_is_refused(folder):
    with pytest.raises(InputError, match="the forecast is of us/ca/13-0063"):
        publish(folder, asked("us/ca/13-0063", date(2014, 3, 1)))


def test_the_same_forecast_is_published_once(folder):
    publish(folder)
    with pytest.raises(InputError, match="published already"):
        publish(folder)


def test_a_forecast_cut_off_before_its_docket_was_told_was_refused_for_ever(
    folder, monkeypatch
):
    """Its file stood there, "published already", and no docket ever heard of it."""

    def cut(*_given, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(hand_over_module, "append", cut)
        patch.setattr(Path, "unlink", lambda *_given, **_more: None)  # as after kill -9
        with pytest.raises(KeyboardInterrupt):
            publish(folder)
    assert len(list((folder / "forecasts").iterdir())) == 1

    told = publish(folder, day=date(2017, 2, 2))

    assert [each["kind"] for each in read(folder)].count("forecast_published") == 1
    written = json.loads((folder / told["file"]).read_bytes())
    assert written["published_on"] == "2017-02-02"
    with pytest.raises(InputError, match="published already"):
        publish(folder)


def test_the_door_refuses_what_is_long_past(folder):
    ended = CliRunner().invoke(
        main,
        [
            *("forecast", "run", "--measure", str(folder), "--as-of", str(DAY)),
            *("--draws", "50", "--paths", "20"),
            *("--publish", "--measure-folder", str(folder)),
        ],
    )

    assert ended.exit_code == 2
    assert "after the fact" in ended.output


def test_the_record_is_drawn(folder, tmp_path):
    publish(folder)
    withdraw(folder)
    scored(folder, "--picture", str(tmp_path / "record.svg"))

    assert "<svg" in (tmp_path / "record.svg").read_text(encoding="utf-8")
