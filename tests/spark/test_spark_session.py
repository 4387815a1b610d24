"""Starting Spark, or saying why not. Oracle: the words a reader needs to go on."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from plebiscite.errors import InputError
from plebiscite.match.spark import session
from plebiscite.match.spark.session import (
    java_version,
    require_java,
    require_spark,
    spark_session,
)


def java_that_says(folder, words):
    """Make a Java that only tells its version, as `java -version` does."""
    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{words}' >&2\n", encoding="utf-8")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return folder


def test_without_java_the_reader_is_told_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(InputError) as refused:
        require_java()

    for word in ("none here", "apt-get install openjdk-17", "JAVA_HOME", "--engine"):
        assert word in str(refused.value)


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ('java version "1.8.0_292"', 8),
        ('openjdk version "11.0.2" 2019-01-15', 11),
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "21" 2023-09-19', 21),
        ("Unable to locate a Java Runtime", None),
    ],
)
def test_the_version_of_java_is_read(monkeypatch, tmp_path, words, version):
    monkeypatch.setenv("JAVA_HOME", str(java_that_says(tmp_path, words)))

    assert java_version() == version


def test_an_old_java_is_refused_by_its_number(monkeypatch, tmp_path):
    java = java_that_says(tmp_path, 'openjdk version "11.0.2"')
    monkeypatch.setenv("JAVA_HOME", str(java))

    with pytest.raises(InputError, match="Java 17 or newer, and here is Java 11;"):
        require_java()


def test_a_java_home_where_nothing_is_counts_as_no_java(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert java_version() is None


def test_ctrl_c_while_java_tells_its_version_left_a_process_behind(
    monkeypatch, tmp_path
):
    """Oracle: the end of the process, which nobody but who began it can ask for."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    java.chmod(0o755)
    begun = []

    def stopped(process):
        begun.append(process)
        process._sigint_wait_secs = 0  # it has waited for an end of its own, in vain
        raise KeyboardInterrupt

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(subprocess.Popen, "communicate", stopped)

    with pytest.raises(KeyboardInterrupt):
        java_version()

    assert [process.returncode for process in begun] == [-signal.SIGKILL]


@pytest.mark.parametrize("missing", ["pyspark", "pandas", "pyarrow"])
def test_a_missing_package_is_named_with_the_extra_that_brings_it(monkeypatch, missing):
    for name in ("pyspark", "pandas", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None if name == missing else os)

    with pytest.raises(InputError, match=rf"needs {missing}, .*plebiscite\[spark\]"):
        require_spark()


def test_ctrl_c_while_spark_ends_left_voters_on_disk(monkeypatch, tmp_path):
    """Oracle: the folder for what is passed round, where lines and voters may lie."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(session.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(session, "ready", lambda: None)
    monkeypatch.setattr(session, "_started", lambda *_: (None, None))
    monkeypatch.setattr(session, "_stopped", interrupted)

    with pytest.raises(KeyboardInterrupt), spark_session():
        assert [*tmp_path.glob("plebiscite-spark-*")]

    assert not [*tmp_path.iterdir()]
