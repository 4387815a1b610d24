"""What stands beside the record where the folder has it: polls, a forecast, money.

None of it is the record. A page shows it with who said it, and is whole without it. A
file that cannot be read is left out, and the page says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from plebiscite.docket.folder import Record
from plebiscite.errors import PlebisciteError
from plebiscite.report.page.said import Said

FORECAST = "forecast_published"
POLLS, HURDLES, MONEY = "polls.csv", "hurdles.yaml", "money"
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A forecast somebody published, as the docket tells.

    Attributes:
        percent: of what it speaks, in whole percent.
        about: what the chance is of, as the event says it.
        by, day, source: who published it, when, and where it stands.
        seq: the number of the event.

    """

    percent: str
    about: str
    by: str
    day: date
    source: str
    seq: int

    @property
    def words(self) -> Said:
        """The forecast in a sentence."""
        return Said(
            "{percent} in 100, says {by} on {day} ({about}).",
            {
                "percent": self.percent,
                "by": self.by,
                "day": self.day,
                "about": self.about,
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A hurdle of the model's forecast.

    Attributes:
        shown: the chance to pass it once it is reached, in words.
        low, middle, high: the chance of it taken alone, in percent: range and middle.
        elicited: whether it is people's guess; no count or law tells it.

    """

    words: str
    shown: str
    low: int
    middle: int
    high: int
    elicited: bool
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A forecast worked out from the folder by our own model.

    Attributes:
        milestones: what may come of it → the chance in words, the last is all of it.
        rungs: the hurdles, in order.
        explained: why the whole is not the product of its parts.
        inputs: a hash of everything it was made from.

    """

    milestones: tuple[tuple[str, str], ...]
    rungs: tuple[Rung, ...]
    explained: str
    inputs: str

    @property
    def words(self) -> Said:
        """The forecast in a sentence: the first milestone, and the whole."""
        first, last = self.milestones[0], self.milestones[-1]
        if first == last:
            return Said("{chance} that {what}.", {"chance": last[1], "what": last[0]})
        return Said(
            "{chance} that {what}; {all} that {end}.",
            {"chance": first[1], "what": first[0], "all": last[1], "end": last[0]},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A poll, as published; points of 100, None where the pollster does not say."""

    end: date
    pollster: str
    sponsor: str
    population: str
    n: int | None
    support: str
    oppose: str
    unsure: str
    wording: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What one side, or one committee, filed; amounts in whole units, as printed."""

    side: str
    committee: str
    currency: str
    raised: Decimal
    spent: Decimal
    cash: Decimal
    owed: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside the record; every part may be empty.

    Attributes:
        forecasts: published by others, still of something to come.
        model: our own; None where nothing feeds it, or all is decided.
        polls: oldest first, those known by the day.
        money: each side; `committees` each committee.
        unread: files that could not be read, with why.

    """

    forecasts: tuple[Chance, ...] = ()
    model: Model | None = None
    polls: tuple[Asked, ...] = ()
    money: tuple[Purse, ...] = ()
    committees: tuple[Purse, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether there is anything of polls or forecasts."""
        return bool(self.forecasts or self.model or self.polls)

    @property
    def words(self) -> Said | None:
        """The chance in a sentence: ours, else the last that others published."""
        if self.model is not None:
            return self.model.words
        return self.forecasts[-1].words if self.forecasts else None


def beside(record: Record) -> Beside:
    """Return what the folder has beside its record, as far as known by its day."""
    unread: list[str] = []
    sides, committees = _money(record, unread)
    return Beside(
        forecasts=tuple(_forecasts(record)),
        model=_model(record, unread),
        polls=tuple(_polls(record, unread)),
        money=sides,
        committees=committees,
        unread=tuple(unread),
    )


def _told(problem: PlebisciteError, record: Record) -> str:
    """Return what is wrong with a file, without where the folder stands on our disk."""
    return str(problem).replace(f"{record.folder}/", "")


def _forecasts(record: Record) -> list[Chance]:
    found: list[Chance] = []
    for each in record.counted:
        # A forecast is of what was still to come; decided, it is history.
        if each.kind == "outcome":
            found.clear()
        if each.kind != FORECAST or "chance" not in each.body:
            continue
        about = str(each.body.get("question") or "of the whole").replace("_", " ")
        found.append(
            Chance(
                percent=_percent(str(each.body["chance"])),
                about=about,
                by=each.by,
                day=each.day,
                source=each.source,
                seq=each.seq,
            )
        )
    return found


def _percent(chance: str) -> str:
    try:
        return f"{Decimal(chance) * 100:.0f}"
    except ArithmeticError:
        return chance


def _model(record: Record, unread: list[str]) -> Model | None:
    """Return our model's forecast, where a file of the folder feeds it."""
    fed = any((record.folder / name).exists() for name in (POLLS, HURDLES))
    if not fed or record.life.has_ended or not record.events:
        return None
    from plebiscite.report.chance.asked import ask

    try:
        data = ask(record.folder, record.on).as_data()
    except PlebisciteError as problem:
        unread.append(_told(problem, record))
        return None
    milestones = tuple((each["words"], each["shown"]) for each in data["milestones"])
    if not milestones:
        return None
    return Model(
        milestones=milestones,
        rungs=tuple(_rung(each) for each in data["hurdles"]),
        explained=data["joint"]["explained"] or "",
        inputs=str(data.get("inputs_hash", "")),
    )


def _rung(each: Mapping[str, Any]) -> Rung:
    from plebiscite.forecast.shown import shown

    return Rung(
        words=each["words"],
        shown=shown(float(each["p_given"])),
        low=round(HUNDRED * float(each["lo"])),
        middle=round(HUNDRED * float(each["p"])),
        high=round(HUNDRED * float(each["hi"])),
        elicited=bool(each["elicited"]),
        settled=bool(each["settled"]),
    )


def _polls(record: Record, unread: list[str]) -> list[Asked]:
    path = record.folder / POLLS
    if not path.exists():
        return []
    from plebiscite.forecast.polls import read_polls

    try:
        found = read_polls(path).polls
    except PlebisciteError as problem:
        unread.append(_told(problem, record))
        return []
    return [
        Asked(
            end=each.end,
            pollster=each.pollster,
            sponsor=each.sponsor,
            population=each.population,
            n=each.n,
            support=_points(each.support),
            oppose=_points(each.oppose),
            unsure=_points(each.unsure),
            wording=each.wording,
            source=each.source,
        )
        for each in sorted(found, key=lambda each: each.end)
        if each.end <= record.on
    ]


def _points(points: float | None) -> str:
    return "" if points is None else f"{points:g}"


def _money(
    record: Record, unread: list[str]
) -> tuple[tuple[Purse, ...], tuple[Purse, ...]]:
    folder = record.folder / MONEY
    if not folder.is_dir():
        return (), ()
    from plebiscite.money import Ledger

    try:
        ledger = Ledger.read([folder])
        # Known on the day as well as dated by it: a page does not look ahead.
        on = record.on
        sides = ledger.totals(as_of=on, known_on=on)
        return _purses(sides), _purses(ledger.by_committee(as_of=on, known_on=on))
    except PlebisciteError as problem:
        unread.append(_told(problem, record))
        return (), ()


def _purses(found: Sequence[Any]) -> tuple[Purse, ...]:
    return tuple(
        Purse(
            side=str(each.side) if each.side else "",
            committee=(each.committee.name or each.committee.id)
            if each.committee
            else "",
            currency=each.currency,
            raised=each.totals.contributions,
            spent=each.totals.spent,
            cash=each.totals.cash,
            owed=each.totals.owed,
        )
        for each in found
    )
