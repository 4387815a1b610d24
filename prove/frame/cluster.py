"""A PostgreSQL of our own on the loopback, that can be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PASSWORD = "for-the-proof-only"  # noqa: S105 # of a cluster on the loopback, for minutes
LONGEST_SECONDS = 10


def why_not() -> str:
    """Return why PostgreSQL cannot be had here, or ""."""
    if not SERVERS:
        return "PostgreSQL is not installed here"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL does not run as root, and setpriv is not installed"
    return ""


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Yield a new cluster; take it away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="prove-postgresql-"))
    folder.chmod(0o755)  # PostgreSQL's own user enters it
    made = None
    try:
        made = Cluster(folder)
        yield made
    finally:
        if made is not None:
            made.end()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """A cluster that runs."""

    def __init__(self, folder: Path) -> None:
        self.at, self.port = folder / "at", _free_port()
        self.at.mkdir(mode=0o700)
        word = folder / "word"
        word.write_text(PASSWORD + "\n", encoding="utf-8")
        if os.geteuid() == 0:
            for each in (self.at, word):
                shutil.chown(each, "postgres")
        words = ["-A", "scram-sha-256", "-U", "plebiscite", f"--pwfile={word}"]
        self._do("initdb", *words, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it, after whatever happened to it."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 "
            "-c unix_socket_directories= -c shared_buffers=32MB"
        )
        log = ["-l", str(self.at / "log")]
        self._do("pg_ctl", *log, "-w", "-t", "600", "-o", options, "start")

    @property
    def address(self) -> str:
        """Its address, for the settings."""
        return f"postgresql://plebiscite:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def kill(self) -> None:
        """Kill every process of it with -9, as when the machine goes."""
        master = int((self.at / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(  # noqa: S603 # our own words
            ["/bin/ps", "-o", "pid=", "--ppid", str(master)],
            capture_output=True,
            text=True,
            check=False,
        )
        for pid in [master, *map(int, found.stdout.split())]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            end = time.monotonic() + LONGEST_SECONDS
            while _is_alive(pid) and time.monotonic() < end:
                time.sleep(0.02)
        # A dead process that nobody has waited for still has its number here; where a
        # machine has really gone, it has not.
        (self.at / "postmaster.pid").unlink(missing_ok=True)

    def end(self) -> None:
        """Stop it for good."""
        with suppress(RuntimeError):
            self._do("pg_ctl", "-m", "immediate", "-w", "stop")

    def _do(self, program: str, *words: str) -> None:
        whole = [str(SERVERS[-1] / program), "-D", str(self.at), *words]
        done = subprocess.run(  # noqa: S603 # our own words
            _as_postgres(whole), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _as_postgres(words: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return words
    who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    return [*who, "env", "-C", "/tmp", "HOME=/tmp", *words]  # noqa: S108 # its own


def _is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
