"""`forecast what-if` and `forecast needed`: suppositions, and what it would take."""

from __future__ import annotations

import click

from plebiscite.cli.answer import answer, for_reader, json_option
from plebiscite.cli.forecast.options import Asked, MeasuredShare, question


@click.command("what-if", short_help="Set several suppositions side by side.")
@question
@click.option(
    "--change",
    "changes",
    multiple=True,
    required=True,
    metavar="NAME=VALUE[,…]",
    help="A supposition; several make a column each, beside what is.",
)
@json_option
def what_if(asked: Asked, changes: tuple[str, ...], as_json: bool) -> None:
    """Set several suppositions side by side, beside the forecast as it is.

    The same random numbers are used for each, so that they differ by what is supposed
    alone.

    \b
    Example:
      plebiscite forecast what-if --measure us/ca/16-0011 --as-of 2017-02-01 \\
        --change money=5M --change support=65 --change support=65,money=5M
    """
    from plebiscite.forecast.hurdles.moved import read_settings
    from plebiscite.forecast.shown import figure, shown

    supposed = {change: read_settings([change]) for change in changes}
    found = {"as it is": asked.chance()}
    found |= {change: asked.chance(read) for change, read in supposed.items()}
    first = found["as it is"]
    data = {
        "measure": first.measure,
        "as_of": first.as_of.isoformat(),
        "suppositions": [
            {"change": "" if number == 0 else name, **_brief(each.as_data())}
            for number, (name, each) in enumerate(found.items())
        ],
    }
    names = [each.name for each in first.ladder.hurdles]
    wide = max(10, *(len(name) for name in found)) + 2
    lines = [
        f"{first.measure}  {first.title}",
        f"as of {first.as_of}; each hurdle given the earlier ones",
        "",
        "".join([f"{'':14}", *(f"{name:>{wide}}" for name in found)]),
    ]
    for number, name in enumerate(names):
        row = [figure(each.run.p_given(number)) for each in found.values()]
        lines.append("".join([f"{name:14}", *(f"{value:>{wide}}" for value in row)]))
    for milestone in first.milestones:
        row = [figure(each.run.p_through(milestone.hurdle)) for each in found.values()]
        label = f"→ {milestone.name}"
        lines.append("".join([f"{label:14}", *(f"{value:>{wide}}" for value in row)]))
    lines += ["", *(f"{name}: {shown(each.p)}" for name, each in found.items())]
    answer(data, lines, as_json=as_json)


def _brief(data: dict[str, object]) -> dict[str, object]:
    kept = ("settings", "hurdles", "joint", "milestones", "inputs_hash")
    return {key: data[key] for key in kept}


@click.command("needed", short_help="Say what would have to be true.")
@question
@click.option(
    "--for",
    "chances",
    multiple=True,
    type=MeasuredShare(0, 1, min_open=True, max_open=True),
    help="A chance asked for; again for more. Without: .5, .8 and .95.",
)
@json_option
def needed(asked: Asked, chances: tuple[float, ...], as_json: bool) -> None:
    """Say what would have to be true: support, money, turnout for a chance asked for.

    First of each hurdle alone; of "all", one thing changed and the rest as it is; last
    "together", where every hurdle is given an equal part of the chance. Support is the
    polls' average on the day, money what is spent on signatures.

    \b
    Example:
      plebiscite forecast needed --measure us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.cli.forecast.told import needed_lines
    from plebiscite.forecast.hurdles.needed import CHANCES
    from plebiscite.forecast.hurdles.needed import needed as needed_of

    found = asked.chance()
    answers = needed_of(found.ladder, seed=found.run.seed, chances=chances or CHANCES)
    data = {
        "measure": found.measure,
        "as_of": found.as_of.isoformat(),
        "ended": found.ladder.ended or None,
        "needed": [
            {
                "of": each.of,
                "lever": each.lever,
                "values": {
                    f"{chance:g}": None if value is None else float(f"{value:.4g}")
                    for chance, value in each.values.items()
                },
                "best": float(f"{each.best:.3g}"),
            }
            for each in answers
        ],
        "inputs_hash": found.inputs_hash,
    }
    lines = [
        f"{found.measure}  {found.title}",
        f"as of {found.as_of}: what it would take",
        "",
        *needed_lines(answers),
    ]
    if found.ladder.ended:
        lines.append(f"it is over: {found.ladder.ended}")
    answer(data, for_reader(lines), as_json=as_json)
