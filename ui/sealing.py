"""When what is being typed is sealed: after a moment of quiet, and now and then while typing goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_PAUSE = 1500  # ms of quiet
_LONGEST = 5000  # ms, while still typing
_RETRY = 10_000  # ms until it is tried again after it could not be done


class SealTimer(QObject):
    """Emits `due` when it is time to seal."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pause, self._longest, self._retry = (self._timer(ms) for ms in (_PAUSE, _LONGEST, _RETRY))

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        self.pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def try_again(self) -> None:
        """It could not be sealed; ask again in a while."""
        self._retry.start()

    def stop(self) -> None:
        """There is nothing to seal."""
        for timer in (self.pause, self._longest, self._retry):
            timer.stop()

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self.due)
        return timer
