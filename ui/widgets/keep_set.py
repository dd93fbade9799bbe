"""Keeping what is ticked for a share under a name: which kinds, how far back, what is new only."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from journal.errors import InvalidRecord
from journal.records import ShareSet
from ui import words
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.file_drops import Line
from ui.widgets.form import Form
from ui.widgets.labels import label

_MONTH = 31  # days
ALL, MONTH, NEW = range(3)


class KeepSet(QWidget):
    """Names a choice, and says which entries it will tick the next time.

    Signals:
        kept(object): keep this `ShareSet`.
        closed(): it is not kept after all.
    """

    kept = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, begun: ShareSet) -> None:
        super().__init__()
        self._begun = begun
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card("well", spacing=GAP["s"])
        frame.setAccessibleName("Keep these choices")
        outer.addWidget(frame)
        kinds = ", ".join(words.KIND_NAMES.get(kind, kind).lower() for kind in begun.kinds)
        inside.addWidget(label("Keep these choices", "heading"))
        inside.addWidget(label(f"Kinds it will tick: {kinds}. The switches are kept as they are now."))
        form = Form(theme)
        self.name = Line()
        self.name.setPlaceholderText("for Dr A, monthly")
        self.name.returnPressed.connect(self._on_keep)
        form.add("Name", self.name)
        inside.addWidget(form)
        who = begun.to or "this reader"
        self._which = QButtonGroup(self)
        for number, text in (
            (ALL, "All of these kinds"),
            (MONTH, f"Those of the last {_MONTH} days"),
            (NEW, f"Only what {who} has not had yet, or what was changed since"),
        ):
            choice = QRadioButton(text)
            self._which.addButton(choice, number)
            inside.addWidget(choice)
        self._which.button(ALL).setChecked(True)
        known = bool(begun.to or begun.recipient)
        self._which.button(NEW).setEnabled(known)
        if not known:
            inside.addWidget(label("For the last of these, say first whom it is for, in the next step.", "small"))
        self.banner = Banner(theme)
        inside.addWidget(self.banner)
        line = QHBoxLayout()
        self.next = button(theme, "Keep", self._on_keep, kind="primary")
        self.cancel = button(theme, "Cancel", self.closed.emit, kind="quiet")
        line.addWidget(self.next)
        line.addWidget(self.cancel)
        line.addStretch(1)
        inside.addLayout(line)

    def which(self, number: int) -> QRadioButton:
        """The choice `ALL`, `MONTH` or `NEW`."""
        return self._which.button(number)

    @Slot()
    def _on_keep(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.banner.show_note("It needs a name to be found by.", "warm")
            self.name.setFocus()
            return
        which = self._which.checkedId()
        days = _MONTH if which == MONTH else None
        try:
            record = msgspec.structs.replace(self._begun, name=name, days=days, only_new=which == NEW)
        except InvalidRecord as error:
            self.banner.show_error(error)
        else:
            self.kept.emit(record)
