"""The state office's desk: folders in and out as ZIPs, and what is published."""

import io
import shutil
import stat
import zipfile

import pytest

from plebiscite.errors import InputError
from plebiscite.petition.measure import SHIPPED
from plebiscite.web.measures.zipped import unzipped, zipped

REAL = SHIPPED / "us/ca/16-0011"


def _zip(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def test_a_folder_survives_the_zip_byte_for_byte(tmp_path):
    with unzipped(io.BytesIO(zipped(REAL)), tmp_path) as found:
        here = {p.name: p.read_bytes() for p in found.iterdir()}

    assert here == {p.name: p.read_bytes() for p in REAL.iterdir()}
    assert list(tmp_path.iterdir()) == []


def test_a_zip_of_the_folder_itself_or_of_what_is_in_it_is_understood(tmp_path):
    inside = {f"16-0011/{p.name}": p.read_bytes() for p in REAL.iterdir()}

    with unzipped(_zip(**inside), tmp_path) as found:
        assert (found / "measure.yaml").read_bytes() == inside["16-0011/measure.yaml"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../evil", "outside its folder"),
        ("/etc/evil", "outside its folder"),
        ("a\\..\\evil", "outside its folder"),
        ("other.txt", "holds no measure.yaml"),
    ],
)
def test_a_zip_that_may_not_be_trusted_leaves_nothing_behind(tmp_path, name, words):
    home = tmp_path / "home"
    home.mkdir()

    with pytest.raises(InputError, match=words), unzipped(_zip(**{name: "x"}), home):
        pytest.fail("it was taken in")

    assert list(home.iterdir()) == []
    assert list(tmp_path.iterdir()) == [home]


def test_a_link_in_a_zip_is_refused(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("public/passwd")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    with pytest.raises(InputError, match="a link"), unzipped(made, tmp_path):
        pytest.fail("it was taken in")


def test_a_zip_that_swells_is_stopped_by_what_it_holds_not_by_what_it_says(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("plebiscite.web.measures.zipped.MOST_BYTES", 1000)

    with (
        pytest.raises(InputError, match="more than 1,000 bytes"),
        unzipped(_zip(**{"measure.yaml": "x" * 1001}), tmp_path),
    ):
        pytest.fail("it was taken in")


@pytest.mark.parametrize("raw", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_zip_is_refused_with_words(tmp_path, raw):
    with (
        pytest.raises(InputError, match="no ZIP that can be read"),
        unzipped(io.BytesIO(raw), tmp_path),
    ):
        pytest.fail("it was taken in")


def test_the_state_office_takes_a_measure_in_and_gives_it_back(site, opened, tmp_path):
    """In the browser, without JavaScript; each export is written down."""
    source = tmp_path / "folder"
    shutil.copytree(REAL, source)
    text = (source / "measure.yaml").read_text()
    (source / "measure.yaml").write_text(
        text.replace("id: us/ca/16-0011", "id: test/taken-in")
    )
    (tmp_path / "folder.zip").write_bytes(zipped(source))
    page = opened(site, "state", javascript=False)
    page.goto("/keeping/")

    page.get_by_label("ZIP of a measure's folder").set_input_files(
        tmp_path / "folder.zip"
    )
    page.get_by_role("button", name="Take it in").click()

    assert "test/taken-in is kept here now." in page.get_by_role("status").inner_text()
    with page.expect_download() as kept:
        page.get_by_role("link", name="ZIP test/taken-in").click()
    assert kept.value.path().read_bytes() == zipped(source)
    looks = site.do(
        "from plebiscite.web.accounts.models import Look\n"
        "found = Look.objects.filter(what='export', measure='test/taken-in')\n"
        "print(json.dumps(found.count()))"
    )
    assert looks == 1


def test_a_place_that_no_law_is_of_is_refused_in_words(site, opened):
    page = opened(site, "state", javascript=False)
    page.goto("/keeping/")

    page.get_by_label("Place, as law ids begin").fill("atlantis")
    page.get_by_role("button", name="Set").click()

    said = page.get_by_role("status").inner_text()
    assert "No law's id begins with “atlantis”" in said
