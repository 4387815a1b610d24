"""No path from who signed to who helps, on the campaign's desk or anywhere in the web.

Oracle: the house's own imports, and the columns of its tables, walked one by one.
"""

import ast
from pathlib import Path

import pytest

import plebiscite

HOUSE = Path(plebiscite.__file__).parent
DESK = HOUSE / "web" / "campaign"
VOLUNTEERS = "plebiscite.petition.campaign.volunteers"
SIGNERS = (
    "plebiscite.match",
    "plebiscite.petition.check",
    "plebiscite.petition.intake",
    "plebiscite.petition.keying",
    "plebiscite.petition.line",
    "plebiscite.petition.scan",
    "plebiscite.roll",
    "plebiscite.verify",
    "plebiscite.web.county",
)
SHEETS = (
    "plebiscite.petition.campaign.bundles",
    "plebiscite.petition.campaign.circulators",
    "plebiscite.petition.campaign.credit",
    "plebiscite.petition.campaign.handing",
    "plebiscite.petition.campaign.status",
    "plebiscite.web.campaign.intake",
    "plebiscite.web.campaign.sheets",
)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def module(path):
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within_the_desk(start):
    """Return what a module of the desk imports, by way of other modules of the desk."""
    known = {module(path): set(imports(path)) for path in DESK.rglob("*.py")}
    found, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        new = known.get(here, set()) - found
        found |= new
        waiting += [each for each in new if each in known]
    return found


READERS = sorted(
    module(path)
    for path in DESK.rglob("*.py")
    if VOLUNTEERS in set(imports(path)) and "demo" not in path.name
)


def test_the_pages_of_volunteers_are_the_only_ones_that_read_their_register():
    assert READERS == [
        "plebiscite.web.campaign.joining.desk",
        "plebiscite.web.campaign.joining.public",
    ]


@pytest.mark.parametrize("reader", READERS)
def test_who_reads_volunteers_reaches_neither_signers_nor_sheets(reader):
    reached = within_the_desk(reader)

    assert (
        sorted(each for each in reached if each.startswith((*SIGNERS, *SHEETS))) == []
    )


def test_the_desk_reads_lines_in_the_check_alone():
    """And no page of it reads a county's desk, or a roll."""
    readers = {
        module(path): sorted(e for e in set(imports(path)) if e.startswith(SIGNERS))
        for path in DESK.rglob("*.py")
    }
    reading = {name for name, found in readers.items() if found}

    assert {name for name in reading if ".numbers." not in name} == {
        "plebiscite.web.campaign.intake.checking"
    }


def test_no_table_of_the_desk_joins_signers_volunteers_and_circulators():
    from django.apps import apps

    from plebiscite.petition.line import LINE_COLUMNS
    from plebiscite.petition.section import SECTION_COLUMNS
    from plebiscite.roll.voter import ROLL_COLUMNS

    signers = {each.name for each in (*LINE_COLUMNS, *SECTION_COLUMNS, *ROLL_COLUMNS)}
    signers |= {"voter", "line", "signer", "email", "phone", "section"}
    tables = {
        model.__name__: {field.name for field in model._meta.get_fields()}
        for model in apps.get_app_config("campaign").get_models()
    }

    assert set(tables) >= {"JoinLink", "OwnLink", "CarrierLink", "Told"}
    assert "circulator" not in tables["JoinLink"] | tables["OwnLink"]
    assert "volunteer" not in tables["CarrierLink"] | tables["Told"]
    assert [name for name, found in tables.items() if found & signers] == []


def test_no_table_anywhere_points_to_a_volunteers_link():
    from django.apps import apps

    from plebiscite.web.campaign.models import JoinLink, OwnLink

    pointing = [
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and (field.related_model in {JoinLink, OwnLink} or model in {JoinLink, OwnLink})
    ]

    assert pointing == []
