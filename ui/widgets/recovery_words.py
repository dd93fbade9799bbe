"""The recovery words: shown in numbered columns, and typed back with tolerance for everything but the words."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.file_drops import Lines
from ui.widgets.labels import label

_COLUMN = 150  # px at 100 %: the widest word of the list and its number


def words_of(text: str) -> tuple[str, ...]:
    """The words in what was typed or pasted: capitals, numbering, commas and line breaks do not matter."""
    return tuple(re.findall(r"[a-z]+", text.lower()))


class WordGrid(QFrame):
    """Numbered words in as many columns as fit, read down each column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._columns = 0
        self.setProperty("role", "well")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP["xl"], GAP["l"], GAP["xl"], GAP["l"])
        self._grid.setVerticalSpacing(GAP["m"])
        self._grid.setHorizontalSpacing(GAP["l"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_words(self, text: str) -> None:
        """Show the words of `text`; empty text takes them away."""
        self._words = words_of(text)
        # One element for screen readers, so that the words are read in order and not as a heap of labels.
        self.setAccessibleName("Recovery words")
        self.setAccessibleDescription(", ".join(f"{n}: {word}" for n, word in enumerate(self._words, 1)))
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(3, (self.width() - 2 * GAP["xl"]) // max(1, self._theme.px(_COLUMN))))
        if columns == self._columns:
            return
        self._columns = columns
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        rows = -(-len(self._words) // columns)
        for place, word in enumerate(self._words):
            cell = label(f"{place + 1:>2}.  {word}", "lead", wrap=False)
            self._grid.addWidget(cell, place % rows, place // rows)


class WordsEdit(QWidget):
    """Where recovery words are typed or pasted. Says which word differs when it knows the right ones.

    Signals:
        changed(): the text changed.
        submitted(): Ctrl+Enter, or Enter after the last word.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, *, count: int = 15, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected: tuple[str, ...] = ()
        self._count = count
        self.edit = _Field()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme.px(104) + 16)
        self.edit.setAccessibleName("Recovery words")
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.edit.textChanged.connect(self._on_text)
        self.edit.entered.connect(self.submitted)
        self.setFocusProxy(self.edit)
        self._state = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["xs"])
        column.addWidget(self.edit)
        column.addWidget(self._state)
        self._on_text()

    def expect(self, text: str) -> None:
        """Know the right words, so as to point at the one that differs."""
        self._expected = words_of(text)
        self._count = len(self._expected) or self._count

    def value(self) -> str:
        """The words, in order, with single spaces."""
        return " ".join(words_of(self.edit.toPlainText()))

    def clear(self) -> None:
        self.edit.clear()

    @property
    def state(self) -> str:
        """The line below the field: how many words there are, or which differs."""
        return self._state.text()

    @Slot()
    def _on_text(self) -> None:
        words = words_of(self.edit.toPlainText())
        unfinished = bool(words) and not self.edit.toPlainText()[-1:].isspace() and len(words) < self._count
        wrong = [
            place + 1
            for place, (typed, right) in enumerate(zip(words, self._expected, strict=False))
            if typed != right and not (unfinished and place == len(words) - 1 and right.startswith(typed))
        ]
        if wrong:
            self._state.setText(f"Word {wrong[0]} is different. Please look at it again.")
        elif len(words) > self._count:
            self._state.setText(f"There are {len(words)} words here; {self._count} are needed.")
        else:
            self._state.setText(f"{len(words)} of {self._count} words")
        self.changed.emit()


class _Field(Lines):
    """Plain text in which Enter means: done."""

    entered = Signal()

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
