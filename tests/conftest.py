"""How Hypothesis looks for counterexamples: the same every time, or ever new ones.

`make test` gives the same verdict on the same code; ``make prove-long`` looks where
nobody has looked yet, longer. Neither has a deadline: the machine may be busy.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore",
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow],
)
# A site, a browser and people, for tests/web and journeys; and whether all was run.
pytest_plugins = ["sites", "ended"]
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
