"""Certifying what was certified: the same act completed, another one refused."""

from dataclasses import replace

import pytest

from plebiscite.errors import InputError
from plebiscite.verify.publish.certify import _notes


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


@pytest.mark.parametrize(
    ("by", "version", "said"),
    [("day", "another", True), ("day", None, False), ("summary", "another", False)],
)
def test_lines_found_under_another_version_for_no_measure_are_told_so(
    bundle, by, version, said
):
    """Oracle: only of lines found as of a bare day can the measure's law be another."""
    rules = bundle.committed.rulebook()
    found = replace(
        bundle.stage,
        governed_by={by: "2017-01-26"},
        law_version=version or rules.version,
    )

    notes = list(_notes(found, rules, bundle.measure, list(bundle.certified.counts)))
    told = f"({version}) are not those that govern the measure ({rules.version})."
    assert any(note.endswith(told) for note in notes) is said
