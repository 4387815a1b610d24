"""Results as a small YAML file, for a body that counts by hand.

```yaml
question: Shall the club move to a larger hall?
parts:
  North branch: {registered: 40, cast: 31, valid: 30, blank: 1, yes: 17, no: 13}
  South branch: {registered: 25, cast: , yes: , no: }      # not yet counted
```

A body that counts in one place leaves out ``parts`` and writes the figures themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError, Refusal
from plebiscite.vote.intake.total import parted
from plebiscite.vote.results import FIGURES, ROW, Provenance, Results, made

WHOLE = "all"
NOT_YET = ("", "null", "~")
NUMBER = re.compile(r"\d{1,3}([,_ ]\d{3})+|\d{1,18}")


def read_plain(path: Path, source: Provenance) -> list[Results]:
    """Return the one question of a results file in YAML.

    Raises:
        InputError: it is no such file, or a figure in it is no count.

    """
    found = read_plain_yaml(path)
    if not isinstance(found, dict):
        raise InputError("write 'yes:', 'no:' and their counts, or 'parts:'", path=path)
    rows = found.get("parts")
    if rows is None:
        rows = {WHOLE: {k: v for k, v in found.items() if k in FIGURES}}
        keys = {"question", "source", "note", *FIGURES}
    else:
        keys = {"question", "source", "note", "parts"}
    if unknown := sorted(set(found) - keys):
        raise InputError(
            f"results have no {', '.join(map(repr, unknown))}; they have "
            f"{', '.join(sorted(keys))}",
            path=path,
        )
    if not isinstance(rows, dict) or not rows:
        raise InputError(
            "under 'parts:' stand lines such as '  North: {yes: 17, no: 13}'", path=path
        )
    refusals: list[Refusal] = []
    frame = pl.DataFrame(
        [
            {"part": name, ROW: number, **_counts(name, row, refusals)}
            for number, (name, row) in enumerate(rows.items(), 1)
        ],
        schema={"part": pl.String, ROW: pl.Int64, **dict.fromkeys(FIGURES, pl.Int64)},
    )
    if refusals:
        raise InputError("nothing was taken over", path=path, refusals=refusals)
    question = str(found.get("question", ""))
    parts, stated = parted(frame.with_columns(group=pl.lit(None)), path)
    return [
        made(parts.drop("group"), question=question, sources=(source,), stated=stated)
    ]


def _counts(name: str, row: Any, refusals: list[Refusal]) -> dict[str, int | None]:
    if not isinstance(row, Mapping):
        refusals.append(Refusal(problem=f"{name}: write {{yes: 17, no: 13}}"))
        return {}
    found: dict[str, int | None] = {}
    for figure, text in row.items():
        if figure not in FIGURES:
            refusals.append(
                Refusal(
                    problem=f"{name}: there is no figure {figure!r}; there are "
                    f"{', '.join(FIGURES)}"
                )
            )
        elif text in NOT_YET:
            found[figure] = None
        elif isinstance(text, str) and NUMBER.fullmatch(text):
            found[figure] = int(re.sub(r"[,_ ]", "", text))
        else:
            refusals.append(
                Refusal(
                    problem=f"{name}: {figure} is a whole number, or empty while it is "
                    "not yet counted",
                    value=str(text),
                )
            )
    return found
