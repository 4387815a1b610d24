"""Every write of the house, read from its code: durable ones, and bare ones.

A durable write goes through `plebiscite.core.files` or `plebiscite.core.appended`. A
bare one stands in `ALLOWED` with the reason why it may, or a test fails.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[3] / "src" / "plebiscite"
DURABLE = frozenset({"write_whole", "whole_file", "whole_folder", "append_lines"})
CORE = frozenset({"core/files.py", "core/appended.py", "core/faultpoints.py"})
WRITERS = frozenset({"write_text", "write_bytes", "tofile", "touch", "hardlink_to"})
MOVERS = frozenset({"move", "copy2", "copyfile", "copytree", "copyfileobj"})
DRAFTS = frozenset({"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory"})

DRAFT = "into the draft of a whole_folder, which forces it onto the disk and names it"
PASSING = "a passing folder, taken away when the work or the program ends"
LOCK = "a lock file: it holds nothing"
TABLE = "a value in memory: a column or a text, no file"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Write:
    """A call that writes: in which file and function, by which words."""

    file: str
    function: str
    words: str
    line: int

    @property
    def place(self) -> str:
        """The function, as `ALLOWED` names it."""
        return f"{self.file}:{self.function}"


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Return every call of the house: file, innermost function, call."""
    found: list[tuple[str, str, ast.Call]] = []
    for path in sorted(HOUSE.rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(name, function, call) for function, call in _within(tree, "")]
    return tuple(found)


def _within(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield function, child
        named = ast.FunctionDef, ast.AsyncFunctionDef
        within = child.name if isinstance(child, named) else function
        yield from _within(child, within)


def durable_writes() -> list[Write]:
    """Return every call of a durable helper, outside the helpers themselves."""
    return [
        Write(file=file, function=function, words=_name(call), line=call.lineno)
        for file, function, call in calls()
        if _name(call) in DURABLE and file not in CORE
    ]


def unreached(askers: Collection[str]) -> set[str]:
    """Return the places of durable writes that none of the askers is.

    An asker is ``module:function``, as `plebiscite.core.faultpoints` notes it.
    """
    return {each.place for each in durable_writes() if _asker(each) not in askers}


def _asker(write: Write) -> str:
    module = write.file.removesuffix(".py").removesuffix("/__init__")
    return f"plebiscite.{module.replace('/', '.')}:{write.function}"


def bare_writes() -> list[Write]:
    """Return every call that writes, and is no durable helper's."""
    return [
        Write(file=file, function=function, words=ast.unparse(call), line=call.lineno)
        for file, function, call in calls()
        if file not in CORE and _is_bare(call)
    ]


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _owner(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id=name)):
            return name
    return ""


def _is_bare(call: ast.Call) -> bool:
    name, owner = _name(call), _owner(call)
    given = [*call.args, *(each.value for each in call.keywords)]
    if name == "open" and owner == "os":
        return any("O_RDONLY" not in ast.unparse(each) for each in call.args[1:2])
    if name in {"open", "fdopen", "ZipFile"}:
        return any(_is_mode(each) for each in given)
    if name in {"replace", "rename"}:
        value = len(call.args) != 1 or bool(call.keywords) or _is_plain(call.args[0])
        return owner == "os" or not value
    if name in {"write_csv", "write_parquet"} or name.startswith("sink_"):
        return isinstance(call.func, ast.Attribute) and bool(given)
    if name in {"connect", "copy"}:
        return owner in {"sqlite3", "shutil"}
    return name in WRITERS | MOVERS | DRAFTS or (name == "save" and bool(call.args))


def _is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Dict | ast.Constant)


def _is_mode(node: ast.expr) -> bool:
    """Return whether an argument is a mode that writes, such as "wb" or "r+"."""
    match node:
        case ast.Constant(value=str(mode)):
            letters = set(mode.partition("|")[0])
            return bool(letters & set("wax+")) and letters <= set("rwabxt+")
    return False


ALLOWED: Mapping[str, str] = {
    "cli/demo/office.py:key_drawn_lines": DRAFT,
    "cli/faults.py:_ours": "the log of a fault of ours, in the passing folder",
    "cli/forecast/score.py:score": "saved through report.chance.saved, a write_whole",
    "cli/match/run.py:_write": "into memory; written whole two lines on",
    "cli/site/backup.py:command": "into the draft of a whole_file",
    "core/table/parquet/apart.py:main": "a word to the system, and to who asked",
    "core/table/read.py:_source": TABLE,
    "match/index/build.py:_close": DRAFT,
    "match/index/faces.py:pack_faces": DRAFT,
    "match/index/faces.py:_packed": DRAFT,
    "match/index/gathering/ids.py:__init__": DRAFT,
    "match/index/gathering/ids.py:_widen": DRAFT,
    "match/index/gathering/roll.py:gather": DRAFT,
    "match/index/layout.py:write": DRAFT,
    "match/spark/job.py:_read": PASSING,
    "match/spark/session.py:spark_session": PASSING,
    "match/spark/session.py:_started": "the log of a Spark session, in its folder",
    "money/filed.py:hand_in": PASSING,
    "petition/county.py:named_counties": TABLE,
    "report/page/taken/kit.py:packed": "into memory, for a download",
    "roll/build.py:_joined": DRAFT,
    "roll/cards.py:_write": DRAFT,
    "roll/drafts.py:add": DRAFT,
    "simulate/drive/folder.py:write_folder": DRAFT,
    "simulate/sheets/given.py:write_given": DRAFT,
    "simulate/sheets/signers.py:signers": PASSING,
    "simulate/sheets/write.py:write_sheets": DRAFT,
    "simulate/store.py:_write_csv": "into the draft of a whole_file",
    "simulate/store.py:_write_parquet": "into the draft of a whole_file",
    "verify/draw/evidence.py:lay_down": DRAFT,
    "verify/find/folder.py:write_findings": DRAFT,
    "verify/publish/bundle.py:write_bundle": DRAFT,
    "verify/publish/bundle.py:_lay_down_law": DRAFT,
    "web/campaign/demo.py:fill": PASSING,
    "web/campaign/demo.py:draw_up": "a demonstration's, in a passing folder",
    "web/campaign/sheets/printing.py:_store": "into the draft of a whole_file",
    "web/campaign/demo_money.py:books": PASSING,
    "web/campaign/numbers/money.py:_handed_in": PASSING,
    "web/county/closing/certify.py:_publish": DRAFT,
    "web/county/closing/views.py:bundle": "into memory, for a download",
    "web/campaign/intake/checking.py:put_aside": "into the draft of a whole_file",
    "web/county/demo/__init__.py:paper": "a demonstration's, made anew when cut off",
    "web/county/demo/__init__.py:hand_in": "a demonstration's, made anew when cut off",
    "web/county/demo/__init__.py:_pictures": "a demonstration's, made anew if cut off",
    "web/county/files/unzip.py:unpack": DRAFT,
    "web/county/files/views.py:_handed_in": "a whole_file beside it takes its name "
    "within the transaction of its row, and the folder is forced onto the disk",
    "web/county/files/views.py:_copied": "into the draft of a whole_file",
    "web/county/models/decision.py:save": "a row of the database, in its transaction",
    "web/jobs/worker.py:registered": LOCK,
    "web/keep/backup.py:back_up": "into the stream of a whole_file",
    "web/keep/backup.py:_unpack": PASSING,
    "web/keep/backup.py:_lay": "moved within the home, and forced onto the disk before "
    "the mark of an unfinished restoring goes",
    "web/measures/demo.py:fill": PASSING,
    "web/measures/demo.py:_lay_down": "a demonstration's, in a passing folder",
    "web/measures/mirror.py:write": DRAFT,
    "web/measures/mirror.py:_write": DRAFT,
    "web/measures/mirror.py:_static": DRAFT,
    "web/measures/records.py:keep": DRAFT,
    "web/measures/records.py:_fill": DRAFT,
    "web/measures/records.py:take_records": DRAFT,
    "web/measures/shelf.py:take_in": DRAFT,
    "web/measures/shelf.py:_step_aside": "an older shipped copy, before it is removed",
    "web/measures/shelf.py:give_back": DRAFT,
    "web/measures/zipped.py:_unpack_one": PASSING,
}
"""Functions that write without the durable helpers, and why they may."""

UNREACHED: Mapping[str, str] = {}
"""Functions that write durably and that no act cut off reaches, and why: none now."""
