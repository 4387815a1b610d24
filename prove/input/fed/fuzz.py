"""One reader fed for some seconds, in a program of its own: what it did, and how often.

Where atheris is installed, inputs that reach new code are kept and changed further;
elsewhere each input is a good file with some wrongs done to it. A fault does not end
the run: it is kept once for each kind and place, with the input that showed it.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import importlib.util
import json
import os
import resource
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prove.input.fed.readers import Reader

ADDRESSES = 12 * 2**30
"""Bytes of address space; libraries map far more than they use."""
EVERY = 2.0
"""Seconds between two reports."""
OURS = 6
"""Of ten inputs, those changed at their joints; the fuzzer's own hand does the rest."""
FRESH = 3
"""Of ten, those of them made of a good file again. Most that is kept is refused by now,
and what is made of it as well: faults far in lie behind files good but for one wrong.
"""


class Run:
    """Tries of one reader, counted."""

    def __init__(self, reader: Reader, ground: Path, folder: Path) -> None:
        from prove.input.fed.tried import tried

        self._tried = tried
        self.path, self._above = reader.lay_out(ground, folder), folder
        self.act = reader.act(ground, folder)
        self.codes: Counter[int] = Counter()
        self.faults: dict[str, dict[str, str]] = {}
        beside = (each for each in folder.rglob("*") if each.is_file())
        self._beside = {each: each.read_bytes() for each in beside}
        self._folders = {each for each in folder.rglob("*") if each.is_dir()}

    def one(self, raw: bytes) -> None:
        """Try one input."""
        self.path.write_bytes(raw)
        code, fault = self._tried(self.act, self.path)
        self.codes[code] += 1
        if fault:
            held = {"kind": fault.kind, "place": fault.place, "words": fault.words}
            held["input"] = base64.b85encode(raw).decode()
            self.faults.setdefault(f"{fault.kind} {fault.place}", held)
        self._clean()

    def _clean(self) -> None:
        """Put back what stands beside the file, and take away what was written."""
        for place, folders, files in os.walk(self._above):
            at = Path(place)
            fresh = [name for name in folders if at / name not in self._folders]
            for name in fresh:
                folders.remove(name)
                _away(at / name)
            for name in files:
                each = at / name
                if each not in self._beside and each != self.path:
                    each.unlink()
        for each, good in self._beside.items():
            if not each.is_file() or each.stat().st_size != len(good):
                each.write_bytes(good)

    def data(self) -> dict[str, Any]:
        """Return what was done and found."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {
            "tries": sum(self.codes.values()),
            "codes": {str(code): many for code, many in sorted(self.codes.items())},
            "faults": list(self.faults.values()),
            "peak": peak // 1000,
        }


def _away(place: Path) -> None:
    """Take away a folder, or a link to one."""
    if place.is_symlink():
        place.unlink()
    else:
        shutil.rmtree(place)


def main() -> None:
    """Feed one reader; the report is written again and again, and holds to the end."""
    asked = options()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    guided = not asked.plain and importlib.util.find_spec("atheris") is not None
    with contextlib.ExitStack() as held:
        with instrumented() if guided else contextlib.nullcontext():
            from prove.input.fed.forked import at_once
            from prove.input.fed.known.table import READERS
            from prove.input.fed.readers import named, seeds

            held.enter_context(at_once())
            reader = named(READERS, asked.reader)
            run = Run(reader, asked.ground, asked.folder)
            given = seeds(reader, asked.ground)
            for raw in given:  # loads what the reader needs
                run.one(raw)
        report = Report(run, asked)
        report.write()
        if guided:
            follow(reader, given, report, asked)
        else:
            dice = Random(asked.seed)
            while not report.over():
                report.one(changed(reader, dice.choice(given), dice))
        report.write()


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("reader")
    reader.add_argument("--ground", type=Path, required=True)
    reader.add_argument("--folder", type=Path, required=True)
    reader.add_argument("--report", type=Path, required=True)
    reader.add_argument("--seconds", type=float, default=0)
    reader.add_argument("--tries", type=int, default=0)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--plain", action="store_true", help="without atheris")
    return reader.parse_args()


class Report:
    """The run's clock and its written report.

    `guided` counts the inputs made of what had reached new code.
    """

    def __init__(self, run: Run, asked: argparse.Namespace) -> None:
        self.run, self.asked, self.guided = run, asked, 0
        self.began = self.written = time.monotonic()

    def one(self, raw: bytes, *, guided: bool = False) -> None:
        """Try one input, and write the report from time to time."""
        known = len(self.run.faults)
        self.run.one(raw)
        self.guided += guided
        late = time.monotonic() - self.written > EVERY
        if late or len(self.run.faults) > known:
            self.write()

    def over(self) -> bool:
        """Tell whether the time, or the number of tries, is used up."""
        tries, seconds = self.asked.tries, self.asked.seconds
        spent = time.monotonic() - self.began
        done = sum(self.run.codes.values())
        return bool((tries and done >= tries) or (seconds and spent >= seconds))

    def write(self) -> None:
        """Write what was done up to now."""
        self.written = time.monotonic()
        told = {**self.run.data(), "guided": self.guided}
        told["seconds"] = round(self.written - self.began, 1)
        draft = self.asked.report.with_suffix(".draft")
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(self.asked.report)


def changed(reader: Reader, raw: bytes, dice: Random) -> bytes:
    """Return a good file with wrongs done to it."""
    from prove.input.fed.twist import twist

    return reader.sealed(twist(raw, reader.form, dice))


def instrumented() -> contextlib.AbstractContextManager[None]:
    """Return a block in which what is imported tells which of its code is reached."""
    import atheris

    found: contextlib.AbstractContextManager[None] = atheris.instrument_imports(
        include=["plebiscite"], enable_loader_override=False
    )
    return found


def follow(
    reader: Reader, given: list[bytes], report: Report, asked: argparse.Namespace
) -> None:
    """Let atheris choose what to change, until the time is over."""
    import atheris

    corpus = asked.folder.with_name(f"{asked.folder.name}.corpus")
    corpus.mkdir(exist_ok=True)  # an earlier round's is gone on with
    for number, raw in enumerate(given):
        (corpus / str(number)).write_bytes(raw)

    kept = False  # is what is tried next made of what reached new code?

    def one(raw: bytes) -> None:
        report.one(raw, guided=kept)
        if report.over():
            report.write()
            os._exit(0)  # libFuzzer ends by no other way without its own words

    def mutated(raw: bytes, most: int, seed: int) -> bytes:
        nonlocal kept
        dice = Random(seed)
        way = dice.randrange(10)
        kept = way >= FRESH
        if way < OURS:
            good = dice.choice(given) if way < FRESH else raw
            return changed(reader, good, dice)[:most]
        found: bytes = atheris.Mutate(raw, most)
        return reader.sealed(found)[:most]

    words = [f"-seed={asked.seed}", "-len_control=0", "-max_len=70000"]
    words += ["-rss_limit_mb=0", "-timeout=120", "-verbosity=0", "-print_final_stats=0"]
    words += [f"-artifact_prefix={corpus}-"]
    words += ["-handle_segv=0", "-handle_int=0", "-handle_term=0"]
    atheris.Setup([sys.argv[0], *words, str(corpus)], one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
