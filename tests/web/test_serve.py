"""The site as a process: it starts, answers, and says what is wrong with itself."""

import subprocess
import sys


def test_the_health_page_writes_and_reads_on_both_databases(any_site):
    answer = any_site.visitor().get("/healthz")

    assert (answer.status, answer.json["status"]) == (200, "ok")
    expected = "postgresql" if any_site.database else "sqlite"
    assert answer.json["database"] == expected


def test_every_role_signs_in(any_site):
    for key in any_site.accounts:
        assert any_site.sign_in(key).get("/account/").status == 200


def test_the_code_of_every_page_is_read_before_anybody_asks(site):
    """Oracle: a process of the site's own, which serves nothing, and its modules."""
    code = (
        "import sys\n"
        "from plebiscite.web import wsgi\n"
        "pages = ['county.queue.find_views', 'measures.pages.laws']\n"
        "print([name for name in pages if 'plebiscite.web.' + name not in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=site.environ,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"
