"""A measure: the proposed law, its dates and the facts its thresholds rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

import yaml

from plebiscite.errors import InputError

SHIPPED = Path(__file__).parent / "measures"
FILE = "measure.yaml"
Op: TypeAlias = Literal["amend", "repeal", "add"]
KEYS = ("id", "title", "kind", "law", "election", "dates", "facts", "counterfactual")
NEEDED = ("id", "title", "kind", "law")
# Said about the record by whoever keeps it; read by people.
NOTES = ("text", "note", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """One change a measure makes to the law.

    Attributes:
        op: amend, repeal or add.
        target: the provision, as one would cite it.
        old: its words before; None if they are added, or not recorded.
        new: its words after; None if they are repealed, or not recorded.

    """

    op: Op
    target: str
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A proposed law, as filed.

    Attributes:
        id: its place and number, such as ``us/ca/16-0011``.
        title: its title as filed or given officially.
        kind: what it is, in a word or two.
        law: the id of the law file it goes by.
        election: the election it aims at; None if not settled.
        dates: named days: filed, summary, filed_with_counties …
        facts: named counts: votes_for_governor, required (the published requirement).
        counterfactual: whether the record follows it where it never went.
        text: the changes it makes to the law.

    """

    id: str
    title: str
    kind: str
    law: str
    election: date | None = None
    dates: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    counterfactual: bool = False
    text: tuple[TextChange, ...] = ()


def shipped_measures() -> list[str]:
    """Return the ids of the measures that come with plebiscite."""
    return sorted(
        path.relative_to(SHIPPED).with_suffix("").as_posix()
        for path in SHIPPED.rglob("*.yaml")
    )


def read_measure(measure: str | Path) -> Measure:
    """Read a measure: a shipped id, a ``measure.yaml``, or the folder that holds it.

    Raises:
        InputError: there is no such measure, or its file is wrong.

    """
    path = _found(measure)
    try:
        # All as text: YAML would read 2017-01-26 and 16-0011 each in its own way.
        written = path.read_text(encoding="utf-8")
        content = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise InputError(f"this is no YAML file: {problem}", path=path) from problem
    try:
        return _measure(content)
    except InputError as problem:
        raise InputError(str(problem), path=path) from problem


def _found(measure: str | Path) -> Path:
    shipped = SHIPPED / f"{measure}.yaml"
    if str(measure) in shipped_measures():
        return shipped
    path = Path(measure)
    if path.is_dir():
        path /= FILE
    if path.is_file():
        return path
    ids = shipped_measures()
    near = get_close_matches(str(measure), ids, n=1, cutoff=1 / 2)
    meant = f"did you mean {near[0]}? " if near else ""
    raise InputError(
        f"there is no measure {str(measure)!r}: {meant}Give the path of a {FILE} or "
        f"its folder, or one that comes with plebiscite: {', '.join(ids)}"
    )


def _measure(content: Any) -> Measure:
    if not isinstance(content, dict):
        raise InputError("a measure begins with lines such as 'id: us/ca/16-0011'")
    known = (*KEYS, *NOTES)
    for key in content:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise InputError(
                f"a measure has no {key!r}"
                + (f"; did you mean {near[0]!r}?" if near else f"; it has {known}")
            )
    if missing := [key for key in NEEDED if not content.get(key)]:
        raise InputError(f"the measure does not say its {', '.join(missing)}")
    election = content.get("election") or None
    return Measure(
        id=content["id"],
        title=content["title"],
        kind=content["kind"],
        law=content["law"],
        election=_day("election", election) if election else None,
        dates={
            name: _day(name, day) for name, day in _lines(content, "dates") if day != ""
        },
        facts={
            name: _count(name, count)
            for name, count in _lines(content, "facts")
            if count != ""
        },
        counterfactual=_flag("counterfactual", content.get("counterfactual", "false")),
        text=tuple(_change(each) for each in content.get("text") or ()),
    )


def _lines(content: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    section = content.get(key) or {}
    if not isinstance(section, dict):
        raise InputError(f"{key!r} must hold lines such as '  filed: 2016-11-21'")
    return list(section.items())


def _day(name: str, written: Any) -> date:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise InputError(f"{name} is {written!r}; write a day as 2017-01-26") from None


def _count(name: str, written: Any) -> int:
    if isinstance(written, str) and re.fullmatch(r"[0-9]+(_[0-9]{3})*", written):
        return int(written)
    raise InputError(f"{name} is {written!r}; write a whole number, such as 585407")


def _flag(name: str, written: Any) -> bool:
    if written in {"true", "false"}:
        return bool(written == "true")
    raise InputError(f"{name} is {written!r}; write true or false")


def _change(written: Any) -> TextChange:
    if not isinstance(written, dict) or not {"op", "target"} <= set(written):
        raise InputError(
            "a change of text is written {op: amend, target: …, old: …, new: …}"
        )
    if written["op"] not in get_args(Op):
        raise InputError(
            f"op is {written['op']!r}; write one of {', '.join(get_args(Op))}"
        )
    if extra := sorted(set(written) - {"op", "target", "old", "new"}):
        raise InputError(f"a change of text has no {', '.join(extra)}")
    return TextChange(
        op=written["op"],
        target=written["target"],
        old=written.get("old"),
        new=written.get("new"),
    )
