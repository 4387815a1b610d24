"""Starting the site: its home on disk, its tables, its server and its worker.

One process serves pages (several on PostgreSQL), another does the jobs. Either may be
killed at any moment: what was acknowledged is on disk.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from secrets import token_urlsafe

from plebiscite.core.files import PRIVATE_FILE, alone, private_folder, write_whole
from plebiscite.errors import InputError
from plebiscite.web.frame.crowd import AT_ONCE, threads_for
from plebiscite.web.frame.knock import knock
from plebiscite.web.frame.warm import WARM

PR_SET_PDEATHSIG = 1
PATIENCE = 5.0
"""Seconds."""
FOLDERS = ("measures", "uploads", "jobs", "confidential")


def environment(
    home: Path, *, demo: bool = False, said: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Return the environment in which the site's processes run."""
    return {
        **said,
        "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        "PLEBISCITE_HOME": str(home.resolve()),
        **({"PLEBISCITE_DEMO": "1"} if demo else {}),
    }


def make_home(home: Path, *, demo: bool = False) -> None:
    """Make the folders of the site, open to their owner only, and keep a secret."""
    private_folder(home)
    for name in (*FOLDERS, *(["demo"] if demo else [])):
        private_folder(home / name)
    secret = home / "secret"
    with alone(home):  # two that start at once share one secret
        if not secret.exists():
            write_whole(secret, token_urlsafe(64) + "\n", mode=PRIVATE_FILE)


def refuse_taken(host: str, port: int, *, patience: float = PATIENCE) -> None:
    """Refuse an address that pages cannot be served from.

    A server that was killed a moment ago may still be letting go of it, so it is tried
    for `patience` seconds.

    Raises:
        InputError: another program has it, or nobody may.

    """
    until = time.monotonic() + patience
    while problem := _taken(host, port):
        if time.monotonic() > until:
            raise InputError(
                f"{host}, port {port}, cannot be served from: {problem}; end the "
                "program that has it, or choose another port with --port"
            )
        time.sleep(0.2)


def _taken(host: str, port: int) -> str:
    """Return why an address cannot be had, or ""."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        # Connections of a server that ended do not keep its address.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as problem:
            return problem.strerror or str(problem)
    return ""


def set_up(environ: Mapping[str, str]) -> None:
    """Start Django in this process, with the settings that `environ` says."""
    os.environ.update(environ)
    import django

    django.setup()


def upgrade() -> list[str]:
    """Bring tables and shelf to this version's form; return what was done, in words."""
    from plebiscite.web.keep.tables import make_tables
    from plebiscite.web.measures.shelf import take_in_shipped

    return make_tables() + [f"measure {each}" for each in take_in_shipped()]


def serve(
    environ: Mapping[str, str], *, host: str, port: int, workers: int, threads: int
) -> int:
    """Run the server and the worker of jobs until the server ends; return its code.

    A worker that dies is started again; what it was at is taken up by the next. The
    server is knocked at every second, once for each of its processes: see `knock`.

    Ask `plebiscite.web.safety` first.
    """
    at_work = [sys.executable, "-m", "plebiscite.web.jobs.worker"]
    pages = server_command(host=host, port=port, workers=workers, threads=threads)
    here = {"PLEBISCITE_LISTENS": host, AT_ONCE: str(threads)}
    given = {WARM: "1", **environ, **here}
    server, worker = _start(pages, given), _start(at_work, given)
    try:
        while server.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=1)
                worker = _start(at_work, given)
            knock(host, port, workers)
        return server.returncode
    finally:
        for each in (worker, server):
            _end(each)


def _start(command: list[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process that ends when this one does."""
    return subprocess.Popen(  # noqa: S603 - ours
        command,
        env=dict(environ),
        preexec_fn=partial(_end_with, os.getpid()),  # noqa: PLW1509 - one thread here
    )


def _end_with(parent: int) -> None:
    """Ask Linux to end this process when its parent dies, however that dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before it could be asked for
            os._exit(1)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def server_command(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command that serves pages."""
    return [
        sys.executable,
        *("-m", "granian", "plebiscite.web.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads_for(threads))),
        # Of its warnings the first would be that there are many threads: most of them
        # only wait for a place.
        *("--backlog", "1024", "--no-ws", "--log-level", "error"),
        "--respawn-failed-workers",
    ]
