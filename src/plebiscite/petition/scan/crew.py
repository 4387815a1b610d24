"""Several processes that read pages at once, watched: one that hangs is replaced."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from plebiscite.petition.scan.sight.page import Standing

PATIENCE = 60
"""Seconds for one page."""
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
Task = Mapping[str, Any]
Answer = dict[str, Any]
Done: TypeAlias = "queue.SimpleQueue[tuple[Task, Answer] | OSError | None]"
"""What comes of tasks: answers, what stops a hand, and None when a hand is through."""


class Crew:
    """Processes that answer tasks, in the order they finish."""

    def __init__(self, size: int, *, patience: int = PATIENCE) -> None:
        self._size = size
        self._patience = patience
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()

    def answers(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        """Yield each task with its answer as it comes.

        The tasks may come slowly: what is there is answered meanwhile. One whose
        process hangs or dies is answered for: it is broken.

        Raises:
            OSError: no process can be started.

        """
        given: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        done: Done = queue.SimpleQueue()
        over = threading.Event()
        hands = [
            threading.Thread(target=self._work, args=(given, done, over), daemon=True)
            for _ in range(self._size)
        ]
        giver = threading.Thread(
            target=self._give, args=(tasks, given, over), daemon=True
        )
        for each in (giver, *hands):
            each.start()
        left = self._size
        try:
            while left:
                answered = done.get()
                if answered is None:
                    left -= 1
                elif isinstance(answered, OSError):
                    raise answered
                else:
                    yield answered
        finally:
            over.set()
            for _ in hands:
                given.put(None)
            self.stop()
            for each in hands:
                each.join(timeout=5)

    def _give(
        self,
        tasks: Iterable[Task],
        given: queue.SimpleQueue[Task | None],
        over: threading.Event,
    ) -> None:
        try:
            for task in tasks:
                if over.is_set():
                    return
                given.put(task)
        finally:
            for _ in range(self._size):
                given.put(None)

    def _work(
        self,
        given: queue.SimpleQueue[Task | None],
        done: Done,
        over: threading.Event,
    ) -> None:
        """Answer tasks until there are no more, and say that it is through."""
        try:
            self._answer(given, done, over)
        except OSError as trouble:
            done.put(trouble)
        finally:
            done.put(None)

    def _answer(
        self,
        given: queue.SimpleQueue[Task | None],
        done: Done,
        over: threading.Event,
    ) -> None:
        process = None
        while not over.is_set() and (task := given.get()) is not None:
            process = process or self._started()
            answer = self._asked(process, task)
            if answer is None:
                self._end(process)
                process = None
                why = (
                    "it cannot be read: the reader ran out of time or memory; the file "
                    "is damaged, or made to do harm"
                )
                answer = {"standing": Standing.BROKEN.value, "why": why}
            done.put((task, answer))
        if process:
            self._end(process)

    def _asked(self, process: subprocess.Popen[str], task: Task) -> Answer | None:
        """Return the answer; None if there is none in time."""
        assert process.stdin
        assert process.stdout
        with suppress(OSError, ValueError):
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            # `select` knows no descriptor above 1,023.
            waiting = select.poll()
            waiting.register(process.stdout, select.POLLIN)
            ready = waiting.poll(self._patience * 1000)
            line = process.stdout.readline() if ready else ""
            return json.loads(line) if line else None
        return None

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "plebiscite.petition.scan.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **ONE_CORE},
        )
        with self._lock:
            self._running.add(process)
        return process

    def _end(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        with self._lock:
            self._running.discard(process)

    def stop(self) -> None:
        """End all processes at once; what they were asked is answered for: broken."""
        with self._lock:
            left = list(self._running)
        for process in left:
            process.kill()
