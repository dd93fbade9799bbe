"""What is too much of a share for labels. A label is laid out anew each time it is asked how high it is: thousands of
them, or one of a megabyte, would hold up the window. Such a part is shown as one text instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from journal.share import Block, BlockKind
from ui.theme import Theme
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

_LETTERS = 5_000  # in one label
_LABELS = 900  # in one part


def said(theme: Theme, text: str, role: str = "") -> QWidget:
    """Somebody's words: a label, or where they are too long for one, a text."""
    return label(text, role) if len(text) <= _LETTERS else reading(theme, text)


def reading(theme: Theme, text: str) -> ReadingView:
    """A text to read."""
    made = ReadingView(theme)
    made.setAccessibleName("In their words")
    made.show_text(text)
    return made


def too_long(blocks: Sequence[Block]) -> bool:
    """Whether these would be too many labels, or too long ones."""
    cells = [cell for block in blocks for row in block.rows for cell in row]
    letters = max((len(block.text) for block in blocks if block.kind is not BlockKind.TEXT), default=0)
    return len(blocks) + len(cells) > _LABELS or max(letters, max(map(len, cells), default=0)) > _LETTERS


def as_text(blocks: Sequence[Block]) -> str:
    """All of it, a line for each row."""
    lines = []
    for block in blocks:
        if block.kind is BlockKind.SUBHEADING:
            lines.append("")
        lines += [" · ".join(row) for row in block.rows] or [block.text]
    return "\n".join(lines)
