"""Another copy of the journal: what it would bring, shown first, and then taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QProgressBar, QWidget

from journal.errors import CopyNeedsPassword, JournalError, WrongPassword
from ui import words
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.models.rows import headline
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.passphrase_edit import PassphraseEdit

if TYPE_CHECKING:
    from journal.service import Coming, JournalService, Merged, Preview

_MOST = 300  # rows shown
_ROWS = 7
# What an entry of the copy means here, and how several of them are counted.
_WHAT = {
    "new": ("New", "new entry", "new entries"),
    "changed": ("Changed there", "entry changed there", "entries changed there"),
    "two versions": ("Two versions", "entry will have two versions", "entries will have two versions"),
    "removed": ("Removed there", "entry removed there", "entries removed there"),
    "gone": ("Removed there for good", "entry removed there for good", "entries removed there for good"),
}


class MergeDialog(Dialog):
    """Looks into a copy as soon as it is made.

    Signals:
        go(Place): the person wants to see an entry with two versions.
    """

    go = Signal(object)

    def __init__(self, context: Context, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Merge with another copy", parent, width=620)
        self._context, self._path = context, path
        self._shown: Preview | None = None
        self._apart: str | None = None
        self.text = label("Looking into the other copy. Nothing changes by looking.")
        self.body.addWidget(self.text)
        self.ask_password = Form(context.theme)
        self.password = PassphraseEdit(context.theme)
        self.ask_password.add("The password of that copy", self.password)
        self.password.submitted.connect(self._on_look)
        self.ask_password.hide()
        self.body.addWidget(self.ask_password)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self.body.addWidget(self.progress)
        self.list = QListWidget()
        self.list.setAccessibleName("What would come in")
        self.list.setProperty("role", "versions")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self.body.addWidget(self.list)
        self.note = label("", "small")
        self.note.hide()
        self.body.addWidget(self.note)
        theme = context.theme
        self.next = button(theme, "Merge", self._on_merge, kind="primary")
        self.look = button(theme, "Look again", self._on_look, kind="primary")
        self.see = button(theme, "See the two versions", self._on_see, kind="primary")
        self.close_ = button(theme, "Cancel", self.reject, kind="quiet")
        self.add_buttons(self.next, self.look, self.see, self.close_)
        for made in (self.next, self.look, self.see):
            made.hide()
        self._on_look()

    # -- looking -------------------------------------------------------------------------------------------------

    @Slot()
    def _on_look(self) -> None:
        self.banner.hide()
        self._busy(True)
        op = partial(_look, path=self._path, password=self.password.value() or None)
        self._context.tasks.ask(op, self._on_looked, self._on_not_looked)

    def _on_looked(self, shown: Preview) -> None:
        self._busy(False)
        self._shown = shown
        self.ask_password.hide()
        self.look.hide()
        self.list.clear()
        for coming in shown.entries[:_MOST]:
            self.list.addItem(_line(coming))
        self.list.setVisible(bool(shown.entries))
        rows = min(self.list.count(), _ROWS)
        self.list.setFixedHeight(sum(self.list.sizeHintForRow(row) for row in range(rows)) + 12)
        self.text.setText(_counts(shown))
        self.note.setText("\n".join(_notes(shown)))
        self.note.setVisible(bool(self.note.text()))
        self.next.setVisible(not shown.nothing)
        self.close_.setText("Cancel" if not shown.nothing else "Close")
        (self.close_ if shown.nothing else self.next).setFocus()
        self.fit()

    def _on_not_looked(self, error: JournalError) -> None:
        self._busy(False)
        wants_password = isinstance(error, CopyNeedsPassword | WrongPassword)
        self.ask_password.setVisible(wants_password)
        self.look.setVisible(wants_password)
        if isinstance(error, CopyNeedsPassword):
            self.text.setText(str(error))
        else:
            self.text.setText("This copy was not merged." if not wants_password else self.text.text())
            self.banner.show_error(_of_copy(error))
        self.password.select_all() if wants_password else self.close_.setFocus()
        self.fit()

    # -- taking in -----------------------------------------------------------------------------------------------

    @Slot()
    def _on_merge(self) -> None:
        if self._shown is not None:
            self.banner.hide()
            self._busy(True)
            self._context.tasks.ask(partial(_merge, shown=self._shown), self._on_merged, self._on_not_merged)

    def _on_merged(self, done: tuple[Merged, str | None]) -> None:
        merged, self._apart = done
        self._busy(False)
        self.list.hide()
        self.note.hide()
        self.next.hide()
        parts = ["Merged. What was in the other copy is here too, and nothing that was here is lost."]
        if merged.apart:
            have = "entry has" if merged.apart == 1 else "entries have"
            parts.append(f"{merged.apart:,} {have} two versions now; both are kept, and the list marks them.")
        self.text.setText("\n\n".join(parts))
        self.see.setVisible(self._apart is not None)
        self.close_.setText("Close")
        (self.see if self._apart is not None else self.close_).setFocus()
        self.fit()

    def _on_not_merged(self, error: JournalError) -> None:
        self._busy(False)
        self.banner.show_error(error)
        self.fit()

    @Slot()
    def _on_see(self) -> None:
        place = Place("two-versions", eid=self._apart)
        self.accept()
        self.go.emit(place)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for made in (self.next, self.look):
            made.setEnabled(not busy)


def _look(service: JournalService, *, path: Path, password: str | None) -> Preview:
    return service.look_into(path, password=password)


def _merge(service: JournalService, *, shown: Preview) -> object:
    return _Done((service.merge(shown.copy), next((row.eid for row in service.apart()), None)))


class _Done(tuple):  # type: ignore[type-arg]
    """The answer, which carries the change that every view is told of."""

    @property
    def change(self) -> object:
        return self[0].change


def _of_copy(error: JournalError) -> JournalError:
    if isinstance(error, WrongPassword):
        return WrongPassword("That password does not open this copy. Try again.", detail=error.detail)
    return error


def _line(coming: Coming) -> str:
    row = coming.row
    kind = words.KIND_NAMES.get(row.kind, "Entry")
    name = headline(row)
    when = f", {words.day_short(row.when)}" if row.when else ""
    what = f"{_WHAT[coming.what][0]} · {kind}{when}"
    name = " ".join(name.split())
    return what if name == kind else f"{name[:60]}{'…' if len(name) > 60 else ''}\n{what}"


def _counts(shown: Preview) -> str:
    if shown.nothing:
        return "Everything in that copy is here already."
    parts = [words.counted(count, *_WHAT[what][1:]) for what in _WHAT if (count := shown.count(what))]
    if not parts:
        return "No entries would change; settings or unsaved text would come in."
    return f"{', '.join(parts)}.".capitalize() if len(parts) == 1 else f"This would come in: {', '.join(parts)}."


def _notes(shown: Preview) -> list[str]:
    lines = []
    if len(shown.entries) > _MOST:
        lines.append(f"The first {_MOST} are listed.")
    if shown.drafts:
        lines.append(f"Also {words.counted(shown.drafts, 'unsaved text', 'unsaved texts')}.")
    if shown.count("two versions"):
        lines.append("Where both copies were written in, both versions are kept, and you choose later.")
    if shown.count("gone"):
        lines.append("What was removed for good there is removed here too. That cannot be undone.")
    if shown.damage:
        some = words.counted(len(shown.damage), "part of that copy is", "parts of that copy are")
        lines.append(f"{some} damaged and would be left out. Keep that file.")
    return lines
