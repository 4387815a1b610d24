"""`plebiscite serve`: the site, on this machine and with nothing else needed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

HOME = click.option(
    "--data",
    "home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PLEBISCITE_HOME",
    default=Path("~/.local/share/plebiscite"),
    show_default=True,
    help="The site's home: measures, uploads, database.",
)


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@HOME
@click.option("--demo", is_flag=True, help="A simulated petition, an account per role.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True)
def command(
    port: int, host: str, home: Path, demo: bool, workers: int, threads: int
) -> None:
    """Serve the public pages, the desks and the API.

    \b
    Example:
      plebiscite serve --port 8000 --demo
    """
    from plebiscite.web import serve

    home = home.expanduser()
    serve.make_home(home)
    environ = serve.environment(home, demo=demo)
    serve.set_up(environ)
    serve.upgrade()
    click.echo(f"http://{host}:{port}/  (Ctrl-C ends it)", err=True)
    sys.exit(
        serve.serve(environ, host=host, port=port, workers=workers, threads=threads)
    )
