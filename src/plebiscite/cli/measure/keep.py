"""`measure record`, `verify`, `merge` and `checkpoint`: keeping a docket."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import DAY, FILE, FOLDER, NEW, answer, json_option
from plebiscite.cli.faults import Exit
from plebiscite.cli.said import tell
from plebiscite.errors import InputError

HASH = re.compile(r"[0-9a-f]{64}")
PATH = re.compile(r"(?!\w+://)(\S*/\S*|\S+\.[A-Za-z]{2,5})")
"""What can only be meant as a file: a path, or a name with an ending."""


@click.command("record")
@click.argument("folder", type=FOLDER)
@click.argument("event")
@click.option("--day", type=DAY, required=True, help="The day it took legal effect.")
@click.option("--by", required=True, help="The office that says so; never a person.")
@click.option("--authority", required=True, help="The law it rests on, as cited.")
@click.option("--source", default="", help="The document that shows it: file or title.")
@click.option(
    "--set",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="A count or finding of the event, such as raw=1137844.",
)
@json_option
def record(
    folder: Path,
    event: str,
    day: date,
    by: str,
    authority: str,
    source: str,
    facts: Sequence[str],
    as_json: bool,
) -> None:
    """Add EVENT to the docket in FOLDER.

    An event that may not follow, or that the law of its day does not allow, is refused
    with the rule that forbids it and what would be allowed. A file named as --source is
    recorded with its SHA-256. To correct an earlier event, record 'corrected' with
    --set corrects=NUMBER and --set now.NAME=VALUE, or --set struck=true.

    \b
    Example:
      plebiscite measure record measures/16-0011 raw_count --day 2017-08-04 \\
        --by "county elections officials" --authority "Cal. Elec. Code § 9030(b)" \\
        --source counts.pdf --set raw=823110
    """
    from plebiscite.docket.happened import happened
    from plebiscite.docket.life import life
    from plebiscite.docket.store import Happening, append, read, verify
    from plebiscite.docket.table import table

    torn = (folder / "docket.jsonl").exists() and verify(folder).words
    happening = Happening(
        day=day,
        kind=table().kind(event).name,
        by=by,
        authority=authority,
        source=_source(source),
        body=_body(facts),
    )
    [added] = append(folder, [happening], recorded_at=datetime.now(UTC))
    if torn and torn.startswith("torn"):
        tell(f"set aside: {torn}", err=True)
    reached = life(happened(read(folder)))
    data = {
        **added.as_data(),
        "stage": reached.stage,
        "stage_words": reached.words,
        "may_follow": table().allowed(reached.stage),
    }
    lines = [
        f"event {added.seq}: {table().kinds[added.kind].words}, {day}",
        f"stands: {reached.stage}, {reached.words}",
        f"head: {added.hash}",
    ]
    answer(data, lines, as_json=as_json)


@click.command("verify")
@click.argument("measure")
@click.option("--head", help="The head hash as published elsewhere: 64 hex digits.")
@click.option("--checkpoint", "signed", type=FILE, help="A checkpoint made earlier.")
@json_option
def verify(measure: str, head: str | None, signed: Path | None, as_json: bool) -> None:
    """Check that the docket of MEASURE is whole, and name the event that is not.

    Without a published head, a docket rewritten from some event to its end cannot be
    told from a true one, and the answer says so.

    Exits 0 if it is whole, 1 if it was changed or breaks off, 2 if there is no docket.

    \b
    Example:
      plebiscite measure verify measures/16-0011 --head 5f0c…
    """
    from plebiscite.docket.happened import happened
    from plebiscite.docket.life import life
    from plebiscite.docket.store import read, read_checkpoint
    from plebiscite.docket.store import verify as verify_docket
    from plebiscite.petition.measure import measure_folder

    folder = Path(measure) if Path(measure).is_dir() else measure_folder(measure)
    published = read_checkpoint(signed) if signed else head and head.lower()
    if published is not None and not HASH.fullmatch(published):
        raise InputError(
            f"the head is {published!r}; a head is 64 hex digits, as "
            "`plebiscite measure record` printed it"
        )
    found = verify_docket(folder, head=published)
    forbidden = ""
    if found.stands:
        try:
            life(happened(read(folder)))
        except InputError as problem:
            forbidden = str(problem)
    data = {
        "soundness": found.soundness.value,
        "events": found.events,
        "head": found.head,
        "line": found.line,
        "words": found.words,
        "forbidden": forbidden or None,
    }
    lines = [found.words, f"head: {found.head}"]
    lines += [f"but an event does not follow: {forbidden}"] if forbidden else []
    answer(data, lines, as_json=as_json)
    sys.exit(Exit.DONE if found.is_whole and not forbidden else Exit.NOT_MET)


@click.command("merge")
@click.argument("folder", type=FOLDER)
@click.argument("other", type=FOLDER)
@json_option
def merge(folder: Path, other: Path, as_json: bool) -> None:
    """Take over into FOLDER what the docket in OTHER has beyond it.

    Where both went on from one event in different ways, the fork is named and nothing
    is changed: a person decides which copy is true.

    Exits 0 if they agree now, 1 if they have forked.

    \b
    Example:
      plebiscite measure merge measures/16-0011 copies/16-0011
    """
    from plebiscite.docket.fork import Relation
    from plebiscite.docket.store import take_over

    found = take_over(folder, other)
    parted = found.relation in {Relation.FORKED, Relation.FOREIGN}
    data = {
        "relation": found.relation.value,
        "common": found.common,
        "fork": found.fork if parted else None,
        "first": [dict(each) for each in found.first],
        "second": [dict(each) for each in found.second],
        "words": found.words,
    }
    lines = [found.words]
    lines += ["taken over"] if found.relation is Relation.AHEAD else []
    lines += [f"the last hash both have: {found.fork}"] if parted else []
    answer(data, lines, as_json=as_json)
    sys.exit(Exit.NOT_MET if parted else Exit.DONE)


@click.command("checkpoint")
@click.argument("folder", type=FOLDER)
@click.option("--out", type=NEW, required=True, help="The file to write.")
@json_option
def checkpoint(folder: Path, out: Path, as_json: bool) -> None:
    """Write what stands for the docket in FOLDER today, to be signed elsewhere.

    \b
    Example:
      plebiscite measure checkpoint measures/16-0011 --out checkpoint.json
    """
    from plebiscite.core.files import write_whole
    from plebiscite.docket.store import checkpoint as checkpoint_of
    from plebiscite.docket.store import verify as verify_docket

    raw = checkpoint_of(folder)
    write_whole(out, raw)
    found = verify_docket(folder)
    data = {"file": str(out), "events": found.events, "head": found.head}
    lines = [f"{out}: {found.events:,} events, head {found.head}"]
    answer(data, lines, as_json=as_json)


def _source(given: str) -> str:
    """Return a file as its name and hash; anything that is no path as it stands."""
    from plebiscite.core.canonical import file_digest

    path = Path(given)
    if given and path.is_file():
        return f"{path.name} (SHA-256 {file_digest(path)})"
    if PATH.fullmatch(given):
        raise InputError(
            f"--source {given!r}: there is no such file; name one, or give the "
            "document's title in words"
        )
    return given


def _body(facts: Sequence[str]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for each in facts:
        name, sign, value = each.partition("=")
        if not sign or not name:
            raise InputError(f"--set {each!r}: write it as NAME=VALUE, such as raw=350")
        place = body
        *outer, last = name.split(".")
        for key in outer:
            place = place.setdefault(key, {})
            if not isinstance(place, dict):
                raise InputError(f"--set {each!r}: {key!r} has a value already")
        place[last] = _value(value)
    return body


def _value(text: str) -> Any:
    plain = text.replace(",", "").replace("_", "")
    if plain.removeprefix("-").isdecimal() and (text[:1] != "0" or text == "0"):
        return int(plain)
    return {"true": True, "false": False, "null": None}.get(text, text)
