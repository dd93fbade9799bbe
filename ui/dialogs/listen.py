"""Listening to a memo. It is read into memory, played from there, and let go when this closes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from journal.errors import JournalError
from journal.records import Attachment
from ui import voice, words
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.save_copy import SaveCopyDialog
from ui.widgets.buttons import button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from journal.service import JournalService

_NOT_PLAYED = "This recording cannot be played here. It stays in the journal; another program may play a copy of it."
_MOST = 44 + voice.LONGEST * voice.RATE * voice.WIDTH  # bytes of the longest memo


class ListenDialog(Dialog):
    """It plays at once; Stop and Listen take turns."""

    def __init__(self, context: Context, eid: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Listen", parent)
        self._context, self._eid = context, eid
        self._file = b""
        self.player = voice.Player(self)
        self.player.ended.connect(self._on_ended)
        self.about = label("")
        self.body.addWidget(self.about)
        self.turn = button(context.theme, "Listen", self._on_turn, kind="primary")
        self.copy = button(context.theme, "Save a copy…", self._on_copy)
        self.close_ = button(context.theme, "Close", self.reject, kind="quiet")
        self.add_buttons(self.turn, self.copy, self.close_)
        self.turn.setEnabled(False)
        context.tasks.ask(partial(_load, eid=eid), self._on_loaded, self._on_failed)

    def done(self, result: int) -> None:
        """Closed, or because the journal is being locked."""
        self._eid, self._file = "", b""
        self.player.hush()
        super().done(result)

    def _on_loaded(self, loaded: tuple[Attachment, bytes | JournalError]) -> None:
        if not self._eid:
            return  # closed meanwhile
        record, file = loaded
        self.about.setText(f"{words.file_name(record.name)}, {words.size(record.size)}")
        QTimer.singleShot(0, self.fit)
        if isinstance(file, JournalError):
            self._on_failed(file)
            return
        self._file = file
        self.turn.setEnabled(True)
        self.turn.setFocus()
        self._on_turn()

    def _on_failed(self, error: JournalError) -> None:
        self.banner.show_error(error)
        QTimer.singleShot(0, self.fit)

    @Slot()
    def _on_turn(self) -> None:
        if self.turn.text() == "Stop":
            self.player.hush()
        elif self.player.play(self._file):
            self.banner.hide()
            self.turn.setText("Stop")
        else:
            self.banner.show_note(_NOT_PLAYED)
            QTimer.singleShot(0, self.fit)

    @Slot()
    def _on_ended(self) -> None:
        self.turn.setText("Listen")

    @Slot()
    def _on_copy(self) -> None:
        self.player.hush()
        SaveCopyDialog(self._context, self._eid, self).open()


def _load(service: JournalService, *, eid: str) -> tuple[Attachment, bytes | JournalError]:
    """Runs on the vault thread. A file that cannot be read still has its name."""
    record = service.get(eid).record
    assert isinstance(record, Attachment)
    try:
        return record, service.attachment_data(eid, _MOST)
    except JournalError as error:
        return record, error
