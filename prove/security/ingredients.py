"""What plebiscite is made of: pinned, listed, and asked after where one can."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prove.frame.figure import Figure
from prove.security.advisories import CRATES as RUST
from prove.security.advisories import FILE, Pins, asked_of, given, pins_of, plain

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-prove.lock",
    "requirements-spark.lock",
    "bench/peers/requirements.lock",
    "bench/sampler/requirements.lock",
)
CRATES = "kernel/crates.lock"


def ingredients(folder: Path) -> Iterator[Figure]:
    """Yield the figures on dependencies; `folder` takes the list of them."""
    loose = [f"{lock}: {each}" for lock in LOCKS for each in loose_in(read(lock))]
    count = sum(len(entries(read(lock))) for lock in LOCKS)
    yield Figure(
        what="dependencies pinned to a version and held by hash",
        value=f"{count - len(loose)} of {count} entries of {len(LOCKS)} locks",
        oracle="every entry names one version and a SHA-256",
        held=not loose,
        note="; ".join(loose),
    )
    yield listed(folder)
    if files := given():
        yield asked_of(
            files, pins_of([e for lock in LOCKS for e in entries(read(lock))])
        )
    else:
        yield asked_after()
    yield asked_of(files, crates(), RUST)


def read(lock: str) -> str:
    """Return a lock of ours."""
    return (ROOT / lock).read_text(encoding="utf-8")


def entries(lock: str) -> list[str]:
    """Return the entries of a lock, each with its hashes, comments left out."""
    lines = [line for line in lock.splitlines() if not line.lstrip().startswith("#")]
    return [each for each in re.split(r"\n(?=\S)", "\n".join(lines)) if each.strip()]


def crates() -> Pins:
    """Return the crates of the kernel that come from elsewhere, and their versions."""
    found: dict[str, list[str]] = {}
    for each in tomllib.loads(read(CRATES))["package"]:
        if "checksum" in each:
            found.setdefault(plain(each["name"]), []).append(each["version"])
    return found


def loose_in(lock: str) -> Iterator[str]:
    """Yield each entry that does not name one version and a SHA-256."""
    for entry in entries(lock):
        name = entry.split()[0]
        if not re.match(r"[A-Za-z0-9._-]+(\[[^]]*\])?==[0-9]", name):
            yield name
        elif not re.search(r"--hash=sha256:[0-9a-f]{64}", entry):
            yield f"{name} without a hash"


def listed(folder: Path) -> Figure:
    """Write the list of ingredients (CycloneDX), and hold its length to the locks'."""
    made = folder / "plebiscite.cdx.json"
    subprocess.run(  # noqa: S603 # our own words
        [
            Path(sys.executable).with_name("cyclonedx-py"),
            "requirements",
            ROOT / "requirements.lock",
            "--pyproject",
            ROOT / "pyproject.toml",
            "--output-file",
            made,
        ],
        check=True,
        capture_output=True,
    )
    told = json.loads(made.read_text(encoding="utf-8"))
    found = {each["name"] for each in told["components"]}
    asked = {
        re.split(r"[\[=]", each, maxsplit=1)[0] for each in entries(read(LOCKS[0]))
    }
    crates = len(re.findall(r"^\[\[package\]\]", read(CRATES), re.MULTILINE))
    return Figure(
        what="the list of ingredients (`make sbom`, CycloneDX)",
        value=f"{len(found)} packages; the kernel's lock has {crates} crates",
        oracle="the names in requirements.lock",
        held=found == asked,
        note="" if found == asked else f"differ: {sorted(found ^ asked)}",
    )


def asked_after() -> Figure:
    """Ask the public database of known holes about every lock, if reachable."""
    told = []
    for lock in LOCKS:
        told.append(audited(lock))
        if '"vulns"' not in told[-1]:  # nobody was reached: another lock waits in vain
            break
    return known_holes(told)


def audited(lock: str) -> str:
    """Return what pip-audit says of a lock; "" where it says nothing."""
    return subprocess.run(  # noqa: S603 # our own words
        [
            Path(sys.executable).with_name("pip-audit"),
            "--disable-pip",
            "--require-hashes",
            "--format=json",
            "--progress-spinner=off",
            "--timeout=10",
            f"--requirement={ROOT / lock}",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    ).stdout


def known_holes(told: Sequence[str]) -> Figure:
    """Return the figure for what pip-audit said of locks, or that it reached nobody."""
    what = "dependencies with a known hole (pip-audit)"
    oracle = "the public database of advisories"
    asked: set[tuple[str, str]] = set()
    holes: set[str] = set()
    silent = 0
    for each in told:
        about = list(_looked_at(each))
        silent += not about
        asked |= {(found["name"], found["version"]) for found in about}
        holes |= {
            f"{found['name']} {found['version']}: {hole['id']}"
            for found in about
            for hole in found["vulns"]
        }
    if silent:
        note = (
            "The database could not be reached from here; run it where it can be, or "
            f"give files of advisories: {FILE}=pypi.zip:crates.zip."
        )
        note = "; ".join([*sorted(holes), note])
        held = False if holes else None
        return Figure(what=what, value="not known", oracle=oracle, held=held, note=note)
    return Figure(
        what=what,
        value=f"{len(holes)} in {len(asked)} packages of {len(told)} locks",
        oracle=oracle,
        held=not holes,
        note="; ".join(sorted(holes)),
    )


def _looked_at(told: str) -> Iterator[dict[str, Any]]:
    """Yield what pip-audit could ask after; nothing where it reached nobody."""
    try:
        found = json.loads(told)["dependencies"]
    except (ValueError, KeyError):
        return
    yield from (each for each in found if "vulns" in each)
