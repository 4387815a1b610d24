"""The worker: takes jobs one after another, and those whose worker has died.

A worker holds a lock on a file of its own; the operating system lets go of it however
the worker ends, so that a job whose worker's file can be locked is known to be orphaned
at once, without a clock.
"""

from __future__ import annotations

import time


def main() -> None:
    """Work until the parent ends."""
    import os

    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)


if __name__ == "__main__":
    main()
