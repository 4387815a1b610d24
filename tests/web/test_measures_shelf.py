"""Measures taken in and given back: whole, byte for byte, and never shorter."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from plebiscite.docket.store import Happening, append, read
from plebiscite.errors import InputError
from plebiscite.petition.measure import SHIPPED, shipped_measures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]


@pytest.fixture
def shelf(home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    return shelf


@pytest.fixture
def source(tmp_path):
    """Calexit's folder with things the site does not know: they must survive."""
    folder = tmp_path / "source"
    shutil.copytree(SHIPPED / "us/ca/16-0011", folder)
    (folder / "public" / "a").mkdir(parents=True)
    (folder / "public" / "a" / "figure.bin").write_bytes(bytes(range(256)))
    (folder / "notes from the office.txt").write_text("ñ\r\n")
    (folder / "petition").mkdir()
    (folder / "petition" / "lines.csv").write_text("line_id\n1\n")
    return folder


def _bytes(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_taken_in_is_given_back_byte_for_byte(shelf, source, tmp_path):
    shelf.take_in(source)

    shelf.give_back("us/ca/16-0011", tmp_path / "out")

    assert _bytes(tmp_path / "out") == _bytes(source)


def test_the_shipped_measures_come_in_at_the_first_start_and_once(shelf):
    assert shelf.take_in_shipped() == shipped_measures()
    assert shelf.take_in_shipped() == []
    assert [row.id for row in shelf.found()][-1] == "us/ca/16-0011-counterfactual"


def test_a_newer_version_comes_in_unless_it_was_changed_here(
    shelf, tmp_path, monkeypatch
):
    """As after an upgrade: the shipped folder has something the shelf has not."""
    shipped = tmp_path / "shipped"
    for each in ("us/ca/16-0011", "us/ca/18-0001"):
        shutil.copytree(SHIPPED / each, shipped / each)
    monkeypatch.setattr(shelf, "SHIPPED", shipped)
    monkeypatch.setattr(
        shelf, "shipped_measures", lambda: ["us/ca/16-0011", "us/ca/18-0001"]
    )
    shelf.take_in_shipped()
    (shelf.shelf() / "us/ca/18-0001" / "note.txt").write_text("the office's own")
    for each in ("us/ca/16-0011", "us/ca/18-0001"):
        (shipped / each / "news.txt").write_text("of a newer version")

    assert shelf.take_in_shipped() == ["us/ca/16-0011"]

    assert (shelf.shelf() / "us/ca/16-0011" / "news.txt").exists()
    assert not (shelf.shelf() / "us/ca/18-0001" / "news.txt").exists()
    assert (shelf.shelf() / "us/ca/18-0001" / "note.txt").exists()
    assert shelf.take_in_shipped() == []


def test_every_shipped_folder_survives_the_shelf(shelf, tmp_path):
    shelf.take_in_shipped()

    for each in shipped_measures():
        shelf.give_back(each, tmp_path / each)
        assert _bytes(tmp_path / each) == _bytes(SHIPPED / each)


def test_an_event_added_here_is_not_lost_to_an_older_copy(shelf, source):
    shelf.take_in(source)
    happening = Happening(
        day=date(2026, 11, 1), kind="noted", by="x", authority="§ 1", body={"a": 1}
    )
    append(
        shelf.folder_of("us/ca/16-0011"),
        [happening],
        recorded_at=datetime.fromisoformat("2026-11-22T12:00:00+00:00"),
    )

    with pytest.raises(InputError, match="has 7 events that the folder does not"):
        shelf.take_in(source)


def test_an_event_recorded_while_a_folder_is_taken_in_is_kept(
    shelf, source, monkeypatch
):
    """It was acknowledged: it waits for the folder that takes the place, and stays."""
    shelf.take_in(source)
    folder = shelf.folder_of("us/ca/16-0011")
    happening = Happening(
        day=date(2026, 11, 1), kind="noted", by="x", authority="§ 1", body={"a": 1}
    )
    at = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
    before, checked = len(read(folder)), shelf.records.refuse_lossy
    with ThreadPoolExecutor(1) as pool:
        office = []

        def meanwhile(place, other):
            checked(place, other)
            office.append(pool.submit(append, folder, [happening], recorded_at=at))
            time.sleep(0.2)

        monkeypatch.setattr(shelf.records, "refuse_lossy", meanwhile)
        shelf.take_in(source)
        (event,) = office[0].result(timeout=300)

    assert read(folder)[before:] == [event.as_data()]


@pytest.mark.parametrize(
    "bad", ["../../etc", "one", "us/ca/verify", "us//x", "us/ca/figures/1", "/us/1"]
)
def test_an_id_that_is_no_place_and_number_is_refused(shelf, source, bad):
    path = source / "measure.yaml"
    path.write_text(path.read_text().replace("id: us/ca/16-0011", f"id: {bad}"))

    with pytest.raises(InputError, match="write it as place and number"):
        shelf.take_in(source)


def test_a_link_in_a_folder_is_refused(shelf, source):
    (source / "public" / "passwd").symlink_to("/etc/passwd")

    with pytest.raises(InputError, match="files, not links"):
        shelf.take_in(source)


def test_a_page_is_made_again_when_a_file_of_it_changed(shelf, source):
    shelf.take_in(source)
    first = shelf.page_of("us/ca/16-0011", date(2026, 11, 22))
    happening = Happening(
        day=date(2026, 11, 1), kind="noted", by="x", authority="§ 1", body={"a": 1}
    )

    append(
        shelf.folder_of("us/ca/16-0011"),
        [happening],
        recorded_at=datetime.fromisoformat("2026-11-22T12:00:00+00:00"),
    )

    assert shelf.page_of("us/ca/16-0011", date(2026, 11, 22)) is not first
    later = shelf.page_of("us/ca/16-0011", date(2026, 11, 22))
    assert len(later.record.events) == len(first.record.events) + 1


def test_the_longest_place_that_fits_says_what_is_published(shelf):
    from plebiscite.report.page.level import Level
    from plebiscite.web.measures.models import Publication

    Publication.objects.create(place="us", level="totals")
    Publication.objects.create(place="us/ca", level="stage")

    assert shelf.level_of("us/ca/statute_initiative") is Level.STAGE
    assert shelf.level_of("us/cal/x") is Level.TOTALS
    assert shelf.level_of("ch/popular_initiative") is Level.ALL


def test_a_measure_is_found_by_the_name_people_gave_it(shelf):
    """Its title says nothing of Calexit; its own file does."""
    shelf.take_in(SHIPPED / "us/ca/16-0011")

    assert [row.id for row in shelf.found("Calexit")] == ["us/ca/16-0011"]


def test_a_search_needs_every_word_and_minds_no_case(shelf):
    shelf.take_in_shipped()

    assert [row.id for row in shelf.found("SIX divide")] == ["us/ca/13-0063"]
    assert list(shelf.found("division nowhere")) == []
