"""Saving a plain copy of a file that belongs to an entry: what that means, where to, how far it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from journal.errors import JournalError
from journal.records import Attachment
from journal.records.attachment import safe_name
from ui import words
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.work import Progress, Work

if TYPE_CHECKING:
    from journal.service import JournalService

_OPEN = (
    "A copy is not sealed: anyone who gets it can open it, and deleting it later may leave traces of it on the disk."
)
_DONE = "The copy was written and read back. It is not sealed. The file itself stays in the journal."


class SaveCopyDialog(Dialog):
    """Says first what a copy is."""

    def __init__(self, context: Context, eid: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Save a copy", parent)
        self._context, self._eid = context, eid
        self._record: Attachment | None = None
        theme = context.theme
        self.about = label("")
        self.body.addWidget(self.about)
        frame, inside = card("accent-card", padding=GAP["m"])
        inside.addWidget(label(_OPEN))
        self.body.addWidget(frame)
        self.work = Work(theme, "Writing the copy, and reading it back…")
        self.body.addWidget(self.work)
        self.next = button(theme, "Choose a place…", self._on_next, kind="primary")
        self.close_ = button(theme, "Cancel", self.reject, kind="quiet")
        self.add_buttons(self.next, self.close_)
        self.next.setEnabled(False)
        context.tasks.ask(partial(_record, eid=eid), self._on_record, self._on_failed)

    def reject(self) -> None:
        """Closed, or because the journal is being locked: a copy that is being written stops, and is not kept."""
        self.work.halt()
        super().reject()

    def _on_record(self, record: Attachment) -> None:
        self._record = record
        self.about.setText(f"{words.file_name(record.name)}, {words.size(record.size)}")
        self.next.setEnabled(True)
        self.next.setFocus()
        QTimer.singleShot(0, self.fit)

    @Slot()
    def _on_next(self) -> None:
        if self._record is None or self.work.under_way:
            return
        self.banner.hide()
        suggested = safe_name(self._record.name)
        path = self._context.prompter.save_path(self, "Save a copy", suggested, "All files (*)")
        if path is None:
            return
        self.next.setEnabled(False)
        op = partial(_copy, eid=self._eid, path=path, progress=self.work.begin())
        QTimer.singleShot(0, self.fit)
        self._context.tasks.ask(op, self._on_copied, self._on_failed)

    def _on_copied(self, _path: Path) -> None:
        self.work.end()
        self.next.hide()
        self.close_.setText("Close")
        self.close_.setFocus()
        self.banner.show_note(_DONE)
        QTimer.singleShot(0, self.fit)

    def _on_failed(self, error: JournalError) -> None:
        self.work.end()
        self.next.setEnabled(self._record is not None)
        self.banner.show_error(error)
        QTimer.singleShot(0, self.fit)


def _record(service: JournalService, *, eid: str) -> Attachment:
    record = service.get(eid).record
    assert isinstance(record, Attachment)
    return record


def _copy(service: JournalService, *, eid: str, path: Path, progress: Progress) -> Path:
    return service.copy_out(eid, path, progress)
