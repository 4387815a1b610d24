"""Derive the tables that `plebiscite simulate` ships, from public sources.

Run:  python tools/derive_names.py --data FOLDER --out src/plebiscite/simulate/tables

FOLDER holds these files, under `names/` and `california/`:

- census_2010_surnames.csv: US Census Bureau, Frequently Occurring Surnames from the
  2010 Census (https://www.census.gov/topics/population/genealogy/data/2010_surnames.html);
  public domain.
- california_given_names_1910_2001.csv.gz (year, sex, name, births): Social Security
  Administration, baby names by state (https://www.ssa.gov/oact/babynames/limits.html);
  public domain.
- first_name_given_race_harvard.csv: K. Tzioumis, Demographic aspects of first names,
  Harvard Dataverse (https://doi.org/10.7910/DVN/TYJKEZ); CC0.
- california_zcta_race_2010.csv: shares by ZIP area, 2010 Census summary file 1;
  public domain. Its exact shares give the population back as a common denominator.
- california_zip_city_county.csv: which ZIP lies in which city and county; facts only.
- california_cities.csv: full names of the cities that the file above cuts short.
- nicknames.csv: carltonnorthern/nicknames on GitHub; Apache-2.0.
- eavs_2016_reg_california.csv: US Election Assistance Commission, Election
  Administration and Voting Survey 2016; US government data.
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from math import lcm
from pathlib import Path

import polars as pl

SURNAMES = 40_000
GIVEN_PER_SEX_AND_DECADE = 1_200
LARGEST_AREA = 130_000
CUT_AT = 16
MOSTLY = 500
ORIGINS = ("white", "black", "api", "hispanic")
SPACED = {
    "DELACRUZ": "DE LA CRUZ",
    "DELAROSA": "DE LA ROSA",
    "DELATORRE": "DE LA TORRE",
    "DELAGARZA": "DE LA GARZA",
    "DELEON": "DE LEON",
    "DELRIO": "DEL RIO",
    "DELTORO": "DEL TORO",
    "OBRIEN": "O'BRIEN",
    "OCONNOR": "O'CONNOR",
    "OCONNELL": "O'CONNELL",
    "ONEAL": "O'NEAL",
    "ONEILL": "O'NEILL",
    "OHARA": "O'HARA",
    "DANGELO": "D'ANGELO",
    "LABLANC": "LA BLANC",
    "VANDYKE": "VAN DYKE",
    "STJOHN": "ST JOHN",
}


def surnames(folder: Path) -> pl.DataFrame:
    """Return name, bearers and the per mille of each origin, most frequent first.

    The Census suppresses small shares as "(S)"; what the others leave is spread evenly.
    Native and several origins are counted with the largest of the four groups.
    """
    columns = ["pctwhite", "pctblack", "pctapi", "pctaian", "pct2prace", "pcthispanic"]
    table = pl.read_csv(folder / "names/census_2010_surnames.csv", null_values="(S)")
    table = table.filter(pl.col("name") != "ALL OTHER NAMES").head(SURNAMES)
    known = pl.sum_horizontal(columns)
    missing = pl.sum_horizontal([pl.col(c).is_null() for c in columns])
    rest = (100 - known).clip(0, 100) / pl.when(missing > 0).then(missing).otherwise(1)
    full = table.with_columns([pl.col(c).fill_null(rest) for c in columns])
    return full.select(
        pl.col("name").replace(SPACED),
        pl.col("count").cast(pl.Int32),
        *[
            (pl.col(f"pct{origin}") * 10).round().cast(pl.Int16).alias(origin)
            for origin in ORIGINS
        ],
    )


def given(folder: Path) -> pl.DataFrame:
    """Return sex, decade, name, births and the per mille of each origin.

    Names of the Asian and Pacific group that California births hardly know stand with
    sex "x" and decade 0: they belong to voters born elsewhere.
    """
    births = pl.read_csv(folder / "names/california_given_names_1910_2001.csv.gz")
    births = births.select(
        "sex",
        (pl.col("year") // 10 * 10).alias("decade").cast(pl.Int16),
        pl.col("name").str.to_uppercase(),
        "births",
    )
    grouped = births.group_by("sex", "decade", "name").agg(pl.col("births").sum())
    order = ["sex", "decade", "births", "name"]
    grouped = grouped.sort(order, descending=[False, False, True, False])
    grouped = grouped.group_by("sex", "decade", maintain_order=True).head(
        GIVEN_PER_SEX_AND_DECADE
    )
    shares = origins(folder)
    joined = grouped.join(shares, on="name", how="left", maintain_order="left")
    joined = joined.with_columns(
        pl.col("white").fill_null(450),
        pl.col("black").fill_null(120),
        pl.col("api").fill_null(130),
        pl.col("hispanic").fill_null(300),
    )
    elsewhere = shares.filter(
        (pl.col("api") >= MOSTLY) & (pl.col("name").str.len_chars() > 1)
    ).select(
        pl.lit("x").alias("sex"),
        pl.lit(0).cast(pl.Int16).alias("decade"),
        "name",
        pl.lit(100).cast(pl.Int64).alias("births"),
        *ORIGINS,
    )
    return pl.concat([joined, elsewhere.sort("name")]).with_columns(
        pl.col("births").cast(pl.Int32)
    )


def origins(folder: Path) -> pl.DataFrame:
    """Return the per mille of each origin among the bearers of a given name."""
    table = pl.read_csv(folder / "names/first_name_given_race_harvard.csv")
    return table.select(
        "name",
        *[(pl.col(o) * 1000).round().cast(pl.Int16) for o in ORIGINS],
    ).unique("name", keep="first", maintain_order=True)


def population(shares: tuple[float, ...]) -> int:
    """Return the smallest population that gives exactly these shares."""
    parts = [Fraction(share).limit_denominator(LARGEST_AREA) for share in shares]
    return lcm(*[part.denominator for part in parts])


def full_names(folder: Path, cities: pl.Series) -> list[str]:
    """Return the cities' names, completed where they were cut at sixteen letters."""
    known = pl.read_csv(folder / "names/california_cities.csv")["CITY"]
    whole = sorted(set(known.str.to_uppercase()))
    found = []
    for city in cities:
        longer = [name for name in whole if name.startswith(city)]
        found.append(longer[0] if len(city) == CUT_AT and longer else city)
    return found


def areas(folder: Path) -> pl.DataFrame:
    """Return county, zip, city, people and the per mille of each origin."""
    places = pl.read_csv(
        folder / "names/california_zip_city_county.csv",
        schema_overrides={"zipcode": pl.String},
    ).filter(pl.col("city").is_not_null() & ~pl.col("city").str.contains("(?i)zcta"))
    mix = pl.read_csv(
        folder / "names/california_zcta_race_2010.csv",
        schema_overrides={"zcta5": pl.String},
    ).drop_nulls()
    people = [population(row[1:]) for row in mix.iter_rows()]
    table = mix.with_columns(pl.Series("people", people, pl.Int32)).filter(
        pl.col("people").is_between(20, LARGEST_AREA)
    )
    joined = places.join(table, left_on="zipcode", right_on="zcta5").with_columns(
        pl.col("city").str.to_uppercase().str.strip_chars()
    )
    joined = joined.with_columns(pl.Series("city", full_names(folder, joined["city"])))
    return joined.select(
        "county",
        pl.col("zipcode").alias("zip"),
        "city",
        "people",
        *[(pl.col(o) * 1000).round().cast(pl.Int16) for o in ORIGINS],
    ).sort("county", "zip")


def counties(folder: Path) -> pl.DataFrame:
    """Return county and active registration of November 2016."""
    table = pl.read_csv(folder / "california/eavs_2016_reg_california.csv")
    return table.select(
        pl.col("county_name").str.strip_suffix(" County").alias("county"),
        pl.col("total_active_reg").alias("active_registered"),
    ).sort("county")


def nicknames(folder: Path, known: pl.Series) -> pl.DataFrame:
    """Return name, nickname: both borne by Californians, so that no oddity remains."""
    table = pl.read_csv(folder / "names/nicknames.csv")
    pairs = table.select(
        pl.col("name1").str.to_uppercase().alias("name"),
        pl.col("name2").str.to_uppercase().alias("nickname"),
    ).unique()
    kept = pairs.filter(
        pl.col("name").is_in(known.implode())
        & pl.col("nickname").is_in(known.implode())
        & (pl.col("name") != pl.col("nickname"))
    )
    return kept.sort("name", "nickname")


def main() -> None:
    """Write the five tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    folder, out = chosen.data, chosen.out
    best = {"compression": "zstd", "compression_level": 19}
    surnames(folder).write_parquet(out / "surnames.parquet", **best)
    names = given(folder)
    names.write_parquet(out / "given.parquet", **best)
    areas(folder).write_csv(out / "areas.csv")
    counties(folder).write_csv(out / "counties.csv")
    nicknames(folder, names["name"].unique()).write_csv(out / "nicknames.csv")


if __name__ == "__main__":
    main()
