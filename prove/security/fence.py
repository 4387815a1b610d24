"""No way from who signed to who supports, in the tables of the site.

Elections Code § 18650 (California) forbids to use signatures for anything but the
petition. So no table of signers may point to one of supporters, nor the other way, nor
may both hold a column that would join them. Imports and registers are walked by
tests/petition/test_campaign_volunteers.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from prove.frame.figure import Figure

SIGNERS = "county"
"""The app of the site whose tables hold lines of signers."""
SUPPORTERS = "campaign"
"""The app of the site whose tables lead to volunteers."""
SHARED = frozenset({"id", "measure", "at", "made_at", "made_by", "ended_at"})
"""Columns both may have: a measure has signers and supporters, and rows have a day."""


def fence() -> Figure:
    """Return what was found on both sides of the fence.

    Raises:
        RuntimeError: on one side there is no table at all.

    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plebiscite.web.settings")
    import django

    django.setup()
    from django.apps import apps

    models = list(apps.get_models())
    if missing := {SIGNERS, SUPPORTERS} - set(map(app_of, models)):
        raise RuntimeError(f"the site has no tables of {missing}: nothing was fenced")
    crossing = [*crossing_keys(models), *joining_columns(models)]
    return Figure(
        what="a way from signers to supporters, through the tables of the site",
        value=f"{len(crossing)} found in {len(models)} tables",
        oracle="every key and every column of every table",
        held=not crossing,
        note="; ".join(crossing),
    )


def crossing_keys(models: list[Any]) -> Iterator[str]:
    """Yield each key between a table of signers and one of supporters."""
    for model in models:
        for field in model._meta.get_fields():  # noqa: SLF001 # Django's public name
            other = field.related_model
            if other is None or isinstance(other, str):
                continue
            sides = {app_of(model), app_of(other)}
            if sides == {SIGNERS, SUPPORTERS}:
                yield f"{model.__name__}.{field.name} leads to {other.__name__}"


def joining_columns(models: list[Any]) -> Iterator[str]:
    """Yield each column that tables on both sides have, but for what may be shared."""
    theirs: dict[str, set[str]] = {SIGNERS: set(), SUPPORTERS: set()}
    for model in models:
        if app_of(model) in theirs:
            names = {field.column for field in model._meta.concrete_fields}  # noqa: SLF001
            theirs[app_of(model)] |= names
    for name in sorted(theirs[SIGNERS] & theirs[SUPPORTERS] - SHARED):
        yield f"both sides have a column {name}"


def app_of(model: Any) -> str:
    """Return the app that `model` belongs to."""
    return str(model._meta.app_label)  # noqa: SLF001 # Django's public name
