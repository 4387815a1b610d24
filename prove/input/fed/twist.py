"""Small wrongs done to a good file at its joints: cells, rows, keys, values, bytes.

A file of noise is refused at its first byte. One that is good but for a cell, a key or
a page reaches far into its reader; so a wrong is done where the file's form has joints,
mostly one, sometimes several. The same draw does the same wrong.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from random import Random
from typing import Any

import yaml


class Form(StrEnum):
    """Where the joints of a file lie."""

    TABLE = "table"
    YAML = "yaml"
    JSON = "json"
    LINES = "json lines"
    TEXT = "text"
    BYTES = "bytes"


NASTY = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\ufeff",
        "x" * 9000,
        "\u202eabc",
        "\ud800",
        "\x1b[31mred",
    ),
    *(
        "\x1b]0;t\x07",
        "\x9b2J",
        "\r",
        "\n",
        "a\nb",
        '"',
        "'",
        '""',
        "`",
        "\\",
        "%s%n",
        "{}",
    ),
    *(
        "0",
        "-0",
        "-1",
        "00",
        "1e309",
        "-1e309",
        "nan",
        "inf",
        "1" + "0" * 30,
        "0.1",
        "1.0",
    ),
    *("9" * 5000, "1_000", "1,234", "$1", "٣", "²", "½", "1e-400", "0x10", "1/0", "5%"),
    *("2147483648", "9223372036854775808", "18446744073709551616", "4294967295"),
    *("0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2017-02-29"),
    *("2017-1-1", "2017-01-26T00:00:00Z", "2017-01-26?", "26.1.2017", "1/2/3", "--"),
    *("=cmd()", "+1", "-1+1", "@SUM(A1)", "\t=1", "../../etc/passwd", "/etc/passwd"),
    *(
        "a/b",
        "a\\b",
        ".",
        "..",
        "CON",
        "file:///etc/passwd",
        "<script>x</script>",
        "&amp;",
    ),
    *(
        "~",
        "null",
        "true",
        "no",
        "[]",
        "[1]",
        "{a: 1}",
        "*a",
        "&a b",
        "!!python/none x",
    ),
    *("|", ">-", "#", "Total", "🜁", "ﬃ", "İ", "ǆ", "e\u0301" * 40, "\u0085", "\u2028"),
)
VALUES: tuple[Any, ...] = (
    *NASTY,
    *(None, True, False, 0, -1, 10**30, 1e308, -0.0, 0.5, [], {}, [[]], {"": ""}),
    *([None], ["a", 1], {"a": {"a": []}}, float("inf"), float("nan")),
)
MOST = 60_000
PLAINLY: dict[str, Any] = {"sort_keys": False, "allow_unicode": True}


def twist(raw: bytes, form: Form, dice: Random) -> bytes:
    """Return `raw` with a few wrongs done to it; never longer than some 60 kB."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5))):
        way = _bytes if dice.random() < 0.1 else WAYS[form]
        with suppress(ValueError, TypeError, RecursionError, csv.Error, yaml.YAMLError):
            raw = way(raw, dice)[:MOST]
    return raw


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _raw(text: str) -> bytes:
    return text.encode(
        "utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape"
    )


def _table(raw: bytes, dice: Random) -> bytes:
    """Change cells, rows and columns of CSV."""
    rows = list(csv.reader(io.StringIO(_text(raw).replace("\0", ""), newline="")))
    if not rows:
        return _bytes(raw, dice)
    at = dice.randrange(len(rows))
    cell = dice.randrange(len(rows[at]) or 1)
    dice.choice((_row, _column, _cell, _cell))(rows, at, cell, dice)
    text = io.StringIO()
    csv.writer(text, lineterminator=dice.choice(("\n", "\n", "\r\n"))).writerows(rows)
    return _raw(text.getvalue())


def _row(rows: list[list[str]], at: int, _cell: int, dice: Random) -> None:
    other = dice.randrange(len(rows))
    match dice.randrange(5):
        case 0:
            del rows[at]
        case 1:
            rows.insert(other, list(rows[at]))
        case 2:
            rows[at], rows[other] = rows[other], rows[at]
        case 3:
            rows[at].append(dice.choice(NASTY))
        case _:
            rows.extend([list(rows[at]) for _ in range(40)])


def _column(rows: list[list[str]], _at: int, cell: int, dice: Random) -> None:
    match dice.randrange(3):
        case 0:
            for each in rows:
                del each[cell : cell + 1]
        case 1:
            for each in rows:
                each.insert(cell, each[cell] if cell < len(each) else "")
        case _:
            for each in rows[1:]:
                each[cell : cell + 1] = [dice.choice(NASTY)]


def _cell(rows: list[list[str]], at: int, cell: int, dice: Random) -> None:
    others = dice.choice(rows) or [""]
    word = dice.choice(others) if dice.randrange(5) == 0 else dice.choice(NASTY)
    rows[at][cell : cell + 1] = [word]


def _nodes(root: Any) -> list[tuple[Any, Any]]:
    """Return every (holder, key) of a tree."""
    found, left = [], [root]
    while left:
        holder = left.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], (dict, list)):
                left.append(holder[key])
    return found


def _tree(root: Any, dice: Random, values: tuple[Any, ...]) -> Any:
    """Change a value, drop, double, rename or move a key."""
    nodes = _nodes(root) if isinstance(root, (dict, list)) else []
    if not nodes:
        return dice.choice(values)
    holder, key = dice.choice(nodes)
    match dice.randrange(9):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[dice.choice(NASTY)] = holder.pop(key)
        case 1 | 2 if isinstance(holder, list):
            holder.append(holder[key])
        case 2:
            holder[key] = [holder[key]]
        case 3:
            holder[key] = {"a": holder[key]}
        case 4:
            other, there = dice.choice(nodes)
            with suppress(KeyError, IndexError):
                holder[key] = json.loads(json.dumps(other[there]))
        case _:
            holder[key] = dice.choice(values)
    return root


def _json(raw: bytes, dice: Random) -> bytes:
    made = _tree(json.loads(raw), dice, VALUES)
    return _raw(json.dumps(made, ensure_ascii=dice.random() < 0.5))


def _lines(raw: bytes, dice: Random) -> bytes:
    """Change an entry of JSON lines, or the order they stand in."""
    lines = raw.splitlines(keepends=True)
    if not lines:
        return _bytes(raw, dice)
    at = dice.randrange(len(lines))
    match dice.randrange(8):
        case 0:
            del lines[at]
        case 1:
            lines.insert(dice.randrange(len(lines) + 1), lines[at])
        case 2:
            lines[at] = lines[at][: dice.randrange(len(lines[at]))]
        case _:
            made = _tree(json.loads(lines[at]), dice, VALUES)
            lines[at] = json.dumps(made, sort_keys=True).encode() + b"\n"
    return b"".join(lines)


def _yaml(raw: bytes, dice: Random) -> bytes:
    if dice.random() < 0.4:
        return _words(raw, dice)
    made = _tree(yaml.load(raw, yaml.CBaseLoader), dice, NASTY)  # noqa: S506 # all text
    try:
        text = yaml.dump(made, Dumper=yaml.CSafeDumper, **PLAINLY)
    except UnicodeEncodeError:  # half a sign: the slower one writes it
        text = yaml.safe_dump(made, **PLAINLY)
    return _raw(text)


def _words(raw: bytes, dice: Random) -> bytes:
    """Change lines and words of a text."""
    lines = _text(raw).split("\n")
    at = dice.randrange(len(lines))
    line = lines[at]
    match dice.randrange(9):
        case 0:
            del lines[at]
        case 1:
            lines.insert(dice.randrange(len(lines) + 1), line)
        case 2:
            lines[at] = dice.choice(("  ", "\t", "- ")) + line
        case 3:
            lines[at] = line.lstrip()
        case 4:
            head, colon, _ = line.partition(":")
            lines[at] = f"{head}{colon} {dice.choice(NASTY)}"
        case 5:
            lines[at] += dice.choice(NASTY)
        case _:
            words = line.split(" ")
            words[dice.randrange(len(words))] = dice.choice(NASTY)
            lines[at] = " ".join(words)
    return _raw("\n".join(lines))


def _bytes(raw: bytes, dice: Random) -> bytes:
    """Turn, drop, double and overwrite bytes."""
    made = bytearray(raw or b"\0")
    at = dice.randrange(len(made))
    size = min(dice.choice((1, 1, 2, 4, 8, 64, 1024)), len(made) - at)
    match dice.randrange(8):
        case 0:
            made[at] ^= 1 << dice.randrange(8)
        case 1:
            del made[at : at + size]
        case 2:
            made[at:at] = made[at : at + size] * dice.choice((1, 9))
        case 3:
            made[at : at + size] = dice.randbytes(size)
        case 4:
            made[at : at + size] = dice.choice((b"\0", b"\xff", b"\x80")) * size
        case 5:
            del made[at:]
        case 6:
            there = dice.randrange(len(made))
            made[at : at + size] = made[there : there + size]
        case _:
            made[at:at] = _raw(dice.choice(NASTY))
    return bytes(made)


WAYS: dict[Form, Callable[[bytes, Random], bytes]] = {
    Form.TABLE: _table,
    Form.YAML: _yaml,
    Form.JSON: _json,
    Form.LINES: _lines,
    Form.TEXT: _words,
    Form.BYTES: _bytes,
}
