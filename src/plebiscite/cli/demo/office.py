"""What the election office does in the demonstration, act by act.

The same functions as behind `plebiscite petition commit | draw | find | certify`; the
findings are made twice, before and after people have decided, so that a reader sees
what names and addresses alone can say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.cli.demo.scene import Scene
from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress
from plebiscite.petition.intake import read_lines, read_sections
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.verify.draw.commitment import Commitment, commit, rulebook
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.draw.sample import Drawn, draw_sample
from plebiscite.verify.find.decision import Decision, read_decisions
from plebiscite.verify.find.folder import stage, write_findings
from plebiscite.verify.find.look import Looked, ground, look
from plebiscite.verify.publish.certify import Certified, certify

COMMITMENT, DRAWN, KEYED = "commitment.json", "drawn.csv", "keyed.csv"
DECISIONS = "decisions.csv"
ISSUED_ON = date(2017, 9, 18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the office has done.

    Attributes:
        folder: where commitment, drawn list, keyed lines and decisions lie.
        looked: what the matcher alone found.
        preliminary, final: the certificates before and after people decided.

    """

    folder: Path
    commitment: Commitment
    drawn: Drawn
    looked: Looked
    decisions: int
    preliminary: Certified
    final: Certified


def do_office(scene: Scene, out: Path, *, seed: str, progress: Progress) -> Office:
    """Do every act in order; `out` gets office/, preliminary/ and final/."""
    folder = out / "office"
    folder.mkdir()
    commitment, drawn = commit_and_draw(scene, folder, seed=seed)
    key_drawn_lines(scene, folder)
    work = Work(scene=scene, folder=folder, progress=progress)
    looked, preliminary = work.certified(out / "preliminary", None)
    _, final = work.certified(out / "final", folder / DECISIONS)
    return Office(
        folder=folder,
        commitment=commitment,
        drawn=drawn,
        looked=looked,
        decisions=pl.scan_csv(folder / DECISIONS).select(pl.len()).collect().item(),
        preliminary=preliminary,
        final=final,
    )


def commit_and_draw(
    scene: Scene, folder: Path, *, seed: str
) -> tuple[Commitment, Drawn]:
    """Publish counts and manifest first, then draw with the public seed."""
    manifest = folder / "manifest.csv"
    write_whole(manifest, (scene.folder / "manifest.csv").read_bytes())
    made = commit(
        manifest,
        law=scene.measure.law,
        governed_by=dict(scene.measure.dates),
        measure=scene.measure.id,
        folder=folder,
    )
    write_whole(folder / COMMITMENT, made.written())
    return made, draw_sample(folder / COMMITMENT, seed=seed, out=folder / DRAWN)


def key_drawn_lines(scene: Scene, folder: Path) -> None:
    """Key the drawn lines only, and let the simulated clerk decide on those."""
    text = dict.fromkeys(("section", "county"), pl.String)
    drawn = pl.read_csv(folder / DRAWN, schema_overrides=text)
    place = ["county", "section", "row"]
    lines = pl.read_csv(scene.folder / "lines.csv", infer_schema=False).with_columns(
        pl.col("row").cast(pl.Int64)
    )
    keyed = lines.join(drawn.select(place), on=place, how="semi")
    keyed.write_csv(folder / KEYED)
    decisions = pl.read_csv(scene.folder / DECISIONS, infer_schema=False)
    decisions.join(keyed, on="line_id", how="semi").write_csv(folder / DECISIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The lines on the desk, to be found and certified."""

    scene: Scene
    folder: Path
    progress: Progress

    def certified(self, out: Path, decisions: Path | None) -> tuple[Looked, Certified]:
        """Find the drawn lines and certify them into `out`."""
        measure, roll = self.scene.measure, self.scene.roll
        evidence = of_draws([self.folder / DRAWN])
        rules = rulebook(measure.law, measure.dates)
        decided: list[Decision] = []
        if decisions is not None:
            decided = read_decisions(decisions, reasons=rules.reasons())
        looked = look(
            evidence,
            lines=read_lines(self.folder / KEYED),
            lines_path=self.folder / KEYED,
            roll=roll,
            decisions=decided,
            decisions_path=decisions,
            sections=read_sections(self.scene.folder / "sections.csv"),
            ground=ground(rules, measure.dates, roll.as_of),
            progress=self._named(decisions),
        )
        reached = stage(
            evidence,
            looked,
            law=measure.law,
            governed_by=measure.dates,
            law_version=rules.version,
            measure=measure.id,
            roll=roll,
        )
        write_findings(
            out,
            stage=reached,
            looked=looked,
            evidence=evidence,
            decisions=decided,
            roll=roll,
        )
        return looked, certify(
            out,
            law=measure.law,
            measure=measure,
            issued_on=ISSUED_ON,
            page=certificate_html,
            paper=certificate_pdf,
        )

    def _named(self, decisions: Path | None) -> Progress:
        """Tell the two searches apart."""
        when = "before decisions" if decisions is None else "after decisions"

        def note(what: str, done: int, total: int) -> None:
            self.progress(f"{what}, {when}", done, total)

        return note
