import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.match.spark.session import spark_session
from plebiscite.roll.store import open_roll

VOTERS, LINES = "20000", "3000"


@pytest.fixture(scope="session")
def session():
    """Spark with two workers, for all tests of this process."""
    with spark_session("local[2]") as running:
        yield running


@pytest.fixture(scope="session")
def simulated(tmp_path_factory):
    """A simulated roll and petition: the folder they are in."""
    home = tmp_path_factory.mktemp("simulated")
    roll, petition = str(home / "roll.parquet"), str(home / "petition")
    for command in (
        ["roll", "--voters", VOTERS, "--seed", "11", "--out", roll],
        [
            "petition",
            "--roll",
            roll,
            "--lines",
            LINES,
            "--seed",
            "12",
            "--out",
            petition,
        ],
    ):
        ended = CliRunner().invoke(main, ["simulate", *command])
        assert ended.exit_code == 0, ended.output
    return home


@pytest.fixture(scope="session")
def roll(simulated):
    """The simulated roll, opened."""
    return open_roll(simulated / "roll.parquet")
