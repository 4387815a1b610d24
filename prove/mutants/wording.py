"""Which survivors changed no more than a sentence.

mutmut also changes what is said: every text gets an XX at both ends, or other cases.
Tests of ours hold messages by the words that matter, not letter by letter, so such
mutants live. They are counted apart, never as noticed. A text without a blank is a name
or a key, and its change counts like any other.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TEXT = re.compile(r"""[rbf]*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.IGNORECASE)


def only_words(diff: str) -> bool:
    r"""Return whether a diff changes sentences and nothing else.

    >>> only_words('-x = f("no {n} left")\n+x = f("XXno {n} leftXX")')
    True
    >>> only_words('-x = d["key"]\n+x = d["XXkeyXX"]')
    False
    >>> only_words('-x = a < b\n+x = a <= b')
    False

    """
    before, after = [], []
    for line in diff.splitlines():
        if line.startswith("-") and not line.startswith("---"):
            before.append(line[1:])
        elif line.startswith("+") and not line.startswith("+++"):
            after.append(line[1:])
    return bool(before) and bare("\n".join(before)) == bare("\n".join(after))


def bare(code: str) -> str:
    """Return code in which every sentence is the same."""
    return TEXT.sub(lambda found: '"…"' if " " in found[0] else found[0], code)


def diff_of(copy: Path, name: str) -> str:
    """Return what a mutant changed, as mutmut shows it."""
    program = Path(sys.executable).with_name("mutmut")
    return subprocess.run(  # noqa: S603 # our own words
        [program, "show", name], cwd=copy, capture_output=True, text=True, check=False
    ).stdout
