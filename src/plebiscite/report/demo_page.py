"""The report of the demonstration: one page, everything to look at, nothing fetched.

It shows a petition that never was, and says so at the top, on every certificate, and
wherever a figure might be taken for a real one. The real figures stand at the end, each
beside the figure it was published with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from plebiscite.report import words
from plebiscite.report.band_line import band_line, band_svg
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.certificate_text import Fact
from plebiscite.report.charts import (
    duplicate_picture,
    reasons_picture,
    validity_picture,
)
from plebiscite.report.matching_chart import Outcome, matching_picture
from plebiscite.report.running_chart import Running, running_picture
from plebiscite.report.words import Certified

FEWEST_DOTS = 3
"""Fewer sampled counties show no relation between size and weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline, as the page shows it.

    Attributes:
        day: the last day, ISO.
        assumes: what had to be supposed to tell it; empty where nothing was.

    """

    name: str
    day: str
    rule: str
    cites: tuple[str, ...]
    assumes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of the office: its name, what it did, and the file it left."""

    name: str
    words: str
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitRun:
    """A stand-alone script of the bundle in `folder`, run as anybody would run it."""

    folder: str
    command: str
    printed: str
    exit_code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A figure somebody published beside the same figure computed here."""

    name: str
    published: str
    computed: str

    @property
    def agrees(self) -> bool:
        """Whether the two are the same, sign for sign."""
        return self.published == self.computed


@dataclass(frozen=True, slots=True, kw_only=True)
class RealCase:
    """Figures from the outside world, recomputed.

    Attributes:
        source: where the figures stand.
        note: what a reader must know about them; may be empty.

    """

    key: str
    title: str
    words: str
    source: str
    comparisons: tuple[Comparison, ...]
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether every figure came out as published."""
        return all(comparison.agrees for comparison in self.comparisons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """Everything the report shows.

    Attributes:
        preliminary, final: the certificates on the sample, as certificate.json holds
            them; `full_count` that on every line, None where the sample decided.
        outcome: how it ended, and whether rightly, in sentences.
        running: the full count as it went; None where there was none.
        scale: one line here stands for so many of the real petition's size.
        changes: what the scale changes, a sentence each.
        invented: what is invented, a sentence each.
        truth: the projection held against the known truth, in facts.
        outcomes: the matcher held against the truth, by kind of line.
        files: name and what it is, of what lies beside the report.

    """

    title: str
    scale: int
    seed: str
    preliminary: Certified
    final: Certified
    full_count: Certified | None
    running: Running | None
    outcome: tuple[str, ...]
    invented: tuple[str, ...]
    changes: tuple[str, ...]
    clocks: tuple[Clock, ...]
    acts: tuple[Act, ...]
    kit: tuple[KitRun, ...]
    truth: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]
    cases: tuple[RealCase, ...]
    files: tuple[tuple[str, str], ...]


def demo_html(shown: Demonstration) -> str:
    """Return the report of a demonstration as one self-contained page."""
    steps = [
        ("Names alone", "preliminary", shown.preliminary),
        ("People decided", "final", shown.final),
    ]
    if shown.full_count:
        steps.append(("Every line", "full_count", shown.full_count))
    pictures = [validity_picture(shown.final), reasons_picture(shown.final)]
    sampled = [one for one in shown.final["counties"] if not one["every_line"]]
    if len(sampled) >= FEWEST_DOTS:
        pictures.append(duplicate_picture(shown.final))
    return (
        environment()
        .get_template("demo.html")
        .render(
            shown=shown,
            part=f"1/{shown.scale}",
            documents=[_document(*step) for step in steps],
            sample=_drawing(shown.final),
            running=running_picture(shown.running) if shown.running else None,
            pictures=pictures,
            matching=matching_picture(shown.outcomes),
            markup=Markup,
            style=style("certificate.css") + style("demo.css"),
        )
    )


def _document(name: str, folder: str, data: Certified) -> Mapping[str, Any]:
    """Return what the report shows of one certificate."""
    undecided = sum(county["undecided"] for county in data["counties"])
    return {
        "name": name,
        "folder": folder,
        "kind": "projected" if data["verified"] is None else "verified",
        "heading": words.heading(data),
        "preliminary": words.is_preliminary(data),
        "sign": words.BAND_SIGN[data["band"]],
        "band": words.BAND_NAME[data["band"]],
        "conclusion": words.conclusion(data),
        "counted": words.figure(words.counted(data)),
        "percent": data["percent"],
        "undecided": words.figure(undecided),
        "suppositions": words.supposition_sentences(data),
        "sentences": [
            words.count_sentence(data),
            words.need_sentence(data),
            words.interval_sentence(data),
            words.chance_sentence(data),
            words.duplicate_sentence(data),
        ],
    }


def _drawing(data: Certified) -> Markup:
    line = band_line(data)
    return Markup(band_svg(line) if line else "")  # noqa: S704 - ours
