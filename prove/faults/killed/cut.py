"""An act cut off with -9 at each step of each durable write, and what is left then.

The acts run in forks of a warm server (`killed.server`), so that a case costs a
tenth of a second and is still a program of its own, killed by the system. What is held:
each visible file is the one before or the one after, nothing before is lost, and the
same act given again ends where an undisturbed one ends, byte for byte.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
KILLED = -9
TABLES = "(tables)"
REFUSED = 2
LEAST = 4
CLOCKED = frozenset(
    {"recorded_at", "at", "prev", "hash", "made_at", "begun_at", "ended_at"}
)
"""What a second run of the same act says otherwise, by the clock alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """An act that writes.

    Attributes:
        name: what is done, in a reader's words.
        ground: the function (``module:function``) that lays out a folder before it.
        act: the act: words of a command, or ``module:function``.
        state: a function that prints what else there is to see (tables); "" for none.
        fresh: a function that lays out what stands outside the folder; "" for none.
        spent: what the act has claimed is never given out twice: cut off later, it may
            be refused with a remedy, and what stands must be as before or as after.
        passing: visible names that may stand while the act is under way.
        aside: names below which nothing is compared.

    """

    name: str
    ground: str
    act: Sequence[str] | str
    state: str = ""
    fresh: str = ""
    spent: bool = False
    passing: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended: its exit code (negative: the signal) and what it said."""

    code: int
    said: str


@dataclass(slots=True, kw_only=True)
class Tried:
    """What was tried of a flow: its steps, those killed at, and what did not hold."""

    flow: Flow
    steps: list[str]
    killed: int = 0
    wrong: list[str] = field(default_factory=list)
    askers: frozenset[str] = frozenset()


class Server:
    """A warm program that does acts in forks of itself."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # our own words
            [sys.executable, "-m", "prove.faults.killed.server"],
            cwd=ROOT,
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, act: Sequence[str] | str, folder: Path, asked: str = "") -> Ended:
        """Do an act in `folder`, with the faults asked for."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the server has no ends")
        task = {"act": act, "folder": str(folder), "asked": asked}
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return Ended(code=answer["code"], said=answer["said"])

    def end(self) -> None:
        """Let the server end."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


@contextmanager
def server(environ: Mapping[str, str]) -> Iterator[Server]:
    """Yield a warm server for as long as the block runs."""
    made = Server(environ)
    try:
        yield made
    finally:
        made.end()


@dataclass(slots=True, kw_only=True)
class Trial:
    """One flow laid out: before it, after it undisturbed, and its steps."""

    flow: Flow
    server: Server
    home: Path
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    code: int = 0

    def lay_out(self) -> Tried:
        """Do the act undisturbed, twice, and note each step of its writes."""
        ground, flow = self.home / "ground", self.flow
        ground.mkdir(parents=True)
        made = self.server.run(flow.ground, ground)
        if made.code:
            raise RuntimeError(f"{flow.name}: no ground: {made.said[-700:]}")
        whole, note = self.copy(), self.home / "note"
        self.before = self.seen(whole)
        ended = self.server.run(flow.act, whole, f"note {note}")
        self.code, self.after = ended.code, self.seen(whole)
        noted = note.read_text(encoding="utf-8") if note.exists() else ""
        rows = [line.split("\t") for line in noted.splitlines()]
        self.steps = [step for step, _ in rows]
        tried = Tried(flow=flow, steps=self.steps, askers=frozenset(a for _, a in rows))
        failed = b'"failed"' in self.after.get(TABLES, b"")
        if "fault of ours" in ended.said or not rows or failed:
            tried.wrong.append(f"undisturbed: {ended.code}: {ended.said[-600:]}")
        elif self.after == self.before:
            tried.wrong.append(f"nothing came of it: {ended.said[-600:]}")
        shutil.rmtree(whole)
        return tried

    def copy(self) -> Path:
        """Return a fresh copy of the ground, always at one place."""
        place = self.home / "at" / "work"
        if place.exists():
            shutil.rmtree(place)
        shutil.copytree(self.home / "ground", place, symlinks=True)
        if self.flow.fresh:
            self.server.run(self.flow.fresh, place)
        return place

    def seen(self, folder: Path) -> dict[str, bytes]:
        """Return what anybody sees: every visible file, and the flow's own state."""
        found = {
            path.relative_to(folder).as_posix(): plain(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and self._is_shown(path.relative_to(folder))
        }
        if self.flow.state:
            told = self.server.run(self.flow.state, folder)
            found[TABLES] = told.said.encode()
        return found

    def _is_shown(self, inner: Path) -> bool:
        hidden = any(part.startswith(".") for part in inner.parts)
        return not hidden and not self.flow.aside & set(inner.parts)

    def kill(self, at: int) -> list[str]:
        """Kill the act at a step, look, and do it again; return what did not hold."""
        work = self.copy()
        step = f"killed at {at} ({self.steps[at - 1]})"
        ended = self.server.run(self.flow.act, work, f"kill {at}")
        if ended.code != KILLED:
            return [f"{step}: it was not killed, but ended {ended.code}"]
        left = self.seen(work)
        wrong = [f"{step}: {each}" for each in self._half(left)]
        again = self.server.run(self.flow.act, work)
        stands = left == self.after or self.flow.spent
        allowed = {self.code, REFUSED} if stands else {self.code}
        if again.code not in allowed or "fault of ours" in again.said:
            wrong.append(f"{step}: again: {again.code}: {again.said[-400:]}")
        now = self.seen(work)
        if self.flow.spent and again.code == REFUSED:
            return wrong + [f"{step}: again: {each}" for each in self._half(now)]
        wrong += [
            f"{step}: again: {name} differs from an undisturbed run's"
            for name in sorted(now.keys() | self.after.keys())
            if now.get(name) != self.after.get(name)
        ]
        wrong += [f"{step}: left behind: {each}" for each in self._drafts(work)]
        return wrong

    def _half(self, left: Mapping[str, bytes]) -> Iterator[str]:
        for name in sorted(self.before.keys() | self.after.keys() | left.keys()):
            if name in self.flow.passing or name == TABLES:
                continue
            old, new, now = (d.get(name) for d in (self.before, self.after, left))
            if now not in (old, new):
                yield f"{name} is neither as before nor as after"

    @staticmethod
    def _drafts(folder: Path) -> Iterator[str]:
        for path in folder.rglob(".*"):
            inner = path.relative_to(folder)
            # What lies in a hidden folder goes with that folder.
            hidden = any(part.startswith(".") for part in inner.parts[:-1])
            if ".draft" in path.name and not hidden:
                yield inner.as_posix()


def plain(path: Path) -> bytes:
    """Return a file's bytes; of JSON lines, without what the clock alone says."""
    raw = path.read_bytes()
    if path.suffix not in {".jsonl", ".json"}:
        return raw
    lines = raw.splitlines() if path.suffix == ".jsonl" else [raw]
    try:
        return b"\n".join(
            json.dumps(unclocked(json.loads(line)), sort_keys=True).encode()
            for line in lines
        )
    except ValueError:
        return raw


def unclocked(told: Any) -> Any:
    """Return data without what the clock alone says."""
    if isinstance(told, dict):
        return {
            name: bool(each) if name in CLOCKED else unclocked(each)
            for name, each in told.items()
        }
    if isinstance(told, list):
        return [unclocked(each) for each in told]
    return told


def in_order(steps: Sequence[str]) -> list[int]:
    """Return the steps, from 1, in the order in which they are tried.

    First one of each kind, then the rest, spread over the act, so that wherever the
    time ends, what was tried is a fair part of it.
    """
    every = list(range(1, len(steps) + 1))
    first = {step: at for at, step in reversed(list(enumerate(steps, start=1)))}
    rest = [at for at in every if at not in first.values()]
    return sorted(first.values()) + sorted(rest, key=spread)


def spread(number: int) -> int:
    """Return a number's bits in the other order: neighbours come far apart."""
    return int(f"{number:016b}"[::-1], 2)


def laid_out(flow: Flow, at: Server, home: Path) -> tuple[Trial, Tried]:
    """Return a flow laid out, with what its undisturbed run showed."""
    trial = Trial(flow=flow, server=at, home=home)
    try:
        return trial, trial.lay_out()
    except (RuntimeError, OSError, ValueError) as problem:
        return trial, Tried(flow=flow, steps=[], wrong=[f"no ground: {problem}"])


def all_cut(
    flows: Sequence[Flow], at: Server, home: Path, *, until: Callable[[], bool]
) -> list[Tried]:
    """Kill the flows in turn, a step each, until all is tried or the time is over.

    `until` is asked before each case whether there is time left; `LEAST` steps of each
    flow are tried in any case.
    """
    trials = [
        laid_out(flow, at, home / f"flow-{number}") for number, flow in enumerate(flows)
    ]
    left = {
        number: iter(in_order(trial.steps))
        for number, (trial, found) in enumerate(trials)
        if not found.wrong
    }
    while left:
        for number in list(left):
            trial, found = trials[number]
            step = next(left[number], None)
            if step is None or (found.killed >= LEAST and not until()):
                del left[number]
                continue
            found.wrong += trial.kill(step)
            found.killed += 1
    return [found for _, found in trials]
