"""The demonstration from its scene to its report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from plebiscite.cli.demo.counting import running
from plebiscite.cli.demo.kit import run_kit
from plebiscite.cli.demo.office import Office, do_office
from plebiscite.cli.demo.real import real_cases
from plebiscite.cli.demo.scene import Scene, set_scene
from plebiscite.cli.demo.truth import (
    matched_outcomes,
    outcome_words,
    requirement,
    scale_changes,
    truth_facts,
)
from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress
from plebiscite.report.demo_page import Act, Clock, Demonstration, KitRun, demo_html
from plebiscite.report.words import STANDING
from plebiscite.rules.rulebook import open_law

REPORT = "report.html"
SAMPLE_FILES = (
    ("final/public/certificate.html", "the sample's certificate, to be signed"),
    ("final/public/certificate.pdf", "the same for filing"),
    ("final/public/certificate.json", "the same as data"),
    ("final/public/bundle/README.txt", "the evidence, with scripts to check it"),
    ("preliminary/public/certificate.html", "before anybody decided"),
    ("office/commitment.json", "what was promised before the seed was known"),
    ("office/drawn.csv", "the lines drawn: county, section, row"),
    ("simulated/petition/README.txt", "the invented petition, and the truth about it"),
)
FULL_COUNT_FILES = (
    ("full_count/public/certificate.html", "the certificate that decides"),
    ("full_count/public/certificate.pdf", "the same for filing"),
    ("full_count/public/certificate.json", "the same as data"),
    ("full_count/public/bundle/README.txt", "its evidence, with scripts to check it"),
)


@dataclass(slots=True)
class Watch:
    """Seconds each step took, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step under `name`."""
        start = perf_counter()
        yield
        self.seconds[name] = perf_counter() - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The demonstration as it went."""

    scene: Scene
    office: Office
    shown: Demonstration
    required: int
    seconds: dict[str, float]

    @property
    def agrees(self) -> bool:
        """Whether the kit and every real figure came to the same."""
        return all(run.exit_code == 0 for run in self.shown.kit) and all(
            case.agrees for case in self.shown.cases
        )


def tell(out: Path, *, scale: int, seed: str, progress: Progress) -> Told:
    """Play the demonstration into the folder `out`, and write its report there."""
    watch = Watch()
    with watch.step("simulate"):
        scene = set_scene(out / "simulated", scale=scale, progress=progress)
    with watch.step("commit, draw, find, certify, count"):
        office = do_office(scene, out, seed=seed, progress=progress)
    with watch.step("kit"):
        kit = tuple(_checked(out, office, progress))
    with watch.step("report"):
        law = open_law(scene.measure.law).on(scene.measure.dates)
        shown = Demonstration(
            title=scene.real.title,
            scale=scale,
            seed=seed,
            preliminary=office.preliminary.data,
            final=office.final.data,
            full_count=office.full_count.data if office.full_count else None,
            running=(
                running(scene, office.every_line, required=requirement(scene))
                if office.every_line
                else None
            ),
            outcome=outcome_words(scene, office),
            invented=_invented(scene, seed),
            changes=scale_changes(scene, law),
            clocks=tuple(_clocks(scene)),
            acts=tuple(_acts(scene, office, seed)),
            kit=kit,
            truth=truth_facts(scene, office),
            outcomes=matched_outcomes(scene, office),
            cases=real_cases(),
            files=(*(FULL_COUNT_FILES if office.full_count else ()), *SAMPLE_FILES),
        )
        write_whole(out / REPORT, demo_html(shown))
    return Told(
        scene=scene,
        office=office,
        shown=shown,
        required=requirement(scene),
        seconds=watch.seconds,
    )


def _checked(out: Path, office: Office, progress: Progress) -> Iterator[KitRun]:
    """Run the scripts of each bundle on which a person's decisions stand."""
    for certified, name in ((office.final, "final"), (office.full_count, "full_count")):
        if certified:
            yield from run_kit(
                out / name / "public" / "bundle",
                head=certified.head,
                shown=f"{name}/public/bundle",
                progress=progress,
            )


def _invented(scene: Scene, seed: str) -> tuple[str, ...]:
    required = requirement(scene)
    return (
        f"Initiative 16-0011 was withdrawn on {scene.real.dates['withdrawn']} and "
        "filed no signatures. Every voter, line and finding here is invented; so is "
        f"the requirement of {required:,}, worked out from "
        f"{scene.measure.facts['votes_for_governor']:,} votes for Governor.",
        f"The seed of the draw is {seed}, fixed so that everybody sees the same "
        "demonstration; an office rolls it in public, after its commitment.",
    )


def _clocks(scene: Scene) -> Iterator[Clock]:
    real = open_law(scene.real.law).on(scene.real.dates)
    dates = dict(scene.real.dates)
    if scene.real.election:
        dates["election"] = scene.real.election
    for deadline in real.deadlines(dates):
        yield Clock(
            name=deadline.clock.replace("_", " "),
            day=deadline.day.isoformat(),
            rule=deadline.rule,
            cites=tuple(str(source) for source in deadline.cite),
            assumes=deadline.assumes,
        )


def _acts(scene: Scene, office: Office, seed: str) -> Iterator[Act]:
    commitment, drawn = office.commitment, office.drawn
    drawn_here = len(drawn.rows)
    matches = office.looked.matches
    review = int((matches["decision"] == "review").sum())
    open_lines = sum(c["undecided"] for c in office.preliminary.data["counties"])
    yield Act(
        name="Committed",
        words=f"{sum(commitment.raw.values()):,} lines in {len(commitment.raw)} "
        "counties, counted without being read; counts and manifest published by hash.",
        left=f"`office/commitment.json`, SHA-256 {commitment.digest}",
    )
    yield Act(
        name="Drawn",
        words=f"{drawn_here:,} lines with the public seed {seed}: 3% in each "
        "county, at least 500, or all there are.",
        left="`office/drawn.csv`",
    )
    yield Act(
        name="Keyed and matched",
        words=f"The drawn lines only, against {scene.voters:,} voters: "
        f"{matches.height - review:,} clear, {review:,} for a person to look at.",
        left="`office/keyed.csv`",
    )
    yield Act(
        name="Found, preliminary",
        words=f"{open_lines:,} lines stay undecided while nobody compared signatures, "
        "so the document is headed as preliminary.",
        left="`preliminary/public/certificate.html`",
    )
    yield Act(
        name="Decided",
        words=f"A simulated clerk decided {office.decisions:,} lines from the truth, "
        "wrongly on about one in 500.",
        left="`office/decisions.csv`",
    )
    yield Act(
        name="Sample certified",
        words=f"{office.final.data['projected']:,} projected valid, "
        f"{office.final.data['percent']}% of the requirement.",
        left=f"`final/public`, bundle head {office.final.head}",
    )
    if office.full_count:
        data = office.full_count.data
        others = data["raw"] - drawn_here
        yield Act(
            name="Every line checked",
            words=f"The sample does not decide, so the other {others:,} "
            "lines were keyed, matched and decided too.",
            left="`full_count/confidential`, for the office only",
        )
        yield Act(
            name="Full count certified",
            words=f"{data['verified']:,} verified valid, {data['percent']}% of the "
            f"requirement: {STANDING[data['standing']]}.",
            left=f"`full_count/public`, bundle head {office.full_count.head}",
        )
