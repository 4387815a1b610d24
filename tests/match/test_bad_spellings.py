"""Given names written down from hearing: a spelling is no other person.

Oracle: the names themselves. Stephen asked his name is heard as Steven; Mario asked his
is not heard as Mariana.
"""

from __future__ import annotations

import pytest
from invented_roll import lines, voters

from plebiscite.match.find import match_lines
from plebiscite.match.written.words import nicknames

BEARERS = ["STEVEN", "STEPHEN", "KATHRYN", "CATHERINE", "PHILIP", "PHILLIP", "MARIANA"]
CROWD = [
    {"first": first, "last": f"CROWD{last}", "house": str(300 + at)}
    for at, (first, last) in enumerate(
        (first, last) for first in BEARERS for last in "ABCDEFGHIJ"
    )
]
"""Others who bear each spelling, so that none of them is a mere slip of the pen."""
SIGNER = {"last": "Vandergriff", "address": "12 Oak St, Oakland CA 94601"}


def signed(written: str, registered: str) -> dict[str, object]:
    line = {"name": f"{written} {SIGNER['last']}", "address": SIGNER["address"]}
    voter = {"first": registered, "last": "VANDERGRIFF", "house": "12"}
    return match_lines(lines(line), voters(voter, *CROWD)).row(0, named=True)


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Steven", "STEPHEN"),
        ("Stephen", "STEVEN"),
        ("Kathryn", "CATHERINE"),
        ("Phillip", "PHILIP"),
        ("Cathy", "KATHARINE"),
    ],
)
def test_a_name_spelt_otherwise_is_not_turned_away_unseen(written, registered):
    """It was: nobody found, and clear, so that no person looked."""
    answer = signed(written, registered)

    assert (answer["outcome"], answer["voter_id"]) == ("voter", "V1")


def test_who_bears_the_other_spelling_by_right_is_for_a_person_to_tell():
    assert signed("Steven", "STEPHEN")["decision"] == "review"


def test_a_name_that_only_resembles_the_voters_is_a_relatives():
    assert signed("Mariana", "MARIA")["outcome"] == "none"


def test_spellings_are_pairs_both_ways_and_share_what_their_bearers_are_called():
    pairs = nicknames()

    assert {("STEVEN", "STEPHEN"), ("STEPHEN", "STEVEN")} <= pairs
    assert {("KATHARINE", "CATHY"), ("CATHY", "KATHARINE")} <= pairs
    assert not any(one == other for one, other in pairs)
    assert all((other, one) in pairs for one, other in pairs)
