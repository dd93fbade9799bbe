"""For each medicine whether it was taken in the 24 hours before. Nobody has to say, and nothing is made of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from journal.records import Taken, TakenBefore
from ui import words
from ui.theme import Theme
from ui.widgets.cards import GAP, clear
from ui.widgets.fields import StillWheel
from ui.widgets.form import Form
from ui.widgets.labels import label

GONE = "A medicine that is not here any more"


class TakenEdit(QWidget):
    """Signals:
    edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP["m"])
        self._given: tuple[TakenBefore, ...] = ()
        self.choices: dict[str, QComboBox] = {}
        self._wheel = StillWheel(self)

    def set_taken(self, medicines: Sequence[tuple[str, str]], taken: tuple[TakenBefore, ...]) -> None:
        """Ask about these (ids and names), and show what was said."""
        self._given = taken
        clear(self._body)
        self.choices = {}
        names = dict(medicines)
        said = {one.medicine: one.taken for one in taken}
        form = Form(self._theme)
        form.body.setSpacing(GAP["m"])
        for eid in dict.fromkeys((*names, *said)):
            box = QComboBox()
            box.addItem("Not said", None)
            for answer in Taken:
                box.addItem(words.TAKEN_NAMES[answer], answer)
            box.setCurrentIndex(max(0, box.findData(said.get(eid))))
            box.setAccessibleName(f"{names.get(eid, GONE)}: taken in the 24 hours before")
            box.activated.connect(self._on_chosen)
            self.choices[eid] = box
            form.add(names.get(eid, GONE), box)
        self._body.addWidget(form)
        if not self.choices:
            self._body.addWidget(label("Medicines you keep in this journal are listed here.", "small"))
        self._wheel.watch(self)

    def taken(self) -> tuple[TakenBefore, ...]:
        """What was said, in the order it was."""
        now = {eid: box.currentData() for eid, box in self.choices.items()}
        order = dict.fromkeys((*(one.medicine for one in self._given), *now))
        found = tuple(TakenBefore(eid, Taken(now[eid])) for eid in order if now.get(eid) is not None)
        return self._given if set(found) == set(self._given) else found

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self.edited.emit()
