"""A real site for tests: `plebiscite serve --demo` in processes of its own.

Its output is kept, and shown when something goes wrong with it.
"""

import fcntl
import http.client
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PLEBISCITE = Path(sys.executable).with_name("plebiscite")
STARTS_WITHIN_S = 900
ANSWERS_WITHIN_S = 300
TAKEN = "Address already in use"
TRIES = 5
"""For a port of its own: between asking for a free one and taking it another may."""
ANSWERING = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for asked in sys.stdin:
    said, fault = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(asked), {"json": json})
        except Exception:
            fault = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), fault]), flush=True)
"""
"""Runs what it is sent, a line each, until nothing more comes."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_more):
        return None


@dataclass
class Answer:
    """What the site answered: the whole of it."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Visitor:
    """Somebody with a cookie jar and no browser; follows no redirects."""

    url: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def _ask(self, path, data=None, headers=None, method=None):
        opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), NoRedirect()
        )
        request = urllib.request.Request(
            urllib.parse.urljoin(self.url, path),
            data=data,
            headers=headers or {},
            method=method,
        )
        try:
            with opener.open(request, timeout=ANSWERS_WITHIN_S) as found:
                return Answer(found.status, _headers(found), found.read())
        except urllib.error.HTTPError as found:
            return Answer(found.code, _headers(found), found.read())
        except http.client.HTTPException as cut:
            raise ConnectionError("the site went away in an answer") from cut

    def get(self, path, **headers):
        return self._ask(path, headers=headers)

    def ask(self, method, path, body=b"", **headers):
        data = None if method in {"GET", "HEAD", "OPTIONS"} else body
        return self._ask(path, data=data, headers=headers, method=method)

    def token(self):
        found = next((c.value for c in self.jar if c.name == "csrf"), None)
        if found is None:
            self.get("/sign-in/")
            found = next(c.value for c in self.jar if c.name == "csrf")
        return found

    def post(self, path, **fields):
        """Send a form as a browser would, with its token."""
        said = {"csrfmiddlewaretoken": self.token(), **fields}
        data = urllib.parse.urlencode(said, doseq=True).encode()
        return self._ask(path, data=data, headers={"Referer": self.url})

    def sign_in(self, account):
        answer = self.post(
            "/sign-in/", login=account["email"], password=account["password"]
        )
        assert answer.status == 302, answer.text
        return self

    def cookies(self):
        """Return the cookies, as Playwright takes them."""
        return [{"name": c.name, "value": c.value, "url": self.url} for c in self.jar]


@dataclass
class Site:
    """A running site.

    Attributes:
        url: where it is, without a slash at the end.
        home: its folder.
        accounts: the demonstration's accounts, by key (state, county, reviewer,
            second, proponent, chapter, auditor).

    """

    url: str
    home: Path
    environ: dict
    process: subprocess.Popen
    accounts: dict
    database: str
    log: Path
    _visitors: dict = field(default_factory=dict)
    _answering: subprocess.Popen | None = None

    def visitor(self):
        """Return somebody without an account."""
        return Visitor(self.url)

    def sign_in(self, key):
        """Return somebody signed in with a role's account; the same for each call."""
        if key not in self._visitors:
            self._visitors[key] = self.visitor().sign_in(self.accounts[key])
        return self._visitors[key]

    def do(self, code):
        """Run Python in the site's environment with Django started; return its JSON.

        One process of its own answers all that is asked of a site: to start Django
        takes a second, and tests ask often.
        """
        if self._answering is None:
            with self.log.open("ab") as errors:
                self._answering = subprocess.Popen(
                    [sys.executable, "-c", ANSWERING],
                    env=self.environ,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                )
        self._answering.stdin.write(json.dumps(code) + "\n")
        self._answering.stdin.flush()
        answer = self._answering.stdout.readline()
        assert answer, self.log.read_text()[-4000:]
        said, fault = json.loads(answer)
        assert not fault, fault
        return json.loads(said) if said.strip() else None

    def processes(self):
        """Return the ids of its processes: the one we started, and all below it."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):  # it has ended
                    waiting += [int(each) for each in task.read_text().split()]
        return found

    def kill(self):
        """End all its processes at once, as a power cut would."""
        self._answers_no_more()
        for pid in self.processes():
            with suppress(ProcessLookupError):  # it ended by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """End it in good order."""
        self._answers_no_more()
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
            self.process.stdout.close()
        except subprocess.TimeoutExpired:
            self.kill()

    def _answers_no_more(self):
        if self._answering is not None:
            self._answering.communicate()
            self._answering = None


def _headers(found):
    return {name.title(): value for name, value in found.headers.items()}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def start(home, **how):
    """Start a site in `home` and return it once it is healthy."""
    for _ in range(TRIES):
        site = _started(home, **how)
        if _is_healthy(site):
            return site
        site.kill()
        said = site.log.read_text()
        if TAKEN not in said:
            break
    raise AssertionError(f"the site is not healthy:\n{said[-4000:]}")


def _started(home, *, database="", demo=True, more=None):
    port = free_port()
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")},
        "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        "PLEBISCITE_HOME": str(home),
        "PLEBISCITE_WARM": "0",  # nobody here minds a first page
        **({"PLEBISCITE_DATABASE": database} if database else {}),
        **({"PLEBISCITE_DEMO": "1"} if demo else {}),
        **(more or {}),
    }
    log = home.parent / f"{home.name}.log"
    command = [str(PLEBISCITE), "serve", "--port", str(port), "--json"]
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*command, *(["--demo"] if demo else [])],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    said = _said(process, log)
    return Site(
        url=f"http://localhost:{port}",
        home=home,
        environ=environ,
        process=process,
        accounts={each["key"]: each for each in said["accounts"]},
        database=database,
        log=log,
    )


def _said(process, log):
    """Return the JSON it prints before it serves."""
    lines = []
    for line in process.stdout:
        lines.append(line.decode())
        if line.rstrip() == b"}":
            return json.loads("".join(lines))
    raise AssertionError(f"the site did not start:\n{log.read_text()[-4000:]}")


def _is_healthy(site):
    """Wait until it answers; say no when it has ended, or time is up."""
    end = time.monotonic() + STARTS_WITHIN_S
    while site.process.poll() is None and time.monotonic() < end:
        try:
            if Visitor(site.url).get("/healthz").status == 200:
                return True
        except OSError:
            time.sleep(0.1)
    return False


@contextmanager
def running(home, **how):
    """Start a site for a block; show its log if the block fails."""
    site = start(home, **how)
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def _alone(folder):
    """Keep other workers out of a block."""
    with (folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def home_of(folder, to, *, demo=True, tables=True):
    """Copy a home in which a site was started and ended before; return the copy.

    The first who asks makes it, in `folder`, which all workers share: to invent a
    petition takes longer than to copy it. Without its `tables` the next start fills
    another database.
    """
    made = folder / ("demonstration" if demo else "office")
    folder.mkdir(exist_ok=True)
    with _alone(folder):
        if not (done := made.with_suffix(".made")).exists():
            with running(made, demo=demo, more={"PLEBISCITE_WARM": "1"}):
                pass
            done.touch()
    leave = () if tables else ("plebiscite.sqlite3", "county", "jobs", "uploads")
    shutil.copytree(made, to, ignore=shutil.ignore_patterns(*leave))
    return to


def csrf_in(page):
    """Return the form token that stands in a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found.group(1) if found else ""
