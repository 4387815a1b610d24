"""A simulated petition against its mix, its truth and its roll."""

from __future__ import annotations

import hashlib
from datetime import date
from math import sqrt

import numpy as np
import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.petition.intake import read_lines, read_sections
from plebiscite.petition.manifest import manifest_of, read_manifest
from plebiscite.roll.store import build_roll
from plebiscite.simulate.mix import BENCHMARK, CALIFORNIA, Mix
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import write_roll

PINNED = "a2e9ee743d49d25e821e8e416c84fb71b51846fe45889890c3efca0520968cea"
PLACE = ["first", "last", "house", "street", "zip"]


def near(found, share, whole, *, sigmas=4):
    """Whether a count lies within the binomial bounds of a share."""
    spread = sqrt(whole * share * (1 - share)) + 1
    return abs(found - share * whole) <= sigmas * spread


def test_kinds_have_the_shares_asked_for(benchmark):
    """Oracle: the mix, within binomial bounds."""
    kinds = dict(benchmark.truth["kind"].value_counts().iter_rows())
    for kind, share in BENCHMARK.kinds.items():
        if kind != "duplicate":
            assert near(kinds[kind], share, 5_000), kind
    again = benchmark.truth["duplicate_of"].is_not_null().sum()
    assert near(again, BENCHMARK.kinds["duplicate"], 5_000)
    assert benchmark.figures.raw == 5_000


@pytest.mark.parametrize("made", ["benchmark", "california"])
def test_noise_has_the_shares_asked_for(made, request):
    """Oracle: the mix, within binomial bounds, of the lines that voters wrote."""
    mix = {"benchmark": BENCHMARK, "california": CALIFORNIA}[made]
    truth = request.getfixturevalue(made).truth
    wrote = truth.filter(pl.col("voter_id").is_not_null())
    first = wrote["noise"].str.split("+").list.first().value_counts()
    found = dict(first.iter_rows())
    scarce = {"maiden_name", "former_address"}
    for kind, share in mix.noise.items():
        if kind in scarce:
            assert 0 < found[kind] <= share * wrote.height * 1.3
        else:
            assert near(found[kind], share, wrote.height), kind


def test_slips_combine_rarely(california):
    two = california.truth["noise"].str.contains("+", literal=True)
    assert 0.005 < two.mean() < 0.08


def test_the_truth_agrees_with_the_roll(california, voters):
    """Joined by voter id, each kind is what it says it is."""
    lines = california.lines.select("line_id", "county", "signed_on", *PLACE)
    told = california.truth.join(lines, on="line_id").with_columns(
        pl.col("signed_on").str.to_date()
    )
    joined = told.join(voters, on="voter_id", how="left", suffix="_roll")
    kinds = {str(name): rows for (name,), rows in joined.group_by("kind")}

    for kind in ("unregistered", "unregistered_relative"):
        assert kinds[kind]["voter_id"].is_null().all()
    registered = kinds["registered"]
    assert (registered["county"] == registered["county_roll"]).all()
    assert (registered["status"] == "active").all()
    assert (registered["registered_on"] <= registered["signed_on"]).all()
    late = kinds["late"]
    assert (late["registered_on"] > late["signed_on"]).all()
    assert (kinds["cancelled"]["status"] == "cancelled").all()
    away = kinds["wrong_county"]
    assert (away["county"] != away["county_roll"]).all()
    moved = kinds["moved"].filter(pl.col("noise").is_null())
    same = pl.struct("house", pl.col("street").str.to_uppercase(), "zip")
    theirs = pl.struct(house="house_roll", street="street_roll", zip="zip_roll")
    assert moved.filter(same.eq(theirs)).is_empty()
    plain = registered.filter(pl.col("noise").is_null())
    for name in PLACE:
        assert (plain[name].str.to_uppercase() == plain[f"{name}_roll"]).all(), name


def test_nobody_called_unregistered_is_on_the_roll(benchmark, voters):
    """A relative's name at the voter's address is never a registered voter's."""
    strangers = benchmark.truth.filter(pl.col("voter_id").is_null())
    lines = benchmark.lines.join(strangers, on="line_id", how="semi").with_columns(
        pl.col("first", "last", "street").str.to_uppercase()
    )
    assert lines.join(voters, on=PLACE, how="semi").is_empty()
    relatives = benchmark.truth.filter(kind="unregistered_relative")
    homes = lines.join(relatives, on="line_id", how="semi")
    assert homes.join(voters, on=PLACE[1:], how="anti").is_empty()


def test_every_repeated_voter_is_told(california):
    """Among filed lines, a voter's first is the original and all others name it."""
    filed = california.truth.join(
        california.lines.filter(pl.col("struck") == "0"), on="line_id", how="semi"
    ).filter(pl.col("voter_id").is_not_null())
    firsts = filed.filter(pl.col("duplicate_of").is_null())
    again = filed.filter(pl.col("duplicate_of").is_not_null())

    assert firsts["voter_id"].is_unique().all()
    pairs = again.join(firsts, left_on="duplicate_of", right_on="line_id")
    assert pairs.height == again.height
    assert (pairs["voter_id"] == pairs["voter_id_right"]).all()


def test_second_signatures_stand_near_the_first(california):
    """Most within one circulator's sections, few on the very same sheet."""
    where = california.lines.select("line_id", "section", "circulator_id", "county")
    again = california.truth.filter(pl.col("duplicate_of").is_not_null())
    pairs = again.join(where, on="line_id").join(
        where, left_on="duplicate_of", right_on="line_id"
    )
    pairs = pairs.filter(county="Los Angeles")
    assert 0.5 < (pairs["circulator_id"] == pairs["circulator_id_right"]).mean() < 0.9
    assert (pairs["section"] == pairs["section_right"]).mean() < 0.5


def test_duplicates_found_grow_with_the_square_of_the_share_checked(california):
    """Oracle: Washington's Referendum 71 (2009), counted as it was checked.

    242 duplicates after 48,289 of 137,881 lines, 2,093 at the end; the pair model says
    that the ratio to the square of the share stays the same.
    Source: Washington Secretary of State, posts of August and September 2009.
    """
    checked = {48_289: 242, 72_976: 593, 88_191: 877, 125_631: 1_730, 137_881: 2_093}
    rows = california.truth.with_row_index("at")
    again = rows.filter(pl.col("duplicate_of").is_not_null())
    pairs = again.join(rows, left_on="duplicate_of", right_on="line_id")
    rng = np.random.default_rng(1)
    total = pairs.height
    for lines, found in checked.items():
        share = lines / 137_881
        assert found / 2_093 == pytest.approx(share**2, abs=0.02)
        drawn = np.zeros(rows.height, dtype=bool)
        drawn[rng.permutation(rows.height)[: int(share * rows.height)]] = True
        both = drawn[pairs["at"].to_numpy()] & drawn[pairs["at_right"].to_numpy()]
        assert near(int(both.sum()), share**2, total)


def test_the_simulated_rates_are_a_californian_drives(california):
    """Oracle: certified drives have 78.8% valid on average, 1.5-3% duplicates."""
    figures = california.figures
    assert 0.74 <= figures.valid / figures.raw <= 0.79
    assert 0.02 <= figures.duplicates / figures.raw <= 0.03
    assert figures.struck == 400
    reasons = dict(california.decisions["reason"].value_counts().iter_rows())
    for reason, share in {"SIG_MISSING": 0.005, "WITHDRAWN": 0.001}.items():
        assert near(reasons[reason], share, figures.raw)
    assert near(reasons["SIG_MISMATCH"], 0.01, figures.valid + figures.duplicates)


def test_the_clerk_decides_every_filed_line_once(california):
    filed = california.lines.filter(pl.col("struck") == "0")
    decided = california.decisions
    assert decided["line_id"].to_list() == filed["line_id"].to_list()
    valid = decided.filter(decision="valid")
    assert valid["reason"].is_null().all()
    assert valid["voter_id"].is_not_null().all()
    assert decided.filter(decision="invalid")["reason"].is_not_null().all()
    counts = california.file("counts.csv")
    assert valid.height == (counts["valid"] + counts["duplicates"]).sum()
    assert valid["voter_id"].n_unique() == counts["valid"].sum()


def test_a_clerk_who_errs_changes_decisions_and_not_the_truth(roll_file, tmp_path):
    counts = {}
    for errors in (0.0, 0.05):
        write_petition(
            roll_file,
            tmp_path / "p",
            lines=4_000,
            seed=3,
            mix=CALIFORNIA.with_shares({"clerk_errors": errors}, {}),
        )
        found = pl.read_csv(tmp_path / "p" / "decisions.csv")
        counts[errors] = (found, pl.read_csv(tmp_path / "p" / "counts.csv"))
    right, wrong = counts[0.0], counts[0.05]
    assert right[1].equals(wrong[1])
    changed = (right[0]["decision"] != wrong[0]["decision"]).sum()
    assert 80 < changed < 260


def test_the_files_are_what_a_county_can_read(california):
    """The intake takes lines, sections and manifest, and all three agree."""
    lines = read_lines(california.folder / "lines.csv")
    sections = read_sections(california.folder / "sections.csv")
    manifest = read_manifest(california.folder / "manifest.csv")

    assert lines.height == 20_400
    assert sum(manifest.raw_by_county().values()) == 20_000
    assert manifest.raw_by_county() == california.figures.counties
    assert manifest_of(lines).raw_by_county() == manifest.raw_by_county()
    dated = lines.join(sections, on=["county", "section"])
    assert dated.height == lines.height
    assert dated["signed_on"].is_between(dated["from"], dated["to"]).all()
    assert dated["signed_on"].min() >= date(2017, 1, 26)
    assert dated["signed_on"].max() <= date(2017, 7, 25)
    claimed = california.file("manifest.csv")["lines_claimed"]
    assert claimed.max() <= 50
    assert (sections["declaration"] != "complete").mean() == pytest.approx(
        0.01, abs=0.01
    )


def test_the_same_seed_gives_the_same_bytes_from_any_form_of_the_roll(
    roll_file, tmp_path
):
    """Flat or built by county, the roll is the same, and so is the petition."""
    build_roll(roll_file, out=tmp_path / "roll", as_of=date(2017, 7, 25))
    made = {}
    for name, roll in {
        "flat": roll_file,
        "again": roll_file,
        "built": tmp_path / "roll",
    }.items():
        write_petition(roll, tmp_path / name, lines=2_000, seed=9, mix=CALIFORNIA)
        made[name] = {
            file.name: file.read_bytes() for file in (tmp_path / name).iterdir()
        }
    assert made["flat"] == made["again"] == made["built"]
    assert b"invented" in made["flat"]["README.txt"]


def test_the_same_seed_gives_the_same_lines_everywhere(tmp_path):
    """Made on one machine, to be found again on every other."""
    write_roll(tmp_path / "roll.csv", voters=3_000, seed=5)
    write_petition(tmp_path / "roll.csv", tmp_path / "p", lines=300, seed=6)
    files = [tmp_path / "p" / name for name in ("lines.csv", "truth.csv")]
    both = b"".join(file.read_bytes() for file in files)
    assert hashlib.sha256(both).hexdigest() == PINNED


def test_names_and_addresses_may_come_in_one_piece(roll_file, tmp_path):
    write_petition(
        roll_file,
        tmp_path / "p",
        lines=300,
        seed=9,
        table_format="parquet",
        single_string=True,
        counties=["Alameda", "Marin"],
        weights={"Marin": 5},
    )
    lines = pl.read_parquet(tmp_path / "p" / "lines.parquet")
    assert {"name", "address"} <= set(lines.columns)
    assert not {"first", "house"} & set(lines.columns)
    assert set(lines["county"]) == {"Alameda", "Marin"}
    assert (lines["county"] == "Marin").mean() == pytest.approx(0.47, abs=0.04)
    assert read_lines(tmp_path / "p" / "lines.parquet").height == 300


def test_what_cannot_be_made_is_refused_and_nothing_is_written(roll_file, tmp_path):
    out = tmp_path / "p"
    for says, arguments in {
        "at least one line": {"lines": 0},
        "closes no earlier": {"lines": 10, "closes": date(2016, 1, 1)},
        "no county 'Alpin'": {"lines": 10, "counties": ["Alpin"]},
        "between 0 and": {"lines": 10, "weights": {"Marin": -1}},
        "ask for fewer lines": {"lines": 200_000},
    }.items():
        with pytest.raises(InputError, match=says):
            write_petition(roll_file, out, seed=1, **arguments)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="is no voter roll: it has no column voter_id"):
        write_petition(other, out, lines=1, seed=1)
    with pytest.raises(InputError, match="left alone"):
        write_petition(roll_file, tmp_path, lines=1, seed=1)
    assert not out.exists()


@pytest.mark.parametrize(
    ("kinds", "noise", "says"),
    [
        ({"twins": 0.1}, {}, "no kind of line"),
        ({}, {"ink": 0.1}, "no kind of noise"),
        ({"moved": 1.1}, {}, "between 0 and 1"),
        ({"moved": 0.8, "late": 0.5}, {}, "come to 1.3"),
        ({"registered": 0.5}, {}, "what the other kinds leave over"),
        ({"struck": -1}, {}, "between 0 and 1"),
    ],
)
def test_an_impossible_mix_is_refused(kinds, noise, says):
    with pytest.raises(InputError, match=says):
        Mix().with_shares(kinds, noise)
