"""Three invented committees, as CAL-ACCESS exports them; every sum is by hand."""

import shutil
from pathlib import Path

import pytest

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture
def campaigns(tmp_path):
    """Return a folder with the reports of three committees on measure 9."""
    folder = tmp_path / "money"
    shutil.copytree(REPORTS, folder)
    return folder


@pytest.fixture
def written(tmp_path):
    """Return a function that writes rows in our own columns and gives the file."""

    def write(text, name="own.csv"):
        path = tmp_path / name
        path.write_text(text.strip() + "\n", encoding="utf-8")
        return path

    return write
