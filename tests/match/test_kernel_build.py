"""The kernel's build. Oracle: what a machine can do, invented machines among them."""

import shutil
import subprocess
import sys
import tomllib
import venv

import backend
import backend_kernel
import pytest

TRY_IT = """
import sys
from plebiscite.match import _kernel
print(_kernel.__file__)
word = memoryview(bytes(4)).cast("I")
_kernel.arrange(sys.argv[1], bytes(32), word, word, word, 1, 1)
"""


def why_no_cargo():
    try:
        backend_kernel.cargo()
    except backend_kernel.NoKernel as why:
        return str(why)
    return ""


needs_cargo = pytest.mark.skipif(bool(why_no_cargo()), reason=why_no_cargo() or "-")


def a_machine(monkeypatch, folder, **programs):
    """Only these programs are on the path; each is a few lines of shell."""
    folder.mkdir(exist_ok=True)
    for name, lines in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("PLEBISCITE_KERNEL", raising=False)


@pytest.fixture
def crate(tmp_path, monkeypatch):
    """A copy of the crate, so that ours is left alone."""
    copy = tmp_path / "kernel"
    shutil.copytree(backend_kernel.CRATE, copy, ignore=shutil.ignore_patterns("target"))
    monkeypatch.setattr(backend_kernel, "CRATE", copy)
    monkeypatch.setattr(backend_kernel, "LOCK", copy / "Cargo.lock")
    monkeypatch.setattr(backend_kernel, "SHARED_LOCK", copy / "crates.lock")
    return copy


@needs_cargo
def test_a_wheel_with_the_kernel_runs_in_a_fresh_place_without_rust(tmp_path):
    if not (backend_kernel.CRATE / "target" / "release").is_dir():
        pytest.skip("the kernel was not built before, and building it takes a while")
    made = backend_kernel.wheel(tmp_path)
    venv.create(tmp_path / "fresh", with_pip=False)
    python = tmp_path / "fresh" / "bin" / "python"
    install = ["install", "--no-deps", "--no-index", "--quiet", made]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, *install], check=True
    )

    said = subprocess.run(
        [python, "-I", "-c", TRY_IT, tmp_path],
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "-cp311-abi3-" in made.name
    assert said.startswith(str(tmp_path / "fresh"))
    assert (tmp_path / "faces.bin").read_bytes() == bytes(32)


def test_without_cargo_the_wheel_has_no_kernel_and_the_remedy_is_said(
    tmp_path, monkeypatch, capfd
):
    a_machine(monkeypatch, tmp_path / "bin")

    name = backend.build_wheel(str(tmp_path))

    said = capfd.readouterr().err
    assert name.endswith("-py3-none-any.whl")
    assert said.startswith("The kernel is not built: there is no cargo. ")
    assert "apt-get install cargo-web rustc-web" in said


def test_without_cargo_no_old_kernel_is_left_among_the_sources(tmp_path, monkeypatch):
    (tmp_path / "_kernel.abi3.so").touch()
    monkeypatch.setattr(backend_kernel, "PLACE", tmp_path)
    a_machine(monkeypatch, tmp_path / "bin")

    said = backend_kernel.in_place()

    assert "there is no cargo" in said
    assert not (tmp_path / "_kernel.abi3.so").exists()


def test_debians_own_cargo_is_too_old_and_that_is_said(tmp_path, monkeypatch):
    a_machine(
        monkeypatch,
        tmp_path / "bin",
        cargo="exit 0",
        rustc="echo rustc 1.63.0 (x 2022)",
    )

    with pytest.raises(backend_kernel.NoKernel, match=r"needs Rust 1\.85, and here is"):
        backend_kernel.cargo()


def test_where_crates_cannot_be_had_that_is_said(crate, tmp_path, monkeypatch):
    (crate / "Cargo.lock").unlink(missing_ok=True)
    a_machine(
        monkeypatch,
        tmp_path / "bin",
        cargo="echo 'error: no way there' >&2; exit 101",
        rustc="echo rustc 1.99.0",
    )

    with pytest.raises(backend_kernel.NoKernel, match=r"had \(error: no way there\)"):
        backend_kernel.wheel(tmp_path)


@needs_cargo
def test_a_crate_with_another_checksum_stops_the_build(crate, tmp_path):
    lock = crate / "crates.lock"
    text = lock.read_text("utf-8")
    at = text.index('checksum = "') + len('checksum = "')
    other = "1" if text[at] == "0" else "0"
    lock.write_text(text[:at] + other + text[at + 1 :], "utf-8")

    with pytest.raises((SystemExit, backend_kernel.NoKernel)) as stopped:
        backend_kernel.wheel(tmp_path)

    # Without crates at hand there is nothing to compare, and nothing is built either.
    if stopped.type is not SystemExit:
        pytest.skip(str(stopped.value))
    assert "not the one that is locked" in str(stopped.value)


def test_the_locked_crates_name_no_registry_and_each_has_its_checksum():
    text = backend_kernel.SHARED_LOCK.read_text("utf-8")
    packages = tomllib.loads(text)["package"]
    bare = [each["name"] for each in packages if "checksum" not in each]

    assert "://" not in text
    assert bare == ["plebiscite-kernel"]
    assert {each["name"] for each in packages} >= {"pyo3", "pyo3-ffi"}


def test_what_cargo_builds_from_is_what_is_locked():
    if not backend_kernel.LOCK.exists():
        pytest.skip("cargo has not built the kernel here")
    text = backend_kernel.LOCK.read_text("utf-8")
    locked = {
        (each["name"], each["version"], each.get("checksum"))
        for each in tomllib.loads(text)["package"]
    }
    shared = tomllib.loads(backend_kernel.SHARED_LOCK.read_text("utf-8"))["package"]

    assert locked == {(e["name"], e["version"], e.get("checksum")) for e in shared}
