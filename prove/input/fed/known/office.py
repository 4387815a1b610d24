"""Readers of law, measures, rolls and petitions: what each is given, and how."""

from __future__ import annotations

from prove.input.fed.readers import CA, Reader, rechained
from prove.input.fed.twist import Form
from prove.input.ground import MAPPING

OFFICE = "--lines {ground}/petition/lines.csv --roll {ground}/roll"
FUNDERS = "month: 2023-05\ncommittee: Yes on A\ncontributors:\n- Ann Lee\n- Bob Roe\n"


def _law() -> tuple[Reader, ...]:
    initiative = ("law/constitutional_initiative.yaml",)
    return (
        Reader(
            name="law file",
            file="law/constitutional_initiative.yaml",
            form=Form.YAML,
            seeds=initiative,
            words="law check {file}",
            beside=("law",),
        ),
        Reader(
            name="law file that others name",
            file="law/shared_petition.yaml",
            form=Form.YAML,
            seeds=("law/shared_petition.yaml",),
            words="law show {here}/law/constitutional_initiative.yaml --on 2017-01-26",
            beside=("law",),
        ),
        Reader(
            name="worked cases of a law",
            file="law/statute_initiative.cases.yaml",
            form=Form.YAML,
            seeds=("law/statute_initiative.cases.yaml",),
            words="law check {here}/law/statute_initiative.yaml",
            beside=("law",),
        ),
        Reader(
            name="law that judges",
            file="law/constitutional_initiative.yaml",
            form=Form.YAML,
            seeds=initiative,
            words="petition project --law {file} --counts {ground}/petition/counts.csv "
            "--required 9 --on 2018-05-01",
            beside=("law",),
        ),
    )


def _measure() -> tuple[Reader, ...]:
    whole = "petition/measures/us/ca/16-0011/measure.yaml"
    return (
        Reader(
            name="measure",
            file="m/measure.yaml",
            form=Form.YAML,
            seeds=("m/measure.yaml", whole),
            words="measure show {m} --as-of 2017-09-01",
        ),
        Reader(
            name="measure, its text",
            file="m/measure.yaml",
            form=Form.YAML,
            seeds=(whole,),
            words="measure text {m} --html {out}",
        ),
        Reader(
            name="docket",
            file="m/docket.jsonl",
            form=Form.LINES,
            seeds=("m/docket.jsonl", "petition/measures/us/ca/16-0011/docket.jsonl"),
            words="measure show {m} --as-of 2018-09-01",
            sealed=rechained,
        ),
        Reader(
            name="docket, verified",
            file="m/docket.jsonl",
            form=Form.LINES,
            seeds=("m/docket.jsonl",),
            words="measure verify {m}",
        ),
        Reader(
            name="checkpoint",
            file="checkpoint.json",
            form=Form.JSON,
            seeds=("checkpoint.json",),
            words="measure verify {ground}/m --checkpoint {file}",
        ),
        Reader(
            name="article",
            file="article.txt",
            form=Form.TEXT,
            seeds=("article.txt",),
            words="measure claims {file} --measure us/ca/16-0011 --as-of 2018-01-01",
        ),
        Reader(
            name="form of a petition",
            file="m/form.yaml",
            form=Form.YAML,
            seeds=("m/form.yaml",),
            words="petition print --measure {m} --county Alpine --serials 1 --campaign "
            "{out}.d --out {out} --day 2017-02-01",
            slow=True,
        ),
        Reader(
            name="funders",
            file="funders.yaml",
            form=Form.YAML,
            seeds=(FUNDERS,),
            words="petition print --measure {ground}/later --county Alpine --serials 1 "
            "--campaign {out}.d --out {out} --day 2023-07-01 --funders {file}",
            slow=True,
        ),
    )


def _roll() -> tuple[Reader, ...]:
    build = "roll build {file} --as-of 2017-07-25 --out {out}"
    return (
        Reader(
            name="roll",
            file="roll.csv",
            form=Form.TABLE,
            seeds=("short.csv",),
            words=build,
        ),
        Reader(
            name="roll in Parquet",
            file="roll.parquet",
            form=Form.BYTES,
            seeds=("short.parquet",),
            words=build,
        ),
        Reader(
            name="mapping",
            file="mapping.yaml",
            form=Form.YAML,
            seeds=(MAPPING,),
            words="roll build {ground}/short.csv --mapping {file} --as-of 2017-07-25 "
            "--out {out}",
        ),
        Reader(
            name="model of matching",
            file="model.json",
            form=Form.JSON,
            seeds=("match/model.json",),
            words="match explain 'Los Angeles/12-0001/1' --model {file} " + OFFICE,
            slow=True,
        ),
        Reader(
            name="resolutions",
            file="resolutions.csv",
            form=Form.TABLE,
            seeds=("resolutions.csv",),
            words="match run --resolutions {file} --out {out} " + OFFICE,
            slow=True,
        ),
        Reader(
            name="truth",
            file="truth.csv",
            form=Form.TABLE,
            seeds=("petition/truth.csv",),
            words="match score --truth {file} --matches {ground}/matches.parquet",
        ),
        Reader(
            name="matches in Parquet",
            file="m.parquet",
            form=Form.BYTES,
            seeds=("matches.parquet",),
            words="match score --truth {ground}/petition/truth.csv --matches {file}",
        ),
    )


def _petition() -> tuple[Reader, ...]:
    find = "petition find --out {out} --roll {ground}/roll "
    check = "petition check --measure {ground}/m --sections "
    return (
        Reader(
            name="lines",
            file="lines.csv",
            form=Form.TABLE,
            seeds=("petition/lines.csv",),
            words=check + "{ground}/petition/sections.csv --lines {file}",
        ),
        Reader(
            name="lines, matched",
            file="lines.csv",
            form=Form.TABLE,
            seeds=("petition/lines.csv",),
            words="match run --roll {ground}/roll --lines {file} --out {out}",
            slow=True,
        ),
        Reader(
            name="lines in Parquet",
            file="lines.parquet",
            form=Form.BYTES,
            seeds=("packed/lines.parquet",),
            words=check + "{ground}/petition/sections.csv --lines {file}",
        ),
        Reader(
            name="sections",
            file="sections.csv",
            form=Form.TABLE,
            seeds=("petition/sections.csv",),
            words=check + "{file} --lines {ground}/petition/lines.csv",
        ),
        Reader(
            name="manifest",
            file="manifest.csv",
            form=Form.TABLE,
            seeds=("petition/manifest.csv",),
            words="petition commit --measure {ground}/m --manifest {file} --out {out}",
        ),
        Reader(
            name="decisions",
            file="decisions.csv",
            form=Form.TABLE,
            seeds=("petition/decisions.csv",),
            words=find + "--drawn {ground}/drawn.csv --decisions {file} "
            "--lines {ground}/petition/lines.csv",
            slow=True,
        ),
        Reader(
            name="drawn list",
            file="drawn.csv",
            form=Form.TABLE,
            seeds=("drawn.csv",),
            words=find + "--drawn {file} --lines {ground}/petition/lines.csv",
            beside=("drawn.json", "commitment.json", "petition"),
        ),
        Reader(
            name="commitment",
            file="commitment.json",
            form=Form.JSON,
            seeds=("commitment.json",),
            words="petition draw --commitment {file} --seed 271828182845 --out {out}",
            beside=("petition",),
        ),
        Reader(
            name="counts",
            file="counts.csv",
            form=Form.TABLE,
            seeds=("petition/counts.csv",),
            words=f"petition project --law {CA} --counts {{file}} --required 9 "
            "--on 2018-05-01",
        ),
        Reader(
            name="certificate",
            file="certificate.json",
            form=Form.JSON,
            seeds=("found/public/certificate.json",),
            words="petition rollup {file} --counties 1",
        ),
    )


READERS = (*_law(), *_measure(), *_roll(), *_petition())
