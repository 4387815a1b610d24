"""What is held against an event where more than one rule could speak.

Oracle: the law's borders at, below and above; the first rule that speaks is followed by
the next where it has nothing to say.
"""

from datetime import date

import pytest
from living import CIRCULATING, COUNTED, NOON, calexit, event, stage, tell

from plebiscite.docket.folder import open_record
from plebiscite.docket.happened import Happened
from plebiscite.docket.life import admit
from plebiscite.docket.store import append
from plebiscite.errors import InputError


@pytest.fixture
def folder(tmp_path):
    return calexit(tmp_path / "measure")


def under(folder, law, **more):
    folder.mkdir(exist_ok=True)
    lines = ["id: x", "title: X", "kind: statute", f"law: {law}"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    (folder / "measure.yaml").write_text("\n".join([*lines, ""]), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("counts", "band"),
    [
        ({"raw": 585_407, "projected": 556_136}, "failed"),
        ({"raw": 585_407, "verified": 585_406}, "failed"),
        ({"raw": 900_000, "projected": 643_948}, "qualified"),
        ({"raw": 585_406}, "failed"),
        # A full count is heard before a projection.
        ({"verified": 585_407, "projected": 1}, "qualified"),
    ],
)
def test_a_raw_count_that_is_enough_leaves_the_word_to_the_next_count(
    folder, counts, band
):
    """Oracle: 585,407 are required; 95% of it are 556,136.65."""
    tell(folder, *COUNTED[:-1])
    wrong = "failed" if band == "qualified" else "qualified"
    with pytest.raises(InputError, match=f"by the counts it is '{band}'"):
        tell(folder, event("certified", "2017-09-18", band=wrong, **counts))
    tell(folder, event("certified", "2017-09-18", band=band, **counts))


@pytest.mark.parametrize(
    "counts", [{"raw": 900_000}, {}, {"projected": None}, {"projected": True}]
)
def test_without_a_count_that_decides_any_band_is_taken(folder, counts):
    tell(folder, *COUNTED[:-1])
    tell(folder, event("certified", "2017-09-18", band="qualified", **counts))

    assert stage(folder) == "sufficient"


def test_the_requirement_in_the_certificate_wins_over_the_measures(folder):
    """Oracle: 600,000 projected is enough of 545,000, and not of 585,407."""
    tell(folder, *COUNTED[:-1])
    body = {"band": "qualified", "projected": 600_000}
    with pytest.raises(InputError, match="by the counts it is 'full_count'"):
        tell(folder, event("certified", "2017-09-18", **body))
    tell(folder, event("certified", "2017-09-18", required=545_000, **body))


@pytest.mark.parametrize(
    ("proponents", "taken"), [(0, False), (1, True), (2, True), (None, True)]
)
def test_a_measure_has_one_proponent_or_more(folder, proponents, taken):
    filed = event("filed", "2016-11-21", proponents=proponents)
    if taken:
        tell(folder, filed)
        return
    with pytest.raises(InputError, match="at least one proponent"):
        tell(folder, filed)


@pytest.mark.parametrize(("declared", "taken"), [(0, False), (1, True), (2, True)])
def test_each_proponent_declares_each_thing(folder, declared, taken):
    """Oracle: one proponent; the last of the three things they declare."""
    filed = event("filed", "2016-11-21", proponents=1, declared_residents=declared)
    if taken:
        tell(folder, filed)
        return
    with pytest.raises(InputError, match="0 of 1 proponents declared to be residents"):
        tell(folder, filed)


@pytest.mark.parametrize(
    ("agreeing", "proponents", "enough"),
    [(1, 2, False), (2, 3, True), (2, 4, False), (3, 4, True), (1, 3, False)],
)
def test_a_majority_is_more_than_half(folder, agreeing, proponents, enough):
    """Oracle: a majority of the proponents, from 2024 on (SB 297)."""
    under(folder, "us/ca/constitutional_initiative", election="2026-11-03")
    tell(folder, event("titled", "2025-01-23"), event("sections_filed", "2025-07-01"))
    given = event("withdrawn", "2025-09-01", proponents=proponents, agreeing=agreeing)
    if enough:
        tell(folder, given)
        assert stage(folder) == "withdrawn"
        return
    with pytest.raises(InputError, match="and the law asks for a majority"):
        tell(folder, given)


def test_a_law_that_says_nothing_of_a_condition_provides_for_none(tmp_path):
    """Oracle: Washington's law has no rule on withdrawals."""
    folder = under(tmp_path / "m", "us/wa/initiative")
    tell(folder, event("titled", "2025-01-23"), event("sections_filed", "2025-07-01"))
    with pytest.raises(InputError) as caught:
        tell(folder, event("contingent_withdrawal", "2025-08-01", condition="a bill"))

    assert "withdrawal after filing: not recorded" in str(caught.value)


def test_an_event_of_a_counterfactual_measure_that_hides_it_is_refused(folder):
    path = folder / "measure.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("counterfactual: false", "counterfactual: true"), "utf-8"
    )
    ground = open_record(folder, date(2017, 1, 1)).ground
    for said in ({}, {"counterfactual": False}):
        bare = Happened(
            seq=1,
            day=date(2016, 11, 21),
            kind="filed",
            by="x",
            authority="y",
            body=said,
        )
        with pytest.raises(InputError) as caught:
            admit([], [bare], ground)
        assert "must say so: counterfactual: true" in str(caught.value)


@pytest.mark.parametrize("now", ["words", ["n", 1], 7, {}, None])
def test_what_holds_now_is_said_by_name(folder, now):
    tell(folder, *CIRCULATING)
    new = event("corrected", "2017-02-01", corrects=1, now=now)
    with pytest.raises(InputError, match="says neither what holds 'now' nor"):
        tell(folder, new)


@pytest.mark.parametrize("key", ["kind", "seq", "recorded_at", "hash", "prev"])
def test_what_an_event_is_cannot_be_corrected(folder, key):
    tell(folder, *CIRCULATING)
    new = event("corrected", "2017-02-01", corrects=1, now={key: 5, "n": 1})
    with pytest.raises(InputError, match=f"cannot change {key}; strike event 1"):
        tell(folder, new)


def test_a_rule_behind_a_question_without_a_law_is_held_to_its_file(tmp_path):
    """Oracle: the first of two further questions names no law, the second a false."""
    folder = under(tmp_path / "m", "us/ca/constitutional_initiative")
    with (folder / "measure.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "follow_ups:\n"
            "  - {id: first, question: A?, source: s}\n"
            "  - {id: second, question: B?, source: s, law: us/zz/none, rule: r}\n"
        )
    with pytest.raises(InputError, match="follow-up 'second': there is no law"):
        open_record(folder, date(2026, 1, 1))


def test_before_its_first_event_no_consent_of_a_measure_is_known():
    """Oracle: 16-0011 was filed on 21 November 2016."""
    before = open_record("us/ca/16-0011", date(2016, 11, 20))
    after = open_record("us/ca/16-0011", date(2016, 11, 21))

    assert (before.consents, before.opinions) == ([], [])
    assert after.consents
    assert before.life.stage == "nothing"
    assert before.later == 6


@pytest.mark.parametrize(
    ("written_by", "known"), [("2026-12-31", 4), ("2027-11-21", 4), ("2027-11-22", 5)]
)
def test_what_was_written_down_later_is_left_out(folder, written_by, known):
    """Oracle: a note of 2017 written down on 22 November 2027."""
    tell(folder, *CIRCULATING)
    late = NOON.replace(year=2027)
    append(folder, [event("noted", "2017-02-02")], recorded_at=late)
    day = date.fromisoformat(written_by)
    found = open_record(folder, date(2028, 1, 1), written_by=day)

    assert (len(found.events), found.later) == (known, 5 - known)
