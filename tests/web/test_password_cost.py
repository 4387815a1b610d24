"""What guessing a stolen password costs, as served; tests here have a cheap hasher.

Oracle: the parameters that the hash itself names, held to those that RFC 9106 calls
second recommended (64 MiB of memory), with more memory in place of its third pass.
"""

import os
import re
import subprocess
import sys

HASHED = """
import django; django.setup()
from django.contrib.auth.hashers import make_password
print(make_password("four horses under a bridge"))
"""


def test_a_password_is_hashed_at_the_cost_of_production(tmp_path):
    """Tests lower the cost for themselves: nothing else would see it lowered."""
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("PLEBISCITE_")},
        "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        "PLEBISCITE_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", HASHED],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )

    shape = r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$\S+\$\S+\n"
    found = re.fullmatch(shape, done.stdout)
    assert found, "no Argon2id"
    kibibytes, passes, _lanes = map(int, found.groups())
    assert kibibytes >= 100 * 1024
    assert passes >= 2
