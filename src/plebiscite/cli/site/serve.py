"""`plebiscite serve`: the site, on this machine and with nothing else needed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import answer, json_option, progress_bar
from plebiscite.cli.site import HOME, started

if TYPE_CHECKING:
    from plebiscite.web.demo import Account

LARGEST_SCALE = 10_000


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@HOME
@click.option("--demo", is_flag=True, help="A simulated petition, an account per role.")
@click.option(
    "--scale",
    type=click.IntRange(2, LARGEST_SCALE),
    default=1000,
    show_default=True,
    help="With --demo: one line stands for so many.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that serve pages; more than one needs PostgreSQL.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Pages made at once by each.",
)
@json_option
def command(
    port: int,
    host: str,
    home: Path,
    demo: bool,
    scale: int,
    workers: int,
    threads: int,
    as_json: bool,
) -> None:
    """Serve the public pages, the desks and the API until Ctrl-C.

    Everything stands in the folder --data: measures, uploads and, unless
    PLEBISCITE_DATABASE names a PostgreSQL database, the tables. Only this machine can
    reach it unless --host says more; then PLEBISCITE_URL must be its public address.
    With --demo it has a simulated petition, and an account for each role, whose
    passwords are new at each start.

    \b
    Example:
      plebiscite serve --port 8000 --demo
    """
    environ = started(home, demo=demo)
    from plebiscite.web import serve
    from plebiscite.web.safety import refuse_unsafe

    refuse_unsafe(host=host, workers=workers)
    serve.refuse_taken(host, port)
    serve.upgrade()
    accounts = _demonstrate(home, scale) if demo else []
    url = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    answer(
        {"url": url, "accounts": [asdict(each) for each in accounts]},
        [f"{url} (Ctrl-C ends it)", *_told(accounts)],
        as_json=as_json,
    )
    sys.stdout.flush()
    sys.exit(
        serve.serve(environ, host=host, port=port, workers=workers, threads=threads)
    )


def _demonstrate(home: Path, scale: int) -> list[Account]:
    """Simulate the petition, unless it is there, and fill the site with it."""
    from plebiscite.cli.demo import SEED
    from plebiscite.cli.demo.site import AT_WORK, WORKED, simulate_for_site
    from plebiscite.core.files import PRIVATE, whole_folder
    from plebiscite.web import demo

    made = home.expanduser() / "demo" / "petition"
    if not made.exists():
        with progress_bar() as progress, whole_folder(made, mode=PRIVATE) as draft:
            simulate_for_site(draft, scale=scale, seed=SEED, progress=progress)
    return demo.fill(
        made / "measures" / WORKED, made / "measures" / AT_WORK, made / "simulated"
    )


def _told(accounts: list[Account]) -> list[str]:
    if not accounts:
        return []
    rows = [f"  {each.email:<24} {each.password:<18} {each.name}" for each in accounts]
    return ["DEMONSTRATION: nothing is real. Sign in at /sign-in/ with:", *rows]
