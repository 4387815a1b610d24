"""Every command in the documentation runs, and prints what the page says it prints.

A page's ``console`` blocks run in order, in one empty folder a page. A line starting
with ``$`` is a command; the lines under it are its output, where a line ``…`` means
any number of lines and ``…`` inside a line for any text. A block after
``<!-- file: NAME -->`` is a file that the commands find. A command that ends otherwise
than with 0 or 3 says so on the line ``(exit N)``.

The first command of a page, and each that needs the shell, runs in processes of its
own, as a reader's does; what else asks nothing but the program runs within the test's,
which spares it from starting.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from spark_here import REASON

from plebiscite.cli import SITE, main

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LONG = {"match-on-spark.md", "check-the-matcher.md"}
"""Start Spark twice, and match a simulated county: twenty seconds each and more."""
SHOWN_AT = {"COLUMNS": "80", "NO_COLOR": "1"}
OF_THE_SHELL = set("|&;<>()$`\\*?[]{}~#!\n")
OF_A_SITE = {*SITE, "publish"}
"""Nouns that read a site's settings, of which a process has one set."""
FENCE = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n+)?```(?P<kind>\w*)\n(?P<body>.*?)^```",
    re.DOTALL | re.MULTILINE,
)


@dataclass
class Step:
    command: str
    shown: list[str] = field(default_factory=list)
    exits: tuple[int, ...] = (0, 3)


def steps(body):
    found = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:]))
        elif found and found[-1].command.endswith("\\"):
            found[-1].command = found[-1].command[:-1] + line.strip()
        elif found and (ends := re.fullmatch(r"\(exit (\d+)\)", line)):
            found[-1].exits = (int(ends[1]),)
        elif found:
            found[-1].shown.append(line)
    return found


def matches(shown, printed):
    pattern = "\n".join(
        ".*" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*")
        for line in shown
    )
    tidy = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, tidy, re.DOTALL)


def needs_no_shell(command):
    """Return whether a command is the program with plain words, of no site or Spark."""
    words = shlex.split(command)
    return (
        words[0] == "plebiscite"
        and words[1] not in OF_A_SITE
        and "spark" not in words  # a process has one session, that of other tests here
        and not OF_THE_SHELL & set(command)
    )


def run(step, folder, *, within):
    """Run a command in a folder; return its exit code and what it printed."""
    if within and needs_no_shell(step.command):
        ended = CliRunner(env=SHOWN_AT).invoke(main, shlex.split(step.command)[1:])
        if not isinstance(ended.exception, SystemExit | None):
            raise ended.exception
        return ended.exit_code, ended.stdout, ended.stderr
    beside = Path(sys.executable).parent
    path = f"{beside}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "-c", step.command],
        cwd=folder,
        env={**os.environ, "PATH": path, **SHOWN_AT},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.long] if page.name in LONG else [])
        for page in PAGES
    ],
    ids=[str(page.relative_to(ROOT)) for page in PAGES],
)
def test_every_command_on_the_page_runs(page, tmp_path, monkeypatch):
    if page.name == "match-on-spark.md" and REASON:
        pytest.skip(REASON)
    monkeypatch.chdir(tmp_path)
    asked = set()
    for block in FENCE.finditer(page.read_text(encoding="utf-8")):
        if block["file"]:
            (tmp_path / block["file"]).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block["file"]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "console":
            for step in steps(block["body"]):
                if shlex.split(step.command)[0] == "make":
                    assert re.search(
                        rf"^{shlex.split(step.command)[1]}:",
                        (ROOT / "Makefile").read_text(encoding="utf-8"),
                        re.MULTILINE,
                    )
                    continue
                first = shlex.split(step.command)[0]
                code, out, err = run(step, tmp_path, within=first in asked)
                asked.add(first)
                said = out + err
                assert code in step.exits, f"$ {step.command}\n{said}"
                if step.shown:
                    expected = "\n".join(step.shown)
                    assert matches(step.shown, out or err), (
                        f"$ {step.command}\n--- the page says\n{expected}\n"
                        f"--- it printed\n{said}"
                    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_command_hides_from_the_test(page):
    hidden = [
        block["body"]
        for block in FENCE.finditer(page.read_text(encoding="utf-8"))
        if block["kind"] != "console"
        and not block["file"]
        and re.search(r"^(\$ )?plebiscite ", block["body"], re.MULTILINE)
    ]

    assert hidden == []


def links(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(page):
    broken = [link for link in links(page) if not (page.parent / link).exists()]

    assert broken == []
