"""Small YAML files people write: every scalar stays text, every fault says where.

Plain YAML turns ``no`` into a boolean and ``2017-01-26`` into a date, takes the last of
two equal keys, and names neither file nor line where it fails. Here scalars are text, a
key that stands twice is refused, and so is nesting no such file needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from plebiscite.errors import InputError, Refusal

DEEPEST = 30
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_plain_yaml(path: Path) -> Any:
    """Return the content of a YAML file as mappings, lists and texts; None if empty.

    Raises:
        InputError: it is not UTF-8 text or not YAML, is nested deeper than `DEEPEST`,
            names a key twice, or uses anchors.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(
            "this file is not text in UTF-8; save it as UTF-8, or give the YAML file "
            "that was meant",
            path=path,
        ) from problem
    try:
        _refuse_depth(text, path)
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as problem:
        raise _wrong(
            f"this is no YAML file: {problem.problem}; check the spaces and quotes "
            "there and on the line before (tabs cannot indent)",
            path,
            problem.problem_mark,
        ) from problem
    except yaml.YAMLError as problem:
        first = str(problem).partition("\n")[0]
        raise InputError(f"this is no YAML file: {first}", path=path) from problem
    return None if root is None else _plain(root, path)


def _refuse_depth(text: str, path: Path) -> None:
    depth = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _wrong(
                "anchors and aliases are not read; write the value out",
                path,
                event.start_mark,
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _wrong("this is nested too deeply", path, event.start_mark)


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, path) for each in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong("a key is a single word", path, key.start_mark)
        if key.value in found:
            raise _wrong(
                f"{key.value!r} stands here a second time; keep one of the two",
                path,
                key.start_mark,
            )
        found[key.value] = _plain(value, path)
    return found


def _wrong(problem: str, path: Path, mark: object) -> InputError:
    """Return an error that names the line, as an editor counts it."""
    line = int(getattr(mark, "line", 0)) + 1
    return InputError(problem, path=path, refusals=[Refusal(problem="here", row=line)])
