"""A county's desk from its files to a count ready to certify, without a server.

Everything happens in processes of its own, on SQLite or PostgreSQL, so that one of them
can be killed. Voters and signers bear invented names found nowhere else.
"""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cluster import postgresql

MEASURE, COUNTY, LINES = "simulated/18-0001", "Alpine", 60
YAML = """\
id: simulated/18-0001
title: A simulated measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 30}
"""
CANARY = "Quixcanary"
ROLL = (
    "voter_id,last,first,middle,suffix,former_last,house,unit,street,city,zip,"
    "mail_address,county,precinct,birth_year,registered_on,status,confidential"
)
LINE = (
    "line_id,section,row,county,circulator_id,first,middle,last,suffix,house,unit,"
    "street,city,zip,signed_on,signature_present,struck,withdrawn_on"
)
START = """
import json
from datetime import UTC, date, datetime
from pathlib import Path
import django
django.setup()
from django.conf import settings
from plebiscite.core.progress import silent
from plebiscite.web.accounts.models import User
from plebiscite.web.county.models import *
from plebiscite.web.county.closing.certify import certify_desk, close
desk = Desk.objects.filter(county='Alpine').first()
AT = datetime(2017, 9, 20, 12, tzinfo=UTC)
def certify(day=date(2017, 9, 20), **more):
    said = {'part': False, 'issued_on': day, 'by': 'Cora', 'at': AT, **more}
    return certify_desk(desk, progress=silent, **said)
NAMES = ('Ann', 'Bob', 'Cora')
def settle():
    from plebiscite.verify.find.decision import Word
    from plebiscite.web.county.queue.decide import Finding, Sitting, decide
    ann, bob, cora = User.objects.filter(name__in=NAMES).order_by('email')
    for line in desk.lines.filter(state='open'):
        voter = line.matched['voter_id'] or line.matched['secret']
        said = (Finding(word=Word.VALID, voter_id=voter) if voter else
                Finding(word=Word.INVALID, reason='NOT_REGISTERED', cite='c'))
        decide(desk, line.pk, said, Sitting(user=ann, at=AT, seen=line.version))
    for line in desk.lines.filter(state='second'):
        said = Finding(word=Word(line.word), voter_id=line.voter_id,
                       reason=line.reason, cite='c' if line.reason else '')
        decide(desk, line.pk, said, Sitting(user=bob, at=AT, seen=line.version))
def signed_in(role):
    from django.test import Client
    from plebiscite.web.accounts.invitations import Place, accept, invite
    from plebiscite.web.accounts.roles import Role
    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR = ['*'], False
    name = f'{role}-{User.objects.count()}@test.invalid'
    user = accept(invite(name, 'C', Role(role), Place(), by='t'), 'four horses by')
    client = Client()
    client.force_login(user)
    return client
def jobs():
    from plebiscite.web.jobs.models import Job
    from plebiscite.web.jobs.worker import take
    while take('a test'):
        pass
    return [each.problem for each in Job.objects.order_by('asked_at')]
"""
MADE = """
import django
django.setup()
from django.core.management import call_command
call_command('migrate', interactive=False, verbosity=0)
call_command('createcachetable', verbosity=0)
from plebiscite.docket.store import Happening, append
from plebiscite.web.measures.shelf import take_in
from pathlib import Path
from datetime import date
take_in(Path({paper!r}) / 'measure')
from django.conf import settings
events = [('sections_filed', date(2017, 7, 25)), ('raw_count', date(2017, 8, 1))]
added = [Happening(day=day, kind=kind, by='a test', authority='none')
         for kind, day in events]
from datetime import UTC, datetime
append(settings.HOME / 'measures' / {measure!r}, added,
       recorded_at=datetime(2017, 8, 1, tzinfo=UTC))
from plebiscite.web.accounts.models import User
for name in ('Ann', 'Bob', 'Cora'):
    User.objects.create_user(name.lower() + '@test.invalid', name, None)
"""
FILLED = """
from plebiscite.web.county.demo import hand_in
from plebiscite.web.county.drawing.acts import commit_counts, draw
from plebiscite.web.county.files.take import take
from plebiscite.web.county.queue.prepare import prepare
desk = Desk.objects.create(
    measure={measure!r}, title='A', county='Alpine', opened_at=AT,
    law='us/ca/constitutional_initiative', rekey_per_hundred=0)
cora = User.objects.get(name='Cora')
for kind in ('roll', 'manifest', 'lines'):
    take(hand_in(desk, Kind(kind), Path({paper!r}) / (kind + '.csv'), cora), silent)
commit_counts(desk, by='Cora', at=AT)
draw(desk, seed='31415926', by='Cora', at=AT)
prepare(desk, now=AT, progress=silent)
desk.refresh_from_db()
settle()
"""


@dataclass
class Office:
    """A home, its database, and a way to run code there.

    Attributes:
        home: the site's folder.
        database: its address; "" is SQLite in the home.

    """

    home: Path
    database: str = ""

    def start(self, code, **more):
        """Run Python there in a process of its own; return how it ended."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")}
        env |= {
            "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
            "PLEBISCITE_HOME": str(self.home),
            **({"PLEBISCITE_DATABASE": self.database} if self.database else {}),
            **more,
        }
        return subprocess.run(
            [sys.executable, "-c", code],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, code, *, start=START):
        """Run Python there; return the JSON it prints last."""
        done = self.start(start + code)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None


def name_of(number):
    """Return an invented surname, another for every number, in letters only."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()[:6]
    return CANARY + "".join(chr(ord("a") + int(each, 16)) for each in digest)


def paper(folder, lines=LINES):
    """Write roll, manifest, lines and measure; every fifth signer is on no roll."""
    (folder / "measure").mkdir(parents=True)
    (folder / "measure" / "measure.yaml").write_text(YAML)
    places = [(n // 10, n % 10 + 1) for n in range(lines)]
    voters = [n for n in range(lines - 4) if n % 5]
    with (folder / "roll.csv").open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(ROLL.split(","))
        for n in voters:
            street, hidden = f"{name_of(n)} St", "1" if n == voters[0] else "0"
            who = (f"V{CANARY}{n}", name_of(n), "Fiona", "", "", "")
            place = (100 + n, "", street, "Town", "95001", "", COUNTY, "1")
            sheet.writerow([*who, *place, 1970, "2010-01-01", "active", hidden])
    with (folder / "lines.csv").open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(LINE.split(","))
        for place, (section, row) in enumerate(places):
            n = place if place < lines - 4 else place - (lines - 4) + 1
            street = f"{name_of(n)} St"
            where = (f"{COUNTY}/{section}/{row}", section, row, COUNTY, "C1")
            who = ("Fiona", "", name_of(n), "", 100 + n, "", street, "Town", "95001")
            sheet.writerow([*where, *who, "2017-03-01", "yes", 0, ""])
    rows = "".join(f"{COUNTY},{n},10,0\n" for n in range(lines // 10))
    head = "county,section,lines_claimed,lines_struck\n"
    (folder / "manifest.csv").write_text(head + rows)
    return folder


def filled(folder, database="", lines=LINES):
    """Return an office whose desk is worked to the last line."""
    office = Office(home=folder / "home", database=database)
    sheets = str(paper(folder / "paper", lines))
    make = "from plebiscite.web.serve import make_home; from pathlib import Path\n"
    done = office.start(f"{make}make_home(Path({str(office.home)!r}))")
    assert done.returncode == 0, done.stderr
    office.do(MADE.format(paper=sheets, measure=MEASURE), start="")
    office.do(FILLED.format(paper=sheets, measure=MEASURE))
    return office


class Copies:
    """Copies of an office, each with a home and a database of its own."""

    def __init__(self, first, folder):
        self.first, self.folder, self.number = first, folder, 0

    def another(self):
        """Return a fresh copy of the office as it was first."""
        self.number += 1
        home = self.folder / f"copy-{self.number}"
        shutil.copytree(self.first.home, home)
        if not self.first.database:
            return Office(home=home)
        name = f"copy_{self.number}"
        base, _, template = self.first.database.rpartition("/")
        with connected(f"{base}/template1") as cursor:
            cursor.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return Office(home=home, database=f"{base}/{name}")


@contextmanager
def connected(address):
    """Yield a cursor on a database, each statement by itself."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as link, link.cursor() as cursor:
        yield cursor


@contextmanager
def offices(folder, kind, lines=LINES):
    """Yield copies of a filled office on SQLite or on a PostgreSQL of our own."""
    if kind == "sqlite":
        yield Copies(filled(folder / "first", lines=lines), folder)
        return
    with postgresql() as address:
        base = address.rpartition("/")[0]
        with connected(address) as cursor:
            cursor.execute("CREATE DATABASE first")
        yield Copies(filled(folder / "first", f"{base}/first", lines), folder)
