"""A password field: hidden unless shown on purpose, a word when capitals are locked, and its strength if asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.strength import judge
from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.file_drops import Line
from ui.widgets.labels import label

_LONGEST = 2**20  # characters; left alone, Qt cuts at 32,767 and says nothing


class PassphraseEdit(QWidget):
    """A field for one password.

    Signals:
        changed(): the text changed.
        submitted(): Enter was pressed.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, *, strength: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strength_wanted = strength
        self.edit = Line()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(_LONGEST)
        # No input method may learn it, guess it or write it down.
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.textChanged.connect(self._on_text)
        self.edit.returnPressed.connect(self.submitted)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.show_box = QCheckBox("Show")
        self.show_box.setAccessibleName("Show the password")
        self.show_box.toggled.connect(self._on_show)
        self._hint = label("Capital letters are on.", "warm")
        self._hint.hide()
        self._strength = label("", "small")
        if not strength:
            self._strength.hide()  # showing it here, where it has no parent yet, would be a window of its own

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["xs"])
        across = QHBoxLayout()
        across.setSpacing(GAP["m"])
        across.addWidget(self.edit, 1)
        across.addWidget(self.show_box)
        column.addLayout(across)
        column.addWidget(self._hint)
        column.addWidget(self._strength)
        self._on_text("")

    def value(self) -> str:
        """What was typed, as it is; one end of line that was pasted along is none of it."""
        return self.edit.text().removesuffix("\n").removesuffix("\r")

    def clear(self) -> None:
        """Empty the field and hide what will be typed next."""
        self.edit.clear()
        self.show_box.setChecked(False)

    def select_all(self) -> None:
        """Select the text and take the focus, to type it anew."""
        self.edit.setFocus()
        self.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            self._look_at_capitals(event.text(), event.modifiers())
        elif watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self._hint.hide()
        return False

    def _look_at_capitals(self, text: str, modifiers: Qt.KeyboardModifier) -> None:
        # Qt does not tell the state of Caps Lock; a capital without Shift, or the reverse, does.
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._hint.setVisible(text.isupper() != shifted)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self._strength_wanted:
            self._strength.setText(judge(text).words)
        self.changed.emit()

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
