"""The public pages: the list, a measure, a figure and its revisions, the check.

Nothing is decided here: `plebiscite.report.page` puts a page together, and templates
show it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from plebiscite.docket import store
from plebiscite.docket.table import table
from plebiscite.petition.measure import Measure as Told
from plebiscite.report.band_line import band_svg
from plebiscite.report.page.drawn.bars import counts_svg, window_svg
from plebiscite.report.page.figure import COUNTS, MEANS, PROVES
from plebiscite.report.page.judged import judged
from plebiscite.report.page.page import Page
from plebiscite.report.page.taken.cited import citation, name_of, notice
from plebiscite.report.page.told import page_data
from plebiscite.web.frame.answers import whole_address
from plebiscite.web.measures import shelf
from plebiscite.web.measures.pages.answers import (
    OPEN_TO_ALL,
    page,
    published,
)
from plebiscite.web.measures.templatetags.told import say, written

KIND_NAMES = {
    "required": "required",
    "claimed": "claimed",
    "raw": "raw count",
    "projected": "projected",
    "verified": "verified",
}
HEAD = 64


@published
def home(request: HttpRequest) -> HttpResponse:
    """List the measures, in an order that favours nobody; ``?q=`` searches."""
    words = request.GET.get("q", "").strip()[:100]
    rows = list(shelf.found(words))
    places = [
        {"place": place, "fiction": fiction, "rows": list(group)}
        for (fiction, place), group in groupby(
            rows, key=lambda row: (row.counterfactual, row.place)
        )
    ]
    return render(
        request,
        "measures/list.html",
        {"places": places, "words": words, "total": len(rows)},
    )


@published
def measure(request: HttpRequest, measure: str) -> HttpResponse:
    """Show a measure: where it stands, what is next, and every figure with its why."""
    found = page(request, measure)
    names = {kind: say(name) for kind, name in KIND_NAMES.items()}
    context = {
        "page": found,
        "record": found.record,
        "measure": found.record.measure,
        "glance": found.glance,
        "kinds": [
            {
                "kind": kind,
                "figure": found.figures.get(kind),
                "verdict": found.verdicts.get(kind),
                "means": MEANS[kind],
            }
            for kind in ("required", *COUNTS)
        ],
        "missing": [kind for kind in COUNTS if kind not in found.figures],
        "votes": _votes(found),
        "bars": _bars(found, names),
        "window": _window(found),
        "line": _line(found),
        "events": list(reversed(found.record.events)),
        "words": {k: v.words for k, v in table().kinds.items()},
        "is_today": "on" not in request.GET,
        "address": whole_address(request, request.path),
    }
    return render(request, "measures/measure.html", context)


def _votes(found: Page) -> list[dict[str, object]]:
    """Return the votes, question by question, with what the law makes of them."""
    asked = [each for each in found.figures.values() if each.kind == "votes"]
    questions = {f.id: f for f in found.record.measure.follow_ups}
    return [
        {
            "question": questions[name].question if name in questions else "",
            "figures": figures,
            "verdict": found.verdicts.get(figures[0].name),
        }
        for name, group in groupby(asked, key=lambda each: each.question)
        if (figures := list(group))
    ]


def _bars(found: Page, names: dict[str, str]) -> str:
    if found.progress is None or not found.progress.best:
        return ""
    told = ", ".join(
        f"{names[kind]} {written(value)}"
        for kind, value in found.progress.counts.items()
    )
    title = f"{names['required']} {written(found.progress.required)}; {told}"
    return mark_safe(counts_svg(found.progress, title, names))  # noqa: S308 - ours


def _window(found: Page) -> str:
    if found.window is None or not found.window.matters:
        return ""
    drawn = window_svg(
        found.window,
        say(found.window.words),
        written(found.window.opens),
        written(found.window.closes),
    )
    return mark_safe(drawn)  # noqa: S308 - ours, every text in it escaped


def _line(found: Page) -> str:
    line = found.certificate.line if found.certificate else None
    if line is None:
        return ""
    bands = tuple(replace(each, name=say(each.name)) for each in line.bands)
    drawn = band_svg(replace(line, bands=bands, words=say(line.words)))
    return mark_safe(drawn)  # noqa: S308 - ours, every text in it escaped


@published
def as_json(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the page of a measure as JSON."""
    found = page(request, measure)
    address = whole_address(request, reverse("measures:measure", args=[measure]))
    response = JsonResponse(
        page_data(found, address), json_dumps_params={"ensure_ascii": False}
    )
    for header, value in OPEN_TO_ALL.items():
        response.headers[header] = value
    return response


@published
def figure(
    request: HttpRequest, measure: str, name: str, event: int | None = None
) -> HttpResponse:
    """Show a figure: the value that stands, or the one an event gave, for good."""
    found = page(request, measure)
    asked = found.figures.get(name)
    if asked is None:
        raise Http404(f"{measure} has no figure {name!r}")
    revision = asked.now if event is None else asked.at(event)
    if revision is None:
        raise Http404(f"event {event} gave no value of {name!r}")
    path = reverse("measures:revision", args=[measure, name, revision.seq])
    return render(
        request,
        "measures/figure.html",
        {
            "page": found,
            "measure": found.record.measure,
            "figure": asked,
            "name": name_of(asked),
            "revision": revision,
            "stands": revision is asked.now,
            "notice": notice(asked, revision),
            "means": MEANS[asked.kind],
            "proves": PROVES[asked.kind],
            "verdict": judged(found.record, found.figures, asked, revision),
            "citation": citation(
                measure, asked, revision, whole_address(request, path)
            ),
            "question": _question(found.record.measure, asked.question),
        },
    )


def _question(measure: Told, name: str) -> str:
    return next((f.question for f in measure.follow_ups if f.id == name), "")


@published
def verify(request: HttpRequest, measure: str) -> HttpResponse:
    """Run the docket's verifier, against a head if one is given; show what it finds."""
    found = page(request, measure)
    head = request.GET.get("head", "").strip().lower()
    is_head = len(head) == HEAD and not head.strip("0123456789abcdef")
    check = None
    if found.record.check is not None:
        check = store.verify(shelf.folder_of(measure), head=head if is_head else None)
    return render(
        request,
        "measures/verify.html",
        {
            "page": found,
            "measure": found.record.measure,
            "check": check,
            "head": head,
            "wrong_head": bool(head) and not is_head,
        },
    )


@published
def about(request: HttpRequest) -> HttpResponse:
    """Say what the kinds of count are, what they do not prove, and the licence."""
    kinds = [
        {"name": kind, "means": MEANS[kind], "proves": PROVES[kind]}
        for kind in ("required", *COUNTS, "votes")
    ]
    return render(request, "measures/about.html", {"kinds": kinds})
