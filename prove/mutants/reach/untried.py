"""How much code no mutant is made of.

mutmut leaves alone what stands behind a decorator (a property, a cache, a command),
other than a static or class method, and what runs while a module is loaded: tables,
constants, the fields of classes. Tests hold that code like any other; nothing here
measures whether they would notice a change to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prove.frame.figure import Figure

Function = ast.FunctionDef | ast.AsyncFunctionDef
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
NOTHING_RUNS = (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)
ALLOWED = {"staticmethod", "classmethod"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Functions and statements of some code, and which of them are never changed.

    `decorated` functions hold `behind` of the `statements`; `outside` of them stand in
    no function.
    """

    functions: int = 0
    decorated: int = 0
    statements: int = 0
    behind: int = 0
    outside: int = 0

    def __add__(self, other: Code) -> Code:
        """Return both together."""
        return Code(
            functions=self.functions + other.functions,
            decorated=self.decorated + other.decorated,
            statements=self.statements + other.statements,
            behind=self.behind + other.behind,
            outside=self.outside + other.outside,
        )


def code(text: str) -> Code:
    r"""Return what a module holds.

    >>> code("A = 1\n@cache\ndef f():\n    return A\ndef g():\n    return f()\n")
    Code(functions=2, decorated=1, statements=3, behind=1, outside=1)

    """
    found = Code()
    for node, function in outermost(ast.parse(text)):
        if function is None:
            found += Code(statements=1, outside=1)
            continue
        inner = sum(counts(each) for each in ast.walk(node)) - counts(node)
        hidden = is_hidden(function)
        found += Code(
            functions=1,
            decorated=hidden,
            statements=inner,
            behind=inner * hidden,
        )
    return found


def outermost(
    tree: ast.Module | ast.ClassDef,
) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    """Yield each function that stands in no other, and each statement in none."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from outermost(node)
        elif isinstance(node, Function):
            yield node, node
        else:
            yield from ((each, None) for each in ast.walk(node) if counts(each))


def counts(node: ast.AST) -> bool:
    """Tell whether a node is a statement that does something."""
    if not isinstance(node, ast.stmt) or isinstance(node, (*NAMED, *NOTHING_RUNS)):
        return False
    if isinstance(node, ast.AnnAssign):
        return node.value is not None
    return not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def is_hidden(function: ast.AST) -> bool:
    """Tell whether mutmut leaves a function alone for its decorators."""
    marks = getattr(function, "decorator_list", [])
    if len(marks) == 1 and isinstance(marks[0], ast.Name):
        return marks[0].id not in ALLOWED
    return bool(marks)


def untried(paths: Iterable[Path]) -> Figure:
    """Return the figure on what is never changed in some files."""
    found = sum((code(each.read_text(encoding="utf-8")) for each in paths), Code())
    return Figure(
        what="never changed: behind decorators, and outside functions",
        value=f"{found.decorated:,} of {found.functions:,} functions stand behind "
        f"decorators, with {found.behind:,} of {found.statements:,} statements; "
        f"{found.outside:,} more stand outside functions",
        oracle="mutmut makes no mutants of properties, kept answers and commands, nor "
        "of tables, constants and fields; counted by the syntax tree",
        held=None,
    )
