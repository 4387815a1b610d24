"""The names that law files use, so that a slip of the pen is told from a new word."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

NEARLY = 90
"""From this likeness on, in per cent, a name is taken for a slip of the pen."""

FACTS = frozenset(
    {
        "votes_for_governor",
        "votes_for_president",
        "votes_for_secretary_of_state",
        "votes_cast",
        "registered",
        "registered_voters",
        "active_voters",
        "population",
        "signatures",
        "signatures_filed",
        "raw_count",
        "projected_valid",
        "verified_valid",
        "required_signatures",
        "sample_size",
        "yes",
        "no",
        "valid",
        "cast",
        "ballots",
    }
)
RULES = frozenset(
    {
        "required_signatures",
        "distribution",
        "window",
        "last_filing_day",
        "cure_period",
        "circulation_days",
        "sample_unit",
        "county_sample",
        "state_sample",
        "projection",
        "raw_count",
        "qualification",
        "full_count",
        "full_count_may_stop",
        "verification",
        "passing",
        "quorum",
        "in_force",
        "conflict",
        "prevails_by",
        "counter_proposal",
        "deciding_question",
        "governing",
    }
)


def slip(name: str, known: Collection[str]) -> str | None:
    """Return the name of `known` that `name` is nearly, or None.

    >>> slip("votes_for_govenor", FACTS)
    'votes_for_governor'
    """
    if name in known:
        return None
    found = get_close_matches(name, known, n=1, cutoff=NEARLY / 100)
    return found[0] if found else None
