"""The manifest: what it counts, what can be drawn, and what contradicts itself."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from petition_strategies import line_frames, manifests

from plebiscite.errors import InputError
from plebiscite.petition.manifest import manifest_of, read_manifest

HEAD = "county,section,lines_claimed,lines_struck"


def manifest(tmp_path, content):
    path = tmp_path / "manifest.csv"
    path.write_text(content)
    return read_manifest(path)


@settings(deadline=None)  # files are written; the machine may be busy
@given(manifests())
def test_a_manifest_survives_being_written_and_read(counted):
    """parse(print(x)) = x, and so the digest stays."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "manifest.csv")
        counted.write(path)
        again = read_manifest(path)

    assert again == counted
    assert again.digest == counted.digest


@settings(deadline=None)  # files are written; the machine may be busy
@given(manifests())
def test_raw_is_claimed_less_struck_and_so_many_places_can_be_drawn(counted):
    raw = counted.raw_by_county()

    assert sum(raw.values()) == sum(s.claimed - s.struck for s in counted.sections)
    for county, many in raw.items():
        places = counted.places(county)
        assert len(places) == len(set(places)) == many


@settings(deadline=None)  # files are written; the machine may be busy
@given(line_frames())
def test_the_places_of_keyed_lines_are_their_rows_that_are_not_struck(frame):
    counted = manifest_of(frame)
    kept = frame.filter(~frame["struck"])

    for county in counted.raw_by_county():
        of_county = kept.filter(kept["county"] == county)
        assert sorted(counted.places(county)) == sorted(
            of_county.select("section", "row").rows()
        )


@settings(deadline=None)  # files are written; the machine may be busy
@given(line_frames())
def test_every_line_up_to_the_last_is_claimed_and_blank_ones_are_struck(frame):
    for each in manifest_of(frame).sections:
        rows = frame.filter(
            (frame["county"] == each.county) & (frame["section"] == each.section)
        )["row"]
        assert each.claimed == rows.max()


def test_a_struck_row_cannot_be_drawn(tmp_path):
    noted = manifest(tmp_path, f"{HEAD},struck_rows\nAlpine,1,5,2,2; 4\n")
    unnoted = manifest(tmp_path, f"{HEAD}\nAlpine,1,5,2\n")

    assert noted.places("Alpine") == [("1", 1), ("1", 3), ("1", 5)]
    assert unnoted.places("Alpine") == [("1", 1), ("1", 2), ("1", 3)]
    assert noted.raw_by_county() == unnoted.raw_by_county() == {"Alpine": 3}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Alpine,1,5,6,", "row 2: Alpine, section 1: 6 lines struck of 5 claimed"),
        (
            "Alpine,1,5,1,2;3",
            "row 2: Alpine, section 1: struck_rows names 2 lines, but lines_struck is "
            "1",
        ),
        (
            "Alpine,1,5,1,9",
            "row 2: Alpine, section 1: struck_rows names row 9, but the section has 5 "
            "lines",
        ),
        (
            'Alpine,1,5,1,"2,3"',
            "row 2, column 'struck_rows' ('2,3'): write the struck rows as numbers "
            "with semicolons: 3;7",
        ),
        (
            "Alpine,1,5,,\nAlpine,1,6,,",
            "row 3, column 'section': Alpine, section 1 stands here a second time; "
            "give each section once",
        ),
        (
            "Alpine,1,5,,\nTotal,,5,,",
            "row 3, column 'county': this is a total, not a row of its own; delete it",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_row(tmp_path, row, says):
    with pytest.raises(InputError) as caught:
        manifest(tmp_path, f"{HEAD},struck_rows\n{row}\n")

    assert says in str(caught.value)
