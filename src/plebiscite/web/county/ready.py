"""What a desk still waits for, and who must act: always in view, in the same order.

Offices take a step that was reviewed for one that was handed in, and believe they are
done. So each step says whether it is done, what is still to do, and who waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plebiscite.errors import PlebisciteError
from plebiscite.web.county.desks import measure_of, rules_of
from plebiscite.web.county.models import Desk, Kind, Stage, Taken
from plebiscite.web.county.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the work.

    Attributes:
        stage: which.
        name: in words.
        done: whether it is done.
        told: what it came to, or what is still to do.
        who: who must act now; "" where nobody waits.

    """

    stage: Stage
    name: str
    done: bool
    told: str
    who: str = ""


def handed_in(desk: Desk) -> Mapping[str, str]:
    """Return which kinds of file were taken over or are being read: kind to state."""
    standing = desk.uploads.filter(
        state__in=[
            Taken.TAKEN,
            Taken.WAITING,
            Taken.TAKING,
            Taken.REFUSED,
            Taken.DESTROYED,
        ]
    ).order_by("id")
    told: dict[str, str] = {}
    for kind, state in standing.values_list("kind", "state"):
        if state == Taken.REFUSED and told.get(kind) == Taken.TAKEN:
            continue
        told[kind] = state
    return told


def is_ready_for_queue(desk: Desk) -> bool:
    """Whether the queue can be made: drawn, keyed, a roll, and no queue yet."""
    files = handed_in(desk)
    there = all(files.get(kind) == Taken.TAKEN for kind in (Kind.ROLL, Kind.LINES))
    return bool(desk.drawn) and there and desk.prepared_at is None


def steps(desk: Desk, counts: Tally) -> list[Step]:
    """Return every step of the work, in its order."""
    files = handed_in(desk)
    county = _("the county office")
    return [
        _roll(files, county),
        Step(
            stage=Stage.COMMIT,
            name=_("Commit to the raw counts"),
            done=bool(desk.commitment),
            told=_("published hash %(hash)s…") % {"hash": desk.commitment[:12]}
            if desk.commitment
            else _("hand in the manifest, then commit; before anybody knows the seed"),
            who="" if desk.commitment else county,
        ),
        Step(
            stage=Stage.DRAW,
            name=_("Roll the seed, and draw"),
            done=bool(desk.drawn),
            told=_drawn(desk),
            who=county if desk.commitment and not desk.drawn else "",
        ),
        Step(
            stage=Stage.LINES,
            name=_("Key the drawn lines"),
            done=desk.prepared_at is not None,
            told=_keyed(desk, files),
            who=county if desk.drawn and desk.prepared_at is None else "",
        ),
        Step(
            stage=Stage.QUEUE,
            name=_("Work the queue"),
            done=desk.prepared_at is not None and not counts.left,
            told=_queue(desk, counts),
            who=_queue_waits(counts) if desk.prepared_at else "",
        ),
        Step(
            stage=Stage.CERTIFY,
            name=_("Certify, and publish the bundle"),
            done=desk.certified_at is not None,
            told=_certified(desk),
            who=county
            if desk.prepared_at and not counts.left and not desk.certified_at
            else "",
        ),
    ]


def last_day(desk: Desk) -> date | None:
    """Return the day by which the count is due, where the law lets it be told."""
    measure = measure_of(desk)
    clock = "full_count_due" if desk.full_count else "sample_due"
    try:
        return rules_of(desk).deadline(clock, measure.dates).day
    except PlebisciteError:
        return None


def _roll(files: Mapping[str, str], county: str) -> Step:
    state = files.get(Kind.ROLL, "")
    told = {
        Taken.TAKEN.value: _("the roll is here"),
        Taken.WAITING.value: _("the roll waits to be read"),
        Taken.TAKING.value: _("the roll is being read"),
        Taken.REFUSED.value: _("the roll was refused; see why, and hand it in again"),
        Taken.DESTROYED.value: _("the roll was destroyed when its term had ended"),
    }.get(state, _("hand in the voter roll"))
    done = state in {Taken.TAKEN, Taken.DESTROYED}
    return Step(
        stage=Stage.FILES,
        name=_("Hand in the voter roll"),
        done=done,
        told=told,
        who="" if done else county,
    )


def _drawn(desk: Desk) -> str:
    if desk.full_count:
        return _("every line is looked at: %(lines)s") % {"lines": f"{desk.drawn:,}"}
    if desk.drawn:
        return _("%(lines)s lines drawn with seed %(seed)s") % {
            "lines": f"{desk.drawn:,}",
            "seed": desk.seed,
        }
    return _("after the counts are committed to")


def _keyed(desk: Desk, files: Mapping[str, str]) -> str:
    if desk.prepared_at is not None:
        return _("the queue is ready")
    if files.get(Kind.LINES) == Taken.REFUSED:
        return _("the lines were refused; see why, and hand them in again")
    if files.get(Kind.LINES) == Taken.TAKEN:
        return _("keyed; the queue is made once lines are drawn and the roll is here")
    return _("hand in the drawn lines as keyed")


def _queue(desk: Desk, counts: Tally) -> str:
    if desk.prepared_at is None:
        return _("once the queue is ready")
    return _("%(left)s of %(all)s lines still wait") % {
        "left": f"{counts.left:,}",
        "all": f"{counts.lines:,}",
    }


def _queue_waits(counts: Tally) -> str:
    waits = []
    if counts.open:
        waits.append(
            ngettext(
                "any clerk, for %(n)s line", "any clerk, for %(n)s lines", counts.open
            )
            % {"n": f"{counts.open:,}"}
        )
    if counts.second:
        waits.append(_("a second person, for %(n)s") % {"n": f"{counts.second:,}"})
    if counts.dispute:
        waits.append(
            _("the county office, for %(n)s disputed") % {"n": f"{counts.dispute:,}"}
        )
    return "; ".join(waits)


def _certified(desk: Desk) -> str:
    if desk.certified_at is not None:
        return _("certified on %(day)s by %(who)s") % {
            "day": localdate(desk.certified_at).isoformat(),
            "who": desk.certified_by,
        }
    if desk.closed_at is not None:
        return _("decisions are frozen; the certificate is being made")
    return _("once every line is settled")
