"""A voter's card by number: what the roll has, and nothing of who is confidential."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.errors import RecordError
from plebiscite.roll.build import build_roll
from plebiscite.roll.cards import FOLDER, SHOWN, cards_for, open_cards
from plebiscite.roll.store import open_roll

VOTERS = {
    "voter_id": ["V9", "V10", "V1", "Ü7"],
    "last": ["Lee", "O'Neil", "Garc\tia", "Ümit"],
    "first": ["Ann", None, "Maria", "Kai"],
    "house": ["12", "7", "1", "3"],
    "street": ["Oak St", "Elm St", "Oak St", "Ash St"],
    "unit": ["4", None, None, None],
    "city": ["Markleeville", None, "Markleeville", None],
    "zip": ["96120", None, "96120", None],
    "county": ["Alpine", "Alpine", "Inyo", "Inyo"],
    "status": ["active"] * 4,
    "registered_on": ["2001-02-03"] * 4,
    "confidential": ["0", "1", "0", "0"],
}


def built(folder, voters):
    source = folder / "voters.csv"
    pl.DataFrame(voters).write_csv(source)
    build_roll(source, out=folder / "roll")
    return open_roll(folder / "roll")


def test_a_card_holds_what_the_roll_has_of_a_voter(tmp_path):
    cards = cards_for(built(tmp_path, VOTERS))
    card = cards.card("V9")

    assert (card.name, card.county, card.registered_on) == (
        "Ann Lee",
        "Alpine",
        "2001-02-03",
    )
    assert card.address == "12 Oak St, unit 4, Markleeville 96120"
    assert cards.card("V1").last == "Garc ia"
    assert cards.card("Ü7").name == "Kai Ümit"


def test_a_confidential_voter_and_a_number_of_nobody_answer_alike(tmp_path):
    cards = cards_for(built(tmp_path, VOTERS))

    assert [cards.card(each) for each in ("V10", "V", "V99", "", "V9" * 40)] == [
        None
    ] * 5
    assert b"O'Neil" not in (tmp_path / "roll" / FOLDER / "text").read_bytes()


def test_a_card_tells_nothing_of_a_voter_in_a_log(tmp_path):
    assert "Lee" not in repr(cards_for(built(tmp_path, VOTERS)).card("V9"))


def test_cards_that_are_torn_or_of_another_roll_are_refused(tmp_path):
    roll = built(tmp_path, VOTERS)
    cards_for(roll)
    text = roll.path / FOLDER / "text"
    text.write_bytes(text.read_bytes()[:-3])
    with pytest.raises(RecordError, match="torn"):
        open_cards(roll)
    told = roll.path / FOLDER / "cards.json"
    told.write_text(told.read_text().replace(roll.digest, "0" * 64))
    with pytest.raises(RecordError, match="another roll"):
        open_cards(roll)


NAME = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        NAME.filter(lambda each: each[0].isalnum()), NAME, min_size=1, max_size=9
    )
)
def test_every_voter_is_found_by_number_whatever_it_looks_like(
    tmp_path_factory, people
):
    """Oracle: the roll itself, voter by voter."""
    ids = [each for each in people if len(each.encode()) < 40]
    if not ids:
        return
    voters = {"voter_id": ids, "last": [people[each] for each in ids]}
    voters |= {"county": ["Alpine"] * len(ids), "status": ["active"] * len(ids)}
    roll = built(tmp_path_factory.mktemp("roll"), voters)
    cards = cards_for(roll)

    for row in roll.scan().collect().iter_rows(named=True):
        card = cards.card(row["voter_id"])
        assert (card.last, card.county) == (row["last"], row["county"])
        assert all(getattr(card, name) is not None for name in SHOWN)
