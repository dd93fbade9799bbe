"""In which form to export, with the warning that an exported file is open to everyone."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

# format of the service, words, what it is for, ending, filter
FORMATS = (
    ("markdown", "To read (Markdown)", "Everything as one text, in the order of time.", ".md", "Text (*.md)"),
    (
        "json",
        "Everything, complete (JSON)",
        "Keeps every detail, and can be imported into another journal of this program.",
        ".json",
        "JSON (*.json)",
    ),
    ("csv", "Check-ins as a table (CSV)", "For a spreadsheet: one row for each check-in.", ".csv", "Tables (*.csv)"),
)
_TAKE_COSTS = ("markdown", "json")
_COSTS = "What you noted of costs stays in the journal unless you tick this."


class ExportDialog(Dialog):
    """Signals:
    chosen(str, bool): the format, one of FORMATS, and whether the log of costs goes along.
    """

    chosen = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Export", parent)
        self._group = QButtonGroup(self)
        for number, (_, words, what, _, _) in enumerate(FORMATS):
            choice = QRadioButton(words)
            choice.setAccessibleDescription(what)
            choice.setChecked(number == 0)
            self._group.addButton(choice, number)
            note = label(what, "small")
            note.setContentsMargins(theme.px(18) + 12, 0, 0, 0)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(choice)
            pair.addWidget(note)
            self.body.addLayout(pair)
        self.costs = QCheckBox("With the cost log")
        self.costs.setAccessibleDescription(_COSTS)
        self.body.addWidget(self.costs)
        note = label(_COSTS, "small")
        note.setContentsMargins(theme.px(18) + 12, 0, 0, 0)
        self.body.addWidget(note)
        self._group.idToggled.connect(self._on_form)
        frame, inside = card("accent-card", padding=GAP["m"])
        inside.addWidget(
            label(
                "An exported file is not sealed: anyone who gets it can read it. To give words to one person, share."
            )
        )
        inside.addWidget(label("Covered entries are in it with their words."))
        inside.addWidget(label("Files that were added to entries are not in it. Each can be saved as a copy."))
        self.body.addWidget(frame)
        self.add_buttons(
            button(theme, "Choose a file…", self._on_next, kind="primary"), button(theme, "Cancel", self.reject)
        )
        self._group.button(0).setFocus()

    @Slot(int, bool)
    def _on_form(self, number: int, on: bool) -> None:
        if on:
            self.costs.setEnabled(FORMATS[number][0] in _TAKE_COSTS)

    @Slot()
    def _on_next(self) -> None:
        name = FORMATS[self._group.checkedId()][0]
        with_costs = self.costs.isEnabled() and self.costs.isChecked()
        self.accept()
        self.chosen.emit(name, with_costs)
