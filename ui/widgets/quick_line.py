"""A line to add something quickly: type it, press Enter. What was not entered yet is sealed as it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journal.ids import new_id
from journal.records import Moment
from ui.sealing import SealTimer
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit


class QuickLine(QWidget):
    """The field and its button. `eid` is the id that the line gets, and its draft has.

    Signals:
        entered(object): the line is to be added.
        due(object): it is time to seal it.
        full(): there was no room for more.
    """

    entered = Signal(object)
    due = Signal(object)
    full = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.eid = new_id()
        self.made: Moment | None = None  # when the line was begun, where it was begun before
        self.unsealed = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP["s"])
        self.field = LineEdit()
        self.field.setPlaceholderText("Write one, then press Enter")
        self.field.setAccessibleName(name)
        self.add = button(theme, "Add", self._on_entered)
        self.add.setAccessibleName(f"Add: {name}")
        across.addWidget(self.field, 1)
        across.addWidget(self.add)
        self.setFocusProxy(self.field)
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self._on_due)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_entered)
        self.field.inputRejected.connect(self.full)

    def text(self) -> str:
        """What stands in it."""
        return self.field.value()

    def put(self, eid: str, text: str, made: Moment | None) -> None:
        """Go on with a line that was begun before."""
        self.eid, self.made, self.unsealed = eid, made, False
        self.field.set_value(text)

    def begin(self) -> None:
        """Begin another one."""
        self.sealing.stop()
        self.put(new_id(), "", None)

    @Slot()
    def _on_edited(self) -> None:
        self.unsealed = True
        self.sealing.touch()

    @Slot()
    def _on_entered(self) -> None:
        if self.text().strip():
            self.sealing.stop()
            self.entered.emit(self)

    @Slot()
    def _on_due(self) -> None:
        self.due.emit(self)
