"""Write docs/reference/laws.md, the table of every shipped law, from the law files.

Run:  python tools/write_laws.py

A test compares the page with the files, so it cannot fall behind.
"""

from __future__ import annotations

from pathlib import Path

from plebiscite.rules.rulebook import Law, laws, open_law
from plebiscite.rules.told.compare import said
from plebiscite.rules.told.coverage import coverage
from plebiscite.rules.version import NONE

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "laws.md"
HEAD = """\
# The laws

Written by `tools/write_laws.py` from the law files: what each says by the version
recorded last. A star marks what nobody has held against its source. `plebiscite law
show LAW` gives every version with its days and sources, `plebiscite law compare`
several laws side by side. *Sourced* is the share of dated versions whose every source
somebody read, *cases* how many worked cases hold the file.

"""
COLUMNS = {
    "signatures": ("required_signatures",),
    "from where": ("distribution",),
    "how long": ("window", "circulation_days", "last_filing_day"),
    "to pass": ("passing",),
}
LONGEST = 160


def page() -> str:
    """Return the whole page."""
    heads = ["place", "law", *COLUMNS, "sourced", "cases"]
    lines = [
        f"| {' | '.join(heads)} |",
        f"|{' --- |' * (len(heads) - 2)} ---: | ---: |",
    ]
    for law in map(open_law, laws()):
        found = coverage(law)
        answers = [_answer(law, names) for names in COLUMNS.values()]
        if NONE in law.rules:
            answers[0] = answers[0] or _answer(law, (NONE,))
        cells = [
            law.place,
            f"`{law.id}`",
            *answers,
            f"{100 * found.read // found.versions}%",
            str(found.cases),
        ]
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return HEAD + "\n".join(lines) + "\n"


def _answer(law: Law, names: tuple[str, ...]) -> str:
    """Return what the first of these rules says, a star behind what nobody checked."""
    for name in names:
        found = said(law, name, None)
        if found:
            star = "" if found.read else " *"
            short = found.says[:LONGEST].rsplit(" ", 1)[0] + " …"
            return f"{found.says if len(found.says) <= LONGEST else short}{star}"
    return ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
