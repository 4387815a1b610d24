"""Killed with -9 before a durable step of destroying data: nothing is half said.

A step is one of `county_steps`. Its destruction is then asked for again, as the worker
of jobs does. Oracle: a destruction that nobody cut off, and a search for the word that
every signer's and voter's name holds.
"""

import json
import signal

import pytest
from county_steps import STEPS, cuts
from county_whole import CANARY, MEASURE, START, offices

from plebiscite.docket import store

pytestmark = pytest.mark.long

BEFORE = f"""
from plebiscite.docket.store import Happening, append
certify()
ended = Happening(day=date(2018, 7, 18), kind='removed_by_court', by='a test',
                  authority='none')
append(settings.HOME / 'measures' / {MEASURE!r}, [ended],
       recorded_at=datetime(2018, 7, 18, tzinfo=UTC))
"""
GO = """
from plebiscite.web.county.retention import purge
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
begun = purge.begin(desk, by='Cora', at=NOW)
purge.destroy(begun, at=NOW, progress=silent)
"""
CUT = f"{STEPS}{GO}print(json.dumps(count))\n"
STANDING = """
desk.refresh_from_db()
print(json.dumps({'begun': bool(desk.purged_at), 'purge': desk.purge,
                  'lines': desk.lines.count(), 'decisions': desk.decisions.count()}))
"""
FOUND = CANARY.encode()


@pytest.fixture
def ended(tmp_path):
    """Copies of an office whose petition will not go to the voters."""
    with offices(tmp_path, "sqlite") as copies:
        copies.first.do("close(desk, at=AT)\n" + BEFORE)
        yield copies


def named(office):
    """Return the files that hold the word."""
    return [
        path
        for path in office.home.rglob("*")
        if path.is_file() and FOUND in path.read_bytes()
    ]


def published(office):
    """Return what the desk published, by its path; a draft's name begins with a dot."""
    roots = ("measures", "county/desk-1/office", "county/desk-1/verification/public")
    return {
        path.relative_to(office.home).as_posix(): path.read_bytes()
        for root in roots
        for path in sorted((office.home / root).rglob("*"))
        if path.is_file() and path.name[0] != "." and path.name != "docket.jsonl"
    }


def told(office):
    """Return what the docket says of the destruction."""
    folder = office.home / "measures" / MEASURE
    assert store.verify(folder).is_whole
    events = store.read(folder)
    return [e["body"] for e in events if e["kind"] == "signers_data_destroyed"]


def test_a_destruction_cut_off_anywhere_is_finished_and_told_once(ended):
    before, whole = published(ended.first), ended.another()
    done = whole.start(START + CUT, KILLED_AT="0")
    assert done.returncode == 0, done.stderr
    steps = json.loads(done.stdout.strip().splitlines()[-1])
    right, said = whole.do(STANDING), told(whole)
    assert (named(whole), len(said), right["lines"]) == ([], 1, 0)
    assert named(ended.first)
    assert steps >= 12

    for cut in cuts(steps):
        office = ended.another()
        done = office.start(START + CUT, KILLED_AT=str(cut))
        assert done.returncode == -signal.SIGKILL, (cut, done.stderr)

        half = office.do(STANDING)
        if half["purge"].get("ended_at"):
            assert told(office) == said, cut
        if told(office):
            # The docket speaks only once nobody's name is left anywhere.
            assert (told(office), half["lines"], named(office)) == (said, 0, []), cut
        assert half["begun"] or half["lines"], cut
        assert published(office) == before, cut

        office.do(GO)
        assert office.do(STANDING) == right, cut
        assert (told(office), named(office)) == (said, []), cut
        assert published(office) == before, cut
