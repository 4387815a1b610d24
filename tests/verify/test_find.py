"""From lines to findings: who speaks first, what adds up, what never may happen."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from found_lines import CALIFORNIA, MATCHED, NOBODY, TIE, lines, matches
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.verify.count import SampleCount
from plebiscite.verify.find import duplicate
from plebiscite.verify.find.decision import Decision, Word, standing
from plebiscite.verify.find.finding import (
    PetitionFindings,
    SampleFindings,
    reason_counts,
    signatures_compared,
)
from plebiscite.verify.find.judge import Ground, judged
from plebiscite.verify.projection import project_california


def decision(line, word, *, reason=None, voter=None, at="2017-08-01"):
    return Decision(
        line_id=str(line),
        word=Word(word),
        reason=reason,
        voter_id=voter,
        by="anna",
        at=at,
        row=2,
    )


def found(line, match, *decisions, sections=None, ground=CALIFORNIA):
    table = judged(
        lines(line),
        matches(match),
        standing=standing(decisions),
        sections=sections,
        ground=ground,
    )
    return table.select("finding", "reason", "by").row(0)


def section(**changed):
    row = {"county": "Alpine", "section": "1", "from": None, "to": None}
    row |= {"declaration": "complete", **changed}
    dates = {"from": pl.Date, "to": pl.Date}
    return pl.DataFrame([row], schema_overrides=dates)


VALID = decision(1, "valid", voter="v")
EARLY, LATE = date(2017, 2, 1), date(2017, 7, 26)


@pytest.mark.parametrize(
    ("line", "match", "decisions", "finding"),
    [
        ({}, MATCHED, (), ("valid", None, "matcher")),
        ({}, NOBODY, (), ("invalid", "NOT_REGISTERED", "matcher")),
        ({}, TIE, (), ("undecided", None, "matcher")),
        ({}, {**MATCHED, "decision": "review"}, (), ("undecided", None, "matcher")),
        ({}, {**NOBODY, "decision": "review"}, (), ("undecided", None, "matcher")),
        (
            {},
            {**MATCHED, "reason": "ADDR_DIFFERENT"},
            (),
            ("invalid", "ADDR_DIFFERENT", "matcher"),
        ),
        ({}, NOBODY, (VALID,), ("valid", None, "anna")),
        (
            {},
            MATCHED,
            (decision(1, "invalid", reason="SIG_MISMATCH"),),
            ("invalid", "SIG_MISMATCH", "anna"),
        ),
        ({}, MATCHED, (decision(1, "undecided"),), ("undecided", None, "anna")),
        (
            {"signature_present": "no"},
            MATCHED,
            (),
            ("invalid", "SIG_MISSING", "record"),
        ),
        ({"signature_present": "no"}, MATCHED, (VALID,), ("valid", None, "anna")),
        ({"signature_present": "unknown"}, MATCHED, (), ("valid", None, "matcher")),
        ({"withdrawn_on": EARLY}, MATCHED, (), ("invalid", "WITHDRAWN", "record")),
        (
            {"withdrawn_on": date(2017, 7, 24)},
            MATCHED,
            (VALID,),
            ("invalid", "WITHDRAWN", "record"),
        ),
        # Elec. Code § 9602: "prior to the day the petition is filed".
        (
            {"withdrawn_on": date(2017, 7, 25)},
            MATCHED,
            (VALID,),
            ("valid", None, "anna"),
        ),
        ({"withdrawn_on": LATE}, MATCHED, (), ("valid", None, "matcher")),
        (
            {"signed_on": date(2017, 1, 25)},
            MATCHED,
            (),
            ("invalid", "DATE_OUT_OF_RANGE", "record"),
        ),
        ({"signed_on": date(2017, 1, 26)}, MATCHED, (), ("valid", None, "matcher")),
        ({"signed_on": LATE}, TIE, (), ("invalid", "DATE_OUT_OF_RANGE", "record")),
    ],
)
def test_who_speaks_first_decides(line, match, decisions, finding):
    """Oracle: the order in the module's docstring."""
    assert found(line, match, *decisions) == finding


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({}, ("valid", None, "matcher")),
        ({"declaration": None}, ("valid", None, "matcher")),
        ({"declaration": "unsigned"}, ("invalid", "CIRC_DECL_DEFECT", "record")),
        ({"to": EARLY}, ("invalid", "DATE_OUT_OF_RANGE", "record")),
        ({"from": EARLY, "to": date(2017, 3, 1)}, ("valid", None, "matcher")),
    ],
)
def test_a_section_speaks_for_its_lines(changed, finding):
    assert found({}, MATCHED, sections=section(**changed)) == finding


def test_a_reason_the_law_does_not_name_rejects_nobody():
    """Washington names no address; any other doubt is for a person."""
    washington = Ground(reasons={"NOT_REGISTERED": "cited"})
    elsewhere = {**MATCHED, "reason": "ADDR_DIFFERENT"}
    young = {**MATCHED, "reason": "UNDER_18"}

    assert found({}, elsewhere, ground=washington) == ("valid", None, "matcher")
    assert found({}, young, ground=washington) == ("undecided", None, "matcher")
    assert found({}, NOBODY, ground=washington)[:2] == ("invalid", "NOT_REGISTERED")


def test_a_person_who_writes_duplicate_only_says_whose_it_is():
    """Whether it is one depends on what was drawn, and is counted."""
    twin = decision(1, "invalid", reason="DUPLICATE", voter="v")

    assert found({}, NOBODY, twin) == ("valid", None, "anna")


def test_a_finding_names_its_law_its_voter_and_its_candidates():
    doubt = {**MATCHED, "second_voter_id": "w"}
    table = judged(
        lines({}, {}),
        matches(doubt, NOBODY),
        standing={},
        sections=None,
        ground=Ground(
            reasons={"NOT_REGISTERED": "Cal. Elec. Code § 100"},
            roll_as_of=date(2017, 7, 1),
        ),
    )

    assert table["cite"].to_list() == [None, "Cal. Elec. Code § 100"]
    assert table["voter_id"].to_list() == ["v", None]
    assert table["candidates"].to_list() == [["v", "w"], []]
    assert table["roll_as_of"].to_list() == [date(2017, 7, 1)] * 2


# ── Properties ────────────────────────────────────────────────────────────────────────

SIZE = 12


@st.composite
def petitions(draw):
    """A petition of twelve lines by few voters, with a history of decisions."""
    found_ = [
        draw(
            st.sampled_from(
                [
                    *({**MATCHED, "voter_id": f"v{n}"} for n in range(4)),
                    NOBODY,
                    TIE,
                    {**MATCHED, "voter_id": "v1", "decision": "review"},
                ]
            )
        )
        for _ in range(SIZE)
    ]
    withdrawn = [{"withdrawn_on": draw(st.sampled_from([None, None, EARLY]))}] * SIZE
    history = [
        decision(
            draw(st.integers(1, SIZE)),
            word,
            reason="SIG_MISMATCH" if word == "invalid" else None,
            voter=draw(st.sampled_from(["v0", "v1", "v9"]))
            if word == "valid"
            else None,
            at=f"2017-08-01T00:00:{n:02d}",
        )
        for n, word in enumerate(
            draw(
                st.lists(
                    st.sampled_from(["valid", "invalid", "undecided", "undo"]),
                    max_size=15,
                )
            )
        )
    ]
    return lines(*withdrawn), matches(*found_), history


def state(petition, history, raw=1_200):
    table = judged(
        petition[0],
        petition[1],
        standing=standing(history),
        sections=None,
        ground=CALIFORNIA,
    )
    before = SampleFindings(unit="Alpine", raw=raw, table=table)
    return before, duplicate.within_sample(before, cite="c")


@given(petitions())
def test_every_line_is_found_once_at_every_prefix_of_the_decisions(petition):
    """Oracle: lines looked at = valid + every reason + undecided."""
    for end in range(len(petition[2]) + 1):
        _, after = state(petition, petition[2][:end])
        count = after.count()
        reasons = reason_counts(after.table, by="county")["Alpine"]

        assert count.valid + sum(reasons.values()) + count.undecided == SIZE
        assert reasons.get("DUPLICATE", 0) == count.duplicates


@given(petitions(), st.randoms(use_true_random=False))
def test_the_order_of_decisions_and_lines_does_not_matter(petition, chance):
    """Oracle: the same events, replayed in another order, give the same state."""
    history = petition[2][:]
    chance.shuffle(history)
    mixed = (
        petition[0].sample(fraction=1, shuffle=True, seed=1),
        petition[1].sample(fraction=1, shuffle=True, seed=2),
    )

    assert state(mixed, history)[1].table.equals(state(petition, petition[2])[1].table)


@given(petitions())
def test_one_voter_is_credited_once(petition):
    _, after = state(petition, petition[2])
    credited = after.table.filter(pl.col("finding") == "valid")["voter_id"].to_list()

    assert None not in credited
    assert max(Counter(credited).values(), default=1) == 1


@given(petitions())
def test_a_duplicate_never_helps(petition):
    """Oracle: the projection if the repeating lines had been nobody's."""
    _, after = state(petition, petition[2])
    count = after.count()
    without = SampleCount(
        county="Alpine", raw=count.raw, sampled=count.sampled, valid=count.valid
    )

    assert project_california(count).valid <= project_california(without).valid


@given(petitions())
def test_of_k_copies_the_first_stands_and_the_others_are_duplicates(petition):
    """Oracle: a loop over the lines in their order."""
    before, after = state(petition, petition[2])
    seen, expected = set(), []
    for row in before.table.sort("county", "section", "row").iter_rows(named=True):
        valid, voter = row["finding"] == "valid", row["voter_id"]
        expected.append("duplicate" if valid and voter in seen else row["finding"])
        if valid:
            seen.add(voter)

    assert after.table["finding"].to_list() == expected


# ── Duplicate scope ───────────────────────────────────────────────────────────────────


def test_a_voter_elsewhere_in_the_petition_makes_no_sampled_line_a_duplicate():
    """The trap that would move a projection of Los Angeles by 98,000."""
    whole = judged(
        lines({}, {}, {}),
        matches(MATCHED, MATCHED, {**MATCHED, "voter_id": "w"}),
        standing={},
        sections=None,
        ground=CALIFORNIA,
    )
    drawn = SampleFindings(unit="Alpine", raw=3, table=whole.filter(pl.col("row") > 1))
    everything = PetitionFindings(raw={"Alpine": 3}, table=whole)

    sample = duplicate.within_sample(drawn, cite="c").table
    full = duplicate.within_petition(everything, cite="c").table

    assert sample["finding"].to_list() == ["valid", "valid"]
    again = duplicate.within_sample(
        SampleFindings(unit="Alpine", raw=3, table=whole), cite="c"
    ).table
    assert again["finding"].to_list() == ["valid", "duplicate", "valid"]
    assert [again["cite"].to_list()[1], again["reason"].to_list()[1]] == [
        "c",
        "DUPLICATE",
    ]
    assert full["finding"].to_list() == ["valid", "duplicate", "valid"]
    assert full["cite"].to_list()[1] == "c"


def test_a_full_count_finds_a_voter_in_two_counties():
    table = judged(
        lines({}, {"county": "Yolo", "unit": "Yolo"}),
        matches(MATCHED, MATCHED),
        standing={},
        sections=None,
        ground=CALIFORNIA,
    )
    findings = PetitionFindings(raw={"Alpine": 1, "Yolo": 1}, table=table)

    alpine, yolo = duplicate.within_petition(findings, cite="c").counts()

    assert (alpine.valid, alpine.duplicates) == (1, 0)
    assert (yolo.valid, yolo.duplicates) == (0, 1)


def test_every_line_of_a_full_count_is_counted_once():
    """Oracle: the sum. The second line may be either of two voters'."""
    table = judged(
        lines({}, {}, {"county": "Yolo", "unit": "Yolo"}),
        matches(MATCHED, TIE, {**MATCHED, "voter_id": "w"}),
        standing={},
        sections=None,
        ground=CALIFORNIA,
    )
    findings = PetitionFindings(raw={"Yolo": 1, "Alpine": 2}, table=table)

    alpine, yolo = findings.counts()

    assert (alpine.county, yolo.county) == ("Alpine", "Yolo")
    assert (alpine.raw, alpine.sampled, alpine.valid, alpine.undecided) == (2, 2, 1, 1)
    assert (yolo.raw, yolo.sampled, yolo.valid, yolo.undecided) == (1, 1, 1, 0)


def test_a_line_that_does_not_count_takes_nothing_from_anybody():
    """The withdrawn first copy leaves the second one standing."""
    table = judged(
        lines({"withdrawn_on": EARLY}, {}),
        matches(MATCHED, MATCHED),
        standing={},
        sections=None,
        ground=CALIFORNIA,
    )
    sample = SampleFindings(unit="Alpine", raw=2, table=table)

    assert duplicate.within_sample(sample, cite="c").count().valid == 1
    assert duplicate.within_sample(sample, cite="c").count().duplicates == 0


def test_signatures_are_compared_only_when_a_person_saw_every_line_that_counts():
    def compared(*decisions):
        table = judged(
            lines({}, {}, {}),
            matches(MATCHED, {**MATCHED, "voter_id": "w"}, NOBODY),
            standing=standing(decisions),
            sections=None,
            ground=CALIFORNIA,
        )
        return signatures_compared(table)

    first, second = VALID, decision(2, "valid", voter="w")
    assert not compared()
    assert not compared(first)
    assert compared(first, second)
    assert compared(first, decision(2, "invalid", reason="SIG_MISMATCH"))
