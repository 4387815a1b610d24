"""Every reader of plebiscite, with good files to do wrong to.

A reader is called as users call it: by its command, in this program. Where the file is
one among several (a register, a docket), the others stand beside it as they were.
"""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plebiscite import cli
from plebiscite.cli import main as plebiscite
from plebiscite.docket.event import FIRST, link
from prove.input.fed.twist import Form

CA = "us/ca/constitutional_initiative"
Act = Callable[[Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader.

    Attributes:
        name: what it reads, in a few words.
        file: where the file that is tried lies, in a folder of its own.
        form: where its joints lie.
        seeds: good files: in the ground, or of plebiscite itself.
        words: the command; {file}, {ground}, {here}, {out} and {m} are filled in.
        beside: what of the ground stands beside it; the measure's folder, where the
            file is in it.
        sealed: what makes a changed file consistent again.
        slow: whether one try takes more than a moment.

    """

    name: str
    file: str
    form: Form
    seeds: tuple[str, ...]
    words: str = ""
    beside: tuple[str, ...] = ()
    sealed: Callable[[bytes], bytes] = bytes
    slow: bool = False
    called: Act | None = None

    def lay_out(self, ground: Path, folder: Path) -> Path:
        """Lay out what stands beside the file; return the file's place."""
        for name in {*self.beside, *(["m"] if self.file.startswith("m/") else [])}:
            if (ground / name).is_dir():
                shutil.copytree(ground / name, folder / name)
            else:
                shutil.copyfile(ground / name, folder / name)
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def act(self, ground: Path, folder: Path) -> Act:
        """Return what is done with the file."""
        return self.called or self._command(ground, folder)

    def _command(self, ground: Path, folder: Path) -> Act:
        places = {"ground": ground, "here": folder}
        places |= {"out": folder / "out", "m": folder / "m"}

        def call(path: Path) -> None:
            words = [
                each.format(file=path, **places) for each in shlex.split(self.words)
            ]
            plebiscite(words, prog_name="plebiscite")

        return call


def rechained(raw: bytes) -> bytes:
    """Return a docket whose events follow each other, whatever they say."""
    prev, lines = FIRST, []
    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            event = json.loads(line)
            rest = {k: v for k, v in event.items() if k not in {"prev", "hash"}}
            rest["seq"] = number
            event = {**rest, "prev": prev, "hash": link(prev, rest)}
            prev = event["hash"]
            text = json.dumps(
                event, sort_keys=True, ensure_ascii=False, separators=(",", ":")
            )
            lines.append(text.encode())
        except (ValueError, TypeError, AttributeError, RecursionError):
            lines.append(line)
    return b"".join(line + b"\n" for line in lines)


def seeds(reader: Reader, ground: Path) -> list[bytes]:
    """Return a reader's good files; what is no file is the text itself."""
    found: list[bytes] = []
    for each in reader.seeds:
        path = ground / each
        if "\n" in each:
            found.append(each.encode())
        elif path.is_file():
            found.append(path.read_bytes())
        else:
            found += [at.read_bytes() for at in sorted(SOURCE.glob(each))[:MOST]]
    if not found:
        raise ValueError(f"{reader.name} has no seed")
    return found


SOURCE = Path(cli.__file__).parents[1]
MOST = 4


def named(readers: Sequence[Reader], name: str) -> Reader:
    """Return the reader of that name."""
    return next(each for each in readers if each.name == name)
