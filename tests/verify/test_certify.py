"""From findings to the certificate: nothing half done, nothing personal published."""

import csv
import json
import stat
from dataclasses import replace

import polars as pl
import pytest

from plebiscite.errors import CommitmentError, CountError, InputError, RecordError
from plebiscite.petition.intake import read_lines
from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.draw.ledger import note_revision
from plebiscite.verify.draw.sample import Wish, draw_sample
from plebiscite.verify.find.decision import Decision, Word
from plebiscite.verify.find.folder import read_stage, stage
from plebiscite.verify.find.look import ground, look, table_of
from plebiscite.verify.publish.certify import happenings

LA = "Los Angeles"


def clerk(line, word="valid", *, voter=None, reason=None):
    return Decision(
        line_id=line,
        word=Word(word),
        reason=reason,
        voter_id=voter,
        by="anna",
        at="2017-08-01",
        row=2,
    )


def test_what_was_found_is_what_the_petition_held(bundle):
    """Oracle: the petition as built: each fifth signer on no roll, eight repeats."""
    alpine, los_angeles = bundle.certified.counts

    # 52 signers and 8 repeats; signers 0, 5, … and repeats 0 and 5 are on no roll.
    assert (alpine.sampled, alpine.valid, alpine.duplicates) == (60, 41, 6)
    assert los_angeles.sampled == 500
    assert los_angeles.undecided == 0


def test_without_a_persons_decision_it_is_preliminary(bundle):
    data = bundle.certified.data

    assert data["status"] == "preliminary"
    assert data["notes"][0] == "Preliminary: names and addresses only"


def test_with_every_counting_line_seen_by_a_person_it_is_final(tmp_path, acts):
    table = table_of(acts.certified(tmp_path / "a", lines=80).looked.findings)
    counting = table.filter(pl.col("voter_id").is_not_null())["line_id"]
    seen = acts.certified(
        tmp_path / "b", lines=80, decisions=[clerk(line) for line in counting]
    )

    data = acts.issued(seen).data
    assert data["status"] == "final"
    assert data["verified"] == data["projected"]


@pytest.fixture(autouse=True)
def _folders(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()


def test_no_signer_and_no_voter_is_in_anything_published(bundle):
    """Oracle: the invented surnames, streets and numbers, each searched for."""
    public = bundle.out / "public"
    texts = [path.read_bytes() for path in public.rglob("*") if path.is_file()]

    assert len(texts) > 12
    texts.append(json.dumps(happenings(bundle.certified)).encode())
    secrets = {b"canary", *(word.lower().encode() for word in bundle.personal)}
    assert len(secrets) > 600
    assert not [s for t in texts for s in secrets if s in t.lower()]


def test_what_is_confidential_is_for_its_owner_only(bundle):
    mode = (bundle.out / "confidential").stat().st_mode

    assert stat.S_IMODE(mode) == 0o700


def test_a_confidential_voter_is_in_no_work_list(bundle):
    with (bundle.out / "confidential/to_decide.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shown = {row["voter_id"] for row in rows}

    assert "VCANARY1" in shown
    assert "VCANARY601" in shown
    assert not shown & {f"VCANARY{n}" for n in range(2, 1_200, 50)}
    assert {row["decision"] for row in rows} == {""}


def test_a_work_list_holds_no_formula(tmp_path, acts):
    """A line id beginning like a formula is taken, and made harmless on the way out."""
    made = acts.petition(tmp_path)
    text = made.lines.read_text(encoding="utf-8")
    made.lines.write_text(text.replace("Alpine/0000/2,", "=1+1,", 1), encoding="utf-8")
    looked, _, roll = looked_at(made)
    from plebiscite.verify.find.folder import to_decide

    sheet = to_decide(table_of(looked.findings), looked.matches, roll)
    assert "\n'=1+1," in sheet
    assert "\n=" not in sheet


def looked_at(made, *, decisions=(), wish=None):
    """Draw from a petition and look, without writing anything."""
    path = made.folder / "commitment.json"
    made.committed = commit(
        made.manifest,
        law="us/ca/constitutional_initiative",
        governed_by=made.dates,
        folder=made.folder,
    )
    path.write_text(made.committed.written(), encoding="utf-8")
    draw_sample(path, seed="271828", out=made.folder / "drawn.csv", wish=wish)
    evidence = of_draws([made.folder / "drawn.csv"])
    roll = open_roll(made.roll)
    looked = look(
        evidence,
        lines=read_lines(made.lines),
        lines_path=made.lines,
        roll=roll,
        decisions=decisions,
        decisions_path=made.folder / "decisions.csv",
        ground=ground(made.committed.rulebook(), made.dates, None),
    )
    return looked, evidence, roll


def test_a_drawn_line_that_was_not_keyed_is_an_error_naming_its_place(small):
    rows = small.lines.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("Alpine/0003/7,")]
    small.lines.write_text("".join(kept), encoding="utf-8")

    with pytest.raises(InputError, match="Alpine, section 0003, row 7") as caught:
        looked_at(small)
    assert "not a line rejected" in str(caught.value)
    assert not [word for word in small.personal if word in str(caught.value)]


def test_lost_zeros_are_named_as_such(small):
    text = small.lines.read_text(encoding="utf-8").replace(",0003,", ",3,")
    small.lines.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="without its leading zeros"):
        looked_at(small)


def test_lines_keyed_beyond_those_drawn_are_left_aside_and_counted(tmp_path, acts):
    """500 of 560 are drawn; decisions on the others are left aside too."""
    made = acts.petition(tmp_path, los_angeles=560)
    every = [clerk(row["line_id"], "undecided") for row in made.rows]
    looked, _, _ = looked_at(made, decisions=every)

    assert (looked.keyed_beyond, looked.decided_beyond) == (60, 60)
    assert table_of(looked.findings).height == 560


def test_a_drawn_line_keyed_as_struck_is_an_error(small):
    text = small.lines.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("Alpine/0003/7,"))
    small.lines.write_text(
        text.replace(line, line.replace("yes,0,", "yes,1,")), "utf-8"
    )
    # The last row of the section goes uncounted, so that the manifest still adds up.
    with pytest.raises(InputError, match="the manifest counts"):
        looked_at(small)


def test_where_struck_rows_are_not_named_the_others_are_counted(small):
    """Section 0003 has 10 rows, the third struck: drawn row 3 is the fourth one."""
    manifest = small.manifest.read_text(encoding="utf-8")
    small.manifest.write_text(
        manifest.replace("Alpine,0003,10,0", "Alpine,0003,10,1"), encoding="utf-8"
    )
    text = small.lines.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("Alpine/0003/3,"))
    small.lines.write_text(
        text.replace(line, line.replace("yes,0,", "yes,1,")), "utf-8"
    )

    table = table_of(looked_at(small)[0].findings)
    section = table.filter(
        (pl.col("county") == "Alpine") & (pl.col("section") == "0003")
    )

    assert section["row"].to_list() == list(range(1, 10))
    assert "Alpine/0003/3" not in section["line_id"].to_list()
    assert section.filter(pl.col("row") == 3)["line_id"].to_list() == ["Alpine/0003/4"]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (clerk("Alpine/9999/1"), "no such line"),
        (clerk("Alpine/0000/2", voter="VCANARY-NOBODY"), "not on the roll"),
        (clerk("Alpine/0000/1"), "say whose signature it is"),
    ],
)
def test_a_decision_that_credits_nobody_is_refused(small, decision, says):
    with pytest.raises(InputError, match=says) as caught:
        looked_at(small, decisions=[decision])
    assert "CANARY" not in str(caught.value)
    assert caught.value.path == small.folder / "decisions.csv"
    [refusal] = caught.value.refusals
    column = "line_id" if says == "no such line" else "voter_id"
    assert (refusal.row, refusal.column) == (2, column)


def test_one_voter_is_not_credited_in_two_counties(small):
    twice = [
        clerk("Alpine/0000/1", voter="VCANARY1"),
        clerk("Los Angeles/0000/1", voter="VCANARY1"),
    ]

    with pytest.raises(InputError, match="credited in two counties") as caught:
        looked_at(small, decisions=twice)
    assert "CANARY" not in str(caught.value)


def test_an_extension_left_out_is_asked_for(tmp_path, acts):
    made = acts.certified(tmp_path)
    wish = Wish(extend={"Los Angeles": 20})
    draw_sample(made.commitment, seed="999999", out=tmp_path / "more.csv", wish=wish)

    with pytest.raises(CommitmentError, match=r"give more\.csv too"):
        of_draws([made.drawn])
    evidence = of_draws([tmp_path / "more.csv", made.drawn])
    assert evidence.seeds == ("314159", "999999")
    assert len(evidence.rows()) == 580


def test_a_revised_raw_count_is_shown_with_both_numbers(tmp_path, acts):
    made = acts.certified(tmp_path)
    text = made.manifest.read_text(encoding="utf-8")
    (tmp_path / "newer.csv").write_text(
        text.replace("Los Angeles,0000,10,", "Los Angeles,0000,12,"), encoding="utf-8"
    )
    newer = commit(
        tmp_path / "newer.csv",
        law="us/ca/constitutional_initiative",
        governed_by=made.dates,
        folder=tmp_path,
        revises=made.commitment,
    )
    (tmp_path / "newer.json").write_text(newer.written(), encoding="utf-8")
    note_revision(made.commitment, made.committed.digest, newer.digest)

    with pytest.raises(CommitmentError, match="--revised"):
        of_draws([made.drawn])
    evidence = of_draws([made.drawn], revised=tmp_path / "newer.json")
    assert evidence.newest.raw["Los Angeles"] == 562
    assert evidence.commitment.raw["Los Angeles"] == 560
    told = told_of(made, evidence, acts.issued(made))
    assert told == [
        {"commitment": made.committed.digest, "raw": {"Alpine": 60, LA: 560}},
        {
            "commitment": newer.digest,
            "raw": {"Alpine": 60, LA: 562},
            "revises": made.committed.digest,
            "was": {"Alpine": 60, LA: 560},
        },
    ]


def told_of(made, evidence, issued):
    """Return what the docket is told of commitments: each with its own counts."""
    found = stage(
        evidence,
        made.looked,
        law=made.stage.law,
        governed_by=made.dates,
        law_version=made.stage.law_version,
        measure=made.stage.measure,
        roll=open_roll(made.roll),
    )
    events = happenings(replace(issued, stage=found))
    return [body for kind, body in events if kind == "raw_counts_committed"]


@pytest.mark.parametrize("before_any_seed", [False, True])
def test_a_sample_too_small_is_certified_only_where_raw_counts_grew_since(
    tmp_path, acts, before_any_seed
):
    """Oracle: Cal. Elec. Code § 9030(d): of 20,000 lines, 600; 500 were drawn."""
    made = acts.certified(tmp_path)
    path = made.out / "confidential" / "found.json"
    found = json.loads(path.read_bytes())
    found["raw"]["Los Angeles"] = 20_000
    if before_any_seed:
        found["notes"].append("Raw counts were revised before any seed: none differs.")
    path.write_text(json.dumps(found), encoding="utf-8")

    with pytest.raises(CountError, match="the law asks for 600; extend the sample"):
        acts.issued(made)
    path.write_text(json.dumps(found | {"raw_revised": True}), encoding="utf-8")
    said = "the law asks for 600 since the raw count was revised."
    assert any(note.endswith(said) for note in acts.issued(made).data["notes"])


def test_findings_are_certified_once(tmp_path, acts):
    made = acts.certified(tmp_path, lines=80)
    acts.issued(made)

    with pytest.raises(InputError, match="certified already"):
        acts.issued(made)


def test_a_page_that_fails_leaves_nothing_half_written(tmp_path, acts):
    made = acts.certified(tmp_path, lines=80)

    def broken(_):
        raise InputError("no paper")

    with pytest.raises(InputError, match="no paper"):
        acts.issued(made, paper=broken)
    assert sorted(p.name for p in made.out.iterdir()) == ["confidential"]
    assert acts.issued(made).head


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"law": "us/ca/referendum"}, "were found under"),
        ({"law": "us/ca/no_such"}, "there is no law"),
    ],
)
def test_another_law_is_refused(tmp_path, acts, changed, says):
    made = acts.certified(tmp_path, lines=80)

    with pytest.raises(InputError, match=says):
        acts.issued(made, **changed)


def test_another_measure_is_refused(tmp_path, acts):
    made = acts.certified(tmp_path, lines=80)

    with pytest.raises(InputError, match="are those of us/ca/test"):
        acts.issued(made, measure=replace(made.measure, id="us/ca/other"))


def test_a_folder_without_findings_and_a_torn_one_are_refused(tmp_path):
    with pytest.raises(InputError, match="holds no findings"):
        read_stage(tmp_path)
    (tmp_path / "confidential").mkdir()
    (tmp_path / "confidential/found.json").write_text('{"format": 1}', "utf-8")
    with pytest.raises(RecordError, match="changed or torn"):
        read_stage(tmp_path)


def test_the_stage_comes_back_as_it_was_written(bundle):
    stage, findings = read_stage(bundle.out)

    assert replace(stage, tables={}) == bundle.stage
    assert len(stage.tables) == 3
    assert table_of(findings).equals(table_of(bundle.looked.findings))


def test_a_full_count_finds_repeats_anywhere(tmp_path, acts):
    made = acts.certified(tmp_path, lines=80, full_count=True)
    data = acts.issued(made).data

    assert [county["mode"] for county in data["counties"]] == ["full_count"] * 2
    assert data["seed"] is None
    assert data["counties"][0]["duplicates"] == 6


@pytest.mark.parametrize("name", ["findings", "matches", "decisions"])
def test_a_table_edited_after_the_lines_were_found_is_refused(tmp_path, acts, name):
    """Oracle: one byte more, which no reader of Parquet would mind being told of."""
    made = acts.certified(tmp_path, lines=80)
    path = made.out / "confidential" / f"{name}.parquet"
    path.write_bytes(path.read_bytes() + b"\0")

    with pytest.raises(RecordError, match=f"{name}.parquet was changed since"):
        read_stage(made.out)
