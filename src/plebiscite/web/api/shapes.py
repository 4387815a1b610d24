"""The shapes of the API's answers, as its OpenAPI document gives them.

Counts are integers, shares and decimals strings, days ISO; what is not known is null.
Keys are only ever added.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")


class Refused(Schema):
    """One thing wrong with what was sent."""

    where: str
    problem: str


class Fault(Schema):
    """What went wrong: a word for programs, a sentence for people, each thing."""

    code: str
    message: str
    refusals: list[Refused] = Field(default_factory=list)


class Error(Schema):
    """The one shape of every error."""

    error: Fault


class Slice(Schema, Generic[Item]):
    """A page of a list: `next` is the address of the one after, or null."""

    count: int
    items: list[Item]
    next: str | None
    previous: str | None


class MeasureRow(Schema):
    """A measure in a list."""

    id: str
    title: str
    kind: str
    law: str
    place: str
    began: date | None
    stage: str
    since: date | None
    ended: bool
    counterfactual: bool
    events: int
    head: str
    address: str


class Event(Schema):
    """An event of a docket, as its line says; `hash` covers all the rest."""

    v: int
    seq: int
    recorded_at: str
    day: date
    kind: str
    by: str
    authority: str
    source: str
    body: dict[str, Any]
    prev: str
    hash: str


class Happened(Schema):
    """What is to be recorded in a docket."""

    day: date
    kind: str = Field(max_length=80)
    by: str = Field(max_length=200)
    authority: str = Field(max_length=500)
    source: str = Field(default="", max_length=2000)
    body: dict[str, Any] = Field(default_factory=dict)


class Me(Schema):
    """Whom a key acts for, and what it may do."""

    email: str
    name: str
    scopes: list[str]
    roles: list[dict[str, str]]


class JobRow(Schema):
    """A job: how far it is, and what came of it."""

    id: str
    kind: str
    title: str
    state: str
    what: str
    done: int
    total: int
    problem: str
    refusals: list[str]
    measure: str
    county: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
