"""Copies of this checkout at other places, and programs run in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    *("src", "tools", "kernel", "prove"),
    *("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".gitignore"),
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "target", "Cargo.lock", ".*.new")
NOBODY = 65534
SITE = ROOT / ".venv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a program ended: its exit code, and what it said."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of its complaint."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return lines[-1][:200] if lines else f"exit code {self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """Under what a program runs.

    Attributes:
        python: the interpreter.
        setting: of the environment, besides a path and a home.
        umask: of the files it makes.
        cpus: the processors it may use; all if empty.
        as_nobody: whether as the user nobody, who owns nothing.

    """

    python: str
    setting: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    cpus: tuple[int, ...] = ()
    as_nobody: bool = False


def copied(to: Path, source: Path = ROOT) -> Path:
    """Copy what the program is made of to a new folder that anybody may read.

    Several are copied from one copy: somebody may be at work on the checkout.
    """
    to.mkdir(parents=True)
    for name in PARTS:
        if (source / name).is_dir():
            shutil.copytree(source / name, to / name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source / name, to / name)
    for path in (to, *to.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return to


def is_open(folder: Path) -> bool:
    """Tell whether anybody may enter a folder."""
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))


def ran(how: How, words: Sequence[str], *, folder: Path, longest: float = 900) -> Ran:
    """Run `how.python` with `words` in `folder`, with an environment of its own."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    home.chmod(0o777)
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        **how.setting,
    }
    before = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]

    def prepared() -> None:
        os.umask(how.umask)
        if how.cpus:
            os.sched_setaffinity(0, how.cpus)

    try:
        done = subprocess.run(  # noqa: S603 # our own words
            [*(before if how.as_nobody else []), how.python, *words],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=longest,
            check=False,
            preexec_fn=prepared,
        )
    except subprocess.TimeoutExpired:
        return Ran(code=124, out="", err=f"not done within {longest:.0f} s")
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)
