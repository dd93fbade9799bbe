"""What goes on behind an open journal: every entry is looked at, and what makes it open quickly is kept.

Small steps on the vault thread, one after the other; whatever the person does comes in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journal.errors import JournalError
from ui.tasks import VaultTasks

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.service.snapshots import Behind

_SOON, _LATER = 10, 60_000  # ms


class GoingOn(QObject):
    """Asks for one step after the other. `damaged` is emitted where damage was found that opening had not seen."""

    damaged = Signal()

    def __init__(self, tasks: VaultTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._ask)

    def start(self) -> None:
        """From now on, as long as a journal is open."""
        self.timer.start(_SOON)

    @Slot()
    def _ask(self) -> None:
        if self._tasks.is_open:
            self._tasks.ask(_step, self._on_step, self._on_failed, quietly=True)

    def _on_step(self, behind: Behind) -> None:
        if behind.report is not None:
            self.damaged.emit()
        self.timer.start(_SOON if behind.more else _LATER)

    def _on_failed(self, _error: JournalError) -> None:
        self.timer.start(_LATER)  # whoever asks for what cannot be read is told so


def _step(service: JournalService) -> Behind:
    return service.go_on()

