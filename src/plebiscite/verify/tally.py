"""From the counties' counts to the certificate.

`conclude` is the one place where a certificate is made, whoever asks: a county that
certifies its sample, a clerk with a table of counts, a state that rolls up counties.
How the counts stand against the law's lines is decided in `judgement`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from plebiscite import __version__
from plebiscite.core.citation import Source
from plebiscite.core.share import as_decimal
from plebiscite.errors import CountError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.rules.spread import rules_on_where
from plebiscite.verify.certificate import (
    PRELIMINARY,
    STILL_OUT,
    Band,
    Certificate,
    CountyFigures,
    Mode,
    Status,
)
from plebiscite.verify.count import CountyCount, FullCount, SampleCount
from plebiscite.verify.full_count import (
    looks_at_every_line,
    open_lines,
    running_total,
)
from plebiscite.verify.judgement import (
    STANDING,
    Ends,
    agreed,
    formula,
    judge_both,
    project,
    unless_where,
)
from plebiscite.verify.uncertainty import (
    chance_full_count_differs,
    county_standard_error,
    standard_error,
)

MOST_ALIKE = 3
"""More remarks alike than these become one."""
RULES = (
    "required_signatures",
    "raw_count",
    "county_sample",
    "projection",
    "qualification",
    "acceptance",
    "full_count",
)


def figures(
    count: CountyCount,
    rulebook: Rulebook,
    *,
    reasons: Mapping[str, int] | None = None,
) -> CountyFigures:
    """Return one county's line of the certificate, by the law's own formula.

    Undecided lines count as not valid here.

    Raises:
        CountError: `reasons` does not add up with the counts.
        LawError: the law names a formula we do not have.

    """
    projection = project(count, rulebook)
    return CountyFigures(
        county=count.county,
        raw=count.raw,
        sampled=count.sampled,
        valid=count.valid,
        duplicates=count.duplicates,
        undecided=count.undecided,
        mode=Mode.SAMPLE if isinstance(count, SampleCount) else Mode.FULL_COUNT,
        every_line=looks_at_every_line(count),
        percent=as_decimal(projection.percent, 2),
        uncorrected=projection.uncorrected,
        value=as_decimal(projection.value, 4),
        weight=as_decimal(projection.weight, 4),
        deducted=projection.deducted,
        projected=projection.valid,
        projected_literal=projection.literal,
        standard_error=county_standard_error(count),
        reasons=_adding_up(count, reasons or {}),
    )


def conclude(
    counts: Sequence[CountyCount],
    *,
    rulebook: Rulebook,
    required: int,
    measure_id: str,
    title: str,
    seeds: Sequence[str] = (),
    commitment: str | None = None,
    roll_as_of: date | None = None,
    signatures_compared: bool,
    reasons: Mapping[str, Mapping[str, int]] | None = None,
    notes: Sequence[str] = (),
    awaited: Mapping[str, int | None] | None = None,
    issued_on: date | None = None,
) -> Certificate:
    """Return what the counts come to under the law.

    Where signatures were not compared, lines found by name and address count as valid
    and the certificate is preliminary; what nobody could decide is undecided.

    Args:
        counts: one per county that has reported, in any order; samples and full counts
            may stand side by side.
        rulebook: the rules in force for this measure.
        required: valid signatures the law asks for.
        measure_id: the measure's id; `title` its title.
        title: as printed on the petition.
        seeds: the public seed of each draw, first to last.
        commitment: SHA-256 of the commitment published before the first seed.
        roll_as_of: the day the roll stood as used.
        signatures_compared: whether people compared the signatures; if not, the
            certificate is preliminary.
        reasons: per county, lines not valid by reason code.
        notes: sentences a reader must see, added to our own.
        awaited: counties still out, with their raw count if known.
        issued_on: the day of the certificate.

    Raises:
        CountError: a county appears twice, no county at all, or reasons that do not
            add up with the counts.

    """
    reported = sorted(counts, key=lambda count: count.county)
    out = dict(awaited or {})
    _refuse_repeated([*(count.county for count in reported), *out])
    lines = tuple(
        figures(count, rulebook, reasons=(reasons or {}).get(count.county))
        for count in reported
    )
    is_open = bool(out) or any(open_lines(count) for count in reported)
    status = Status.PRELIMINARY if is_open or not signatures_compared else Status.FINAL
    ends = judge_both(reported, out, rulebook, required)
    enough, why = agreed(ends, is_open=is_open)
    band, verdict = unless_where(enough, why, rulebook)
    projected = sum(line.projected for line in lines)
    verified = _verified(reported) if status is Status.FINAL else None
    error = standard_error(reported)
    return Certificate(
        measure=measure_id,
        title=title,
        law=rulebook.law.id,
        law_title=rulebook.law.title,
        law_version=rulebook.version,
        status=status,
        required=required,
        raw=sum(line.raw for line in lines),
        projected=projected,
        projected_literal=sum(line.projected_literal for line in lines),
        verified=verified,
        percent=as_decimal(Fraction(100 * projected, required), 2),
        band=band,
        standing=STANDING[band] if band else Standing.OPEN,
        verdict=verdict,
        if_all_valid=ends.all_valid.supposed if is_open and ends.all_valid else None,
        if_none_valid=ends.none_valid.supposed if is_open else None,
        standard_error=error,
        chance_full_count_differs=_chance(
            ends,
            error,
            required,
            enough,
            raw=sum(line.raw for line in lines) if not out else None,
        ),
        value_of_one_duplicate=max(line.weight for line in lines),
        counties=lines,
        seeds=tuple(seeds),
        commitment=commitment,
        roll_as_of=roll_as_of,
        citations=_citations(rulebook, enough if band is None else None),
        required_cite=_required_cite(rulebook),
        notes=(
            *_heading(reported, out, signatures_compared=signatures_compared),
            *_remarks(reported, lines, out, rulebook, required),
            *notes,
        ),
        program_version=__version__,
        projection=formula(rulebook),
        acceptance=ends.none_valid.acceptance,
        awaited=out,
        signatures_compared=signatures_compared,
        issued_on=issued_on,
    )


def _adding_up(count: CountyCount, reasons: Mapping[str, int]) -> Mapping[str, int]:
    """Return `reasons` if every line looked at is valid, undecided or has one."""
    found = count.valid + count.undecided + sum(reasons.values())
    if reasons and found != count.sampled:
        raise CountError(
            f"{count.county}: {count.valid:,} valid, {count.undecided:,} undecided and "
            f"{sum(reasons.values()):,} lines with a reason make {found:,}, not the "
            f"{count.sampled:,} looked at"
        )
    return dict(sorted(reasons.items()))


def _refuse_repeated(counties: Sequence[str]) -> None:
    if not counties:
        raise CountError("no county has reported; there is nothing to conclude from")
    for county, times in Counter(counties).items():
        if times > 1:
            raise CountError(f"{county} stands {times} times among the counts")


def _verified(counts: Sequence[CountyCount]) -> int | None:
    """Return the valid lines where every county looked at every line."""
    if not all(looks_at_every_line(count) for count in counts):
        return None
    return sum(count.valid for count in counts)


def _chance(
    ends: Ends, error: Decimal, required: int, band: Band | None, *, raw: int | None
) -> Decimal:
    """Return the chance of a contrary full count; of two suppositions, the larger.

    Where too few lines were filed (`raw`, if known), there is none.
    """
    if raw is not None and raw < required:
        error = Decimal(0)
    both = [ends.none_valid, *([ends.all_valid] if ends.all_valid else [])]
    return max(
        chance_full_count_differs(
            judged.projected, error, required=required, band=band or judged.band
        )
        for judged in both
    )


def _heading(
    counts: Sequence[CountyCount],
    awaited: Mapping[str, int | None],
    *,
    signatures_compared: bool,
) -> Iterator[str]:
    """Yield what a preliminary certificate is headed with; nothing of a final one."""
    if not signatures_compared or any(open_lines(count) for count in counts):
        yield PRELIMINARY
    elif awaited:
        yield STILL_OUT


def _citations(rulebook: Rulebook, enough: Band | None) -> tuple[Source, ...]:
    """Return the sources of the rules; of those on where signers live, if `enough`."""
    where = rules_on_where(rulebook) if enough else ()
    cited = {
        source.key: source
        for rule in (*RULES, *where)
        if rulebook.has(rule)
        for source in rulebook.cite(rule)
    }
    return tuple(cited.values())


def _required_cite(rulebook: Rulebook) -> tuple[str, ...]:
    rule = "required_signatures"
    if not rulebook.has(rule):
        return ()
    return tuple(source.key for source in rulebook.cite(rule))


def _remarks(
    counts: Sequence[CountyCount],
    lines: Sequence[CountyFigures],
    awaited: Mapping[str, int | None],
    rulebook: Rulebook,
    required: int,
) -> Iterator[str]:
    """Yield the sentences a reader of these figures must see."""
    if awaited:
        yield f"Still out: {', '.join(sorted(awaited))}."
    if undecided := sum(line.undecided for line in lines):
        heaviest = max(line.weight for line in lines)
        more = (
            "; one that turns out to repeat another drawn line would take off up to "
            f"{heaviest:,} signatures more"
        )
        yield (
            f"{undecided:,} lines are undecided and counted as not valid here"
            f"{more if heaviest else ''}."
        )
    full = [count for count in counts if isinstance(count, FullCount)]
    if full and len(full) == len(counts) and any(open_lines(count) for count in full):
        total = running_total(full, required=required)
        yield f"Full count under way: {total.words}."
        if total.is_reached and rulebook.has("full_count_may_stop"):
            may = rulebook.text("full_count_may_stop") == "yes"
            yield (
                "The law lets the check stop here."
                if may
                else "The law asks for every line to be checked all the same."
            )
    for line in lines:
        if line.projected < 0:
            yield (
                f"{line.county} projects to {line.projected:,}: its duplicates take "
                "off more than its valid lines come to. The rules set no floor, so "
                "the sign stays."
            )
    yield from _own_counts(lines)
    if formula(rulebook) == "washington" and len(full) < len(counts):
        yield (
            "The law tests the sample and gives no estimate; the projected number is "
            "the pair estimator's."
        )


def _own_counts(lines: Sequence[CountyFigures]) -> Iterator[str]:
    """Say where a county's own count stands, and not the letter of the formula."""
    apart = [line for line in lines if line.projected_literal != line.projected]
    if len(apart) > MOST_ALIKE:
        own = sum(line.projected for line in apart)
        literal = sum(line.projected_literal for line in apart)
        yield (
            f"For {len(apart):,} counties that looked at every line, the letter of the "
            f"formula would not give what they found: {literal:,} together, where they "
            f"counted {own:,}. Their counts stand."
        )
        return
    for line in apart:
        yield (
            f"{line.county} looked at every line and contributes its count, "
            f"{line.projected:,}; the letter of the formula would give "
            f"{line.projected_literal:,}."
        )
