"""Names as they are written where family names come first, double, or with particles.

Oracle: who the person is, known by construction. A matcher that reads every name as
"First Middle Last" turns such voters away more often than others, and surely so.
"""

import pytest
from invented_roll import lines, voters

from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
STRANGER = {"first": "JOHN", "last": "SMITH", "house": "14", "street": "ELM ST"}


def found(name, *rows, **changed):
    return match_lines(
        lines({"name": name, **HOME, **changed}), voters(*rows, STRANGER)
    ).row(0, named=True)


@pytest.mark.parametrize(
    ("name", "voter"),
    [
        ("Maria García López", {"first": "MARIA", "last": "GARCIA"}),
        (
            "Juan Carlos Lopez Ramirez",
            {"first": "JUAN", "middle": "CARLOS", "last": "LOPEZ"},
        ),
        ("Nguyen Thi Hoa", {"first": "THI", "middle": "HOA", "last": "NGUYEN"}),
        ("Kim Min Jun", {"first": "MIN-JUN", "last": "KIM"}),
        ("Chen Wei-Ming", {"first": "WEI MING", "last": "CHEN"}),
        ("Chen Weiming", {"first": "WEI", "middle": "MING", "last": "CHEN"}),
        ("Min Jun Kim", {"first": "MIN-JUN", "last": "KIM"}),
        ("Minjun Kim", {"first": "MIN-JUN", "last": "KIM"}),
        ("Ana Cruz", {"first": "ANA", "last": "DE LA CRUZ"}),
        ("Ana Delacruz", {"first": "ANA", "last": "DE LA CRUZ"}),
        ("Piet van den Berg", {"first": "PIET", "last": "VAN DER BERG"}),
    ],
)
def test_a_name_is_known_in_the_order_of_its_language(name, voter):
    answer = found(name, voter)

    assert (answer["outcome"], answer["voter_id"]) == ("voter", "V1")
    assert answer["reason"] is None


@pytest.mark.parametrize(
    ("name", "voter"),
    [
        ("Rosa García López", {"first": "MARIA", "last": "GARCIA"}),
        ("Nguyen Thi Lan", {"first": "THI", "middle": "HOA", "last": "NGUYEN"}),
        ("Kim Min Ho", {"first": "MIN-JUN", "last": "KIM"}),
        ("Eva Cruz", {"first": "ANA", "last": "DE LA CRUZ"}),
    ],
)
def test_a_relative_with_such_a_name_is_not_the_voter(name, voter):
    assert found(name, voter)["outcome"] == "none"


def test_a_nickname_of_the_middle_name_is_for_a_person():
    """Bob may be William Robert himself, or a son of his."""
    voter = {"first": "WILLIAM", "middle": "ROBERT", "last": "LEE"}
    answer = found("Bob Lee", voter)

    assert (answer["outcome"], answer["decision"]) == ("none", "review")
    assert found("Bob Lee", voter, house="77")["decision"] == "clear"


def test_a_double_surname_that_someone_else_bears_is_for_a_person():
    """The line may be made of Maria López's name and Maria García's address."""
    elsewhere = {"house": "8", "street": "PINE AVE"}
    answer = found(
        "Maria García López",
        {"first": "MARIA", "last": "GARCIA"},
        {"first": "MARIA", "last": "LOPEZ", **elsewhere},
    )

    assert (answer["reason"], answer["decision"]) == ("ADDR_DIFFERENT", "review")


@pytest.mark.parametrize("street", ["12 ST", "12TH ST", "TWELFTH STREET"])
@pytest.mark.parametrize("written", ["12 St", "12th St", "Twelfth Street"])
def test_a_numbered_street_is_one_street_however_it_is_written(street, written):
    voter = {"first": "MARIA", "last": "GARCIA", "house": "45", "street": street}
    answer = found("Maria Garcia", voter, house="45", street=written)

    assert (answer["outcome"], answer["reason"]) == ("voter", None)
