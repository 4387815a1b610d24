"""The demonstration's measures: one worked to its certificate, one at the counties."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from plebiscite.petition.measure import FILE, read_measure
from plebiscite.web.demo import DemoScene
from plebiscite.web.measures import shelf

CERTIFICATES = ("preliminary", "final", "full_count")


def fill(scene: DemoScene) -> None:
    """Take both measures in, unless they are here; the worked one with its evidence."""
    for folder in (scene.worked, scene.at_work):
        measure = read_measure(folder).id
        if (shelf.shelf() / measure / FILE).exists():
            shelf.index(measure)
            continue
        with tempfile.TemporaryDirectory() as name:
            draft = Path(name) / "measure"
            shutil.copytree(folder, draft)
            if folder == scene.worked:
                _lay_down(scene.files.parent, draft / "public")
            shelf.take_in(draft)


def _lay_down(certified: Path, public: Path) -> None:
    """Copy what the office published of each certificate, and nothing confidential."""
    for name in CERTIFICATES:
        if (certified / name / "public").is_dir():
            shutil.copytree(certified / name / "public", public / name)
