"""A measure: the proposed law, its dates and the facts its thresholds rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError
from plebiscite.petition.measure_after import (
    ConsentRoute,
    FollowUp,
    Opinion,
    consent_route,
    follow_up,
    opinion,
)

SHIPPED = Path(__file__).parent / "measures"
FILE = "measure.yaml"
Op: TypeAlias = Literal["amend", "repeal", "add"]
KEYS = ("id", "title", "kind", "law", "election", "dates", "facts", "counterfactual")
AFTER = ("fact_sources", "provisions", "follow_ups", "consents", "opinions")
NEEDED = ("id", "title", "kind", "law")
# Said about the record by whoever keeps it; read by people.
LAW_FILES = frozenset({".yaml", ".yml"})
NOTES = ("text", "note", "sources")


# The facts that requirements rest on; a slip in one would leave it out unseen.
FACTS = ("required", "votes_for_governor")
# And the days that versions of law and clocks go by, under the names a law file uses.
DAYS = ("filed", "received", "summary", "official_summary_date", "filed_with_counties")
VERY_NEAR = 4 / 5
EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)


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
class Provision:
    """A provision of law as it reads before a measure, and where it stands."""

    text: str
    source: str


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
        provisions: the provisions it changes, as they read before, by citation.
        fact_sources: where each of `facts` stands.
        follow_ups: further questions it schedules.
        consents: the ways to the consents of others that it needs.
        opinions: what was said on whether it can do what it says, oldest first.
        note: what it would do, in words; "" where nobody wrote that down.
        sources: what this record was made from.

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
    provisions: Mapping[str, Provision] = field(
        default_factory=lambda: MappingProxyType({})
    )
    fact_sources: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    follow_ups: tuple[FollowUp, ...] = ()
    consents: tuple[ConsentRoute, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()


def shipped_measures() -> list[str]:
    """Return the ids of the measures that come with plebiscite."""
    return sorted(
        path.parent.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob(FILE)
    )


def measure_folder(measure: str | Path) -> Path:
    """Return the folder of a measure: of a shipped id, a ``measure.yaml``, or itself.

    Raises:
        InputError: there is no such measure.

    """
    return _found(measure).parent


def read_measure(measure: str | Path) -> Measure:
    """Read a measure: a shipped id, a ``measure.yaml``, or the folder that holds it.

    Raises:
        InputError: there is no such measure, or its file is wrong.

    """
    path = _found(measure)
    content = read_plain_yaml(path)
    try:
        return _beside(_measure(content), path.parent)
    except InputError as problem:
        raise InputError(str(problem), path=path) from problem


def _found(measure: str | Path) -> Path:
    shipped = SHIPPED / str(measure) / FILE
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


def _beside(measure: Measure, folder: Path) -> Measure:
    """Return the measure with the law files it names taken from its own folder."""

    def found(law: str) -> str:
        own = folder / law
        return str(own) if own.suffix in LAW_FILES and own.is_file() else law

    return replace(
        measure,
        law=found(measure.law),
        follow_ups=tuple(replace(f, law=found(f.law)) for f in measure.follow_ups),
        consents=tuple(
            replace(
                route, steps=tuple(replace(s, law=found(s.law)) for s in route.steps)
            )
            for route in measure.consents
        ),
    )


def _measure(content: Any) -> Measure:
    if not isinstance(content, dict):
        raise InputError("a measure begins with lines such as 'id: us/ca/16-0011'")
    known = (*KEYS, *AFTER, *NOTES)
    for key in content:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise InputError(
                f"a measure has no {key!r}"
                + (
                    f"; did you mean {near[0]!r}?"
                    if near
                    else f"; it has {', '.join(known)}"
                )
            )
    if missing := [key for key in NEEDED if not content.get(key)]:
        raise InputError(f"the measure does not say its {', '.join(missing)}")
    election = content.get("election") or None
    return Measure(
        id=_text("id", content["id"]),
        title=_text("title", content["title"]),
        kind=_text("kind", content["kind"]),
        law=_text("law", content["law"]),
        election=_day("election", election) if election else None,
        dates={
            _known("date", name, DAYS): _day(name, day)
            for name, day in _lines(content, "dates")
            if day != ""
        },
        facts={
            _known("fact", name, FACTS): _count(name, count)
            for name, count in _lines(content, "facts")
            if count != ""
        },
        counterfactual=_flag("counterfactual", content.get("counterfactual", "false")),
        text=tuple(_change(each) for each in _list("text", content.get("text"))),
        provisions={
            target: _provision(target, written)
            for target, written in _lines(content, "provisions")
        },
        fact_sources={
            name: _text(name, source)
            for name, source in _lines(content, "fact_sources")
        },
        follow_ups=tuple(
            map(follow_up, _list("follow_ups", content.get("follow_ups")))
        ),
        consents=tuple(map(consent_route, _list("consents", content.get("consents")))),
        opinions=tuple(map(opinion, _list("opinions", content.get("opinions")))),
        note=_text("note", content.get("note", "")),
        sources=tuple(
            _text("sources", each) for each in _list("sources", content.get("sources"))
        ),
    )


def _lines(content: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    section = content.get(key) or {}
    if not isinstance(section, dict):
        raise InputError(f"{key!r} must hold lines such as '  filed: 2016-11-21'")
    return list(section.items())


def _provision(target: str, written: Any) -> Provision:
    if not isinstance(written, dict) or set(written) != {"text", "source"}:
        raise InputError(f"the provision {target!r} is written {{text: …, source: …}}")
    return Provision(
        text=_text(target, written["text"]), source=_text(target, written["source"])
    )


def _text(name: str, written: Any) -> str:
    if isinstance(written, str):
        return written
    raise InputError(f"{name} is {written!r}; write it as text on one line, in quotes")


def _list(name: str, written: Any) -> list[Any]:
    if isinstance(written, list) or not written:
        return written or []
    raise InputError(f"{name} is a list; begin each entry with '- '")


def _day(name: str, written: Any) -> date:
    try:
        found = date.fromisoformat(written)
    except (TypeError, ValueError):
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise InputError(f"{name} is {written!r}; write a day as 2017-01-26")
    return found


def _known(what: str, name: str, known: tuple[str, ...]) -> str:
    """Return the name, or refuse it as a slip of one that is known."""
    near = get_close_matches(name, known, n=1, cutoff=VERY_NEAR)
    if near and name not in known:
        raise InputError(f"there is no {what} {name!r}; did you mean {near[0]!r}?")
    return name


def _count(name: str, written: Any) -> int:
    if isinstance(written, str) and re.fullmatch(r"[0-9]{1,15}(_[0-9]{3})*", written):
        found = int(written)
        if not found and name in FACTS:
            raise InputError(f"{name} is 0; write a number above zero, or leave it out")
        return found
    raise InputError(f"{name} is {written!r}; write a whole number, such as 585407")


def _flag(name: str, written: Any) -> bool:
    if written in ("true", "false"):
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
    for key, words in written.items():
        _text(f"{key} of a change of text", words)
    if extra := sorted(set(written) - {"op", "target", "old", "new"}):
        raise InputError(f"a change of text has no {', '.join(extra)}")
    return TextChange(
        op=written["op"],
        target=written["target"],
        old=written.get("old"),
        new=written.get("new"),
    )
