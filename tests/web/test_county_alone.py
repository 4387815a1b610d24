"""A county's desk in a statewide petition: it speaks for its own lines, and says so."""

from datetime import UTC, date, datetime

import pytest

from plebiscite.docket.store import Happening, append, read
from plebiscite.errors import InputError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
AT = datetime(2017, 8, 5, 12, tzinfo=UTC)
ID = "simulated/18-0002"
YAML = f"""\
id: {ID}
title: A simulated measure
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {{summary: 2017-01-26, filed_with_counties: 2017-07-25}}
facts: {{required: 30}}
"""


@pytest.fixture
def desk_of(home):  # noqa: ARG001 - the site's own
    """Open Alpine's desk of a petition of which the state told a raw count."""
    from plebiscite.web.county.models import Desk
    from plebiscite.web.measures.shelf import index, shelf

    def opened(raw):
        folder = shelf() / ID
        folder.mkdir(parents=True)
        (folder / "measure.yaml").write_text(YAML)
        told = [("sections_filed", {}), ("raw_count", {"raw": raw} if raw else {})]
        append(
            folder,
            [
                Happening(
                    day=date(2017, 8, 1), kind=kind, by="the state", authority="§ 1",
                    body=body,
                )
                for kind, body in told
            ],
            recorded_at=AT,
        )  # fmt: skip
        index(ID)
        law = "us/ca/constitutional_initiative"
        return Desk.objects.create(
            measure=ID, title="A", county="Alpine", opened_at=AT, law=law
        )

    return opened


@pytest.mark.parametrize("raw", [{"Alpine": 60, "Kern": 900}, 960])
def test_a_county_cannot_certify_the_whole_where_others_have_lines(desk_of, raw):
    """Found on a page: one county's certificate said "not sufficient" of the state."""
    from plebiscite.web.county.docket import knows_others, refuse_as_whole

    desk = desk_of(raw)

    assert knows_others(desk)
    with pytest.raises(InputError, match="lines of other counties"):
        refuse_as_whole(desk)


@pytest.mark.parametrize("raw", [{"Alpine": 60}, None])
def test_a_county_alone_may(desk_of, raw):
    from plebiscite.web.county.docket import refuse_as_whole

    refuse_as_whole(desk_of(raw))


def test_each_event_of_the_desk_names_its_county_once(desk_of):
    from plebiscite.web.county.docket import record

    desk = desk_of({"Alpine": 60, "Kern": 900})
    record(desk, [("raw_counts_committed", {"raw": {"Alpine": 60}})], at=AT)
    record(desk, [("sample_drawn", {"seed": "123456", "number": 1})], at=AT)
    record(desk, [("lines_found", {"county": "Alpine", "found": {}})], at=AT)

    told = [each["body"] for each in read(shelf_of(desk))[2:]]
    assert [each.get("part") for each in told] == ["Alpine", "Alpine", None]


def shelf_of(desk):
    from plebiscite.web.measures.shelf import folder_of

    return folder_of(desk.measure)
