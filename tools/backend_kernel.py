"""The kernel's build: whether cargo can do it, from which crates, and to where.

``kernel/crates.lock`` is Cargo's lock file without the places crates come from: names,
versions, checksums and what depends on what. Where they come from is the machine's
affair, so cargo itself is asked for that; then the whole lock file is put together, and
cargo refuses any crate whose checksum is another.

Run by itself, it puts the kernel among the sources and says in one line what came of
it (`crates`: it only makes the crates ready; `lock`: it locks them anew).
``PLEBISCITE_KERNEL=no`` leaves the kernel out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRATE = ROOT / "kernel"
LOCK = CRATE / "Cargo.lock"
SHARED_LOCK = CRATE / "crates.lock"
PLACE = ROOT / "src" / "plebiscite" / "match"
REMEDY = (
    "Matching will run on the reference: the same answers, slower. For the kernel, get "
    "cargo and install again (Debian 12: apt-get install cargo-web rustc-web; "
    "elsewhere: rustup)."
)
_SOURCE = re.compile(r'^source = "([^"]+)"\n', re.MULTILINE)
_CHECKSUM = re.compile(r"^checksum = ", re.MULTILINE)
_PATIENCE = {"CARGO_NET_RETRY": "1", "CARGO_HTTP_TIMEOUT": "20"}


class NoKernel(Exception):  # noqa: N818 - not an error: the reference does the work
    """Why there can be no kernel, in one sentence."""


def cargo() -> str:
    """Return the path of a cargo that is new enough.

    Raises:
        NoKernel: there is none, or it is not wanted.

    """
    if os.environ.get("PLEBISCITE_KERNEL") == "no":
        raise NoKernel("The kernel is left out, as PLEBISCITE_KERNEL=no asks.")
    found = shutil.which("cargo")
    if not found or not shutil.which("rustc"):
        raise NoKernel("The kernel is not built: there is no cargo.")
    said = _run("rustc", "--version").stdout
    numbers = re.search(r"(\d+)\.(\d+)", said)
    least = tomllib.loads((CRATE / "Cargo.toml").read_text("utf-8"))["package"][
        "rust-version"
    ]
    wanted = tuple(int(number) for number in least.split("."))
    if not numbers or (int(numbers[1]), int(numbers[2])) < wanted[:2]:
        raise NoKernel(
            f"The kernel is not built: it needs Rust {least}, and here is "
            f"{said.strip() or 'none that runs'}."
        )
    return found


def wheel(folder: Path) -> Path:
    """Build the wheel with the kernel into a folder and return it.

    Raises:
        NoKernel: this machine cannot build it.
        SystemExit: a crate is not the locked one.

    """
    command = cargo()
    fetch_crates(command)
    if find_spec("maturin") is None:
        raise NoKernel("The kernel is not built: maturin is not installed.")
    with tempfile.TemporaryDirectory() as name:
        built = _run(
            *(sys.executable, "-m", "maturin", "build", "--release", "--locked"),
            *("--interpreter", sys.executable, "--out", name, "--quiet"),
            **_nameless(),
        )
        made = list(Path(name).glob("*.whl"))
        if built.returncode or len(made) != 1:
            raise NoKernel(
                "The kernel is not built: cargo failed"
                f" ({_last_line(built.stderr) or 'without a word'})."
            )
        shutil.copy2(made[0], folder)
        return folder / made[0].name


def in_place() -> str:
    """Put the kernel among the sources and say in one line what came of it.

    A kernel of older sources is taken away where no new one can be built.
    """
    with tempfile.TemporaryDirectory() as name:
        try:
            made = wheel(Path(name))
        except NoKernel as why:
            for old in PLACE.glob("_kernel.*"):
                old.unlink()
            return f"{why} {REMEDY}"
        with zipfile.ZipFile(made) as contents:
            (member,) = (
                each
                for each in contents.namelist()
                if each.startswith("plebiscite/match/_kernel.")
            )
            # A running process keeps the file it has mapped; a new one takes its name.
            new = PLACE / f".{os.getpid()}.new"
            new.write_bytes(contents.read(member))
            new.replace(PLACE / Path(member).name)
    return f"The kernel is built, by {_run('rustc', '--version').stdout.strip()}."


def fetch_crates(command: str) -> None:
    """Make the crates of the lock file ready to be built from.

    Raises:
        NoKernel: they cannot be had.
        SystemExit: one of them is not what is locked.

    """
    _write_lock(command)
    manifest = str(CRATE / "Cargo.toml")
    fetched = _run(command, "fetch", "--locked", "--manifest-path", manifest)
    if "checksum" in fetched.stderr:
        raise SystemExit(f"A crate is not the one that is locked.\n{fetched.stderr}")
    if fetched.returncode:
        raise NoKernel(
            "The kernel is not built: its crates cannot be had"
            f" ({_last_line(fetched.stderr)})."
        )


def share_lock() -> None:
    """Write ``crates.lock`` from the crates that cargo chooses now."""
    command = cargo()
    if SHARED_LOCK.exists():
        _write_lock(command)
    _run(command, "update", "--workspace", "--manifest-path", str(CRATE / "Cargo.toml"))
    SHARED_LOCK.write_text(_SOURCE.sub("", LOCK.read_text("utf-8")), "utf-8")


def _write_lock(command: str) -> None:
    """Write Cargo's own lock file, anew where the shared one says something else."""
    shared = SHARED_LOCK.read_text("utf-8")
    if LOCK.exists() and _SOURCE.sub("", LOCK.read_text("utf-8")) == shared:
        return
    source = _source(command, tomllib.loads(shared)["package"])
    whole = _CHECKSUM.sub(f'source = "{source}"\nchecksum = ', shared)
    new = LOCK.with_suffix(f".{os.getpid()}")
    new.write_text(whole, "utf-8")
    new.replace(LOCK)


def _source(command: str, packages: list[dict[str, str]]) -> str:
    """Ask cargo where crates come from, by letting it lock a single one."""
    alone = next(
        each for each in packages if "checksum" in each and "dependencies" not in each
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lib.rs").touch()
        (folder / "Cargo.toml").write_text(
            '[package]\nname = "asking"\nversion = "0.0.0"\nedition = "2021"\n'
            '[lib]\npath = "lib.rs"\n[dependencies]\n'
            f'{alone["name"]} = "={alone["version"]}"\n',
            "utf-8",
        )
        for how in (["--offline"], []):
            locked = _run(command, "generate-lockfile", *how, folder=folder)
            if not locked.returncode:
                break
        else:
            raise NoKernel(
                "The kernel is not built: no crates can be had"
                f" ({_last_line(locked.stderr)})."
            )
        found = _SOURCE.search((folder / "Cargo.lock").read_text("utf-8"))
    assert found, "cargo locked a crate and did not say where it comes from"
    return found[1]


def _nameless() -> dict[str, str]:
    """Return settings by which no folder of this machine's is named in the kernel.

    Panics name the files they stand in, and crates lie in the builder's home: without
    this each builder's wheel is another, and tells who built it.
    """
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo").resolve()
    places = {ROOT: "/plebiscite"}
    places |= dict.fromkeys(home.glob("registry/src/*"), "/crates")
    flags = os.environ.get("CARGO_ENCODED_RUSTFLAGS", "").split("\x1f")
    if flags == [""]:
        flags = os.environ.get("RUSTFLAGS", "").split()
    flags += [f"--remap-path-prefix={at}={name}" for at, name in sorted(places.items())]
    return {"CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags)}


def _run(
    *command: str, folder: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command quietly; its end is for the caller to judge."""
    return subprocess.run(  # noqa: S603 - our own words, and cargo's path
        command,
        cwd=folder,
        env=_PATIENCE | os.environ | more,
        capture_output=True,
        text=True,
        check=False,
    )


def _last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        share_lock()
    elif sys.argv[1:] == ["crates"]:
        fetch_crates(cargo())
    else:
        print(in_place())
