"""Reproducibility, small: the same functions of the proof, with this Python alone.

Oracle: the first run's own bytes; records that an earlier version wrote.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prove.again import case, databases, earlier, pythons, variants, wheels
from prove.again.trees import Ran

PLEBISCITE = Path(sys.executable).with_name("plebiscite")


def held(figures):
    """Return the figures, none of which may fail."""
    figures = list(figures)
    assert not [each for each in figures if each.held is False]
    return figures


def test_a_chart_told_the_day_before_the_vote_west_of_greenwich(tmp_path):
    """A hidden label stood in the machine's own time zone: 5 November 2018 in America.

    With it the worked case: other paths, zones, locales, hash seeds, one processor, the
    reference instead of the kernel.
    """
    figures = held(variants.figures(tmp_path, many=False))

    assert len(figures) == 3


def test_a_file_that_differs_is_named():
    first = {"a": "1", "b": "2"}
    end = Ran(code=0, out=json.dumps({"a": "1", "b": "3", "c": "4"}), err="")

    found = variants.compared("elsewhere", first, end)

    assert found.held is False
    assert found.note == "b, c"


def test_wheels_built_elsewhere_have_the_same_bytes(tmp_path):
    assert len(held(wheels.plain(tmp_path))) >= 3


def test_a_member_of_a_wheel_that_differs_is_named(tmp_path):
    for name, text in (("one", "x"), ("two", "y")):
        with zipfile.ZipFile(tmp_path / name, "w") as made:
            made.writestr("same", "z")
            made.writestr("other", text)

    assert "other" in wheels.differing(tmp_path / "one", tmp_path / "two")


@pytest.mark.parametrize(
    ("ends", "held"),
    [
        (["The kernel is not built: cargo failed (error: expected `;`)."] * 2, False),
        (["", "not done within 500 s"], False),
        (["", "The kernel is not built: its crates cannot be had (timed out)."], False),
        (["The kernel is not built: it needs Rust 1.83, and here is 1.63."] * 2, None),
    ],
)
def test_a_kernel_that_is_not_built_was_only_mentioned(
    tmp_path, monkeypatch, ends, held
):
    """Now it fails, but where the machine has not what builds one."""
    told = iter(ends)

    def built(_place, _how, _source, *, kernel):
        said = next(told)
        tag = "py3-none-any" if said else "cp311-abi3-linux_x86_64"
        made = tmp_path / f"plebiscite-0.1.0-{tag}.whl"
        return Ran(code=0, out="", err=said), made if kernel else None

    monkeypatch.setattr(wheels, "copied", lambda to: to)
    monkeypatch.setattr(wheels, "built", built)
    monkeypatch.setattr(wheels.shutil, "which", lambda _: "/usr/bin/cargo")

    (figure,) = wheels.with_kernel(tmp_path)

    assert figure.held is held
    assert ends[-1] in figure.note


def test_a_kernel_named_the_folders_of_its_builder():
    """Panics name files, and crates lie in the builder's home: they gave it away."""
    import backend_kernel

    flags = backend_kernel._nameless()["CARGO_ENCODED_RUSTFLAGS"].split("\x1f")

    assert f"--remap-path-prefix={backend_kernel.ROOT}=/plebiscite" in flags


def test_flags_that_a_builder_set_are_kept(monkeypatch):
    import backend_kernel

    monkeypatch.delenv("CARGO_ENCODED_RUSTFLAGS", raising=False)
    monkeypatch.setenv("RUSTFLAGS", "-C target-cpu=native")

    flags = backend_kernel._nameless()["CARGO_ENCODED_RUSTFLAGS"].split("\x1f")

    assert flags[:2] == ["-C", "target-cpu=native"]


@pytest.mark.parametrize(
    "ask",
    [earlier.docket_is_whole, earlier.draw_comes_out_again],
    ids=["docket", "draw"],
)
def test_records_of_an_earlier_version_are_read(ask):
    assert ask()


def test_a_docket_of_an_earlier_version_goes_on(tmp_path):
    assert earlier.docket_goes_on(tmp_path)


def test_a_certificate_of_an_earlier_version_is_recomputed(tmp_path):
    assert earlier.certificate_is_recomputed(tmp_path)


def test_tables_of_the_first_version_are_upgraded_without_loss(tmp_path):
    """A row in each table of the first migrations, on SQLite."""
    end = databases.desk(["upgrade"], tmp_path / "old", "")

    assert end.code == 0, end.err
    said = json.loads(end.out)
    assert said["rows"] >= 10
    assert not said["lost"]
    assert not said["again"]
    assert "county 0002_decisions_only_grow" in said["steps"]


def test_this_python_is_among_those_found():
    here = pythons.found()

    assert here
    assert all(f"3.{minor}" not in pythons.absent(here) for minor in here)


def test_the_clock_of_the_case_stands_still():
    assert case.Stopped.now(UTC) == datetime(2017, 9, 1, 12, tzinfo=UTC)


def test_a_folder_whose_name_is_not_utf_8_was_called_a_fault_of_ours(tmp_path):
    """Found where the locale was C and the path had an umlaut; now it is named."""
    place = bytes(tmp_path) + b"/r\xfcckseite"
    words = ["simulate", "roll", "--voters", "10", "--seed", "1", "--out"]

    ended = subprocess.run(
        [PLEBISCITE, *words, place + b"/roll.parquet"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert "not written in UTF-8" in ended.stderr
    assert "ckseite" in ended.stderr
