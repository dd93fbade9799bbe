"""A way to steady oneself: one step at a time, for as long as each takes. Nothing moves, and nothing is timed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from journal.help_lines import Way, ways
from ui.a11y import announce
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


class Grounding(QWidget):
    """The ways to choose from, and the step one is at.

    Signals:
        stepped(): another step is shown.
    """

    stepped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: Way | None = None
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["m"])
        choices = QWidget()
        flow = FlowLayout(choices)
        self._group = QButtonGroup(self)
        self.choices: list[QPushButton] = []
        for way in ways():
            made = button(theme, way.title, kind="chip")
            made.setProperty("way", way.id)
            self._group.addButton(made)
            flow.addWidget(made)
            self.choices.append(made)
        self._group.buttonClicked.connect(self._on_chosen)
        column.addWidget(choices)
        self.step_card, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["l"])
        self.step = label("", "lead")
        inside.addWidget(self.step)
        line = QWidget()
        steps = FlowLayout(line)
        self.next = button(theme, "Next", self._on_next, kind="primary")
        self.before = button(theme, "Back a step", self._on_before, kind="quiet")
        self.enough = button(theme, "Enough for now", self._on_enough, kind="quiet")
        for made in (self.next, self.before, self.enough):
            steps.addWidget(made)
        inside.addWidget(line)
        column.addWidget(self.step_card)
        self.step_card.hide()

    @property
    def under_way(self) -> bool:
        """Whether a step is shown."""
        return self._way is not None

    def first(self) -> QWidget:
        """Where the focus goes."""
        return self.next if self.under_way else self.choices[0]

    @Slot()
    def stop(self) -> None:
        """Show only the ways to choose from."""
        self._way = None
        self._group.setExclusive(False)
        for made in self.choices:
            made.setChecked(False)
        self._group.setExclusive(True)
        self.step_card.hide()

    @Slot(QPushButton)
    def _on_chosen(self, made: QPushButton) -> None:
        self._way = next(way for way in ways() if way.id == made.property("way"))
        self._show(0)
        self.next.setFocus()

    @Slot()
    def _on_next(self) -> None:
        if self._at + 1 < len(self._way.steps):
            self._show(self._at + 1)
        else:
            self._show(0)

    @Slot()
    def _on_before(self) -> None:
        if self._at > 0:
            self._show(self._at - 1)
        if self.before.isHidden():
            self.next.setFocus()

    @Slot()
    def _on_enough(self) -> None:
        at = next((made for made in self.choices if made.isChecked()), self.choices[0])
        self.stop()
        at.setFocus()

    def _show(self, at: int) -> None:
        self._at = at
        self.step.setText(self._way.steps[at])
        self.next.setText("Next" if at + 1 < len(self._way.steps) else "Once more")
        self.before.setVisible(at > 0)
        self.step_card.show()
        announce(self, self.step.text())
        self.stepped.emit()
