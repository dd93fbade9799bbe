"""What could not be kept, and whose place on its page something else has taken: it is tried until it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from journal.errors import JournalError, NotFound
from ui.sealing import SealTimer
from ui.tasks import VaultTasks

Op = Callable[..., Any]


class Unkept(QObject):
    """Holds what would be saved, by entry. A page that seals asks it too, so that no lock lets go of what is here."""

    def __init__(self, tasks: VaultTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._ops: dict[str, Op] = {}
        self.timer = SealTimer(self)
        self.timer.due.connect(self.try_now)

    def put(self, eid: str, op: Op) -> None:
        """`op`, e.g. a saving of the entry `eid`, was refused. It must hide nothing that comes until it is tried."""
        self._ops[eid] = op
        self.timer.try_again()

    def take(self, eid: str) -> Op | None:
        """What is held of this, which is in the window again: it is no longer held here."""
        return self._ops.pop(eid, None)

    @Slot()
    def try_now(self) -> None:
        """Ask for all of it again."""
        self.timer.stop()
        for eid, op in self._ops.items():
            self._tasks.ask(op, partial(self._on_kept, eid, op), partial(self._on_refused, eid, op))

    def _on_kept(self, eid: str, op: Op, _result: object) -> None:
        if self._ops.get(eid) is op:
            del self._ops[eid]

    def _on_refused(self, eid: str, op: Op, error: JournalError) -> None:
        if isinstance(error, NotFound):  # what it belonged to was removed
            self._on_kept(eid, op, None)
        self.timer.try_again()
