"""What is said of the measure on its petition: official title, summary, full text.

They come from ``form.yaml`` beside ``measure.yaml``. What is missing there is taken
from the measure's own record as far as it goes; the form is then a specimen, says so on
every page, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError
from plebiscite.petition.measure import Measure
from plebiscite.petition.measure_text import Fate, amended

FILE = "form.yaml"
KEYS = (
    "identifier",
    "title",
    "summary",
    "fiscal",
    "proposes",
    "full_text",
    "languages",
)
NOTES = ("source",)
LONGEST = 40
DONE = {"amend": "Amended", "repeal": "Repealed", "add": "Added"}
TRANSLATED = ("title", "summary", "fiscal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of the measure's text: a heading or a paragraph.

    Attributes:
        heading: "" where there is none.
        pieces: stretches of words, each with what becomes of it.

    """

    heading: str = ""
    pieces: tuple[tuple[Fate, str], ...] = ()


UNKNOWN = Passage(pieces=((Fate.KEPT, "(wording not recorded)"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the form says of a measure.

    Attributes:
        identifier: the official number, such as 16-0011.
        title, summary, fiscal: as the state's officer wrote them; fiscal is the
            estimate that ends the summary.
        proposes: what the petitioners propose, in the petition's sentence.
        text: the text of the measure.
        translations: title, summary and fiscal by language.
        lacks: why the form is a specimen; none for one that may circulate.

    """

    identifier: str
    title: str
    summary: str = ""
    fiscal: str = ""
    proposes: str
    text: tuple[Passage, ...]
    translations: Mapping[str, Mapping[str, str]]
    lacks: tuple[str, ...] = ()


def read_wording(measure: Measure, folder: Path) -> Wording:
    """Read what the form of a measure says; `folder` is the measure's.

    Raises:
        InputError: ``form.yaml`` is wrong, or the measure's changes do not fit its
            text.

    """
    path = folder / FILE
    content = _checked(read_plain_yaml(path) or {}, path) if path.is_file() else {}
    whole = content.get("full_text", "")
    lacks = []
    if not content.get("summary"):
        lacks.append(f"no official summary is recorded ({FILE})")
    if not whole:
        lacks.append(f"no full text is recorded ({FILE})")
    return Wording(
        identifier=content.get("identifier", measure.id.rsplit("/", 1)[-1]),
        title=content.get("title", measure.title),
        summary=content.get("summary", ""),
        fiscal=content.get("fiscal", ""),
        proposes=content.get("proposes", _proposes(measure)),
        text=_paragraphs(whole) if whole else _changes(measure),
        translations=content.get("languages", {}),
        lacks=tuple(lacks),
    )


def _checked(content: Any, path: Path) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise InputError("this begins with lines such as 'title: …'", path=path)
    for key, value in content.items():
        if key not in (*KEYS, *NOTES):
            known = ", ".join((*KEYS, *NOTES))
            raise InputError(f"a form has no {key!r}; it has {known}", path=path)
        if key == "languages":
            _check_languages(value, path)
        elif not isinstance(value, str):
            raise InputError(f"{key} is written as text", path=path)
        elif not value.strip():
            raise InputError(f"{key} is empty; write it, or leave it out", path=path)
        elif key == "identifier" and len(value) > LONGEST:
            raise InputError(f"identifier has over {LONGEST} letters", path=path)
        else:
            _check_letters(key, value, path)
    return {
        key: value if key in {"languages", "full_text"} else " ".join(value.split())
        for key, value in content.items()
    }


def _check_languages(value: Any, path: Path) -> None:
    for language, words in value.items() if isinstance(value, dict) else ():
        if (
            isinstance(words, dict)
            and set(words) <= set(TRANSLATED)
            and all(isinstance(text, str) for text in words.values())
        ):
            for name, text in words.items():
                _check_letters(f"{name} ({language})", text, path)
            continue
        break
    else:
        if isinstance(value, dict):
            return
    known = ", ".join(TRANSLATED)
    raise InputError(
        f"languages are written 'es: {{title: …}}', with {known}", path=path
    )


def _check_letters(key: str, text: str, path: Path) -> None:
    wrong = {each for each in text if not each.isprintable() and each not in "\n\t"}
    if wrong:
        shown = ", ".join(f"U+{ord(each):04X}" for each in sorted(wrong))
        raise InputError(
            f"{key} holds characters that cannot be printed ({shown}); take them out",
            path=path,
        )


def _proposes(measure: Measure) -> str:
    constitution = "amendments to the Constitution"
    kind = measure.kind.casefold()
    if "amendment" not in kind:
        return "statutes"
    return f"{constitution} and statutes" if "statute" in kind else constitution


def _paragraphs(text: str) -> tuple[Passage, ...]:
    found = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(Passage(pieces=((Fate.KEPT, part),)) for part in found if part)


def _changes(measure: Measure) -> tuple[Passage, ...]:
    """Return the changes as the measure's record has them, each under its provision."""
    passages = []
    for each in amended(measure):
        done = " and ".join(DONE[op] for op in dict.fromkeys(each.ops))
        passages.append(Passage(heading=f"{done}: {each.target}"))
        pieces = tuple((piece.fate, piece.words) for piece in each.pieces)
        passages.append(Passage(pieces=pieces) if pieces else UNKNOWN)
    return tuple(passages) or (UNKNOWN,)
