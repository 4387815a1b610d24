"""Sections printed from the desk: each serial once, in one file, in one stock."""

import io
import zipfile
from datetime import date

import pytest

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import bundles, where
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.form.issued.ledger import read_issued
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.measure import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
ID = "us/ca/16-0011"
FORM = """\
title: "An official title"
summary: "What it does, in the words of the Attorney General."
full_text: "SECTION 1. One section is added."
"""


@pytest.fixture
def folder(home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    shelf.take_in(SHIPPED / ID)
    kept = shelf.folder_of(ID)
    (kept / "form.yaml").write_text(FORM)
    add_chapter(kept / "campaign", on(), "north")
    return kept


def on():
    from django.utils import timezone

    return Booking(by="Pat", day=date(2017, 3, 1), at=timezone.now())


def wish(many, chapter="north"):
    from plebiscite.web.campaign.sheets.printing import Wish

    return Wish(
        county="Alpine", language="en", paper=Paper.LEGAL, many=many, chapter=chapter
    )


def test_few_are_one_pdf_and_stand_in_the_chapters_stock(folder):
    from plebiscite.web.campaign.sheets.printing import print_sections, prints

    made = print_sections(folder, wish(2), on())

    assert made.name == "000001-000002.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    assert made.stat().st_mode & 0o777 == 0o600
    assert prints(ID, "north") == [made]
    assert prints(ID, "south") == []
    bundle = bundles(folder / "campaign")["B0001"]
    assert (bundle.chapter, bundle.circulator, bundle.serials) == (
        "north",
        None,
        "000001-000002",
    )


def test_many_are_a_zip_and_no_serial_stands_in_two_files(folder, monkeypatch):
    from plebiscite.web.campaign.sheets import printing

    monkeypatch.setattr(printing, "AT_ONCE", 2)
    first = printing.print_sections(folder, wish(3), on())
    second = printing.print_sections(folder, wish(1, chapter=""), on())

    with zipfile.ZipFile(io.BytesIO(first.read_bytes())) as archive:
        assert archive.namelist() == [
            "sections-000001-000002.pdf",
            "sections-000003.pdf",
        ]
    assert (first.name, second.name) == ("000001-000003.zip", "000004.pdf")
    issued = [(each.first, each.last) for each in read_issued(folder / "campaign")]
    assert issued == [(1, 3), (4, 4)]
    assert sorted(where(folder / "campaign").places) == [1, 2, 3]


def test_a_print_that_fails_half_way_gives_its_serials_back(folder, monkeypatch):
    from plebiscite.web.campaign.sheets import printing

    monkeypatch.setattr(printing, "AT_ONCE", 1)

    def full(_self, *_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space left"):
        printing.print_sections(folder, wish(2), on())

    assert read_issued(folder / "campaign") == []
    assert where(folder / "campaign").places == {}
    assert printing.prints(ID, "north") == []


def test_specimens_go_to_no_chapter_and_too_many_are_refused(folder):
    from plebiscite.web.campaign.sheets.printing import print_sections

    (folder / "form.yaml").unlink()
    with pytest.raises(InputError, match="Specimens go to no chapter"):
        print_sections(folder, wish(1), on())
    for many in (0, 5_001):
        with pytest.raises(InputError, match="1 to 5,000"):
            wish(many)

    assert read_issued(folder / "campaign") == []


@pytest.mark.parametrize(
    "chapter", ["nowhere", "../../../measures", "/tmp/plebiscite-x"]
)
def test_for_no_chapter_of_the_campaigns_nothing_is_printed_or_laid_anywhere(
    folder, home, chapter
):
    """Oracle: every path of the home before and after; no serial is lost either."""
    from plebiscite.web.campaign.sheets.printing import print_sections

    before = sorted(home.rglob("*"))

    with pytest.raises(InputError, match="there is no chapter"):
        print_sections(folder, wish(1, chapter=chapter), on())

    assert sorted(home.rglob("*")) == before
    assert read_issued(folder / "campaign") == []


def test_what_a_killed_printing_left_goes_though_serials_went_on(folder):
    """The next file has another name: no serial is printed twice."""
    from plebiscite.web.campaign.sheets.printing import print_sections, prints_folder

    print_sections(folder, wish(2), on())
    left = prints_folder(ID, "north") / ".000003-000004.pdf.draft"
    left.write_text("half of a PDF")
    print_sections(folder, wish(2), on())

    assert [each.name for each in sorted(left.parent.iterdir())] == [
        "000001-000002.pdf",
        "000003-000004.pdf",
    ]
