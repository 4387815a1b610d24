"""Half a minute: where a measure stands, what must happen next, by whom, by when.

And whether it has a chance. These five answers stand first on every page, on the badge,
and in the feed; everything else on the page is why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plebiscite.docket.agenda import NextStep
from plebiscite.docket.folder import Record
from plebiscite.docket.table import table
from plebiscite.report.page.hurdles import NEXT, Path
from plebiscite.report.page.progress import Progress, Window
from plebiscite.report.page.said import Said, Value

TO_DO = {
    "filed": "file a request for title and summary",
    "amended": "amend the text",
    "fiscal_estimate": "estimate what it would cost",
    "titled": "give it a title and a summary",
    "sections_filed": "file the signed petition sections",
    "quarter_notice": "announce it once a quarter of the signatures is gathered",
    "withdrawn": "withdraw it",
    "raw_count": "count the lines filed",
    "findings_counted": "look at the lines and report what they find",
    "certified": "certify whether the signatures suffice",
    "full_count_ordered": "order a check of every line",
    "cure_period": "open a period for more signatures",
    "qualified": "qualify it for the ballot",
    "hearing_held": "hold a hearing on it",
    "question_put": "vote on it",
    "removed_by_court": "take it off the ballot",
    "canvassed": "count the votes",
    "outcome": "declare the outcome",
    "in_force": "put it into force",
    "follow_up_scheduled": "schedule the further question",
    "consent_asked": "ask others for their consent",
    "consent_given": "consent or refuse",
}
"""Kinds of event that may be due → the act, as "somebody must …" goes on."""
COUNTING = frozenset({"sections_filed", "raw_count", "certified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The five answers.

    Attributes:
        tone: ``moving``, ``reached`` or ``ended``; a picture repeats it in words.
        stands: where it stands: the stage first, then what else matters.
        next: what must happen next, as "they must …" goes on; "" where nobody must act.
        whom: who must; "" where nobody must.
        by: the last day; None where there is none.
        left: days left until then, negative once it has passed; None without a day.
        why_no_day: why there is no day, or "".
        if_not: what follows if nobody acts, or "".
        chance: whether it has a chance, in sentences.

    """

    tone: str
    stands: tuple[Said, ...]
    next: str
    whom: str
    by: date | None
    left: int | None
    why_no_day: str
    if_not: str
    chance: tuple[Said, ...]


def glance(
    record: Record,
    *,
    steps: Sequence[NextStep],
    progress: Progress | None,
    window: Window | None,
    path: Path,
    chance: Said | None,
) -> Glance:
    """Return the five answers for a measure."""
    owed = next((step for step in steps if not step.may), None)
    return Glance(
        tone=_tone(record),
        stands=tuple(_stands(record, progress, window)),
        next=deed(owed) if owed else "",
        whom=owed.who if owed else "",
        by=owed.by if owed else None,
        left=(owed.by - record.on).days if owed and owed.by else None,
        why_no_day=owed.why_no_day if owed else "",
        if_not=owed.silence if owed else "",
        chance=tuple(_chance(record, path, chance)),
    )


def deed(step: NextStep) -> str:
    """Return what somebody must or may do, as "they must …" goes on."""
    if step.words != table().kinds[step.does].words:
        return step.words
    return TO_DO.get(step.does, step.words)


def _tone(record: Record) -> str:
    if record.life.has_ended:
        return "ended"
    return "reached" if record.life.stage in {"in_force", "approved"} else "moving"


def _stands(
    record: Record, progress: Progress | None, window: Window | None
) -> list[Said]:
    reached = record.life
    said = []
    if reached.since is None:
        said.append(Said("{stage}.", {"stage": Said(reached.words)}))
    elif reached.has_ended:
        said.append(
            Said(
                "{stage}, {day}.", {"stage": Said(reached.words), "day": reached.since}
            )
        )
    else:
        said.append(
            Said(
                "{stage}, since {day}.",
                {"stage": Said(reached.words), "day": reached.since},
            )
        )
    early = reached.stage in {"withdrawn", "titled", "circulating", "curing"}
    if window and early:
        told = {"day": window.day, "days": window.days}
        said.append(
            Said("It was day {day} of the {days} for gathering signatures.", told)
            if reached.has_ended
            else Said("It is day {day} of the {days} for gathering signatures.", told)
        )
    return said + _counts(record, progress)


def _counts(record: Record, progress: Progress | None) -> list[Said]:
    if progress is None:
        return []
    ask = progress.required
    if not progress.best:
        if any(each.kind in COUNTING for each in record.counted):
            return [Said("{ask} valid signatures were required.", {"ask": ask})]
        if record.life.has_ended:
            none = any(each.body.get("sections_filed") == 0 for each in record.counted)
            words = (
                "No signatures were filed; {ask} valid ones were required."
                if none
                else "No filing of signatures is recorded; {ask} were required."
            )
            return [Said(words, {"ask": ask})]
        return [
            Said(
                "No count is published yet; {ask} valid signatures are required.",
                {"ask": ask},
            )
        ]
    words = {
        "claimed": "{count} signatures are claimed, of {ask} required: {percent}%.",
        "raw": "{count} lines are filed; {ask} of them must be valid.",
        "projected": "{count} are projected valid, of {ask} required: {percent}%.",
        "verified": "{count} were found valid, of {ask} required: {percent}%.",
    }[progress.best]
    told: dict[str, Value] = {
        "count": progress.counts[progress.best],
        "ask": ask,
        "percent": progress.percent,
    }
    return [Said(words, told)]


def _chance(record: Record, path: Path, chance: Said | None) -> list[Said]:
    if record.life.has_ended:
        return [Said("None any more: it has ended.")]
    said = []
    if chance is not None:
        said.append(chance)
    first = next((each for each in path.hurdles if each.state == NEXT), None)
    next_one = Said(first.words) if first else Said("the consent of others")
    if path.ahead == 1:
        said.append(Said("One hurdle is still ahead: {next}.", {"next": next_one}))
    elif path.ahead:
        said.append(
            Said(
                "{count} hurdles are still ahead; the next: {next}.",
                {"count": path.ahead, "next": next_one},
            )
        )
    else:
        said.append(Said("Nothing stands in its way any more."))
    if chance is None and path.ahead:
        said.append(Said("Nobody has published a forecast here."))
    return said
