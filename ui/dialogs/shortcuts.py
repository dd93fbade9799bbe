"""The list of all keys, made from the same table as the menus."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.actions import MENUS, Spec, Sub
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

# What pages answer to by themselves.
_EVERYWHERE = (
    ("To the next or the previous control", "Tab, Shift+Tab"),
    ("Back, or close", "Esc"),
    ("Find in the text or the list shown", "Ctrl+F"),
    ("Add a file to what is being written", "Ctrl+Shift+A"),
)
_REVIEW = (
    ("To the next or the previous pane", "F6, Shift+F6"),
    ("To the next session or part", "Ctrl+PgDown"),
    ("To the next part with something new", "Ctrl+Shift+PgDown"),
    ("To the previous session or part", "Ctrl+PgUp"),
    ("Comment on the passage that is selected", "Ctrl+M"),
    ("Keep the comment, or the share or reply that is read", "Ctrl+Enter"),
    ("The same for the first of two that are compared", "with Shift"),
)


class ShortcutsDialog(Dialog):
    """Two columns: what, and which keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Keyboard shortcuts", parent)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP["l"])
        grid.setVerticalSpacing(GAP["xs"])
        grid.setColumnStretch(0, 1)
        parts = [(title.replace("&", ""), _rows(items)) for title, items in MENUS]
        for title, rows in [*parts, ("Reading what clients share", list(_REVIEW)), ("Everywhere", list(_EVERYWHERE))]:
            head = label(title, "eyebrow")
            head.setContentsMargins(0, GAP["m"], 0, 0)
            grid.addWidget(head, grid.rowCount(), 0)
            for what, keys in rows:
                place = grid.rowCount()
                grid.addWidget(label(what), place, 0)
                grid.addWidget(label(keys, "muted", wrap=False), place, 1)
        self.body.addWidget(holder)
        close = button(theme, "Close", self.accept, kind="primary")
        self.add_buttons(close)
        close.setFocus()


def _rows(items: tuple[Spec | Sub | None, ...]) -> list[tuple[str, str]]:
    found = []
    for item in items:
        if isinstance(item, Spec) and item.keys:
            keys = QKeySequence(item.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            found.append((item.text.replace("&", "").rstrip("…"), keys))
    return found
