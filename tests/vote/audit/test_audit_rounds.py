"""How many ballots a round asks for.

Oracle: a plan whose first round is given, on 1,000 ballots reported 600 to 400.
"""

from decimal import Decimal

import pytest

from plebiscite.vote.audit.claim import Mark, Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.findings import Finding
from plebiscite.vote.audit.piles import Manifest, drawn
from plebiscite.vote.audit.plan import Pinned, Plan
from plebiscite.vote.audit.standing import Advice, stand

SEED = "31415926535897932384"
PILE = Manifest(batches={"A": 1_000})
FIRST = 60
ORDER = [str(each) for each in drawn(PILE, SEED, replaced=False, draws=200)]


def after(looked, **more):
    """Return the standing once so many ballots, as recorded, were looked at."""
    design = Design(
        claim=claim(Totals(yes=600, no=400), Requirement.parse("majority")),
        method=Method.KAPLAN_MARKOV,
        limit=Decimal("0.01"),
        replaced=False,
    )
    plan = Plan(
        design=design,
        chance=Decimal("0.9"),
        first=FIRST,
        at_most=100,
        manifest=Pinned(file="ballots.csv", at="ballots.csv", sha256="0" * 64),
    )
    yes = Finding(found=Mark.YES, recorded=Mark.YES)
    found = dict.fromkeys(ORDER[:looked], yes)
    return stand(plan, PILE, SEED, found, **more)


@pytest.mark.parametrize("looked", [0, 1, 20, 30])
def test_a_round_half_done_asks_for_the_rest_of_it_and_no_more(looked):
    """Oracle: the first 60 of the drawn order, less those looked at.

    Without an error fewer than 50 draws reach a limit of 1% at a lead of a fifth, so
    that the rest of the round is never too short.
    """
    found = after(looked)

    assert found.advice is Advice.PULL
    assert [draw for draw, _ in found.pull] == [*range(looked + 1, FIRST + 1)]
    assert [str(ballot) for _, ballot in found.pull] == ORDER[looked:FIRST]
    assert (found.draws, found.ahead) == (looked, 0)


@pytest.mark.parametrize(("size", "last"), [(1, 21), (30, 50), (500, 100)])
def test_a_round_of_another_size_is_as_long_as_asked_and_ends_with_the_plan(size, last):
    """Oracle: 20 looked at, and the plan's last draw is the hundredth."""
    found = after(20, size=size)

    assert [draw for draw, _ in found.pull] == [*range(21, last + 1)]


def test_an_audit_that_may_stop_asks_for_nothing_more():
    """Oracle: one that goes on foresees further draws; one that is over, none."""
    still, over = after(20), after(60)

    assert (still.advice, over.advice) == (Advice.PULL, Advice.STOP)
    assert 0 < still.expected < FIRST
    assert (over.expected, over.pull) == (0, ())
    assert over.risk <= Decimal("0.01") < still.risk


def test_a_pinned_file_is_found_from_the_plan_s_folder_wherever_one_stands(
    tmp_path, monkeypatch
):
    """Oracle: the manifest lies beside the plan's folder, not below where one works."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "ballots.csv").write_text("batch,ballots\nA,2\n", "utf-8")
    for here in (tmp_path, tmp_path / "plans"):
        monkeypatch.chdir(here)
        pinned = Pinned.of(tmp_path / "ballots.csv", tmp_path / "plans")

        assert (pinned.file, pinned.at) == ("ballots.csv", "../ballots.csv")
        found = pinned.found(tmp_path / "plans")
        assert found.resolve() == tmp_path / "ballots.csv"
