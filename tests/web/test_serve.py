"""The site as a process: it starts, answers, and says what is wrong with itself."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).parent / "plebiscite")


def test_the_health_page_writes_and_reads_on_both_databases(any_site):
    answer = any_site.visitor().get("/healthz")

    assert (answer.status, answer.json["status"]) == (200, "ok")
    expected = "postgresql" if any_site.database else "sqlite"
    assert answer.json["database"] == expected


def test_several_who_watch_at_once_are_all_told_that_the_site_lives(any_site):
    """Each wrote its moment, and did not find it where another came between."""
    with ThreadPoolExecutor(4) as watchers:
        told = [
            answer.status
            for answer in watchers.map(
                lambda _: any_site.visitor().get("/healthz"), range(60)
            )
        ]

    assert set(told) == {200}


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


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_another_program_has_is_refused_in_a_sentence(host, tmp_path):
    """The server's own traceback was all that was said, and exit code 1."""
    with socket.socket() as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]
        asked = [PROGRAM, "serve", "--data", tmp_path / "home", "--port", str(port)]
        ended = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert f"127.0.0.1, port {port}, cannot be served from: " in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr
