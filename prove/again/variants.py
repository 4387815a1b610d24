"""The worked case under everything that must not matter; each file compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from prove.again import pythons
from prove.again.trees import How, Ran, copied, is_open, ran
from prove.frame.figure import Figure

LOCALES = ("de_DE.utf8", "tr_TR.utf8", "C.utf8", "POSIX")
TOGETHER = 2
ORACLE = "the same files, byte for byte, as the first run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What is different about a run, in words, and how it is run."""

    what: str
    folder: str
    how: How


def variants(
    *, many: bool = True, nobody: bool = True
) -> tuple[list[Variant], list[str]]:
    """Return the runs, the plain one first; and what cannot be had here, by name.

    With `many` false only two that need nothing but this Python.
    """
    here, locale = sys.executable, next(x for x in LOCALES if x in _locales())
    one = (min(os.sched_getaffinity(0)),)
    runs = [
        Variant(
            what="the first: UTC, C.UTF-8, all processors",
            folder="plain",
            how=How(
                python=here,
                setting={"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
            ),
        ),
        Variant(
            what=f"a path with a space and an umlaut, Kiritimati, {locale}, another "
            "hash seed, one processor, umask 077",
            folder="a path ünlike",
            how=How(
                python=here,
                setting={
                    "TZ": "Pacific/Kiritimati",
                    "LC_ALL": locale,
                    "PYTHONHASHSEED": "4242",
                    "POLARS_MAX_THREADS": "1",
                },
                umask=0o077,
                cpus=one,
            ),
        ),
        Variant(
            what="the reference instead of the kernel, St John's, the C locale without "
            "UTF-8 mode, a random hash seed",
            folder="reference",
            how=How(
                python=here,
                setting={
                    "TZ": "America/St_Johns",
                    "LC_ALL": "C",
                    "PYTHONUTF8": "0",
                    "PYTHONCOERCECLOCALE": "0",
                    "PLEBISCITE_ENGINE": "reference",
                },
            ),
        ),
    ]
    missing = [f"locale {name}" for name in LOCALES[:2] if name not in _locales()]
    if not many:
        return [runs[0], runs[2]], missing
    if len(os.sched_getaffinity(0)) == 1:
        missing.append("a second processor")
    if nobody:
        runs += _as_nobody(missing)
    else:
        missing.append("the user nobody, who may not enter this folder")
    found = pythons.found()
    for minor, python in found.items():
        if minor == sys.version_info.minor:
            continue
        made = pythons.equipped(minor, python)
        if made is None:
            missing.append(f"the dependencies for Python 3.{minor}")
            continue
        runs.append(
            Variant(
                what=f"Python 3.{minor}",
                folder=f"py3.{minor}",
                how=How(python=made, setting={"TZ": "Asia/Kathmandu"}),
            )
        )
    missing += [f"Python {version}" for version in pythons.absent(found)]
    return runs, missing


def _as_nobody(missing: list[str]) -> Iterator[Variant]:
    system = pythons.of_the_system()
    if os.geteuid() or not shutil.which("setpriv") or system is None:
        missing.append("the user nobody (needs root, setpriv and a Python for all)")
        return
    python, setting = system
    yield Variant(
        what="the user nobody, on the system's own Python",
        folder="nobody",
        how=How(python=python, setting=setting, as_nobody=True),
    )


def _locales() -> frozenset[str]:
    found = shutil.which("locale")
    if not found:
        return frozenset({"C.utf8", "POSIX"})
    said = subprocess.run([found, "-a"], capture_output=True, text=True, check=False)  # noqa: S603 # our own words
    return frozenset(said.stdout.split()) | {"POSIX"}


def worked(variant: Variant, folder: Path, source: Path) -> Ran:
    """Work the case in a copy of the checkout of its own."""
    place = folder / variant.folder
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    tree = copied(place / "checkout", source)
    paths = [str(tree / "src"), str(tree)]
    if more := variant.how.setting.get("PYTHONPATH"):
        paths.append(more)
    how = How(
        python=variant.how.python,
        setting={**variant.how.setting, "PYTHONPATH": os.pathsep.join(paths)},
        umask=variant.how.umask,
        cpus=variant.how.cpus,
        as_nobody=variant.how.as_nobody,
    )
    case = str(tree / "prove" / "again" / "case.py")
    return ran(how, [case, str(place / "work")], folder=place)


def figures(folder: Path, *, many: bool = True) -> Iterator[Figure]:
    """Work the case in every variant and yield where files differ."""
    folder.chmod(0o755)  # a temporary folder is its owner's alone
    source = copied(folder / "source")
    runs, missing = variants(many=many, nobody=is_open(folder))
    with ThreadPoolExecutor(TOGETHER) as pool:
        done = list(pool.map(lambda each: worked(each, folder, source), runs))
    if done[0].code:
        raise RuntimeError(f"the worked case fails: {done[0].err[-2000:]}")
    first = json.loads(done[0].out)
    yield Figure(
        what="the worked case: petition to certificate, vote, forecast, docket",
        value=f"{len(first)} files; the certificate's SHA-256 is "
        f"{first['verification/public/certificate.json'][:16]}…",
        oracle=runs[0].what,
        held=None,
    )
    for variant, end in zip(runs[1:], done[1:], strict=True):
        yield compared(variant.what, first, end)
    yield Figure(
        what="not to be had here",
        value=", ".join(missing) or "nothing",
        oracle="looked for",
        held=None,
    )


def compared(what: str, first: Mapping[str, str], end: Ran) -> Figure:
    """Return whether a run left the same files as the first."""
    if end.code:
        return Figure(
            what=what, value="it fails", oracle=ORACLE, held=False, note=end.last
        )
    other: dict[str, str] = json.loads(end.out)
    off = differing(first, other)
    return Figure(
        what=what,
        value=f"{len(off)} of {len(first)} files differ",
        oracle=ORACLE,
        reach="none",
        held=not off,
        note=", ".join(off[:8]),
    )


def differing(first: Mapping[str, str], other: Mapping[str, str]) -> Sequence[str]:
    """Return the names of files that differ, or that only one has."""
    return sorted(
        name for name in {*first, *other} if first.get(name) != other.get(name)
    )
