"""Counts set against the law's lines.

The law's order: the raw count first, since too few lines filed end the matter without a
sample; then the bands of the sample, or those of the full count where every line was
looked at. Washington's test takes the place of the bands there. Open lines are supposed
all valid and all not valid in turn, and only what both suppositions agree on is said.

Sources: Cal. Elec. Code §§ 9030-9031; Wash. Admin. Code 434-379-010.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from plebiscite.errors import CountError, InputError, LawError
from plebiscite.rules.algebra import Bands, Compare, Relation, cited
from plebiscite.rules.amounts.phrase import read_amount
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.rulebook import Rulebook
from plebiscite.rules.spread import Asking, rules_on_where
from plebiscite.verify.certificate import Band, Supposition
from plebiscite.verify.count import CountyCount, FullCount, SampleCount
from plebiscite.verify.full_count import (
    count_every_line,
    looks_at_every_line,
    open_lines,
)
from plebiscite.verify.projection import (
    Acceptance,
    Projection,
    accept_washington,
    project_california,
    project_pairs,
    project_proportion,
)

# Washington's test gives no estimate; the pair estimator stands in for one.
PROJECTIONS: Mapping[str, Callable[[SampleCount], Projection]] = {
    "california": project_california,
    "washington": project_pairs,
    "pair": project_pairs,
    "proportion": project_proportion,
}
BANDS = "qualification"
REQUIRED = "required_signatures"
_REQUIRED = read_amount(REQUIRED)
ENOUGH = "enough in number; "
"""How the verdict begins on what is enough, and not in number alone asked for."""
_WHERE = {
    Asking.ASKED: "the law also asks where signers live, which these counts do not say",
    Asking.STAYED: "a court has stayed what the law asks of where signers live",
    Asking.UNREAD: "whether the law asked where signers live is not recorded for that "
    "day",
}
STANDING = {
    Band.FAILED: Standing.UNMET,
    Band.QUALIFIED: Standing.MET,
    Band.FULL_COUNT: Standing.OPEN,
}


def formula(rulebook: Rulebook) -> str:
    """Return the name of the law's formula; ``none`` where it checks every line."""
    return rulebook.text("projection") if rulebook.has("projection") else "none"


def project(count: CountyCount, rulebook: Rulebook) -> Projection:
    """Return a county's projection by the formula its law names, or its full count.

    Raises:
        InputError: the law, as recorded, says nothing on how a sample is projected.
        LawError: the law names a formula we do not have.

    """
    if isinstance(count, FullCount):
        return count_every_line(count)
    name = formula(rulebook)
    if name == "none":
        raise InputError(
            f"{rulebook.law.id}: how a sample is projected is not recorded (it has no "
            "'projection' for that day); look at every line (`petition find "
            "--full-count`; its counts are `petition project --full-count`'s), or give "
            f"a law file of your own that names one of {', '.join(sorted(PROJECTIONS))}"
        )
    if name not in PROJECTIONS:
        raise LawError(
            f"the projection {name!r} is none of {', '.join(sorted(PROJECTIONS))}",
            path=rulebook.law.path,
            line=1,
        )
    return PROJECTIONS[name](count)


def unjudged(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the rules a certificate on a sample needs and the law does not record.

    Washington's test takes the place of the bands of the projection; other bands than a
    certificate's are as good as none.
    """
    name = formula(rulebook)
    projected = () if name in PROJECTIONS else ("projection",)
    bands = set(_bands(BANDS, rulebook))
    if name == "washington" or (bands and bands <= set(Band)):
        return projected
    return (*projected, BANDS)


def _bands(rule: str, rulebook: Rulebook) -> tuple[str, ...]:
    content = rulebook.content(rule) if rulebook.has(rule) else None
    return tuple(b.then for b in content.bands) if isinstance(content, Bands) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What decided counts come to."""

    projected: int
    band: Band
    verdict: Verdict
    acceptance: Acceptance | None

    @property
    def supposed(self) -> Supposition:
        """The figure and its band, as the certificate shows them."""
        return Supposition(projected=self.projected, band=self.band)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The outcome if every open line is valid, and if none is.

    `all_valid` is None where a county is out whose raw count is not known.
    """

    all_valid: Judged | None
    none_valid: Judged


def judge_both(
    counts: Sequence[CountyCount],
    awaited: Mapping[str, int | None],
    rulebook: Rulebook,
    required: int,
) -> Ends:
    """Judge the counts twice; counties still out join with all their lines or none."""
    unknown = None in awaited.values()

    def judged(*, valid: bool) -> Judged:
        late: list[CountyCount] = [
            FullCount(county=county, raw=raw, sampled=raw, valid=raw if valid else 0)
            for county, raw in awaited.items()
            if raw is not None
        ]
        supposed = [*(_supposing(count, valid=valid) for count in counts), *late]
        return _judge(
            supposed,
            rulebook,
            required,
            raw_is_known=not unknown,
            # A sample of all lines beside counties still out is no full count yet.
            every_line=all(looks_at_every_line(count) for count in counts)
            and not (awaited and all(isinstance(c, SampleCount) for c in counts)),
        )

    return Ends(
        all_valid=None if unknown else judged(valid=True),
        none_valid=judged(valid=False),
    )


def _judge(
    counts: Sequence[CountyCount],
    rulebook: Rulebook,
    required: int,
    *,
    raw_is_known: bool,
    every_line: bool,
) -> Judged:
    """Set decided counts against the law's lines, in the law's order."""
    projected = sum(project(count, rulebook).valid for count in counts)
    facts = {
        "raw_count": sum(count.raw for count in counts),
        "projected_valid": projected,
        "verified_valid": projected,
        "required_signatures": required,
    }
    acceptance: Acceptance | None = None
    gate = _banded("raw_count", rulebook, facts) if raw_is_known else None
    if gate and gate[0] is Band.FAILED:
        band, verdict = gate
    elif every_line:
        band, verdict = _by_requirement(rulebook, facts) or must_band(
            "full_count", rulebook, facts
        )
    elif formula(rulebook) == "washington":
        acceptance = accept_washington(
            _only_sample(counts),
            required=required,
            allowance=rulebook.amount("chance_allowance", {}),
            chance=rulebook.amount("pairs_allowance", {}),
        )
        band = Band.QUALIFIED if acceptance.accepted else Band.FULL_COUNT
        verdict = _acceptance_verdict(acceptance, rulebook)
    else:
        band, verdict = must_band(BANDS, rulebook, facts)
    return Judged(
        projected=projected, band=band, verdict=verdict, acceptance=acceptance
    )


def _banded(
    rule: str, rulebook: Rulebook, facts: Mapping[str, int]
) -> tuple[Band, Verdict] | None:
    """Return the band `rule` puts the facts in; None where it has nothing to say."""
    if not rulebook.has(rule):
        return None
    name, verdict = rulebook.band(rule, facts)
    if name not in set(Band):
        return None
    return Band(name), verdict


def _by_requirement(
    rulebook: Rulebook, facts: Mapping[str, int]
) -> tuple[Band, Verdict] | None:
    """Return what the requirement alone makes of a count of every line.

    None where the law says itself what such a count means, or asks nothing. Where it
    asks also where signers live, `unless_where` has the last word.

    Raises:
        InputError: the law has such a rule, but the date that says which version of it
            holds is missing.

    """
    if rulebook.said("full_count") is not None or not rulebook.has(REQUIRED):
        return None
    test = Compare(read_amount("verified_valid"), Relation.AT_LEAST, _REQUIRED)
    keys = tuple(source.key for source in rulebook.cite(REQUIRED))
    verdict = cited(test.judge(facts), keys)
    met = verdict.standing is Standing.MET
    return (Band.QUALIFIED if met else Band.FAILED), verdict


def must_band(
    rule: str, rulebook: Rulebook, facts: Mapping[str, int]
) -> tuple[Band, Verdict]:
    """Return the band `rule` puts the facts in, which it must.

    Raises:
        InputError: the law of the day is not recorded as having such bands, or those
            of its sample are not a certificate's, as Illinois' presumptions.
        LawError: those of its count of every line are named otherwise.

    """
    if not rulebook.has(rule):
        raise InputError(
            f"{rulebook.law.id}: what the count means is not recorded for that day (it "
            f"has no {rule!r} then); see with `plebiscite law show` whether another "
            "day or law is meant, or add the rule to a law file of your own"
        )
    found = _banded(rule, rulebook, facts)
    if found is None and rule == BANDS:
        raise InputError(
            f"{rulebook.law.id}: {rule!r} ends in {', '.join(_bands(rule, rulebook))}; "
            f"a certificate says {', '.join(Band)} alone; look at every line, or name "
            "the bands so in a law file of your own"
        )
    if found is None:
        raise LawError(
            "the bands of 'full_count' must be named failed, full_count or qualified",
            path=rulebook.law.path,
            line=1,
        )
    return found


def agreed(ends: Ends, *, is_open: bool) -> tuple[Band | None, Verdict]:
    """Return the band both suppositions agree on, if they do, and the verdict."""
    none = ends.none_valid
    if not is_open:
        return none.band, none.verdict
    if ends.all_valid is None:
        settled = none.band is Band.QUALIFIED
        words = (
            "whatever the counties still out report, unless below zero, it qualifies"
            if settled
            else "counties are still out, and their raw counts are not known"
        )
        standing = Standing.MET if settled else Standing.OPEN
        # Of some counties' part alone the law says nothing, unless it suffices.
        why = (none.verdict,) if settled else ()
        return none.band if settled else None, Verdict(standing, words, parts=why)
    parts = (
        _supposed("if every open line is valid", ends.all_valid),
        _supposed("if no open line is valid", none),
    )
    if ends.all_valid.band is not none.band:
        return None, Verdict(
            Standing.OPEN, "it depends on the lines that are still open", parts=parts
        )
    words = f"whatever the open lines turn out to be: {_in_words(none.band)}"
    return none.band, Verdict(STANDING[none.band], words, parts=parts)


def unless_where(
    band: Band | None, verdict: Verdict, rulebook: Rulebook
) -> tuple[Band | None, Verdict]:
    """Leave open what is enough in number, where the law also asks where signers live.

    So it is where that is stayed by a court, or not recorded for the day. Counts do not
    say where signers live, so they can fail a petition under such a law, and send it to
    a full count, but not find it sufficient.

    Raises:
        InputError: the date is missing that decides which version of the rule holds.

    """
    rules = rules_on_where(rulebook) if band is Band.QUALIFIED else {}
    if not rules:
        return band, verdict
    asked = tuple(_asked_where(rule, how, rulebook) for rule, how in rules.items())
    why = next(words for how, words in _WHERE.items() if how in rules.values())
    words = f"{ENOUGH}{why}"
    return None, Verdict(Standing.OPEN, words, parts=(verdict, *asked))


def _asked_where(rule: str, how: Asking, rulebook: Rulebook) -> Verdict:
    done = "not looked at here" if how is Asking.ASKED else how.value
    has = rulebook.has(rule)
    keys = tuple(source.key for source in rulebook.cite(rule)) if has else ()
    return Verdict(Standing.OPEN, f"{done}: {rule.replace('_', ' ')}", keys)


def _supposed(words: str, judged: Judged) -> Verdict:
    return Verdict(
        STANDING[judged.band],
        f"{words}: {judged.projected:,}, {_in_words(judged.band)}",
        parts=(judged.verdict,),
    )


def _in_words(band: Band) -> str:
    return band.value.replace("_", " ")


def _supposing(count: CountyCount, *, valid: bool) -> CountyCount:
    """Return `count` with its open lines decided, all one way."""
    found = count.valid + (open_lines(count) if valid else 0)
    if isinstance(count, FullCount):
        return replace(count, sampled=count.raw, valid=found, undecided=0)
    return replace(count, valid=found, undecided=0)


def _only_sample(counts: Sequence[CountyCount]) -> SampleCount:
    match counts:
        case [SampleCount() as sample]:
            return sample
    raise CountError(
        "Washington draws one sample from the whole state; give one row, not "
        f"{len(counts)} counties"
    )


def _acceptance_verdict(test: Acceptance, rulebook: Rulebook) -> Verdict:
    """Write the test down as the rule goes through it."""
    standing = Standing.MET if test.accepted else Standing.OPEN
    limit = "none" if test.limit is None else f"{test.limit:,}"
    steps = (
        f"allowance for chance with {test.invalid:,} invalid: {test.allowance:,}",
        f"upper limit of invalid signatures on the petition: {test.most_invalid:,}",
        f"pairs it could bear and still suffice: {test.most_pairs:,}",
        f"pairs the sample would then hold: {test.expected_pairs:,}",
        f"most pairs the sample may hold: {limit}; found: {test.duplicates:,}",
    )
    words = (
        "the sample is accepted; the petition is certified"
        if test.accepted
        else "the sample is not accepted; every line must be checked"
    )
    cite = tuple(source.key for source in rulebook.cite("projection"))
    return Verdict(
        standing, words, cite, tuple(Verdict(standing, step) for step in steps)
    )
