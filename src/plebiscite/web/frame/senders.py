"""Those who are still sending: how many there may be, and how many from one address.

While what somebody sends has not come whole, one thread waits for it, however slowly it
comes. So senders never have all threads: whoever comes when too many are at it is sent
away at once, and who only reads is served. Behind a web server that takes in what
people send before it passes it on, all come from one address, and quickly; then only
the whole is bounded.
"""

from __future__ import annotations

from collections import Counter
from threading import Lock


class Senders:
    """Counts who is sending; lets in so many, and from one address so many."""

    def __init__(self, most: int, of_one: int) -> None:
        self.most, self.of_one = most, of_one
        self._now: Counter[str] = Counter()
        self._lock = Lock()

    def come(self, address: str) -> bool:
        """Let one more from `address` in, if there is room."""
        with self._lock:
            many = self._now.total()
            if many >= self.most or self._now[address] >= self.of_one:
                return False
            self._now[address] += 1
            return True

    def go(self, address: str) -> None:
        """Note that one from `address` has sent all, or has gone."""
        with self._lock:
            self._now[address] -= 1
            if not self._now[address]:
                del self._now[address]
