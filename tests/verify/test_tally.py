"""From counts to a certificate, under the real laws.

Oracles: the worked statewide sum and its bands, published thresholds, invariants.
"""

from dataclasses import asdict, replace
from decimal import Decimal

import pytest
from count_strategies import CALIFORNIA, I_1351, SIX, WASHINGTON, sample_counts
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import CountError
from plebiscite.rules.expression import Standing
from plebiscite.verify.certificate import (
    PRELIMINARY,
    STILL_OUT,
    Band,
    Status,
    as_data,
)
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.tally import conclude, figures


def concluded(counts, required, *, rulebook=CALIFORNIA, compared=True, **more):
    return conclude(
        counts,
        rulebook=rulebook,
        required=required,
        measure_id="test",
        title="A test",
        signatures_compared=compared,
        **more,
    )


def every_line(valid, raw=1_000_000, **more):
    """One county that looked at every line: its projection is any number we like."""
    return SampleCount(county="C", raw=raw, sampled=raw, valid=valid, **more)


def projecting_to(valid):
    """Two counties, one of them sampled, that project to `valid` together."""
    sampled = SampleCount(county="A", raw=1_000, sampled=500, valid=0)
    return [sampled, every_line(valid)]


@pytest.mark.parametrize(
    ("required", "percent", "band"),
    [
        (300_000, "104.98", Band.FULL_COUNT),
        (330_000, "95.43", Band.FULL_COUNT),
        (345_000, "91.28", Band.FAILED),
        (280_000, "112.48", Band.QUALIFIED),
    ],
)
def test_the_worked_statewide_sum_against_four_requirements(required, percent, band):
    certificate = concluded(SIX, required)

    assert certificate.projected == 314_932
    assert certificate.projected_literal == 314_933
    assert certificate.percent == Decimal(percent)
    assert certificate.band is band
    assert certificate.verified is None
    assert certificate.status is Status.FINAL


@pytest.mark.parametrize(
    ("required", "projected", "band"),
    [
        (585_407, 556_136, Band.FAILED),
        (585_407, 556_137, Band.FULL_COUNT),
        (585_407, 643_947, Band.FULL_COUNT),
        (585_407, 643_948, Band.QUALIFIED),
        (807_615, 767_234, Band.FAILED),
        (807_615, 767_235, Band.FULL_COUNT),
        (365_880, 402_467, Band.FULL_COUNT),
        (365_880, 402_468, Band.FULL_COUNT),
        (365_880, 402_469, Band.QUALIFIED),
    ],
)
def test_the_bands_at_one_below_and_one_above_each_line(required, projected, band):
    """Published: 767,235 is the full-count line of 807,615; 110% is more than."""
    certificate = concluded(projecting_to(projected), required)

    assert certificate.projected == projected
    assert certificate.band is band


@pytest.mark.parametrize(
    ("valid", "band", "standing"),
    [
        (584_999, Band.FAILED, Standing.UNMET),
        (585_000, Band.QUALIFIED, Standing.MET),
        (585_001, Band.QUALIFIED, Standing.MET),
    ],
)
def test_a_full_count_is_met_by_the_number_itself(valid, band, standing):
    full = FullCount(county="C", raw=900_000, sampled=900_000, valid=valid)

    certificate = concluded([full], 585_000)

    assert (certificate.band, certificate.standing) == (band, standing)
    assert certificate.verified == valid
    assert certificate.chance_full_count_differs == 0
    assert certificate.standard_error == 0


@pytest.mark.parametrize(("raw", "fails"), [(599_999, True), (600_000, False)])
def test_too_few_lines_filed_end_the_matter_without_a_sample(raw, fails):
    """The gate is at 100% of the requirement, on the raw count."""
    county = SampleCount(county="C", raw=raw, sampled=20_000, valid=20_000)

    certificate = concluded([county], 600_000)

    assert (certificate.band is Band.FAILED) is fails
    assert ("raw count" in certificate.verdict.words) is fails


def test_the_certificate_explains_itself_in_the_laws_words():
    certificate = concluded(SIX, 345_000)

    assert "less than 95% of required signatures" in certificate.verdict.words
    assert {"ec-9031", "ccr-20530"} <= {source.key for source in certificate.citations}


def test_washington_qualifies_on_the_sample():
    """Published: I-1351 was certified on its sample."""
    certificate = concluded([I_1351], 246_372, rulebook=WASHINGTON)

    assert certificate.band is Band.QUALIFIED
    assert certificate.acceptance is not None
    assert any("gives no estimate" in note for note in certificate.notes)
    told = as_data(certificate)["acceptance"]
    assert told == {
        name: value if isinstance(value, int) else str(value)
        for name, value in asdict(certificate.acceptance).items()
    }


@given(sample_counts(), st.integers(1, 500_000))
def test_a_washington_sample_never_rejects(count, required):
    if count.sampled == count.raw:
        return
    certificate = concluded([count], required, rulebook=WASHINGTON)

    assert certificate.band in {Band.QUALIFIED, Band.FULL_COUNT}


def test_washington_takes_one_sample_of_the_state():
    with pytest.raises(CountError, match="one sample from the whole state"):
        concluded(SIX, 246_372, rulebook=WASHINGTON)


def test_undecided_lines_make_it_preliminary_and_open_where_they_matter():
    undecided = replace(SIX[0], valid=5_000, undecided=694)
    certificate = concluded([undecided, *SIX[1:]], 300_000)

    assert certificate.status is Status.PRELIMINARY
    assert certificate.notes[0] == PRELIMINARY
    assert certificate.if_all_valid.projected == 314_932
    assert certificate.if_all_valid.band is Band.FULL_COUNT
    assert certificate.if_none_valid.projected == certificate.projected < 300_000
    assert certificate.if_none_valid.band is Band.FULL_COUNT
    assert certificate.band is Band.FULL_COUNT

    closer = concluded([undecided, *SIX[1:]], 310_000)
    assert closer.band is None
    assert closer.standing is Standing.OPEN
    assert as_data(closer)["band"] is None


def test_undecided_lines_that_cannot_matter_leave_the_outcome():
    undecided = replace(SIX[0], valid=5_693, undecided=1)

    assert concluded([undecided, *SIX[1:]], 345_000).band is Band.FAILED
    assert concluded([undecided, *SIX[1:]], 280_000).band is Band.QUALIFIED


def test_names_and_addresses_alone_are_never_final():
    certificate = concluded(SIX, 280_000, compared=False)

    assert certificate.status is Status.PRELIMINARY
    assert certificate.notes[0] == PRELIMINARY


def test_a_full_count_under_way_may_be_settled_early():
    half = FullCount(county="A", raw=10_000, sampled=6_000, valid=5_000)
    rest = FullCount(county="B", raw=5_000, sampled=0, valid=0)

    reached = concluded([half, rest], 5_000)
    needed = concluded([half, rest], 5_001)
    missed = concluded([half, rest], 14_001)

    assert (reached.band, reached.status) == (Band.QUALIFIED, Status.PRELIMINARY)
    assert any("lets the check stop" in note for note in reached.notes)
    assert (needed.band, needed.standing) == (None, Standing.OPEN)
    assert missed.band is Band.FAILED
    assert reached.verified is None


def test_samples_and_full_counts_stand_side_by_side():
    full = FullCount(county="Tiny", raw=350, sampled=350, valid=262)
    certificate = concluded([*SIX[:-1], full], 300_000)

    assert certificate.projected == certificate.projected_literal == 314_932
    assert certificate.band is Band.FULL_COUNT
    modes = {line["county"]: line["mode"] for line in as_data(certificate)["counties"]}
    assert modes["Tiny"] == "full_count"
    assert modes["Big"] == "sample"


def test_a_county_still_out_leaves_the_outcome_open_until_it_cannot_matter():
    out = {"Mid": 42_500}
    reported = [count for count in SIX if count.county != "Mid"]

    certificate = concluded(reported, 300_000, awaited=out)
    assert certificate.band is None
    assert certificate.notes[:2] == (STILL_OUT, "Still out: Mid.")
    assert concluded(reported, 250_000, awaited=out).band is Band.QUALIFIED
    assert concluded(reported, 400_000, awaited=out).band is Band.FAILED
    unknown = concluded(reported, 400_000, awaited={"Mid": None})
    assert unknown.band is None


def test_a_county_counts_once():
    with pytest.raises(CountError, match="Big stands 2 times"):
        concluded([*SIX, SIX[0]], 300_000)
    with pytest.raises(CountError, match="no county has reported"):
        concluded([], 300_000)


def test_a_negative_projection_keeps_its_sign_and_is_noted():
    county = SampleCount(county="C", raw=24_034, sampled=722, valid=20, duplicates=20)

    certificate = concluded([county], 10_000)

    assert certificate.projected < 0
    assert any("set no floor" in note for note in certificate.notes)


@given(st.permutations(SIX))
def test_the_order_of_the_counties_does_not_matter(counties):
    assert concluded(counties, 300_000) == concluded(SIX, 300_000)


REASONS = {"NOT_REGISTERED": 180, "SIG_MISMATCH": 23, "DUPLICATE": 2, "WITHDRAWN": 1}


def test_reasons_add_up_with_the_lines_looked_at():
    """Conservation: sampled = valid + undecided + reasons."""
    example = next(count for count in SIX if count.county == "Example")
    with pytest.raises(CountError, match="make 722, not the 721"):
        figures(
            replace(example, sampled=721, valid=516),
            CALIFORNIA,
            reasons=REASONS,
        )

    assert figures(example, CALIFORNIA, reasons=REASONS).reasons == REASONS


def test_reasons_found_under_five_times_in_a_county_show_in_the_state_only():
    example = next(count for count in SIX if count.county == "Example")
    both = [example, replace(example, county="Other")]
    data = as_data(
        concluded(both, 30_000, reasons={"Example": REASONS, "Other": REASONS})
    )
    alone = as_data(concluded([example], 30_000, reasons={"Example": REASONS}))

    assert data["counties"][0]["reasons"] == {"NOT_REGISTERED": 180, "SIG_MISMATCH": 23}
    assert data["counties"][0]["reasons_withheld"] == 3
    assert data["reasons"]["WITHDRAWN"] == 2
    assert "WITHDRAWN" not in alone["reasons"]


AGREED = """measure law law_version status required raw projected projected_literal
verified percent band standing standard_error chance_full_count_differs
value_of_one_duplicate counties seed commitment citations format"""
AGREED_OF_A_COUNTY = """county raw sampled valid duplicates percent uncorrected value
weight deducted projected undecided reasons"""


def test_the_certificate_as_data_has_every_agreed_field():
    """Contract: certificate.json; counts are integers, decimals strings."""
    data = as_data(concluded(SIX, 300_000, seeds=["31415926"]))

    assert set(AGREED.split()) <= data.keys()
    assert set(AGREED_OF_A_COUNTY.split()) <= data["counties"][0].keys()
    assert data["projected"] == 314_932
    assert data["percent"] == "104.98"
    assert data["band"] == "full_count"
    assert data["standing"] == "open"
    assert data["value_of_one_duplicate"] == "1077.7756"
    assert data["seed"] == "31415926"


def test_the_requirement_is_cited_by_its_own_rule():
    """Oracle: the law file; where it asks for nothing, nothing is cited."""
    data = as_data(concluded(SIX, 300_000))

    own = [source.key for source in CALIFORNIA.cite("required_signatures")]
    assert data["required_cite"] == own != []
    assert set(own) <= {source["key"] for source in data["citations"]}


@pytest.mark.parametrize(("counties", "said"), [(1, 1), (3, 3), (4, 1), (58, 1)])
def test_what_is_true_of_many_counties_is_said_once(counties, said):
    """Oracle: the worked county of 350 lines, 262 for the count and 263 by letter."""
    tiny = SIX[-1]
    many = [replace(tiny, county=f"County {n}") for n in range(counties)]

    notes = [n for n in concluded(many, 9).notes if "looked at every line" in n]

    assert len(notes) == said
    if counties > said:
        assert f"{262 * counties:,}" in notes[0]
        assert f"{263 * counties:,}" in notes[0]


def test_of_a_part_alone_the_law_says_nothing():
    """One county is never enough for a state; nor has it failed."""
    certificate = concluded([SIX[-1]], 300_000, awaited={"the other counties": None})

    assert (certificate.band, certificate.standing) == (None, Standing.OPEN)
    assert certificate.verdict.parts == ()
    assert certificate.notes[0] == STILL_OUT
