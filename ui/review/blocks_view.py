"""Blocks of a share as widgets: what a share holds beside sessions and texts, as its plain page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from journal.share import Block, BlockKind, Payload
from journal.share.render_parts import commitments, effects, hard, medicines, questions, scales
from ui.review.long import as_text, reading, too_long
from ui.review.phrases import NEW
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

# Parts of a share by their name: what the reader calls them, and their blocks.
PARTS: dict[str, tuple[str, Callable[[Payload], tuple[Block, ...]]]] = {
    "scales": ("Questionnaires", scales),
    "medicines": ("Medicines", medicines),
    "effects": ("Side effects", effects),
    "hard": ("What was hard", hard),
    "commitments": ("Week by week", commitments),
    "questions": ("Questions", questions),
}
_ROLES = {
    BlockKind.TITLE: "title",
    BlockKind.HEADING: "title",
    BlockKind.SUBHEADING: "eyebrow",
    BlockKind.NAME: "heading",
    BlockKind.NOTICE: "small",
}


class BlocksView(QWidget):
    """One part of a share, for reading only. What stands at the places of `new` is said to be new."""

    def __init__(self, theme: Theme, blocks: Iterable[Block], new: frozenset[int] = frozenset()) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(spacing=GAP["m"])
        body.addWidget(frame)
        all_blocks = tuple(blocks)
        if too_long(all_blocks):
            frame.setAccessibleName(all_blocks[0].text)
            inside.addWidget(reading(theme, as_text(all_blocks)))
            return
        for block in all_blocks:
            match block.kind:
                case BlockKind.FACTS:
                    inside.addLayout(_grid(block.rows, heads=False))
                case BlockKind.TABLE:
                    inside.addLayout(_grid(block.rows, heads=True))
                case BlockKind.TEXT:
                    shown = ReadingView(theme)
                    shown.setAccessibleName("In their words")
                    shown.spot = (block.place, block.field) if block.place is not None else None
                    shown.show_text(block.text, block.marks)
                    inside.addWidget(shown)
                case _:
                    if block.kind is BlockKind.SUBHEADING and block.place in new:
                        inside.addWidget(label(NEW, "eyebrow"))
                    inside.addWidget(label(block.text, _ROLES[block.kind]))
                    if block.kind is BlockKind.HEADING:
                        frame.setAccessibleName(block.text)


def _grid(rows: tuple[tuple[str, ...], ...], *, heads: bool) -> QGridLayout:
    """Rows of cells; the first heads the columns, or the first of each names its row."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["l"])
    grid.setVerticalSpacing(GAP["xs"])
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            named = (heads and row == 0) or (not heads and column == 0)
            cell = label(text, "muted" if named else "")
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
    widest = max(range(len(rows[0])), key=lambda column: max(len(cells[column]) for cells in rows))
    grid.setColumnStretch(widest if heads else 1, 1)
    return grid
