"""The evidence anyone can check a certificate with.

The bundle holds what was committed to, what was drawn, the counts, the law, and scripts
that need Python and nothing else. ``hashes.txt`` names every file's hash, and a
running hash for every line, so that a changed byte shows at its place. The SHA-256 of
``hashes.txt`` is the bundle's *head*: publish it where the bundle cannot reach.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from plebiscite import __version__
from plebiscite.rules.rulebook import Law
from plebiscite.verify.certificate import is_statewide
from plebiscite.verify.count import CountyCount

HASHES = "hashes.txt"
KIT = Path(__file__).parent.parent / "kit"
DOCKET_KIT = Path(__file__).parents[2] / "docket" / "kit" / "verify_docket.py"
SCRIPTS = ("redraw.py", "recompute.py", "check.py")
RUNNING_DIGITS = 16
README = """\
The evidence for a certificate, and three scripts to check it with. They need Python 3
and nothing else:

  python3 redraw.py       draws the sample again, from the seed
  python3 recompute.py    works out certificate.json again, from counts.csv
  python3 check.py HEAD   holds every file to its hash; HEAD is published elsewhere

Each prints a sentence and exits 0 if it agrees, 1 if not. A fourth holds a measure's
docket, published apart from this folder, to its own hashes and to its published head:

  python3 verify_docket.py docket.jsonl HEAD

commitment.json   raw counts and the manifest's hash, published before the seed
manifest.csv      how many lines each section has
drawn*.csv, .json the lines drawn, with the seed of each draw
revised.json      raw counts as corrected later, where they were
counts.csv        what was found
certificate.json  what it comes to
law/              the law file, and those it names
bundle.json       the versions of law and program
"""


def write_bundle(
    folder: Path,
    *,
    evidence: Path,
    counts: Sequence[CountyCount],
    certificate: Mapping[str, Any],
    law: Law,
) -> str:
    """Write the bundle into `folder` and return its head, in 64 hex digits.

    `evidence` is the folder `Evidence.lay_down` filled; `certificate` the published
    certificate as data.
    """
    shutil.copytree(evidence, folder)
    write = {
        "counts.csv": counts_text(counts, statewide=is_statewide(certificate)),
        "certificate.json": json_text(certificate),
        "README.txt": README,
        "bundle.json": json_text(
            {
                "format": 1,
                "program": "plebiscite",
                "program_version": __version__,
                "measure": certificate["measure"],
                "law": certificate["law"],
                "law_version": certificate["law_version"],
                "law_sha256": law.digest,
            }
        ),
    }
    for name, text in write.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in SCRIPTS:
        shutil.copyfile(KIT / name, folder / name)
    shutil.copyfile(DOCKET_KIT, folder / DOCKET_KIT.name)
    _lay_down_law(folder / "law", law)
    text = hashes(folder)
    (folder / HASHES).write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def _lay_down_law(folder: Path, law: Law) -> None:
    """Copy the law file and those it names, each where the others look for it."""
    files = [path.resolve() for path in law_files(law.path)]
    above = Path(os.path.commonpath([path.parent for path in files]))
    for path in files:
        place = folder / path.relative_to(above)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def hashes(folder: Path) -> str:
    """Return the text of ``hashes.txt`` for the files of a bundle."""
    entries = ["plebiscite hashes 1"]
    for path in sorted(
        folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()
    ):
        name = path.relative_to(folder).as_posix()
        if name == HASHES or not path.is_file():
            continue
        raw = path.read_bytes()
        entries.append(f"file {hashlib.sha256(raw).hexdigest()} {name}")
        running = b""
        for number, line in enumerate(raw.splitlines(keepends=True), start=1):
            running = hashlib.sha256(running + line).digest()
            entries.append(f"line {running.hex()[:RUNNING_DIGITS]} {number} {name}")
    return "\n".join(entries) + "\n"


def counts_text(counts: Sequence[CountyCount], *, statewide: bool) -> str:
    """Return the text of ``counts.csv``: a row for each county, or for the state."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    if statewide:
        sheet.writerow(("filed", "sampled", "invalid", "duplicates", "undecided"))
        for c in counts:
            invalid = c.sampled - c.valid - c.duplicates - c.undecided
            sheet.writerow((c.raw, c.sampled, invalid, c.duplicates, c.undecided))
    else:
        heads = ("county", "raw", "sampled", "valid", "duplicates", "undecided")
        sheet.writerow(heads)
        sheet.writerows([getattr(c, head) for head in heads] for c in counts)
    return text.getvalue()


def law_files(path: Path) -> list[Path]:
    """Return a law file and those it names, each once."""
    found = [path]
    for each in found:
        text = yaml.load(each.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        named = (
            [text.get("also"), text.get("calendar")] if isinstance(text, dict) else []
        )
        for name in named:
            if isinstance(name, str) and name.endswith((".yaml", ".yml")):
                other = each.parent / name
                if other.resolve() not in {known.resolve() for known in found}:
                    found.append(other)
    return found


def json_text(data: Mapping[str, Any]) -> str:
    """Return data as the JSON files of a bundle hold it."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
