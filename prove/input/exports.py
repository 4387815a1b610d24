"""What leaves plebiscite: tables no spreadsheet runs, pages whose elements are ours.

Oracle: no cell of an exported table begins as a formula does, unless it is a number;
a page made with hostile names has the elements and attributes of the same page made
with harmless ones; a program that opens a file finds the names as text.
"""

from __future__ import annotations

import ast
import csv
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import html5lib

import plebiscite
from prove.faults.acts.office import do
from prove.frame.figure import Figure

SOURCE = Path(plebiscite.__file__).parent
FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><svg onload=alert(1)>",
    "]]><!-- & --> {{ 7*7 }} {% now %}",
    '#read("/etc/passwd") $x$ ] #sys',
    "\\u{0} *b* _i_ @ref <lab>",
)
WRITERS: Mapping[str, str] = {
    "cli/demo/office.py": "simulated names alone",
    "cli/match/run.py": "every text cell made plain",
    "cli/money/ledger.py": "every text cell made plain",
    "cli/vote/audit_told.py": "batches begin with a letter or digit, or are refused",
    "petition/keying/written.py": "every text cell made plain",
    "petition/manifest.py": "refused at the commitment where a name is a formula",
    "petition/scan/folder.py": "every text cell made plain",
    "report/page/taken/sheet.py": "every text cell made plain",
    "simulate/drive/folder.py": "simulated names alone",
    "simulate/results.py": "simulated names alone",
    "simulate/sheets/write.py": "simulated names alone",
    "simulate/store.py": "simulated names alone",
    "verify/draw/drawn.py": "refused at the commitment where a name is a formula",
    "verify/find/folder.py": "every text cell made plain",
    "verify/publish/bundle.py": "refused at the commitment where a name is a formula",
    "web/campaign/numbers/money.py": "every text cell made plain",
    "web/county/closing/certify.py": "every text cell made plain",
}
"""Files of plebiscite that write CSV, and why no cell of theirs is a formula."""
MEASURE = """\
id: x/y
title: {0}
kind: {0}
law: us/ca/constitutional_initiative
dates: {{filed: 2016-11-21, summary: 2017-01-26, filed_with_counties: 2017-07-25}}
facts: {{required: 100}}
note: {0}
sources: [{0}]
text:
- {{op: add, target: {0}, new: {0}}}
opinions:
- {{by: {0}, on: 2017-01-27, said: {0}, where: {0}, checked: no}}
"""


def writers() -> set[str]:
    """Return the files of plebiscite that write CSV, found in their code."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            whose = node.func.value
            ours = isinstance(whose, ast.Name) and whose.id == "csv"
            if node.func.attr == "write_csv" or (
                ours and node.func.attr in {"writer", "DictWriter"}
            ):
                found.add(path.relative_to(SOURCE).as_posix())
    return found


def formulas(path: Path) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet would run."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    return [c for c in cells if FORMULA.match(c) and not NUMBER.fullmatch(c.strip())]


def elements(page: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page, with the names of their attributes."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return Counter(
        (str(each.tag), tuple(sorted(map(str, each.attrib)))) for each in tree.iter()
    )


def keyed(name: str, _ground: Path, at: Path) -> list[Path]:
    """Key two lines, each field holding `name`; return the tables."""
    from fractions import Fraction

    from plebiscite.petition.keying.card import Finding
    from plebiscite.petition.keying.journal import opened
    from plebiscite.petition.keying.scanned import cards_of_serials
    from plebiscite.petition.keying.session import Session
    from prove.faults.acts.office import AT, SEED

    texts = dict.fromkeys(("name", "address", "city", "circulator_id"), name)
    with opened(at / "keyed") as journal:
        desk = Session(
            cards=cards_of_serials([1], {1: 2}),
            journal=journal,
            by="Lee",
            seed=SEED,
            share=Fraction(0),
        )
        while due := desk.next():
            desk.decide(*due, Finding.WRITTEN, texts, at=AT)
    do(
        *("petition", "key", "--sections", "1", "--rows", 2, "--by", "Lee"),
        *("--seed", SEED, "--twice", "0%", "--out", at / "keyed", "--json"),
    )
    return sorted((at / "keyed").glob("*.csv"))


def ledger(name: str, _ground: Path, at: Path) -> list[Path]:
    """List money whose giver, purpose and city are `name`."""
    with (at / "money.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        heads = ("kind", "committee", "amount", "day", "name", "city", "purpose")
        sheet.writerow(heads)
        sheet.writerow(("contribution", name, "9000", "2017-02-01", name, name, name))
    out = at / "ledger.csv"
    do("money", "ledger", at / "money.csv", "--all", "--out", out)
    return [out]


def pairs(name: str, ground: Path, at: Path) -> list[Path]:
    """Match lines whose ids are `name`; return the pairs found."""
    with (ground / "petition/lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index("line_id")
    for number, row in enumerate(rows[1:]):
        row[place] = f"{name}{number}"
    with (at / "lines.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    do(
        *("match", "run", "--roll", ground / "roll", "--lines", at / "lines.csv"),
        *("--out", at / "m.parquet", "--pairs", at / "pairs.csv"),
    )
    return [at / "pairs.csv"]


def of_measure(name: str, _ground: Path, at: Path) -> list[Path]:
    """Write the pages of a measure whose every word is `name`."""
    quoted = "'" + name.replace("'", "''") + "'"
    folder = at / "m"
    folder.mkdir()
    (folder / "measure.yaml").write_text(MEASURE.format(quoted), encoding="utf-8")
    do("measure", "text", folder, "--html", at / "text.html")
    do("measure", "timeline", folder, "--html", at / "time.html")
    do("measure", "timeline", folder, "--svg", at / "time.svg")
    return [at / "text.html", at / "time.html", at / "time.svg"]


def of_vote(name: str, _ground: Path, at: Path) -> list[Path]:
    """Draw the map of a vote whose parts and title are `name`."""
    with (at / "results.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("part", "registered", "cast", "yes", "no"))
        sheet.writerow((f"A {name}", 40, 31, 17, 13))
        sheet.writerow((f"B {name}", 40, 31, 17, 13))
    words = ("--law", "us/ca/statute_initiative", "--on", "2016-11-08", "--tiles")
    made = [at / "map.html", at / "map.svg"]
    for out in made:
        do(
            *("vote", "map", *words, "--results", at / "results.csv", "--out", out),
            *("--title", f"A {name}"),
        )
    return made


def receipt(name: str, ground: Path, at: Path) -> list[Path]:
    """Print a receipt whose every word is `name`, and return its text."""
    import pypdfium2

    do(
        *("petition", "receipt", "--measure", ground / "m", "--lines", 5),
        *(f"--from={name}", f"--by={name}", f"--chapter={name}", f"--note={name}"),
        *("--out", at / "receipt.pdf", "--day", "2017-02-01"),
    )
    with pypdfium2.PdfDocument(at / "receipt.pdf") as document:
        text = document[0].get_textpage().get_text_range()
    (at / "receipt.txt").write_text(text, encoding="utf-8")
    return [at / "receipt.txt"]


TABLES = (keyed, ledger, pairs)
PAGES = (of_measure, of_vote)
Export = Callable[[str, Path, Path], list[Path]]


def made(export: Export, name: str, ground: Path, at: Path) -> list[Path]:
    """Return the files that an export makes of `name`, in an empty folder."""
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir(parents=True)
    before = Path.cwd()
    os.chdir(at)
    try:
        return export(name, ground, at)
    finally:
        os.chdir(before)


def run_by_spreadsheets(ground: Path, at: Path) -> list[str]:
    """Return the cells of any export that a spreadsheet would run."""
    return [
        f"{path.name}: {cell}"
        for export in TABLES
        for name in HOSTILE[:4]
        for path in made(export, name, ground, at)
        for cell in formulas(path)
    ]


def grown(ground: Path, at: Path) -> list[str]:
    """Return the pages in which hostile words became elements."""
    wrong = []
    for export in PAGES:
        plain = {
            path.name: elements(path.read_text(encoding="utf-8"))
            for path in made(export, "harmless", ground, at)
        }
        for name in HOSTILE[4:]:
            for path in made(export, name, ground, at):
                found = elements(path.read_text(encoding="utf-8"))
                new = {tag for tag in found if tag not in plain[path.name]}
                wrong += [f"{path.name}: {tag} from {name!r}" for tag in new]
    return wrong


def typeset(ground: Path, at: Path) -> list[str]:
    """Return the hostile words that did not come out of a PDF as they went in."""
    wrong = []
    for name in HOSTILE:
        (path,) = made(receipt, name, ground, at)
        told, asked = (re.sub(r"\s", "", each) for each in (path.read_text(), name))
        if asked not in told:
            wrong.append(name)
    return wrong


def exported(ground: Path, at: Path) -> Iterator[Figure]:
    """Yield the figures on what leaves plebiscite."""
    unknown = writers() ^ set(WRITERS)
    cells = run_by_spreadsheets(ground, at)
    yield Figure(
        what="formulas in exported tables",
        value=f"{len(WRITERS)} places in the code write CSV; {len(cells)} cells of "
        f"{len(TABLES) * 4} hostile exports would run",
        oracle="every writer of CSV, found in the code, says why no cell of it is a "
        "formula; hostile names go in, and no cell begins as a formula does",
        held=not cells and not unknown,
        note="; ".join([*sorted(unknown), *cells])[:600],
    )
    pages = grown(ground, at)
    yield Figure(
        what="HTML and SVG in hostile names",
        value=f"{len(pages)} elements grew in 5 pages and drawings, with "
        f"{len(HOSTILE) - 4} hostile names each",
        oracle="an HTML parser finds no element or attribute that the same page with a "
        "harmless name has not",
        held=not pages,
        note="; ".join(pages)[:600],
    )
    lost = typeset(ground, at)
    yield Figure(
        what="Typst in hostile names",
        value=f"{len(HOSTILE)} receipts; {len(lost)} names did not come out as they "
        "went in",
        oracle="the text of the PDF",
        held=not lost,
        note="; ".join(lost)[:600],
    )
