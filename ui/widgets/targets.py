"""What a course is for: chips for the usual words, and a line for words of one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from journal.records import TARGETS
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout

# A word that is typed and stands on a chip means the chip: here a code and its name say the same.
_NAMES = {alias.casefold(): code for code, name in TARGETS for alias in (code, name)}


class TargetEdit(QWidget):
    """Signals:
    edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        holder = QWidget()
        flow = FlowLayout(holder)
        self.chips: dict[str, QPushButton] = {}
        for code, name in TARGETS:
            chip = button(theme, name, self._on_edited, kind="chip")
            self.chips[code] = chip
            flow.addWidget(chip)
        body.addWidget(holder)
        self.own = LineEdit()
        self.own.setPlaceholderText("In your own words, with commas between them")
        self.own.setAccessibleName("What the course is for, in your own words, with commas between them")
        self.own.textEdited.connect(self._on_edited)
        body.addWidget(self.own)
        self._given: tuple[str, ...] = ()
        self.setFocusProxy(self.chips[TARGETS[0][0]])

    def set_targets(self, targets: tuple[str, ...]) -> None:
        """Show what was chosen."""
        self._given = targets
        for code, chip in self.chips.items():
            chip.setChecked(code in targets)
        self._typed = ", ".join(self._own())
        self.own.set_value(self._typed)

    def targets(self) -> tuple[str, ...]:
        """What is chosen, in the order it was; own words that nobody changed stay as they were."""
        chosen = [code for code, chip in self.chips.items() if chip.isChecked()]
        value = self.own.value()
        words = [_NAMES.get(word.casefold(), word) for part in value.split(",") if (word := part.strip())]
        own = self._own() if value == self._typed else words
        wanted = dict.fromkeys((*chosen, *own))
        kept = [target for target in self._given if target in wanted]
        return tuple(dict.fromkeys((*kept, *wanted)))

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        for chip in self.chips.values():
            chip.setEnabled(not read_only)

    def _own(self) -> list[str]:
        return [target for target in self._given if target not in self.chips]

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
