"""The second programs, in Perl, say what the house says.

Oracle: each program was written from the published rule alone. `make prove PART=second`
asks tens of thousands of cases; here about a thousand of each.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from plebiscite.core.canonical import canonical
from plebiscite.docket import chain
from plebiscite.docket.event import FIRST, link
from prove.second import SUBJECTS, asked

KIT = Path(chain.__file__).parent / "kit" / "verify_docket.py"
EVENT = {
    "v": 1,
    "seq": 1,
    "recorded_at": "2017-01-26T12:00:00Z",
    "day": "2017-01-26",
    "kind": "noted",
    "by": "clerk",
    "authority": "law",
    "source": "",
    "body": {},
}
needs_perl = pytest.mark.skipif(asked.perl() is None, reason="here is no Perl")


@needs_perl
@pytest.mark.parametrize(
    ("program", "subject"),
    [(program, subject) for _, program, subject, _ in SUBJECTS],
    ids=[program for _, program, *_ in SUBJECTS],
)
def test_a_program_in_another_language_says_the_same(program, subject):
    cases = subject.cases(Random(20530), 1_000)  # noqa: S311

    found = asked.compare(program, cases, subject.ours)

    assert found.cases == 1_000
    assert not found.differing, found.shown


@needs_perl
def test_a_difference_would_be_seen():
    """The comparison itself: answers that are off by one are all found."""
    _, program, subject, _ = SUBJECTS[1]
    cases = subject.cases(Random(1), 20)  # noqa: S311

    found = asked.compare(
        program, cases, lambda case: [*subject.ours(case), "one more"]
    )

    assert found.differing == 20


@needs_perl
def test_the_second_projection_is_the_regulations_example():
    """Oracle: 2 CCR 20540: 24,034 lines, 722 drawn, 516 valid, 2 duplicates: 15,028."""
    case = {"law": "california", "counties": [[24034, 722, 516, 2]], "required": 15000}

    [said] = asked.second("project.pl", [case])

    assert said["projected"] == "15028"
    assert said["counties"][0]["percent"] == "7147"
    assert said["counties"][0]["weight"] == "107480950161"
    assert said["sizes"] == ["722"]


@pytest.mark.parametrize("change", [{"v": True}, {"seq": True}])
def test_an_event_numbered_true_was_taken_for_the_first(change, tmp_path):
    """A rewritten docket: in Python True == 1, in JSON it is another value."""
    rest = {**EVENT, **change}
    event = {**rest, "prev": FIRST, "hash": link(FIRST, rest)}
    raw = canonical(event) + b"\n"
    path = tmp_path / "docket.jsonl"
    path.write_bytes(raw)

    kit = subprocess.run(
        [sys.executable, str(KIT), str(path)], capture_output=True, check=False
    )

    assert chain.check(raw).soundness is chain.Soundness.CHANGED
    assert kit.returncode == 1


def test_the_same_event_with_its_right_number_is_whole():
    event = {**EVENT, "prev": FIRST, "hash": link(FIRST, EVENT)}

    found = chain.check(canonical(event) + b"\n")

    assert found.soundness is chain.Soundness.UNVERIFIED
