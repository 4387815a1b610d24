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
