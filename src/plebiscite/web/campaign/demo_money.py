"""The money of the demonstration's campaign: invented reports, and a plan."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from plebiscite.money.filed import hand_in
from plebiscite.petition.campaign.books.plan import make_plan, read_heading
from plebiscite.petition.campaign.register import Booking

COMMITTEE = "Sundays for Libraries"
GIFTS = (
    (74, "12000.00", "Union of Library Workers", "CA", ""),
    (70, "2500.00", "Friends of Reading Inc", "CA", ""),
    (61, "150.00", "Jo Park", "CA", ""),
    (55, "60.00", "Ann Small", "CA", ""),
    (48, "5000.00", "Bookbinders' Guild", "NV", ""),
    (40, "750.00", "Kit Vale", "CA", "United Kingdom"),
    (30, "4000.00", "Union of Library Workers", "CA", ""),
    (16, "1800.00", "Friends of Reading Inc", "CA", ""),
    (9, "80.00", "Lee Dunn", "CA", ""),
)
PAYMENTS = (
    (73, "1900.00", "Print Hall", "PET"),
    (66, "1200.00", "Oak Street Office", "OFC"),
    (52, "640.00", "Oak Street Office", "OFC"),
    (43, "2100.00", "Eastway Circulators", "PET"),
    (36, "2400.00", "Eastway Circulators", "PET"),
    (30, "450.00", "Sign Makers", "LIT"),
    (24, "2650.00", "Eastway Circulators", "PET"),
    (17, "2700.00", "Eastway Circulators", "PET"),
    (12, "900.00", "Ward and Ward, counsel", "PRO"),
    (8, "2800.00", "Eastway Circulators", "PET"),
    (5, "210.00", "Coffee and Maps", "MTG"),
)
PLAN = (
    ("Circulating the petition", "30,000", "PET"),
    ("Office", "4,000", "OFC"),
    ("Leaflets", "2,000", "LIT"),
    ("Counsel", "3,000", "PRO"),
)
LINES = 11_500


def books(folder: Path, on: Callable[[int], Booking]) -> None:
    """Hand the reports in, and write the plan down."""
    headings = [read_heading(*each) for each in PLAN]
    make_plan(folder / "campaign", on(74), headings, lines=LINES)
    gifts = ["kind,committee,side,day,amount,name,state,country"]
    gifts += [
        f"contribution,{COMMITTEE},support,{on(ago).day},{amount},{name},{state},{land}"
        for ago, amount, name, state, land in GIFTS
    ]
    payments = ["kind,committee,side,day,amount,name,purpose"]
    payments += [
        f'payment,{COMMITTEE},support,{on(ago).day},{amount},"{name}",{purpose}'
        for ago, amount, name, purpose in PAYMENTS
    ]
    with tempfile.TemporaryDirectory() as name:
        for file, rows in (("contributions.csv", gifts), ("payments.csv", payments)):
            source = Path(name) / file
            source.write_text("\n".join(rows) + "\n", encoding="utf-8")
            hand_in(folder, on(4), source, file)
