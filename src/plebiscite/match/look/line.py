"""Who signed one line, for the person who waits for it.

The same answer as `find.match_on` gives of many lines, in less than a millisecond once
the roll's index is in memory: nothing of it goes through a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from plebiscite.match import engine
from plebiscite.match.decide import DECISIONS, SHOWN, pattern_words
from plebiscite.match.index.layout import NO_DAY, NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.lines.alone import LineAlone, encode_alone, read_alone
from plebiscite.match.lines.encode import EncodedLines
from plebiscite.match.look.scored import voter_id
from plebiscite.match.model import Model, shipped, weights
from plebiscite.match.verdict.facts import LAST_PART, Written, bearers, halves
from plebiscite.match.verdict.judged import verdicts
from plebiscite.match.verdict.outcome import NONE, OUTCOMES, VOTER
from plebiscite.match.verdict.reasons import REASONS

EPOCH = 719_163
"""The day 1970-01-01, counted as `date.toordinal` counts."""


class LineFinder:
    """Finds the voters behind lines of one roll, line by line.

    Args:
        index: the roll's.
        model: the one that comes with plebiscite unless given.

    """

    __slots__ = ("_index", "_law", "_model")

    def __init__(self, index: Index, *, model: Model | None = None) -> None:
        self._index = index
        self._model = model or shipped()
        self._law = weights(self._model)

    def match(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return who signed a line, and how sure: the columns of `decide.OUT` by name.

        `line` has any of the columns of a lines file: texts (None: not written), and
        `signed_on`, a date. Ditto marks count as not written.
        """
        read = read_alone(line)
        code = encode_alone(read, self._index)
        found = engine.best(self._index, code, self._law, threads=1)
        said = verdicts(
            _written(read, code, found, self._index),
            found,
            self._index,
            model=self._model,
        )
        outcome = int(said.outcome[0])
        best, second = int(found["row"][0]), int(found["second_row"][0])
        shown = {name: int(found[name][0]) for name in SHOWN if name in found}
        shown |= {"there": bool(said.there[0]), "box": bool(read.words["box"])}
        reason = REASONS[said.reason[0]]
        return {
            "outcome": OUTCOMES[outcome],
            "voter_id": voter_id(self._index, best if outcome == VOTER else NOBODY),
            "second_voter_id": voter_id(
                self._index, {VOTER: second, NONE: best}.get(outcome, NOBODY)
            ),
            "probability": float(said.probability[0]),
            "ties": int(said.ties[0]),
            "decision": DECISIONS[int(said.clear[0])],
            "reason": reason,
            "pattern": pattern_words(shown),
        }


def _written(
    line: LineAlone, code: EncodedLines, found: Mapping[str, Any], index: Index
) -> Written:
    """Return what of a line bears on its outcome."""
    words, day = line.words, line.signed_on
    return Written(
        nameless=np.array([not (words["first"] or words["last"])]),
        homeless=np.array([not (words["house"] or words["street"])]),
        initial=np.array([len(words["forename"]) <= 1 or len(words["last"]) == 1]),
        bearers=bearers(code.forename, index),
        half=(
            halves(code.last, found["face"], index)
            if found["name"][0] == LAST_PART
            else np.zeros(1, dtype=np.bool_)
        ),
        signed=np.array(
            [NO_DAY if day is None else day.toordinal() - EPOCH], dtype=np.int32
        ),
    )
