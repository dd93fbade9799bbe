"""Coming back from a backup: first what differs, then single entries or the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QProgressBar, QWidget

from journal.errors import CopyNeedsPassword, JournalError, WrongPassword
from ui import words
from ui.context import Context
from ui.dialogs.backups import JOURNALS
from ui.dialogs.base import Dialog
from ui.widgets.backup_list import BackupList
from ui.widgets.buttons import button
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.passphrase_edit import PassphraseEdit

if TYPE_CHECKING:
    from journal.service import JournalService, SavedMany
    from journal.service.keeping import Comparison, Difference
    from journal.vault.backups import Backup

_KINDS = {"identity": "Address for shares", "signing-key": "Key for signatures", "receipt": "Note of a share"}
_MOST = 400  # rows shown; whoever needs more takes the whole copy
_ROWS = 7


class RestoreDialog(Dialog):
    """Signals:
    brought_back(int): so many entries are here again.
    whole(): the person wants the compared backup in the place of the journal, and confirmed it.
    """

    brought_back = Signal(int)
    whole = Signal()

    def __init__(
        self,
        context: Context,
        backups: Sequence[Backup],
        chosen: Path | None = None,
        *,
        writable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context.theme, "Come back from a backup", parent, width=620)
        self._context, self._writable = context, writable
        self._path: Path | None = None
        self.text = label("Choose a backup to see what differs. Nothing changes by looking.")
        self.body.addWidget(self.text)
        self.backups = BackupList(context.theme)
        self.backups.set_backups(backups, context.clock.now())
        self.backups.setVisible(bool(backups))
        self.backups.chosen.connect(self.compare)
        self.body.addWidget(self.backups)
        self.ask_password = Form(context.theme)
        self.password = PassphraseEdit(context.theme)
        self.ask_password.add("The password of that backup", self.password)
        self.ask_password.hide()
        self.password.submitted.connect(self._on_look)
        self.body.addWidget(self.ask_password)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.list = QListWidget()
        self.list.setProperty("role", "choices")
        self.list.setAccessibleName("What differs")
        self.list.setWordWrap(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.hide()
        self.body.addWidget(self.list)
        theme = context.theme
        self.look = button(theme, "See what differs", self._on_look, kind="primary")
        self.another = button(theme, "Another file…", self._on_another)
        self.some = button(theme, "Bring back what is ticked", self._on_some, kind="primary")
        self.all = button(theme, "Use the whole copy instead…", self._on_whole)
        self.other = button(theme, "Another backup", self._on_other, kind="quiet")
        self.close_ = button(theme, "Close", self.reject, kind="quiet")
        self.add_buttons(self.look, self.another, self.some, self.all, self.other, self.close_)
        self._show_choice()
        self.look.setVisible(bool(backups))
        self.finished.connect(self._on_finished)
        if chosen is not None:
            self.compare(chosen)

    # -- choosing ------------------------------------------------------------------------------------------------

    @Slot(object)
    def compare(self, path: Path) -> None:
        """Look what differs between this backup and the journal."""
        self._path = path
        password = self.password.value() or None
        self.banner.hide()
        self._busy(True)
        op = partial(_compare, path=path, password=password)
        self._context.tasks.ask(op, self._on_compared, self._on_not_compared)

    @Slot()
    def _on_look(self) -> None:
        asked = not self.ask_password.isHidden()
        path = self._path if asked and self._path is not None else self.backups.path()
        if path is not None:
            self.compare(path)

    @Slot()
    def _on_another(self) -> None:
        path = self._context.prompter.open_path(self, "Open a backup", JOURNALS)
        if path is not None:
            self.compare(path)

    @Slot()
    def _on_other(self) -> None:
        self._show_choice()
        self._fit_soon()

    def _on_not_compared(self, error: JournalError) -> None:
        self._busy(False)
        if isinstance(error, CopyNeedsPassword | WrongPassword):
            self.ask_password.show()
            self.look.show()
            self.password.setFocus()
        self.banner.show_note(str(error), "warm")
        self._fit_soon()

    # -- what differs ----------------------------------------------------------------------------------------------

    def _on_compared(self, told: Comparison) -> None:
        self._busy(False)
        self.password.clear()
        self.ask_password.hide()
        self.text.setText(summary(told, self._when(told)))
        self._fill(told)
        for widget in (self.backups, self.look, self.another):
            widget.hide()
        for widget in (self.all, self.other):
            widget.show()
        takable = any(one.there is not None for one in told.differences)
        self.some.setVisible(self._writable and takable)
        self.all.setEnabled(told.damaged == 0)
        self.list.setVisible(bool(told.differences))
        self._on_ticked()
        (self.list if told.differences else self.all).setFocus()
        self._fit_soon()

    def _fill(self, told: Comparison) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in told.differences[:_MOST]:
            item = QListWidgetItem(line(one))
            item.setData(Qt.ItemDataRole.UserRole, one.eid)
            if one.there is not None and self._writable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        left = len(told.differences) - _MOST
        if left > 0:
            self.list.addItem(f"And {left:,} more.")
        self.list.blockSignals(False)
        shown = sum(self.list.sizeHintForRow(row) for row in range(min(_ROWS, self.list.count())))
        self.list.setFixedHeight(shown + 2 * self.list.frameWidth() + self._context.theme.px(10))
        if self.list.count():
            self.list.setCurrentRow(0)

    def ticked(self) -> list[str]:
        """The entries that are to come back."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    @Slot()
    def _on_ticked(self) -> None:
        self.some.setEnabled(bool(self.ticked()))

    @Slot()
    def _on_some(self) -> None:
        eids = self.ticked()
        self._busy(True)
        self._context.tasks.ask(partial(_bring_back, eids=eids), self._on_back, self._on_failed)

    def _on_back(self, saved: SavedMany) -> None:
        self.brought_back.emit(len(saved.saved))
        self.accept()

    @Slot()
    def _on_whole(self) -> None:
        text = (
            "The journal as it is now is kept as one more backup, or beside it, and then closed. You unlock the copy "
            "with the password of the time it was made."
        )
        if self._context.prompter.confirm(self, "Use this copy instead of the journal?", text, "Use this copy"):
            self._busy(True)
            self.whole.emit()

    def refuse(self, error: JournalError) -> None:
        """The whole copy could not be put in place."""
        self._busy(False)
        self.banner.show_error(error)
        self._fit_soon()

    def _on_failed(self, error: JournalError) -> None:
        self.refuse(error)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        self.text.setText("Choose a backup to see what differs. Nothing changes by looking.")
        for widget in (self.some, self.all, self.other, self.list):
            widget.hide()
        self.backups.setVisible(bool(self.backups.count()))
        self.look.setVisible(bool(self.backups.count()))
        self.another.show()
        self.banner.hide()

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for made in (self.look, self.another, self.some, self.all, self.other):
            made.setEnabled(not busy)

    def _when(self, told: Comparison) -> str:
        return words.moment(told.at, self._context.clock.now()) if told.at else told.path.name

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self.fit)  # once it is laid out

    @Slot()
    def _on_finished(self) -> None:
        self._context.tasks.ask(_forget, failed=_nothing)


def summary(told: Comparison, when: str) -> str:
    """What differs, in a few sentences."""
    only_there, only_here, changed = (len(told.of(what)) for what in ("only there", "only here", "changed"))
    if not told.differences:
        text = f"The backup from {when} holds the same {told.same:,} entries as the journal."
    else:
        counts = [f"Only in the backup: {only_there:,}.", f"Only in the journal: {only_here:,}."]
        counts += [f"Changed: {changed:,}.", f"The same in both: {told.same:,}."]
        text = f"The backup from {when}. {' '.join(counts)}"
    if told.damaged:
        parts = words.counted(told.damaged, "part", "parts")
        text += f" {parts} of the backup cannot be read, so it cannot be used as a whole."
    return text


def line(one: Difference) -> str:
    """One entry that differs."""
    kind = words.KIND_NAMES.get(one.kind) or _KINDS.get(one.kind, "Entry")
    title = " ".join(one.title.split())[:90]
    what = {
        "only there": "only in the backup",
        "only here": "only in the journal",
        "changed": "written on since" if one.newer_here else "different",
    }[one.what]
    return f"{kind}{f' · {title}' if title else ''} — {what}"


def _compare(service: JournalService, *, path: Path, password: str | None) -> Comparison:
    return service.compare_backup(path, password=password)


def _bring_back(service: JournalService, *, eids: list[str]) -> SavedMany:
    return service.take_from_backup(eids)


def _forget(service: JournalService) -> None:
    service.forget_backup()


def _nothing(_error: JournalError) -> None:
    return None
