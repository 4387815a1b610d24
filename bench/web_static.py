"""How many requests a second the mirror answers from Debian's nginx, on this machine.

    .venv/bin/python bench/web_static.py [--seconds 10] [--connections 64]

Publishes the shipped measures, serves them with the configuration that
docs/how-to/publish-a-measure.md shows, and asks for pages with wrk on the same cores.
Every answer must be 200 and whole: the bytes wrk counts are held against the files'.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOW_TO = ROOT / "docs" / "how-to" / "publish-a-measure.md"
PLEBISCITE = Path(sys.executable).with_name("plebiscite")
PAGES = {
    "a measure's page": "/measures/us/ca/16-0011/",
    "the list": "/",
    "a measure as JSON": "/measures/us/ca/16-0011.json",
    "a badge": "/measures/us/ca/16-0011/badge.svg",
}
WHOLE = """\
worker_processes auto;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  types {{ {types} }}
  {server}
}}
"""
TYPES = """text/html html; text/css css; image/svg+xml svg; application/json json;
application/atom+xml atom; image/png png; text/calendar ics; text/csv csv;
application/zip zip; application/xml xml;"""


def main() -> int:
    """Measure, print, and return 0 if every page reached the floor."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=10)
    asked.add_argument("--connections", type=int, default=64)
    asked.add_argument("--floor", type=int, default=5_000)
    said = asked.parse_args()
    if missing := [each for each in ("nginx", "wrk") if not _found(each)]:
        print(f"not measured: {', '.join(missing)} is not installed (Debian has both)")
        return 3
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        work.chmod(0o755)
        _publish(work)
        port = _free_port()
        server = _start(work, port)
        try:
            rows = [
                _measured(label, path, port, work / "mirror", said)
                for label, path in PAGES.items()
            ]
        finally:
            server.terminate()
            server.wait(timeout=10)
    print(json.dumps({"cores": os.cpu_count(), "pages": rows}, indent=1))
    return 0 if all(row["requests_per_s"] >= said.floor for row in rows) else 1


def _found(program: str) -> bool:
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is not None


def _publish(work: Path) -> None:
    subprocess.run(  # noqa: S603 - our own program
        [PLEBISCITE, "publish", work / "mirror", "--data", work / "home"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _start(work: Path, port: int) -> subprocess.Popen[bytes]:
    """Start nginx with the manual's server block, its paths and port put in."""
    block = re.search(r"```nginx\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    assert block, "the manual shows no nginx block"
    server = block.group(1).replace("/var/www/petitions", str(work / "mirror"))
    server = re.sub(r"listen [^;]+;", f"listen 127.0.0.1:{port};", server)
    config = work / "nginx.conf"
    config.write_text(WHOLE.format(work=work, types=TYPES, server=server))
    started = subprocess.Popen(  # noqa: S603 - the server measured
        ["/usr/sbin/nginx", "-c", config, "-g", "daemon off;"],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
        except OSError:
            time.sleep(0.05)
        else:
            return started
    started.terminate()
    raise SystemExit((work / "error.log").read_text())


def _measured(
    label: str, path: str, port: int, mirror: Path, said: argparse.Namespace
) -> dict[str, object]:
    url = f"http://127.0.0.1:{port}{path}"
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own
        body = answer.read()
    place = mirror / path.lstrip("/")
    place = place / "index.html" if path.endswith("/") else place
    assert body == place.with_name(f"{place.name}.gz").read_bytes(), path
    done = subprocess.run(  # noqa: S603 - the load
        [
            *("wrk", "-t", "2", "-c", str(said.connections), "--latency"),
            *("-d", f"{said.seconds}s", "-H", "Accept-Encoding: gzip", url),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Non-2xx" not in done, done
    assert "Socket errors" not in done, done
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    slow = re.search(r"99%\s+(\S+)", done)
    assert rate, done
    assert slow, done
    return {
        "page": label,
        "bytes": len(body),
        "requests_per_s": round(float(rate.group(1))),
        "p99": slow.group(1),
    }


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
