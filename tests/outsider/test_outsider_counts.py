"""Any table of counts, computed a second time by `by_hand`, and every field's kind."""

import json
from decimal import Decimal

import by_hand
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.cli import main

CODES = {"qualified": 0, "failed": 1, "full_count": 3}
STANDINGS = {"qualified": "met", "failed": "not_met", "full_count": "open"}
INTEGERS = ("format", "required", "raw", "projected", "projected_literal")
DECIMALS = (
    "percent",
    "standard_error",
    "chance_full_count_differs",
    "value_of_one_duplicate",
)
TEXTS = ("measure", "law", "law_version", "status", "standing")
ANY = ("verified", "band", "seed", "commitment")
OF_COUNTY = {
    "county": str,
    "raw": int,
    "sampled": int,
    "valid": int,
    "duplicates": int,
    "undecided": int,
    "percent": str,
    "uncorrected": int,
    "value": str,
    "weight": str,
    "deducted": int,
    "projected": int,
    "reasons": dict,
}


def project(table, law, day, required):
    arguments = ["--law", law, "--counts", table, "--required", required, "--on", day]
    ended = CliRunner().invoke(
        main, ["petition", "project", *map(str, arguments), "--json"]
    )
    assert ended.exit_code != 2, ended.output
    data = json.loads(ended.stdout)
    assert {type(data[name]) for name in INTEGERS} == {int}
    assert {type(data[name]) for name in (*TEXTS, *DECIMALS)} == {str}
    assert all(Decimal(data[name]).is_finite() for name in DECIMALS)
    assert set(ANY) <= set(data)
    assert type(data["citations"]) is list
    for each in data["counties"]:
        assert {name: type(each[name]) for name in OF_COUNTY} == OF_COUNTY
    return ended.exit_code, data


def least_sample(raw):
    return raw if raw <= 500 else max(500, by_hand.up(3 * raw, 100))


@st.composite
def counties(draw):
    rows = []
    for number in range(draw(st.integers(1, 6))):
        raw = draw(st.integers(1, 900) | st.integers(901, 400_000))
        least = least_sample(raw)
        sampled = draw(st.just(least) | st.integers(least, raw) | st.just(raw))
        valid = draw(st.integers(0, sampled))
        pairs = draw(st.integers(0, min(valid, sampled - valid, 60)))
        rows.append((f"County {number}", raw, sampled, valid, pairs))
    return draw(st.permutations(rows))


@given(rows=counties(), edge=st.sampled_from([95, 100, 110]), step=st.integers(-1, 1))
@settings(max_examples=60, deadline=None)
def test_california_agrees_to_the_last_digit(tmp_path_factory, rows, edge, step):
    """With requirements at the edge of each band, one below and one above."""
    state, _ = by_hand.california(rows, 1)
    required = max(1, by_hand.up(100 * state["projected"], edge) + step)
    state, each = by_hand.california(rows, required)
    table = tmp_path_factory.mktemp("counts") / "counts.csv"
    lines = [",".join(map(str, row)) for row in rows]
    table.write_text("county,raw,sampled,valid,duplicates\n" + "\n".join(lines) + "\n")

    code, data = project(
        table, "us/ca/constitutional_initiative", "2017-05-01", required
    )

    assert {name: data[name] for name in state} == state
    assert data["standing"] == STANDINGS[state["band"]]
    assert code == CODES[state["band"]]
    assert [c["county"] for c in data["counties"]] == sorted(each)
    for figures in data["counties"]:
        hand = each[figures["county"]]
        assert {name: figures[name] for name in hand} == hand


def most_required(filed, sampled, invalid, pairs):
    """Return the largest requirement the sample is accepted for; 0 if there is none."""
    low, high = 0, filed
    while low < high:
        middle = (low + high + 1) // 2
        if by_hand.accepted(filed, sampled, invalid, pairs, middle):
            low = middle
        else:
            high = middle - 1
    return low


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_washington_turns_at_the_very_signature(tmp_path_factory, data):
    filed = data.draw(st.integers(1_000, 500_000))
    sampled = data.draw(st.integers(by_hand.up(3 * filed, 100), filed - 1))
    invalid = data.draw(st.integers(0, sampled // 3))
    pairs = data.draw(st.integers(0, min(40, (sampled - invalid) // 2)))
    edge = most_required(filed, sampled, invalid, pairs)
    table = tmp_path_factory.mktemp("counts") / "counts.csv"
    table.write_text(
        f"filed,sampled,invalid,duplicates\n{filed},{sampled},{invalid},{pairs}\n"
    )

    for required in {max(1, edge), edge + 1}:
        band = "qualified" if required <= edge else "full_count"
        code, found = project(table, "us/wa/initiative", "2014-07-01", required)
        assert (found["band"], code) == (band, CODES[band])


@pytest.mark.parametrize("root", [0, 5, 20, 37])
@pytest.mark.parametrize(("step", "band"), [(0, "qualified"), (1, "full_count")])
def test_washington_accepts_a_tie(tmp_path, root, step, band):
    """E = 10.4 squared and k = 91 make k = E - 1.65 sqrt(E) exactly."""
    invalid, sampled, filed = root * root, 20_000, 200_000
    required = filed - (10_816 + 10 * invalid + 15 * root) + step
    table = tmp_path / "counts.csv"
    table.write_text(f"filed,sampled,invalid,duplicates\n{filed},20000,{invalid},91\n")

    _, data = project(table, "us/wa/initiative", "2014-07-01", required)

    assert sampled * 10 == filed
    assert data["band"] == band


def test_a_sample_smaller_than_the_law_asks_for_is_pointed_out(tmp_path):
    table = tmp_path / "counts.csv"
    table.write_text("county,raw,sampled,valid,duplicates\nA,10000,499,400,0\n")

    _, data = project(table, "us/ca/constitutional_initiative", "2017-05-01", 5_000)

    said = "A: 499 lines were drawn of 10,000 filed; the law asks for 500."
    assert said in data["notes"]
