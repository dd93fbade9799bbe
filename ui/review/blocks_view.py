"""Blocks of a share as widgets: what a share holds beside sessions and texts, as its plain page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.share import Block, BlockKind, Payload
from journal.share.render_parts import commitments, effects, hard, medicines, questions, scales
from ui.review.long import as_text, reading, too_long
from ui.review.phrases import NEW
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.filled import Filled
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView
from ui.widgets.reading_table import ReadingTable
from ui.widgets.stacked import Stacked

# Parts of a share by their name: what the reader calls them, and their blocks.
PARTS: dict[str, tuple[str, Callable[[Payload], tuple[Block, ...]]]] = {
    "scales": ("Questionnaires", scales),
    "medicines": ("Medicines", medicines),
    "effects": ("Side effects", effects),
    "hard": ("What was hard", hard),
    "commitments": ("One small thing a week", commitments),
    "questions": ("Questions", questions),
}
_ROLES = {
    BlockKind.TITLE: "title",
    BlockKind.HEADING: "title",
    BlockKind.SUBHEADING: "eyebrow",
    BlockKind.NAME: "heading",
    BlockKind.NOTICE: "small",
}


def _of_theirs(_block: Block) -> str:
    return "In their words"


class BlocksView(Filled):
    """One part of a share, for reading only. What stands at the places of `new` is said to be new, and so are the
    `rows` of its first table, counted from 0 without the heads."""

    def __init__(
        self,
        theme: Theme,
        blocks: Iterable[Block],
        new: frozenset[int] = frozenset(),
        rows: frozenset[int] = frozenset(),
        *,
        commented: bool = True,
        says: Callable[[Block], str] = _of_theirs,
    ) -> None:
        """`commented`: whether passages of it can be; `says` what a text is, to who does not see it."""
        super().__init__()
        self._commented, self._says = commented, says
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        self._frame, self._inside = card(spacing=GAP["m"])
        body.addWidget(self._frame)
        every = tuple(blocks)
        if too_long(every):
            self._frame.setAccessibleName(every[0].text)
            self._inside.addWidget(reading(theme, as_text(every)))
            return
        self._stack = Stacked(spacing=GAP["m"])
        self._inside.addLayout(self._stack)
        self.fill(self._blocks(theme, every, new, frozenset(row + 1 for row in rows)))

    def _blocks(
        self, theme: Theme, blocks: Iterable[Block], new: frozenset[int], rows: frozenset[int]
    ) -> Iterator[QWidget]:
        name = ""
        made: QWidget
        for block in blocks:
            match block.kind:
                case BlockKind.FACTS | BlockKind.TABLE:
                    heads = block.kind is BlockKind.TABLE
                    marked, rows = (rows, frozenset()) if heads else (frozenset(), rows)
                    made = ReadingTable(theme, block.rows, heads=heads, mark=NEW, marked=marked, name=name)
                case BlockKind.TEXT:
                    made = ReadingView(theme)
                    made.setAccessibleName(self._says(block))
                    if self._commented and block.place is not None:
                        made.spot = (block.place, block.field)
                    made.hold_text(block.text, block.marks)
                case _:
                    if block.kind is BlockKind.SUBHEADING and block.place in new:
                        self._stack.addWidget(label(NEW, "eyebrow"))
                    made = label(block.text, _ROLES[block.kind])
                    if block.kind is not BlockKind.NOTICE:
                        name = block.text
                    if block.kind is BlockKind.HEADING:
                        self._frame.setAccessibleName(block.text)
            self._stack.addWidget(made)
            yield made
