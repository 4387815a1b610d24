"""The certificate as headings, facts and tables, before anybody draws it.

The page and the PDF are two drawings of one `CertificateText`; so they cannot say
different things, and what is tested here holds for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plebiscite.report import words
from plebiscite.report.band_line import BandLine, band_line
from plebiscite.report.words import Certified, figure, percent_of_need
from plebiscite.verify.certificate import is_statewide

UNTOLD = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing stated: what it is, how much, and what a reader should know."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One sentence of the verdict, at its depth in the tree (0 = the whole)."""

    depth: int
    standing: str
    words: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the first cell of a row heads the row, the others are figures.

    Attributes:
        foot: the sum, a row of its own; empty where nothing adds up.
        note: what the columns mean, or what is left out; may be empty.

    """

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateText:
    """Everything a certificate says, in the order it says it."""

    heading: str
    preliminary: bool
    title: str
    measure: str
    law: str
    sign: str
    band: str
    conclusion: str
    summary: tuple[str, ...]
    line: BandLine | None
    doubts: tuple[str, ...]
    verdict: tuple[Step, ...]
    basis: tuple[Fact, ...]
    notes: tuple[str, ...]
    statement: str
    signing: tuple[str, ...]
    tables: tuple[Table, ...]
    recompute: tuple[str, ...]
    sources: tuple[str, ...]


def certificate_text(data: Certified) -> CertificateText:
    """Return everything the certificate says; `data` is certificate.json's content."""
    literal = words.literal_sentence(data)
    return CertificateText(
        heading=words.heading(data),
        preliminary=words.is_preliminary(data),
        title=data["title"],
        measure=data["measure"],
        law=data["law_title"],
        sign=words.BAND_SIGN[data["band"]],
        band=words.BAND_NAME[data["band"]],
        conclusion=words.conclusion(data),
        summary=(words.count_sentence(data), words.need_sentence(data)),
        line=band_line(data),
        doubts=(
            *words.supposition_sentences(data),
            words.interval_sentence(data),
            words.chance_sentence(data),
            words.duplicate_sentence(data),
            *([literal] if literal else []),
        ),
        verdict=tuple(_steps(data["verdict"], _titles(data), 0)),
        basis=tuple(_basis(data)),
        notes=tuple(words.notes(data)),
        statement=_statement(data),
        signing=("Signature", "Name", "Title", "Office", "Date"),
        tables=tuple(_tables(data)),
        recompute=tuple(_recompute(data)),
        sources=tuple(_sourced(source) for source in data["citations"]),
    )


def _titles(data: Certified) -> dict[str, str]:
    return {
        source["key"]: source["title"]
        + (f" ({words.NOT_CHECKED})" if source["checked"] == "no" else "")
        for source in data["citations"]
    }


def _sourced(source: Mapping[str, Any]) -> str:
    address = f" {source['url']}" if source["url"] else ""
    return f"{words.source_words(source)}{address}"


def _steps(
    verdict: Mapping[str, Any], titles: Mapping[str, str], depth: int
) -> Iterator[Step]:
    yield Step(
        depth=depth,
        standing=words.STANDING[verdict["standing"]],
        words=verdict["words"],
        cites=tuple(titles.get(key, key) for key in verdict["cite"]),
    )
    for part in verdict["parts"]:
        yield from _steps(part, titles, depth + 1)


def _statement(data: Certified) -> str:
    if words.heading(data) == words.STILL_OUT:
        return (
            "This is not a certificate of sufficiency: counties are still out. I "
            "certify that the signatures on the part shown here were examined as the "
            "law requires, and that its figures above and in the schedules are true."
        )
    if words.is_preliminary(data):
        return (
            "This is not a certificate of sufficiency. It shows what names and "
            "addresses alone say; a person must still decide the open lines and "
            "compare the signatures."
        )
    return (
        "I certify that the signatures on this petition were examined as the law "
        "requires, and that the figures above and in the schedules are true."
    )


def _basis(data: Certified) -> Iterator[Fact]:
    yield Fact(name="Required", value=figure(data["required"]), note=_required(data))
    yield Fact(
        name="Filed", value=figure(data["raw"]), note="lines, struck ones left out"
    )
    sampled = sum(county["sampled"] for county in data["counties"])
    yield Fact(name="Looked at", value=figure(sampled), note="lines")
    if data["verified"] is not None:
        yield Fact(name="Verified valid", value=figure(data["verified"]))
    else:
        found = "Found" if words.looked_at_every_line(data) else "Projected"
        yield Fact(name=f"{found} valid", value=figure(data["projected"]))
    yield Fact(name="Of the requirement", value=f"{percent_of_need(data)}%")
    undecided = sum(county["undecided"] for county in data["counties"])
    yield Fact(name="Undecided", value=figure(undecided), note="lines")
    if data["issued_on"]:
        yield Fact(name="Issued", value=data["issued_on"])
    yield Fact(
        name="Roll as of",
        value=data["roll_as_of"] or "not stated",
        note="" if data["roll_as_of"] else "only totals came in",
    )
    for number, seed in enumerate(data["seeds"], 1):
        name = "Seed" if len(data["seeds"]) == 1 else f"Seed of draw {number}"
        yield Fact(name=name, value=seed, note="public digits, after the commitment")
    if data["commitment"]:
        yield Fact(name="Commitment", value=data["commitment"], note="SHA-256")
    yield Fact(name="Law", value=data["law"], note=f"version {data['law_version']}")
    yield Fact(
        name="Program",
        value=f"plebiscite {data['program_version']}",
        note=f"certificate format {data['format']}",
    )


def _required(data: Certified) -> str:
    """Cite what asks for that many."""
    titles = _titles(data)
    cited = [titles.get(key, key) for key in data.get("required_cite", ())]
    return "; ".join(["valid signatures", *cited])


def _tables(data: Certified) -> Iterator[Table]:
    counties = data["counties"]
    yield _county_table(counties, statewide=is_statewide(data))
    if data["reasons"]:
        yield _reason_table(counties, data["reasons"])


def _county_table(counties: Sequence[Mapping[str, Any]], *, statewide: bool) -> Table:
    literal = any(c["projected_literal"] != c["projected"] for c in counties)
    # A decimal is printed as it stands; a whole count has its thousands separated.
    columns = [
        ("Filed", "raw"),
        ("Looked at", "sampled"),
        ("Valid", "valid"),
        ("Open", "undecided"),
        ("Percent valid", "percent"),
        ("Valid before duplicates", "uncorrected"),
        ("Each line stands for", "value"),
        ("Duplicates", "duplicates"),
        ("One takes off", "weight"),
        ("Taken off", "deducted"),
        ("Projected", "projected"),
        *([("By the letter", "projected_literal")] if literal else []),
        ("Standard error", "standard_error"),
    ]
    summed = {
        "raw",
        "sampled",
        "valid",
        "undecided",
        "uncorrected",
        "duplicates",
        "deducted",
        "projected",
        "projected_literal",
    }
    rows = tuple(
        (
            f"{county['county']}{' *' if county['every_line'] else ''}",
            *(figure(county[key]) for _, key in columns),
        )
        for county in counties
    )
    foot = (
        "All together",
        *(
            figure(sum(county[key] for county in counties)) if key in summed else ""
            for _, key in columns
        ),
    )
    starred = any(county["every_line"] for county in counties)
    return Table(
        key="counties",
        caption="Schedule A. The figures of "
        + ("the state" if statewide else "each county"),
        heads=("State" if statewide else "County", *(name for name, _ in columns)),
        rows=rows,
        foot=foot,
        note="* Every line was looked at; nothing was projected." if starred else "",
    )


def _reason_table(
    counties: Sequence[Mapping[str, Any]], totals: Mapping[str, int]
) -> Table:
    """Return the reasons; rare ones in a county stay out of its row, as published."""
    withheld = sum(county["reasons_withheld"] for county in counties)
    together = withheld + sum(sum(c["reasons"].values()) for c in counties)
    rows = tuple(
        (
            county["county"],
            *(_told(county, code) for code in totals),
            *([figure(county["reasons_withheld"])] if withheld else []),
            figure(sum(county["reasons"].values()) + county["reasons_withheld"]),
        )
        for county in counties
        if county["reasons"] or county["reasons_withheld"]
    )
    unnamed = together - sum(totals.values())
    foot = (
        "All together",
        *map(figure, totals.values()),
        *([figure(unnamed)] if withheld else []),
        figure(together),
    )
    note = (
        "A line has one reason; with the valid and the open lines they add up to the "
        "lines looked at."
    )
    if withheld:
        note += (
            " A reason found only a few times in a county might point at a person: "
            "there such lines stand under Rare, a dot in their place, and the last row "
            "names them."
        )
    return Table(
        key="reasons",
        caption="Schedule B. Lines not valid, by reason",
        heads=(
            "County",
            *map(words.reason, totals),
            *(["Rare"] if withheld else []),
            "Together",
        ),
        rows=rows,
        foot=foot,
        note=note,
    )


def _told(county: Mapping[str, Any], code: str) -> str:
    """Return a reason's count; a dot where it may be among the county's rare ones."""
    if code not in county["reasons"] and county["reasons_withheld"]:
        return UNTOLD
    return figure(county["reasons"].get(code, 0))


def _recompute(data: Certified) -> Iterator[str]:
    yield (
        "The folder `bundle` beside this document holds the published counts, the "
        "commitment and the drawn line numbers, with scripts that need nothing but "
        "Python 3."
    )
    if data["seeds"]:
        yield (
            "`python3 redraw.py` draws the sample again: a line's ticket is the "
            "SHA-256 of seed, county, section and row, and the lowest tickets win."
        )
    yield "`python3 recompute.py` works out every figure of Schedule A and their sum."
    yield _by_hand(data)


def _by_hand(data: Certified) -> str:
    """Say what to do with a pencil, by the formula the law names."""
    if all(county["mode"] != "sample" for county in data["counties"]):
        return "By hand: nothing was projected; add up the valid lines of Schedule A."
    if data["projection"] == "california":
        return (
            "By hand, for one county: valid ÷ looked at gives the percentage; times "
            "the lines filed gives the valid before duplicates; take off, for each "
            "duplicate, the value times the value less one."
        )
    if data["projection"] == "proportion":
        return (
            "By hand, where F lines were filed and n looked at: the valid lines times "
            "F ÷ n."
        )
    return (
        "By hand, where F lines were filed and n looked at: the valid lines times "
        "F ÷ n, less, for each duplicate, F(F - 1) ÷ n(n - 1) - F ÷ n."
    )
