"""Certifying what was certified: the same act completed, another one refused."""

import pytest

from plebiscite.errors import InputError


def test_an_act_cut_off_is_completed_by_certifying_the_same_again(tmp_path, acts):
    """Oracle: the bytes of the public part, and the day of the first issue."""
    made = acts.certified(tmp_path, lines=80)
    first = acts.issued(made)
    public = made.out / "public"
    before = {p: p.read_bytes() for p in sorted(public.rglob("*")) if p.is_file()}

    again = acts.issued(made, issued_on=None, again=True)

    assert (again.head, again.data) == (first.head, first.data)
    assert {p: p.read_bytes() for p in before} == before
    (public / "head.txt").write_text("0" * 64 + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="certified already"):
        acts.issued(made, again=True)
