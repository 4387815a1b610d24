"""The sample: drawn once, from a public seed, every line as likely as any other."""

import csv
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.core.canonical import file_digest
from plebiscite.core.draw import draw
from plebiscite.errors import CommitmentError, InputError, RecordError
from plebiscite.petition.manifest import Manifest, SectionLines
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.draw.drawn import read_record, read_rows
from plebiscite.verify.draw.ledger import ledger_path
from plebiscite.verify.draw.sample import Wish, draw_sample, lowest

CHI_SQUARE_39_AT_ONE_IN_A_THOUSAND = 72.05


@pytest.fixture
def committed(small):
    """1,000 lines in Alpine, of which the law wants 500; 80 in Los Angeles, all."""
    rows = [f"Alpine,{n:04d},20,0" for n in range(50)]
    rows += [f"Los Angeles,{n:04d},10,0" for n in range(8)]
    head = "county,section,lines_claimed,lines_struck"
    small.manifest.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    path = small.folder / "commitment.json"
    made = commit(
        small.manifest,
        law="us/ca/constitutional_initiative",
        governed_by=small.dates,
        folder=small.folder,
    )
    path.write_text(made.written(), encoding="utf-8")
    return path


def places(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (r["county"], r["section"], int(r["row"])) for r in csv.DictReader(file)
        ]


def test_the_list_holds_places_and_nothing_else(committed, tmp_path):
    out = tmp_path / "drawn.csv"
    draw_sample(committed, seed="314159", out=out)
    record = json.loads((tmp_path / "drawn.json").read_bytes())

    assert out.read_text(encoding="utf-8").startswith("county,section,row,order\n")
    assert Counter(county for county, *_ in places(out)) == {
        "Alpine": 500,
        "Los Angeles": 80,
    }
    assert len(set(places(out))) == 580
    assert record["drawn"]["sha256"] == file_digest(out)
    assert record["seed"] == "314159"


@given(st.integers(0, 10**9), st.integers(0, 30))
def test_a_countys_draw_is_the_ground_floors_draw(number, size):
    """Oracle: `core.draw.draw`, written separately."""
    seed = f"{number:09d}"
    pool = [("Alpine", f"{n // 7:03d}", n % 7 + 1) for n in range(30)]

    drawn = lowest(seed, reversed(pool), size)

    assert [p[1:] for p in drawn] == draw(seed, "Alpine", [p[1:] for p in pool], size)


def test_every_line_is_drawn_as_often_as_any_other():
    """Oracle: chi-square over 4,000 seeds; sampling without replacement narrows it."""
    pool = [("Alpine", f"{n // 8:03d}", n % 8 + 1) for n in range(40)]
    seeds, size = 4_000, 10
    drawn = Counter(
        place for n in range(seeds) for place in lowest(f"{n:06d}", pool, size)
    )
    expected = seeds * size / 40
    statistic = sum((drawn[place] - expected) ** 2 for place in pool) / expected

    assert statistic / (1 - size / 40) < CHI_SQUARE_39_AT_ONE_IN_A_THOUSAND


def test_struck_rows_are_never_drawn_and_take_nobodys_place():
    """Oracle: the same draw from a manifest in which they never were."""
    struck = SectionLines(
        county="Alpine",
        section="1",
        claimed=40,
        struck=20,
        struck_rows=tuple(range(1, 21)),
    )
    pool = [("Alpine", *p) for p in Manifest(sections=(struck,)).places("Alpine")]
    only = [("Alpine", "1", n) for n in range(21, 41)]

    for n in range(50):
        assert lowest(f"{n:06d}", pool, 5) == lowest(f"{n:06d}", only, 5)


def test_a_second_draw_is_refused_for_it_would_let_one_choose(committed, tmp_path):
    draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv")

    with pytest.raises(CommitmentError, match="choose between them"):
        draw_sample(committed, seed="271828", out=tmp_path / "again.csv")
    assert not (tmp_path / "again.csv").exists()


def test_a_second_draw_by_another_name_is_refused_too(committed, tmp_path):
    link = committed.with_name("link.json")
    link.symlink_to(committed)
    draw_sample(link, seed="123456", out=tmp_path / "a.csv")

    with pytest.raises(CommitmentError, match="drawn already, with seed 123456"):
        draw_sample(committed, seed="654321", out=tmp_path / "b.csv")


def test_a_used_seed_is_refused(committed, tmp_path):
    draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv")
    wish = Wish(extend={"Alpine": 10})

    with pytest.raises(CommitmentError, match="roll a fresh one"):
        draw_sample(committed, seed="314159", out=tmp_path / "more.csv", wish=wish)


def test_an_extension_draws_only_lines_not_drawn_yet(committed, tmp_path):
    first, second, third = (tmp_path / f"{n}.csv" for n in (1, 2, 3))
    draw_sample(committed, seed="314159", out=first)
    wish = Wish(extend={"Alpine": 100})
    draw_sample(committed, seed="271828", out=second, wish=wish)
    rest = Wish(extend={"Alpine": None})
    draw_sample(committed, seed="161803", out=third, wish=rest)

    lists = [places(path) for path in (first, second, third)]
    assert [len(each) for each in lists] == [580, 100, 400]
    assert len(set().union(*lists)) == 1_080
    assert "Alpine,0" in second.read_text(encoding="utf-8")
    assert ",501\n" in second.read_text(encoding="utf-8")


def test_an_extension_cannot_be_foreseen_from_the_first_seed(committed, tmp_path):
    """Oracle: the lines the first seed would have drawn next."""
    out, more = tmp_path / "drawn.csv", tmp_path / "more.csv"
    draw_sample(committed, seed="314159", out=out)
    pool = [("Alpine", f"{n:04d}", row) for n in range(50) for row in range(1, 21)]
    next_of_old = set(lowest("314159", pool, 600)[500:])
    wish = Wish(extend={"Alpine": 100})
    draw_sample(committed, seed="271828", out=more, wish=wish)

    assert len(next_of_old & set(places(more))) < 40


def test_a_county_may_draw_more_or_all(committed, tmp_path):
    wish = Wish(at_least={"Alpine": 700}, every_line=frozenset({"Los Angeles"}))

    assert draw_sample(
        committed, seed="314159", out=tmp_path / "d.csv", wish=wish
    ).draw.sizes == {"Alpine": 700, "Los Angeles": 80}


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish(at_least={"Alpine": 1_001}), "only 1,000 are left"),
        (Wish(every_line=frozenset({"Atlantis"})), "not in the commitment: Atlantis"),
        (Wish(extend={"Alpine": 5}), "nothing was drawn yet"),
    ],
)
def test_an_impossible_wish_is_refused_and_costs_no_seed(
    committed, tmp_path, wish, says
):
    with pytest.raises((InputError, CommitmentError), match=says):
        draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv", wish=wish)

    assert not ledger_path(committed).exists()
    assert draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv")


def test_a_list_in_the_way_is_kept(committed, tmp_path):
    (tmp_path / "drawn.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(InputError, match="exists"):
        draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv")
    assert not ledger_path(committed).exists()


def test_a_changed_list_and_a_missing_record_are_refused(committed, tmp_path):
    out = tmp_path / "drawn.csv"
    draw_sample(committed, seed="314159", out=out)
    whole = out.read_bytes()
    out.write_bytes(whole.replace(b",1\n", b",2\n", 1))

    with pytest.raises(CommitmentError, match="changed since it was drawn"):
        read_record(out)

    out.write_bytes(whole)
    (tmp_path / "drawn.json").unlink()
    with pytest.raises(RecordError, match="put it back at"):
        read_record(out)


def test_a_commitment_edited_after_its_draw_is_found_out(committed, tmp_path):
    draw_sample(committed, seed="314159", out=tmp_path / "drawn.csv")
    text = committed.read_text(encoding="utf-8")
    committed.write_text(text.replace('"measure": null', '"measure": "x"'), "utf-8")

    with pytest.raises(RecordError, match="ledger of another commitment"):
        draw_sample(committed, seed="271828", out=tmp_path / "again.csv")


@pytest.mark.parametrize("asked", ["at_least", "extend"])
def test_a_wish_is_for_one_line_or_more(asked):
    for lines in (1, 2):
        assert getattr(Wish(**{asked: {"Alpine": lines}}), asked) == {"Alpine": lines}
    for lines in (0, -1):
        with pytest.raises(InputError, match="ask for one line or more"):
            Wish(**{asked: {"Alpine": lines}})


def test_all_that_are_left_is_a_wish_too():
    assert Wish(extend={"Alpine": None}).extend == {"Alpine": None}


def test_a_county_s_name_with_an_accent_comes_back_as_it_was_written(small, tmp_path):
    """Oracle: the manifest. Doña Ana is a county of New Mexico."""
    text = "county,section,lines_claimed,lines_struck\nDoña Ana,Nº 1,12,0\n"
    small.manifest.write_text(text, encoding="utf-8")
    path = tmp_path / "commitment.json"
    made = commit(
        small.manifest,
        law="us/ca/constitutional_initiative",
        governed_by=small.dates,
        folder=tmp_path,
    )
    path.write_text(made.written(), encoding="utf-8")
    draw_sample(path, seed="314159", out=tmp_path / "drawn.csv")

    assert {row[:2] for row in read_rows(tmp_path / "drawn.csv")} == {
        ("Doña Ana", "Nº 1")
    }
    assert read_record(tmp_path / "drawn.csv").draw.sizes == {"Doña Ana": 12}
    assert "Doña Ana" in (tmp_path / "drawn.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"format": 2}, "format 2 is not 1"),
        ({"commitment": None}, "is not the record of a draw"),
        ({"seed": 3}, "is not the record of a draw"),
        ({"draw": "1"}, "is not the record of a draw"),
        ({"sizes": {"Alpine": -1}}, "is not the record of a draw"),
        ({"sizes": [500]}, "is not the record of a draw"),
    ],
)
def test_a_record_of_another_kind_is_refused(committed, tmp_path, wrong, match):
    out, record = tmp_path / "drawn.csv", tmp_path / "drawn.json"
    draw_sample(committed, seed="314159", out=out)
    record.write_text(json.dumps(json.loads(record.read_bytes()) | wrong))

    with pytest.raises(RecordError, match=match):
        read_record(out)


def test_a_file_that_is_no_drawn_list_is_named(tmp_path):
    other = tmp_path / "polls.csv"
    other.write_text("poll,day\n1,2017-01-26\n")

    with pytest.raises(InputError, match="not a drawn list") as refused:
        read_rows(other)
    assert str(other) in str(refused.value)
    with pytest.raises(InputError, match="county"):
        read_record(other)
