"""A page that shows what the program does not print, or hides how it ended, is refused.

Oracle: pages made wrong by hand. The first command of each runs in a process of its
own, the second within the test's.
"""

import pytest
from test_docs import needs_no_shell
from test_docs import test_every_command_on_the_page_runs as held

from plebiscite import __version__

RIGHT = f"$ plebiscite --version\nplebiscite, version {__version__}\n"
WRONG = "$ plebiscite --version\nplebiscite, version none\n"
REFUSED = "$ plebiscite law check no/such/law\n"


def page(folder, shown):
    made = folder / "page.md"
    made.write_text(f"```console\n{shown}```\n", encoding="utf-8")
    return made


def test_a_page_that_shows_what_is_printed_is_held(tmp_path, monkeypatch):
    held(page(tmp_path, RIGHT * 2 + REFUSED + "(exit 2)\n"), tmp_path, monkeypatch)


@pytest.mark.parametrize("shown", [WRONG, RIGHT + WRONG, REFUSED, RIGHT + REFUSED])
def test_a_page_that_shows_something_else_is_not(tmp_path, monkeypatch, shown):
    with pytest.raises(AssertionError, match="plebiscite"):
        held(page(tmp_path, shown), tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("command", "plain"),
    [
        ("plebiscite law check us/ca", True),
        ('plebiscite campaign circulators add "Ana Ruiz"', True),
        ("plebiscite law check us/ca > said", False),
        ("plebiscite match explain $(cat line)", False),
        ("cd sub && plebiscite law check us/ca", False),
        ("plebiscite doctor --data home", False),
        ("plebiscite match run --roll r --lines l --out m --engine spark", False),
        ("python3 check.py", False),
    ],
)
def test_what_the_shell_or_a_site_is_needed_for_runs_apart(command, plain):
    assert needs_no_shell(command) is plain
