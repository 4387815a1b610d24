"""What is kept in memory of a measure's files. Oracle: the files, always."""

import os

import pytest

from plebiscite.web.campaign.numbers import asked
from plebiscite.web.measures import shelf


@pytest.mark.parametrize("mark", [shelf.mark, asked._mark])
def test_a_file_brought_back_with_its_size_and_moment_is_read_again(tmp_path, mark):
    """As `cp -p` of a backup does: pages of the earlier one were shown for ever."""
    path = tmp_path / "measure.yaml"
    path.write_bytes(b"title: one")
    before, known = path.stat(), mark(tmp_path)
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # within one tick
        path.write_bytes(b"title: two")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert mark(tmp_path) != known
    assert mark(tmp_path) == mark(tmp_path)
