"""More acts that are cut off: forecasts, reports of money, scans, audits, files made.

Each is done by the functions or the command that a person uses.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from plebiscite.petition.measure import measure_folder
from prove.faults.acts.office import AT, EVENTS, LAW, SEED, base, certified, do

FORECAST_ON = date(2017, 2, 1)
GIFTS = (
    "kind,committee,side,day,amount,name\ncontribution,X,support,2017-02-01,100,Ann\n"
)
BILLS = "kind,committee,day,amount,name,purpose\npayment,X,2017-02-03,40.50,Hall,PET\n"
RESULTS = """\
part,registered,cast,valid,blank,yes,no
Alpine,800,600,580,20,300,280
Los Angeles,5000,3000,2900,100,1500,1400
"""


def forecastable(at: Path) -> None:
    """A measure as its docket stood while signatures were gathered."""
    shutil.copytree(measure_folder("us/ca/16-0011"), at / "m")
    path = at / "m" / "docket.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(EVENTS) + 1]))


def forecast(at: Path) -> int:
    """Publish a forecast: freeze it, and tell the docket."""
    from plebiscite.errors import PlebisciteError
    from plebiscite.report.chance.asked import ask
    from plebiscite.report.chance.asked.hand_over import hand_over

    try:
        chance = ask(at / "m", FORECAST_ON, draws=100, paths=50)
        hand_over(chance, at / "m", by="an office", day=FORECAST_ON, now=AT)
    except PlebisciteError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


def reports(at: Path) -> None:
    """A measure's folder without reports of money, and two of them beside it."""
    (at / "m").mkdir()
    (at / "gifts.csv").write_text(GIFTS, encoding="utf-8")
    (at / "bills.csv").write_text(BILLS, encoding="utf-8")


def reported(at: Path) -> None:
    """The same, both handed in."""
    reports(at)
    _hand_in(at, "gifts.csv")
    _hand_in(at, "bills.csv")


def hand_in_money(at: Path) -> int:
    """Hand a report in."""
    _hand_in(at, "gifts.csv")
    return 0


def take_out_money(at: Path) -> int:
    """Take a report out again."""
    from plebiscite.errors import InputError
    from plebiscite.money.filed import take_out
    from plebiscite.petition.campaign.register import Booking

    try:
        take_out(at / "m", Booking(by="Lee", day=FORECAST_ON, at=AT), "gifts.csv")
    except InputError as refusal:
        print(f"Error: {refusal}")
        return 2
    return 0


def _hand_in(at: Path, name: str) -> None:
    from plebiscite.money.filed import hand_in
    from plebiscite.petition.campaign.register import Booking

    hand_in(at / "m", Booking(by="Lee", day=FORECAST_ON, at=AT), at / name, name)


def box(at: Path) -> None:
    """Two pages as a scanner saw them."""
    made = base() / "box"
    if not made.is_dir():
        do(
            *("simulate", "sheets", "--measure", "us/ca/16-0011", "--county", "Alpine"),
            *("--pages", 2, "--clean", "--seed", 1, "--out", made),
        )
    (at / "box").mkdir()
    for page in sorted((made / "sheets").iterdir()):
        shutil.copyfile(page, at / "box" / page.name)


SCAN = (
    *("petition", "scan", "box", "--measure", "us/ca/16-0011", "--county", "Alpine"),
    *("--workers", "1", "--out", "scanned"),
)


def results(at: Path) -> None:
    """A petition certified, results of a vote, ballots in batches, reports of money."""
    certified(at)
    (at / "results.csv").write_text(RESULTS, encoding="utf-8")
    (at / "gifts.csv").write_text(GIFTS, encoding="utf-8")


def ballots(at: Path) -> None:
    """Ballots in batches."""
    (at / "ballots.csv").write_text("batch,ballots\nA,60\nB,40\n", encoding="utf-8")


def planned(at: Path) -> None:
    """The same, with the plan of an audit."""
    ballots(at)
    do(*PLAN)


PLAN = (
    *("vote", "audit", "plan", "--manifest", "ballots.csv", "--yes", "55"),
    *("--no", "40", "--other", "5", "--out", "audit.json"),
)
NEXT = (
    *("vote", "audit", "next", "--audit", "audit.json", "--seed", SEED),
    *("--out", "pull.csv"),
)
MADE = (
    (
        *("petition", "receipt", "--measure", "m", "--lines", 57, "--serials", "1-3"),
        *("--from", "A", "--by", "B", "--day", "2017-02-01", "--out", "receipt.pdf"),
    ),
    ("measure", "calendar", "us/ca/16-0011", "--out", "days.ics"),
    ("measure", "timeline", "us/ca/16-0011", "--svg", "t.svg", "--html", "t.html"),
    ("measure", "text", "us/ca/16-0011", "--html", "text.html"),
    ("measure", "checkpoint", "m", "--out", "checkpoint.json"),
    ("money", "ledger", "gifts.csv", "--as-of", "2017-04-17", "--out", "ledger.csv"),
    ("petition", "rollup", "found/public/certificate.json", "--out", "state.json"),
    (
        *("vote", "map", "--law", LAW, "--results", "results.csv"),
        *("--on", "2016-11-08", "--out", "map.svg"),
    ),
    (
        *("match", "run", "--roll", "roll", "--lines", "petition/lines.csv"),
        *("--out", "m.parquet"),
    ),
    (
        *("match", "fit", "--truth", "petition/truth.csv", "--roll", "roll"),
        *("--lines", "petition/lines.csv", "--out", "model.json"),
    ),
    (
        *("forecast", "score", "m", "--as-of", "2019-01-01"),
        *("--picture", "record.svg"),
    ),
    (
        *("forecast", "run", "--measure", "us/ca/16-0011", "--as-of", "2017-02-01"),
        *("--draws", 100, "--paths", 50, "--seed", 1, "--html", "chance"),
    ),
)
INVENTED = (
    ("simulate", "roll", "--voters", 200, "--seed", 1, "--out", "v.csv"),
    (
        *("simulate", "petition", "--roll", "v.csv", "--lines", 10, "--seed", 2),
        *("--out", "invented"),
    ),
    ("simulate", "results", "--precincts", 5, "--seed", 1, "--out", "r.csv"),
    ("simulate", "roll", "--voters", 200, "--seed", 1, "--out", "parts"),
    (
        *("simulate", "sheets", "--measure", "us/ca/16-0011", "--county", "Alpine"),
        *("--pages", 1, "--clean", "--seed", 1, "--out", "sheets"),
    ),
)


def made(at: Path) -> int:
    """Write what people ask for as files, one after the other."""
    lines = (at / "petition" / "lines.csv").read_text(encoding="utf-8").splitlines()
    explain = ("--lines", "petition/lines.csv", "--roll", "roll", "--picture", "w.svg")
    for words in (*MADE, ("match", "explain", lines[1].split(",")[0], *explain)):
        do(*words)
    return 0


def invented(_at: Path) -> int:
    """Invent rolls, a petition, results and sheets; what is there already stays."""
    for words in INVENTED:
        if not Path(words[-1]).exists():
            do(*words)
    return 0
