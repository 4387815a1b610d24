"""The law's pages: all laws, one with its sources, several side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plebiscite.report.page.taken.sheet import sheet_of
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.compare import as_data, chosen, rows
from plebiscite.rules.told.coverage import coverage
from plebiscite.rules.told.sections import SECTIONS
from plebiscite.rules.told.show import shown
from plebiscite.web.measures import shelf
from plebiscite.web.measures.pages.answers import file, published

COMPARED = ("us/ca", "us/wa", "us/or", "ch")
"""Laws put side by side where nobody chose."""
MOST = 6
MANY, FEW = 2, 8
"""A rule is compared where so many laws have it, or its question has so few rules."""


@published
def list_(request: HttpRequest) -> HttpResponse:
    """List the laws by place, with how much of each somebody has read."""
    return render(request, "measures/laws.html", {"places": _by_place()})


def _by_place() -> list[dict[str, Any]]:
    """Return the laws grouped by place, both by name."""
    return [
        {"place": place, "laws": list(group)}
        for place, group in groupby(
            sorted(_all(), key=lambda each: (each["place"], each["title"])),
            key=lambda each: each["place"],
        )
    ]


@lru_cache(maxsize=1)
def _all() -> tuple[dict[str, Any], ...]:
    return tuple(coverage(open_law(law)).as_data() for law in laws())


@published
def all_csv(request: HttpRequest) -> HttpResponse:
    """Give the list of laws as CSV."""
    made = sheet_of("laws", "Laws", _all()).csv()
    return file(made, "text/csv; charset=utf-8", name="laws.csv")


@published
def all_json(request: HttpRequest) -> HttpResponse:
    """Give the list of laws as JSON, as `plebiscite law list --json` prints it."""
    return file(json.dumps(list(_all()), ensure_ascii=False), "application/json")


@published
def show(request: HttpRequest, law: str) -> HttpResponse:
    """Show what a law says, question by question, with its sources."""
    data = _shown(_known(law))
    sections = [
        {"name": name, "rules": found}
        for name in SECTIONS
        if (found := [each for each in data["rules"] if each["section"] == name])
    ]
    titles = {each["key"]: each for each in data["sources"]}
    return render(
        request,
        "measures/law.html",
        {
            "law": data,
            "sections": sections,
            "titles": titles,
            "measures": shelf.found().filter(law=law),
        },
    )


@published
def as_json(request: HttpRequest, law: str) -> HttpResponse:
    """Give a law as JSON data, as `plebiscite law show --json` prints it."""
    return file(
        json.dumps(_shown(_known(law)), ensure_ascii=False, indent=1),
        "application/json",
    )


@published
def compare(request: HttpRequest) -> HttpResponse:
    """Put laws side by side: ``?law=us/ca&law=ch``; ``?all=1`` shows every rule.

    Under a question that many rules answer, those that one of several laws alone has
    compare with nothing: they are left out unless asked for with ``alone=1``, and the
    page says how many are.
    """
    names, every = _asked(request)
    data = _compared(names, every=every)
    alone = request.GET.get("alone") == "1" or len(names) < MANY
    rules = data["rules"] if alone else [*_worth_comparing(data["rules"])]
    return render(
        request,
        "measures/compare.html",
        {
            "data": {**data, "rules": rules},
            "sections": list(dict.fromkeys(row["section"] for row in rules)),
            "left_out": len(data["rules"]) - len(rules),
            "every": every,
            "alone": alone,
            "several": len(names) >= MANY,
            "too_many": len(_wanted(request)) > MOST,
            "most": MOST,
            "chosen": set(names),
            "places": _by_place(),
        },
    )


@published
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Give the same table as CSV, a column a law; ``-`` where it has no such rule."""
    names, every = _asked(request)
    rows = [
        {
            "section": row["section"],
            "rule": row["rule"],
            **{
                name: cell["says"] if cell else "-"
                for name, cell in zip(names, row["cells"], strict=True)
            },
        }
        for row in _compared(names, every=every)["rules"]
    ]
    made = sheet_of("comparison", "Laws compared", rows).csv()
    return file(made, "text/csv; charset=utf-8", name="laws-compared.csv")


def _asked(request: HttpRequest) -> tuple[tuple[str, ...], bool]:
    """Return the laws asked for, and whether every rule of theirs is."""
    asked = _wanted(request)[:MOST] or [*COMPARED]
    names = dict.fromkeys(_known(chosen(each)) for each in asked)
    return tuple(names), request.GET.get("all") == "1"


def _worth_comparing(rules: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for _section, group in groupby(rules, key=lambda row: row["section"]):
        rows = list(group)
        for row in rows:
            held = sum(each is not None for each in row["cells"])
            if held >= MANY or len(rows) <= FEW:
                yield row


def _wanted(request: HttpRequest) -> list[str]:
    return [*dict.fromkeys(each for each in request.GET.getlist("law") if each)]


@lru_cache(maxsize=32)
def _compared(names: tuple[str, ...], *, every: bool) -> dict[str, Any]:
    opened = [open_law(name) for name in names]
    found = as_data(opened, rows(opened, None, every=every), None)
    titles = {law.id: law.title for law in opened}
    return {
        "laws": [{"id": name, "title": titles[name]} for name in names],
        "rules": [
            {
                **row,
                "words": str(row["rule"]).replace("_", " "),
                "cells": [row["laws"][name] for name in names],
            }
            for row in found["rules"]
        ],
    }


def _known(law: str) -> str:
    if law not in laws():
        raise Http404(f"there is no law {law!r}")
    return law


@lru_cache(maxsize=128)
def _shown(law: str) -> dict[str, Any]:
    data = shown(open_law(law), None)
    for rule in data["rules"]:
        rule["words"] = str(rule["rule"]).replace("_", " ")
    return data
