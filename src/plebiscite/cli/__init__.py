"""The command line: parse, call one function, print what it answers.

`plebiscite NOUN VERB`, one file (or folder) per noun, loaded only when called. Results
go to standard output, everything else to standard error. Exit codes are those of
`plebiscite.cli.faults.Exit`.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import click

from plebiscite import __version__
from plebiscite.cli.faults import explained
from plebiscite.cli.verbs import Verbs

NOUNS = {
    "upgrade": "Bring a site to this version's form.",
    "restore": "Bring a site back from a backup.",
    "doctor": "Say whether this machine and the site are sound.",
    "backup": "Write the site, encrypted, to one file.",
    "account": "Invite people to the site, and end their roles.",
    "campaign": "Keep a campaign's chapters, circulators and sheets.",
    "demo": "Run the main job on a simulated petition, and real figures.",
    "forecast": "Say whether a measure stands a chance, and why.",
    "law": "List, show and check the law files.",
    "match": "Match petition lines with a voter roll.",
    "measure": "Follow a measure and its docket.",
    "money": "Follow who gave, who spent, and what signatures cost.",
    "petition": "Carry a petition from its lines to its certificate.",
    "publish": "Write the public pages as files for any web server.",
    "roll": "Build a voter roll, and look voters up.",
    "serve": "Serve the pages, the desks and the API.",
    "simulate": "Make rolls and petitions whose truth is known.",
    "vote": "Judge a vote: what it means in law, and whether it is right.",
}


SITE = ("account", "backup", "doctor", "restore", "serve", "upgrade")
"""Nouns about the site; their files lie together in `plebiscite.cli.site`."""
PLACES = {
    noun: f"plebiscite.cli.{'site.' * (noun in SITE)}{noun}:command" for noun in NOUNS
}


class Nouns(Verbs):
    """The nouns: near misses are named, and every fault is told in one message."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the noun, or say which was probably meant."""
        if args[0] not in NOUNS and not args[0].startswith("-"):
            near = get_close_matches(args[0], NOUNS, n=1)
            meant = f"Did you mean {near[0]!r}?" if near else f"Say {', '.join(NOUNS)}."
            ctx.fail(f"No such command {args[0]!r}. {meant}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the nouns with their one-line descriptions, importing none of them."""
        with formatter.section("Nouns"):
            formatter.write_dl(sorted(NOUNS.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; turn every fault into one message and an exit code."""
        kwargs["standalone_mode"] = False
        with explained():
            return super().main(*args, **kwargs)


@click.group(
    cls=Nouns, verbs=PLACES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="plebiscite")
def main() -> None:
    """Carry a citizens' initiative from filing to outcome, and check every number.

    Exit codes: 0 met or done, 1 not met, 2 the input was wrong, 3 open, 4 our fault.
    """
