"""What the site refuses to start with. Oracle: the list in docs/how-to/serve.md."""

import os
import subprocess

import pytest
from served import PLEBISCITE

from plebiscite.web.database import database
from plebiscite.web.safety import is_local, is_local_address


@pytest.fixture
def serve(tmp_path):
    """Try to serve with some environment; return what it said. It never starts."""

    def attempt(*words, **said):
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")},
            "PLEBISCITE_HOME": str(tmp_path / "home"),
            **{f"PLEBISCITE_{name}": value for name, value in said.items()},
        }
        done = subprocess.run(
            [PLEBISCITE, "serve", *words],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, " ".join(done.stderr.split())

    return attempt


def test_an_open_door_without_https_is_refused_with_every_reason_at_once(serve):
    code, said = serve(
        "--host", "0.0.0.0", DEBUG="1", SECRET="short", SECOND_FACTOR="0", HOSTS="*"
    )

    assert code == 2
    for reason in ("DEBUG", "https://", "SECRET", "SECOND_FACTOR", "HOSTS"):
        assert reason in said


def test_a_demonstration_is_for_this_machine_only(serve):
    code, said = serve("--demo", "--host", "0.0.0.0", URL="https://petitions.example")

    assert code == 2
    assert "demonstration" in said


@pytest.mark.parametrize("url", ["petitions.example.gov", "https:/x", "https://["])
def test_a_public_address_is_written_whole(serve, url):
    """Without its scheme it named no host, and the site took itself for a local one."""
    code, said = serve(URL=url, SECOND_FACTOR="0")

    assert code == 2
    assert "https://petitions.example.gov" in said


def test_an_address_that_names_no_host_is_a_public_one():
    assert is_local_address("")
    assert is_local_address("http://127.0.0.1:8000")
    assert not is_local_address("petitions.example.gov")
    assert not is_local_address("https://petitions.example.gov")


@pytest.mark.parametrize("command", [("doctor",), ("account", "list")])
def test_a_home_that_is_none_is_not_made_to_be_looked_at(tmp_path, command):
    done = subprocess.run(
        [PLEBISCITE, *command, "--data", str(tmp_path / "slip")],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == 2
    assert "plebiscite upgrade" in done.stderr
    assert not (tmp_path / "slip").exists()


def test_several_workers_on_sqlite_are_refused(serve):
    code, said = serve("--workers", "2")

    assert code == 2
    assert "PostgreSQL" in said


def test_a_database_that_is_none_is_refused_in_words(serve):
    code, said = serve(DATABASE="mysql://localhost/x")

    assert code == 2
    assert "postgresql://" in said


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.8", False),
        ("petitions.example", False),
    ],
)
def test_only_the_loopback_counts_as_this_machine(host, local):
    assert is_local(host) is local


def test_sqlite_keeps_a_rollback_journal_and_writes_through(site):
    """Oracle: SQLite itself, asked through the site's own connection."""
    found = site.do(
        "from django.db import connection as c\n"
        "ask = lambda name: c.cursor().execute('PRAGMA ' + name).fetchone()[0]\n"
        "print(json.dumps([ask('journal_mode'), ask('synchronous')]))"
    )

    full = 2
    assert found == ["delete", full]


def test_the_password_of_a_database_may_hold_any_character(tmp_path):
    found = database(
        "postgresql://me:p%40ss%2Fword@db:5433/votes?sslmode=require", tmp_path
    )

    assert (found["USER"], found["PASSWORD"]) == ("me", "p@ss/word")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", "5433", "votes")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_every_answer_carries_the_headers(site):
    """Oracle: the list in docs/how-to/serve.md, on a page, a file, a fault and JSON."""
    for path in (
        "/",
        "/static/plebiscite.css",
        "/none/",
        "/api/v1/measures",
        "/sign-in/",
    ):
        headers = site.visitor().get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        if not path.startswith("/static/"):
            csp = headers["Content-Security-Policy"]
            assert "default-src 'none'" in csp
            assert "unsafe" not in csp
            assert headers["X-Frame-Options"] == "DENY", path


def test_desks_are_kept_in_no_cache(site):
    assert (
        "no-store" in site.sign_in("county").get("/account/").headers["Cache-Control"]
    )


def test_no_upload_is_served(site):
    (site.home / "uploads" / "roll.csv").write_text("secret")

    for path in ("/uploads/roll.csv", "/static/../uploads/roll.csv", "/media/roll.csv"):
        assert site.visitor().get(path).status in {400, 404}
