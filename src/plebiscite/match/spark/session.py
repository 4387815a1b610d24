"""A Spark session for one piece of work: started quietly, and stopped whatever happens.

Spark is chatty, and keeps what it passes round on disk. Its words go into a log in a
private folder, shown only where it did not start; that folder also holds what it passes
round, and goes when the work ends.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError

MASTER = "local[2]"
"""Two workers on this machine."""
OLDEST_JAVA = 17
LAST_WORDS = 5
FAULT = re.compile(r"(?:Exception|Error): (.+)")
STARTING = "starting Spark"
LOCAL = "or leave out --engine spark: one machine matches a state without it"
THREADS: Mapping[str, str] = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Spark runs as many workers as there are cores; each is to use one."""
HANDED_ON = ("PLEBISCITE_ENGINE",)
NEEDED = ("pyspark", "pandas", "pyarrow")


@contextmanager
def spark_session(
    master: str = MASTER, *, progress: Progress = silent
) -> Iterator[Any]:
    """Yield a Spark session on `master`; it ends with the block.

    Where a session runs already, as in a notebook on a cluster, that one is used and
    left running.

    Raises:
        InputError: Spark or Java is missing, or `master` cannot be reached.

    """
    running = ready()
    if running is not None:
        yield running
        return
    progress(STARTING, 0, 1)
    home = Path(tempfile.mkdtemp(prefix="plebiscite-spark-"))
    session = gateway = None
    try:
        with _workers_like_us(), _ctrl_c_as_before():
            session, gateway = _started(master, home)
        progress(STARTING, 1, 1)
        yield session
    finally:
        try:
            _stopped(session, gateway)
        finally:
            shutil.rmtree(home, ignore_errors=True)


def ready() -> Any:
    """Return the session that runs already, or None; refuse where none can start.

    Raises:
        InputError: Spark or Java is missing.

    """
    require_spark()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is None:
        require_java()
    return running


def require_spark() -> None:
    """Refuse to go on where pyspark is not installed.

    Raises:
        InputError: it is not, or lacks what it needs.

    """
    for name in NEEDED:
        try:
            import_module(name)
        except ImportError:
            raise InputError(
                f"--engine spark needs {name}, which is not installed; install "
                "plebiscite with the extra `spark`: pip install 'plebiscite[spark]', "
                f"{LOCAL}"
            ) from None


def require_java() -> None:
    """Refuse to go on where there is no Java that Spark can use.

    Raises:
        InputError: there is none, or it is too old.

    """
    found = java_version()
    if found is not None and found >= OLDEST_JAVA:
        return
    what = "there is none here" if found is None else f"here is Java {found}"
    raise InputError(
        f"Spark needs Java {OLDEST_JAVA} or newer, and {what}; on Debian: apt-get "
        f"install openjdk-{OLDEST_JAVA}-jre-headless; where it is installed already, "
        f"say so with JAVA_HOME; {LOCAL}"
    )


def java_version() -> int | None:
    """Return the main number of the Java that Spark would take; None without one."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        return None
    pipe = subprocess.PIPE
    try:
        asked = subprocess.Popen(  # noqa: S603 - the very Java that Spark will start
            [java, "-version"], stdout=pipe, stderr=subprocess.STDOUT, text=True
        )
    except OSError:
        return None
    with asked:
        try:
            told, _ = asked.communicate()
        except BaseException:
            asked.kill()
            asked.wait()  # after Ctrl-C nobody else would
            raise
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found.group(1)) if found else None


def _started(master: str, home: Path) -> tuple[Any, Any]:
    """Start Java, and a session in it."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setAll([*_settings(master, home).items()])
    log = home / "spark.log"
    session = gateway = None
    try:
        with log.open("wb") as said, _ctrl_c_waits() as wait_on:
            gateway = launch_gateway(conf, {"stdout": said, "stderr": said})
            SparkContext(conf=conf, gateway=gateway)
            wait_on()  # the context has put itself in that place
            session = SparkSession.builder.getOrCreate()
            return session, gateway
    except (Py4JError, PySparkException) as problem:
        _stopped(None, gateway)
        java = getattr(problem, "java_exception", None)
        words = str(java.getMessage()) if java else _last_words(log)
        raise InputError(
            f"Spark did not start with --master {master}: {words}; --master takes "
            f"local[2] (two workers here) or the address of a cluster; {LOCAL}"
        ) from None
    except BaseException:
        _stopped(session, gateway)
        raise


def _settings(master: str, home: Path) -> dict[str, str]:
    """Return what Spark is told at its start."""
    handed = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    settings = {
        "spark.master": master,
        "spark.app.name": "plebiscite match",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # Workers that a busy machine lets start slowly are waited for, not given up.
        "spark.python.authenticate.socketTimeout": "10m",
        **{
            f"spark.executorEnv.{name}": value
            for name, value in {**THREADS, **handed}.items()
        },
    }
    if master.startswith("local"):
        # Nobody else on the network need reach a session of one machine.
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": str(home),
            # The work is done in Python; Java need not take its time to get fast.
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        }
    return settings


@contextmanager
def _workers_like_us() -> Iterator[None]:
    """Have workers run this Python, unless somebody chose another."""
    names = {"PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"} - set(os.environ)
    os.environ.update(dict.fromkeys(names, sys.executable))
    try:
        yield
    finally:
        for name in names:
            os.environ.pop(name, None)


@contextmanager
def _ctrl_c_as_before() -> Iterator[None]:
    """Keep who answers to Ctrl-C: a new session puts itself in that place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _ctrl_c_waits() -> Iterator[Callable[[], None]]:
    """Keep Ctrl-C until Spark is there (a few seconds), so that there is whom to end.

    Interrupted earlier, the launcher forgets the Java that it has begun, which then
    outlives us until it notices that nobody reads it; and a question to Java that is
    broken off leaves its answer for the next. Asked a second time, it stops. Yields
    what takes the place of Ctrl-C again, should somebody have taken it meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    asked: list[bool] = []

    def heard(*_: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    def wait_on() -> None:
        signal.signal(signal.SIGINT, heard)

    before = signal.signal(signal.SIGINT, heard)
    try:
        yield wait_on
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt


def _stopped(session: Any, gateway: Any) -> None:
    """End a session, and the Java that it ran in."""
    from pyspark import SparkContext

    with suppress(Exception):  # it may be gone already
        if session is not None:
            session.stop()
    if gateway is None:
        return
    with suppress(Exception):
        gateway.shutdown()
    java = gateway.proc
    if java is not None:
        java.stdin.close()  # it ends by itself when nobody holds this
        try:
            java.wait(timeout=10)
        except subprocess.TimeoutExpired:
            java.kill()
            java.wait()
    # The next session of this program starts a Java of its own.
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001


def _last_words(log: Path) -> str:
    """Return the first fault that Spark wrote down, else the end of what it said."""
    said = [each.strip() for each in log.read_text("utf-8", "replace").splitlines()]
    for line in said:
        if found := FAULT.search(line):
            return found.group(1)
    return " / ".join(said[-LAST_WORDS:]) or "it said nothing"
