"""The API as a page to read: made from its OpenAPI document, and from nothing else.

Whoever writes a program against the API finds each address with what it takes, what it
answers and the shapes of both, in plain HTML: no script, no other site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plebiscite.web.measures.pages.answers import published

Schema: TypeAlias = Mapping[str, Any]
GROUPS = {
    "public": _("What anybody may ask"),
    "docket": _("The docket"),
    "with a key": _("With a key"),
}
"""The document's tags in the words of the page, in the page's order."""
LIMITS = (
    ("minimum", "from {}"),
    ("maximum", "to {}"),
    ("maxLength", "at most {} characters"),
    ("default", "without it {}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the words for a kind of value; `shape` names the shape it is."""

    text: str
    shape: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value that is sent or answered, by name.

    Attributes:
        where: path, query or body; "" in a shape.

    """

    name: str
    where: str
    kind: tuple[Part, ...]
    required: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing a program can ask.

    Attributes:
        key: its name in the document, which names its place on the page too.
        takes: what is sent, by name; the body is one of them.
        answers: status, what the status is called, and what comes with it.

    """

    key: str
    tag: str
    method: str
    path: str
    words: str
    needs_key: bool
    takes: tuple[Field, ...]
    answers: tuple[tuple[str, str, tuple[Part, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape of values that has a name."""

    name: str
    words: str
    fields: tuple[Field, ...]


@published
def reference(request: HttpRequest) -> HttpResponse:
    """Show every operation and every shape."""
    said = described()
    found = operations(said)
    tags = list(dict.fromkeys([*GROUPS, *(each.tag for each in found)]))
    groups = [
        (GROUPS.get(tag, tag), [each for each in found if each.tag == tag])
        for tag in tags
    ]
    context = {
        "groups": [each for each in groups if each[1]],
        "shapes": shapes(said),
    }
    return render(request, "api/reference.html", context)


@lru_cache(maxsize=1)
def described() -> Schema:
    """Return the OpenAPI document, as the API gives it."""
    from plebiscite.web.api.urls import api  # the routes hold this page too

    return api.get_openapi_schema()


def operations(document: Schema) -> list[Operation]:
    """Return every operation of a document, in its order."""
    return [
        _operation(path, method, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def shapes(document: Schema) -> list[Shape]:
    """Return every named shape of a document, by name."""
    known = document.get("components", {}).get("schemas", {})
    return [
        Shape(
            name=name,
            words=_plain(said.get("description", "")),
            fields=tuple(_fields(said)),
        )
        for name, said in sorted(known.items())
    ]


def kind(schema: Schema) -> tuple[Part, ...]:
    """Return the words for a kind of value.

    >>> [p.text for p in kind({"type": "array", "items": {"type": "integer"}})]
    ['list of ', 'integer']
    >>> "".join(p.text for p in kind({"anyOf": [{"type": "string", "format": "date"},
    ...                                        {"type": "null"}]}))
    'string (date) or null'
    """
    return tuple(_kind(schema))


def _kind(schema: Schema) -> Iterator[Part]:
    ways = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if reference := schema.get("$ref"):
        name = str(reference).rpartition("/")[2]
        yield Part(text=name, shape=name)
    elif ways:
        for number, way in enumerate(ways):
            if number:
                yield Part(text=" or ")
            yield from _kind(way)
    elif schema.get("type") == "array":
        yield Part(text="list of ")
        yield from _kind(schema.get("items") or {})
    else:
        form = f" ({schema['format']})" if "format" in schema else ""
        yield Part(text=f"{schema.get('type', 'any value')}{form}")
    if "enum" in schema:
        yield Part(text=": " + ", ".join(map(str, schema["enum"])))
    told = [words.format(schema[name]) for name, words in LIMITS if _says(schema, name)]
    if told:
        yield Part(text=", " + ", ".join(told))


def _says(schema: Schema, name: str) -> bool:
    """Whether a limit is one: without a value, nothing is the value."""
    return schema.get(name) not in (None, "")


def _operation(path: str, method: str, said: Schema) -> Operation:
    return Operation(
        key=said["operationId"],
        tag=next(iter(said.get("tags", [])), ""),
        method=method.upper(),
        path=path,
        words=_plain(said.get("description", "")),
        needs_key=bool(said.get("security")),
        takes=(*_parameters(said), *_body(said)),
        answers=tuple(
            (str(status), answer["description"], _content(answer))
            for status, answer in said["responses"].items()
        ),
    )


def _parameters(said: Schema) -> Iterator[Field]:
    for each in said.get("parameters", []):
        yield Field(
            name=each["name"],
            where=each["in"],
            kind=kind(each["schema"]),
            required=each["required"],
            words=_plain(each.get("description", "")),
        )


def _body(said: Schema) -> Iterator[Field]:
    body = said.get("requestBody")
    if body:
        yield Field(
            name="",
            where="body",
            kind=_content(body),
            required=bool(body.get("required")),
            words="",
        )


def _content(said: Schema) -> tuple[Part, ...]:
    """Return the kind of what is sent or answered; nothing where it is empty."""
    return tuple(
        part
        for each in said.get("content", {}).values()
        for part in kind(each["schema"])
    )


def _fields(said: Schema) -> Iterator[Field]:
    required = set(said.get("required", []))
    for name, each in said.get("properties", {}).items():
        yield Field(
            name=name,
            where="",
            kind=kind(each),
            required=name in required,
            words=_plain(each.get("description", "")),
        )


def _plain(words: str) -> str:
    """Return words of the program's source on one line, without its marks."""
    return re.sub(r"`([^`]*)`", r"\1", " ".join(words.split()))
