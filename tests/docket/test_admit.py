"""Events on their way in: numbered from the docket's end, and held one by one.

Oracle: numbers counted by hand, and limits tried at, below and above.
"""

from datetime import date

import pytest
from living import CIRCULATING, COUNTED, calexit, event, tell

from plebiscite.docket.folder import open_record
from plebiscite.docket.happened import Happened, as_known, happened
from plebiscite.docket.life import admit, life
from plebiscite.docket.store import read
from plebiscite.errors import InputError


def unwritten(kind, day, **body):
    """An event that has no number yet."""
    return Happened(
        seq=0,
        day=date.fromisoformat(day),
        kind=kind,
        by="an office",
        authority="a law",
        body=body,
    )


@pytest.mark.parametrize(("corrects", "there"), [(1, True), (2, True), (3, False)])
def test_new_events_are_numbered_from_the_end(corrects, there):
    """Two events without a number are 1 and 2; the correction behind them is 3."""
    new = [
        unwritten("filed", "2017-01-01"),
        unwritten("noted", "2017-01-02"),
        unwritten("corrected", "2017-01-03", corrects=corrects, struck=True),
    ]
    if there:
        admit([], new, None)
        return
    with pytest.raises(InputError, match="event 3 is not in the docket"):
        admit([], new, None)


@pytest.mark.parametrize("number", [0, -1, True, "1", None, 1.0])
def test_a_correction_names_a_whole_number_from_one_on(number):
    new = [
        unwritten("filed", "2017-01-01"),
        unwritten("corrected", "2017-01-03", corrects=number, struck=True),
    ]
    with pytest.raises(InputError, match="write the number of the event to correct"):
        admit([], new, None)


def test_a_correction_is_not_corrected():
    """Oracle: a correction names an event that happened."""
    new = [
        unwritten("filed", "2017-01-01"),
        unwritten("corrected", "2017-01-03", corrects=1, now={"n": 1}),
        unwritten("corrected", "2017-01-04", corrects=2, struck=True),
    ]
    with pytest.raises(InputError, match="event 2 is itself a correction"):
        admit([], new, None)


@pytest.mark.parametrize(
    ("count", "taken"),
    [(0, True), (1, True), (-1, False), (True, False), ("5", False), (None, True)],
)
def test_a_count_is_a_whole_number_from_nought_on(count, taken):
    new = [unwritten("canvassed", "2018-12-10", yes=count)]
    if taken:
        admit([], new, None)
        return
    with pytest.raises(InputError, match="write a whole number"):
        admit([], new, None)


@pytest.mark.parametrize(
    ("day", "taken"),
    [("2017-01-25", False), ("2017-01-26", True), ("2017-01-27", True)],
)
def test_what_changes_the_stage_may_fall_on_the_day_of_the_stage(tmp_path, day, taken):
    """Oracle: it circulates since 26 January 2017."""
    tell(tmp_path, *CIRCULATING)
    if taken:
        tell(tmp_path, event("withdrawn", day))
        return
    with pytest.raises(InputError, match="cannot lie before that"):
        tell(tmp_path, event("withdrawn", day))


def test_a_note_may_be_told_of_an_earlier_day(tmp_path):
    """Oracle: a note changes no stage, so no stage stands in its way."""
    tell(tmp_path, *CIRCULATING, event("noted", "2016-01-01"))
    found = life(happened(read(tmp_path)))

    assert (found.stage, str(found.since)) == ("circulating", "2017-01-26")
    assert found.stages == (
        (1, "proposed"),
        (2, "estimated"),
        (3, "titled"),
        (4, "circulating"),
    )


@pytest.mark.parametrize(
    ("on", "known"), [("2017-02-09", 1), ("2017-02-10", 2), ("2017-02-11", 2)]
)
def test_a_correction_counts_from_its_own_day_on(tmp_path, on, known):
    """Oracle: filed as one count, corrected to two on 10 February."""
    tell(tmp_path, *CIRCULATING, event("noted", "2017-02-01", n=1))
    tell(tmp_path, event("corrected", "2017-02-10", corrects=5, now={"n": 2}))
    found = as_known(happened(read(tmp_path)), date.fromisoformat(on))

    assert found[4].body["n"] == known
    assert found[4].corrections == ((6,) if known == 2 else ())


def test_every_field_a_correction_may_change_is_changed(tmp_path):
    """Oracle: five fields, each unlike what stood there; the rest is as it was."""
    tell(tmp_path, *CIRCULATING, event("noted", "2017-02-01", n=1, m=9))
    now = {
        "by": "B",
        "authority": "A",
        "source": "S",
        "day": "2017-02-03",
        "n": 2,
    }
    tell(tmp_path, event("corrected", "2017-02-10", corrects=5, now=now))
    found = as_known(happened(read(tmp_path)))[4]

    assert (found.by, found.authority, found.source) == ("B", "A", "S")
    assert found.day == date(2017, 2, 3)
    assert found.body == {"n": 2, "m": 9}
    assert not found.struck
    assert found.kind == "noted"
    before = as_known(happened(read(tmp_path)))[0]
    assert (before.by, before.authority, before.source) == (
        "an office",
        "a law",
        "a document",
    )


@pytest.mark.parametrize("name", ["by", "authority", "source", "day", "n"])
def test_what_a_correction_does_not_name_stays_as_it_was(tmp_path, name):
    """Oracle: the event before, in all but the one field."""
    tell(tmp_path, *CIRCULATING, event("noted", "2017-02-01", n=1))
    before = happened(read(tmp_path))[4]
    now = {"by": "B", "authority": "A", "source": "S", "day": "2017-02-03", "n": 2}
    tell(tmp_path, event("corrected", "2017-02-10", corrects=5, now={name: now[name]}))
    after = as_known(happened(read(tmp_path)))[4]

    old = (before.by, before.authority, before.source, str(before.day), before.body)
    new = (after.by, after.authority, after.source, str(after.day), after.body)
    changed = ["by", "authority", "source", "day", "n"].index(name)
    assert [at for at in range(5) if old[at] != new[at]] == [changed]


@pytest.mark.parametrize("said", [1, "true", False, None])
def test_only_the_word_true_strikes_an_event(tmp_path, said):
    tell(tmp_path, *CIRCULATING)
    new = event("corrected", "2017-02-01", corrects=1, struck=said)
    with pytest.raises(InputError, match="says neither what holds 'now' nor"):
        tell(tmp_path, new)


def test_a_record_says_whether_its_docket_is_whole(tmp_path):
    folder = calexit(tmp_path / "measure")
    assert open_record(folder, date(2017, 2, 1)).check is None
    tell(folder, *CIRCULATING)
    found = open_record(folder, date(2017, 1, 25))

    assert found.check is not None
    assert (found.check.events, found.later, len(found.events)) == (4, 2, 2)


@pytest.mark.parametrize(
    ("told", "counterfactual"), [(True, True), (1, False), ("true", False)]
)
def test_only_the_word_true_makes_an_event_counterfactual(told, counterfactual):
    found = unwritten("noted", "2017-01-01", counterfactual=told)

    assert found.is_counterfactual is counterfactual


def test_what_leads_back_to_its_stage_is_an_event_of_that_stage(tmp_path):
    """Oracle: a preliminary certificate leaves it counted, from its own day on."""
    first = event("certified", "2017-09-19", band="qualified", status="preliminary")
    tell(tmp_path, *COUNTED[:-1], first)
    found = life(happened(read(tmp_path)))

    assert (found.stage, found.since) == ("counted", date(2017, 9, 19))
    assert found.stages[-1] == (len(COUNTED), "counted")
    with pytest.raises(InputError, match="cannot lie before that"):
        tell(tmp_path, event("certified", "2017-09-18", band="qualified"))


def test_before_the_first_event_no_day_is_named():
    """Oracle: the sentence, written out."""
    with pytest.raises(InputError) as caught:
        admit([], [unwritten("quarter_notice", "2017-01-01")], None)

    assert "is 'nothing' (nothing is recorded), and the notice is given" in str(
        caught.value
    )


@pytest.mark.parametrize("to", ["soon", "2017-13-01", "", 5])
def test_an_extension_names_a_day(tmp_path, to):
    tell(tmp_path, *CIRCULATING)
    new = event("extended", "2017-02-01", clock="last_filing_day", to=to)
    with pytest.raises(InputError, match=f"to is {to!r}; write a day as 2017-01-26"):
        tell(tmp_path, new)
