"""Lines, and what the matcher said of them, written out by hand."""

from datetime import date

import polars as pl

from plebiscite.verify.find.finding import Reason
from plebiscite.verify.find.judge import Ground

CALIFORNIA = Ground(
    reasons={reason.value: "cited" for reason in Reason},
    opened=date(2017, 1, 26),
    filed=date(2017, 7, 25),
)
MATCHED = {
    "outcome": "voter",
    "voter_id": "v",
    "second_voter_id": None,
    "probability": 0.9,
    "ties": 0,
    "decision": "clear",
    "reason": None,
    "pattern": "",
}
NOBODY = {**MATCHED, "outcome": "none", "voter_id": None, "reason": "NOT_REGISTERED"}
TIE = {**MATCHED, "outcome": "tie", "voter_id": None, "decision": "review", "ties": 2}
SCHEMA = {"voter_id": pl.String, "second_voter_id": pl.String, "reason": pl.String}


def lines(*changed):
    base = {
        "line_id": None,
        "county": "Alpine",
        "section": "1",
        "row": 0,
        "order": 0,
        "unit": "Alpine",
        "signature_present": "yes",
        "signed_on": date(2017, 3, 1),
        "withdrawn_on": None,
    }
    rows = [
        {**base, "line_id": str(n), "row": n, "order": n, **each}
        for n, each in enumerate(changed, start=1)
    ]
    dates = {"signed_on": pl.Date, "withdrawn_on": pl.Date}
    return pl.DataFrame(rows, schema_overrides=dates)


def matches(*found):
    rows = [{"line_id": str(n), **each} for n, each in enumerate(found, start=1)]
    return pl.DataFrame(rows, schema_overrides=SCHEMA)
