"""The calm card after an answer that may weigh on somebody. It asks nothing, and stays until it is put aside."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.a11y import announce
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

THANKS = "Thank you for saying this. You do not have to hold it alone."
NOBODY = "Nobody sees this unless you share it. This program cannot call anyone for you."


class HelpCard(QWidget):
    """Ways to somebody. Not in the way: the questionnaire goes on below it.

    Signals:
        wants(str): show this part of Help: "people", "lines" or "grounding".
        done(): go on.
    """

    wants = Signal(str)
    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["m"])
        outer.addWidget(frame)
        self.setAccessibleName(THANKS)
        inside.addWidget(label(THANKS, "lead"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self.people = button(theme, "People I chose", self._on_people)
        self.lines = button(theme, "A crisis line", self._on_lines)
        self.grounding = button(theme, "A grounding minute", self._on_grounding)
        self.go_on = button(theme, "Go on", self.done, kind="quiet")
        for made in (self.people, self.lines, self.grounding, self.go_on):
            flow.addWidget(made)
        inside.addWidget(holder)
        inside.addWidget(label(NOBODY, "muted"))
        self.hide()

    def appear(self) -> None:
        """Be there, and let a screen reader say so. The focus stays where it is."""
        if self.isHidden():
            self.show()
            announce(self, f"{THANKS} {NOBODY}")

    @Slot()
    def _on_people(self) -> None:
        self.wants.emit("people")

    @Slot()
    def _on_lines(self) -> None:
        self.wants.emit("lines")

    @Slot()
    def _on_grounding(self) -> None:
        self.wants.emit("grounding")
