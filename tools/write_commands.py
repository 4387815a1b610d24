"""Write docs/reference/commands.md from what the commands say of themselves.

Run:  python tools/write_commands.py

A test compares the page with the program, so it cannot fall behind.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from plebiscite.cli import main as program

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "commands.md"
HEAD = """\
# Commands

Written by `tools/write_commands.py` from the program itself. `plebiscite NOUN VERB
--help` prints the same. Results go to standard output; notes, progress and errors to
standard error.

## What holds for all

| exit code | means |
| ---: | --- |
| 0 | done; or, where a command judges, met |
| 1 | not met: the petition fails, a case does not hold, a published thing was changed |
| 2 | the input was wrong; one message says what, where and what to do |
| 3 | open: a full count is ordered, lines are undecided, or counties are out |
| 4 | a fault of ours; the details are in a log file whose path is printed |
| 130 | stopped by the user |

Codes 2, 4 and 130 may end any command; it then leaves nothing half-written. A command
that may end with 1 or 3 says so in its text.

- `--json` prints the same answer as data: counts as integers, decimals and shares as
  strings.
- A day is written `2017-01-26`.
- A LAW is an id from `plebiscite law list`, or the path of a [law file](law-file.md).
- A measure is an id, a `measure.yaml`, or the folder that holds one.
- The files that go in and come out are described in [Files](files.md).
"""


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield each command that does something, with its full name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        found = command.get_command(context, word)
        if found and not found.hidden:
            yield from leaves(found, f"{name} {word}")


def page() -> str:
    """Return the whole page."""
    parts, noun = [HEAD], ""
    for name, command in leaves(program, "plebiscite"):
        heading = name.split()[1]
        if heading != noun:
            noun = heading
            parts.append(f"\n## {noun}\n")
        parts.append("".join(f"{line}\n" for line in section(name, command)))
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def section(name: str, command: click.Command) -> Iterator[str]:
    """Yield the lines on one command."""
    context = click.Context(command, info_name=name)
    said, _, example = inspect.cleandoc(command.help or "").partition("\b\n")
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield from (f"### `{usage}`", "", said.strip(), "")
    if "Exits" not in said:
        yield from ("Exits 0 when done.", "")
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield from ("| option | |", "| --- | --- |")
        yield from (row(option, context) for option in options)
        yield ""
    if example:
        lines = inspect.cleandoc(example.partition("\n")[2]).splitlines()
        yield from ("Example:", "", *(f"    {line}" for line in lines))


def row(option: click.Option, context: click.Context) -> str:
    """Return an option's row of the table."""
    metavar = option.make_metavar(context).removesuffix(" RANGE")
    value = "" if option.is_flag else f" {metavar}"
    name = f"`{', '.join(option.opts)}{value}`".replace("|", "\\|")
    says = [(option.help or "").strip()]
    if isinstance(option.type, (click.IntRange, click.FloatRange)):
        least, most = option.type.min, option.type.max
        says += [f"At least {least}."] if least is not None else []
        says += [f"At most {most}."] if most is not None else []
    if option.required:
        says.append("Required.")
    if option.multiple:
        says.append("May be repeated.")
    default = option.default
    if isinstance(default, (str, int, Path)) and not option.is_flag:
        says.append(f"Unless given: `{default}`.")
    return f"| {name} | {' '.join(filter(None, says))} |".replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
