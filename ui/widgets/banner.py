"""A message inside the page: what happened, and what to do next. It never blocks and never hurries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from journal.errors import JournalError
from ui.a11y import announce
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

UNDO = "Undo"
Actions = Sequence[tuple[str, Callable[..., Any]]]


class Banner(QFrame):
    """Hidden until it has something to say. `text` is what it says now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: QLabel | None = None
        self._detail: QLabel
        self._buttons: QWidget
        self._close: QToolButton
        self._undoes = False
        self._flow: FlowLayout
        self.setProperty("role", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # more, where lines wrap
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when hidden."""
        return self._message.text() if self._message is not None and not self.isHidden() else ""

    def show_error(self, error: JournalError) -> None:
        """Show what happened. Its technical detail waits behind a button."""
        actions: Actions = [("Details", self._on_details)] if error.detail else []
        self.show_note(str(error), tone="warm", actions=actions)
        self._detail.setText(error.detail)

    def show_note(self, text: str, tone: str = "accent", actions: Actions = ()) -> None:
        """Show a sentence or two. Tones: accent, warm. Each action is its words and a bound method."""
        if self._message is None:
            self._build()
        self._message.setText(text)
        self._detail.hide()
        self._detail.setText("")
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for words, slot in actions:
            self._flow.addWidget(button(self._theme, words, slot, kind="quiet"))
        self._buttons.setVisible(bool(actions))
        self._undoes = any(words == UNDO for words, _slot in actions)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    def outdate(self) -> None:
        """Something was done in the journal since: an Undo would take back that, and not what is said here."""
        if self._undoes:
            self.hide()

    @Slot()
    def dismiss(self) -> None:
        """Say no more."""
        self.hide()

    @Slot()
    def _on_details(self) -> None:
        self._detail.setVisible(self._detail.isHidden())

    def _build(self) -> None:
        # Made when first needed: most pages never show one, and the icon font is not loaded for nothing.
        across = QHBoxLayout(self)
        across.setContentsMargins(GAP["l"], GAP["m"], GAP["s"], GAP["m"])
        across.setSpacing(GAP["s"])
        column = QVBoxLayout()
        column.setSpacing(GAP["xs"])
        self._message = label("")
        self._detail = label("", "small")
        self._detail.hide()
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, spacing=GAP["xs"])
        column.addWidget(self._message)
        column.addWidget(self._detail)
        column.addWidget(self._buttons)
        across.addLayout(column, 1)
        self._close = tool(self._theme, "Close this message", "x", self.dismiss)
        across.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
