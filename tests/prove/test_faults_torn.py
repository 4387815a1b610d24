"""Torn, full, two at once: a small part of `make prove PART=faults`.

Oracles: the lines before a tear; the line of a turned bit; what each writer was told.
"""

from prove.faults import bases, little, torn
from prove.faults.act import environment, figure
from prove.faults.acts.flows import flow
from prove.faults.killed.cut import server
from prove.faults.little import Little


def test_whatever_is_torn_the_whole_lines_stand_and_the_bit_is_named(tmp_path):
    for found in torn.everything(tmp_path / "torn", every=37, cuts=11):
        assert found.wrong == ()
        assert found.told > 0.9 * found.tried - 2


def test_a_full_disk_is_one_message_and_the_state_before(tmp_path):
    with server(environment(tmp_path / "base")) as at:
        found = little.full_at(flow("sample drawn"), at, tmp_path / "full", most=2)

    assert found == Little(tried=2)


def test_two_programs_at_once_lose_nothing(tmp_path):
    assert bases.two_writers(tmp_path / "two", each=6).wrong == ()


def test_too_little_address_space_is_told_before_anything_is_done(tmp_path):
    """At 700 MiB a library ended the program with a core and no word."""
    found = little.with_little_memory(tmp_path, tmp_path, limits=(700,))

    assert found.wrong == ()


def test_what_did_not_hold_is_a_figure_that_does_not_hold():
    told = figure("x", Little(tried=3, wrong=("lost",)), "o")

    assert (told.held, told.note) == (False, "lost")


def test_a_damaged_roll_is_refused_before_it_decides(tmp_path):
    """It was read: a fault of ours, or another voter."""
    with server(environment(tmp_path / "base")) as at:
        found = bases.overwritten(at, tmp_path / "p", seed=1, tries=1, only="a roll's")

    assert set(found.values()) == {Little(tried=1, note="1 told")}
    assert len(found) == 2
