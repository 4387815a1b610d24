"""Desks, lines and people for the tests of the county desk."""

from datetime import UTC, datetime, timedelta

from plebiscite.web.accounts.models import User
from plebiscite.web.county.models import Desk, Line
from plebiscite.web.county.queue.decide import Sitting

NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)
MEASURE = "us/ca/16-0011-counterfactual"


def person(name):
    """Return an account of this name; roles are for the pages to ask."""
    found = User.objects.filter(email=f"{name.lower()}@test.invalid").first()
    return found or User.objects.create_user(f"{name}@test.invalid", name, None)


def desk(**more):
    return Desk.objects.create(
        measure=MEASURE,
        title="A measure",
        law="us/ca/constitutional_initiative",
        county="Alpine",
        opened_at=NOON,
        drawn=2,
        prepared_at=NOON,
        **more,
    )


def line(at, position=1, *, voters=("V1", "V2"), **more):
    return Line.objects.create(
        desk=at,
        line_id=f"Alpine/1/{position}",
        section="1",
        row=position,
        position=position,
        written={"name": "A Name", "address": "1 Oak"},
        candidates=[
            {"voter_id": each, "bits": "9.0", "parts": [["a; b", "9.0"]]}
            for each in voters
        ],
        matched={"outcome": "voter", "voter_id": voters[0], "reason": "", "secret": ""},
        **more,
    )


def sitting(name, seen, *, minute=0, **more):
    return Sitting(
        user=person(name), at=NOON + timedelta(minutes=minute), seen=seen, **more
    )
