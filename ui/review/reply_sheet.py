"""A reply on one page: as its file has it, for who makes it, and with its words first for whom it came back to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from journal.share import Block, BlockKind, ReplyPayload, reply_document
from journal.share.reply import NOTICE
from journal.share.who import Told
from ui import words
from ui.review.blocks_view import BlocksView
from ui.theme import Theme
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.labels import label


class ReplySheet(Column):
    """Shows one reply, read-only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(width=860, name="Reply")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
        self._theme = theme

    def show_reply(self, payload: ReplyPayload, *, proved: bool) -> None:
        """Show it from its beginning, as the page in its file is. `proved`: something that proves its maker goes
        with it."""
        self._fill([_blocks_view(self._theme, reply_document(payload, proved=proved))])

    def read_reply(
        self,
        payload: ReplyPayload,
        told: Told,
        *,
        whom: str,
        lines: tuple[str, ...] = (),
        names: Mapping[int, str] | None = None,
    ) -> None:
        """Show it to whom it came back to: from `whom` and when, then the words, and last how that was checked. What
        is not certain is `told` before the words. `lines`: which share it answers."""
        blocks = reply_document(payload, names=names)
        first = next((at for at, one in enumerate(blocks) if one.kind is BlockKind.HEADING), len(blocks))
        self._fill([
            _top(payload, told, whom, lines),
            _blocks_view(self._theme, blocks[first:]),  # what stands before it is told above and below
            _bottom(payload, told),
        ])  # fmt: skip

    def _fill(self, parts: list[QWidget]) -> None:
        clear(self.body)
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.activate()
        self.verticalScrollBar().setValue(0)

    def close_reply(self) -> None:
        """Let go of what is shown."""
        clear(self.body)


def _blocks_view(theme: Theme, blocks: tuple[Block, ...]) -> QWidget:
    """As one card; each text says what it is."""
    return BlocksView(theme, blocks, commented=False, says=_of_whom)


def _of_whom(block: Block) -> str:
    return "Their words" if block.own else "The words it is about"


def _top(payload: ReplyPayload, told: Told, whom: str, lines: tuple[str, ...]) -> QWidget:
    frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
    inside.addWidget(label("A reply", "eyebrow"))
    inside.addWidget(label(f"From {whom}" if whom else "No name given", "title"))
    for line in (f"Made on {words.date_long(payload.made)}.", *lines):
        inside.addWidget(label(line, "muted"))
    if not told.sure:
        inside.addWidget(label(told.text, "warm"))
    return frame


def _bottom(payload: ReplyPayload, told: Told) -> QWidget:
    frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
    inside.addWidget(label("About this reply", "eyebrow"))
    typed = f"The name in the file, as the sender typed it: {payload.sender or 'none'}."
    meant = f"For: {payload.to}." if payload.to else ""
    for line in filter(None, (told.text if told.sure else "", typed, meant, NOTICE)):
        inside.addWidget(label(line, "small"))
    return frame
