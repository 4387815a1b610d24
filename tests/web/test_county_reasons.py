"""Why a line may be refused, at the desk. Oracles: the law files, read by eye."""

from datetime import date
from types import SimpleNamespace

import pytest

from plebiscite.verify.find.finding import Reason
from plebiscite.web.county import desks
from plebiscite.web.county.queue.reasons import grouped


@pytest.fixture
def under(monkeypatch):
    """Return the reasons at a desk under a law, on the days of its measure."""

    def reasons(law, dates):
        measure = SimpleNamespace(law=law, dates=dates)
        monkeypatch.setattr(desks, "measure_of", lambda _: measure)
        return desks.reasons_of(None)

    return reasons


def test_under_a_law_whose_reasons_nobody_wrote_down_any_may_be_given(under):
    """Oracle: Michigan's file lists none; a duplicate is counted, never decided."""
    told = under("us/mi/constitutional_initiative", {"received": date(2026, 1, 10)})

    shown = [each for _, group in grouped(told) for each in group]
    assert {each.code for each in shown} == {*Reason} - {Reason.DUPLICATE}
    assert {(each.words, each.cite) for each in shown} == {("", "")}
    assert len({each.key for each in shown}) == len(shown)


def test_under_a_law_with_reasons_only_those_with_the_law_s_words(under):
    """Oracle: Arizona's file, whose nine reasons all cite one section."""
    told = under("us/az/constitutional_initiative", {"received": date(2026, 1, 10)})

    assert len(told) == 9
    assert "PO_BOX_ONLY" not in told
    assert told["UNDER_18"][0] == "under 18 at signing"
    assert all(cite for _, cite in told.values())
