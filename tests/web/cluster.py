"""A PostgreSQL of our own on the loopback, for as long as the tests run."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or []
PASSWORD = "for-tests-only"
TRIES = 5
"""For a port of its own: between asking for a free one and taking it another may."""
PATIENCE_S = 600


def why_not():
    """Return why PostgreSQL cannot be had here, or ""."""
    if not SERVERS:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL does not run as root, and setpriv is not installed"
    return ""


@contextmanager
def postgresql():
    """Yield the address of a database in a new cluster; take it away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="plebiscite-pg-"))
    folder.chmod(0o755)
    place, word = folder / "at", folder / "word"
    place.mkdir(mode=0o700)
    word.write_text(PASSWORD + "\n")
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
        shutil.chown(word, "postgres")
    _run(
        "initdb",
        "-D",
        place,
        "-A",
        "scram-sha-256",
        "-U",
        "plebiscite",
        f"--pwfile={word}",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    port = _started(place)
    try:
        yield f"postgresql://plebiscite:{PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        _run(*_control(place), "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _control(place):
    """Return how the server is told something, and waited for."""
    return ("pg_ctl", "-D", place, "-w", "-t", PATIENCE_S)


def _started(place):
    """Start the server on a free port and return that."""
    for left in reversed(range(TRIES)):
        port = _free_port()
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={place} "
            "-c max_connections=60 -c shared_buffers=32MB"
        )
        how = ("-l", place / "log", "-o", options)
        done = _run(*_control(place), *how, "start", check=not left)
        if done.returncode == 0:
            break
    return port


def _run(program, *words, check=True):
    command = [str(SERVERS[-1] / program), *map(str, words)]
    if os.geteuid() == 0:
        command = [
            "setpriv",
            "--reuid=postgres",
            "--regid=postgres",
            "--init-groups",
            "env",
            "-C",
            "/tmp",
            "HOME=/tmp",
            *command,
        ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
