"""Every reader: what each is given, and how it is called."""

from __future__ import annotations

from prove.input.fed.known import office, packed
from prove.input.fed.readers import CA, Reader
from prove.input.fed.twist import Form
from prove.input.ground import NIST, RESULTS

POLLS = """\
pollster,sponsor,start,end,population,n,support,oppose,unsure,moe,question_id
A,,2017-01-01,2017-01-06,lv,800,41,47,12,3.5,q
B,x,2017-02-01,2017-02-03,rv,500,32,44,24,,q
"""
PACE = """\
petition_id,day,count,district,channel,required,deadline,kind
p,2017-02-01,100,,paper,9000,2017-07-25,raw
p,2017-03-01,4100,,paper,9000,2017-07-25,raw
p,2017-04-01,6100,,paper,9000,2017-07-25,raw
"""
CHECKS = """\
chapter,circulator,checked,valid,duplicates,raw
north,C1,200,150,2,4000
south,C2,100,80,0,2000
"""
MONEY = """\
kind,committee,amount,currency,day,name,city,state,purpose,transaction,filed,measure,side
contribution,1,500.00,USD,2017-02-01,Ann Lee,LA,CA,,T1,2017-04-30,16-0011,support
payment,1,1200.50,USD,2017-03-01,Sheets Inc,LA,CA,PET,T2,2017-04-30,16-0011,support
late_contribution,1,5000,USD,2017-04-01,Bob Roe,SF,CA,,T3,2017-04-02,16-0011,support
"""
COUNTIES = "county,raw\nAlpine,8\nLos Angeles,2000\n"
NEEDED = "district,needed\nA,100\nB,50\n"
JUDGE = "vote judge --law us/ca/statute_initiative --results {file} --on 2016-11-08"


def _campaign() -> tuple[Reader, ...]:
    told = {
        "chapters": "campaign status --measure {m} --as-of 2017-03-01",
        "circulators": "campaign status --measure {m} --circulators",
        "volunteers": "campaign volunteers list --measure {m}",
        "bundles": "campaign bundles list --measure {m}",
        "issued": "petition key --measure {m} --sections 1 --by Lee --out {out} --json",
    }
    registers = (
        Reader(
            name=f"register of {name}",
            file=f"m/campaign/{name}.jsonl",
            form=Form.LINES,
            seeds=(f"m/campaign/{name}.jsonl",),
            words=words,
        )
        for name, words in told.items()
    )
    return (
        *registers,
        Reader(
            name="journal of keying",
            file="keyed/keyed.jsonl",
            form=Form.LINES,
            seeds=("keyed/keyed.jsonl",),
            words="petition key --measure {ground}/m --sections 1 --rows 2 --by Lee "
            "--seed 314159265358 --out {here}/keyed --json",
        ),
    )


def _vote() -> tuple[Reader, ...]:
    return (
        Reader(
            name="results",
            file="results.csv",
            form=Form.TABLE,
            seeds=("results.csv",),
            words=JUDGE,
        ),
        Reader(
            name="results in YAML",
            file="results.yaml",
            form=Form.YAML,
            seeds=(RESULTS,),
            words=JUDGE,
        ),
        Reader(
            name="results in XML",
            file="results.xml",
            form=Form.TEXT,
            seeds=(NIST,),
            words=JUDGE,
        ),
        Reader(
            name="results, drawn",
            file="results.csv",
            form=Form.TABLE,
            seeds=("results.csv",),
            words="vote map --law us/ca/statute_initiative --results {file} "
            "--on 2016-11-08 --out {out}.html",
        ),
        Reader(
            name="manifest of ballots",
            file="ballots.csv",
            form=Form.TABLE,
            seeds=("ballots.csv",),
            words="vote audit plan --manifest {file} --yes 55 --no 40 --other 5 "
            "--out {out}",
        ),
        Reader(
            name="plan of an audit",
            file="audit.json",
            form=Form.JSON,
            seeds=("audit.json",),
            words="vote audit next --audit {file} --seed 314159265358 "
            "--findings {ground}/findings.csv",
            beside=("ballots.csv",),
        ),
        Reader(
            name="findings of an audit",
            file="findings.csv",
            form=Form.TABLE,
            seeds=("findings.csv",),
            words="vote audit next --audit {ground}/audit.json --seed 314159265358 "
            "--findings {file}",
        ),
    )


def _chance() -> tuple[Reader, ...]:
    return (
        Reader(
            name="polls",
            file="polls.csv",
            form=Form.TABLE,
            seeds=(POLLS, "petition/measures/us/ca/16-0011/polls.csv"),
            words="forecast polls --polls {file} --as-of 2017-06-01",
        ),
        Reader(
            name="pace",
            file="pace.csv",
            form=Form.TABLE,
            seeds=(PACE,),
            words="forecast pace --pace {file} --as-of 2017-05-01 --required 9000",
        ),
        Reader(
            name="own checks",
            file="checks.csv",
            form=Form.TABLE,
            seeds=(CHECKS,),
            words=f"forecast to-file --law {CA} --on 2017-02-01 --required 5000 "
            "--checks {file}",
            slow=True,
        ),
        Reader(
            name="lines by county",
            file="counties.csv",
            form=Form.TABLE,
            seeds=(COUNTIES,),
            words=f"forecast to-file --law {CA} --on 2017-02-01 --required 5000 "
            "--counties {file}",
            slow=True,
        ),
        Reader(
            name="needs of districts",
            file="needed.csv",
            form=Form.TABLE,
            seeds=(NEEDED,),
            words="forecast pace --pace {ground}/pace.csv --as-of 2017-05-01 "
            "--required 9000 --needed {file}",
        ),
        Reader(
            name="priors",
            file="m/hurdles.yaml",
            form=Form.YAML,
            seeds=("m/hurdles.yaml",),
            words="forecast hurdles --measure {m} --as-of 2017-02-01 --draws 20 "
            "--paths 20 --seed 1",
            slow=True,
        ),
        Reader(
            name="money",
            file="money.csv",
            form=Form.TABLE,
            seeds=(MONEY,),
            words="money totals {file} --by-committee",
        ),
        Reader(
            name="money, listed",
            file="money.csv",
            form=Form.TABLE,
            seeds=(MONEY,),
            words="money ledger {file} --all --out {out}.csv",
        ),
        Reader(
            name="money, flagged",
            file="money.csv",
            form=Form.TABLE,
            seeds=(MONEY,),
            words="money flags {file} --election 2018-11-06",
        ),
    )


def _packed() -> tuple[Reader, ...]:
    return (
        Reader(
            name="scanned PDF",
            file="sheet.pdf",
            form=Form.BYTES,
            seeds=("sheet.pdf",),
            called=packed.scanned,
            slow=True,
        ),
        *(
            Reader(
                name=f"scanned picture ({kind})",
                file=f"sheet.{kind}",
                form=Form.BYTES,
                seeds=(f"sheet.{kind}",),
                called=packed.scanned,
                slow=True,
            )
            for kind in ("png", "jpg", "tif", "bmp", "webp")
        ),
        Reader(
            name="measure in a ZIP",
            file="m.zip",
            form=Form.BYTES,
            seeds=("m.zip",),
            called=packed.taken_in,
        ),
        Reader(
            name="images in a ZIP",
            file="images.zip",
            form=Form.BYTES,
            seeds=("images.zip",),
            called=packed.images,
        ),
        Reader(
            name="backup",
            file="site.backup",
            form=Form.BYTES,
            seeds=("site.backup",),
            called=packed.unsealed,
            slow=True,
        ),
    )


READERS = (
    *office.READERS,
    *_campaign(),
    *_vote(),
    *_chance(),
    *_packed(),
)
