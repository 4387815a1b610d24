"""What one duplicate takes off is told as a person would write it."""

from decimal import Decimal

import pytest

from plebiscite.web.county.weight import plain


@pytest.mark.parametrize(
    ("weight", "told"),
    [("12.0000", "12"), ("20.0000", "20"), ("12.5000", "12.5"), ("0.0000", "0")],
)
def test_noughts_at_the_end_are_left_out_and_nothing_else(weight, told):
    """By hand."""
    assert str(plain(Decimal(weight))) == told
