"""Wheels built twice: other paths, users, umasks, zones and moments, the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prove.again import pythons
from prove.again.trees import How, Ran, copied, is_open, ran
from prove.frame.figure import Figure

EPOCH = {"SOURCE_DATE_EPOCH": "1500000000"}
ELSEWHERE = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
LONGEST = 500


def built(
    place: Path, how: How, source: Path, *, kernel: bool
) -> tuple[Ran, Path | None]:
    """Build a wheel as `make wheel` does, in a copy of the checkout."""
    place.mkdir(parents=True, mode=0o777)
    place.chmod(0o777)
    tree = copied(place / "checkout", source)
    for path in (tree, *(each for each in tree.rglob("*") if each.is_dir())):
        path.chmod(0o777)  # whoever builds it may write there
    setting = dict(how.setting)
    if kernel:
        for name in ("CARGO_HOME", "RUSTUP_HOME"):
            default = Path.home() / f".{name.partition('_')[0].lower()}"
            setting[name] = os.environ.get(name, str(default))
    else:
        setting["PLEBISCITE_KERNEL"] = "no"
    asked = How(
        python=how.python, setting=setting, umask=how.umask, as_nobody=how.as_nobody
    )
    words = [str(tree / "tools" / "backend.py"), str(place / "dist")]
    done = ran(asked, words, folder=tree, longest=LONGEST)
    return done, next(iter(sorted((place / "dist").glob("*.whl"))), None)


def plain(folder: Path) -> Iterator[Figure]:
    """Build the wheel without the kernel in every way."""
    source = copied(folder / "source of plain")
    here = How(python=sys.executable)
    ways = {
        "another path, umask 077, Tokyo": How(
            python=sys.executable, setting=ELSEWHERE, umask=0o077
        ),
        "the same again, a second later": here,
    }
    system = pythons.of_the_system()
    if not os.geteuid() and shutil.which("setpriv") and system and is_open(folder):
        ways["the user nobody, the system's own Python"] = How(
            python=system[0], setting=system[1], as_nobody=True
        )
    yield from _each("wheel without the kernel", folder / "plain", source, here, ways)
    at_moment = How(python=sys.executable, setting=EPOCH)
    ways = {
        "SOURCE_DATE_EPOCH, another path": How(
            python=sys.executable, setting=EPOCH | ELSEWHERE, umask=0o027
        )
    }
    yield from _each("wheel of a set moment", folder / "epoch", source, at_moment, ways)


def with_kernel(folder: Path) -> Iterator[Figure]:
    """Build the wheel with the kernel twice, at two paths at once."""
    if not shutil.which("cargo"):
        yield Figure(
            what="wheel with the kernel",
            value="not built: here is no cargo",
            oracle="two builds",
            held=None,
        )
        return
    source = copied(folder / "source of kernel")
    places = (folder / "k", folder / "a longer, ünlike path" / "k")
    hows = (
        How(python=sys.executable),
        How(python=sys.executable, setting=ELSEWHERE, umask=0o077),
    )
    with ThreadPoolExecutor(len(places)) as pool:
        ends = list(
            pool.map(
                lambda each: built(each[0], each[1], source, kernel=True),
                zip(places, hows, strict=True),
            )
        )
    failed = [end for end, wheel in ends if not (wheel and "abi3" in wheel.name)]
    if failed:
        yield _no_kernel(failed, of=len(ends))
        return
    done = [wheel for _, wheel in ends if wheel]
    yield _same("wheel with the kernel: two paths, umasks, zones", done)
    yield _named("folders of the builder named in the kernel", done[0], places[0])


CANNOT = re.compile(
    "there is no cargo|it needs Rust|crates cannot be had|maturin is not installed"
)
"""How the build says that a machine has not what a kernel is built with."""


def _no_kernel(failed: Sequence[Ran], *, of: int) -> Figure:
    """Return the figure of builds without a kernel: a failure, where it could be."""
    cannot = len(failed) == of and all(CANNOT.search(end.err) for end in failed)
    why = "; ".join(dict.fromkeys(end.last for end in failed))
    return Figure(
        what="wheel with the kernel",
        value="cannot be built here" if cannot else f"{len(failed)} of {of} not built",
        oracle="two builds",
        reach="both built, the same bytes",
        held=None if cannot else False,
        note=why[:300] or "it ended without a word",
    )


def _each(
    what: str, folder: Path, source: Path, first: How, ways: dict[str, How]
) -> Iterator[Figure]:
    said, wheel = built(folder / "0", first, source, kernel=False)
    if wheel is None:
        raise RuntimeError(f"{what}: {said.last}")
    for number, (how, way) in enumerate(ways.items(), start=1):
        ended, other = built(folder / f"{number} é", way, source, kernel=False)
        if other is None:
            yield Figure(
                what=f"{what}: {how}",
                value="it is not built",
                oracle="two builds",
                held=False,
                note=ended.last,
            )
            continue
        yield _same(f"{what}: {how}", [wheel, other])


def _same(what: str, wheels: Sequence[Path]) -> Figure:
    hashes = {hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels}
    off = differing(*wheels[:2])
    return Figure(
        what=what,
        value=f"{wheels[0].name}: "
        + (f"SHA-256 {min(hashes)[:16]}… twice" if len(hashes) == 1 else "differs"),
        oracle="two builds",
        reach="the same bytes",
        held=len(hashes) == 1,
        note="" if len(hashes) == 1 else ", ".join(off[:8]) or "only the archive",
    )


def differing(one: Path, other: Path) -> list[str]:
    """Return the members of two wheels that differ, in bytes, moment or mode."""
    with zipfile.ZipFile(one) as a, zipfile.ZipFile(other) as b:
        first = {each.filename: each for each in a.infolist()}
        second = {each.filename: each for each in b.infolist()}
        return sorted(
            name
            for name in {*first, *second}
            if name not in first
            or name not in second
            or (first[name].CRC, first[name].date_time, first[name].external_attr)
            != (second[name].CRC, second[name].date_time, second[name].external_attr)
        )


def _named(what: str, wheel: Path, place: Path) -> Figure:
    with zipfile.ZipFile(wheel) as archive:
        raw = b"".join(
            archive.read(each) for each in archive.namelist() if "_kernel" in each
        )
    told = [str(each) for each in (place, Path.home()) if str(each).encode() in raw]
    return Figure(
        what=what,
        value=", ".join(told) or "none",
        oracle="the bytes of the kernel",
        reach="none",
        held=not told,
        note="they would differ with the builder" if told else "",
    )
