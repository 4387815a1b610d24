"""The form in other languages: what is printed beside the words the law prescribes.

The law prescribes English words. A language adds a translation to each label, and a
page that says the rest; it takes nothing away. The translations are the project's own,
and the page says that they are not official.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError

FOLDER = Path(__file__).parent / "languages"
ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the form.

    Attributes:
        code: such as es.
        name: its name for itself.
        family: the font that has its letters, besides the ones that are always there.
        package: Debian's package of that font.
        labels: what is printed beside the labels, by name.
        words: the sentences of the page in this language, by name.

    """

    code: str
    name: str
    family: str = ""
    package: str = ""
    labels: Mapping[str, str]
    words: Mapping[str, str]


def languages() -> list[str]:
    """Return the codes of the languages a form can be had in, English first."""
    return [ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.yaml"))]


def language(code: str) -> Language:
    """Return a language by its code.

    Raises:
        InputError: there is no such language.

    """
    if code == ENGLISH:
        return Language(code=ENGLISH, name="English", labels={}, words={})
    if code not in languages():
        raise InputError(
            f"there is no form in {code!r}; there are {', '.join(languages())}"
        )
    content = read_plain_yaml(FOLDER / f"{code}.yaml")
    return Language(
        code=code,
        name=content["name"],
        family=content.get("family", ""),
        package=content.get("package", ""),
        labels=content["labels"],
        words=content["words"],
    )
