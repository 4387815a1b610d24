"""Fold the sentences of changelog.d into CHANGELOG.md, under its newest heading.

``make changelog``. A file ``<topic>.<added|law|fixed>.md`` holds one sentence; it is
added to the section of its kind, and the file removed.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
SECTIONS = {
    "added": "### Added",
    "law": "### Changes of law",
    "fixed": "### Fixed",
}


def fold(changelog: str, kind: str, sentence: str) -> str:
    """Return `changelog` with `sentence` last in the newest section of its kind."""
    head, rule, rest = changelog.partition("\n## ")
    newest, older_rule, older = rest.partition("\n## ")
    section = SECTIONS[kind]
    if section not in newest:
        newest = f"{newest.rstrip()}\n\n{section}\n"
    before, found, after = newest.partition(section)
    entries, next_rule, others = after.partition("\n### ")
    entries = f"{entries.rstrip()}\n- {sentence}\n".replace("\n- ", "\n\n- ", 1)
    while "\n\n\n" in entries:
        entries = entries.replace("\n\n\n", "\n\n")
    return (
        head + rule + before + found + entries + next_rule + others + older_rule + older
    )


def main() -> None:
    """Fold every sentence there is."""
    page = ROOT / "CHANGELOG.md"
    for path in sorted((ROOT / "changelog.d").glob("*.*.md")):
        sentence = " ".join(path.read_text(encoding="utf-8").split()).lstrip("- ")
        text = page.read_text(encoding="utf-8")
        page.write_text(fold(text, path.suffixes[-2][1:], sentence), encoding="utf-8")
        path.unlink()


if __name__ == "__main__":
    main()
