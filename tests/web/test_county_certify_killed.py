"""Killed with -9 before a durable step of certifying: nothing lost, nothing half.

A step is one of `county_steps`. The count is closed; a process that certifies is killed
before its first step, others before later ones and the last; each is then done again,
as the worker of jobs does. Oracle: a certificate that nobody cut off.
"""

import json
import signal

import pytest
from cluster import why_not
from county_steps import STEPS, cuts
from county_whole import MEASURE, START, offices

from plebiscite.docket import store

pytestmark = pytest.mark.long

CLOSED = "close(desk, at=AT)"
CUT = f"{STEPS}certify()\nprint(json.dumps(count))\n"
STANDING = """
print(json.dumps({'closed': desk.closed_at, 'certified': desk.certified_at,
                  'head': desk.head, 'standing': desk.standing,
                  'decisions': desk.decisions.count()}, default=str))
"""
AGAIN = STANDING.replace("print(", "before = (").rstrip() + (
    "\ncertify()\nprint(json.dumps([json.loads(before), json.loads(after())]))\n"
)
AFTER = "def after():\n    desk.refresh_from_db()\n    return json.dumps({'closed': "
AFTER += "desk.closed_at, 'certified': desk.certified_at, 'head': desk.head, "
AFTER += "'standing': desk.standing, 'decisions': desk.decisions.count()}, default=str)"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def closed(request, tmp_path_factory):
    """Copies of an office whose count is closed, and what comes of it undisturbed."""
    if request.param == "postgresql" and (reason := why_not()):
        pytest.skip(reason)
    with offices(tmp_path_factory.mktemp("killed"), request.param) as copies:
        copies.first.do(CLOSED)
        whole = copies.another()
        done = whole.start(START + CUT, KILLED_AT="0")
        assert done.returncode == 0, done.stderr
        yield copies, whole, json.loads(done.stdout.strip().splitlines()[-1])


def published(office):
    """Return every public file by its path; a draft's path begins with a dot."""
    found = {}
    for root in ("measures", "county/desk-1/verification/public"):
        for path in sorted((office.home / root).rglob("*")):
            name = path.relative_to(office.home).as_posix()
            if path.is_file() and "/." not in name and path.name != "docket.jsonl":
                found[name] = path.read_bytes()
    return found


def certified(office):
    """Return the heads of the certificates that the docket tells of."""
    folder = office.home / "measures" / MEASURE
    assert store.verify(folder).is_whole
    return [
        event["body"]["bundle_head"]
        for event in store.read(folder)
        if event["kind"] == "certified"
    ]


def test_any_step_of_certifying_may_be_the_last(closed):
    copies, whole, steps = closed
    right, heads = published(whole), certified(whole)
    told = whole.do(STANDING)
    bundle = f"measures/{MEASURE}/public/Alpine/"
    assert steps >= 8
    for kills in cuts(steps):
        office = copies.another()
        done = office.start(START + CUT, KILLED_AT=str(kills))
        assert done.returncode == -signal.SIGKILL, done.stderr
        here, docket = published(office), certified(office)
        # What is published is whole, and of the one certificate there can be.
        assert {k: v for k, v in here.items() if k.startswith(bundle)} in (
            {},
            {k: v for k, v in right.items() if k.startswith(bundle)},
        ), kills
        assert docket in ([], heads), kills
        before, after = office.do(f"{AFTER}\n{AGAIN}")
        assert before["closed"], kills
        assert before["decisions"] == told["decisions"]
        if before["certified"]:
            assert docket == heads
            assert here == right
        assert after == told, kills
        assert published(office) == right, kills
        assert certified(office) == heads
        left = [path for path in office.home.rglob(".*") if path.is_dir()]
        assert left == [], kills
