"""Jobs on threads of their own that need no journal, such as taking a picture apart. The window looks in on them.

The thread touches no widget and sends no signal, so that it may go on after whoever asked is gone. Jobs that take
much memory wait for their turn, in the whole program.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from journal.errors import JournalError

_LOOK = 20  # ms between two looks


class _Job:
    def __init__(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._job, self.done = job, done
        self.result: Any = None
        self.ended = threading.Event()
        self.let_go = False

    def run(self) -> None:
        try:
            self.result = None if self.let_go else self._job()
        except JournalError as error:
            self.result = error
        except (Exception, MemoryError) as error:  # only the type: its text may hold words
            self.result = JournalError(detail=type(error).__name__)
        del self._job  # and what it holds
        self.ended.set()


class _Turns:
    """One job after the other, on one thread that is there while there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._at_work = False

    def add(self, job: _Job) -> None:
        with self._lock:
            self._waiting.append(job)
            if self._at_work:
                return
            self._at_work = True
        threading.Thread(target=self._run, name="aside").start()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job.run()
            del job  # and what it made, while the next one is waited for

    def _next(self) -> _Job | None:
        with self._lock:
            self._at_work = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None


_TURNS = _Turns()


class Aside(QObject):
    """Runs jobs; what they give, or the `JournalError` they raise, is handed over on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: list[_Job] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)

    @property
    def under_way(self) -> bool:
        return bool(self._jobs)

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], *, in_turn: bool = False) -> None:
        """Run `job()` aside, then `done(result)` here. `in_turn`: while no other such job runs."""
        made = _Job(job, done)
        self._jobs.append(made)
        if in_turn:
            _TURNS.add(made)
        else:
            threading.Thread(target=made.run, name="aside").start()
        self._timer.start()

    def forget(self) -> None:
        """Nobody waits any more; what comes is let go."""
        for job in self._jobs:
            job.let_go = True
        self._jobs.clear()
        self._timer.stop()

    @Slot()
    def _on_look(self) -> None:
        ended = [job for job in self._jobs if job.ended.is_set()]
        self._jobs = [job for job in self._jobs if job not in ended]
        if not self._jobs:
            self._timer.stop()
        for job in ended:
            job.done(job.result)
