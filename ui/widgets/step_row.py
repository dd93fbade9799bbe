"""One step of a medicine to fill in: what happened, when, the dose as it was told."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from journal.records import MedicineStep, StepKind
from ui import body_words
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP
from ui.widgets.day_edit import DayEdit
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout


class StepRow(QFrame):
    """The fields of one step. Left as they are, they give back the very same step.

    Signals:
        edited(): the person changed something.
        full(): a field had no room for more.
        removed(object): this row is to go.
    """

    edited = Signal()
    full = Signal()
    removed = Signal(object)

    def __init__(self, theme: Theme, step: MedicineStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self.setProperty("role", "well")
        body = QVBoxLayout(self)
        body.setContentsMargins(GAP["m"], GAP["m"], GAP["m"], GAP["m"])
        body.setSpacing(GAP["s"])
        self.kind = QComboBox()
        for kind in StepKind:
            self.kind.addItem(body_words.STEPS[kind], kind)
        self.kind.setCurrentIndex(self.kind.findData(step.kind))
        self.kind.setAccessibleName("What happened")
        self.kind.activated.connect(self._on_edited)
        self.when = DayEdit()
        self.when.set_moment(step.at)
        self.when.set_whole(step.whole_day)
        self.when.setAccessibleName("When")
        self.when.edited.connect(self._on_edited)
        self.timed = button(theme, "With the time", kind="chip")
        self.timed.setChecked(not step.whole_day)
        self.timed.toggled.connect(self._on_timed)
        self.drop = tool(theme, "Remove this step", "x", self._on_removed)
        holder = QWidget()
        flow = FlowLayout(holder)
        for made in (self.kind, self.when, self.timed, self.drop):
            flow.addWidget(made)
        body.addWidget(holder)
        self.dose = self._line("Dose, as you were told", step.dose)
        self.note = self._line("A word about it, if you like", step.note)
        body.addWidget(self.dose)
        body.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._name()

    def step(self) -> MedicineStep:
        """The step as it stands."""
        return msgspec.structs.replace(
            self._step,
            kind=StepKind(self.kind.currentData()),  # Qt gives back its letters only
            at=self.when.moment(),
            dose=self.dose.value(),
            note=self.note.value(),
            whole_day=not self.timed.isChecked(),
        )

    def set_read_only(self, read_only: bool) -> None:
        """Show it only."""
        self.drop.setVisible(not read_only)
        self.kind.setEnabled(not read_only)
        self.timed.setEnabled(not read_only)
        for field in (self.when, self.dose, self.note):
            field.setReadOnly(read_only)

    def _line(self, name: str, text: str) -> LineEdit:
        field = LineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.set_value(text)
        field.setCursorPosition(0)
        field.textEdited.connect(self._on_edited)
        field.inputRejected.connect(self.full)
        return field

    def _name(self) -> None:
        """Call the row's removal by the step: a screen reader would say the same for each."""
        step = self.step()
        told = [body_words.STEPS[step.kind], body_words.step_day(step), step.dose[:40]]
        self.drop.setAccessibleName(f"Remove this step: {', '.join(part for part in told if part)}")

    @Slot()
    def _on_edited(self) -> None:
        self._name()
        self.edited.emit()

    @Slot(bool)
    def _on_timed(self, timed: bool) -> None:
        self.when.set_whole(not timed)
        self._on_edited()

    @Slot()
    def _on_removed(self) -> None:
        self.removed.emit(self)

    def focus_dose(self) -> None:
        """Go to the dose: the date is right as a rule."""
        self.dose.setFocus(Qt.FocusReason.OtherFocusReason)
