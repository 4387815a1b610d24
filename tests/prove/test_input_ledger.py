"""The long proof of readers is done in parts. Oracle: turns written by hand."""

from __future__ import annotations

import base64
import time
from dataclasses import replace

import pytest

from prove.frame.figure import Ground
from prove.input import act
from prove.input.act import NOTHING, READERS, fed, summed
from prove.input.ledger import FOUND, LENT, Ledger, code, lend, take_back

OLD, NEW = "an older code", "the code now"


def turn(tries, *, faults=(), seconds=1.0):
    return {**NOTHING, "tries": tries, "seconds": seconds, "faults": list(faults)}


@pytest.fixture
def ledger(tmp_path):
    return Ledger(folder=tmp_path / "fed", code=NEW)


def test_turns_of_every_run_count_and_a_torn_one_is_none(ledger):
    ledger.note("law file", turn(5), "2026-01-01")
    ledger.note("docket", turn(90), "2026-01-01")
    replace(ledger, code=OLD).note("law file", turn(7), "2026-01-02")
    with ledger.path.open("a", encoding="utf-8") as file:
        file.write('{"reader": "law file", "tri')

    turns = ledger.turns()
    ledger.note("poll", turn(1), "2026-01-03")

    assert len(ledger.turns()) == len(turns) + 1
    assert summed(ledger.of("law file", turns))["tries"] == 12
    assert ledger.here(turns) == 95
    assert act.so_far(ledger, turns).endswith(
        "since 2026-01-01, 95 of them on this code"
    )


def test_a_fault_of_other_code_counts_no_more_but_its_input_is_tried_again(ledger):
    """Mended faults stood in the report for ever; and nobody tried them again."""
    bad = {"kind": "slow", "place": "a.py:1", "words": ""}
    held = {**bad, "input": base64.b85encode(b"swollen").decode()}
    replace(ledger, code=OLD).note("law file", turn(1, faults=[held]), "2026-01-01")
    ledger.note("docket", turn(1, faults=[bad]), "2026-01-01")

    turns = ledger.turns()

    assert summed(ledger.of("law file", turns))["faults"] == []
    assert summed(ledger.of("docket", turns))["faults"] == [bad]
    corpus = ledger.corpus("law file", turns)
    assert [each.read_bytes() for each in corpus.iterdir()] == [b"swollen"]


def test_a_turn_takes_up_a_draw_of_a_grown_corpus_and_all_that_broke(tmp_path):
    """A grown corpus was tried again at each turn, and nothing new was reached."""
    corpus, folder = tmp_path / "corpus", tmp_path / "turn"
    corpus.mkdir()
    for number in range(2 * LENT):
        (corpus / f"{number:0{FOUND}x}").write_bytes(b"%d" % number)
    (corpus / "fault-0").write_bytes(b"swollen")

    lend(corpus, folder, seed=1)
    lent = {each.name for each in folder.iterdir()}
    (folder / ("f" * FOUND)).write_bytes(b"new")
    (folder / "0").write_bytes(b"a good file")
    take_back(folder, corpus)

    assert len(lent) == LENT + 1
    assert (folder / "fault-0").read_bytes() == b"swollen"
    kept = {each.name for each in corpus.iterdir()}
    assert lent < kept
    assert "f" * FOUND in kept
    assert "0" not in kept
    lend(corpus, tmp_path / "other", seed=2)
    assert {each.name for each in (tmp_path / "other").iterdir()} != lent


@pytest.mark.parametrize("words", ["a\u2028b\x85c", "half a sign: \udc80", "é"])
def test_a_fault_is_kept_whatever_it_said(ledger, words):
    fault = {"kind": "died", "place": "", "words": words}
    ledger.note("docket", turn(1, faults=[fault]), "2026-01-01")

    assert summed(ledger.of("docket", ledger.turns()))["faults"] == [fault]


def test_other_code_has_another_digest_and_the_same_the_same():
    assert code() == code()
    assert len(code()) == 16


def test_a_long_proof_goes_on_where_the_last_one_stopped(tmp_path, monkeypatch):
    """It began with nothing each time: ten million inputs had to come in one run."""
    asked, end = [], time.monotonic() + 3600

    def quick(reader, _base, ground, words, _slow, *, kept):
        asked.append(reader.name)
        assert ("--plain" in words) == (asked.count(reader.name) % 2 == 0)
        if len(asked) == stops:
            object.__setattr__(ground, "until", 0.0)
        assert kept is not None
        return turn(10)

    monkeypatch.setattr(act, "_feed", quick)
    monkeypatch.setattr(act, "KEPT", tmp_path / "fed")
    monkeypatch.setattr(act, "HANDS", 1)
    monkeypatch.setattr(act, "LONG", 10 * len(READERS))
    ground = Ground(minutes=8, long=True, seed=1, folder=tmp_path, say=print, until=end)

    stops = 3
    first = list(fed(tmp_path, ground, 60))
    stops = 0
    object.__setattr__(ground, "until", end)
    second = list(fed(tmp_path, ground, 60))

    assert first[-1].value.startswith("30 inputs to ")
    assert asked[3] not in asked[:3]  # those who had nothing yet come first
    assert set(asked) == {reader.name for reader in READERS}
    tries = int(second[-1].value.partition(" ")[0].replace(",", ""))
    assert tries == 10 * len(asked) >= act.LONG
    assert list(fed(tmp_path, ground, 60))[-1].value == second[-1].value
