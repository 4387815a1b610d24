"""What the program that tries mutants is told."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

PLAN = "PLEBISCITE_MUTANTS_PLAN"
"""Where in the environment the plan's file is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to try: names in order, the ledger, the last moment (of the wall clock).

    `folder` is for what passes between processes; `patience` bounds the seconds of
    tests that are run for one mutant, and `grace` is added to them before it is held
    to be endless; `hands` is how many are tried at once.
    """

    names: list[str]
    ledger: str
    folder: str
    until: float
    patience: float
    grace: float = 5.0
    hands: int = 2

    def told(self) -> str:
        """Return the plan as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read(path: Path) -> Plan:
    """Return the plan that stands in a file."""
    return Plan(**json.loads(path.read_text(encoding="utf-8")))
