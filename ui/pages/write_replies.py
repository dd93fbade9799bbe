"""The writing page's comments that came back: asked for with each entry, and again where they may have changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from journal.change import Change
from journal.errors import JournalError
from journal.service import Beside, CommentView, JournalService, Stands
from journal.service.replies import where
from ui.context import Context
from ui.widgets.write_desk import WriteDesk


class WriteReplies(QObject):
    """Asks which comments stand beside the entry on the desk, and shows the words one is about."""

    def __init__(self, context: Context, desk: WriteDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._eid = context, desk, ""
        desk.side.words_wanted.connect(self._on_words)
        context.tasks.changed.connect(self._on_changed)

    def show_entry(self, eid: str) -> None:
        """Another entry stands on the desk."""
        self._eid = eid
        self._desk.show_beside(())
        self._ask()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if self._eid and (change.touches("reply", "receipt", "contact") or self._eid in change.eids):
            self._ask()

    def _ask(self) -> None:
        op = partial(JournalService.replies_beside, eid=self._eid)
        self._context.tasks.ask(op, partial(self._on_found, self._eid), self._on_none)

    def _on_found(self, eid: str, found: tuple[Beside, ...]) -> None:
        if eid == self._eid:
            self._desk.show_beside(found)

    def _on_none(self, _error: JournalError) -> None:
        """The page itself says what is wrong."""

    @Slot(object)
    def _on_words(self, view: CommentView) -> None:
        """Select the words in the text as it stands now, which may be on its way to something else."""
        desk, comment = self._desk, view.comment
        if comment.field == "title":
            desk.heading.setFocus()
            desk.heading.selectAll()
            return
        stands, at = where(comment, desk.editor.content()[0])
        if stands is Stands.PASSAGE and at is not None:
            desk.editor.select(*at)
            desk.editor.setFocus()
        else:
            desk.status.setText("These words do not stand in the text as it is now")
