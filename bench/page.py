"""The page of figures: tables in Markdown, bad figures included."""

from __future__ import annotations

import os
import platform

import polars as pl
from accuracy import Found, pairs, widest
from measure import Cost
from subjects import Case, Run

HEAD = f"""# Benchmarks

plebiscite and its peers on the same files in one run, on {os.cpu_count()} cores
({platform.machine()}, Python {platform.python_version()}). `make bench` writes this page
anew (about a quarter of an hour); `make bench SHORT=1` runs the first chapter (three
minutes), `make bench CHAPTER=look-ups` one of them, and `make bench LINES= ROLL= TRUTH=`
your own files. Single runs on a shared
machine: trust CPU seconds and ratios more than the clock. Peaks are resident sets, mapped
pages included. Before each step, what was written before is let onto the disk.

The lines are the `benchmark` preset of
`plebiscite simulate petition`: 70% registered (8% of them moved), 20% not registered
(half of them relatives at a voter's address), 5% of another county, 5% duplicates, with
the noise listed in [its reference](reference/simulate.md). plebiscite's model was made
from this simulator under other seeds, so these are not blind figures.

**The peers get more than plebiscite does.** Lines and roll are cleaned for them
beforehand, at no charge but where a row says so; *DuckDB SQL that cleans* reads the files
as they came and does that cleaning in SQL, in its own time. Splink 5 has expert settings
(`bench/peers/splink_expert.py`): a hierarchical address comparison, and weights, prior and
threshold learned from 5,000 labelled lines of the same petition, at no charge. plebiscite
reads the files as they are, with the model that comes with it. A peer that failed is
named as failed; nothing is extrapolated.
"""


def costs(runs: list[Run], cleaning: Cost) -> list[str]:
    """Return the table of what each step took."""
    rows = [
        "| who | step | wall s | CPU s | peak MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for run in runs:
        if run.failed:
            rows.append(f"| {run.name} | failed: {run.failed} | | | |")
        rows += [cost_row(run.name, step, spent) for step, spent in run.costs.items()]
    return [*rows, cost_row("the peers", "cleaning, not charged", cleaning)]


def cost_row(who: str, step: str, spent: Cost) -> str:
    """Return one row of `costs`."""
    figures = f"{spent.wall:.1f} | {spent.processor:.1f} | {spent.peak:,.0f}"
    return f"| {who} | {step} | {figures} |"


def ratios(runs: list[Run], cleaning: Cost) -> list[str]:
    """Return how plebiscite's match compares with each peer's."""
    ours, *others = runs
    mine, index = ours.costs["match"], ours.costs["index"]
    out = []
    for run in others:
        if run.failed:
            out.append(f"- {run.name} failed, so there is no ratio.")
            continue
        theirs = run.costs["match"]
        if run.cleans:
            spent = mine.processor + index.processor
            out.append(
                f"- {run.name}, from the files as they came: "
                f"{theirs.wall / (mine.wall + index.wall):.1f} times the clock and "
                f"{theirs.processor / spent:.1f} times the CPU seconds of `match run` and "
                "its index, which read the same."
            )
            continue
        out.append(
            f"- {run.name} took {theirs.processor / mine.processor:.1f} times the CPU "
            f"seconds and {theirs.wall / mine.wall:.1f} times the clock of `match run` "
            f"with the index ready; {theirs.wall / (mine.wall + index.wall):.1f} times the "
            "clock with the index built in the same run, or "
            f"{(theirs.wall + cleaning.wall) / (mine.wall + index.wall):.1f} times if its "
            "cleaning counts as ours does."
        )
    return out


def rate(number: float) -> str:
    """Return a share to four decimals."""
    return f"{number:.4f}"


def accuracies(runs: list[Run], case: Case) -> list[str]:
    """Return the table of what each found."""
    rows = [
        "| who | precision | recall | F1 to the right voter | F1 without moved voters "
        "| relatives accepted | at p ≥ .9: precision | recall | calibration |",
        "| --- " * 9 + "|",
    ]
    for run in runs:
        if run.matches is None:
            continue
        found = Found.read(case.truth, run.matches)
        every, sure = found.rates(), found.sure()
        still = found.rates(pl.col("kind") != "moved")
        gap = found.calibration()
        figures = [
            *(rate(every[name]) for name in ("precision", "recall", "f1")),
            rate(still["f1"]),
            rate(found.relatives()),
            rate(sure["precision"]),
            rate(sure["recall"]),
            f"{gap[0]:.3f} (bins of {gap[1]:,})" if gap else "too few lines",
        ]
        rows.append(f"| {run.name} | " + " | ".join(figures) + " |")
    return rows


def details(run: Run, case: Case) -> list[str]:
    """Return plebiscite's recall by noise, its pairs, and its errors by name group."""
    found = Found.read(case.truth, run.matches)
    rows = ["| noise | lines | recall |", "| --- | --- | --- |"]
    rows += [
        f"| {noise.replace('_', ' ')} | {lines:,} | {recall:.4f} |"
        for noise, lines, recall in found.by_noise().head(24).iter_rows()
    ]
    same = pairs(case.truth, case.folder / "pairs.parquet")
    out = [
        "Recall of plebiscite by noise, moved voters left out:",
        "",
        *rows,
        "",
        f"Pairs of lines signed by one person, {same['pairs']:,} in truth: precision "
        f"{same['precision']:.4f}, recall {same['recall']:.4f}.",
        "",
    ]
    roll = case.roll
    scan = (
        pl.scan_parquet(roll, glob=False)
        if roll.suffix == ".parquet"
        else pl.scan_csv(roll, glob=False)
    )
    voters = scan.select(pl.col("voter_id", "last").cast(pl.String)).collect()
    fair = found.fairness(voters)
    if fair is None:
        return out
    rows = [
        "| surname's group | lines | rejected wrongly | sent to review | error |",
        "| --- " * 5 + "|",
    ]
    rows += [
        f"| {row['group']} | {row['lines']:,} | {row['rejected']:.4f} | "
        f"{row['review']:.4f} | ± {row['error']:.4f} |"
        for row in fair.iter_rows(named=True)
    ]
    gap, off = widest(fair)
    wrong = fair["rejected"].max() - fair["rejected"].min()
    return [
        *out,
        "Registered voters at their address, as finally decided, by the group that most "
        "bearers of the surname belong to (2010 Census; the model sees none of it):",
        "",
        *rows,
        "",
        f"Largest gap: {wrong * 100:.2f} points rejected wrongly, {gap * 100:.2f} "
        f"± {off * 100:.2f} points sent to review.",
        "",
    ]
