"""The reference of the docket names what the table of events holds."""

from test_docs import ROOT

from plebiscite.docket.table import table

PAGE = (ROOT / "docs" / "reference" / "docket.md").read_text(encoding="utf-8")


def test_the_page_names_every_kind_in_the_order_of_the_table():
    """Oracle: the table of events itself."""
    places = [PAGE.find(f"| `{name}` |") for name in table().kinds]

    assert -1 not in places
    assert places == sorted(places)


def test_the_page_tells_what_a_body_must_say():
    rows = {line.split("`")[1]: line for line in PAGE.splitlines() if "| `" in line[:3]}
    missing = [
        (kind.name, key)
        for kind in table().kinds.values()
        for key in kind.needs
        if f"`{key}`" not in rows[kind.name]
    ]

    assert missing == []
