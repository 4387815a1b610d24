"""The kit: three scripts that trust nothing of ours, and find what was changed."""

import codecs
import csv
import importlib.util
import json
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plebiscite.verify.publish.bundle import KIT, hashes


def alone(folder, script, *arguments):
    command = [sys.executable, "-I", "-S", str(KIT / script), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder
    )


def script(name):
    spec = importlib.util.spec_from_file_location(name, KIT / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(bundle, tmp_path):
    return shutil.copytree(bundle.bundle, tmp_path / "bundle")


def test_the_scripts_run_where_they_lie(bundle):
    for name in ("redraw.py", "recompute.py", "check.py"):
        command = [sys.executable, "-I", "-S", str(bundle.bundle / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("head", ["abc", "0" * 63, "g" * 64, "0" * 65])
def test_a_mistyped_head_accuses_nobody(copy, head):
    """It was answered "changed: this is not the bundle whose head was published"."""
    for script, first in (("check.py", ()), ("verify_docket.py", ["docket.jsonl"])):
        said = told(copy, script, *first, head)
        assert "64 hex digits" in said
        assert "changed" not in said


def test_a_head_may_be_written_in_capitals(copy):
    """Oracle: `sha256sum`'s digits, as other programs print them."""
    head = sha256((copy / "hashes.txt").read_bytes()).hexdigest().upper()
    done = alone(copy, "check.py", head, copy)

    assert (done.returncode, done.stdout) == (0, "whole: the head is as published\n")


@pytest.mark.parametrize(
    ("script", "name", "text"),
    [
        ("check.py", "hashes.txt", None),
        ("redraw.py", "drawn.csv", None),
        ("redraw.py", "commitment.json", "{}"),
        ("redraw.py", "commitment.json", "["),
        ("recompute.py", "counts.csv", None),
        ("recompute.py", "counts.csv", "county,raw\nAlameda,many\n"),
        ("recompute.py", "certificate.json", "no certificate"),
        ("recompute.py", "certificate.json", "[" * 100_000),
    ],
)
def test_what_cannot_be_read_is_one_sentence(copy, script, name, text):
    """Oracle: what README.txt promises; it was a traceback."""
    (copy / name).unlink()
    if text is not None:
        (copy / name).write_text(text, encoding="utf-8")

    told(copy, script, *(["-"] if script == "check.py" else []), copy)


def test_a_mark_before_the_counts_changes_nothing(copy):
    """Excel sets it before a CSV in Unicode that it saves."""
    counts = copy / "counts.csv"
    counts.write_bytes(codecs.BOM_UTF8 + counts.read_bytes())

    assert alone(copy, "recompute.py", copy).returncode == 0


def told(folder, script, *arguments):
    """Return the one sentence of a script of the bundle that ends with 1."""
    command = [sys.executable, "-I", "-S", str(folder / script), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_the_docket_verifier_lies_beside_them(bundle, tmp_path):
    """Oracle: an empty docket is whole; a torn one is not."""
    docket = tmp_path / "docket.jsonl"
    for written, code in ((b"", 0), (b"{", 1)):
        docket.write_bytes(written)
        command = [sys.executable, "-I", "-S", bundle.bundle / "verify_docket.py"]
        done = subprocess.run([*command, docket], capture_output=True, check=False)
        assert done.returncode == code
    assert "verify_docket.py" in (bundle.bundle / "README.txt").read_text("utf-8")


def test_a_proportion_is_recomputed():
    """Published: Colorado's initiative 30 (2012)."""
    recompute = script("recompute")
    count = {"raw": 163_598, "sampled": 8_180, "valid": 4_436, "duplicates": 7}
    figures = recompute.figures(count, "proportion", "sample")

    assert (figures["projected"], figures["deducted"]) == (88_719, 0)
    assert figures["weight"] == "0.0000"


def test_the_sample_comes_out_again(copy):
    assert "560 lines" in alone(copy, "redraw.py", copy).stdout


def test_an_extension_comes_out_again(tmp_path, acts):
    """Oracle: the kit, given both draws."""
    from plebiscite.verify.draw.evidence import of_draws
    from plebiscite.verify.draw.sample import Wish, draw_sample

    made = acts.certified(tmp_path)
    wish = Wish(extend={"Los Angeles": 25})
    draw_sample(made.commitment, seed="888888", out=tmp_path / "x.csv", wish=wish)
    of_draws([made.drawn, tmp_path / "x.csv"]).lay_down(tmp_path / "evidence")

    assert "585 lines" in alone(tmp_path, "redraw.py", tmp_path / "evidence").stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("drawn.json", "314159", "314158", "is not what seed 314158 draws"),
        ("drawn.csv", ",1\n", ",2\n", "is not what seed 314159 draws"),
        ("manifest.csv", "Alpine,0000,10,", "Alpine,0000,11,", "not the manifest"),
        ("drawn.json", '"Los Angeles": 500', '"Los Angeles": 499', "is not what"),
        ("commitment.json", '"Alpine": 60,', '"Alpine": 61,', "fewer lines"),
    ],
)
def test_a_changed_draw_does_not_come_out_again(copy, file, old, new, says):
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text[::-1].replace(old[::-1], new[::-1], 1)[::-1], "utf-8")
    done = alone(copy, "redraw.py", copy)

    assert done.returncode == 1
    assert says in done.stderr


def test_every_figure_comes_out_again(copy, bundle):
    done = alone(copy, "recompute.py", copy)

    assert done.returncode == 0
    assert f"{bundle.certified.data['projected']:,}" in done.stdout


def test_the_bands_of_a_law_it_does_not_know_are_left_to_the_reader(copy):
    """A true certificate under other bands is no difference; a false figure is one."""
    path = copy / "certificate.json"
    data = json.loads(path.read_bytes()) | {"law": "own", "band": "failed"}
    path.write_text(json.dumps(data), encoding="utf-8")
    agrees = alone(copy, "recompute.py", copy)
    path.write_text(json.dumps(data | {"raw": data["raw"] + 1}), encoding="utf-8")
    differs = alone(copy, "recompute.py", copy)

    assert agrees.returncode == 0
    assert "what follows from them, own says" in agrees.stdout
    assert differs.returncode == 1


@pytest.mark.parametrize(
    "column", ["raw", "sampled", "valid", "duplicates", "undecided"]
)
@pytest.mark.parametrize("by", [1, -1])
def test_any_count_changed_by_one_is_noticed(copy, column, by):
    rows = list(
        csv.DictReader((copy / "counts.csv").read_text(encoding="utf-8").splitlines())
    )
    rows[1][column] = str(int(rows[1][column]) + by)
    with (copy / "counts.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, fieldnames=list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    done = alone(copy, "recompute.py", copy)

    assert done.returncode == 1
    assert "Los Angeles: " + column in done.stderr


FIGURES = ["raw", "projected", "projected_literal", "required"]
OF_A_COUNTY = ["raw", "sampled", "valid", "duplicates", "undecided", "uncorrected"]
OF_A_COUNTY += ["deducted", "projected", "projected_literal"]


@pytest.mark.parametrize("name", FIGURES)
def test_any_figure_of_the_certificate_changed_by_one_is_noticed(copy, name):
    path = copy / "certificate.json"
    data = json.loads(path.read_bytes())
    data[name] += 1
    path.write_text(json.dumps(data), encoding="utf-8")

    assert alone(copy, "recompute.py", copy).returncode == 1


@pytest.mark.parametrize("name", OF_A_COUNTY)
def test_any_figure_of_a_county_changed_by_one_is_noticed(copy, name):
    path = copy / "certificate.json"
    data = json.loads(path.read_bytes())
    data["counties"][1][name] -= 1
    path.write_text(json.dumps(data), encoding="utf-8")

    assert alone(copy, "recompute.py", copy).returncode == 1


def test_the_regulations_own_example_comes_out():
    """Oracle: 2 CCR § 20540 as printed."""
    example = {"raw": 24_034, "sampled": 722, "valid": 516, "duplicates": 2}
    found = script("recompute").figures(example, "california", "sample")

    assert (found["percent"], found["value"]) == ("71.47", "33.2881")
    assert (found["weight"], found["uncorrected"]) == ("1074.8095", 17_178)
    assert (found["deducted"], found["projected"]) == (2_150, 15_028)


def test_washingtons_test_comes_out():
    """Oracle: I-1351 of 2014, which was accepted, and the pairs it could just bear."""
    count = {"raw": 348_072, "sampled": 10_512, "valid": 9_606, "duplicates": 9}
    accepted = script("recompute").accepted

    assert accepted(count, 246_372)
    assert accepted(count | {"valid": 9_564, "duplicates": 51}, 246_372)
    assert not accepted(count | {"valid": 9_563, "duplicates": 52}, 246_372)


@settings(max_examples=150, deadline=None)
@given(
    raw=st.integers(2, 5_000),
    data=st.data(),
    formula=st.sampled_from(["california", "washington"]),
)
def test_the_kit_and_the_program_agree(raw, data, formula):
    """Oracle: two implementations, of any counts."""
    from plebiscite.core.share import as_decimal
    from plebiscite.verify.count import SampleCount
    from plebiscite.verify.projection import project_california, project_pairs

    sampled = data.draw(st.integers(2, raw))
    valid = data.draw(st.integers(0, sampled))
    duplicates = data.draw(st.integers(0, min(5, sampled - valid, sampled - 1)))
    count = SampleCount(
        county="x", raw=raw, sampled=sampled, valid=valid, duplicates=duplicates
    )
    project = project_california if formula == "california" else project_pairs
    theirs = project(count)
    ours = script("recompute").figures(
        {"raw": raw, "sampled": sampled, "valid": valid, "duplicates": duplicates},
        formula,
        "sample",
    )

    assert ours["projected"] == theirs.valid
    assert ours["projected_literal"] == theirs.literal
    assert ours["percent"] == str(as_decimal(theirs.percent, 2))
    assert ours["weight"] == str(as_decimal(theirs.weight, 4))


# ── Hashes ────────────────────────────────────────────────────────────────────────────


def test_a_bundle_is_whole_against_its_head(copy, bundle):
    head = bundle.certified.head

    assert "head is as published" in alone(copy, "check.py", head, copy).stdout
    assert "head unverified" in alone(copy, "check.py", "-", copy).stdout
    assert alone(copy, "check.py", "f" * 64, copy).returncode == 1


def test_the_kit_hashes_as_the_program_does(copy):
    assert script("check").rebuilt(copy) == hashes(copy)


def test_each_hash_is_the_files_own(copy):
    """Oracle: sha256sum, as anyone would run it."""
    stated = dict(
        reversed(entry.split(" ", 2)[1:])
        for entry in (copy / "hashes.txt").read_text(encoding="utf-8").splitlines()
        if entry.startswith("file ")
    )
    names = sorted(stated)
    done = subprocess.run(
        ["sha256sum", *names], capture_output=True, text=True, check=True, cwd=copy
    )

    assert done.stdout == "".join(f"{stated[name]}  {name}\n" for name in names)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_flipped_byte_is_located_to_its_file_and_line(copy, bundle, data):
    """Oracle: the place of the change, which the test chose."""
    names = sorted(p.relative_to(copy) for p in copy.rglob("*") if p.is_file())
    path = copy / data.draw(st.sampled_from(names))
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    flipped = before[at] ^ (1 << data.draw(st.integers(0, 7)))
    path.write_bytes(before[:at] + bytes([flipped]) + before[at + 1 :])
    line = before[:at].count(b"\n") + 1
    try:
        said = script("check").main(bundle.certified.head, copy)
    finally:
        path.write_bytes(before)

    assert said == f"changed: {path.relative_to(copy).as_posix()}, line {line}"


def test_a_missing_and_a_foreign_file_are_named(copy, bundle):
    (copy / "drawn.csv").unlink()
    (copy / "extra.csv").write_text("x\n", encoding="utf-8")
    done = alone(copy, "check.py", bundle.certified.head, copy)

    assert done.returncode == 1
    assert "drawn.csv is missing" in done.stderr
    assert "extra.csv does not belong here" in done.stderr
