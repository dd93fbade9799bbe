"""A language that nobody speaks: every word in other letters, from right to left, and a quarter longer.

What a translation will do to the window is done to what is shown, since nothing is translated yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from ui.widgets.rail import Rail

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_OTHER = "אבגדהוזחטיכלמנסעפצקרשתאבגד"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _OTHER + _OTHER)
_DONE = "pseudo"


@contextmanager
def from_right_to_left(app: QApplication) -> Iterator[None]:
    """The whole program mirrored."""
    before = app.layoutDirection()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        yield
    finally:
        app.setLayoutDirection(before)


def translated(text: str) -> str:
    """`text` in that language."""
    words = text.translate(_LETTERS).split(" ")
    longer = [word + word[: max(1, len(word) // 4)] if len(word) > 2 else word for word in words]
    return " ".join(longer)


def translate(root: QWidget) -> None:
    """Say everything that is shown in that language; what is said already stays."""
    for kind in (QLabel, QAbstractButton):
        for widget in root.findChildren(kind):
            text = widget.text()
            if text and text != widget.property(_DONE) and not isinstance(widget.parent(), QLineEdit):
                widget.setText(translated(text))
                widget.setProperty(_DONE, widget.text())
    for rail in root.findChildren(Rail):
        rail.fit()  # its width was taken from the words it was made with
    for box in root.findChildren(QComboBox):
        for index in range(box.count()):
            if box.itemText(index).isascii():
                box.setItemText(index, translated(box.itemText(index)))
