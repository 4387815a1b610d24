"""CI asks failed tests once more, but only after a run that came to its own end.

Each suite here is made up and run by pytest with two workers, as ours is. Oracle: what
the suite was made to do. Without `tools/ended.py` pytest calls a run green in which a
worker fell over an error of pytest's own, and one that died looks like a failed test.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from asked_again import AGAIN, ended, tried

pytestmark = pytest.mark.long

TOOLS = Path(__file__).parent.parent / "tools"
PLUGINS = ["-p", "xdist.plugin", "-p", "ended"]
FIRST = [sys.executable, "-m", "pytest", "-q", *PLUGINS, "-n", "2"]
SECOND = [*FIRST, *AGAIN]
START = """
import os
import subprocess
import sys
from pathlib import Path

def first_time():
    seen = Path("seen").exists()
    Path("seen").touch()
    return not seen

def test_that_passes():
    pass

def test_beside_it():
    pass

"""
FALLS = """
import pytest
from pathlib import Path

def pytest_runtest_logreport(report):
    if "beside" in report.nodeid and not Path("seen").exists():
        Path("seen").touch()
        raise RuntimeError("pytest's own")
"""


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Run a made-up suite as CI does; return the status, and how the last run ended."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(TOOLS))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    def ask(last, conftest="", first=FIRST):
        (tmp_path / "test_made_up.py").write_text(START + last)
        (tmp_path / "conftest.py").write_text(conftest)
        return tried(first, SECOND, tmp_path), ended(tmp_path)

    return ask


def test_a_suite_that_passes_is_asked_once(asked, capfd):
    status, end = asked("")

    assert status == end["exit"] == 0
    assert len(end["passed"]) == 2
    assert "again" not in capfd.readouterr().out


def test_what_fails_once_is_asked_again_and_named(asked, capfd):
    status, end = asked("def test_upset():\n    assert not first_time()\n")

    assert status == 0
    assert end["passed"] == ["test_made_up.py::test_upset"]
    assert "mend them:\n  test_made_up.py::test_upset" in capfd.readouterr().out


def test_what_fails_twice_fails(asked, capfd):
    status, _end = asked("def test_wrong():\n    assert Path('never').exists()\n")

    assert status == 1
    assert "again, one at a time" in capfd.readouterr().out


def test_what_is_skipped_when_asked_again_is_not_taken_for_passed(asked):
    last = "import pytest\ndef test_gone():\n    first_time() or pytest.skip('no')\n"
    status, _end = asked(last + "    raise AssertionError\n")

    assert status == 1


@pytest.mark.parametrize(
    ("last", "conftest", "exit_of_the_run"),
    [
        ("def test_dies():\n    first_time() and os._exit(3)\n", "", 3),
        ("if '--last-failed' not in sys.argv:\n    raise OSError('unread')\n", "", 2),
        ("", FALLS, 3),
    ],
    ids=["a worker died", "a file was not read", "pytest itself failed"],
)
def test_a_run_without_its_own_end_is_never_asked_again(
    asked, capfd, last, conftest, exit_of_the_run
):
    """Each would pass the second time: before, CI was green then."""
    status, end = asked(last, conftest)

    assert status == end["exit"] == exit_of_the_run
    assert "it is not asked again" in capfd.readouterr().out


def test_a_run_cut_off_at_its_first_failure_is_never_asked_again(asked, capfd):
    """What failed passes the second time; what came after it never ran."""
    last = (
        "def test_upset():\n    assert not first_time()\n"
        "def test_wrong():\n    assert Path('never').exists()\n"
    )
    status, end = asked(last, first=[*FIRST, "-n", "0", "-x"])

    assert (status, end["exit"]) == (1, 2)
    assert "it is not asked again" in capfd.readouterr().out


def test_a_run_that_takes_its_tests_down_itself_may_do_without(tmp_path):
    """As trials of mutants do, whose tests run in processes of their own."""
    own = "def pytest_runtestloop(session):\n    return True\n"
    (tmp_path / "conftest.py").write_text(own)
    (tmp_path / "test_made_up.py").write_text("def test_one():\n    pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    def ran(*words):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "ended", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(TOOLS)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, "Not a whole run" in done.stdout

    assert ran() == (3, True)
    assert ran("-p", "no:ended-run") == (0, False)
