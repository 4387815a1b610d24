"""Which Pythons are here, and one of each with the locked dependencies."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from prove.again.trees import ROOT, SITE

MINORS = range(11, 16)
KEPT = ROOT / "out" / "again"
LOCK = ROOT / "requirements.lock"
LONGEST_SECONDS = 150
TELL = "import sys; print(sys.version_info[1], sys._base_executable)"


def found() -> dict[int, str]:
    """Return an interpreter of each minor version from 3.11 on that runs here."""
    places = [shutil.which(f"python3.{minor}") for minor in MINORS]
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    if versions.is_dir():
        places += [str(each) for each in sorted(versions.glob("3.*/bin/python"))]
    here: dict[int, str] = {sys.version_info.minor: sys.executable}
    for place in filter(None, places):
        said = _output(place, "-c", TELL)
        if said and int(said.split()[0]) in MINORS:
            here.setdefault(int(said.split()[0]), place)
    return dict(sorted(here.items()))


def absent(here: dict[int, str]) -> list[str]:
    """Return the versions between the oldest supported and 3.14 that are not here."""
    return [f"3.{minor}" for minor in range(11, 15) if minor not in here]


def equipped(minor: int, python: str) -> str | None:
    """Return a Python of that version with our dependencies; None if they won't come.

    It is made once, from the locked and hashed list, and kept in `out/again`.
    """
    if minor == sys.version_info.minor:
        return sys.executable
    place = KEPT / f"py3.{minor}"
    mark = place / "made-of"
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    made = place / "bin" / "python"
    if mark.exists() and mark.read_text() == lock and made.exists():
        return str(made)
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    asked = ["--require-hashes", "--quiet", "--requirement", str(LOCK)]
    uv = shutil.which("uv")
    steps = (
        [
            [uv, "venv", "--quiet", "--python", python, str(place)],
            [uv, "pip", "install", "--python", str(made), *asked],
        ]
        if uv
        else [
            [python, "-m", "venv", str(place)],
            [str(made), "-m", "pip", "install", "--disable-pip-version-check", *asked],
        ]
    )
    for words in steps:
        if _output(*words) is None:
            shutil.rmtree(place, ignore_errors=True)
            return None
    mark.write_text(lock)
    return str(made)


def of_the_system() -> tuple[str, dict[str, str]] | None:
    """Return a Python that nobody may run, and how it comes by our dependencies.

    Ours may lie in a home that only its owner enters; the system's of the same version
    can use the same packages.
    """
    python = f"/usr/bin/python3.{sys.version_info.minor}"
    packages = next(iter(SITE.glob("lib/python3.*/site-packages")), None)
    if not Path(python).exists() or packages is None:
        return None
    if not re.search(rf"3\.{sys.version_info.minor}\b", str(packages)):
        return None
    return python, {"PYTHONPATH": str(packages)}


def _output(*words: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 # our own words
            words,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
            cwd="/",
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
