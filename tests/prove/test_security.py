"""The chapter on security: checks that can fail.

Oracle: locks, tables, reports and times made by hand, of which it is known what is
wrong.
"""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from prove.frame.suite import ran
from prove.security.fence import crossing_keys, fence, joining_columns
from prove.security.ingredients import LOCKS, known_holes, loose_in, read
from prove.security.reviewed import LIST, held, reviewed
from prove.security.timing import ranked

HASH = "    --hash=sha256:" + "a" * 64


def test_every_lock_pins_and_hashes_every_entry():
    assert [each for lock in LOCKS for each in loose_in(read(lock))] == []


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (f"good==1.0 \\\n{HASH}\n", []),
        (f"good==1.0 ; python_version < '3.12' \\\n{HASH}\n", []),
        (f"loose>=1.0 \\\n{HASH}\n", ["loose>=1.0"]),
        ("bare==1.0\n", ["bare==1.0 without a hash"]),
        ("git+https://example.org/x\n", ["git+https://example.org/x"]),
    ],
)
def test_a_loose_entry_of_a_lock_is_seen(entry, wrong):
    assert list(loose_in(entry)) == wrong


def test_no_table_of_the_site_leads_from_signers_to_supporters():
    assert fence().held


def test_a_fence_with_nothing_on_one_side_is_no_fence(monkeypatch):
    monkeypatch.setattr("prove.security.fence.SIGNERS", "an app of another name")

    with pytest.raises(RuntimeError, match="nothing was fenced"):
        fence()


def table(app, name, *columns, leads_to=None):
    """Return what looks like a table of Django's."""
    key = SimpleNamespace(name="key", related_model=leads_to)
    meta = SimpleNamespace(
        app_label=app,
        get_fields=lambda: [key],
        concrete_fields=[SimpleNamespace(column=each) for each in columns],
    )
    return SimpleNamespace(_meta=meta, __name__=name)


def test_a_key_or_a_column_across_the_fence_is_seen():
    line = table("county", "Line", "id", "name")
    volunteer = table("campaign", "Volunteer", "id", "name", leads_to=line)

    assert list(crossing_keys([line, volunteer])) == ["Volunteer.key leads to Line"]
    assert list(joining_columns([line, volunteer])) == ["both sides have a column name"]


def test_a_finding_nobody_read_fails_and_one_that_went_away_too():
    known = reviewed("by,file,kind,number,why\nbandit,a.py,B1,1,read\n")["bandit"]

    assert held("w", "v", known, known).held
    assert "new" in held("w", "v", known + known, known).note
    assert "gone" in held("w", "v", known - known, known).note


def test_each_finding_left_has_its_reason():
    assert reviewed(LIST.read_text(encoding="utf-8"))["bandit"]
    with pytest.raises(ValueError, match="without a reason"):
        reviewed("by,file,kind,number,why\nbandit,a.py,B1,1, \n")


def test_a_known_hole_fails_and_silence_is_not_taken_for_safety():
    hole = {"name": "x", "version": "1", "vulns": [{"id": "CVE-1"}]}
    fine = {"name": "y", "version": "1", "vulns": []}
    unknown = {"name": "z", "skip_reason": "not found"}

    assert known_holes([json.dumps({"dependencies": [hole, fine]})]).held is False
    assert known_holes([json.dumps({"dependencies": [fine]})]).held is True
    assert known_holes([json.dumps({"dependencies": [unknown]})]).held is None
    assert known_holes(["no network"]).held is None
    answered = json.dumps({"dependencies": [hole, fine]})
    assert known_holes([answered, "no network"]).held is False
    assert known_holes([json.dumps({"dependencies": [fine]}), ""]).held is None


def test_a_difference_of_a_tenth_is_told_apart_and_none_is_not():
    base = [1.0 + i % 7 / 100 for i in range(60)]

    assert ranked([t + 0.1 for t in base], base)[1] < 0.001
    assert ranked(base, base) == (0.5, 1.0)
    assert ranked([1.0] * 9, [1.0] * 9) == (0.5, 1.0)


def test_failed_tests_are_named_and_none_at_all_is_no_success():
    case = '<testcase classname="a" name="b">{}</testcase>'
    cases = [case.format(each) for each in ("", "<failure/>", "<skipped/>")]
    found = ran(f"<testsuites>{''.join(cases)}</testsuites>")

    assert (found.passed, found.skipped, found.faults) == (1, 1, ("a.b",))
    with pytest.raises(RuntimeError, match="no test"):
        ran("<testsuites/>")
