"""After the term: no signer's name anywhere, every public number as it was.

Every voter and signer bears a name with one invented word in it. Oracle: a search for
that word through every file of the home, every cell of the database and, on PostgreSQL,
the files and planner's samples of the database itself.
"""

import json
import os
import time
from pathlib import Path

import pytest
from cluster import why_not
from county_whole import CANARY, MEASURE, connected, offices

FOUND = CANARY.encode()
PUBLIC = """
from plebiscite.report.page.told import page_data
from plebiscite.web.measures.shelf import page_of
page = page_data(page_of({measure!r}, date(2026, 11, 23)), 'x')
print(json.dumps(page, default=str))
"""
MOVED = """
from plebiscite.docket.store import Happening, append
from plebiscite.web.jobs.models import Job, State
close(desk, at=AT)
certify()
ended = Happening(day=date(2018, 7, 18), kind='removed_by_court', by='a test',
                  authority='none')
append(settings.HOME / 'measures' / {measure!r}, [ended],
       recorded_at=datetime(2018, 7, 18, tzinfo=UTC))
cora = User.objects.get(name='Cora')
Upload.objects.create(desk=desk, kind='lines', name={word!r} + '.csv', size=1, by=cora,
                      sha256='', at=AT, state='refused', told={word!r},
                      refusals=[{{'row': 1, 'value': {word!r}}}])
Job.objects.create(kind='county.take', title={word!r}, by='cora', measure={measure!r},
                   county='Alpine', problem={word!r}, refusals=[{word!r}],
                   state=State.FAILED)
"""
PURGE = """
from plebiscite.web.county.retention import purge, term
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
def go(at=NOW):
    begun = purge.begin(desk, by='Cora', at=at)
    return dict(purge.destroy(begun, at=at, progress=silent))
"""
DOCTOR = """
from plebiscite.web.keep.doctor import examine
print(json.dumps([[f.sound, f.words] for f in examine() if f.name == 'retention']))
"""
BEFORE_END = "go(datetime(2018, 5, 20, 12, tzinfo=UTC))"


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
)
def ended(request, tmp_path_factory):
    """A certified desk whose petition will not go to the voters."""
    if request.param == "postgresql" and (reason := why_not()):
        pytest.skip(reason)
    with offices(tmp_path_factory.mktemp("purge"), request.param) as copies:
        office = copies.another()
        office.do(MOVED.format(measure=MEASURE, word=CANARY))
        office.do(
            PURGE + "term.lay_hold(desk, why='Smith v. Poe', by='Cora', at=NOW)\n"
            "term.lift_hold(desk, desk.holds.get().pk, by='Cora', at=NOW)"
        )
        yield office


def in_files(folder):
    """Return the files below a folder that hold the word, in bytes or in their path."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if (path.is_file() and FOUND in path.read_bytes()) or CANARY in path.name
    }


def in_database(office):
    """Return where PostgreSQL holds the word: rows, samples, files; {} for SQLite."""
    if not office.database:
        return set()
    found = set()
    with connected(office.database) as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' UNION ALL "
            "SELECT 'pg_stats'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - our tables
            if any(CANARY in row for (row,) in cursor.fetchall()):
                found.add(table)
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        )
        folder, number = cursor.fetchone()
    files = (Path(folder) / "base" / str(number)).iterdir()
    return found | {path.name for path in files if FOUND in path.read_bytes()}


def public(office):
    folder = office.home / "measures"
    kept = office.home / "county" / "desk-1"
    return {
        path: path.read_bytes()
        for root in (folder, kept / "office", kept / "verification" / "public")
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "docket.jsonl"
    }


def test_before_its_term_or_on_hold_nothing_goes(ended):
    """The term is that of § 17200: eight months from the certificate's 20 September."""
    before = in_files(ended.home)
    early = ended.start(_whole(BEFORE_END))
    assert "cannot be told" in early.stderr  # what the law was that day
    held = _whole("term.lay_hold(desk, why='Doe v. Roe', by='Cora', at=NOW)\ngo()")
    assert "kept on hold: Doe v. Roe" in ended.start(held).stderr
    ended.do(PURGE + "term.lift_hold(desk, desk.holds.last().pk, by='Cora', at=NOW)")
    told = "t = term.term_of(desk, NOW.date())\nprint(json.dumps([str(t.until)]))"

    assert ended.do(PURGE + told) == ["2018-05-20"]
    assert in_files(ended.home) == before
    assert {"1-roll.csv", "3-lines.csv"} <= {path.rpartition("/")[2] for path in before}


def test_the_doctor_tells_of_data_kept_beyond_their_term(ended):
    """The clock of the machine is long past 2018."""
    assert ended.do(DOCTOR) == [[None, f"kept beyond their term: Alpine: {MEASURE}"]]


def test_no_name_is_left_and_every_public_number_is(ended):
    code = PUBLIC.format(measure=MEASURE)
    numbers, published = ended.do(code), public(ended)
    stale = [
        ended.home / "uploads" / "tmpx.upload.csv",
        ended.home / ".backup.draft-x" / "rows",
    ]
    fresh = ended.home / "uploads" / "tmpy.upload.csv"
    draft = ended.home / "county" / "desk-1" / ".verification.x" / "findings"
    for path in (*stale, draft, fresh):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CANARY if path is not fresh else "another's")
    for path in (stale[0], stale[1].parent):
        os.utime(path, (time.time() - 90_000,) * 2)
    if ended.database:
        with connected(ended.database) as cursor:
            cursor.execute("ANALYZE")
        assert {"county_line", "county_upload", "jobs_job", "pg_stats"} <= in_database(
            ended
        )
    else:
        assert "plebiscite.sqlite3" in in_files(ended.home)

    record = ended.do(PURGE + "print(json.dumps(go()))")

    assert in_files(ended.home) == set()
    assert in_database(ended) == set()
    assert fresh.exists()
    assert public(ended) == published
    after = ended.do(code)
    differ = {key for key in after | numbers if after.get(key) != numbers.get(key)}
    assert differ == {"docket", "events", "verify"}  # one event longer
    assert after["events"][:-1] == numbers["events"]
    assert record["rows"] == {"lines": 60, "decisions": record["rows"]["decisions"]} | {
        "uploads": 4
    }
    assert record["rows"]["decisions"] >= 60
    assert record["kept_until"] == "2018-05-20"


def test_the_record_stays_and_doing_it_again_changes_nothing(ended):
    again = ended.do(PURGE + "print(json.dumps(go()))")
    kept = ended.do(
        "print(json.dumps([desk.purge, [u.sha256 for u in desk.uploads.all()],"
        " desk.head, desk.standing, [h.why for h in desk.holds.all()]]))"
    )
    lines = (ended.home / "measures" / MEASURE / "docket.jsonl").read_text()
    events = [json.loads(line) for line in lines.splitlines()]
    told = [each for each in events if each["kind"] == "signers_data_destroyed"]

    assert kept[0] == again
    assert ended.do(DOCTOR) == [[True, "no data of signers kept beyond their term"]]
    assert all(kept[1][1:])
    assert kept[2]
    assert kept[4][0] == "Smith v. Poe"  # lifted, and never forgotten
    assert len(told) == 1
    assert told[0]["body"] == {
        "kept_until": "2018-05-20",
        "county": "Alpine",
        "files": again["files"],
        "lines": 60,
    }
    assert "17200" in told[0]["authority"]


def test_every_page_of_the_desk_still_opens(ended):
    """Where there is nothing left to show, a page says so; none breaks."""
    code = """
client = signed_in('county')
found = {}
for page in ('', 'files/', 'commit/', 'draw/', 'queue/', 'lines/', 'find/', 'pairs/',
             'history/', 'certify/', 'retention/', 'examination/', 'bundle.zip'):
    answer = client.get(f'/county/%s/Alpine/{page}')
    found[page] = answer.status_code
found['asked'] = client.post('/county/%s/Alpine/find/', {'query': 'Fiona'}).status_code
print(json.dumps(found))
""".replace("%s", MEASURE)
    found = ended.do(code)

    assert set(found.values()) == {200}, found


def _whole(code):
    from county_whole import START

    return START + PURGE + code
