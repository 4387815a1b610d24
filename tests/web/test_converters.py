"""Ids of measures in the addresses of desks: whatever the id, and back again."""

import re

import pytest
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.web.frame.converters import MeasureId
from plebiscite.web.measures.shelf import ID

IDS = ["us/ca/16-0011", "springfield/no-tolls", "us/ca/ACA_13", "test/a.b/c", "x/9/y"]


@pytest.mark.parametrize("measure", IDS)
@pytest.mark.parametrize("page", ["board", "queue", "files", "certify"])
def test_the_desk_of_any_measure_has_an_address_that_leads_to_it(measure, page):
    """What the shelf takes in, a county can open: an id need not hold a number."""
    address = reverse(f"county:{page}", args=[measure, "San Luis Obispo"])

    found = resolve(address.replace("%20", " "))

    assert found.view_name == f"county:{page}"
    assert found.kwargs == {"measure": measure, "county": "San Luis Obispo"}


@given(st.from_regex(ID, fullmatch=True))
def test_any_id_the_shelf_takes_comes_back_from_its_address(measure):
    converter = MeasureId()
    address = converter.to_url(measure)

    assert re.fullmatch(converter.regex, address)
    assert converter.to_python(address) == measure
