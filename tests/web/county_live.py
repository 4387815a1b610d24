"""A county desk on a running site: opened, filled and worked as people do, by forms."""

import csv
import io
import re
import time
import uuid
from pathlib import Path

MODELS = (
    "from plebiscite.web.county.models import *\n"
    "from plebiscite.web.accounts.models import User\n"
)
DESK = "/county/simulated/16-0012/Alpine"
MADE = """
import shutil
from pathlib import Path
from django.conf import settings
from plebiscite.web.measures.shelf import take_in
source = next(Path(settings.HOME).glob('demo/*/measures/simulated/16-0012'))
place = Path(settings.HOME) / 'uploads' / {number!r}
shutil.copytree(source, place)
text = (place / 'measure.yaml').read_text().replace('simulated/16-0012', {id!r})
(place / 'measure.yaml').write_text(text)
take_in(place)
shutil.rmtree(place)
"""
PAPER = """
from types import SimpleNamespace
from pathlib import Path
from plebiscite.core.files import private_folder
import polars as pl
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import write_roll
folder = Path({folder!r})
folder.mkdir(parents=True)
source = folder / 'roll.csv'
write_roll(source, voters={voters}, seed=3)
voters = pl.read_csv(source, infer_schema=False)
voters.with_columns(county=pl.lit('Alpine')).write_csv(source)
write_petition(source, folder / 'petition', lines={lines}, seed=7, counties=['Alpine'])
"""


FOUND = """
from django.core.exceptions import BadRequest
from django.utils.timezone import now
from plebiscite.errors import PlebisciteError
from plebiscite.web.county.desks import desk_of, reasons_of
from plebiscite.web.county.queue.decide import Sitting, decide
from plebiscite.web.county.queue.hand import Work, hand_out
from plebiscite.web.county.queue.said import credited, finding_said
desk = desk_of({measure!r}, 'Alpine')

def decided(line, user, leads):
    for act, voter in ({truth}[str(line.pk)], ('undecided', '')):
        sitting = Sitting(user=user, at=now(), seen=line.version, leads=leads)
        try:
            finding = finding_said(dict(act=act, voter=voter), reasons_of(desk))
            return decide(desk, line.pk, credited(desk, line, finding), sitting)
        except (BadRequest, PlebisciteError):
            continue
    raise AssertionError(line.pk)

for name, work in {turns}:
    user = User.objects.get(email=name + '@demo.invalid')
    while (line := hand_out(desk, Work(work), user, now=now())) is not None:
        decided(line, user, name == 'county')
"""


def new_measure(site):
    """Take a fresh copy of the simulated measure onto the shelf; return its id."""
    number = f"17-{uuid.uuid4().int % 10**8:08}"
    name = f"simulated/{number}"
    site.do(MADE.format(number=number, id=name))
    return name


def new_desk(site):
    """Open Alpine's desk for a new measure, by the county's own form."""
    measure = new_measure(site)
    answer = site.sign_in("county").post(
        "/county/open/", measure=measure, county="Alpine"
    )
    where = f"/county/{measure}/Alpine"
    assert answer.headers["Location"] == f"{where}/"
    return where


def paper(site, folder: Path, *, voters=3_000, lines=700):
    """Invent a roll and a petition in `folder` (in a process of the site's)."""
    site.do(PAPER.format(folder=str(folder), voters=voters, lines=lines))
    return folder


def hand_in(site, where, kind, path, *, as_of="2017-07-25", name=None):
    """Hand a file in by the form, and wait; return the page of what became of it."""
    answer = upload(
        site, where, kind, Path(path).read_bytes(), name or Path(path).name, as_of=as_of
    )
    assert answer.status == 302, answer.text
    finished(site, answer.headers["Location"])
    return latest(site, where)


def upload(site, where, kind, raw, name, *, as_of="2017-07-25"):
    """Send the form with a file, as a browser would; return the answer."""
    visitor, mark = site.sign_in("county"), uuid.uuid4().hex
    fields = {
        "csrfmiddlewaretoken": visitor.token(),
        "kind": kind,
        "as_of": as_of,
        "layout": "plebiscite",
    }
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
        f"{value}\r\n".encode()
        for key, value in fields.items()
    )
    body += (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
        "\r\nContent-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += raw + f"\r\n--{mark}--\r\n".encode()
    return visitor.ask(
        "POST",
        f"{where}/files/",
        body,
        **{
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Referer": site.url,
        },
    )


def finished(site, job):
    """Wait for a job by its page's address; return how it ended."""
    end = time.monotonic() + 900
    while time.monotonic() < end:
        told = site.sign_in("county").get(f"{job}now.json").json
        if told["over"]:
            return told["state"]
        time.sleep(0.1)
    raise AssertionError(f"{job} does not end: {told}")


def latest(site, where):
    """Return the page of the file handed in last."""
    page = site.sign_in("county").get(f"{where}/files/").text
    numbers = map(int, re.findall(rf"{where}/files/(\d+)/", page))
    return site.sign_in("county").get(f"{where}/files/{max(numbers)}/").text


def told(site, where, code):
    """Ask the site's tables about a desk: `desk` stands for it."""
    _, measure, county = re.match(r"/(county)/(.*)/([^/]+)$", where).groups()
    start = f"desk = Desk.objects.get(measure={measure!r}, county={county!r})\n"
    return site.do(f"{MODELS}{start}print(json.dumps({code}, default=str))")


def wait_for_queue(site, where):
    """Wait until the queue is ready."""
    end = time.monotonic() + 900
    while time.monotonic() < end:
        if "to find" in site.sign_in("county").get(f"{where}/").text:
            return
        time.sleep(0.2)
    raise AssertionError(site.sign_in("county").get(f"{where}/").text)


def drawn_lines(site, where, lines: Path):
    """Return only the drawn lines of a file, as an office would key them: CSV bytes."""
    text = site.sign_in("county").get(f"{where}/office/drawn/").text
    drawn = {(row["section"], row["row"]) for row in csv.DictReader(io.StringIO(text))}
    with lines.open(encoding="utf-8") as file:
        reader = csv.DictReader(file)
        out = io.StringIO()
        writer = csv.DictWriter(out, reader.fieldnames)
        writer.writeheader()
        writer.writerows(row for row in reader if (row["section"], row["row"]) in drawn)
    return out.getvalue().encode()


def opened_line(visitor, where, work="find"):
    """Have the next line handed out; return its address and the version seen."""
    page = visitor.get(f"{where}/queue/?work={work}").text
    found = re.search(
        rf'<form class="found" id="found" method="post" action="({where}/lines/\d+/)"',
        page,
    )
    seen = re.search(r'id="found".*?name="seen" value="(\d+)"', page, re.DOTALL)
    return (found[1], seen[1], page) if found else (None, None, page)


def found_by_acts(site, where, truth, turns):
    """Find every line that waits by the acts behind the forms, at the site itself.

    `truth` is act and voter by line, `turns` who works at what, one after another.
    """
    measure = where.removeprefix("/county/").rpartition("/")[0]
    site.do(MODELS + FOUND.format(measure=measure, truth=truth, turns=turns))
