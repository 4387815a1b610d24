"""What the election office does in the demonstration, act by act.

The same functions as behind `plebiscite petition commit | draw | find | certify`; the
findings are made before and after people have decided, so that a reader sees what names
and addresses alone can say, and once more on every line where the sample does not
decide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.cli.demo.scene import Scene
from plebiscite.core.files import write_whole
from plebiscite.core.progress import Progress
from plebiscite.petition.intake import read_lines
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.verify.certificate import Band
from plebiscite.verify.draw.commitment import Commitment, commit, rulebook
from plebiscite.verify.draw.evidence import Evidence, of_all, of_draws
from plebiscite.verify.draw.sample import Drawn, draw_sample
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.look import Looked
from plebiscite.verify.publish.certify import Certified, certify

COMMITMENT, DRAWN, KEYED = "commitment.json", "drawn.csv", "keyed.csv"
DECISIONS = "decisions.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the office has done.

    Attributes:
        folder: where commitment, drawn list, keyed lines and decisions lie.
        looked: what the matcher alone found.
        preliminary, final: the certificates before and after people decided.
        every_line: what was found of every line, where the sample did not decide.
        full_count: the certificate on that.

    """

    folder: Path
    commitment: Commitment
    drawn: Drawn
    looked: Looked
    decisions: int
    preliminary: Certified
    final: Certified
    every_line: Looked | None
    full_count: Certified | None

    @property
    def outcome(self) -> Certified:
        """The certificate that decides."""
        return self.full_count or self.final


def do_office(scene: Scene, out: Path, *, seed: str, progress: Progress) -> Office:
    """Do every act in order; `out` gets office/, and a folder for each certificate."""
    folder = out / "office"
    folder.mkdir()
    commitment, drawn = commit_and_draw(scene, folder, seed=seed)
    key_drawn_lines(scene, folder)
    measure = scene.measure
    last = {
        clock.clock: clock.day
        for clock in rulebook(measure.law, measure.dates).deadlines(measure.dates)
    }
    sample = Work(
        scene=scene,
        name="the sample",
        evidence=of_draws([folder / DRAWN]),
        keyed=folder / KEYED,
        issued_on=last["sample_due"],
        progress=progress,
    )
    looked, preliminary = sample.certified(out / "preliminary")
    again, final = sample.certified(
        out / "final", decisions=folder / DECISIONS, matches=looked.matches
    )
    every_line = full_count = None
    if final.certificate.band is Band.FULL_COUNT:
        work = replace(
            sample,
            name="every line",
            evidence=of_all(folder / COMMITMENT),
            keyed=scene.folder / "lines.csv",
            issued_on=last["full_count_due"],
        )
        every_line, full_count = work.certified(
            out / "full_count",
            decisions=scene.folder / DECISIONS,
            matches=again.matches,
        )
    return Office(
        folder=folder,
        commitment=commitment,
        drawn=drawn,
        looked=looked,
        decisions=pl.scan_csv(folder / DECISIONS, glob=False)
        .select(pl.len())
        .collect()
        .item(),
        preliminary=preliminary,
        final=final,
        every_line=every_line,
        full_count=full_count,
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
    drawn = pl.read_csv(folder / DRAWN, schema_overrides=text, glob=False)
    place = ["county", "section", "row"]
    lines = pl.read_csv(
        scene.folder / "lines.csv", infer_schema=False, glob=False
    ).with_columns(pl.col("row").cast(pl.Int64))
    keyed = lines.join(drawn.select(place), on=place, how="semi")
    keyed.write_csv(folder / KEYED)
    decisions = pl.read_csv(scene.folder / DECISIONS, infer_schema=False, glob=False)
    decisions.join(keyed, on="line_id", how="semi").write_csv(folder / DECISIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The lines on the desk, to be found and certified.

    Attributes:
        name: which work it is, told with its progress.
        evidence: which lines are looked at.
        keyed: the file of lines as keyed.
        issued_on: the day of the certificate.

    """

    scene: Scene
    name: str
    evidence: Evidence
    keyed: Path
    issued_on: date
    progress: Progress

    def certified(
        self,
        out: Path,
        *,
        decisions: Path | None = None,
        matches: pl.DataFrame | None = None,
    ) -> tuple[Looked, Certified]:
        """Find the lines and certify them into `out`; none in `matches` is matched."""
        measure = self.scene.measure
        _, looked = find_lines(
            out,
            self.evidence,
            keyed=read_lines(self.keyed),
            keyed_path=self.keyed,
            roll=self.scene.roll,
            decisions=decisions,
            sections=self.scene.folder / "sections.csv",
            measure=measure,
            matches=matches,
            progress=self._told,
        )
        return looked, certify(
            out,
            law=measure.law,
            measure=measure,
            issued_on=self.issued_on,
            page=certificate_html,
            paper=certificate_pdf,
        )

    def _told(self, what: str, done: int, total: int) -> None:
        """Tell the two searches apart."""
        self.progress(f"{what}, {self.name}", done, total)
