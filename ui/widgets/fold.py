"""A part of a form that folds away. Folded, its heading says in a few words what is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, rule
from ui.widgets.form import Form
from ui.widgets.labels import label

_LONGEST = 120  # characters of what is said of a folded part


class Fold(QWidget):
    """`form` holds the fields.

    Signals:
        toggled(bool): it was opened, or folded.
    """

    toggled = Signal(bool)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.name, self._theme = name, theme
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        body.addWidget(rule())
        self.head = button(theme, name, self._on_head, kind="link", icon_name="caret-right")
        self.head.setCheckable(True)
        self.head.setAccessibleDescription("Opens and folds this part of the form")
        body.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        self._said = label("", "small")
        body.addWidget(self._said)
        self.form = Form(theme)
        self.form.body.setContentsMargins(0, 0, 0, GAP["m"])
        body.addWidget(self.form)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        return self.head.isChecked()

    def set_open(self, open_: bool) -> None:
        """Open it, or fold it away."""
        self.head.setChecked(open_)
        shape = "caret-down" if open_ else "caret-right"
        self.head.setProperty("icon_name", shape)
        self.head.setIcon(icon(self._theme, shape, token="accent"))
        self.form.setVisible(open_)
        self._said.setVisible(not open_ and bool(self._said.text()))

    def say(self, text: str) -> None:
        """What is in it, in a few words; "" for nothing."""
        short = " ".join(text.split())
        self._said.setText(short[:_LONGEST] + ("…" if len(short) > _LONGEST else ""))
        self._said.setVisible(not self.is_open and bool(short))
        self.head.setAccessibleDescription(short or "Nothing is in it yet")

    @Slot()
    def _on_head(self) -> None:
        self.set_open(self.head.isChecked())
        self.toggled.emit(self.head.isChecked())
