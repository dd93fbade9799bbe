"""Entries that were removed: brought back, or removed for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from journal.errors import JournalError
from journal.records import Attachment
from journal.service import JournalService
from journal.service.rewriting import Purged
from journal.store import RemovedItem
from ui import words
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.buttons import button
from ui.widgets.covered import seen
from ui.widgets.labels import label
from ui.widgets.work import Progress, Work

_FOR_GOOD = (
    "With every earlier version, out of the file. This cannot be undone. Backups made before still hold {them}."
)


class RemovedDialog(Dialog):
    """What was removed, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Removed entries", parent, width=600)
        self._context = context
        self._found: tuple[RemovedItem, ...] = ()
        self._about = label("")
        self.body.addWidget(self._about)
        self.list = QListWidget()
        self.list.setAccessibleName("Removed entries, the newest first")
        self.list.setMinimumHeight(context.theme.px(220))
        self.list.setSpacing(4)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_current)
        self.body.addWidget(self.list)
        self.work = Work(context.theme, "Writing the file anew, and opening all of it…")
        self.body.addWidget(self.work)
        theme = context.theme
        self.back = button(theme, "Bring back", self._on_back, kind="primary")
        self.purge = button(theme, "Remove for good…", self._on_purge)
        self.purge_all = button(theme, "Remove all for good…", self._on_purge_all)
        self.backups = button(theme, "Remove them from the backups too…", self._on_backups)
        self.backups.hide()
        self.close_ = button(theme, "Close", self.reject, kind="quiet")
        self.add_buttons(self.back, self.purge, self.purge_all, self.backups, self.close_)
        self._allow()
        self._ask()

    def reject(self) -> None:
        """Closed, or because the journal is being locked: what is under way stops if it still can."""
        self.work.halt()
        super().reject()

    def _ask(self) -> None:
        self._context.tasks.ask(_look, self._on_found, self._fail)

    def _on_found(self, answer: tuple[tuple[RemovedItem, ...], bool]) -> None:
        self._found, self._writable = answer
        row = self.list.currentRow()
        self.list.clear()
        for found in self._found:
            self.list.addItem(QListWidgetItem(self._line(found)))
        self._about.setText(
            "Each can be brought back as it was, with its earlier versions."
            if self._found
            else "There are none. What you remove from the journal is kept here until you remove it for good."
        )
        self.list.setVisible(bool(self._found))
        if self._found:
            self.list.setCurrentRow(min(max(0, row), len(self._found) - 1))
            self.list.setFocus()
        else:
            self.close_.setFocus()
        self._allow()
        QTimer.singleShot(0, self.fit)

    _writable = False

    def _allow(self) -> None:
        free = not self.work.under_way and self._writable and bool(self._found)
        self.back.setEnabled(free and self.list.currentRow() >= 0)
        self.purge.setEnabled(free and self.list.currentRow() >= 0)
        self.purge_all.setEnabled(free)
        for made in (self.back, self.purge, self.purge_all):
            made.setVisible(bool(self._found))

    @Slot(int)
    def _on_current(self, _row: int) -> None:
        self._allow()

    def _line(self, found: RemovedItem) -> str:
        record, now = found.record, self._context.clock.now()
        kind = words.KIND_NAMES.get(record.kind, "Entry")
        name = seen(record, 80, cover=found.cover)
        if isinstance(record, Attachment):
            name = words.file_name(record.name)
        if not name and record.when is not None:
            name = words.day_short(record.when)
        return (
            f"{kind}{': ' if name else ''}{name}\nRemoved {words.relative(found.removed.astimezone(now.tzinfo), now)}"
        )

    # -- what the person does -----------------------------------------------------------------------------------

    def _chosen(self) -> RemovedItem | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    @Slot()
    def _on_back(self) -> None:
        found = self._chosen()
        if found is not None:
            self._context.tasks.ask(partial(_bring, eid=found.eid), partial(self._on_brought, found), self._fail)

    def _on_brought(self, found: RemovedItem, _change: object) -> None:
        record = found.record
        if isinstance(record, Attachment) and record.entry in {one.eid for one in self._found}:
            self._say("It is back. The entry it belongs to is still among the removed ones; bring that back too.")
        else:
            self._say("It is back in the journal, as it was.")
        self._ask()

    @Slot()
    def _on_purge(self) -> None:
        found = self._chosen()
        text = _FOR_GOOD.format(them="it")
        if found is not None and self._confirm("Remove this entry for good?", text):
            self._begin([found.eid])

    @Slot()
    def _on_purge_all(self) -> None:
        count = words.counted(len(self._found), "entry", "entries")
        if self._confirm(f"Remove {count} for good?", _FOR_GOOD.format(them="them")):
            self._begin([found.eid for found in self._found])

    def _confirm(self, title: str, text: str) -> bool:
        return self._context.prompter.confirm(self, title, text, "Remove for good")

    def _begin(self, eids: Sequence[str]) -> None:
        self.banner.hide()
        op = partial(_purge, eids=list(eids), progress=self.work.begin())
        self._allow()
        self._context.tasks.ask(op, self._on_purged, self._on_failed)

    def _on_purged(self, done: Purged) -> None:
        self.work.end()
        self._say(f"{words.counted(done.entries, 'entry', 'entries')} left the file for good.")
        self._context.tasks.ask(_count_backups, self._on_counted, self._fail)
        self._ask()

    def _on_failed(self, error: JournalError) -> None:
        self.work.end()
        self._allow()
        self._fail(error)

    def _on_counted(self, count: int) -> None:
        self.backups.setVisible(count > 0)
        QTimer.singleShot(0, self.fit)

    @Slot()
    def _on_backups(self) -> None:
        text = (
            "A new backup is made, and read, before. What was changed since the older ones cannot be looked up then."
        )
        if self._context.prompter.confirm(self, "Remove the older backups?", text, "Remove them"):
            self.backups.setEnabled(False)
            self._context.tasks.ask(JournalService.renew_backups, self._on_renewed, self._on_not_renewed)

    def _on_renewed(self, gone: int) -> None:
        self.backups.hide()
        self.backups.setEnabled(True)
        older = "the older one was" if gone == 1 else f"{gone} older ones were"
        self._say(f"A new backup was made, and {older} removed.")

    def _on_not_renewed(self, error: JournalError) -> None:
        self.backups.setEnabled(True)
        self._fail(error)

    def _say(self, text: str, tone: str = "accent") -> None:
        self.banner.show_note(text, tone)
        QTimer.singleShot(0, self.fit)  # once it is laid out

    def _fail(self, error: JournalError) -> None:
        self.banner.show_error(error)
        QTimer.singleShot(0, self.fit)


def _look(service: JournalService) -> tuple[tuple[RemovedItem, ...], bool]:
    return service.removed(), not service.read_only


def _bring(service: JournalService, *, eid: str) -> object:
    return service.undelete(eid)


def _purge(service: JournalService, *, eids: list[str], progress: Progress) -> Purged:
    return service.purge_all(eids, watch=progress)


def _count_backups(service: JournalService) -> int:
    return len(service.backups().backups)
