"""A program that has loaded everything and done nothing, and does each act in a fork.

It reads tasks as lines of JSON and answers each with how the fork ended. It never opens
a table or a database itself: a fork of a program with threads at work could hang.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 180
WARM = (
    "plebiscite.cli",
    "plebiscite.cli.petition",
    "plebiscite.cli.petition.acts",
    "plebiscite.cli.petition.verification",
    "plebiscite.cli.measure.keep",
    "plebiscite.cli.roll",
    "plebiscite.report.certificate_page",
    "plebiscite.report.certificate_pdf",
    "plebiscite.match.index.build",
    "prove.faults.acts.office",
)


def main() -> None:
    """Answer tasks until the input ends."""
    for name in WARM:
        import_module(name)
    if os.environ.get("PROVE_SITE"):
        import_module("prove.faults.acts.site").warm()
        import_module("prove.faults.acts.kept")
        import_module("prove.faults.acts.shelved")
    for line in sys.stdin:
        code, said = forked(json.loads(line))
        print(json.dumps({"code": code, "said": said}), flush=True)


def forked(task: dict[str, Any]) -> tuple[int, str]:
    """Do a task in a fork; return its exit code, negative for a signal, and words."""
    with tempfile.TemporaryFile() as out:
        pid = os.fork()
        if not pid:
            child(task, out.fileno())
        _, status = os.waitpid(pid, 0)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    return os.waitstatus_to_exitcode(status), said


def child(task: dict[str, Any], out: int) -> None:
    """Do a task, and end without a word to whoever waits for the parent."""
    code = 99
    try:
        signal.alarm(LONGEST_SECONDS)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.chdir(task["folder"])
        from plebiscite.core.faultpoints import listen

        listen(task["asked"] or None)
        code = done(task["act"])
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 # a fork ends here, whatever it met
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def done(act: list[str] | str) -> int:
    """Do an act: the words of a command, or a function that takes the folder."""
    if isinstance(act, str):
        module, _, name = act.partition(":")
        return int(getattr(import_module(module), name)(Path.cwd()) or 0)
    from plebiscite.cli import main as plebiscite

    plebiscite(act, prog_name="plebiscite")
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
