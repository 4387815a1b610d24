"""House habits no linter knows. Oracle: the rules of CONTRIBUTING.md, as invariants."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "plebiscite"
MODULES = sorted(HOUSE.rglob("*.py"))
EXACT = ["core", "rules", "petition", "roll", "verify", "vote", "money", "docket"]
FORMS = ["csv", "parquet"]
PURE = [*EXACT, "match", "report", "simulate", "forecast"]


def place(path, node):
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def nodes(package, kind):
    for path in sorted((HOUSE / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield path, node


@pytest.mark.parametrize("package", EXACT)
def test_no_float_is_written_where_signatures_are_counted(package):
    found = [
        place(path, node)
        for path, node in nodes(package, ast.Constant)
        if isinstance(node.value, float)
    ]

    assert found == []


@pytest.mark.parametrize("package", PURE)
def test_nobody_below_the_doors_asks_for_the_day_or_for_chance(package):
    found = [
        place(path, node)
        for path, node in nodes(package, (ast.Attribute, ast.Import, ast.ImportFrom))
        if (isinstance(node, ast.Attribute) and node.attr in {"today", "utcnow"})
        or (
            isinstance(node, ast.Import) and node.names[0].name in {"random", "secrets"}
        )
        or (isinstance(node, ast.ImportFrom) and node.module in {"random", "secrets"})
    ]

    assert found == []


@pytest.mark.parametrize("package", PURE)
def test_the_library_prints_nothing(package):
    kit = HOUSE / "verify" / "kit", HOUSE / "docket" / "kit"
    found = [
        place(path, node)
        for path, node in nodes(package, ast.Call)
        if isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not path.is_relative_to(kit[0])
        and not path.is_relative_to(kit[1])
    ]

    assert found == []


def test_no_name_of_a_file_is_taken_for_a_pattern():
    """Polars takes each name for one, unless it is told otherwise or given bytes."""
    readers = {f"{how}_{what}" for how in ("scan", "read") for what in FORMS}
    readers |= {"read_parquet_schema", "read_parquet_metadata"}
    found = [
        place(path, node)
        for path, node in nodes("", ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in readers
        and "BytesIO" not in ast.dump(node.args[0])
        and not any(
            each.arg == "glob" and not ast.literal_eval(each.value)
            for each in node.keywords
        )
    ]

    assert found == []


def test_no_file_is_too_long_to_read():
    sources = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    found = {
        str(path.relative_to(ROOT)): length
        for path in sources
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert found == {}


def test_a_package_can_be_taken_in_at_a_glance():
    folders = {path.parent for path in MODULES}
    found = {
        str(folder.relative_to(ROOT)): count
        for folder in folders
        if (count := len([p for p in folder.glob("*.py") if p.stem != "__init__"])) > 11
    }

    assert found == {}


def test_the_floors_told_are_the_floors_held():
    """Oracle: the layers that lint-imports holds, from the top down."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    held = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, _, table = text.partition("| floor | package |")
    rows = [line.split("|")[2] for line in table.partition("\n\n")[0].splitlines()[2:]]

    assert [re.findall(r"`(\w+)`", row) for row in rows] == [
        layer.split(" | ") for layer in held
    ]


def test_each_table_from_elsewhere_is_named_in_the_notice():
    """Oracle: what the tables and their readers say of licences themselves."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w./]+\.(?:csv|txt|yaml|parquet|json\.gz|md)\b", notice))
    borrowed = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*")
        if path.suffix in {".csv", ".txt", ".yaml"}
        and re.search(
            r"^#.*(?:Apache-|\(MIT\)|CC BY)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }

    assert borrowed
    assert borrowed <= named
    assert [name for name in sorted(named) if not (HOUSE / name).is_file()] == []


def test_every_module_says_its_idea():
    found = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_nothing_points_outside_the_project():
    """A clone alone must install, run and pass: no path leads out of it."""
    outside = "../" + "shared"
    texts = [
        path
        for pattern in ("*.py", "*.md", "*.yaml", "*.toml", "*.sh", "Makefile")
        for path in ROOT.rglob(pattern)
        if not {".venv", "out", ".hypothesis"} & set(path.relative_to(ROOT).parts)
    ]
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if outside in path.read_text(encoding="utf-8")
        or "/work/" + "shared" in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_no_file_names_a_registry():
    """Packages are known by name and hash; where they come from is the machine's."""
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "npm" + "js.org",
        "crates" + ".io",
    ]
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    found = [
        name
        for name in tracked
        if (ROOT / name).is_file()
        and any(host.encode() in (ROOT / name).read_bytes() for host in hosts)
    ]

    assert found == []


def test_the_lock_files_name_no_registry():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
