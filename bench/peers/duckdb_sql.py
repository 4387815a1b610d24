"""Matching in SQL: six keys, weights by hand, the best voter of each line.

duckdb_sql.py PREPARED OUT.parquet MEMORY, on what `prepare.py` cleaned, or
duckdb_sql.py ROLL LINES OUT.parquet MEMORY, which cleans in SQL what stands there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

KEYS = (
    "house, street, zip",
    "house, street, city",
    "last, house, zip",
    "first, house, zip",
    "last, street, zip",
    "last, first, county",
)
MOST = 100
"""A key shared by more voters than this is not followed."""
WEIGHTS = """
    (CASE WHEN l.last = v.last THEN 6
          WHEN l.last = v.first AND l.first = v.last THEN 8
          WHEN damerau_levenshtein(l.last, v.last) = 1 THEN 4
          WHEN jaro_winkler_similarity(l.last, v.last) > .9 THEN 3
          ELSE -6 END)
  + (CASE WHEN l.first = v.first THEN 6
          WHEN l.first = v.last AND l.last = v.first THEN 4
          WHEN length(l.first) = 1 AND l.first = v.first[1] THEN 2
          WHEN damerau_levenshtein(l.first, v.first) = 1 THEN 3
          WHEN jaro_winkler_similarity(l.first, v.first) > .88 THEN 2
          ELSE -9 END)
  + (CASE WHEN l.middle <> '' AND l.middle = v.middle THEN 1
          WHEN l.middle <> '' AND v.middle <> '' AND l.middle <> v.middle THEN -2
          ELSE 0 END)
  + (CASE WHEN l.suffix = v.suffix THEN 0 ELSE -2 END)
  + (CASE WHEN l.house = v.house AND l.street = v.street AND l.zip = v.zip THEN 8
          WHEN l.house = v.house AND l.street = v.street THEN 6
          WHEN l.house = v.house AND l.zip = v.zip THEN 4
          WHEN l.street = v.street AND l.zip = v.zip THEN 3
          WHEN l.zip = v.zip THEN 0
          ELSE -3 END)
"""
LEAST = 8
"""The least weight at which a voter is named."""


TEXTS = ("last", "first", "middle", "suffix", "house", "street", "city", "zip")
KINDS = (
    "ST|STREET|AVE|AVENUE|AV|BLVD|BOULEVARD|DR|DRIVE|RD|ROAD|LN|LANE|CT|COURT|WAY|PL|PLACE"
    "|CIR|CIRCLE|TER|TERRACE|PKWY|PARKWAY|HWY|TRL|TRAIL"
)


def cleaned(files: str, keyed: str) -> str:
    """Return the texts of lines or voters folded as `prepare.py` folds them, in SQL."""

    def folded(name: str) -> str:
        plain = f"upper(strip_accents(coalesce({name}::VARCHAR, '')))"
        marked = f"regexp_replace({plain}, '[''\u2019.]', '', 'g')"
        return f"trim(regexp_replace({marked}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"

    cut = {
        "street": f"regexp_replace(regexp_replace({folded('street')}, "
        f"'\\s(?:{KINDS})$', ''), '^(?:N|S|E|W|NORTH|SOUTH|EAST|WEST)\\s', '')",
        "zip": f"{folded('zip')}[:5]",
        "middle": f"{folded('middle')}[:1]",
    }
    texts = ", ".join(f"{cut.get(t, folded(t))} AS {t}" for t in (*TEXTS, "county"))
    return f"SELECT {keyed}, {texts} FROM read_parquet('{files}')"


def candidates(key: str) -> str:
    """Return the pairs that share a key, in SQL."""
    parts = key.split(", ")
    written = " AND ".join(f"{part} <> ''" for part in parts)
    return f"""
      SELECT l.line_id, v.row FROM lines l JOIN
        (SELECT {key}, row FROM roll WHERE {written}
         QUALIFY count(*) OVER (PARTITION BY {key}) <= {MOST}) v
      USING ({key}) WHERE {" AND ".join(f"l.{part} <> ''" for part in parts)}
    """


def narrowed(key: str) -> str:
    """Return `candidates` with the roll cut to the lines' keys before counting."""
    return candidates(key).replace(
        "FROM roll WHERE",
        f"FROM roll SEMI JOIN lines USING ({key}) WHERE",
    )


def main() -> None:
    """Match, and write line_id, voter_id, probability."""
    *read, written, memory = sys.argv[1:]
    out = Path(written)
    if len(read) == 1:
        roll = f"SELECT * FROM read_parquet('{Path(read[0]) / 'roll.parquet'}')"
        lines = f"SELECT * FROM read_parquet('{Path(read[0]) / 'lines.parquet'}')"
    else:
        roll, lines = cleaned(read[0], "voter_id"), cleaned(read[1], "line_id")
    con = duckdb.connect()
    con.sql(f"SET memory_limit = '{memory}'; SET threads = 2")
    con.sql(f"SET temp_directory = '{out.parent / 'spill'}'")
    con.sql(f"CREATE TABLE roll AS SELECT *, row_number() OVER () AS row FROM ({roll})")
    con.sql(f"CREATE TABLE lines AS {lines}")
    pairs = " UNION ".join(narrowed(key) for key in KEYS)
    con.sql(
        f"""
        COPY (
          WITH scored AS (
            SELECT line_id, v.voter_id, {WEIGHTS} AS weight
            FROM ({pairs}) JOIN lines l USING (line_id) JOIN roll v USING (row))
          SELECT line_id, arg_max(voter_id, weight) AS voter_id,
                 1 / (1 + pow(2, -(max(weight) - {LEAST}))) AS probability
          FROM scored GROUP BY line_id HAVING max(weight) >= {LEAST})
        TO '{out}' (FORMAT parquet)
        """
    )


if __name__ == "__main__":
    main()
