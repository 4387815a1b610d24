"""Nouns and verbs: each found by its name, and loaded alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

import plebiscite.cli
from plebiscite.cli import NOUNS, main
from plebiscite.cli.verbs import Verbs

FOLDER = Path(plebiscite.cli.__file__).parent
HERE = click.Context(main)


def noun(name: str) -> click.Command:
    found = main.get_command(HERE, name)
    assert found is not None
    return found


def test_a_verb_bears_the_name_it_is_found_by():
    for name in NOUNS:
        group = noun(name)
        assert group.name == name
        if isinstance(group, Verbs):
            for verb in group.list_commands(HERE):
                found = group.get_command(HERE, verb)
                assert found is not None
                assert found.name == verb


def test_every_noun_in_a_folder_loads_its_verbs_one_by_one():
    """The folders are the oracle: none goes back to importing all at once."""
    folders = {each.parent.name for each in FOLDER.glob("*/__init__.py")} & set(NOUNS)
    lazy = {name for name in NOUNS if isinstance(noun(name), Verbs)}
    assert lazy == folders - {"demo"}  # which has no verbs


def test_a_verb_waits_for_no_other():
    """`petition deadlines` needs no table reader, which `petition draw` does."""
    asked = (
        "import click, sys; from plebiscite.cli import main as m; c = click.Context(m);"
        "m.get_command(c, 'petition').get_command(c, 'deadlines');"
        "print([n for n in ('polars', 'plebiscite.cli.petition.acts')"
        " if n in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("words", [["petition", "drew"], ["money", "count"]])
def test_a_verb_there_is_not_is_refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert f"No such command '{words[1]}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("measure record f e --on 2017-01-01", " Did you mean '--day'?"),
        ("measure show us/ca/16-0011 --date 2017-01-01", " Did you mean '--as-of'?"),
        ("measure show us/ca/16-0011 --jsn", " Did you mean '--json'?"),
        ("measure show us/ca/16-0011 --frobnicate", ""),
    ],
)
def test_an_option_there_is_not_names_the_one_that_was_meant(words, meant, capsys):
    """`--on` was taken for `--json`, of which two letters and the dashes are alike."""
    with pytest.raises(SystemExit) as ended:
        main(words.split())

    assert ended.value.code == 2
    [told] = [line for line in capsys.readouterr().err.splitlines() if "Error" in line]
    assert told.partition("'.")[2] == meant
