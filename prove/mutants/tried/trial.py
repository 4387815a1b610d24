"""A plugin for pytest that tries mutants instead of running the tests once.

The tests are collected once. A forked process then runs them all on the code as it is
and tells which functions each one calls. After that every mutant has a forked process
of its own, in which the tests that call its function run until one fails: first those
that lately noticed something there, then those that call the fewest other functions.
"""

from __future__ import annotations

import doctest
import gc
import inspect
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from prove.mutants.bred import switch
from prove.mutants.tried import ledger
from prove.mutants.tried.child import BROKEN, Child, fork
from prove.mutants.tried.plan import PLAN, Plan, read

FAILED = 1
XCPU = -24
FIRST_SHARE = 0.45
"""Of the time there is, at most this goes to the first run of the tests."""
LONGEST = 8.0
"""A test that takes more seconds on the code as it is, is not used for mutants."""
NOTICING = "noticing"
"""The same cases as in `make test`; the first that fails is enough as it is."""
settings.register_profile(
    NOTICING,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.generate),
)
switch.see_through_caches()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a test did on the code as it is; `at` is its place among those collected."""

    at: int
    test: str
    seconds: float
    passed: bool
    calls: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Known:
    """Which tests call which function.

    `loading` are the functions called while the code was loaded; None where the first
    run did not come to its end, so that nobody knows what no test calls.
    """

    seen: list[Seen]
    patience: float
    loading: frozenset[str] | None = None
    by_function: dict[str, list[Seen]] = field(default_factory=dict)
    noticed: defaultdict[str, dict[int, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def __post_init__(self) -> None:
        """Gather the tests by the functions that they call, nearest first."""
        found = defaultdict(list)
        for one in self.seen:
            if one.passed and one.seconds <= LONGEST:
                for function in one.calls:
                    found[function].append(one)
        self.by_function = {
            function: sorted(some, key=lambda one: (len(one.calls), one.seconds))
            for function, some in found.items()
        }

    def tests(self, function: str) -> list[Seen]:
        """Return the tests to run for a mutant of `function`, in order."""
        some = self.by_function.get(function, [])
        lately = list(self.noticed[function])[::-1]
        rank = {at: n for n, at in enumerate(lately)}
        some = sorted(some, key=lambda one: rank.get(one.at, len(rank)))
        chosen: list[Seen] = []
        spent = 0.0
        for one in some:
            if chosen and spent + one.seconds > self.patience:
                continue
            chosen.append(one)
            spent += one.seconds
        files = {
            one.test.partition("::")[0]: n for n, one in reversed([*enumerate(chosen)])
        }
        return sorted(chosen, key=lambda one: files[one.test.partition("::")[0]])


def pytest_configure(config: pytest.Config) -> None:
    """Note every function called while the tests are collected.

    Examples in docstrings are found at the function as written, and not once more at
    each of its mutants.
    """
    del config
    switch.watch()
    finder: Any = doctest.DocTestFinder
    theirs = finder._from_module  # noqa: SLF001 # there is no other way

    def from_module(self: Any, module: Any, one: Any) -> bool:
        if "__mutmut_" in getattr(one, "__name__", ""):
            return False
        bare = inspect.unwrap(one) if inspect.isfunction(one) else one
        return bool(theirs(self, module, bare))

    finder._from_module = from_module  # noqa: SLF001


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try the mutants of the plan.

    Raises:
        RuntimeError: the tests could not be collected.

    """
    if session.testsfailed:
        raise RuntimeError("the tests could not be collected")
    plan = read(Path(os.environ[PLAN]))
    loading = frozenset(switch.Now.called or ())
    switch.forget()
    began = time.time()
    first = began + FIRST_SHARE * (plan.until - began)
    seen = seen_by(session, plan, first)
    folder = Path(plan.folder)
    told = {
        "collected": len(session.items),
        "ran": len(seen),
        "failed": [one.test for one in seen if not one.passed],
        "slow": [one.test for one in seen if one.seconds > LONGEST],
        "seconds": round(time.time() - began, 1),
        "threads": len(list(Path("/proc/self/task").iterdir())),
    }
    (folder / "first.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "seen.json").write_text(
        json.dumps([[one.test, round(one.seconds, 2), len(one.calls)] for one in seen])
    )
    known = Known(seen=seen, patience=plan.patience)
    if len(seen) == len(session.items):
        known.loading = loading
    # What stands now is not looked at by each fork's collector, so stays shared.
    gc.collect()
    gc.freeze()
    attempts(session, plan, known)
    return True


def seen_by(session: pytest.Session, plan: Plan, until: float) -> list[Seen]:
    """Run every test once on the code as it is, in as many processes as there are."""
    files = sorted({one.nodeid.partition("::")[0] for one in session.items})
    outs = [Path(plan.folder) / f"seen-{hand}" for hand in range(plan.hands)]
    children = []
    for hand, out in enumerate(outs):
        mine = set(files[hand :: plan.hands])
        items = [
            (at, one)
            for at, one in enumerate(session.items)
            if one.nodeid.partition("::")[0] in mine
        ]
        left = until - time.time()
        work = watched(session, items, out)
        children.append(fork(work, Path(plan.folder), max(1, left)))
    while children and time.time() < until:
        over = [child for child in children if child.ended() is not None]
        for child in over:
            child.clear()
            children.remove(child)
        time.sleep(0.05)
    for child in children:
        child.kill()
    rows = []
    for out in outs:
        if out.exists():
            rows += [json.loads(line) for line in whole(out.read_text("utf-8"))]
    return [Seen(**{**row, "calls": frozenset(row["calls"])}) for row in rows]


def whole(text: str) -> list[str]:
    """Return the lines that came to their end."""
    return text[: text.rfind("\n") + 1].splitlines()


def watched(
    session: pytest.Session, items: Sequence[tuple[int, pytest.Item]], out: Path
) -> Callable[[Path], int]:
    """Return work that runs `items` and tells of each what it called."""

    def work(_own: Path) -> int:
        with out.open("w", encoding="utf-8") as file:
            for place, (at, item) in enumerate(items):
                after = items[place + 1][1] if place + 1 < len(items) else None
                calls, began = switch.watch(), time.process_time()
                failed = session.testsfailed
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                row = {
                    "at": at,
                    "test": item.nodeid,
                    "seconds": round(time.process_time() - began, 3),
                    "passed": session.testsfailed == failed,
                    "calls": sorted(calls),
                }
                file.write(f"{json.dumps(row)}\n")
                file.flush()
        return 0

    return work


def attempts(session: pytest.Session, plan: Plan, known: Known) -> None:
    """Try one mutant after the other, as many at once as there are hands."""
    running: dict[str, Child] = {}
    names = waiting(plan, known)
    more = True
    while running or more:
        while more and len(running) < plan.hands:
            name = next(names, None) if time.time() < plan.until else None
            if name is None:
                more = False
                break
            tests = known.tests(name.partition("__mutmut_")[0])
            seconds = plan.grace + 3 * sum(one.seconds for one in tests)
            work = tried(session, name, [session.items[one.at] for one in tests])
            running[name] = fork(work, Path(plan.folder), seconds)
        for name, child in list(running.items()):
            code = child.ended()
            if code is not None:
                del running[name]
                settle(plan, known, name, child, code)
        time.sleep(0.005)
        if time.time() > plan.until + 30:
            for child in running.values():
                child.kill()
            return


def noticed_by(child: Child) -> str:
    """Return the place of the test that failed, while the child's folder stands."""
    path = child.folder / "noticed"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def waiting(plan: Plan, known: Known) -> Iterator[str]:
    """Yield the mutants to be tried; those that nothing calls are told at once."""
    for name in plan.names:
        function = name.partition("__mutmut_")[0]
        if function in known.by_function:
            yield name
        elif known.loading is not None:
            alone = function in known.loading
            state = ledger.LOADING if alone else ledger.UNREACHED
            ledger.add(Path(plan.ledger), name, state)


def tried(
    session: pytest.Session, mutant: str, items: Sequence[pytest.Item]
) -> Callable[[Path], int]:
    """Return work that runs `items` with `mutant` in place until one fails."""

    def work(own: Path) -> int:
        switch.Now.called = None
        switch.choose(mutant)
        for place, item in enumerate(items):
            after = items[place + 1] if place + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                (own / "noticed").write_text(str(session.items.index(item)))
                return FAILED
        return 0

    return work


def settle(plan: Plan, known: Known, name: str, child: Child, code: int) -> None:
    """Write down what became of a mutant."""
    by = noticed_by(child)
    child.clear()
    if child.late or code == BROKEN:
        state = ledger.UNDECIDED
    elif code == 0:
        state = ledger.SURVIVED
    else:
        state = ledger.ENDLESS if code == XCPU else ledger.NOTICED
    took = round(time.monotonic() - child.began, 2)
    ledger.add(Path(plan.ledger), name, state, by=by, seconds=took, code=code)
    if by:
        mine = known.noticed[name.partition("__mutmut_")[0]]
        mine.pop(int(by), None)
        mine[int(by)] = None
