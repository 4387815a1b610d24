"""Finding as one act: each file that was given has its say."""

import polars as pl

from plebiscite.petition.intake import read_lines
from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.look import table_of


def found_with(bundle, folder, **files):
    """Find the bundle's lines on its roll, with more files, into a folder in it."""
    return find_lines(
        folder / "found",
        of_draws([bundle.drawn]),
        keyed=read_lines(bundle.lines),
        keyed_path=bundle.lines,
        roll=open_roll(bundle.roll),
        **files,
    )


def test_the_sections_file_speaks_for_its_lines(bundle, tmp_path):
    """Oracle: no line counts of the one section whose declaration was not signed."""
    sections = tmp_path / "sections.csv"
    sections.write_text(
        "county,section,declaration\nAlpine,0001,unsigned\nAlpine,0002,complete\n"
    )

    stage, looked = found_with(bundle, tmp_path, sections=sections)

    assert stage.measure == bundle.committed.measure == "us/ca/test"
    rejected = table_of(looked.findings).filter(pl.col("reason") == "CIRC_DECL_DEFECT")
    assert set(rejected.select("county", "section").iter_rows()) == {("Alpine", "0001")}
    assert rejected.height == 10


def test_what_people_decided_lies_beside_the_findings_with_who_and_when(
    bundle, tmp_path
):
    """Oracle: the one row of the file; in the findings, the moment of theirs alone."""
    row = "Alpine/0001/1,invalid,SIG_MISMATCH,,anna,2017-08-02"
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(f"line_id,decision,reason,voter_id,by,at\n{row}\n")

    _stage, looked = found_with(bundle, tmp_path, decisions=decisions)

    [kept] = (tmp_path / "found").rglob("decisions.parquet")
    assert pl.read_parquet(kept).write_csv(include_header=False) == f"{row}\n"
    table = table_of(looked.findings)
    moments = dict(
        table.select("line_id", "at").filter(pl.col("at").is_not_null()).rows()
    )
    assert moments == {"Alpine/0001/1": "2017-08-02"}


def test_evidence_laid_down_again_in_its_place_is_the_same(bundle, tmp_path):
    evidence = of_draws([bundle.drawn])
    evidence.lay_down(tmp_path / "evidence")
    before = {
        each.name: each.read_bytes() for each in (tmp_path / "evidence").iterdir()
    }

    evidence.lay_down(tmp_path / "evidence")

    assert before == {
        each.name: each.read_bytes() for each in (tmp_path / "evidence").iterdir()
    }


def test_the_findings_of_every_line_stand_by_county_then_section_then_row(
    acts, tmp_path
):
    """Oracle: two counties that number their sections alike, sorted here."""
    made = acts.certified(tmp_path, lines=60, full_count=True)

    places = table_of(made.looked.findings).select("county", "section", "row").rows()

    assert places == sorted(places)
    assert len({section for _, section, _ in places}) < len({p[:2] for p in places})


def test_what_the_matcher_said_earlier_is_taken_over_line_by_line(bundle, tmp_path):
    """Oracle: the lines handed over have no voter; the rest are matched anew."""
    everything = bundle.looked.matches
    before = everything.filter(pl.col("outcome") == "voter").reverse().head(30)
    given = before.with_columns(
        outcome=pl.lit("none"), voter_id=pl.lit(None, dtype=pl.String)
    )

    _, looked = found_with(bundle, tmp_path, matches=given)

    found = looked.matches.filter(pl.col("line_id").is_in(given["line_id"].implode()))
    others = looked.matches.join(given, on="line_id", how="anti")
    assert set(found["outcome"]) == {"none"}
    assert others.equals(everything.join(given, on="line_id", how="anti"))
    assert looked.matches["line_id"].to_list() == everything["line_id"].to_list()
