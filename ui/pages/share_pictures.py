"""Ticked pictures drawn anew for a share, one after the other: read by the journal, drawn aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from journal.errors import JournalError
from journal.service import JournalService
from journal.share import Drawn, Picked, redraw
from ui.aside import Aside
from ui.context import Context

Done = Callable[[dict[str, Drawn]], None]
Failed = Callable[[str, JournalError], None]


class DrawnPictures(QObject):
    """What was drawn is kept, so that a preview that is looked at again shows the same bytes at once."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._aside = Aside(self)
        self._drawn: dict[str, Drawn] = {}

    def draw(self, pictures: tuple[Picked, ...], done: Done, failed: Failed) -> None:
        """Draw those that are not there yet, then give all of them. `failed` is told which one cannot be drawn."""
        eid = next((picked.eid for picked in pictures if picked.eid not in self._drawn), None)
        if eid is None:
            done({picked.eid: self._drawn[picked.eid] for picked in pictures})
            return
        read = partial(self._on_read, eid, partial(self.draw, pictures, done, failed), failed)
        self._context.tasks.ask(partial(JournalService.attachment_data, eid=eid), read, partial(failed, eid))

    def forget(self) -> None:
        """Let go of what was drawn."""
        self._aside.forget()
        self._drawn = {}

    def _on_read(self, eid: str, following: Callable[[], None], failed: Failed, data: bytes) -> None:
        self._aside.run(partial(redraw, data, may_stop=True), partial(self._on_drawn, eid, following, failed))

    def _on_drawn(self, eid: str, following: Callable[[], None], failed: Failed, made: Drawn | JournalError) -> None:
        if isinstance(made, JournalError):
            failed(eid, made)
            return
        self._drawn[eid] = made
        following()
