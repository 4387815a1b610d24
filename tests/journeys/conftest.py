"""Pictures of the pages, made on the way by the people who walk through them."""

import os
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


@pytest.fixture
def picture(tmp_path):
    """Keep a picture of what a page shows: `picture(page, "web-measure-phone")`.

    With PLEBISCITE_PICTURES=1 it goes into docs/pictures, where the pages of the manual
    show it; else it is made, held not to be empty, and thrown away.
    """

    def keep(page, name):
        folder = PICTURES if os.environ.get("PLEBISCITE_PICTURES") == "1" else tmp_path
        path = folder / f"{name}.png"
        page.screenshot(path=path)
        assert path.stat().st_size > 10_000
        return path

    return keep
