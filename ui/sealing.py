"""How what is being typed is sealed: after a moment of quiet, and now and then while typing goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journal.errors import JournalError

if TYPE_CHECKING:
    from journal.records import Record
    from journal.service import DraftView, JournalService
    from journal.store import Item

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


def begun_from(item: Item | None, draft: DraftView | None) -> str:
    """The version that what a page shows began from; "" for what is new."""
    return draft.base if draft is not None else item.rev if item is not None else ""


def keeping(ask: Callable[..., Any], eid: str, record: Callable[[], Record], over: str = "") -> partial[Any]:
    """`ask`, e.g. `JournalService.save`, for the record that a page makes of its fields.

    `over`: the version that it was typed over, which may not be the one that stands there when it is kept.

    A record that breaks its own rules is refused as a full disk refuses it: by the answer. So there is one way in
    which something is not kept, and nothing is let go on the way to it.
    """
    try:
        return partial(ask, eid=eid, record=record(), **({"over": over} if over else {}))
    except JournalError as error:
        return partial(_refuse, error=error)


def _refuse(_service: JournalService, *, error: JournalError) -> NoReturn:
    raise error


def remove(service: JournalService, *, eid: str, record: Record, over: str = "") -> Any:
    """Take an entry out of the journal. What was not saved yet is saved first, so that undo brings all of it back."""
    service.save(record, eid, over)
    return service.delete(eid)
