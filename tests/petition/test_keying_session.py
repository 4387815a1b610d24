"""Keying without a screen. Oracle: cards counted by hand; nothing decided is lost."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_campaign import AT

from plebiscite.errors import InputError, RecordError
from plebiscite.petition.keying.card import Finding, Turn, day_text, understood
from plebiscite.petition.keying.double import keyed_twice
from plebiscite.petition.keying.journal import Journal, opened, read_journal
from plebiscite.petition.keying.readings import Readings
from plebiscite.petition.keying.scanned import cards_of_scan, cards_of_serials
from plebiscite.petition.keying.session import Session

CARDS = cards_of_serials([1, 2], {1: 3, 2: 3})


def session(journal, by="Lee", share=Fraction(0)):
    return Session(cards=CARDS, journal=journal, by=by, seed="123456", share=share)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["key", "skip", "undo"]), max_size=40))
def test_whatever_is_pressed_every_card_is_keyed_once_in_the_end(
    tmp_path_factory, acts
):
    """And what the disk says is what the session holds."""
    folder = tmp_path_factory.mktemp("keyed")
    with opened(folder) as journal:
        desk = session(journal)
        for act in [*acts, *["key"] * 100]:
            due = desk.next()
            if act == "undo":
                desk.undo(at=AT)
            elif due and act == "skip":
                desk.skip(due[0])
            elif due:
                desk.decide(*due, Finding.BLANK, {}, at=AT)
        assert desk.next() is None
        assert desk.progress().done
    kept = read_journal(folder).decided
    assert kept == journal.decided
    assert sorted(each.place for each in kept.values()) == sorted(
        card.place for card in CARDS
    )


def test_a_second_person_gets_what_the_seed_picks_and_never_their_own(tmp_path):
    with opened(tmp_path) as journal:
        desk = session(journal, share=Fraction(1, 2))
        while due := desk.next():
            assert due[1] is Turn.FIRST
            desk.decide(*due, Finding.BLANK, {}, at=AT)
        other = session(journal, by="Kim", share=Fraction(1, 2))
        again = []
        while due := other.next():
            again.append(due[0].place)
            assert due[1] is Turn.SECOND
            other.decide(*due, Finding.BLANK, {}, at=AT)

    picked = [
        card.place
        for card in CARDS
        if card.row and keyed_twice("123456", *card.place, Fraction(1, 2))
    ]
    assert again == picked


def test_a_seed_picks_about_its_share_and_a_larger_share_holds_the_smaller():
    places = [(f"{n:06d}", row) for n in range(1, 501) for row in range(1, 9)]
    few, more = (
        {place for place in places if keyed_twice("271828", *place, share)}
        for share in (Fraction(1, 20), Fraction(1, 10))
    )

    # 4,000 lines at 5%: 200, with a standard deviation of 13.8.
    assert 150 < len(few) < 250
    assert few < more


def test_only_one_person_keys_in_a_folder_at_a_time(tmp_path):
    with (
        opened(tmp_path),
        pytest.raises(InputError, match="somebody is keying"),
        opened(tmp_path),
    ):
        pass


def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path, monkeypatch):
    with opened(tmp_path) as journal:
        desk = session(journal)
        desk.decide(*desk.next(), Finding.BLANK, {}, at=AT)
        before = journal.path.read_bytes()

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("plebiscite.petition.keying.journal.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            desk.decide(*desk.next(), Finding.BLANK, {}, at=AT)
        monkeypatch.undo()

        assert journal.path.read_bytes() == before
        assert desk.progress().keyed == 1
        desk.decide(*desk.next(), Finding.BLANK, {}, at=AT)
    assert [each.row for each in read_journal(tmp_path).decided.values()] == [1, 2]


@pytest.mark.parametrize(
    ("name", "typed", "held"),
    [
        ("from", "3/14", "2017-03-14"),
        ("from", "3/14/16", "2016-03-14"),
        ("from", "2017-03-14", "2017-03-14"),
        ("paid", "Y", "1"),
        ("signature_present", "", "unknown"),
        ("declaration", "uns", "unsigned"),
        ("name", "  Ana   Ruiz ", "Ana Ruiz"),
        ("address", '"', '"'),
    ],
)
def test_what_is_typed_is_held_as_the_files_want_it(name, typed, held):
    assert understood(name, typed, year=2017) == held


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("from", "2/30"),
        ("from", "soon"),
        ("paid", "perhaps"),
        ("declaration", "n"),
        ("declaration", ""),
        ("name", "x" * 201),
    ],
)
def test_what_a_field_cannot_hold_is_refused(name, typed):
    with pytest.raises(InputError):
        understood(name, typed, year=2017)


@given(st.dates())
def test_every_day_reads_back_as_itself(day):
    assert day_text(day.isoformat(), year=2017) == day.isoformat()


def test_a_journal_begins_empty(tmp_path):
    assert read_journal(tmp_path) == Journal(path=tmp_path / "keyed.jsonl")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("row", "1e999", "not of a journal"),
        ("row", "2.5", "not of a journal"),
        ("row", "true", "not of a journal"),
        ("section", r'"\ud800"', "not of a journal"),
        ("by", r'"Lee\udfff"', "not of a journal"),
        ("texts", r'{"name": "\ud83d"}', "not of a journal"),
        ("texts", r'{"name": "\ud83d\ude00"}', ""),
    ],
)
def test_a_journal_holds_what_could_be_keyed_and_written(tmp_path, name, value, says):
    """Oracle: JSON may hold half a character, which no file takes, and endless rows."""
    with opened(tmp_path) as journal:
        session(journal).decide(CARDS[0], Turn.FIRST, Finding.BLANK, {}, at=AT)
    entry = json.loads(journal.path.read_text())
    text = json.dumps({**entry, "body": {**entry["body"], name: "HERE"}})
    journal.path.write_text(text.replace('"HERE"', value) + "\n")
    if not says:
        assert read_journal(tmp_path).decided[1].texts == {"name": "\U0001f600"}
        return

    with pytest.raises(RecordError, match=says):
        read_journal(tmp_path)


@pytest.mark.parametrize("pages", ["[" * 100_000, "7", '[{"standing": "read"}]'])
def test_damaged_pages_of_a_scan_are_named(tmp_path, pages):
    (tmp_path / "pages.json").write_text(f'{{"format": 1, "pages": {pages}}}')

    with pytest.raises(InputError, match=r"holds no pages\.json that we can read"):
        cards_of_scan(tmp_path)


@pytest.mark.parametrize("section", ['"x"', r'"\ud800"', "null", '"1e9"'])
def test_a_page_of_a_section_that_is_no_number_is_named(tmp_path, section):
    page = f'{{"standing": "read", "images": "a", "section": {section}}}'
    (tmp_path / "pages.json").write_text(f'{{"format": 1, "pages": [{page}]}}')

    with pytest.raises(InputError, match=r"holds no pages\.json that we can read"):
        cards_of_scan(tmp_path)


@pytest.mark.parametrize("line", ["[" * 100_000, r'{"line_id": "\ud800"}', "7", "{}"])
def test_damaged_suggestions_are_named(tmp_path, line):
    (tmp_path / "suggestions.jsonl").write_text(f"{line}\n")

    with pytest.raises(RecordError, match="take it away"):
        Readings(tmp_path)
