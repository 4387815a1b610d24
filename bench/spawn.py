"""Run a command from a small process, and write down what it took.

spawn.py RESULT.json COMMAND… A process that is forked from a large one counts the large
one's memory as its own peak, so the measuring is done from here. What was written before
is let onto the disk first: no step pays for another's writing.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.sync()
begun = time.monotonic()
process = subprocess.Popen(sys.argv[2:])  # noqa: S603 - what the bench asks for
_, status, usage = os.wait4(process.pid, 0)
taken = {
    "wall": time.monotonic() - begun,
    "processor": usage.ru_utime + usage.ru_stime,
    "peak": usage.ru_maxrss / 1024,
    "code": os.waitstatus_to_exitcode(status),
}
Path(sys.argv[1]).write_text(json.dumps(taken), encoding="utf-8")
