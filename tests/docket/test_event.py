"""An event says what happened, and nothing about any person."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from plebiscite.docket.event import FIRST, Event, refuse_personal
from plebiscite.errors import InputError

NOON = datetime(2017, 7, 25, 12, 0, tzinfo=UTC)


def event(**changed):
    given = {
        "seq": 1,
        "recorded_at": NOON,
        "day": date(2017, 7, 25),
        "kind": "filed_with_counties",
        "by": "Secretary of State",
        "authority": "Cal. Elec. Code § 9030",
        "body": {"raw": {"Alpine": 350}},
    }
    return Event(**{**given, **changed})


def test_the_hash_follows_the_published_recipe():
    """Oracle: the recipe written out by hand, byte for byte."""
    rest = (
        '{"authority":"Cal. Elec. Code § 9030","body":{"raw":{"Alpine":350}},'
        '"by":"Secretary of State","day":"2017-07-25","kind":"filed_with_counties",'
        '"recorded_at":"2017-07-25T12:00:00Z","seq":1,"source":"","v":1}'
    )

    assert event().hash == sha256((FIRST + rest).encode()).hexdigest()


@pytest.mark.parametrize(
    "key", ["voter_id", "name", "signer_name", "line_id", "Last", "zip", "birth-year"]
)
def test_a_personal_key_is_refused_at_any_depth(key):
    """Oracle: a list of keys that point at a person."""
    with pytest.raises(InputError, match="no personal data") as caught:
        event(body={"counties": [{"Alpine": {key: "CANARY"}}]})

    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("key", ["lines_claimed", "raw", "valid", "counties", "voters"])
def test_counts_are_welcome(key):
    refuse_personal({key: 5})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "Filed!"}, "lower-case words"),
        ({"by": ""}, "which office"),
        ({"authority": ""}, "on what law"),
        ({"recorded_at": datetime(2017, 7, 25)}, "no time zone"),  # noqa: DTZ001
    ],
)
def test_a_malformed_event_is_refused_with_the_remedy(changed, says):
    with pytest.raises(InputError, match=says):
        event(**changed)


def test_a_personal_key_is_refused_though_nothing_stands_under_it():
    """Oracle: the key itself points at a person; an empty list is no excuse."""
    for empty in ([], {}, None, ""):
        with pytest.raises(InputError, match="leave 'voter_id' out"):
            refuse_personal({"counties": {"voter_id": empty}})


def test_an_address_in_a_list_is_told_by_the_name_of_the_list():
    """Oracle: the key that a person must look for; the address is not repeated."""
    with pytest.raises(InputError, match="leave 'contacts' out") as caught:
        refuse_personal({"contacts": [["canary@example.org"]]})

    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("field", ["by", "source"])
def test_an_address_beside_the_body_is_refused_by_its_field(field):
    """Oracle: the two fields that people fill in by hand, besides the body."""
    with pytest.raises(InputError, match=f"leave '{field}' out") as caught:
        event(**{field: "Ann, canary@example.org"})

    assert "canary" not in str(caught.value)
