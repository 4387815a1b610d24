"""A YAML file as text with line numbers.

Plain YAML turns ``no`` into a boolean, ``0.08`` into a float and ``2017-01-26`` into a
date; a law file means the text. So every scalar stays text here, and every piece knows
the line it stands on, for the message that will be needed one day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from textwrap import shorten

import yaml

from plebiscite.errors import InputError, LawError

DEEPEST = 30
NEARLY = 75
"""From this likeness on, in per cent, a word may be the one that was meant."""
LONGEST = 40
"""Letters of a wrong value that a refusal repeats."""
NOTHING = frozenset({"", "~", "null"})
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of a YAML file.

    Attributes:
        value: text, a list of nodes, or nodes by key.
        path, line: where it stands; lines count from 1.
        quoted: whether a text stood in quotes (then it is never "nothing").

    """

    value: str | Sequence[Node] | Mapping[str, Node]
    path: Path
    line: int
    quoted: bool = False

    def wrong(self, problem: str) -> LawError:
        """Return an error that names this place."""
        return LawError(problem, path=self.path, line=self.line)

    @property
    def is_nothing(self) -> bool:
        """Whether the value was left out, or written as null."""
        return isinstance(self.value, str) and self.value in NOTHING and not self.quoted

    def text(self, what: str) -> str:
        """Return a text that is not empty.

        Raises:
            LawError: it is a list, a mapping, or nothing.

        """
        if not isinstance(self.value, str) or not self.value:
            raise self.wrong(f"{what} is a text; write it on one line")
        return self.value

    def day(self, what: str) -> date:
        """Return a day written as 2017-01-26.

        Raises:
            LawError: it is written otherwise, or there is no such day.

        """
        text = self.text(what)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong(
                f"{what} is a day; write it as 2017-01-26, not {text!r}"
            ) from None

    def items(self, what: str) -> Sequence[Node]:
        """Return the nodes of a list.

        Raises:
            LawError: it is not a list.

        """
        if isinstance(self.value, (str, Mapping)):
            raise self.wrong(
                f"{what} is a list; begin each entry with '- '{self._not_text()}"
            )
        return self.value

    def mapping(
        self, what: str, *, known: Collection[str] | None = None
    ) -> Mapping[str, Node]:
        """Return the nodes of a mapping, refusing keys that are not `known`.

        Raises:
            LawError: it is not a mapping, or has a key nobody reads.

        """
        if not isinstance(self.value, Mapping):
            raise self.wrong(
                f"{what} is a mapping; write it as 'word: value'{self._not_text()}"
            )
        for key, value in self.value.items():
            if known is not None and key not in known:
                quote = " (a phrase with a comma stands in quotes)"
                raise value.wrong(
                    f"{key!r} is none of the words of {what}; {near(key, known)}"
                    f"write one of: {', '.join(known)}"
                    f"{quote if value.is_nothing else ''}"
                )
        return self.value

    def _not_text(self) -> str:
        """Return what stands here instead, where that is a word or two."""
        if not isinstance(self.value, str) or self.is_nothing:
            return ""
        return f", not {shorten(self.value, LONGEST, placeholder='…')!r}"


def near(word: str, known: Collection[str]) -> str:
    """Return "did you mean …? " where `word` is nearly one of `known`, else nothing."""
    found = get_close_matches(word, known, n=1, cutoff=NEARLY / 100)
    return f"did you mean {found[0]!r}? " if found else ""


def read_yaml(path: Path) -> Node:
    """Read a YAML file as nodes.

    Raises:
        LawError: it is not YAML, names a key twice, or uses anchors.
        InputError: there is no such file, or it is not UTF-8 text.

    """
    return parse_yaml(_text(path), path)


def parse_yaml(text: str, path: Path) -> Node:
    """Read the `text` of the YAML file at `path` as nodes; see `read_yaml`."""
    try:
        _refuse_depth(text, path)
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as problem:
        raise LawError(
            f"this is not YAML: {problem.problem}; "
            "check the spaces and quotes on this line and the one before",
            path=path,
            line=_line(problem.problem_mark),
        ) from problem
    except yaml.YAMLError as problem:
        first = str(problem).partition("\n")[0]
        raise LawError(f"this is not YAML: {first}", path=path, line=1) from problem
    if root is None:
        raise LawError(
            "the file is empty; a law file begins with 'title:'", path=path, line=1
        )
    return _node(root, path, set())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("there is no such file", path=path) from None
    except UnicodeDecodeError:
        raise InputError(
            "this is not text in UTF-8; save it as UTF-8", path=path
        ) from None


def _refuse_depth(text: str, path: Path) -> None:
    """Refuse nesting no law needs, before it can exhaust the parser's stack."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        match event:
            case yaml.CollectionStartEvent():
                depth += 1
            case yaml.CollectionEndEvent():
                depth -= 1
        if depth > DEEPEST:
            raise LawError(
                "this is nested too deeply for a law file; close the brackets",
                path=path,
                line=_line(event.start_mark),
            )


def _node(node: yaml.Node, path: Path, seen: set[int]) -> Node:
    line = _line(node.start_mark)
    if id(node) in seen:
        raise LawError(
            "anchors and aliases are not read; write the value out",
            path=path,
            line=line,
        )
    seen.add(id(node))
    match node:
        case yaml.ScalarNode():
            return Node(node.value, path, line, quoted=node.style in {"'", '"'})
        case yaml.SequenceNode():
            return Node(
                tuple(_node(each, path, seen) for each in node.value), path, line
            )
        case yaml.MappingNode():
            return _mapping(node, path, seen)
    raise LawError("this is not text, list or mapping", path=path, line=line)


def _mapping(node: yaml.MappingNode, path: Path, seen: set[int]) -> Node:
    found: dict[str, Node] = {}
    for key, value in node.value:
        line = _line(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise LawError("a key is a single word", path=path, line=line)
        if key.value in found:
            raise LawError(
                f"{key.value!r} stands here a second time; keep one of the two",
                path=path,
                line=line,
            )
        found[key.value] = _node(value, path, seen)
    return Node(found, path, _line(node.start_mark))


def _line(mark: object) -> int:
    return int(getattr(mark, "line", 0)) + 1
