"""What is made ready before a site listens. Oracle: a process of its own, which serves
nobody, and what it says of its pages and its memory.
"""

import json
import subprocess
import sys

STARTED = """
import gc, json
before = gc.get_freeze_count()
from plebiscite.web import wsgi
from plebiscite.web.frame.warm import warm
print(json.dumps([gc.get_freeze_count() > before, warm(wsgi.django_site)]))
"""

WORKED = """
import gc, json
from plebiscite.web.frame.warm import settle
class Answer:
    def __init__(self):
        self.parts = [[self] for _ in range(350)]  # in circles, as a page leaves them
kept = [[] for _ in range(200_000)]  # what was read before it listens
settle()
working, seen, most = [None] * 4, 0, 0
for number in range(14_000):
    working[number % 4] = Answer()
    if gc.get_stats()[1]["collections"] > seen:
        seen = gc.get_stats()[1]["collections"]
        most = max(most, sum(type(each) is Answer for each in gc.get_objects(2)))
print(json.dumps([seen, most]))
"""


def started(environ, **more):
    """Start the site's code in a process; return what it kept and what it was told."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        env={**environ, **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_page_of_each_kind_is_made_in_each_language_before_anybody_asks(site):
    kept, statuses = started(site.environ, PLEBISCITE_WARM="1")

    assert kept
    assert statuses == [200] * 8  # home, laws, sign-in and a measure; two languages


def test_nothing_is_made_where_nobody_asked_for_it(site):
    assert started(site.environ, PLEBISCITE_WARM="0") == [False, []]


def test_a_site_without_its_tables_starts_all_the_same(site, tmp_path):
    """Whoever runs the application by another server may not have made them yet."""
    empty = f"sqlite:///{tmp_path / 'none.sqlite3'}"
    home = {"PLEBISCITE_HOME": str(tmp_path), "PLEBISCITE_DATABASE": empty}

    assert started(site.environ, PLEBISCITE_WARM="1", **home)[1] == []


def test_answers_that_ended_are_not_kept_for_hours():
    """An hour's soak did not once look through what had been at work meanwhile.

    Four answers at a time and the one that begins, each of 350 things in a circle. The
    young are looked through some seventy times; what was at work then, five each time,
    may wait for ten times more. Oracle: the circles are counted.
    """
    command = [sys.executable, "-c", WORKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    looks, most = json.loads(done.stdout)

    assert looks > 40
    assert 0 < most <= 5 * 12
