"""What became of the mutants of a package, and what is said about it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prove.frame.figure import Figure
from prove.mutants.bred.nursery import Mutant
from prove.mutants.tried import ledger

JUSTIFIED = Path(__file__).with_name("justified.csv")
OPEN_SHOWN = 60
"""So many survivors are told with what changed; of others, the functions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brood:
    """What became of the mutants of a package that were tried.

    `of` says how many there are in all that change more than a sentence, `words` how
    many only that; `states` counts those tried by what became of them; `survivors` are
    those that nobody noticed, or that no test calls.
    """

    package: str
    of: int
    words: int = 0
    states: Counter[str] = field(default_factory=Counter)
    survivors: tuple[Mutant, ...] = ()

    @property
    def noticed(self) -> int:
        """Return how many were noticed, those without an end among them."""
        return self.states[ledger.NOTICED] + self.states[ledger.ENDLESS]

    @property
    def tried(self) -> int:
        """Return of how many it is known whether they were noticed."""
        return self.noticed + len(self.survivors)


def brood(package: str, mutants: Sequence[Mutant], states: Mapping[str, str]) -> Brood:
    """Return what became of the mutants of a package."""
    real = [mutant for mutant in mutants if not mutant.words]
    alive = {ledger.SURVIVED, ledger.UNREACHED}
    return Brood(
        package=package,
        of=len(real),
        words=len(mutants) - len(real),
        states=Counter(states[each.name] for each in real if each.name in states),
        survivors=tuple(each for each in real if states.get(each.name) in alive),
    )


def justified(text: str | None = None) -> dict[tuple[str, str], str]:
    """Return the survivors that were read and left: function and change, why.

    Raises:
        ValueError: one has no reason.

    """
    text = JUSTIFIED.read_text(encoding="utf-8") if text is None else text
    known = {
        (row["function"], row["change"]): row["why"]
        for row in csv.DictReader(text.splitlines())
    }
    for (function, _), why in known.items():
        if not why.strip():
            raise ValueError(f"{function} is left without a reason")
    return known


def told(found: Brood, known: Mapping[tuple[str, str], str]) -> Figure:
    """Return the figure of a package; survivors nobody justified are listed."""
    bare = [one for one in found.survivors if (one.short, one.change) not in known]
    left = len(found.survivors) - len(bare)
    share = f"{found.noticed / found.tried:.1%}" if found.tried else "none"
    unsure = found.states[ledger.UNDECIDED]
    loading = found.states[ledger.LOADING]
    return Figure(
        what=f"mutants of {found.package}",
        value=f"{found.noticed:,} of {found.tried:,} tried were noticed ({share}), "
        f"{found.states[ledger.ENDLESS]} of them as they did not end; {left} others "
        f"change nothing that can be seen, {len(bare)} are open. Drawn from "
        f"{found.of:,}; {found.words:,} more change a sentence only, and are not tried"
        + f"; {loading} run only while the code is loaded" * bool(loading)
        + f"; {unsure} came to no verdict" * bool(unsure),
        oracle="the tests that call the function; prove/mutants/justified.csv",
        held=None if not bare else False,
        note="" if not bare else f"Not noticed: {listed(bare)}.",
    )


def listed(bare: Sequence[Mutant]) -> str:
    """Return which mutants live, and what each one changes."""
    said = [f"{one.short} (`{shown(one.change)}`)" for one in bare[:OPEN_SHOWN]]
    more = Counter(one.short for one in bare[OPEN_SHOWN:])
    said += [f"{function} ({count})" for function, count in more.items()]
    return "; ".join(said)


def shown(change: str) -> str:
    """Return a change fit for a line of Markdown."""
    return change.replace("`", "'").replace("|", "\\|")


def first_run(path: Path, slow: Sequence[str]) -> Figure:
    """Return the figure on the tests that judge, run first on the code as it is."""
    row = json.loads(path.read_text(encoding="utf-8"))
    failed = row["failed"]
    return Figure(
        what="the tests that judge, on the code as it is",
        value=f"{row['ran']:,} of {row['collected']:,} run in {row['seconds']:.0f} s, "
        f"{len(failed)} failed, {len(row['slow'])} too slow to be used",
        oracle="each must pass where nothing is changed",
        held=not failed,
        note=f"Failed in the copy, and not used: {'; '.join(failed)}."
        if failed
        else f"Left out for their time: {', '.join(slow)}.",
    )


def pace(path: Path, *, tried: int, breeding: float, trying: float) -> Figure:
    """Return the figure on how fast mutants were tried; times in seconds of the wall.

    `trying` holds the first run of the tests, which `path` tells of.
    """
    first = json.loads(path.read_text(encoding="utf-8"))["seconds"]
    left = max(1.0, trying - first)
    return Figure(
        what="mutants tried in this run",
        value=f"{tried:,} in {left:.0f} s, {60 * tried / left:.0f} a minute; before it "
        f"{breeding:.0f} s to make them, {first:.0f} s to run the tests once",
        oracle="the clock",
        held=None,
    )


def none_tried(breeding: float, waited: float, said: str) -> Figure:
    """Return the figure of a run whose time was over before its tests had run once."""
    return Figure(
        what="mutants tried in this run",
        value=f"none: {breeding:.0f} s went to making them, and the tests that judge "
        f"did not come to their first end in {waited:.0f} s",
        oracle="the clock",
        held=False,
        note=f"A busy machine needs longer. pytest said: {said[-300:] or 'nothing'}",
    )
