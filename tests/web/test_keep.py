"""Backup and restore: the same public numbers, on either database, or nothing."""

import io
import json
import subprocess
from functools import partial

import pytest
from cluster import postgresql, why_not
from hypothesis import given, settings
from hypothesis import strategies as st
from served import PLEBISCITE, running

from plebiscite.errors import InputError, RecordError
from plebiscite.web.keep.sealed import PIECE, Opening, Sealing

PASSPHRASE = "four horses under a bridge"


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
    """Back up SQLite while it runs; restore into PostgreSQL; sign in as before."""
    if reason := why_not():
        pytest.skip(reason)
    file, home = tmp_path / "site.backup", tmp_path / "again"
    told = plebiscite("backup", file, "--data", site.home, "--demo", "--json")
    assert told["heads"]
    with postgresql() as address:
        plebiscite(
            *("restore", file, "--data", home, "--demo", "--json"),
            PLEBISCITE_DATABASE=address,
        )
        with running(home, database=address) as again:
            assert numbers(again) == numbers(site)
            assert again.sign_in("county").get("/account/").status == 200


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
