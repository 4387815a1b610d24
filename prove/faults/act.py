"""Faults: killed, torn, full and in the dark.

Each figure says how many cases were tried; within `make prove` the clock bounds them,
and some of the steps of each act are tried in any case.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from prove.faults import bases, little, torn
from prove.faults.acts.flows import (
    FLOWS,
    FULL_DISKS,
    ON_POSTGRESQL,
    SHOWN,
    SITE_FLOWS,
    flow,
)
from prove.faults.killed.cut import Flow, Tried, all_cut, server
from prove.faults.killed.writes import (
    ALLOWED,
    UNREACHED,
    bare_writes,
    durable_writes,
    unreached,
)
from prove.faults.little import Little
from prove.frame.cluster import cluster, why_not
from prove.frame.figure import Figure, Ground

KILLED = (
    "each visible file is the one before or the one after; the same act given again "
    "ends as an undisturbed one, byte for byte; no draft is left; the chain is whole"
)
ONE_MESSAGE = "exit 2, one message with its remedy, nothing half there, no traceback"
SHARE = 0.36
"""Of the part's time that the killing may take."""
Asked: TypeAlias = Callable[[], bool]


def _until(end: float) -> Asked:
    """Return whether there is time left, to be asked again and again."""
    return lambda: time.monotonic() < end


def environment(base: Path, **more: str) -> dict[str, str]:
    """Return the environment of a server of acts."""
    base.mkdir(parents=True, exist_ok=True)
    single = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")}
    return {**kept, **single, "PROVE_BASE": str(base), **more}


def prove(ground: Ground) -> Iterator[Figure]:
    """Break everything that can be broken from outside, and look."""
    began = time.monotonic()
    end = float("inf") if ground.long else began + ground.minutes * 60 * SHARE
    base = ground.folder / "base"
    yield from written()
    yield from tears(ground.folder / "torn", every=1 if ground.long else 3)
    with server(environment(base)) as at:
        at.run("prove.faults.acts.office:flat_roll", ground.folder)
    ground.say("   killing")
    yield from killed(ground, base, until=_until(end))
    ground.say("   too little")
    yield from scarce(ground, base)
    yield from died(ground, base)


def written() -> Iterator[Figure]:
    """Say how many writes the code holds, and where they go."""
    bare = bare_writes()
    allowed = sum(each.place in ALLOWED for each in bare)
    yield Figure(
        what="every write in the code",
        value=f"{len(durable_writes())} through the durable helpers, {allowed} others, "
        "each with its reason; "
        f"{len(bare) - allowed} bare",
        oracle="the syntax tree of every module",
        reach="0 bare",
        held=len(bare) == allowed,
        note="" if len(bare) == allowed else "a write without a reason was added",
    )


def tears(folder: Path, *, every: int) -> Iterator[Figure]:
    """Tear files at every byte and turn bits."""
    for found in torn.everything(folder, every=every):
        yield figure(
            f"torn at every byte: {found.what}"
            if "bit" not in found.what
            else f"turned: {found.what}, head published and not",
            Little(tried=found.tried, wrong=found.wrong, note=f"{found.told} told"),
            "whole lines before the tear stand, the tail is set aside or the file is "
            "refused; the chain names the line of the bit",
        )


def killed(ground: Ground, base: Path, *, until: Asked) -> Iterator[Figure]:
    """Kill every act at the steps of its writes, two acts at a time."""
    site, askers = environment(base, PROVE_SITE="1"), set[str]()
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(_cut, FLOWS, environment(base), ground.folder / "a", until),
            pool.submit(_cut, SITE_FLOWS, site, ground.folder / "b", until),
            pool.submit(_cut, SHOWN, site, ground.folder / "d", until),
        ]
        for job in jobs:
            for tried in job.result():
                askers |= tried.askers
                yield of_flow(tried)
    yield reached(askers)
    if why := why_not():
        yield absent("the site's acts on PostgreSQL", why)
        return
    with cluster() as made:
        told = environment(base, PROVE_SITE="1", PROVE_POSTGRESQL=made.address)
        for number, flow in enumerate(ON_POSTGRESQL):  # they share one database
            soon = time.monotonic() + (3600 if ground.long else 15)
            home = ground.folder / f"c-{number}"
            yield of_flow(_cut([flow], told, home, _until(soon))[0], " (PostgreSQL)")
        yield figure(
            "PostgreSQL killed with -9 amid transactions, and started again",
            bases.killed_database(made, ground.folder, rounds=3),
            "each acknowledged transaction is there, whole, and at most one more",
        )


def reached(askers: Collection[str]) -> Figure:
    """Say which durable writes of the code an act cut off has come by."""
    every, left = {each.place for each in durable_writes()}, unreached(askers)
    wrong = sorted(left ^ set(UNREACHED))
    return Figure(
        what="durable writes that an act cut off comes by",
        value=f"{len(every - left)} of {len(every)} functions; {len(left)} others, "
        "each with its reason",
        oracle="every call of a durable helper in the syntax tree, and who asked for "
        "each write that was cut off",
        reach="a reason for each that is not",
        held=not wrong,
        note=f"Without a reason, or reached after all: {', '.join(wrong)}."
        if wrong
        else "",
    )


def _cut(
    flows: Sequence[Flow], environ: dict[str, str], home: Path, until: Asked
) -> list[Tried]:
    with server(environ) as at:
        return all_cut(flows, at, home, until=until)


def of_flow(tried: Tried, where: str = "") -> Figure:
    """Return the figure of an act that was cut off."""
    steps = len(tried.steps)
    return Figure(
        what=f"kill -9: {tried.flow.name}{where}",
        value=f"{tried.killed} of {steps} steps, {judged(len(tried.wrong))}",
        oracle=KILLED,
        reach="0",
        held=not tried.wrong,
        note=" / ".join(tried.wrong[:3]),
    )


def scarce(ground: Ground, base: Path) -> Iterator[Figure]:
    """Take disk, rights and memory away, and move the clock."""
    home = ground.folder / "scarce"
    most = 99 if ground.long else 6
    with server(environment(base)) as at:
        for number, name in enumerate(FULL_DISKS):
            found = little.full_at(flow(name), at, home / f"full-{number}", most)
            yield figure(f"disk full (put in): {name}", found, ONE_MESSAGE)
        if little.can_mount(home / "may"):
            found = little.on_a_full_disk(at, home / "small")
            yield figure("a disk that is really too small", found, ONE_MESSAGE)
            found = little.on_a_read_only_disk(at, home / "only")
            yield figure("a disk that is really read-only", found, ONE_MESSAGE)
        else:
            yield absent("a disk really full or read-only", "only root mounts one")
    memory = home / "memory"
    memory.mkdir(parents=True)
    limits = (400, 700, 1000, 1500, 3000)
    found = little.with_little_memory(memory, base, limits=limits)
    yield figure("lines matched within 0.4 to 3 GB of addresses", found, ONE_MESSAGE)
    yield figure(
        "drawn, found and certified in other zones, at changes of the clock",
        little.under_other_clocks(home / "clocks", base),
        "the same bytes of certificate and bundle",
    )


def died(ground: Ground, base: Path) -> Iterator[Figure]:
    """Overwrite files, and let two write at once."""
    tries = 200 if ground.long else 12
    with server(environment(base)) as at:
        pages = bases.overwritten(
            at, ground.folder / "pages", seed=ground.seed, tries=tries
        )
    for what, found in pages.items():
        yield figure(
            f"64 bytes overwritten: {what}",
            found,
            "refused with its remedy, or the same answer; never another answer",
        )
    yield figure(
        "pages of SQLite overwritten, then `plebiscite doctor`",
        bases.sqlite_pages(ground.folder, seed=ground.seed, tries=tries // 2),
        "damage that SQLite itself sees is told, with the way back; no traceback",
    )
    yield figure(
        "two programs at once: one docket, one ledger of serials",
        bases.two_writers(ground.folder / "two", each=25),
        "every event once, the chain whole, no serial twice",
    )


def figure(what: str, found: Little, oracle: str) -> Figure:
    """Return the figure of what was tried."""
    value = f"{found.tried} cases, {judged(len(found.wrong))}"
    told = f"; {found.note}" if found.note else ""
    return Figure(
        what=what,
        value=value + told,
        oracle=oracle,
        reach="0",
        held=not found.wrong,
        note=" / ".join(each[:300] for each in found.wrong[:3]),
    )


def judged(wrong: int) -> str:
    """Return how many things went wrong, in a reader's words."""
    return f"{wrong} not as they should be" if wrong else "all as they should be"


def absent(what: str, why: str) -> Figure:
    """Return the figure of what could not be tried here."""
    return Figure(what=what, value="not tried", oracle=why, held=None)
