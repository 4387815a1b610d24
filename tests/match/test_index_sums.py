"""The quick sum over a file: what it must never miss, and both who find it."""

from __future__ import annotations

import json
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_roll import invented_roll

from plebiscite.errors import RecordError
from plebiscite.match.index.build import build_index
from plebiscite.match.index.layout import MANIFEST
from plebiscite.match.index.sums import LANES, ROW, TOGETHER, file_sum, kernel_for

MASK = (1 << 64) - 1
SIZES = (0, 1, 7, 8, ROW - 1, ROW, ROW + 1, TOGETHER * ROW, TOGETHER * ROW + 9)


def by_hand(raw: bytes) -> str:
    """Return the sum as its description reads, number by number."""
    odd = 0x9E3779B97F4A7C15
    lanes = [lane * odd & MASK for lane in range(1, LANES + 1)]
    filled = raw + bytes(-len(raw) % ROW)
    for at in range(0, len(filled), 8):
        lane = at // 8 % LANES
        mixed = (lanes[lane] ^ int.from_bytes(filled[at : at + 8], "little")) * odd
        lanes[lane] = (mixed & MASK) ^ (mixed & MASK) >> 32
    told = b"".join(lane.to_bytes(8, "little") for lane in lanes)
    return sha256(told + len(raw).to_bytes(8, "little")).hexdigest()


@pytest.mark.parametrize("size", SIZES)
def test_both_engines_find_the_sum_that_is_described(tmp_path, size):
    """Oracle: the description, followed number by number."""
    raw = np.random.default_rng(size).bytes(size)
    file = tmp_path / "file"
    file.write_bytes(raw)
    assert file_sum(file) == by_hand(raw)
    if kernel := kernel_for("kernel"):
        assert file_sum(file, kernel=kernel) == by_hand(raw)


@given(st.binary(min_size=1, max_size=64), st.data())
def test_a_flipped_bit_a_cut_and_a_longer_file_have_other_sums(
    tmp_path_factory, raw, data
):
    """Every step can be undone, so one changed number is never missed."""
    file = tmp_path_factory.mktemp("sums") / "file"

    def summed(content: bytes) -> str:
        file.write_bytes(content)
        return file_sum(file, kernel=kernel_for())

    at = data.draw(st.integers(0, 8 * len(raw) - 1))
    flipped = bytearray(raw)
    flipped[at // 8] ^= 1 << at % 8
    others = {summed(bytes(flipped)), summed(raw[:-1]), summed(raw + b"\0")}
    assert len(others) == 3
    assert summed(raw) not in others


def test_the_topmost_bits_of_two_numbers_do_not_cancel_each_other(tmp_path):
    """As they would in a sum of products: one lane, two rows, both at their bit 63."""
    raw = bytearray(2 * ROW)
    file = tmp_path / "file"
    file.write_bytes(raw)
    before = file_sum(file)
    raw[7] ^= 0x80
    raw[ROW + 7] ^= 0x80
    file.write_bytes(raw)
    assert file_sum(file) != before


@pytest.mark.parametrize("said", ["sha256", "nothing"])
def test_an_index_of_before_is_held_to_the_hash_it_names(said):
    """Lists of before name a SHA-256; one that names neither holds nothing."""
    index = build_index(invented_roll(40, seed=7))
    file = index.path / MANIFEST
    told = json.loads(file.read_text("utf-8"))
    for name, each in told["files"].items():
        del each["sum"]
        if said == "sha256":
            raw = (index.path / name).read_bytes()
            each["sha256"] = sha256(raw).hexdigest()
    file.write_text(json.dumps(told), "utf-8")
    if said == "sha256":
        index.verify()
        changed = index.path / "named.u32"
        raw = bytearray(changed.read_bytes())
        raw[-1] ^= 1
        changed.write_bytes(raw)
    with pytest.raises(RecordError, match="was changed since it was made"):
        index.verify()
