"""`plebiscite demo`: the main job on a simulated petition, and real figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import NEW, answer, json_option, progress_bar
from plebiscite.core.draw import checked_seed
from plebiscite.core.files import whole_folder, write_whole
from plebiscite.errors import InputError

MARK = "demo.json"
SEED = "20170804170425"
LARGEST_SCALE = 1_000


@click.command("demo")
@click.option(
    "--out",
    type=NEW,
    default=Path("out/demo"),
    show_default=True,
    help="The folder of the report.",
)
@click.option("--seed", default=SEED, show_default=True, help="Digits to draw with.")
@click.option(
    "--scale",
    type=click.IntRange(2, LARGEST_SCALE),
    default=10,
    show_default=True,
    help="One line here stands for so many of the real petition's size.",
)
@json_option
def command(out: Path, seed: str, scale: int, as_json: bool) -> None:
    """Run the main job on a simulated petition, then on real figures.

    A petition like the Calexit initiative's (16-0011), at one tenth of its size and
    SIMULATED: committed, drawn, matched, found, projected and certified; then the full
    count that its sample asks for. All of it is worked out again by stand-alone scripts
    and held against the truth. Then published figures beside ours. Leaves a report to
    look at, and replaces that of an earlier run.

    \b
    Example:
      plebiscite demo --scale 200 --out out/small-demo
    """
    from plebiscite.cli.demo.story import tell
    from plebiscite.cli.demo.summary import facts_of, lines_of

    checked_seed(seed)
    _refuse_foreign(out)
    with progress_bar() as progress, whole_folder(out, replace=True) as draft:
        told = tell(draft, scale=scale, seed=seed, progress=progress)
        facts = facts_of(told)
        write_whole(draft / MARK, json.dumps(facts, indent=1) + "\n")
    report: dict[str, Any] = {**facts, "report": str(out / "report.html")}
    seconds = {step: f"{taken:.1f}" for step, taken in told.seconds.items()}
    answer(report | {"seconds": seconds}, lines_of(told, out), as_json=as_json)
    if not told.agrees:
        raise RuntimeError("a figure of the demonstration did not come out as it must")


def _refuse_foreign(out: Path) -> None:
    """Refuse to replace anything but an earlier demonstration."""
    if (
        out.exists()
        and not (out / MARK).is_file()
        and (not out.is_dir() or any(out.iterdir()))
    ):
        raise InputError(
            f"{out} is there and is no earlier demonstration; name a new folder with "
            "--out, or remove it yourself"
        )
