"""How many signatures are required, and whether a sample is as large as the law asks.

A number stated for the measure (published, or given on the command line) wins over the
one computed from the law file; where they differ, both are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plebiscite.errors import FactMissingError, InputError, NotInForceError
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.count import CountyCount, SampleCount
from plebiscite.verify.draw.commitment import required_sample


def requirement(
    rules: Rulebook, *, stated: int | None, facts: Mapping[str, int], by: str
) -> tuple[int, tuple[str, ...]]:
    """Return the signatures required, and what a reader must know about the number.

    Args:
        rules: the law in force for the measure.
        stated: the number stated for it, if any was.
        facts: what the law computes from, such as votes_for_governor.
        by: who stated it, for the reader: "as the measure states it".

    Raises:
        InputError: nobody stated it, and the law file does not record it.

    """
    try:
        recorded, remarks = rules.required(facts)
    except (FactMissingError, NotInForceError, InputError) as problem:
        if stated is None:
            raise InputError(
                f"{problem}; or state the published requirement: --required N, or "
                "'required' among the measure's facts"
            ) from problem
        return stated, ()
    if stated is None:
        return recorded, tuple(f"Required: {recorded:,}; {note}." for note in remarks)
    if stated == recorded:
        return stated, ()
    return stated, (
        f"Required: {stated:,} {by}; the law file has {recorded:,} for its dates.",
    )


def short_samples(counts: Iterable[CountyCount], rules: Rulebook) -> list[str]:
    """Return a sentence for each sample smaller than the law asks for."""
    if not rules.has("county_sample"):
        return []
    return [
        f"{count.county}: {count.sampled:,} lines were drawn of {count.raw:,} filed; "
        f"the law asks for {least:,}"
        for count in counts
        if isinstance(count, SampleCount)
        and count.sampled < (least := required_sample(rules, count.raw))
    ]
