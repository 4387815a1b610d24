"""Files handed in: what is refused and why, what replaces what, what a kill leaves."""

import zipfile
from datetime import date

import pytest
from county_desk import NOON, desk, line, person, sitting

from plebiscite.core.progress import silent
from plebiscite.errors import InputError
from plebiscite.verify.find.decision import Word
from plebiscite.web.county.desks import cards_of, finder_of, roll_folder, roll_of, taken
from plebiscite.web.county.files.images import line_image, specimens
from plebiscite.web.county.files.take import take
from plebiscite.web.county.files.views import _refuse_late
from plebiscite.web.county.models import Desk, Kind, Line, Taken, Upload
from plebiscite.web.county.queue.decide import Finding, decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
ROLL = (
    "voter_id,last,first,house,street,city,zip,county,status,confidential\n"
    "V1,Garcia,Maria,12,Oak St,Markleeville,96120,Alpine,active,0\n"
    "V2,Hidden,Henry,14,Oak St,Markleeville,96120,Alpine,active,1\n"
    "V3,Lee,Ann,9,Elm St,Markleeville,96120,Alpine,active,0\n"
)
LINES = (
    "line_id,section,row,county,name,address,city,zip,signed_on\n"
    "a,0001,1,Alpine,Maria Garcia,12 Oak St,Markleeville,96120,2017-05-01\n"
)
MANIFEST = "county,section,lines_claimed\nAlpine,0001,9\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def at():
    return desk()


def handed(at, kind, raw, name="file.csv"):
    upload = Upload.objects.create(
        desk=at,
        kind=kind,
        name=name,
        size=len(raw),
        sha256="",
        as_of=date(2017, 7, 25) if kind == Kind.ROLL else None,
        by=person("Cora"),
        at=NOON,
    )
    upload.path.parent.mkdir(exist_ok=True)
    upload.path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return upload


def refused(upload):
    with pytest.raises(InputError):
        take(upload, silent)
    upload.refresh_from_db()
    assert upload.state == Taken.REFUSED
    return upload


@pytest.mark.parametrize(
    ("kind", "text", "belongs"),
    [
        (Kind.ROLL, LINES, "as the petition lines"),
        (Kind.LINES, ROLL, "as the voter roll"),
        (Kind.LINES, "county,section,lines_claimed\nAlpine,1,9\n", "as the manifest"),
        (Kind.MANIFEST, "county,section,declaration\nAlpine,1,complete\n", "sections"),
    ],
)
def test_the_right_file_in_the_wrong_place_is_told_where_it_belongs(
    at, kind, text, belongs
):
    upload = refused(handed(at, kind, text, "march.csv"))

    assert "this looks like" in upload.told
    assert belongs in upload.told
    assert "--" not in upload.told
    assert str(upload.path) not in upload.told


def test_every_bad_row_is_named_once_with_what_to_write_and_no_private_value(at):
    text = LINES + (
        "b,0001,x,Alpine,Zaphod Smith,1 Elm St,Markleeville,96120,2017-05-01\n"
        "d,0001,4,Alpine,Arthur Dent,2 Elm St,Markleeville,96120,May Day\n"
    )
    upload = refused(handed(at, Kind.LINES, text))

    assert sorted(each["row"] for each in upload.refusals) == [3, 4]
    assert {each["column"] for each in upload.refusals} == {"row", "signed_on"}
    said = str(upload.refusals) + upload.told
    assert all(name not in said for name in ("Zaphod", "Arthur", "Elm"))


def test_a_line_of_another_county_and_one_that_stands_twice_are_named(at):
    text = LINES + (
        "c,0001,3,Inyo,Ford Prefect,2 Elm St,Markleeville,96120,2017-05-01\n"
        "d,0001,1,Alpine,Maria Garcia,12 Oak St,Markleeville,96120,2017-05-01\n"
    )
    upload = refused(handed(at, Kind.LINES, text))

    assert [(each["row"], each["column"]) for each in upload.refusals] == [
        (3, "county"),
        (4, "row"),
    ]
    assert "Ford" not in str(upload.refusals)


def test_a_file_of_the_same_name_takes_the_place_of_the_one_before(at):
    one, two = (
        handed(at, Kind.LINES, LINES.replace("0001", section)) for section in ("7", "8")
    )
    take(one, silent)
    take(two, silent)
    one.refresh_from_db()

    assert (one.state, taken(at, Kind.LINES)) == (Taken.REPLACED, two)
    assert b",8,1,Alpine" in taken(at, Kind.LINES).path.read_bytes()


def test_a_refused_file_leaves_the_one_before_standing(at):
    good, bad = handed(at, Kind.LINES, LINES), handed(at, Kind.LINES, "x,y\n1,2\n")
    take(good, silent)
    refused(bad)

    assert taken(at, Kind.LINES) == good


def test_the_roll_of_another_county_is_refused_by_name(at):
    upload = refused(handed(at, Kind.ROLL, ROLL.replace("Alpine", "Mono")))

    assert "nobody on this roll is registered in Alpine; it holds Mono" in upload.told


def test_a_manifest_of_other_counties_is_refused_by_name(at):
    text = "county,section,lines_claimed\nAlpine,1,9\nInyo,2,4\n"
    upload = refused(handed(at, Kind.MANIFEST, text))

    assert "counts lines of Inyo" in upload.told


def test_reading_a_roll_goes_on_after_a_kill_at_any_step(at):
    """Each step is killed once as it first tells of itself; the work is done again."""
    upload = handed(at, Kind.ROLL, ROLL)
    killed = set()

    def stop(what, _done, _total):
        if what not in killed:
            killed.add(what)
            raise KeyboardInterrupt

    for _ in range(20):
        try:
            take(upload, stop)
            break
        except KeyboardInterrupt:
            upload.refresh_from_db()
    roll = roll_of(at)

    assert len(killed) > 3
    assert upload.state == Taken.TAKEN
    assert upload.told == "3 voters, 3 of them in Alpine"
    assert roll.path == roll_folder(upload)


def test_a_confidential_voter_is_found_neither_by_name_nor_by_number(at):
    take(handed(at, Kind.ROLL, ROLL), silent)
    roll = roll_of(at)

    assert cards_of(roll).card("V1").name == "Maria Garcia"
    assert cards_of(roll).card("V2") is cards_of(roll).card("V9") is None
    assert finder_of(roll).find("hidden henry") == []


def test_party_race_and_phone_of_a_roll_are_kept_nowhere_but_in_the_file_itself(at):
    heads, *rows = ROLL.splitlines()
    more = [
        f"{heads},party,ethnicity,phone",
        *(f"{row},WHIG,MARTIAN,555" for row in rows),
    ]
    upload = handed(at, Kind.ROLL, "\n".join(more) + "\n")
    take(upload, silent)
    kept = [path for path in at.folder.rglob("*") if path.is_file()]

    assert len(kept) > 10
    for path in kept:
        raw = path.read_bytes()
        assert path == upload.path or not (b"WHIG" in raw or b"MARTIAN" in raw)


def test_images_are_kept_by_line_and_by_voter_newest_first_and_leave_no_folder(at):
    def packed(path, *names, raw=PNG):
        with zipfile.ZipFile(path, "w") as out:
            for name in names:
                out.writestr(name, raw)
        return path.read_bytes()

    one, here = line(at), at.folder / "x.zip"
    take(handed(at, Kind.IMAGES, packed(here, "Alpine/1/1.png"), "i.zip"), silent)
    names = ("V1/2009-01-01.png", "V1/2016-05-30.png", "../../V1/2001-01-01.png")
    upload = handed(at, Kind.SPECIMENS, packed(here, *names), "s.zip")
    take(upload, silent)
    outside = packed(here, "../../evil.png", raw=b"<svg onload=alert(1)>")

    assert line_image(taken(at, Kind.IMAGES), one) is not None
    assert specimens(at, upload, "V1") == [
        "2016-05-30.png",
        "2009-01-01.png",
        "2001-01-01.png",
    ]
    assert refused(handed(at, Kind.IMAGES, outside, "e.zip")).refusals
    assert "V1" not in str([*at.folder.rglob("*")])
    assert not [*at.folder.parent.glob("evil*"), *at.folder.parent.glob("V1*")]


def test_what_people_decided_on_or_what_was_promised_is_not_replaced(at):
    take(handed(at, Kind.LINES, LINES), silent)
    assert Line.objects.count() == 0
    one = line(at)
    decide(at, one.pk, Finding(word=Word.UNDECIDED), sitting("Ann", 0))
    with pytest.raises(InputError, match="decided lines"):
        _refuse_late(at, Kind.LINES)
    at.commitment = "abc"
    at.save()
    take(handed(at, Kind.MANIFEST, MANIFEST), silent)
    at.refresh_from_db()
    assert at.commitment == "abc"  # to revise the counts is an act of its own
    at.closed_at = NOON
    with pytest.raises(InputError, match="closed"):
        _refuse_late(at, Kind.IMAGES)


def test_a_queue_nobody_worked_on_is_made_anew_from_a_new_file(at):
    line(at)
    take(handed(at, Kind.LINES, LINES), silent)

    assert not Line.objects.exists()
    assert Desk.objects.get(pk=at.pk).prepared_at is None
