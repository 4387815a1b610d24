"""County certificates into the state's. Oracles: the one-table result, refusals."""

import json
from datetime import date

import pytest
from count_strategies import CALIFORNIA, SIX, WASHINGTON
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.verify.certificate import Band, as_data
from plebiscite.verify.count import FullCount
from plebiscite.verify.rollup import read_certificate, roll_up
from plebiscite.verify.tally import conclude


def certified(counts, *, required=300_000, measure="test", **more):
    return conclude(
        counts,
        rulebook=CALIFORNIA,
        required=required,
        measure_id=measure,
        title="A test",
        signatures_compared=True,
        **more,
    )


@pytest.fixture
def filed(tmp_path):
    """Write certificates, and read them back."""

    def write(counts, name=None, **more):
        data = as_data(certified(counts, **more))
        path = tmp_path / f"{name or counts[0].county}.json"
        path.write_text(json.dumps(data))
        return read_certificate(path)

    return write


def test_six_county_certificates_come_to_the_table_of_six(filed):
    """Oracle: the same counts concluded from one table."""
    state = roll_up([filed([count]) for count in SIX], rulebook=CALIFORNIA)
    table = certified(SIX)

    assert state.counties == table.counties
    assert (state.projected, state.projected_literal) == (314_932, 314_933)
    assert state.band is table.band
    assert state.standard_error == table.standard_error


def test_the_order_of_the_certificates_does_not_matter(filed):
    certificates = [filed([count]) for count in SIX]

    forth = roll_up(certificates, rulebook=CALIFORNIA)
    back = roll_up(certificates[::-1], rulebook=CALIFORNIA)

    assert forth == back


def test_a_county_that_checked_everything_rolls_up_as_such(filed):
    tiny = FullCount(county="Tiny", raw=350, sampled=350, valid=262, duplicates=3)
    state = roll_up([filed(SIX[:-1]), filed([tiny])], rulebook=CALIFORNIA)

    assert state.projected == state.projected_literal == 314_932


def test_a_late_county_is_named_and_leaves_the_outcome_open(filed):
    expected = dict.fromkeys(count.county for count in SIX)
    state = roll_up([filed(SIX[1:])], rulebook=CALIFORNIA, expected=expected)

    assert state.band is None
    assert "Still out: Big." in state.notes


def test_a_late_county_that_cannot_matter_leaves_it_settled(filed):
    expected = dict.fromkeys(count.county for count in SIX) | {"Tiny": 350}
    state = roll_up(
        [filed(SIX[:-1], required=345_000)], rulebook=CALIFORNIA, expected=expected
    )

    assert state.band is Band.FAILED


def test_a_later_certificate_replaces_an_earlier_one_and_both_stay_visible(filed):
    big, *others = SIX
    early = filed([big], name="early", issued_on=date(2018, 5, 1))
    corrected = FullCount(county="Big", raw=259_978, sampled=259_978, valid=180_000)
    late = filed([corrected], name="late", issued_on=date(2018, 5, 9))

    state = roll_up([late, filed(others), early], rulebook=CALIFORNIA)

    assert state.projected == 314_932 - 177_944 + 180_000
    assert any(
        "early.json of 2018-05-01" in note and "late.json of 2018-05-09" in note
        for note in state.notes
    )


def test_of_two_certificates_one_of_which_bears_no_day_neither_is_the_later(filed):
    """Oracle: whether the bare one came first or last, nobody can tell."""
    bare = filed([SIX[0]], name="bare")
    dated = filed([SIX[0]], name="dated", issued_on=date(2018, 5, 1))

    for pair in ([bare, dated], [dated, bare]):
        with pytest.raises(InputError, match="neither is the later"):
            roll_up(pair, rulebook=CALIFORNIA)


def test_a_county_keeps_its_reasons_and_the_state_its_own_day(filed):
    """Oracle: what one county's certificate shows; nobody saw the other's lines."""
    big, *others = SIX
    reasons = {"Big": {"NOT_REGISTERED": big.sampled - big.valid - big.duplicates}}
    reasons["Big"]["DUPLICATE"] = big.duplicates
    one = filed([big], issued_on=date(2018, 5, 1), reasons=reasons)
    day = date(2018, 5, 9)
    state = roll_up([one, filed(others)], rulebook=CALIFORNIA, issued_on=day)

    shown = dict(one.data["counties"][0]["reasons"])
    assert shown
    assert {each.county: each.reasons for each in state.counties if each.reasons} == {
        "Big": shown
    }
    assert state.issued_on == day


@pytest.mark.parametrize("name", ["raw", "projected", "projected_literal"])
def test_a_sum_that_is_not_its_counties_is_told_with_both_numbers(tmp_path, name):
    """Oracle: six counties' figures, and their sum one too large."""
    data = as_data(certified(SIX))
    right = data[name]
    data[name] += 1
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError) as caught:
        roll_up([read_certificate(path)], rulebook=CALIFORNIA)
    said = f"{name} is {right + 1}, but its counties add up to {right}; "
    assert said in str(caught.value)


def test_the_clerk_may_say_which_certificate_is_the_corrected_one(filed):
    big, *others = SIX
    first = filed([big], name="first")
    second = filed([FullCount(county="Big", raw=9, sampled=9, valid=9)], name="second")

    state = roll_up(
        [second, first, filed(others)],
        rulebook=CALIFORNIA,
        corrected={second.path},
    )

    assert state.projected == 314_932 - 177_944 + 9


def test_two_certificates_of_one_county_are_refused_with_both_paths(filed):
    first, second = filed([SIX[0]], name="first"), filed([SIX[0]], name="second")

    with pytest.raises(InputError, match="Big stands in both") as caught:
        roll_up([first, second], rulebook=CALIFORNIA)

    assert str(first.path) in str(caught.value)
    assert str(second.path) in str(caught.value)


@pytest.mark.parametrize("other", [{"required": 300_001}, {"measure": "another"}])
def test_certificates_of_different_petitions_are_refused(filed, other):
    with pytest.raises(InputError, match="certificates of one petition"):
        roll_up([filed([SIX[0]]), filed([SIX[1]], **other)], rulebook=CALIFORNIA)


def test_certificates_under_another_law_are_refused_with_both(filed):
    with pytest.raises(InputError) as caught:
        roll_up([filed([SIX[0]])], rulebook=WASHINGTON)

    said = "under us/ca/constitutional_initiative, not us/wa/initiative"
    assert said in str(caught.value)


@pytest.mark.parametrize("asked", [299_999, 300_001])
def test_a_number_required_other_than_the_certificates_is_refused_with_both(
    filed, asked
):
    certificate = filed([SIX[0]])

    with pytest.raises(InputError) as caught:
        roll_up([certificate], rulebook=CALIFORNIA, required=asked)
    assert f"{asked:,} differs from the 300,000" in str(caught.value)
    told = roll_up([certificate], rulebook=CALIFORNIA, required=300_000)
    assert told == roll_up([certificate], rulebook=CALIFORNIA)


def test_a_county_nobody_expected_is_refused(filed):
    with pytest.raises(InputError, match="Big reported, but not among"):
        roll_up([filed([SIX[0]])], rulebook=CALIFORNIA, expected={"Alpine": 8})


@given(
    county=st.integers(0, len(SIX) - 2),  # Tiny's duplicates enter no figure
    name=st.sampled_from(["valid", "duplicates", "raw", "projected", "deducted"]),
    change=st.sampled_from([-1, 1]),
)
def test_a_figure_changed_by_one_is_found(tmp_path_factory, county, name, change):
    """Any county, any figure: either the counts are impossible or do not fit."""
    data = as_data(certified(SIX))
    data["counties"][county][name] += change
    path = tmp_path_factory.mktemp("changed") / "certificate.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match=str(path.name)):
        roll_up([read_certificate(path)], rulebook=CALIFORNIA)


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@given(data=st.data(), junk=JUNK)
def test_junk_anywhere_is_refused_or_does_not_matter(tmp_path_factory, data, junk):
    """Never a fault of ours, and never another number."""
    certificate = json.loads(json.dumps(as_data(certified(SIX))))
    part = data.draw(st.sampled_from([certificate, certificate["counties"][0]]))
    part[data.draw(st.sampled_from(sorted(part)))] = junk
    path = tmp_path_factory.mktemp("junk") / "certificate.json"
    path.write_text(json.dumps(certificate))

    try:
        state = roll_up([read_certificate(path)], rulebook=CALIFORNIA)
    except InputError:
        return
    assert (state.projected, state.raw) == (314_932, 450_604)


@pytest.mark.parametrize("compared", [True, False])
def test_signatures_count_as_compared_where_every_county_compared_them(
    tmp_path, filed, compared
):
    """Oracle: Big's certificate says so or not; all the others say so."""
    data = as_data(certified(SIX[:1])) | {"signatures_compared": compared}
    path = tmp_path / "big.json"
    path.write_text(json.dumps(data))
    state = roll_up([read_certificate(path), filed(SIX[1:])], rulebook=CALIFORNIA)

    assert state.signatures_compared is compared
    assert state.status.value == ("final" if compared else "preliminary")


def test_the_state_s_certificate_rests_on_the_oldest_of_the_rolls(filed):
    """Oracle: three rolls, and a county whose totals name none."""
    days = (date(2018, 4, 2), date(2018, 4, 1), None, date(2018, 4, 3))
    certificates = [
        filed([count], roll_as_of=day) for count, day in zip(SIX, days, strict=False)
    ]

    assert roll_up(certificates, rulebook=CALIFORNIA).roll_as_of == date(2018, 4, 1)
    assert roll_up(certificates[2:3], rulebook=CALIFORNIA).roll_as_of is None


def test_a_reason_of_no_line_is_a_count_too(tmp_path):
    data = json.loads(json.dumps(as_data(certified(SIX))))
    data["counties"][1]["reasons"] = {"ILLEGIBLE": 0}
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))
    state = roll_up([read_certificate(path)], rulebook=CALIFORNIA)

    name = data["counties"][1]["county"]
    assert {each.county: each.reasons for each in state.counties}[name] == {
        "ILLEGIBLE": 0
    }


@pytest.mark.parametrize("lines", [-1, "3", None, 2.0])
def test_a_reason_that_is_no_count_is_named_with_its_county(tmp_path, lines):
    data = json.loads(json.dumps(as_data(certified(SIX))))
    data["counties"][1]["reasons"] = {"ILLEGIBLE": lines}
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))
    name = data["counties"][1]["county"]

    with pytest.raises(InputError, match=rf"\(ILLEGIBLE of {name} is no count\)"):
        read_certificate(path)


def test_counts_that_cannot_be_are_refused_with_their_file(tmp_path):
    """Oracle: one line more valid than was looked at."""
    data = json.loads(json.dumps(as_data(certified(SIX))))
    data["counties"][0]["valid"] = data["counties"][0]["sampled"] + 1
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="each line is found once") as caught:
        read_certificate(path)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "this is not JSON"),
        ("[1, 2]", "this is not a certificate.json"),
        ('{"counties": [], "format": 99}', "its format is 99, ours 1"),
        ('{"counties": [{}], "format": 1}', "it is no whole certificate"),
        ('{"counties": [], "format": 1}', "it is no whole certificate"),
    ],
)
def test_a_foreign_file_is_refused_in_one_sentence(tmp_path, text, says):
    path = tmp_path / "certificate.json"
    path.write_text(text)

    with pytest.raises(InputError, match=says) as caught:
        read_certificate(path)
    assert caught.value.path == path


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("days", "named", "stands"),
    [
        ((1, 9), (), 1),
        ((9, 1), (), 0),
        ((1, 9), (0,), 0),
        ((1, 9), (0, 1), 1),
        ((None, 9), (0,), 0),
        ((None, None), (1,), 1),
        ((5, 5), (1,), 1),
        ((5, 5), (), None),
        ((5, 5), (0, 1), None),
        ((None, 9), (0, 1), None),
    ],
)
def test_of_two_certificates_the_named_one_stands_and_else_the_later(
    filed, days, named, stands, turn
):
    """Oracle: by hand, whichever came first; Big has 1 or 2 valid lines."""
    two = [
        filed(
            [FullCount(county="Big", raw=9, sampled=9, valid=valid)],
            name=f"of-{valid}",
            issued_on=day and date(2018, 5, day),
        )
        for valid, day in zip((1, 2), days, strict=True)
    ]
    corrected = {two[at].path for at in named}
    if stands is None:
        with pytest.raises(InputError, match="neither is the later"):
            roll_up(two[::turn], rulebook=CALIFORNIA, corrected=corrected)
        return
    state = roll_up(two[::turn], rulebook=CALIFORNIA, corrected=corrected)

    assert state.projected == stands + 1


@pytest.mark.parametrize("name", ["title", "measure", "seeds"])
def test_a_certificate_that_could_not_be_written_again_is_refused(tmp_path, name):
    r"""Oracle: \ud800 is half a character, which no file takes."""
    data = as_data(certified(SIX, seeds=["1"]))
    data[name] = ["\ud800"] if name == "seeds" else "\ud800"
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="no certificate"):
        read_certificate(path)


@pytest.mark.parametrize("required", [0, -1, True, 10**18, 10**400, "9", None])
def test_a_requirement_that_is_no_count_is_refused(tmp_path, required):
    """Oracle: signatures are counted 1, 2, 3 …; nobody asks for more than 10^18 - 1."""
    data = as_data(certified(SIX, seeds=["1"])) | {"required": required}
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="no count of signatures"):
        read_certificate(path)


@pytest.mark.parametrize("required", [1, 10**18 - 1])
def test_the_least_and_the_largest_requirement_are_read(tmp_path, required):
    """Oracle: one below and one above are refused, above."""
    data = as_data(certified(SIX, seeds=["1"])) | {"required": required}
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(data))

    assert read_certificate(path).data["required"] == required
