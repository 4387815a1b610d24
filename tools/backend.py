"""The build backend: a wheel with the kernel where that can be built, else without.

The kernel (``kernel/``, Rust) makes matching fast; without it the reference does the
same work in Python. So nobody is kept from installing: where cargo is missing or too
old, or its crates cannot be had, hatchling builds the same package without the kernel,
and says so. A crate that is not the locked one stops the build.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import backend_kernel
from hatchling import build as plain

Settings = dict[str, Any] | None

build_sdist = plain.build_sdist
get_requires_for_build_sdist = plain.get_requires_for_build_sdist


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Return what a wheel needs beside hatchling: maturin, where cargo can be used."""
    wanted = list(plain.get_requires_for_build_wheel(config_settings))
    try:
        backend_kernel.cargo()
    except backend_kernel.NoKernel:
        return wanted
    return [*wanted, "maturin>=1.9.4,<2"]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Return what an editable install needs beside hatchling."""
    wanted = plain.get_requires_for_build_editable(config_settings)
    return [*wanted, *get_requires_for_build_wheel(config_settings)]


def build_wheel(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel into a folder and return its name."""
    try:
        return backend_kernel.wheel(Path(wheel_directory)).name
    except backend_kernel.NoKernel as why:
        print(f"{why} {backend_kernel.REMEDY}", file=sys.stderr)
    name: str = plain.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Put the kernel among the sources, and build a wheel that leads to them.

    Set-up says PLEBISCITE_KERNEL=later, and does the former itself, to be heard.
    """
    if os.environ.get("PLEBISCITE_KERNEL") != "later":
        print(backend_kernel.in_place(), file=sys.stderr)
    name: str = plain.build_editable(
        wheel_directory, config_settings, metadata_directory
    )
    return name


def main() -> None:
    """Build a wheel into the folder named: ``python tools/backend.py dist``."""
    (folder,) = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as new:
        name = build_wheel(new)
        made = (Path(new) / name).replace(Path(folder) / name)
    print(made)


if __name__ == "__main__":
    main()
