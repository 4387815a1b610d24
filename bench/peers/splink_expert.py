"""Splink 5 as an expert sets it up: labels, and one hierarchical address comparison.

splink_expert.py learn LABELLED TRUTH.csv ROLL.parquet SETTINGS.json MEMORY
splink_expert.py match PREPARED SETTINGS.json OUT.parquet MEMORY

How often a level occurs among true pairs (m) and among other blocked pairs (u) is
counted on labelled lines, so that spouses count as what they are; so are the share of
true pairs and the threshold. Blocking is by six keys.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

BLOCKS = (
    ("house", "street", "zip"),
    ("house", "street", "city"),
    ("last", "house", "zip"),
    ("first", "house", "zip"),
    ("last", "street", "zip"),
    ("last", "first", "county"),
)
TEXTS = [
    "last",
    "first",
    "middle",
    "suffix",
    "house",
    "street",
    "city",
    "zip",
    "county",
]


def same(*names: str) -> str:
    """Return SQL for texts that agree on both sides."""
    return " AND ".join(f"{name}_l = {name}_r" for name in names)


def near(name: str, least: float) -> str:
    """Return SQL for texts that resemble each other."""
    return f"jaro_winkler_similarity({name}_l, {name}_r) >= {least}"


def comparison(name: str, *levels: tuple[str, str]) -> cl.CustomComparison:
    """Return a comparison of levels (what it says, SQL), best first."""
    return cl.CustomComparison(
        output_column_name=name,
        comparison_levels=[
            *(cll.CustomLevel(sql, says) for says, sql in levels),
            cll.ElseLevel(),
        ],
    )


def comparisons() -> list[cl.CustomComparison]:
    """Return the expert's comparisons."""
    return [
        comparison(
            "surname",
            ("absent", "last_l IS NULL OR last_r IS NULL"),
            ("same", same("last")),
            ("the first name's place", "last_l = first_r AND first_l = last_r"),
            ("one slip", "damerau_levenshtein(last_l, last_r) <= 1"),
            (
                "part of a double name",
                "list_has_any(string_split(last_l, ' '), string_split(last_r, ' '))",
            ),
            ("like", near("last", 0.9)),
        ),
        comparison(
            "forename",
            ("absent", "first_l IS NULL OR first_r IS NULL"),
            ("same", same("first")),
            ("the surname's place", "last_l = first_r AND first_l = last_r"),
            ("initial", "length(first_l) = 1 AND first_l = first_r[1]"),
            ("one slip", "damerau_levenshtein(first_l, first_r) <= 1"),
            ("begins so", "first_l[1:3] = first_r[1:3]"),
            ("like", near("first", 0.85)),
        ),
        comparison(
            "middle_name",
            ("absent", "middle_l IS NULL OR middle_r IS NULL"),
            ("same", same("middle")),
        ),
        comparison(
            "generation",
            ("none", "suffix_l IS NULL AND suffix_r IS NULL"),
            ("same", same("suffix")),
            ("one lacks it", "suffix_l IS NULL OR suffix_r IS NULL"),
        ),
        comparison(
            "address",
            ("same", same("house", "street", "zip")),
            ("other ZIP, same city", same("house", "street", "city")),
            ("house and street", same("house", "street")),
            (
                "street a slip away",
                same("house", "zip") + " AND " + near("street", 0.85),
            ),
            (
                "house a slip away",
                same("street", "zip")
                + " AND damerau_levenshtein(house_l, house_r) <= 1",
            ),
            ("house and ZIP", same("house", "zip")),
            ("street and ZIP", same("street", "zip")),
            ("no street written", "house_l IS NULL OR street_l IS NULL"),
            ("ZIP", same("zip")),
            ("city", same("city")),
        ),
    ]


def linker(settings: dict[str, object], lines: str, memory: str, spill: Path) -> Linker:
    """Return a linker of `lines` with the roll."""
    con = duckdb.connect()
    con.sql(f"SET memory_limit = '{memory}'; SET threads = 2")
    con.sql(f"SET temp_directory = '{spill}'")
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in TEXTS)
    api = DuckDBAPI(connection=con)
    sides = []
    for name, key, path in (
        ("a_lines", "line_id", lines),
        ("b_roll", "voter_id", settings["roll"]),
    ):
        con.sql(
            f"CREATE TABLE {name}_table AS SELECT {key} AS unique_id, {texts} "
            f"FROM read_parquet('{path}')"
        )
        sides.append(api.register(f"{name}_table", dataset_display_name=name))
    made = SettingsCreator(
        link_type="link_only",
        comparisons=settings["comparisons"],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in BLOCKS],
        probability_two_random_records_match=settings["prior"],
        retain_matching_columns=bool(settings["gammas"]),
        retain_intermediate_calculation_columns=False,
    )
    return Linker(sides, made, log_level="ERROR")


def best(predicted: object) -> pl.DataFrame:
    """Return the likeliest voter of each line."""
    found = predicted.as_duckdbpyrelation()
    return found.query(
        "p",
        "SELECT unique_id_l AS line_id, arg_max(unique_id_r, match_probability) AS "
        "voter_id, max(match_probability) AS probability FROM p GROUP BY ALL",
    ).pl()


def counted(pairs: pl.DataFrame, truth: pl.DataFrame) -> tuple[list, float]:
    """Return the comparisons with m and u counted on labelled pairs, and the prior."""
    joined = pairs.join(truth, left_on="unique_id_l", right_on="line_id")
    joined = joined.with_columns(
        signer=pl.col("unique_id_r") == pl.col("voter_id").fill_null("")
    )
    shares = {}
    out = []
    for each in comparisons():
        made = each.create_comparison_dict("duckdb")
        gamma = f"gamma_{made['output_column_name']}"
        levels = made["comparison_levels"]
        for at, level in enumerate(levels):
            value = len(levels) - 1 - at
            for name, signer in (("m", True), ("u", False)):
                side = joined.filter(pl.col("signer") == signer)
                n = side.filter(pl.col(gamma) == value).height
                shares[name] = (n + 0.5) / (side.height + 0.5 * len(levels))
            level["m_probability"], level["u_probability"] = shares["m"], shares["u"]
        out.append(made)
    return out, joined["signer"].mean()


def threshold(found: pl.DataFrame, truth: pl.DataFrame) -> float:
    """Return the probability at which the labelled lines' F1 is highest."""
    right = found.join(truth, on="line_id", suffix="_true").with_columns(
        right=pl.col("voter_id") == pl.col("voter_id_true").fill_null("")
    )
    signed = truth.filter(pl.col("voter_id").fill_null("") != "").height
    ranked = right.sort("probability", descending=True).with_columns(
        f1=2 * pl.col("right").cum_sum() / (pl.int_range(1, pl.len() + 1) + signed)
    )
    return ranked.filter(pl.col("f1") == pl.col("f1").max())["probability"][-1]


def learn(labelled: Path, truth_path: Path, roll: Path, out: Path, memory: str) -> None:
    """Count m, u, prior and threshold on labelled lines, and write the settings."""
    truth = pl.read_csv(truth_path, infer_schema=False).select("line_id", "voter_id")
    settings: dict[str, object] = {
        "roll": str(roll),
        "comparisons": [
            each.create_comparison_dict("duckdb") for each in comparisons()
        ],
        "prior": 0.01,
        "gammas": True,
    }
    for each in settings["comparisons"]:
        for level in each["comparison_levels"]:
            level["m_probability"] = level["u_probability"] = 0.5
    lines = str(labelled / "lines.parquet")
    first = linker(settings, lines, memory, out.parent / "spill")
    pairs = first.inference.predict(warning_mode="never").as_duckdbpyrelation().pl()
    settings["comparisons"], settings["prior"] = counted(pairs, truth)
    settings["gammas"] = False
    second = linker(settings, lines, memory, out.parent / "spill")
    found = best(second.inference.predict(warning_mode="never"))
    settings["threshold"] = threshold(found, truth)
    out.write_text(json.dumps(settings, indent=1))


def match(prepared: Path, settings_path: Path, out: Path, memory: str) -> None:
    """Match with the settings learned, and write line_id, voter_id, probability."""
    settings = json.loads(settings_path.read_text())
    settings["roll"] = str(prepared / "roll.parquet")
    lines = str(prepared / "lines.parquet")
    run = linker(settings, lines, memory, out.parent / "spill")
    found = run.inference.predict(
        threshold_match_probability=0.01, warning_mode="never"
    )
    likely = best(found).filter(pl.col("probability") >= settings["threshold"])
    likely.write_parquet(out)


def main() -> None:
    """Do what the first argument says."""
    asked, *rest = sys.argv[1:]
    if asked == "learn":
        labelled, truth, roll, out, memory = rest
        learn(Path(labelled), Path(truth), Path(roll), Path(out), memory)
    else:
        prepared, settings, out, memory = rest
        match(Path(prepared), Path(settings), Path(out), memory)


if __name__ == "__main__":
    main()
