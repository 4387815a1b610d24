"""Which mutants change no more than a sentence.

mutmut also changes what is said: every text gets an XX at both ends, or other cases.
Tests of ours hold messages by the words that matter, not letter by letter, so such
mutants are counted apart and not tried: they are never counted as noticed. A text
without a blank is a name or a key, and its change counts like any other; so does a
change to a value that is told within a sentence.
"""

from __future__ import annotations

import ast
import functools
import textwrap


def only_words(before: str, after: str) -> bool:
    r"""Return whether two versions of a function differ in sentences and nothing else.

    >>> only_words('x = f("no {n} left")', 'x = f("XXno {n} leftXX")')
    True
    >>> only_words('x = d["key"]', 'x = d["XXkeyXX"]')
    False
    >>> only_words('x = f"{a + b} are left"', 'x = f"{a - b} are left"')
    False

    """
    return bare(before) == bare(after)


@functools.lru_cache(maxsize=8)
def bare(code: str) -> str:
    """Return code in which every sentence is the same."""
    tree = ast.parse(textwrap.dedent(code))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.Constant):
                    part.value = "…"
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
        ):
            node.value = "…"
    return ast.dump(tree)
