"""A plugin for pytest that tells how many tests there were, and how many ended.

SIGTERM interrupts the tests as Ctrl-C does, whatever started them; the numbers are told
then too, so that what was reached is known to be reached by a part of the tests.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

TOLD = "PLEBISCITE_TESTS_TOLD"
"""Where in the environment the file is named."""


class Now:
    """The numbers of this run."""

    of = 0
    ended = 0
    failed = 0


def interrupt(*_: object) -> None:
    """End the tests.

    Raises:
        KeyboardInterrupt: always; pytest tells of what ended, and stops.

    """
    raise KeyboardInterrupt


def pytest_configure() -> None:
    """Let SIGTERM interrupt the tests."""
    signal.signal(signal.SIGTERM, interrupt)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note how many tests are to be run."""
    Now.of = len(session.items)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test that came to its end, and one that failed."""
    Now.ended += report.when == "teardown"
    Now.failed += report.failed


def pytest_sessionfinish() -> None:
    """Write the numbers, whole or not at all."""
    row = {"of": Now.of, "ended": Now.ended, "failed": Now.failed}
    place = Path(os.environ[TOLD])
    draft = place.with_name(place.name + ".draft")
    draft.write_text(json.dumps(row), encoding="utf-8")
    draft.replace(place)
