"""`petition print` and `receipt`. Oracle: the files they leave, and the ledger."""

import json
from pathlib import Path

import pypdfium2
import pytest
import yaml
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.petition.form import section

FORM = {
    "identifier": "16-0099",
    "title": "Counts in Public. Initiative Constitutional Amendment.",
    "summary": "Requires every county to publish its count.",
    "full_text": "Section 1. Each county shall publish what it counted.",
}
MEASURE = {
    "id": "us/ca/16-0099",
    "title": "Counts in Public",
    "kind": "constitutional amendment",
    "law": "us/ca/constitutional_initiative",
}


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def folder(tmp_path):
    """A measure's folder, of a measure that may circulate."""
    made = tmp_path / "16-0099"
    made.mkdir()
    dates = {"dates": {"summary": "2023-02-01"}}
    (made / "measure.yaml").write_text(yaml.safe_dump({**MEASURE, **dates}), "utf-8")
    (made / "form.yaml").write_text(yaml.safe_dump(FORM), "utf-8")
    return made


def printing(folder, *words, out="out", code=0):
    place = folder.parent / out
    return run(
        *("petition", "print", "--measure", folder, "--county", "Alpine"),
        *("--out", place, "--day", "2023-03-01", *words),
        code=code,
    )


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_sections_are_printed_in_files_and_told_as_data(folder):
    said = json.loads(
        printing(folder, "--serials", "1-5,9", "--per-file", 4, "--json").stdout
    )

    assert said["serials"] == "000001-000005, 000009"
    assert said["sections"] == 6
    assert said["specimen"] == []
    assert [Path(path).name for path in said["files"]] == [
        "sections-000001-000004.pdf",
        "sections-000005-000009.pdf",
    ]
    pages = [text for path in said["files"] for text in text_of(path)]
    assert len(pages) == 6 * said["pages"]
    for serial in (1, 2, 3, 4, 5, 9):
        assert sum(f"{serial:06d}" in text for text in pages) == said["pages"]
    ledger = Path(said["ledger"])
    assert ledger == folder / "campaign" / "issued.jsonl"
    assert len(ledger.read_text().splitlines()) == 2


def test_the_next_serials_follow_and_none_is_printed_twice(folder):
    printing(folder, "--next", 3)
    said = json.loads(printing(folder, "--next", 2, "--json").stdout)
    twice = printing(folder, "--serials", "5-6", out="other", code=2)

    assert said["serials"] == "000004-000005"
    assert "000005 to 000005 were printed on 2023-03-01 for Alpine" in twice.output
    assert not (folder.parent / "other").exists()


def test_a_printing_that_fails_leaves_no_file_and_no_claim(folder, monkeypatch):
    made = section.section_pdf
    calls = []

    def failing(plan, serials):
        calls.append(serials)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return made(plan, serials)

    monkeypatch.setattr(section, "section_pdf", failing)
    result = printing(folder, "--next", 4, "--per-file", 2, code=2)

    assert "disk is full" in result.output
    assert list((folder.parent / "out").glob("*.pdf")) == []
    assert (folder / "campaign" / "issued.jsonl").read_text() == ""


def test_a_disk_that_fills_up_leaves_no_file_and_no_claim(folder, monkeypatch):
    from plebiscite.core import files

    whole, calls = files.write_whole, []

    def failing(path, content, **more):
        if path.suffix == ".pdf":
            calls.append(path)
            if len(calls) == 2:
                raise OSError(28, "No space left on device", str(path))
        whole(path, content, **more)

    monkeypatch.setattr(files, "write_whole", failing)
    result = printing(folder, "--next", 4, "--per-file", 2, code=2)

    assert "disk is full" in result.output
    assert len(calls) == 2
    assert list((folder.parent / "out").glob("*.pdf")) == []
    assert (folder / "campaign" / "issued.jsonl").read_text() == ""


def test_ten_thousand_serials_come_as_a_stream(folder, monkeypatch):
    """Memory holds one file at a time: each is written before the next is made."""
    written = []
    out = folder.parent / "out"

    def small(_plan, serials):
        written.append(len(list(out.glob("*.pdf"))) if out.exists() else 0)
        return b"%PDF " + str(next(iter(serials))).encode()

    monkeypatch.setattr(section, "section_pdf", small)
    monkeypatch.setattr(section, "forget", lambda **_: None)
    said = json.loads(
        printing(folder, "--serials", "1-10000", "--per-file", 100, "--json").stdout
    )

    assert written == list(range(100))
    assert len(said["files"]) == 100
    assert said["sections"] == 10_000


def test_the_sheet_of_top_funders_is_printed_beside(folder):
    funders = folder / "funders.yaml"
    funders.write_text("month: 2023-05\ncommittee: A Committee\n")

    said = json.loads(
        printing(folder, "--next", 1, "--funders", funders, "--json").stdout
    )

    assert Path(said["files"][-1]).name == "top-funders-may-2023.pdf"
    assert "A Committee" in text_of(said["files"][-1])[0]


def test_a_shipped_measure_is_printed_as_a_specimen_and_its_ledger_lies_in_out(
    tmp_path,
):
    out = tmp_path / "out"
    result = run(
        *("petition", "print", "--measure", "us/ca/16-0011", "--county", "alpine"),
        *("--next", 1, "--out", out, "--json"),
    )

    said = json.loads(result.stdout)
    assert said["specimen"] == ["no full text is recorded (form.yaml)"]
    assert said["ledger"] == str(out / "campaign" / "issued.jsonl")
    assert "not for circulation" in result.stderr
    assert "Have counsel read the form" in result.stderr
    assert {"source", "checked"} == set(said["cite"][0])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--serials 1-100"),
        (["--next", 1, "--serials", "1-2"], "--serials 1-100"),
        (["--serials", "9-1"], "serials are written"),
        (["--next", 1, "--language", "fr"], "there is no form in 'fr'"),
        (["--next", 1, "--county", "Alpin"], "is it Alpine?"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_nothing_is_issued(folder, words, said):
    result = printing(folder, *words, code=2)

    assert said in result.output
    assert not (folder / "campaign").exists()
    assert not (folder.parent / "out").exists()


def test_a_title_too_long_is_refused_with_the_paper_to_take(folder):
    long = {**FORM, "summary": "It requires a count to be published. " * 150}
    (folder / "form.yaml").write_text(yaml.safe_dump(long), "utf-8")

    refused = printing(folder, "--next", 1, code=2)

    assert "11 points" in refused.output
    assert "--paper legal or --paper tabloid" in refused.output


def test_a_receipt_is_printed_and_told(tmp_path):
    out = tmp_path / "receipt.pdf"
    words = ["petition", "receipt", "--measure", "us/ca/16-0011", "--lines", 57]
    words += ["--serials", "1-3,9", "--from", "Ana Ruiz", "--by", "Lee Park"]
    words += ["--day", "2017-03-01", "--out", out]

    result = run(*words)

    assert result.stdout.startswith("57 lines received on 4 sections: 000001-000003")
    assert "57 lines received" in text_of(out)[0]
    assert json.loads(run(*words, "--json").stdout)["sections"] == 4
