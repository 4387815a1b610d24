"""A pytest plugin that calls a run green only if every test it collected was told.

With workers, pytest ends 0 although a worker fell over an error of pytest's own and
took its other tests with it, and ends 1, as for any failed test, where a file could not
be read at all or a worker died. Here such runs end 3, 2 and 3, as they do without
workers. How a run ended is left in pytest's cache for ``tools/asked_again.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = "ended/run"
OWN_END = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}


class Ended:
    """What one run collected, and what was told of it."""

    def __init__(self, config: pytest.Config) -> None:
        """Begin with nothing told; forget how the run before ended."""
        self.config = config
        self.collected: set[str] = set()
        self.told: set[str] = set()
        self.failed: set[str] = set()
        self.skipped: set[str] = set()
        self.unread: list[str] = []
        self.broken: list[str] = []
        self._keep(None)

    def _keep(self, value: object) -> None:
        cache = getattr(self.config, "cache", None)  # none with -p no:cacheprovider
        if cache is not None:
            cache.set(KEPT, value)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember what is to be run here."""
        self.collected |= {item.nodeid for item in session.items}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Remember what is to be run by the workers."""
        self.collected |= set(ids)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a file that could not be read."""
        if report.failed:
            self.unread.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a test that was taken down, and how it went."""
        if report.when == "teardown":
            self.told.add(report.nodeid)
        if report.failed:
            self.failed.add(report.nodeid)
        if report.skipped:
            self.skipped.add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Remember a worker that died."""
        if error:
            self.broken.append(f"worker {node.gateway.id} died: {error}")

    def pytest_internalerror(self, excrepr: object) -> None:
        """Remember an error of pytest's own, wherever it came up."""
        self.broken.append(f"pytest itself failed: {str(excrepr).splitlines()[-1]}")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        """Say how the run ended, and see that its exit status says the same."""
        cut = session.shouldfail or session.shouldstop
        if session.exitstatus in OWN_END and not cut:
            if left := self.collected - self.told - self.failed:
                some = ", ".join(sorted(left)[:3])
                self.broken.append(f"{len(left)} tests were never told, as {some}")
            if self.broken:
                session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
            elif self.unread:
                session.exitstatus = pytest.ExitCode.INTERRUPTED
        yield
        status = session.exitstatus
        if cut and status in OWN_END:  # -x without workers ends as any failed test does
            status = pytest.ExitCode.INTERRUPTED
        self._keep(
            {
                "exit": int(status),
                "failed": sorted(self.failed),
                "passed": sorted(self.told - self.failed - self.skipped),
            }
        )

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Name what kept the run from being whole."""
        for each in self.broken:
            terminalreporter.write_line(f"Not a whole run: {each}.", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Follow a run where its verdict is given: not in a worker, nor while listing."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.pluginmanager.register(Ended(config), "ended-run")
