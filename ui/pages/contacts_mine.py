"""My own card: the name on it, its words to read aloud, and the ways to give it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.atomic import write_new
from journal.errors import JournalError
from journal.service import JournalService, OwnCard
from journal.share import SUFFIX, Card, encode_card, file_name
from ui import clipboard
from ui.context import Context
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.file_drops import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.key_words import KeyWords, QrCode
from ui.widgets.labels import label

_QR = "A telephone's camera reads it as text, to be pasted under “Add somebody”."
_NO_NAME = "Give the name on the card first."


class MyCard(QWidget):
    """Shows nothing until it is asked for: a journal that exchanges no shares has no card.

    Signals:
        say(str): a calm line.
        missing(str): what is still needed.
        went_wrong(JournalError): as it says.
        grew(): more stands at its end than before.
    """

    say = Signal(str)
    missing = Signal(str)
    went_wrong = Signal(object)
    grew = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._mine: OwnCard | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        theme = context.theme
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("My card", "heading"))
        inside.addWidget(
            label(
                "Give it to those who share with you or read you. It holds a name and your address, and no secret. "
                "Then read them the words: if they see the same ones, nobody changed the card on its way."
            )
        )
        self.show_it = button(theme, "Show my card", self._on_show)
        inside.addWidget(self.show_it, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts = QWidget()
        parts = QVBoxLayout(self._parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(GAP["m"])
        name = label("The name on it")
        self.name = Line()
        name.setBuddy(self.name)
        self.name.setAccessibleName("The name on my card")
        self.name.editingFinished.connect(self._on_named)
        parts.addWidget(name)
        parts.addWidget(self.name)
        parts.addWidget(label("My words, to read aloud"))
        self.words = KeyWords(theme, "The words of my card")
        parts.addWidget(self.words)
        self._address = Line()
        self._address.setReadOnly(True)
        self._address.setAccessibleName("My address")
        parts.addWidget(self._address)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        self.save = button(theme, "Save my card…", self._on_save, icon_name="download-simple")
        self.copy = button(theme, "Copy it as text", self._on_copy, kind="quiet", icon_name="copy")
        self.qr = button(theme, "QR code", self._on_qr, kind="chip", icon_name="qr-code")
        for made in (self.save, self.copy, self.qr):
            flow.addWidget(made)
        parts.addWidget(buttons)
        self.code = QWidget()
        below = QVBoxLayout(self.code)
        below.setContentsMargins(0, 0, 0, 0)
        self._squares = QrCode(theme, "My card as a QR code")
        below.addWidget(self._squares, 0, Qt.AlignmentFlag.AlignLeft)
        self._qr_help = label("", "small")
        below.addWidget(self._qr_help)
        self.code.hide()
        parts.addWidget(self.code)
        self._parts.hide()
        inside.addWidget(self._parts)
        outer.addWidget(frame)

    def refresh(self) -> None:
        """The card may have another key by now."""
        if self._mine is not None:
            self._with_card(None)

    def _on_failed(self, error: JournalError) -> None:
        self.went_wrong.emit(error)

    @Slot()
    def _on_show(self) -> None:
        self._with_card(None)

    def _on_mine(self, mine: OwnCard) -> None:
        first, self._mine = self._mine is None, mine
        if first and mine.card is not None and not self.name.text():
            self.name.setText(mine.card.name)
        self.words.set_words(mine.words)
        self._address.setText(mine.recipient)
        self._address.setCursorPosition(0)
        self._squares.set_text(encode_card(mine.card) if mine.card is not None else "")
        self._qr_help.setText(_QR if mine.card is not None else _NO_NAME)
        had_focus = self.show_it.hasFocus()
        self.show_it.hide()
        self._parts.show()
        if had_focus:
            self.name.setFocus()

    def _with_card(self, then: Callable[[Card], None] | None) -> None:
        """Show the card under the name that stands in the field now, then do something with it."""
        op = partial(JournalService.own_card, name=None if self._mine is None else self.name.text())
        self.context.tasks.ask(op, partial(self._on_card, then), self._on_failed)

    def _on_card(self, then: Callable[[Card], None] | None, mine: OwnCard) -> None:
        self._on_mine(mine)
        if then is None:
            return
        if mine.card is None:
            self.missing.emit(_NO_NAME)
            self.name.setFocus()
        else:
            then(mine.card)

    @Slot()
    def _on_named(self) -> None:
        self._with_card(None)

    @Slot()
    def _on_save(self) -> None:
        self._with_card(self._save_card)

    def _save_card(self, mine: Card) -> None:
        path = self.context.prompter.save_path(self, "Keep my card as", file_name(mine), f"Contact cards (*{SUFFIX})")
        if path is not None:
            job = partial(write_new, Path(path), encode_card(mine).encode())
            self.context.tasks.run(job, self._on_saved, self._on_failed)

    def _on_saved(self, _none: object) -> None:
        self.say.emit("Your card is saved. It holds no secret.")

    @Slot()
    def _on_copy(self) -> None:
        self._with_card(self._copy_card)

    def _copy_card(self, mine: Card) -> None:
        clipboard.copy(encode_card(mine))
        self.say.emit("Your card is in the clipboard.")

    @Slot()
    def _on_qr(self) -> None:
        self.code.setVisible(self.qr.isChecked())
        if self.qr.isChecked():
            self.grew.emit()
