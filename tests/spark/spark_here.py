"""Whether Spark can run here; where not, tests that need it are skipped."""

import pytest

from plebiscite.errors import InputError
from plebiscite.match.spark.session import ready


def _reason():
    try:
        ready()
    except InputError as problem:
        return str(problem)
    return ""


REASON = _reason()
needs_spark = pytest.mark.skipif(bool(REASON), reason=REASON)
