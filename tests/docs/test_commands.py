"""The reference of the commands. Oracle: what the program says of itself."""

import json
import re
import runpy

from click.testing import CliRunner
from test_docs import ROOT

from plebiscite.cli import main

TOOL = runpy.run_path(str(ROOT / "tools" / "write_commands.py"))
SHOWN = TOOL["PAGE"].read_text(encoding="utf-8")


def test_the_page_of_commands_is_current():
    assert TOOL["page"]() == SHOWN, "run: make docs"


def test_every_command_ends_with_an_example():
    without = [
        name
        for name, command in TOOL["leaves"](TOOL["program"], "plebiscite")
        if "Example:" not in (command.help or "")
    ]

    assert without == []


def test_every_option_says_what_it_is_for():
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in TOOL["leaves"](TOOL["program"], "plebiscite")
        for option in command.params
        if option.param_type_name == "option" and not option.help
    ]

    assert silent == []


def test_every_page_is_in_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\(([^)#]+\.md)", index))
    pages = {
        path.relative_to(ROOT / "docs").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if path.name != "README.md"
    }

    assert pages - listed == set()


def test_the_reference_of_the_certificate_names_every_key(tmp_path):
    """Oracle: the keys of a certificate as the program writes it."""
    counts = tmp_path / "counts.csv"
    counts.write_text(
        "county,raw,sampled,valid,duplicates\nExample,24034,722,516,2\n", "utf-8"
    )
    law = ["--law", "us/ca/constitutional_initiative", "--on", "2017-07-25"]
    command = ["petition", "project", *law, "--counts", str(counts)]
    ended = CliRunner().invoke(main, [*command, "--required", "14000", "--json"])
    data = json.loads(ended.stdout)
    page = (ROOT / "docs" / "reference" / "certificate.md").read_text(encoding="utf-8")

    keys = {*data, *data["counties"][0], *data["citations"][0], *data["verdict"]}
    assert {key for key in keys if f"`{key}`" not in page} == set()
