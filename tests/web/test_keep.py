"""Backup and restore: the same public numbers, on either database, or nothing."""

import io
import json
import subprocess
import tarfile
from functools import cache, partial
from pathlib import Path

import pytest
from cluster import postgresql, why_not
from hypothesis import given, settings
from hypothesis import strategies as st
from served import PLEBISCITE, running

from plebiscite.errors import InputError, RecordError
from plebiscite.web.keep import sealed as at_rest
from plebiscite.web.keep.backup import _unpack
from plebiscite.web.keep.sealed import PIECE, Opening, Sealing

PASSPHRASE = "four horses under a bridge"
GROWN = """
from django.db import DatabaseError
from plebiscite.web.accounts.models import Look
from plebiscite.web.county.models import Decision
again = []
for act in (Look.objects.all().delete, lambda: Look.objects.update(who='x')):
    try:
        act()
    except DatabaseError as refused:
        again.append(str(refused).splitlines()[0])
print(json.dumps({
    'looks': [[e.at, e.who, e.what, e.subject] for e in Look.objects.order_by('pk')],
    'decisions': [[d.pk, d.line_id, d.number, d.word, d.at]
                  for d in Decision.objects.order_by('pk')],
    'again': again}, default=str))
"""


def plebiscite(*words, **said):
    done = subprocess.run(
        [PLEBISCITE, *map(str, words)],
        env={"PLEBISCITE_BACKUP_KEY": PASSPHRASE, "PATH": "/usr/bin:/bin", **said},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def numbers(site):
    """Return the public numbers: every measure's JSON, as anybody reads it."""
    visitor = site.visitor()
    rows = visitor.get("/api/v1/measures?size=500").json["items"]
    found = {}
    for each in rows:
        data = visitor.get(f"/api/v1/measures/{each['id']}").text
        found[each["id"]] = data.replace(site.url, "")
    return found


def test_a_restored_site_shows_the_same_public_numbers_on_the_other_database(
    site, tmp_path
):
    """Back up SQLite while it runs; restore into PostgreSQL; sign in as before.

    So do the rows that are only ever added: who looked at what, and what was decided.
    """
    if reason := why_not():
        pytest.skip(reason)
    file, home = tmp_path / "site.backup", tmp_path / "again"
    site.sign_in("county").get("/county/simulated/16-0012/Alpine/queue/?work=find")
    told = plebiscite("backup", file, "--data", site.home, "--demo", "--json")
    assert told["heads"]
    with postgresql() as address:
        plebiscite(
            *("restore", file, "--data", home, "--demo", "--json"),
            PLEBISCITE_DATABASE=address,
        )
        with running(home, database=address) as again:
            assert numbers(again) == numbers(site)
            kept, came = site.do(GROWN), again.do(GROWN)
            assert kept["looks"]
            assert kept["decisions"]
            assert came == {**kept, "again": came["again"]}
            assert came["again"] == ["looks are only ever added"] * 2
            assert again.sign_in("county").get("/account/").status == 200


@pytest.fixture(autouse=True)
def a_key_once(monkeypatch):
    """Make the key of a passphrase and a salt once: it is made to take long."""
    monkeypatch.setattr(at_rest, "key_of", KEY_OF)


KEY_OF = cache(at_rest.key_of)


def sealed(plain, passphrase=PASSPHRASE):
    out = io.BytesIO()
    with Sealing(out, passphrase) as sealing:
        for begin in range(0, len(plain), 700_001):
            sealing.write(plain[begin : begin + 700_001])
    return out.getvalue()


def opened(raw, passphrase=PASSPHRASE):
    with Opening(io.BytesIO(raw), passphrase) as opening:
        return b"".join(iter(partial(opening.read, 1 << 20), b""))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_opens_to_the_same_bytes(size):
    plain = bytes(range(251)) * (size // 251 + 1)

    assert opened(sealed(plain[:size])) == plain[:size]


WHOLE = sealed(b"signers" * 300_000)


@settings(max_examples=12)
@given(st.integers(36, len(WHOLE) - 1), st.integers(0, 7))
def test_one_changed_bit_is_refused(place, bit):
    changed = bytearray(WHOLE)
    changed[place] ^= 1 << bit
    with pytest.raises(RecordError):
        opened(bytes(changed))


@pytest.mark.parametrize("left", [PIECE + 52, len(WHOLE) - 1, 2 * (PIECE + 16) + 36])
def test_a_missing_end_is_refused_wherever_it_was_cut(left):
    with pytest.raises(RecordError):
        opened(WHOLE[:left])


def test_another_passphrase_and_a_short_one_are_refused():
    with pytest.raises(RecordError):
        opened(WHOLE, "five horses under a bridge")
    with pytest.raises(InputError, match="16"):
        sealed(b"", "short")


def test_nothing_of_the_content_shows():
    assert b"signers" not in WHOLE


def packed(*entries):
    """Return a tar of entries: (name, type), or (name, type, what a link points to)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, kind, *target in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode = kind, 0o4777
            entry.linkname = target[0] if target else ""
            tar.addfile(entry, io.BytesIO(b""))
    out.seek(0)
    return tarfile.open(fileobj=out, mode="r|")


@pytest.mark.parametrize(
    "entry",
    [
        ("../outside", tarfile.REGTYPE),
        ("home/../../outside", tarfile.REGTYPE),
        ("../outside", tarfile.DIRTYPE),
        ("/tmp/plebiscite-outside", tarfile.REGTYPE),
        ("home/link", tarfile.SYMTYPE, "/etc/passwd"),
        ("home/link", tarfile.SYMTYPE, "../../outside"),
        ("home/hard", tarfile.LNKTYPE, "home/good"),
        ("home/disk", tarfile.BLKTYPE),
        ("home/zero", tarfile.CHRTYPE),
        ("home/pipe", tarfile.FIFOTYPE),
    ],
)
def test_a_backup_lays_nothing_outside_its_folder_and_no_link_or_device(
    tmp_path, entry
):
    """Oracle: all there is below the folder above afterwards."""
    folder = tmp_path / "in"
    folder.mkdir()
    with (
        packed(("home/good", tarfile.REGTYPE), entry) as tar,
        pytest.raises(RecordError, match="no file of a site"),
    ):
        _unpack(tar, folder)

    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"in", "in/home", "in/home/good"}
    assert not Path("/tmp/plebiscite-outside").exists()


def test_what_a_backup_lays_has_no_power_of_its_own(tmp_path):
    """A set-user-id bit, and a right for others to write, do not come back."""
    with packed(("home/good", tarfile.REGTYPE)) as tar:
        _unpack(tar, tmp_path)

    assert (tmp_path / "home" / "good").stat().st_mode & 0o7777 == 0o755


def test_a_file_that_is_there_twice_is_refused(tmp_path):
    twice = [("home/good", tarfile.REGTYPE)] * 2
    with packed(*twice) as tar, pytest.raises(FileExistsError):
        _unpack(tar, tmp_path)
