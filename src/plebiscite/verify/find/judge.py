"""From drawn lines to findings: the record, people, and the matcher, in that order.

For each line the first of these that speaks decides:

1. *the record*: the signer withdrew in time, the circulator's declaration is defective,
   or the line was signed outside the section's dates or the window. No look at the line
   changes that; who thinks otherwise corrects the record;
2. *a person*, who looked at the line and at the voter's registration;
3. a line keyed without a signature;
4. *the matcher*: a tie or a match a person should look at stays undecided, whatever
   speaks for it.

Then duplicates, among the lines valid otherwise. A reason counts only if the law in
force knows it: where the law names no address among its reasons, a voter found at
another one is a voter all the same. Any other doubt the law does not name is for a
person.

Source: Cal. Elec. Code §§ 100-105, 9020-9022, 9602; Cal. Code Regs. tit. 2,
§§ 20530(b), 20970(b)(4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from plebiscite.petition.section import Declaration
from plebiscite.verify.find.decision import Decision, Word
from plebiscite.verify.find.finding import FINDINGS, MATCHER, RECORD, Found, Reason

HARMLESS = (
    Reason.ADDR_DIFFERENT,
    Reason.ADDR_MISSING,
    Reason.PO_BOX_ONLY,
    Reason.WRONG_COUNTY,
)
"""What takes nothing from a voter found, where the law does not say that it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the findings rest on besides the lines and their matches.

    Attributes:
        reasons: the reasons the law in force knows, each with its citation.
        opened: the first day a line may be signed; None where no measure was named.
        filed: the day the petition was filed; None likewise, and then any withdrawal
            counts as timely.
        roll_as_of: the day the roll stood as used.

    """

    reasons: Mapping[str, str]
    opened: date | None = None
    filed: date | None = None
    roll_as_of: date | None = None

    def knows(self, reason: Reason) -> bool:
        """Whether the law in force knows a reason."""
        return reason.value in self.reasons

    def cite(self, reason: Reason) -> str:
        """Return the citation of a reason, "" where the law file has none."""
        return self.reasons.get(reason.value, "")


def judged(
    lines: pl.DataFrame,
    matches: pl.DataFrame,
    *,
    standing: Mapping[str, Decision],
    sections: pl.DataFrame | None,
    ground: Ground,
) -> pl.DataFrame:
    """Return one finding per line, columns as `FINDINGS`, before duplicates.

    `lines` are those of `keyed.Keyed`; `matches` one row per line, as `match_lines`
    gives them; `standing` the decision that stands on a line, by line id.
    """
    table = (
        _with_section(lines, sections)
        .join(matches.drop("_row", strict=False), on="line_id", how="left")
        .join(_decided(standing), on="line_id", how="left")
        .with_columns(_record_reason(ground).alias("record_reason"))
        .with_columns(_finding(ground).alias("found"))
        .unnest("found")
    )
    cites = pl.DataFrame(
        {"reason_found": list(ground.reasons), "cite": list(ground.reasons.values())},
        schema={"reason_found": pl.String, "cite": pl.String},
    )
    credited = pl.col("finding") == Found.VALID.value
    return (
        table.join(cites, on="reason_found", how="left")
        .with_columns(
            reason=pl.col("reason_found"),
            voter_id=pl.when(credited).then("credited"),
            candidates=pl.concat_list("voter_id", "second_voter_id").list.drop_nulls(),
            roll_as_of=pl.lit(ground.roll_as_of, dtype=pl.Date),
            at=pl.when(~pl.col("by").is_in([MATCHER, RECORD])).then("decided_at"),
        )
        .select(pl.col(name).cast(kind) for name, kind in FINDINGS.items())
        .sort("county", "section", "row")
    )


def overruled(table: pl.DataFrame, standing: Mapping[str, Decision]) -> int:
    """Count the lines a person called valid that the record says do not count."""
    valid = [line for line, each in standing.items() if each.word is Word.VALID]
    return table.filter(
        (pl.col("by") == RECORD) & pl.col("line_id").is_in(valid)
    ).height


def _with_section(lines: pl.DataFrame, sections: pl.DataFrame | None) -> pl.DataFrame:
    """Add what is known of each line's section: its dates, and whether it is defective.

    A section without a row in the sections file, or without a word on its declaration,
    is not defective: nobody said it was.
    """
    if sections is None:
        return lines.with_columns(
            pl.lit(None, dtype=pl.Date).alias("from"),
            pl.lit(None, dtype=pl.Date).alias("to"),
            defective=pl.lit(value=False),
        )
    known = sections.select(
        "county",
        "section",
        "from",
        "to",
        defective=(pl.col("declaration") != Declaration.COMPLETE.value).fill_null(
            value=False
        ),
    )
    return lines.join(known, on=["county", "section"], how="left").with_columns(
        pl.col("defective").fill_null(value=False)
    )


def _record_reason(ground: Ground) -> pl.Expr:
    """Return the reason the record itself gives, in the order of the law, or null."""
    signed, withdrawn = pl.col("signed_on"), pl.col("withdrawn_on")
    timely = withdrawn.is_not_null()
    outside = (signed < pl.col("from")) | (signed > pl.col("to"))
    if ground.filed is not None:
        # "Prior to the day the petition is filed": on that day it is too late.
        timely = withdrawn < ground.filed
        outside |= signed > ground.filed
    if ground.opened is not None:
        outside |= signed < ground.opened
    rules = [(Reason.WITHDRAWN, timely)]
    if ground.knows(Reason.CIRC_DECL_DEFECT):
        rules.append((Reason.CIRC_DECL_DEFECT, pl.col("defective")))
    if ground.knows(Reason.DATE_OUT_OF_RANGE):
        rules.append((Reason.DATE_OUT_OF_RANGE, outside))
    return pl.coalesce(pl.when(rule).then(pl.lit(code.value)) for code, rule in rules)


def _finding(ground: Ground) -> pl.Expr:
    """Return finding, reason_found, credited and by, as one struct."""
    word, why = pl.col("word"), pl.col("decided_reason")
    matched = pl.when(pl.col("outcome") == "voter").then("voter_id")
    named = pl.coalesce("decided_voter", matched)
    twin = (word == Word.INVALID.value) & (why == Reason.DUPLICATE.value)
    unsigned = pl.col("signature_present") == "no"
    known = pl.col("reason").is_in(list(ground.reasons)).fill_null(value=False)
    harmless = pl.col("reason").is_in([reason.value for reason in HARMLESS])
    open_ = (pl.col("outcome") == "tie") | (pl.col("decision") == "review")

    def found(finding: Found, by: pl.Expr, reason: pl.Expr, voter: pl.Expr) -> pl.Expr:
        return pl.struct(
            pl.lit(finding.value).alias("finding"),
            reason.alias("reason_found"),
            voter.alias("credited"),
            by.alias("by"),
        )

    none = pl.lit(None, dtype=pl.String)
    record, matcher, person = pl.lit(RECORD), pl.lit(MATCHER), pl.col("decided_by")
    unfound = (
        pl.when(known).then("reason").otherwise(pl.lit(Reason.NOT_REGISTERED.value))
    )
    return (
        pl.when(pl.col("record_reason").is_not_null())
        .then(found(Found.INVALID, record, pl.col("record_reason"), none))
        .when((word == Word.VALID.value) | twin)
        .then(found(Found.VALID, person, none, named))
        .when(word == Word.INVALID.value)
        .then(found(Found.INVALID, person, why, none))
        .when(word == Word.UNDECIDED.value)
        .then(found(Found.UNDECIDED, person, none, none))
        .when(unsigned & pl.lit(ground.knows(Reason.SIG_MISSING)))
        .then(found(Found.INVALID, record, pl.lit(Reason.SIG_MISSING.value), none))
        .when(open_)
        .then(found(Found.UNDECIDED, matcher, none, none))
        .when(pl.col("outcome") == "none")
        .then(found(Found.INVALID, matcher, unfound, none))
        .when(known)
        .then(found(Found.INVALID, matcher, pl.col("reason"), none))
        .when(pl.col("reason").is_null() | harmless)
        .then(found(Found.VALID, matcher, none, matched))
        .otherwise(found(Found.UNDECIDED, matcher, none, none))
    )


def _decided(standing: Mapping[str, Decision]) -> pl.DataFrame:
    schema = {
        "line_id": pl.String,
        "word": pl.String,
        "decided_reason": pl.String,
        "decided_voter": pl.String,
        "decided_by": pl.String,
        "decided_at": pl.String,
    }
    rows = [
        (line, each.word.value, each.reason, each.voter_id, each.by, each.at or None)
        for line, each in standing.items()
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
