"""Laws, and the rulebook of a law on given dates.

>>> law = open_law("us/ca/constitutional_initiative")
>>> book = law.on({"official_summary_date": date(2017, 1, 26)})
>>> book.count("required_signatures", {})
585407
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path

from plebiscite import law as law_folder
from plebiscite.core.citation import Source
from plebiscite.core.share import printed
from plebiscite.errors import CountError, InputError, NotInForceError
from plebiscite.rules import clocks, figures
from plebiscite.rules.algebra import Bands, Choose, Test, cited, spoken
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.figures import Figure, Known
from plebiscite.rules.file.read import read_parts
from plebiscite.rules.in_force import ALIASES, InForce, LawText
from plebiscite.rules.version import Content, in_force

FOLDER = Path(str(law_folder.__file__)).parent
NOT_LAWS = frozenset({"calendar", "shared"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(LawText):
    """One kind of measure in one place, with every recorded version of its rules."""

    def on(self, dates: Mapping[str, date]) -> Rulebook:
        """Return the rules that govern a measure with these dates.

        They are named as the file's ``governed_by`` names them, such as
        ``official_summary_date``; ``summary`` and ``filed`` (with the Attorney General)
        are understood too. A rule whose governing date is missing refuses when asked.
        """
        return Rulebook(law=self, dates=_named(dates), every=None)

    def on_day(self, day: date) -> Rulebook:
        """Return the rules as of `day`: every governing date is that day."""
        return Rulebook(law=self, dates={}, every=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules of one law that govern one measure.

    Every question raises InputError where the law has no such rule or the date that
    governs it is missing, NotInForceError where the law of that day is not recorded.

    Attributes:
        law: the law.
        dates: the measure's dates, by the names the law file uses.
        every: a day that stands for each date not in `dates`; None where a date that
            is missing is an error.

    """

    law: Law
    dates: Mapping[str, date]
    every: date | None

    @property
    def version(self) -> str:
        """The earliest and latest first day of the versions in force, and the file.

        Such as ``1971-01-01/2015-01-01+0a1b2c3d``: the last part begins the SHA-256 of
        the law file and those it names.
        """
        book, days = self._book, set()
        for rule in self.law.rules.values():
            day = book.day_or_none(rule)
            found = in_force(rule.versions, day) if day else None
            if found:
                days.add(found.since)
        span = f"{min(days)}/{max(days)}" if days else "none"
        return f"{span}+{self.law.digest[:8]}"

    def has(self, rule: str) -> bool:
        """Tell whether a version of `rule` is in force on its governing date."""
        return self._book.has(rule)

    def day(self, rule: str) -> date:
        """Return the day that selects the version of a rule.

        Raises:
            InputError: there is no such rule, or the measure does not have that date.

        """
        return self._book.day(self._book.rule(rule))

    def figure(self, rule: str, facts: Facts) -> Figure:
        """Return what an amount comes to, what it computes to, and the remarks on it.

        Raises:
            FactMissingError: it needs a quantity that was not given.

        """
        return figures.figure(self._book, rule, facts)

    def amount(self, rule: str, facts: Facts) -> Fraction:
        """Return an amount, exact; a published figure wins over the computed one.

        Raises:
            FactMissingError: it needs a quantity that was not given.
            CountError: a quantity it needs is not yet counted.

        """
        value = self.figure(rule, facts).value
        if value is None:
            raise CountError(f"{spoken(rule)} depends on what is not yet counted")
        return value

    def count(self, rule: str, facts: Facts) -> int:
        """Return an amount that is a whole number.

        Raises:
            FactMissingError: as `amount`.
            CountError: as `amount`, or the law leaves a fraction.

        """
        value = self.amount(rule, facts)
        if value.denominator != 1:
            raise CountError(
                f"{spoken(rule)} comes to {printed(value)}, which is no whole number; "
                "the law file must say how it is rounded"
            )
        return int(value)

    def required(self, facts: Facts) -> tuple[int, tuple[str, ...]]:
        """Return the signatures required, and sentences a reader must see about it.

        Raises: as `count`.
        """
        name = "required_signatures"
        return self.count(name, facts), self.figure(name, facts).remarks

    def judge(self, rule: str, facts: Facts) -> Verdict:
        """Return the verdict of a test or of bands, in the law's own words.

        `facts` are counts by name, each None while it is not yet counted; and where the
        rule needs them, a table of parts (under the name of the parts, or ``parts``),
        ``elections`` (a list, in order), ``judgments`` (by body or by question) and
        ``properties`` of the measure, yes, no or None. `Verdict.rows` has a row for
        each single test.

        Raises:
            FactMissingError: it needs a fact that was not given.
            NoInstitutionError: the place has no such institution.

        """
        found = self._book.version(rule)
        match found.content:
            case Test() as test:
                return cited(test.judge(Known(self._book, facts)), found.cite)
            case Bands():
                return self.band(rule, facts)[1]
            case Choose() as choose:
                return self._chosen(choose, facts, found.cite)
        if isinstance(found.content, str):
            raise InputError(
                f"{rule!r} is no test in {self.law.id} on the measure's day: it says "
                f"{found.content!r}, and there is nothing to judge"
            )
        raise InputError(f"{rule!r} is no test in {self.law.id}")

    def _chosen(self, choose: Choose, facts: Facts, cite: tuple[str, ...]) -> Verdict:
        names = choose.chosen(facts)
        judged = tuple(
            replace(self.judge(name, facts), about=spoken(name)) for name in names
        )
        if len(judged) == 1:
            return replace(judged[0], about="")
        found = {verdict.standing for verdict in judged}
        standing = found.pop() if len(found) == 1 else Standing.OPEN
        words = f"by what the measure is, which is not yet declared: {choose}"
        return Verdict(standing, words, cite, judged)

    def band(self, rule: str, facts: Facts) -> tuple[str, Verdict]:
        """Return the band the facts fall in (``open`` if not settled), and why.

        Raises:
            FactMissingError: it needs a quantity that was not given.

        """
        found = self._book.version(rule)
        if not isinstance(found.content, Bands):
            raise InputError(f"{rule!r} has no bands in {self.law.id}")
        name, verdict = found.content.place(Known(self._book, facts))
        return name, cited(verdict, found.cite)

    def text(self, rule: str) -> str:
        """Return what a rule of words says, such as ``county`` for ``sample_unit``."""
        content = self._book.version(rule).content
        if not isinstance(content, str):
            raise InputError(f"{rule!r} is no text in {self.law.id}")
        return content

    def content(self, rule: str) -> Content:
        """Return what the version of `rule` in force says, as it was read."""
        return self._book.version(rule).content

    def said(self, rule: str) -> Content | None:
        """Return what `rule` says on its governing date; None where it says nothing.

        Raises:
            InputError: the date that decides which version of it holds is missing.

        """
        if rule not in self.law.rules:
            return None
        try:
            return self.content(rule)
        except NotInForceError:
            return None

    def cite(self, rule: str) -> tuple[Source, ...]:
        """Return the sources that impose the version of `rule` in force."""
        return self._book.sources(self._book.version(rule))

    def reasons(self) -> dict[str, tuple[Source, ...]]:
        """Return why a signature may be not valid: reason codes in force → sources."""
        book, found = self._book, {}
        for code, rule in self.law.reasons.items():
            day = book.day(rule)
            version = in_force(rule.versions, day)
            if version:
                found[code] = book.sources(version)
        return found

    def reason(self, code: str) -> str:
        """Return a reason in the law file's words."""
        if code not in self.law.reasons:
            raise InputError(f"{self.law.id} knows no reason {code!r}")
        rule = self.law.reasons[code]
        return str(rule.on(self._book.day(rule)).content)

    def deadline(self, name: str, dates: Mapping[str, date]) -> Deadline:
        """Return the last day of the clock `name`; `dates` add to the measure's own."""
        return clocks.deadline(clocks.with_dates(self._book, _named(dates)), name)

    def deadlines(self, dates: Mapping[str, date]) -> list[Deadline]:
        """Return every clock whose last day can be told, earliest first."""
        return clocks.told(clocks.with_dates(self._book, _named(dates)))[0]

    def unknown_clocks(self, dates: Mapping[str, date]) -> dict[str, str]:
        """Return the clocks whose last day cannot be told → why not."""
        return clocks.told(clocks.with_dates(self._book, _named(dates)))[1]

    @property
    def _book(self) -> InForce:
        return InForce(law=self.law, dates=self.dates, every=self.every)


def laws() -> list[str]:
    """Return the ids of the shipped laws, sorted, such as ``us/wa/referendum``."""
    return list(_laws_in(FOLDER))


@cache
def _laws_in(folder: Path) -> tuple[str, ...]:
    """Return the ids of the laws of a folder, whose files stay as they are."""
    return tuple(
        sorted(
            path.relative_to(folder).with_suffix("").as_posix()
            for path in folder.rglob("*.yaml")
            if not path.name.endswith(".cases.yaml")
            and path.stem.split("_")[0] not in NOT_LAWS
        )
    )


def open_law(law: str | Path) -> Law:
    """Open a shipped law by its id, or a law file of one's own by its path.

    Raises:
        InputError: there is no such law; the nearest id is suggested.
        LawError: the file cannot be read; the message says where and what to do.

    """
    path, name = find_law(law)
    return _shipped(path, name) if path.is_relative_to(FOLDER) else _read(path, name)


@cache
def _shipped(path: Path, name: str) -> Law:
    """Return a shipped law, read once: its file stays as it is while a program runs."""
    return _read(path, name)


def _read(path: Path, name: str) -> Law:
    parts = read_parts(path)
    return Law(
        id=name,
        title=parts.header["title"],
        place=parts.header.get("place", path.resolve().parent.name),
        instrument=parts.header.get("instrument", spoken(path.stem)),
        path=path,
        files=parts.files,
        sources=parts.sources,
        rules=parts.rules,
        reasons=parts.reasons,
        assumed=parts.assumed,
        calendar=parts.calendar,
        digest=parts.digest,
    )


def find_law(law: str | Path) -> tuple[Path, str]:
    """Return where a law file stands, and the law's id.

    Raises:
        InputError: there is no such law.

    """
    text, path = str(law), Path(law)
    if path.suffix in {".yaml", ".yml"}:
        if not path.is_file():
            raise InputError(
                "there is no such law file; correct the path, or give the id of a law "
                "(plebiscite law list names them)",
                path=path,
            )
        whole = path.resolve()
        if whole.is_relative_to(FOLDER.resolve()):
            whole = whole.relative_to(FOLDER.resolve())
            return path, whole.with_suffix("").as_posix()
        return path, path.stem
    known = laws()
    if text in known:
        return FOLDER / f"{text}.yaml", text
    here = [each for each in known if each.startswith(f"{text.rstrip('/')}/")]
    if len(here) == 1:
        return FOLDER / f"{here[0]}.yaml", here[0]
    if here:
        raise InputError(
            f"{text!r} is a place with several laws; say which: {', '.join(here)}"
        )
    raise InputError(
        f"there is no law {text!r}; {_nearest(text, known)} (plebiscite law list names "
        "all); or give the path of a law file ending in .yaml"
    )


def _nearest(text: str, known: Sequence[str]) -> str:
    """Return what may have been meant: a law, else the laws of the place, else all."""
    places = list(dict.fromkeys(each.rsplit("/", 1)[0] for each in known))
    above = text.rsplit("/", 1)[0]
    here = [each for each in known if each.rsplit("/", 1)[0] == above]
    if near := get_close_matches(text, here or known, n=1):
        return f"did you mean {near[0]!r}?"
    if here:
        return f"the laws of {above!r} are: {', '.join(here)}"
    return f"there are laws of: {', '.join(places)}"


def _named(dates: Mapping[str, date]) -> dict[str, date]:
    return {ALIASES.get(name, name): day for name, day in dates.items()}
