"""Laws opened again: the shipped ones are read once, one's own as they stand now."""

from __future__ import annotations

import shutil

from plebiscite.rules import rulebook
from plebiscite.rules.rulebook import laws, open_law

LAW = "us/ca/statute_initiative"


def test_a_shipped_law_is_read_once():
    assert open_law(LAW) is open_law(LAW)


def test_a_law_file_of_ones_own_is_read_as_it_stands(tmp_path):
    shutil.copytree(rulebook.FOLDER / "us/wa", tmp_path / "wa")
    own = tmp_path / "wa" / "referendum.yaml"
    before = open_law(own)
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace(f"title: {before.title}", "title: Mine"), "utf-8")

    assert open_law(own).digest != before.digest


def test_who_changes_the_list_of_laws_changes_their_own_copy():
    laws().clear()

    assert LAW in laws()
