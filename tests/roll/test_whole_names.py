"""Whole names in one cell. Oracle: the four cells a person would write them into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError
from plebiscite.roll.build import build_roll
from plebiscite.roll.whole_names import NAMES, parted_names

TEXT = dict.fromkeys(NAMES, pl.String)


def parted(*cells: str | None) -> tuple[str | None, ...]:
    """Return one row's four cells, read."""
    row = dict(zip(NAMES, cells, strict=True))
    (out,) = parted_names(pl.DataFrame([row], schema=TEXT)).rows()
    return out


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("O'BRIEN, MARY-KATE ANN", ("O'BRIEN", "MARY-KATE", "ANN", None)),
        ("Smith,Bob", ("Smith", "Bob", None, None)),
        (" De la Cruz ,  Ana  Maria Luz ", ("De la Cruz", "Ana", "Maria Luz", None)),
        ("SMITH, BOB J JR", ("SMITH", "BOB", "J", "JR")),
        ("SMITH, BOB J, Jr.", ("SMITH", "BOB", "J", "Jr")),
        ("SMITH, JR, BOB", ("SMITH", "BOB", None, "JR")),
        ("SMITH, JR., BOB A", ("SMITH", "BOB", "A", "JR")),
        ("SMITH, MD, BOB", ("SMITH", "BOB", None, None)),
        ("SMITH, BOB J, M.D.", ("SMITH", "BOB", "J", None)),
        ("BOB SMITH, MD", ("SMITH", "BOB", None, None)),
        ("BOB J SMITH, JR", ("SMITH", "BOB", "J", "JR")),
        ("BOB SMITH, JR, MD", ("SMITH", "BOB", None, "JR")),
        ("ANA MARIA DE LA CRUZ, MD", ("DE LA CRUZ", "ANA", "MARIA", None)),
        ("DE LA CRUZ, JR", ("DE LA CRUZ", None, None, "JR")),
        ("RAHMAN, MD", ("RAHMAN", "MD", None, None)),
        ("RAHMAN, MD ABDUL", ("RAHMAN", "MD", "ABDUL", None)),
        ("SMITH, DR BOB J", ("SMITH", "DR BOB", "J", None)),
        ("SMITH, MRS. BOB", ("SMITH", "MRS. BOB", None, None)),
        ("SMITH JR, BOB", ("SMITH", "BOB", None, "JR")),
        ("SMITH, JR", ("SMITH", None, None, "JR")),
        ("SMITH, JOHN V", ("SMITH", "JOHN", "V", None)),
        ("SMITH,", ("SMITH", None, None, None)),
        ("II, KEN", ("II", "KEN", None, None)),
        (", BOB", (", BOB", None, None, None)),
        (",", (",", None, None, None)),
        ("VAN DYKE", ("VAN DYKE", None, None, None)),
        ("SMITH, BOB\nMIDDLE", ("SMITH", "BOB", "MIDDLE", None)),
        ("SMITH,\nBOB", ("SMITH", "BOB", None, None)),
        ("NGUYỄN, THỊ MAI", ("NGUYỄN", "THỊ", "MAI", None)),
    ],
)
def test_a_whole_name_is_parted_at_its_comma(
    written: str, read: tuple[str | None, ...]
) -> None:
    assert parted(written, None, None, None) == read


def test_a_suffix_in_its_own_cell_stays() -> None:
    assert parted("SMITH, BOB JR", None, None, "III") == ("SMITH", "BOB", None, "III")


@pytest.mark.parametrize(("first", "middle"), [("ANN", None), (None, "ANN")])
def test_a_surname_beside_other_names_is_not_parted(
    first: str | None, middle: str | None
) -> None:
    assert parted("SMITH, BOB", first, middle, None) == (
        "SMITH, BOB", first, middle, None,
    )  # fmt: skip


WORD = st.text("abcÉñ'-", min_size=1, max_size=6).filter(lambda word: word != "ii")


@given(st.lists(WORD, min_size=1, max_size=3), st.lists(WORD, max_size=4))
def test_no_word_of_a_name_is_lost_or_moved(
    before: list[str], behind: list[str]
) -> None:
    written = f"{' '.join(before)}, {' '.join(behind)}"
    last, first, middle, suffix = parted(written, None, None, None)
    assert last == " ".join(before)
    assert " ".join(filter(None, (first, middle))) == " ".join(behind)
    assert suffix is None


@given(st.lists(st.text(max_size=30) | st.none(), max_size=5))
def test_any_text_at_all_keeps_its_rows(cells: list[str | None]) -> None:
    rows = pl.DataFrame([{"last": cell} for cell in cells], schema=TEXT)
    read = parted_names(rows)
    assert read.height == rows.height
    kept = [cell for cell in cells if cell is None or "," not in cell]
    assert (
        read.filter(pl.Series(["," not in (c or "") for c in cells], dtype=pl.Boolean))[
            "last"
        ].to_list()
        == kept
    )


ROLL = (
    "id,who,where,status,county\n"
    '1,"LOPEZ, ANA M JR",12 1/2 N Oak St Apt 3,active,Inyo\n'
    "2,VAN DYKE,,active,Inyo\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export with whole names and address lines."""
    path = tmp_path / "export.csv"
    path.write_text(ROLL, encoding="utf-8")
    return path


def test_a_roll_of_whole_names_is_built_with_their_parts(
    tmp_path: Path, export: Path
) -> None:
    columns = {"voter_id": "id", "last": "who", "street": "where"}
    out = tmp_path / "roll"
    mapping = ColumnMapping(columns=columns)
    build_roll(export, out=out, as_of=date(2024, 1, 1), mapping=mapping)
    (part,) = out.glob("county=*/*.parquet")
    read = pl.read_parquet(part, hive_partitioning=False).select(NAMES)
    assert read.rows() == [
        ("LOPEZ", "ANA", "M", "JR"),
        ("VAN DYKE", None, None, None),
    ]


@pytest.mark.parametrize(
    ("asked", "takes"), [("name", "last"), ("full_name", "last"), ("address", "street")]
)
def test_a_mapping_of_the_whole_says_which_column_takes_it(
    tmp_path: Path, export: Path, asked: str, takes: str
) -> None:
    columns = {"voter_id": "id", "last": "who", asked: "where"}
    mapping = ColumnMapping(columns=columns)
    with pytest.raises(InputError, match=f"'{takes}' takes all of it in one column"):
        build_roll(
            export, out=tmp_path / "roll", as_of=date(2024, 1, 1), mapping=mapping
        )
