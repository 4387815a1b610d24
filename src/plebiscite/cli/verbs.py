"""A noun's verbs, each imported from its own file only when it is called for.

So one verb never waits for what another needs (a table reader, a font, a model).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Verbs(click.Group):
    """A group whose commands are found by name.

    Args:
        verbs: name -> where its command is, as "package.module:name".
        rest: what a click group takes besides.

    """

    def __init__(
        self, name: str | None = None, *, verbs: Mapping[str, str], **rest: Any
    ) -> None:
        super().__init__(name, **rest)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in order."""
        return sorted(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None if there is none of that name."""
        if cmd_name not in self.verbs:
            return None
        module, _, name = self.verbs[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found
