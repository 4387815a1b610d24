"""The demonstration's petition for the site: a measure worked whole, and one at work.

The first has its docket up to its certificate. The second is the same petition at the
moment the counties are told to sample, under a number of its own: what the desks of the
demonstration work on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from plebiscite.cli.demo.office import do_office
from plebiscite.cli.demo.scene import ROLL_AS_OF, Scene, set_scene
from plebiscite.cli.demo.truth import requirement
from plebiscite.core.canonical import Json
from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress
from plebiscite.docket.store import Happening, append
from plebiscite.petition.measure import read_measure
from plebiscite.verify.publish.certify import Certified, happenings

WORKED, AT_WORK = "simulated/16-0011", "simulated/16-0012"
RAW_ON = date(2017, 8, 4)
"""The day the counties of the real calendar told their raw counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """The simulated petition, as the site takes it in.

    Attributes:
        worked: the folder of the measure that was carried to its certificate.
        at_work: the folder of the measure whose counties are to sample.
        files: roll/, and petition/ with lines, manifest, sections and decisions.

    """

    worked: Path
    at_work: Path
    files: Path


def simulate_for_site(
    out: Path, *, scale: int, seed: str, progress: Progress
) -> Petition:
    """Make the petition and both measure folders below `out`, which is made."""
    scene = set_scene(out / "simulated", scale=scale, progress=progress)
    office = do_office(scene, out, seed=seed, progress=progress)
    worked, at_work = out / "measures" / WORKED, out / "measures" / AT_WORK
    text = (out / "simulated" / "measure.yaml").read_text(encoding="utf-8")
    write_whole(worked / "measure.yaml", text)
    write_whole(at_work / "measure.yaml", text.replace(WORKED, AT_WORK))
    for folder in (worked, at_work):
        _record(folder, _before(scene))
    for made in filter(None, [office.final, office.full_count]):
        _record(worked, _certified(made))
    return Petition(worked=worked, at_work=at_work, files=out / "simulated")


def _before(scene: Scene) -> list[Happening]:
    """Return what happened until the counties are told to sample."""
    dates, raw = scene.measure.dates, scene.truth.raw
    needed = requirement(scene)
    acts: list[tuple[date, str, str, str, Mapping[str, Json]]] = [
        (dates["filed"], "filed", "9001", "the proponent", {"proponents": 1}),
        (dates["summary"], "titled", "9004", "Attorney General", {"required": needed}),
        (dates["summary"], "circulating", "9014", "Secretary of State", {}),
        (ROLL_AS_OF, "sections_filed", "9014", "the proponent", {"counties": 58}),
        (
            RAW_ON,
            "raw_count",
            "9030(b)",
            "county elections officials",
            {"raw": raw, "required": needed},
        ),
        (RAW_ON, "sample_ordered", "9030(d)", "Secretary of State", {}),
    ]
    return [
        Happening(
            day=day,
            kind=kind,
            by=by,
            authority=f"Cal. Elec. Code § {section}",
            source="SIMULATED for the demonstration",
            body={"simulated": True, **body},
        )
        for day, kind, section, by, body in acts
    ]


def _certified(made: Certified) -> list[Happening]:
    """Return what the certificate adds to the docket."""
    return [
        Happening(
            day=made.certificate.issued_on or RAW_ON,
            kind=kind,
            by="election office",
            authority="; ".join(each.title for each in made.certificate.citations),
            source="SIMULATED for the demonstration",
            body=body,
        )
        for kind, body in happenings(made)
    ]


def _record(folder: Path, added: list[Happening]) -> None:
    """Add events, each written down at noon of the day of the last: no clock."""
    read_measure(folder)
    at = datetime.combine(max(each.day for each in added), time(12), tzinfo=UTC)
    append(folder, added, recorded_at=at, once=True)
