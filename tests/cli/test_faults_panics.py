"""A library written in Rust that panics: what is no `Exception` is explained too."""

from __future__ import annotations

import os
import signal

import pytest

from plebiscite.cli.faults import Exit, explained


class PanicException(BaseException):
    """What a panic becomes in Python."""


@pytest.fixture(autouse=True)
def _signals():
    """Leave the signals as they were."""
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


def ended(act):
    with pytest.raises(SystemExit) as end, explained():
        act()
    return end.value.code


def test_a_panic_is_our_fault_and_shows_no_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def panics():
        raise PanicException("index out of bounds")

    assert ended(panics) == Exit.OUR_FAULT
    assert "Traceback" not in capsys.readouterr().err
    assert "out of bounds" in next(tmp_path.glob("plebiscite-*.log")).read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_a_library_makes_a_panic_of_is_still_a_stop(number, capsys):
    def panics():
        try:
            os.kill(os.getpid(), number)
        except KeyboardInterrupt:
            raise PanicException("no NumPy") from None

    assert ended(panics) == Exit.STOPPED
    assert capsys.readouterr().err.startswith("Stopped; nothing half-written")
