"""README's first screen shows what the demonstration really prints.

Oracle: the demonstration itself, run at the scale that `make demo` runs it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(sys.executable).parent / "plebiscite"


@pytest.mark.long
def test_the_readme_quotes_the_demonstration(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    quoted = re.search(r"<!-- demo -->\n```text\n(.*?)```", text, re.DOTALL)[1]
    ended = subprocess.run(
        [PROGRAM, "demo"],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )

    assert ended.returncode == 0, ended.stderr
    rest = ended.stdout
    for passage in filter(None, quoted.split("…\n")):
        assert passage in rest, f"the demonstration does not print:\n{passage}"
        rest = rest.partition(passage)[2]
