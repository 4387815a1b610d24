"""A site cut off while its tables are made starts again as if nothing had been.

Oracle: the tables and the notes of an undisturbed start. Before, whoever was killed
between a change of the tables and its note could never start that site again.
"""

import json
import os
import signal
import subprocess
import sys

import pytest
from cluster import postgresql, why_not

MAKE = """
import json, os, signal, sys
import django
django.setup()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from plebiscite.web.keep.tables import make_tables

noted = MigrationRecorder.record_applied
def killed(self, app, name):
    if [app, name] == sys.argv[1:]:
        os.kill(os.getpid(), signal.SIGKILL)
    noted(self, app, name)
MigrationRecorder.record_applied = killed
if sys.argv[1:] != ["look"]:
    make_tables()
notes = MigrationRecorder(connection).applied_migrations()
print(json.dumps([connection.introspection.table_names(), sorted(notes)]))
"""
NOTHING = [[], []]


def asked(home, database, *words):
    """Make the tables, or look at them, in a process of its own."""
    known = {
        "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        "PLEBISCITE_HOME": str(home),
        "PLEBISCITE_DATABASE": database,
    }
    return subprocess.run(
        [sys.executable, "-c", MAKE, *words],
        env={**os.environ, **known},
        capture_output=True,
        text=True,
        check=False,
    )


def told(ended):
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture
def home(tmp_path):
    place = tmp_path / "home"
    place.mkdir(mode=0o700)
    (place / "secret").write_text("only for a test, and long enough for one")
    return place


def started_again(home, database, clean):
    """Kill the making at its first and at its last note; then make, twice."""
    whole = told(asked(home, clean))
    assert len(whole[1]) > 30
    for step in (["contenttypes", "0001_initial"], ["county", "0004_after_the_draw"]):
        assert step in whole[1]
        assert asked(home, database, *step).returncode == -signal.SIGKILL
        assert told(asked(home, database, "look")) == NOTHING
    assert told(asked(home, database)) == whole
    assert told(asked(home, database)) == whole


def test_on_sqlite(home, tmp_path):
    started_again(home, "", f"sqlite:///{tmp_path}/clean.sqlite3")


@pytest.mark.long
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_on_postgresql(home):
    import psycopg

    with postgresql() as address:
        with psycopg.connect(address, autocommit=True) as at:
            at.execute("CREATE DATABASE clean")
        started_again(home, address, address.rpartition("/")[0] + "/clean")
