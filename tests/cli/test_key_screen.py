"""The keying screen, driven by keys. Oracle: what a person typed is what is on disk."""

import asyncio
from fractions import Fraction
from itertools import groupby
from typing import ClassVar

import pytest
from textual.widgets import Input, Label, OptionList

from plebiscite.cli.keying.picture import braille
from plebiscite.cli.keying.screen import Keying
from plebiscite.petition.keying.card import Finding, Turn
from plebiscite.petition.keying.journal import opened, read_journal
from plebiscite.petition.keying.scanned import cards_of_serials
from plebiscite.petition.keying.session import Session

MARIA = (*"Maria Lopez", "enter", *"12 Oak St", "enter", *"Alto", "enter", *"96120")
KNOWN = {"000123": {"county": "Alpine", "circulator_id": "C0001"}}


WORD = 3
"""Letters from which on a text is put in at once: each key waits for the screen."""


async def keyed(pilot, screen, step):
    """Press keys, and put texts into the field they are meant for at once."""
    for is_letter, run in groupby(step, lambda key: len(key) == 1):
        keys = list(run)
        if is_letter and len(keys) >= WORD:
            assert isinstance(screen.focused, Input)
            screen.focused.insert_text_at_cursor("".join(keys))
            await pilot.pause()
        else:
            await pilot.press(*keys)


def drive(
    tmp_path,
    *steps,
    by="Lee",
    rows=2,
    twice=Fraction(0),
    find=None,
    readings=None,
    type_out=False,
):
    """Open the screen, press keys or ask questions, leave; return what stands."""

    async def at_the_screen():
        with opened(tmp_path) as journal:
            session = Session(
                cards=cards_of_serials([123], {123: rows}, known=KNOWN),
                journal=journal,
                by=by,
                seed="123456",
                share=twice,
            )
            screen = Keying(session, find=find, year=2017, readings=readings)
            async with screen.run_test(size=(80, 24)) as pilot:
                for step in steps:
                    if callable(step):
                        step(screen)
                    elif type_out:
                        await pilot.press(*step)
                    else:
                        await keyed(pilot, screen, step)
                    await pilot.pause()

    asyncio.run(at_the_screen())
    return list(read_journal(tmp_path).decided.values())


def test_a_line_is_keyed_field_by_field_and_saved_by_one_letter(tmp_path):
    """Each letter is a key here."""
    keyed = drive(tmp_path, MARIA, ["enter", "y"], type_out=True)

    assert [(each.place, each.finding, dict(each.texts)) for each in keyed] == [
        (
            ("000123", 1),
            Finding.WRITTEN,
            {
                "name": "Maria Lopez",
                "address": "12 Oak St",
                "city": "Alto",
                "zip": "96120",
                "signature_present": "yes",
            },
        )
    ]


def test_one_key_says_blank_crossed_out_or_as_above(tmp_path):
    keyed = drive(
        tmp_path,
        ["f4"],
        [*"Ana Ruiz", "enter", "f2", "f2", "f2", "f3"],
    )

    assert [each.finding for each in keyed] == [Finding.BLANK, Finding.STRUCK]
    assert keyed[0].texts == {}
    assert keyed[1].texts == {
        "name": "Ana Ruiz",
        "address": '"',
        "city": '"',
        "zip": '"',
        "signature_present": "unknown",
    }


def test_undo_brings_the_card_back_and_skip_puts_it_off(tmp_path):
    keyed = drive(tmp_path, ["f4"], ["f6"], ["f5"], ["f4"], ["f4"])

    # Undone, line 1 was put off: line 2 and the declaration came before it.
    assert [each.place for each in keyed] == [("000123", 2), ("000123", 0)]


def test_leaving_by_ctrl_c_keeps_all_and_the_next_session_goes_on(tmp_path):
    first = drive(tmp_path, MARIA, ["enter", "y"], [*"half a na"], ["ctrl+c"])
    assert [each.place for each in first] == [("000123", 1)]

    seen = []
    drive(tmp_path, lambda screen: seen.append(screen.card.place))

    assert seen == [("000123", 2)]


def test_a_day_that_is_none_is_refused_beside_its_field(tmp_path):
    def look(screen):
        said = screen.query_one("#says-from", Label)
        assert "3/14" in str(said.render())
        assert said.has_class("wrong")
        assert screen.focused.id == "from"

    keyed = drive(
        tmp_path,
        ["f4"],
        ["f4"],
        ["enter", "enter", *"13/44", "enter"],
        look,
        [*["backspace"] * 5, *"3/1", "enter", *"3/9", "enter", *"c", "enter", "y"],
    )

    assert keyed[-1].texts == {
        "county": "Alpine",
        "circulator_id": "C0001",
        "from": "2017-03-01",
        "to": "2017-03-09",
        "declaration": "complete",
        "paid": "1",
    }


def test_a_candidate_is_taken_by_its_digit_and_types_nothing(tmp_path):
    asked = []

    def find(query):
        asked.append(query)
        return [
            {"voter_id": f"V{n}", "score": "0.9", "why": "maria: name"} for n in (1, 2)
        ]

    def look(screen):
        assert screen.query_one(OptionList).option_count == 2
        assert screen.query_one("#zip", Input).value == ""

    keyed = drive(
        tmp_path,
        [*"Maria Lopez", "enter", "down", "2"],
        look,
        ["enter"],
        find=find,
    )

    assert asked[-1] == "Maria Lopez"
    assert keyed[0].voter == "V2"
    assert keyed[0].texts["name"] == "Maria Lopez"


def test_a_second_person_keys_blindly_and_a_key_settles_what_differs(tmp_path):
    lee = [MARIA, ["enter", "y"], ["f4"], ["enter"] * 4, [*"c", "enter", "y"]]
    drive(tmp_path, *lee, rows=1, twice=Fraction(1))

    def blind(screen):
        assert screen.turn is Turn.SECOND
        assert screen.query_one("#name", Input).value == ""

    seconds = drive(
        tmp_path,
        blind,
        MARIA[: len("Maria Lope")],
        ["s", "enter", "enter", "enter", "enter", "y"],
        rows=1,
        twice=Fraction(1),
        by="Kim",
    )
    assert seconds[-1].turn is Turn.SECOND

    def both(screen):
        assert "Maria Lopez" in str(screen.query_one("#other").render())
        assert "Maria Lopes" in str(screen.query_one("#other").render())

    settled = drive(tmp_path, both, ["f7"], rows=1, twice=Fraction(1), by="Pat")

    assert settled[-1].turn is Turn.SETTLED
    assert settled[-1].texts["name"] == "Maria Lopez"


def test_an_image_becomes_dots_where_there_is_ink(tmp_path):
    """Oracle: a picture half black: the letters of its left half are full."""
    image = pytest.importorskip("PIL.Image")
    half = image.new("L", (80, 32), 255)
    half.paste(0, (0, 0, 40, 32))
    half.save(tmp_path / "half.png")

    rows = braille(tmp_path / "half.png", 10, 5)

    assert {row[:4] for row in rows} == {"\u28ff" * 4}
    assert {row[6:] for row in rows} == {"\u2800" * (len(rows[0]) - 6)}
    assert braille(tmp_path / "missing.png", 10, 5) == []


def test_a_suggestion_shows_when_it_comes_and_touches_nothing_typed(tmp_path):
    """Oracle: a reader that makes a word out only after the card is on the screen."""

    class Late:
        words: ClassVar[dict[str, str]] = {}

        def of(self, card):
            return self.words if card.row == 1 else {}

    shown = []

    def arrives(screen):
        shown.append(str(screen.query_one("#says-name", Label).content))
        Late.words["name"] = "MARIA L0PEZ"
        screen._look_again()
        shown.append(str(screen.query_one("#says-name", Label).content))
        shown.append(screen.query_one("#name", Input).value)

    def taken(screen):
        shown.append(screen.query_one("#name", Input).value)

    drive(tmp_path, [*"Mar"], arrives, ["f9"], taken, readings=Late())

    assert shown == ["", "MARIA L0PEZ?  F9", "Mar", "MARIA L0PEZ"]
