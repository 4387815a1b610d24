"""`plebiscite measure claims`: what a reader and a script get. Oracle: the contract."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

TEXT = "Calexit needs nearly 600,000 signatures by July 25. It has 90 days."
KEYS = {"sentence", "span", "kind", "said", "record", "as_of", "standing", "source"}


def ask(article, *more, code=0, stdin=None):
    ended = CliRunner().invoke(
        main, ["measure", "claims", str(article), *map(str, more)], input=stdin
    )
    assert ended.exit_code == code, ended.output
    return ended


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_script_gets_a_list_of_claims_with_their_places(article):
    found = json.loads(ask(article, "--measure", "us/ca/16-0011", "--json").stdout)

    assert [each["standing"] for each in found] == ["rounded", "agrees", "contradicts"]
    for each in found:
        assert set(each) >= KEYS
        start, end = each["span"]
        assert TEXT[start:end] == each["said"]


def test_a_reader_gets_lines_of_eighty_columns_with_the_source(article):
    said = ask(article, "--measure", "us/ca/16-0011").stdout

    assert max(map(len, said.splitlines())) <= 80
    assert "585,407" in said
    assert "source: Secretary of State" in said


def test_standard_input_is_read_and_an_empty_text_says_so():
    said = ask("-", "--measure", "us/ca/16-0011", stdin="").stdout

    assert "no number" in said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused_with_the_remedy(tmp_path, content):
    path = tmp_path / "article.docx"
    path.write_bytes(content)

    assert "UTF-8" in ask(path, "--measure", "us/ca/16-0011", code=2).output


def test_a_measure_there_is_none_of_is_refused(article):
    assert "no measure" in ask(article, "--measure", "us/ca/16-0012", code=2).output


def test_a_folder_of_ones_own_brings_its_context(tmp_path, article):
    (tmp_path / "measure.yaml").write_text(
        "id: us/wa/9999\ntitle: The bears\nkind: initiative\nlaw: us/wa/initiative\n"
        "election: 2012-11-06\nfacts: {required: 241153}\n",
        encoding="utf-8",
    )
    (tmp_path / "context.yaml").write_text(
        "rules: [{kind: bears, unit: count, near: '\\bbears\\b'}]\n"
        "figures: [{kind: bears, value: 25000, of: 2011, words: '25,000 bears', "
        "by: an office, on: 2011-06-01, source: a page, checked: no}]\n",
        encoding="utf-8",
    )
    article.write_text("It needs 241,153 signatures for 25,000 bears.", "utf-8")
    found = json.loads(ask(article, "--measure", tmp_path, "--json").stdout)

    assert [each["standing"] for each in found] == ["agrees", "agrees"]
    assert found[1]["source"] == "a page (not checked)"


def test_a_context_that_cannot_be_read_is_refused_and_names_its_file(tmp_path, article):
    (tmp_path / "measure.yaml").write_text(
        "id: us/wa/9999\ntitle: The bears\nkind: initiative\nlaw: us/wa/initiative\n",
        encoding="utf-8",
    )
    (tmp_path / "context.yaml").write_text("figures: [{kind: bears}]\n", "utf-8")

    assert "context.yaml" in ask(article, "--measure", tmp_path, code=2).output


@pytest.mark.parametrize("letter", ["a", "é", "𝄞"])
def test_a_text_that_is_too_long_is_told_as_that_however_it_is_cut(tmp_path, letter):
    """Regression: cut in the middle of a letter, it was told as no UTF-8."""
    path = tmp_path / "book.txt"
    path.write_text("a" + letter * 900_000, encoding="utf-8")

    said = ask(path, "--measure", "us/ca/16-0011", code=2).output

    assert "more than 200,000 letters; give it in parts" in said


def test_a_text_of_just_so_many_letters_is_read(tmp_path):
    """Oracle: the widest letters and a mark before them; read whole, in sentences."""
    path = tmp_path / "long.txt"
    path.write_text("\ufeff" + "𝄞" * 200_000, encoding="utf-8")
    assert "a sentence" in ask(path, "--measure", "us/ca/16-0011", code=2).output

    path.write_text("\ufeff" + f"So {'𝄞' * 95}. " * 2_000, encoding="utf-8")
    assert "no number" in ask(path, "--measure", "us/ca/16-0011").stdout
