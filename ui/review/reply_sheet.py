"""A reply as its file has it: the one page that whoever opens it reads."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from journal.share import Block, ReplyPayload, reply_document
from journal.share.who import Told
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

    def show_reply(
        self,
        payload: ReplyPayload,
        *,
        proved: bool,
        told: Told | None = None,
        lines: tuple[str, ...] = (),
        names: Mapping[int, str] | None = None,
    ) -> None:
        """Show it from its beginning. `proved`: something that proves its maker goes with it. `told` and `lines`
        stand above it: who made it, which share it answers."""
        clear(self.body)
        if told is not None:
            self.body.addWidget(_above(told, lines))
        self.body.addWidget(reply_blocks(self._theme, payload, proved=proved, names=names))
        self.body.addStretch(1)
        self.body.activate()
        self.verticalScrollBar().setValue(0)

    def close_reply(self) -> None:
        """Let go of what is shown."""
        clear(self.body)


def reply_blocks(
    theme: Theme, payload: ReplyPayload, *, proved: bool, names: Mapping[int, str] | None = None
) -> QWidget:
    """The page as one card; each text says what it is."""
    blocks = reply_document(payload, proved=proved, names=names)
    return BlocksView(theme, blocks, commented=False, says=_of_whom)


def _of_whom(block: Block) -> str:
    return "Their words" if block.own else "The words it is about"


def _above(told: Told, lines: tuple[str, ...]) -> QWidget:
    frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
    inside.addWidget(label("A reply", "eyebrow"))
    inside.addWidget(label(told.text, "" if told.sure else "warm"))
    for line in lines:
        inside.addWidget(label(line))
    return frame
