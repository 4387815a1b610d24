"""Every durable write goes through one place. Oracle: the code itself, read."""

from prove.faults.writes import ALLOWED, bare_writes, durable_writes


def test_no_write_is_bare_but_those_that_say_why():
    bare = {
        f"{each.place} ({each.line}): {each.words}"
        for each in bare_writes()
        if each.place not in ALLOWED
    }

    assert bare == set()


def test_no_reason_outlives_its_write():
    assert set(ALLOWED) - {each.place for each in bare_writes()} == set()


def test_the_reader_of_the_code_sees_what_is_there():
    """A sieve that lets everything through would pass the tests above."""
    assert len(durable_writes()) > 60
    assert len({each.place for each in bare_writes()}) > 40
