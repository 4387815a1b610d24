"""Finding as one act: each file that was given has its say."""

import polars as pl

from plebiscite.petition.intake import read_lines
from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.look import table_of


def test_the_sections_file_speaks_for_its_lines(bundle, tmp_path):
    """Oracle: no line counts of the one section whose declaration was not signed."""
    sections = tmp_path / "sections.csv"
    sections.write_text(
        "county,section,declaration\nAlpine,0001,unsigned\nAlpine,0002,complete\n"
    )

    _stage, looked = find_lines(
        tmp_path / "found",
        of_draws([bundle.drawn]),
        keyed=read_lines(bundle.lines),
        keyed_path=bundle.lines,
        roll=open_roll(bundle.roll),
        sections=sections,
    )

    rejected = table_of(looked.findings).filter(pl.col("reason") == "CIRC_DECL_DEFECT")
    assert set(rejected.select("county", "section").iter_rows()) == {("Alpine", "0001")}
    assert rejected.height == 10
