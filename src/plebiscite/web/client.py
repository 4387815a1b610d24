"""A small typed client of the API, on the standard library alone.

    site = Client("https://petitions.example.gov")
    for measure in site.measures():
        print(measure.id, measure.stage)
    site.counts("us/ca/16-0011")["raw"]["value"]

What it has read it keeps with its ETag, and asks only whether that is still so. Where
the site cannot be reached, or goes away in the middle of an answer, an OSError says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from http.client import HTTPException
from typing import Any, Protocol, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

from plebiscite.errors import PlebisciteError

SECONDS = 30
UNCHANGED = 304
CUT = "the site ended the connection before its answer was whole"


class ApiError(PlebisciteError):
    """The site refused, in its own words.

    Attributes:
        status: the HTTP status.
        code: the word for programs, such as ``not_found``.
        refusals: what was wrong with what was sent, each with its place.

    """

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(error.get("code", ""))
        self.refusals: Sequence[Mapping[str, str]] = error.get("refusals", ())
        super().__init__(f"{status} {self.code}: {error.get('message', '')}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure in the list; days are ISO, and "" where not known."""

    id: str
    title: str
    kind: str
    law: str
    place: str
    began: str | None
    stage: str
    since: str | None
    ended: bool
    counterfactual: bool
    events: int
    head: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of a docket, as its line says."""

    v: int
    seq: int
    recorded_at: str
    day: str
    kind: str
    by: str
    authority: str
    source: str
    body: Mapping[str, Any]
    prev: str
    hash: str


Row = TypeVar("Row", MeasureRow, Event)


class Answer(Protocol):
    """What an opened address gives: the standard library's, or a test's."""

    headers: Mapping[str, str]

    def read(self) -> bytes:
        """Return the body."""


def _row(kind: type[Row], data: Mapping[str, Any]) -> Row:
    """Return a row, leaving out keys that a later version of the site added."""
    return kind(**{each.name: data[each.name] for each in fields(kind)})


@dataclass(slots=True, kw_only=True)
class _Kept:
    tag: str
    data: Any


@dataclass(slots=True)
class Client:
    """A site, asked over its API.

    Attributes:
        url: the site's address, such as ``https://petitions.example.gov``.
        key: a key for programs, for what is not public; "" for none.

    """

    url: str
    key: str = ""
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def measures(self, words: str = "") -> Iterator[MeasureRow]:
        """Yield the measures that have every one of `words`, in neutral order."""
        for each in self._all("measures", q=words):
            yield _row(MeasureRow, each)

    def measure(self, measure: str, *, on: date | None = None) -> dict[str, Any]:
        """Return everything a measure's page shows, as of a day."""
        return self._object(f"measures/{quote(measure)}", on=on)

    def counts(self, measure: str, *, on: date | None = None) -> dict[str, Any]:
        """Return every count by kind, with revisions, sources and verdict."""
        return self._object(f"measures/{quote(measure)}/counts", on=on)

    def verdicts(self, measure: str, *, on: date | None = None) -> dict[str, Any]:
        """Return what the law makes of each count."""
        return self._object(f"measures/{quote(measure)}/verdicts", on=on)

    def docket(self, measure: str) -> Iterator[Event]:
        """Yield the events of the docket, oldest first."""
        for each in self._all(f"measures/{quote(measure)}/docket"):
            yield _row(Event, each)

    def certificates(self, measure: str) -> list[dict[str, Any]]:
        """Return the certificates whole, oldest first."""
        return list(self._get(f"measures/{quote(measure)}/certificates"))

    def laws(self) -> list[dict[str, Any]]:
        """Return the laws, with how much of each somebody has checked."""
        return list(self._get("laws"))

    def law(self, law: str, *, on: date | None = None) -> dict[str, Any]:
        """Return a law with its versions, or as it stood on a day."""
        return self._object(f"laws/{quote(law)}", on=on)

    def me(self) -> dict[str, Any]:
        """Return whom the key acts for.

        Raises:
            ApiError: there is no key, or it works no longer.

        """
        return self._object("me")

    def record(
        self,
        measure: str,
        kind: str,
        *,
        day: date,
        by: str,
        authority: str,
        source: str = "",
        body: Mapping[str, Any] | None = None,
    ) -> list[Event]:
        """Record an event in a docket; [] where it stands there already.

        Raises:
            ApiError: the key may not, or the event may not follow.

        """
        said = {
            "kind": kind,
            "day": day.isoformat(),
            "by": by,
            "authority": authority,
            "source": source,
            "body": dict(body or {}),
        }
        found = self._ask(f"measures/{quote(measure)}/docket", said)
        return [_row(Event, each) for each in _whole(found)]

    def _all(self, path: str, **said: Any) -> Iterator[Mapping[str, Any]]:
        part = self._get(path, **said)
        while True:
            yield from part["items"]
            if not part["next"]:
                return
            part = self._get(part["next"])

    def _object(self, path: str, **said: Any) -> dict[str, Any]:
        return dict(self._get(path, **said))

    def _get(self, path: str, **said: Any) -> Any:
        asked = urlencode({name: value for name, value in said.items() if value})
        where = f"{path}?{asked}" if asked else path
        kept = self._kept.get(where)
        try:
            found = self._ask(where, tag=kept.tag if kept else "")
        except ApiError as problem:
            if problem.status == UNCHANGED and kept is not None:
                return kept.data
            raise
        data = _whole(found)
        if tag := found.headers.get("ETag"):
            self._kept[where] = _Kept(tag=tag, data=data)
        return data

    def _ask(
        self, path: str, said: Mapping[str, Any] | None = None, *, tag: str = ""
    ) -> Answer:
        where = urljoin(f"{self.url.rstrip('/')}/api/v1/", path)
        if not where.startswith(("https://", "http://")):
            raise ValueError(f"{where} is no address of the web")
        headers = {"Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if tag:
            headers["If-None-Match"] = tag
        data = None
        if said is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(said).encode()
        # Both are held to http and https above.
        asked = Request(where, data=data, headers=headers)  # noqa: S310 - see above
        try:
            answer: Answer = urlopen(asked, timeout=SECONDS)  # noqa: S310 - see above
        except HTTPError as problem:
            raise ApiError(problem.code, _error(problem)) from problem
        except HTTPException as problem:
            raise ConnectionError(CUT) from problem
        return answer


def _whole(answer: Answer) -> Any:
    """Return what an answer says, once all of it is there."""
    try:
        return json.loads(answer.read())
    except (HTTPException, ValueError) as problem:
        raise ConnectionError(CUT) from problem


def _error(problem: HTTPError) -> Mapping[str, Any]:
    try:
        found = json.loads(problem.read())["error"]
    except (ValueError, KeyError, TypeError, HTTPException):
        return {"message": str(problem.reason)}
    return dict(found)
