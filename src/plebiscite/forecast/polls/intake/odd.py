"""What is odd among polls that can each be true: doubles, and other questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import sqrt

from plebiscite.forecast.flag import Flag
from plebiscite.forecast.polls.poll import SAMPLING, Poll, main_question

OTHER = re.compile(r"\b(different|other|another) (question|wording)\b", re.IGNORECASE)
ELSEWHERE = "another question"
LEAST_MOE = 0.6
"""A stated margin below this part of pure sampling's is a slip, or another one's."""


def oddities(
    polls: Sequence[Poll], *, question: str | None = None
) -> tuple[tuple[Poll, ...], list[Flag]]:
    """Return the polls without those given twice, and what is odd about them.

    A poll whose source says that it put a different question gets a question of its
    own, so that no average takes it in.
    """
    flags: list[Flag] = []
    kept: list[Poll] = []
    near: dict[tuple[date, str], list[Poll]] = {}
    for poll in map(_apart, polls):
        others = near.setdefault((poll.end, poll.question_id), [])
        if not _seen(poll, others, flags):
            others.append(poll)
            kept.append(poll)
            flags += _alone(poll)
    named = question or main_question(kept)
    flags += [
        Flag(
            row=poll.row or None,
            problem=f"a different question than {named!r}; no average of that one "
            "takes it in",
            remedy="give it the same question_id if it is the same question",
            value=poll.question_id or None,
        )
        for poll in kept
        if named is not None and poll.question_id != named
    ]
    if named is None and kept:
        many = len({poll.question_id for poll in kept})
        flags.append(
            Flag(
                row=None,
                problem=f"polls of {many} questions; each is averaged apart",
                remedy="name the one that is meant",
            )
        )
    return tuple(kept), flags


def _apart(poll: Poll) -> Poll:
    if OTHER.search(poll.source) and ELSEWHERE not in poll.question_id:
        return replace(poll, question_id=f"{poll.question_id} {ELSEWHERE}".strip())
    return poll


def _seen(poll: Poll, others: Sequence[Poll], flags: list[Flag]) -> bool:
    """Tell whether a poll stands there already; flag it, and one much like it.

    `others` are those of the same question that ended on the same day.
    """
    for other in others:
        house = other.house == poll.house
        figures = (other.support, other.oppose, other.n, other.wording) == (
            poll.support,
            poll.oppose,
            poll.n,
            poll.wording,
        )
        if house and figures:
            flags.append(
                Flag(
                    row=poll.row or None,
                    problem=f"the same poll as in row {other.row}; it counts once",
                    remedy="delete one",
                )
            )
            return True
        if figures and poll.n is not None and poll.oppose is not None:
            flags.append(
                Flag(
                    row=poll.row or None,
                    problem=f"the figures of row {other.row} under another pollster; "
                    "both count",
                    remedy="delete one if it is the same poll",
                    value=poll.pollster,
                )
            )
        elif house and (other.wording, other.mode) == (poll.wording, poll.mode):
            flags.append(
                Flag(
                    row=poll.row or None,
                    problem=f"pollster and last day of row {other.row}, other figures; "
                    "both count",
                    remedy="delete the one that was corrected, or say in 'wording' "
                    "how they differ",
                )
            )
    return False


def _alone(poll: Poll) -> list[Flag]:
    """Return what is odd about one poll by itself."""
    if poll.n is None or poll.moe is None:
        return []
    least = 196 * sqrt(SAMPLING / poll.n) / 100
    if poll.moe >= LEAST_MOE * least:
        return []
    return [
        Flag(
            row=poll.row or None,
            problem=f"a margin of error below what {poll.n:,} people can give "
            f"({least:.1f})",
            remedy="check both",
            value=f"{poll.moe:g}",
        )
    ]
