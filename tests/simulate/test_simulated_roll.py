"""A simulated roll against the published totals it is made from."""

from __future__ import annotations

import hashlib
from datetime import date

import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.roll.voter import ROLL_COLUMNS
from plebiscite.simulate.frequency import table
from plebiscite.simulate.population.chunk import make_chunk
from plebiscite.simulate.roll import AS_OF, chunks, county_sizes, write_roll

HOUSEHOLD = ["house", "unit", "street", "zip"]
PINNED = "f399355860f8ad4ae9d295cf1fded1822f5fa50db8acc927fae03f21b43de59c"


def test_counties_have_their_share_of_real_registration(voters):
    """Oracle: active registration by county, EAVS 2016 (19,435,856 in all)."""
    published = table("counties.csv")
    assert published["active_registered"].sum() == 19_435_856
    assert published.height == 58

    found = dict(voters["county"].value_counts().iter_rows())

    for county, registered in published.iter_rows():
        exact = registered * voters.height / 19_435_856
        assert abs(found.get(county, 0) - exact) < 1


def test_a_roll_of_any_size_has_exactly_that_many_voters():
    for voters in (1, 57, 1_000, 999_999):
        assert sum(county_sizes(voters).values()) == voters


def test_surnames_are_as_frequent_as_the_census_says(voters):
    """Oracle: ranks of the 2010 census, shifted by California's mix of origins."""
    census = (
        table("surnames.parquet")
        .head(400)
        .with_columns(
            expected=pl.sum_horizontal(
                # California's electorate against the nation's, roughly
                pl.col("white") * 0.75,
                pl.col("black") * 0.5,
                pl.col("api") * 2.5,
                pl.col("hispanic") * 1.6,
            )
            * pl.col("count")
        )
    )
    found = voters["last"].value_counts(name="found")
    both = census.join(found, left_on="name", right_on="last", how="left").fill_null(0)

    rank = both.select(pl.corr("expected", "found", method="spearman")).item()

    assert rank > 0.85


def test_names_depend_on_the_place(voters):
    """Nguyen stands out around Little Saigon, Garcia in the Central Valley."""

    def share(name, place):
        here = voters.filter(place)
        return (here["last"] == name).mean()

    saigon = pl.col("zip").is_in(["92683", "92844", "95121", "95122"])
    north = pl.col("county").is_in(["Marin", "Placer", "Nevada", "El Dorado"])
    valley = pl.col("county").is_in(["Imperial", "Tulare", "Merced", "Monterey"])
    assert share("NGUYEN", saigon) > 0.05 > 10 * share("NGUYEN", north)
    assert share("GARCIA", valley) > 2 * share("GARCIA", north)


def test_given_names_follow_the_year_of_birth(voters):
    """Oracle: Californian births; Linda was of the forties, Jessica of the eighties."""

    def share(name, low, high):
        born = voters.filter(pl.col("birth_year").is_between(low, high))
        return (born["first"] == name).mean()

    assert share("LINDA", 1940, 1955) > 5 * share("LINDA", 1980, 1995)
    assert share("JESSICA", 1980, 1995) > 5 * share("JESSICA", 1940, 1955)


def test_households_hold_families(voters):
    homes = voters.group_by(HOUSEHOLD).agg(
        pl.len().alias("voters"),
        pl.col("last").n_unique().alias("surnames"),
        pl.col("suffix").is_in(["JR", "III"]).any().alias("junior"),
        (pl.struct("first", "last").is_duplicated()).any().alias("namesakes"),
    )
    couples = homes.filter(voters=2)
    assert 1.6 < homes["voters"].mean() < 2.0
    assert 0.55 < (couples["surnames"] == 1).mean() < 0.8
    assert homes.filter(pl.col("namesakes") & pl.col("junior")).height > 50


def test_the_roll_has_what_makes_matching_hard(voters):
    """Each of these traps exists, in a share that is neither nothing nor much."""
    double = voters["last"].str.contains("[- ]").mean()
    namesakes = voters.select(
        pl.struct("first", "last", "county").is_duplicated().mean()
    )
    assert 0.02 < double < 0.06
    assert namesakes.item() > 0.02
    assert 0.2 < voters["unit"].is_not_null().mean() < 0.45
    assert 0.005 < voters["former_last"].is_not_null().mean() < 0.04
    assert 0.01 < voters["former_street"].is_not_null().mean() < 0.05
    assert 0.9 < (voters["status"] == "active").mean() < 0.94
    assert 0.0003 < voters["confidential"].mean() < 0.003
    assert 0.01 < (voters["registered_on"] > date(2017, 1, 26)).mean() < 0.12
    assert voters["registered_on"].max() <= AS_OF
    assert voters["birth_year"].max() <= AS_OF.year - 18


def test_columns_are_those_of_a_roll(voters):
    assert voters.columns == [column.name for column in ROLL_COLUMNS]
    assert voters["voter_id"].n_unique() == voters.height


def test_chunks_can_be_made_in_any_order(voters):
    """A chunk depends on nothing but itself: made alone, it is the roll's."""
    plan = chunks(voters.height, seed=11, as_of=AS_OF)
    for chunk in (plan[-1], plan[18], plan[0]):
        alone = make_chunk(chunk)
        assert alone.equals(voters.slice(chunk.first, chunk.voters))


def test_the_same_seed_gives_the_same_bytes_everywhere(tmp_path):
    """Made on one machine, to be found again on every other."""
    path = tmp_path / "roll.csv"
    write_roll(path, voters=3_000, seed=5)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == PINNED

    again = tmp_path / "again.parquet"
    write_roll(again, voters=3_000, seed=5)
    first = again.read_bytes()
    write_roll(again, voters=3_000, seed=5)
    assert again.read_bytes() == first
    write_roll(again, voters=3_000, seed=6)
    assert again.read_bytes() != first


def test_a_folder_of_parts_holds_the_same_roll(tmp_path):
    write_roll(tmp_path / "parts", voters=3_000, seed=5)
    write_roll(tmp_path / "one.parquet", voters=3_000, seed=5)
    write_roll(tmp_path / "parts", voters=3_000, seed=5)

    parts = pl.read_parquet(tmp_path / "parts" / "*.parquet")

    assert parts.equals(pl.read_parquet(tmp_path / "one.parquet"))


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(InputError, match="left alone"):
        write_roll(tmp_path, voters=10, seed=1)

    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize(("voters", "seed"), [(0, 1), (10**9, 1), (10, -1)])
def test_an_impossible_roll_is_refused(tmp_path, voters, seed):
    with pytest.raises(InputError, match=r"to 200,000,000|from 0"):
        write_roll(tmp_path / "roll.csv", voters=voters, seed=seed)
    assert not list(tmp_path.iterdir())
