"""`plebiscite petition project | rollup | break-even`: what a clerk types.

Oracles: the worked statewide sum, I-1351, the agreed exit codes and fields.
"""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

HEAD = "county,raw,sampled,valid,duplicates\n"
SIX = (
    "Big,260000,7800,5694,11\nLarge,120000,3600,2700,3\nMid,42500,1275,995,1\n"
    "Example,24034,722,516,2\nSmall,3720,500,395,2\nTiny,350,350,262,0\n"
)
CALIFORNIA = ("--law", "us/ca/constitutional_initiative", "--on", "2014-06-01")
WASHINGTON = ("--law", "us/wa/initiative", "--on", "2014-07-01")


def run(*arguments):
    return CliRunner().invoke(main, ["petition", *(str(each) for each in arguments)])


@pytest.fixture
def counts(tmp_path):
    def write(rows, head=HEAD, name="counts.csv"):
        path = tmp_path / name
        path.write_text(head + rows)
        return path

    return write


@pytest.mark.parametrize(
    ("required", "code", "band"),
    [
        (280_000, 0, "qualified"),
        (345_000, 1, "failed"),
        (300_000, 3, "full_count"),
        (450_605, 1, "failed"),
    ],
)
def test_the_exit_code_says_what_the_band_is(counts, required, code, band):
    ended = run(
        "project",
        *CALIFORNIA,
        *("--counts", counts(SIX), "--required", required, "--json"),
    )
    data = json.loads(ended.stdout)

    assert ended.exit_code == code
    assert data["band"] == band
    assert data["projected"] == 314_932
    assert data["projected_literal"] == 314_933
    assert data["required"] == required


def test_a_clerk_sees_every_step(counts):
    ended = run("project", *CALIFORNIA, "--counts", counts(SIX), "--required", "300000")
    example = ended.stdout[ended.stdout.index("Example") :].splitlines()[1:11]

    assert [line.split()[-1] for line in example] == [
        *("24,034", "722", "516", "2", "71.47", "17,178", "33.2881", "1,074.8095"),
        *("2,150", "15,028"),
    ]


def test_the_requirement_may_come_from_the_law(counts):
    """Published: 807,615 for petitions of 2011-2014."""
    ended = run("project", *CALIFORNIA, "--counts", counts(SIX), "--json")

    assert json.loads(ended.stdout)["required"] == 807_615
    assert ended.exit_code == 1


def test_a_requirement_that_is_not_the_laws_own_is_told(counts):
    ended = run("project", *CALIFORNIA, "--counts", counts(SIX), "--required", "300000")

    assert "300,000 as given; the law file has 807,615" in ended.stdout


def test_without_a_day_it_says_whose_law_it_takes(counts):
    ended = run("project", *CALIFORNIA[:2], "--counts", counts(SIX))

    assert f"By the law of today, {datetime.now(UTC).year}" in ended.stderr


def test_washington_takes_one_row(counts):
    path = counts("348072,10512,897,9\n", "filed,sampled,invalid,duplicates\n")
    ended = run("project", *WASHINGTON, "--counts", path, "--json")
    data = json.loads(ended.stdout)

    assert ended.exit_code == 0
    assert (data["band"], data["required"]) == ("qualified", 246_372)
    assert data["acceptance"]["limit"].startswith("51.0")


def test_washington_sends_on_to_a_full_count_and_never_rejects(counts):
    path = counts("348072,10512,8970,52\n", "filed,sampled,invalid,duplicates\n")

    assert run("project", *WASHINGTON, "--counts", path).exit_code == 3


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("Big,100,101,50,0\n", "row 2: Big: sampled 101 of only 100 lines"),
        ("Big,100,50,50,1\n", "row 2: Big: 50 valid, 1 duplicate"),
        ("Big,100,50,40,0\nBIG,9,9,9,0\n", "row 3, column 'county': BIG stands in"),
        ("Big,100,50,,0\n", "row 2, column 'valid': Big: give valid too"),
        ("Big,100,-5,0,0\n", "row 2, column 'sampled'"),
        ("Big,100,,,\n", "no county has reported"),
    ],
)
def test_counts_that_cannot_be_true_are_refused_by_row(counts, rows, says):
    ended = run("project", *CALIFORNIA, "--counts", counts(rows))

    assert ended.exit_code == 2
    assert says in ended.stderr
    assert "Traceback" not in ended.output


def test_all_contradictions_come_at_once(counts):
    ended = run("project", *CALIFORNIA, "--counts", counts("A,1,2,0,0\nB,1,2,0,0\n"))

    assert "row 2: A" in ended.stderr
    assert "row 3: B" in ended.stderr


def test_washingtons_table_is_not_californias(counts):
    path = counts("348072,10512,897,9\n", "filed,sampled,invalid,duplicates\n")

    assert run("project", *CALIFORNIA, "--counts", path).exit_code == 2
    assert run("project", *WASHINGTON, "--counts", counts(SIX)).exit_code == 2
    assert run("break-even", *WASHINGTON, "--counts", path).exit_code == 2


def test_a_full_count_under_way(counts):
    rows = "A,500000,400000,300000,2000\nB,500000,0,0,0\n"
    path = counts(rows)
    common = ("project", *CALIFORNIA, "--counts", path, "--full-count", "--required")

    assert run(*common, 300_000).exit_code == 0
    assert run(*common, 300_001).exit_code == 3
    assert run(*common, 900_001).exit_code == 1


def test_break_even_names_who_is_out(counts):
    path = counts(SIX.replace("1275,995,1", ",,"))
    ended = run(
        "break-even",
        *CALIFORNIA,
        *("--counts", path, "--required", 300_000, "--json"),
    )
    data = json.loads(ended.stdout)

    assert ended.exit_code == 0
    assert data["counties_out"] == ["Mid"]
    assert [line["percent"] for line in data["lines"]] == ["5.08", "40.37", "110.96"]


def test_break_even_with_every_county_in_asks_nothing_more_of_anybody(counts):
    """Oracle: 314,932 projected in truth, so 300,000 are there and 330,001 are not."""
    ended = run(
        "break-even", *CALIFORNIA, *("--counts", counts(SIX), "--required", 300_000)
    )
    said = ended.stdout.splitlines()

    assert ended.exit_code == 0
    assert "every county has reported" in said[0]
    assert said[2].endswith("reached, with 14,932 to spare")
    assert said[3].endswith("not reached: 15,069 more were needed")
    assert " 0 " not in ended.stdout


@pytest.fixture
def certificates(counts, tmp_path):
    """Write one certificate per county, and return their paths."""
    paths = []
    for row in SIX.splitlines():
        ended = run(
            "project",
            *CALIFORNIA,
            *("--counts", counts(row + "\n"), "--required", 300_000),
            *("--part", "--measure", "test", "--json"),
        )
        assert json.loads(ended.stdout)["band"] is None
        path = tmp_path / f"{row.split(',')[0]}.json"
        path.write_text(ended.stdout)
        paths.append(path)
    return paths


def test_rolled_up_certificates_come_to_the_one_table(certificates, tmp_path):
    out = tmp_path / "state.json"
    ended = run("rollup", *certificates, "--counties", 6, "--out", out, "--json")
    data = json.loads(ended.stdout)

    assert ended.exit_code == 3
    assert (data["projected"], data["band"]) == (314_932, "full_count")
    assert json.loads(out.read_text()) == data


def test_a_missing_county_is_named(certificates):
    names = "Big,Large,Mid,Example,Small,Tiny=350"
    ended = run("rollup", *certificates[:-1], "--counties", names)

    assert "Note: Still out: Tiny." in ended.stdout
    assert ended.exit_code == 3


@pytest.mark.parametrize("change", ["foreign", "twice", "changed", "fewer"])
def test_wrong_certificates_are_refused_with_one_message(certificates, change):
    arguments = [*certificates]
    if change == "foreign":
        certificates[0].write_text("{}")
    if change == "changed":
        text = certificates[0].read_text()
        certificates[0].write_text(text.replace('"valid": 5694', '"valid": 5695'))
    if change == "twice":
        copy = certificates[0].with_name("copy.json")
        copy.write_text(certificates[0].read_text())
        arguments.append(copy)
    if change == "fewer":
        arguments += ["--counties", 3]

    ended = run("rollup", *arguments)

    assert ended.exit_code == 2
    assert ended.stderr.count("Error") == 1
    assert "Traceback" not in ended.output


@pytest.mark.parametrize(
    ("counties", "says"),
    [
        ("Big,Tiny=350,Tiny", "'Tiny' twice"),
        ("Big,,Tiny", "an empty name"),
        ("Big,Tiny=²", "write Alpine=8"),
        ("²", "reported, but not among"),
    ],
)
def test_counties_that_cannot_be_meant_are_refused(certificates, counties, says):
    ended = run("rollup", *certificates, "--counties", counties)

    assert ended.exit_code == 2
    assert says in ended.stderr


@pytest.mark.parametrize("verb", ["project", "rollup", "break-even"])
def test_help_ends_in_an_example(verb):
    assert "Example:" in run(verb, "--help").stdout


COLORADO = ("--law", "us/co/statute_initiative", "--on", "2012-02-01")


@pytest.mark.parametrize(
    "counts",
    [
        "county,raw,sampled,valid,duplicates\nColorado,163598,8180,4436,0\n",
        "filed,sampled,invalid,duplicates\n163598,8180,3744,0\n",
    ],
)
def test_colorados_initiative_30_comes_out_as_published(tmp_path, counts):
    """Published: 88,719 projected, 103.04% of 86,105, so every line was looked at."""
    path = tmp_path / "initiative-30.csv"
    path.write_text(counts, encoding="utf-8")
    found = run("project", *COLORADO, "--counts", path, "--json")
    data = json.loads(found.stdout)

    assert found.exit_code == 3
    assert (data["required"], data["projected"]) == (86_105, 88_719)
    assert (data["percent"], data["band"]) == ("103.04", "full_count")
    assert data["projection"] == "proportion"


def test_a_law_that_records_no_formula_says_so(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("county,raw,sampled,valid,duplicates\nClark,9000,500,400,0\n")
    law = ("--law", "us/nv/constitutional_initiative", "--required", "100")
    found = run("project", *law, "--counts", path)

    assert found.exit_code == 2
    assert "how a sample is projected is not recorded" in found.stderr
    assert "california, pair, proportion, washington" in found.stderr


OHIO = ("--law", "us/oh/constitutional_initiative", "--on", "2026-07-01")


@pytest.mark.parametrize(("required", "code"), [(420_000, 3), (420_001, 1)])
def test_a_state_that_checks_every_line_and_asks_where_signers_live(
    counts, required, code
):
    """Oracle: by hand, 250,000 + 170,000; counts do not say in how many counties."""
    table = counts(
        "Franklin,300000,300000,250000,20\nCuyahoga,200000,200000,170000,9\n"
    )
    found = run(
        "project", *OHIO, "--full-count", "--counts", table, "--required", required
    )

    assert found.exit_code == code
    assert ("where signers live" in found.stdout) == (code == 3)
