"""Fields with their labels above them: read well at any text size, and named for screen readers by the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.labels import label


class Form(QWidget):
    """A column of fields."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP["l"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, label_text: str, widget: QWidget, help: str = "") -> QWidget:
        """Add a field under its label; `help` is a quiet line below. Returns the holder, to hide both together."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["xs"])
        caption = label(label_text)
        caption.setBuddy(widget.focusProxy() or widget)
        column.addWidget(caption)
        # What has a width of its own (a short list) keeps it; all else takes the line.
        short = widget.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if short else Qt.AlignmentFlag(0))
        for target in {widget, widget.focusProxy() or widget}:
            called = isinstance(target, QAbstractButton) and target is not widget and target.text()
            if not target.accessibleName() and not called:  # a chip, "Add a phase": it says itself what it is
                target.setAccessibleName(label_text.replace("&", ""))
            if help and not target.accessibleDescription():
                target.setAccessibleDescription(help)
        if help:
            column.addWidget(label(help, "small"))
        self.body.addWidget(holder)
        return holder
