"""Results that are refused, whatever their form: the file and the place are named.

Oracle: files of a few lines, each with one fault put in by hand.
"""

import json
from decimal import Decimal

import pytest

from plebiscite import __version__
from plebiscite.core.canonical import file_digest
from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Requirement, Totals, claim
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.plan import plan_audit
from plebiscite.vote.intake.read import read_results

OE = "county,precinct,office,district,party,candidate,votes\n"
REPORT = '<ElectionReport xmlns:i="http://www.w3.org/2001/XMLSchema-instance">'
CONTEST = '<Contest objectId="c" i:type="BallotMeasureContest"><Name>M</Name>'


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "part,yes,no\n,4,4\nA,3,2\n", "rows without the name of a part"),
        ("a.csv", "part,yes,no\nA,1,1\nTotal,1,1\nTotal,1,1\n", "several total rows"),
        ("a.csv", "part,yes,no\nTotal,1,1\n", "there is a total and no part"),
        (
            "a.csv",
            "part,yes,no\nA,1,1\nB,2,2\nC,3,3\nD,6,6\n",
            "a row is the sum of all the others",
        ),
        ("a.csv", f"{OE}M,1,Governor,,,Ann,5\n", "no question of this file has the"),
        ("a.yaml", "- 5\n", "write 'yes:', 'no:' and their counts, or 'parts:'"),
        ("a.yaml", "yse: 5\nno: 3\n", "results have no 'yse'"),
        ("a.yaml", "parts: 5\n", "under 'parts:' stand lines such as"),
        ("a.yaml", "parts: {}\n", "under 'parts:' stand lines such as"),
        ("a.yaml", "parts: {A: {yes: many, no: 2}}\n", "nothing was taken over"),
        ("a.xml", "<ElectionReport>", "this is no whole XML file"),
        ("a.xml", f"<!DOCTYPE r>{REPORT}</ElectionReport>", "document type"),
        (
            "a.xml",
            f"{REPORT}{'<a>' * 200}{'</a>' * 200}</ElectionReport>",
            "nested too deeply",
        ),
        ("a.xml", f"{REPORT}</ElectionReport>", "holds no ballot measure"),
        (
            "a.xml",
            f"{REPORT}{CONTEST}</Contest></ElectionReport>",
            "holds no ballot measure",
        ),
    ],
)
def test_results_that_cannot_be_read_are_refused_with_their_file(
    tmp_path, name, text, says
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=says) as caught:
        read_results([path])
    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_a_torn_report_is_refused_with_the_line_it_is_torn_on(tmp_path):
    """Oracle: the third line closes what the second did not open."""
    path = tmp_path / "a.xml"
    path.write_text(f"{REPORT}\n<Contest>\n</Contents>\n", encoding="utf-8")

    with pytest.raises(InputError, match="no whole XML file") as caught:
        read_results([path])
    assert [each.row for each in caught.value.refusals] == [3]


def test_an_audit_s_plan_holds_all_that_it_promises(tmp_path):
    """Oracle: what was asked for, under the names of the reference."""
    (tmp_path / "ballots.csv").write_text("batch,ballots\nA,100\n", "utf-8")
    design = Design(
        claim=claim(Totals(yes=60, no=30, other=10), Requirement.parse("majority")),
        method=Method.ALPHA,
        limit=Decimal("0.05"),
        replaced=False,
    )
    plan = plan_audit(
        design, manifest=tmp_path / "ballots.csv", folder=tmp_path, at_most=80
    )
    data = json.loads(plan.written())

    assert 0 < data.pop("first") <= 80
    assert data == {
        "format": 1,
        "reported": {"yes": 60, "no": 30, "other": 10},
        "required": {"share": "1/2", "beyond": True, "of": "valid_votes"},
        "method": "alpha",
        "replacement": False,
        "risk_limit": "0.05",
        "inflator": "20781/20000",
        "steadiness": 100,
        "chance": "0.9",
        "at_most": 80,
        "manifest": {
            "file": "ballots.csv",
            "at": "ballots.csv",
            "sha256": file_digest(tmp_path / "ballots.csv"),
        },
        "records": None,
        "program_version": __version__,
    }


@pytest.mark.parametrize("ballots", [99, 101])
def test_a_manifest_of_other_ballots_than_reported_is_refused(tmp_path, ballots):
    """Oracle: 100 were reported; the message has both numbers and the file."""
    path = tmp_path / "ballots.csv"
    path.write_text(f"batch,ballots\nA,{ballots}\n", "utf-8")
    design = Design(
        claim=claim(Totals(yes=60, no=30, other=10), Requirement.parse("majority")),
        method=Method.ALPHA,
        limit=Decimal("0.05"),
        replaced=False,
    )

    with pytest.raises(InputError, match=f"holds {ballots} ballots.* 100;") as caught:
        plan_audit(design, manifest=path, folder=tmp_path)
    assert caught.value.path == path
