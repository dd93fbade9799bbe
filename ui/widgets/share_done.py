"""The last step of a share: where the file is, the words that open it, and what to tell the reader."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import clipboard
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.labels import label, selectable

_WITH_WORDS = (
    "Give them the file by one way and the words by another: never both in one message.",
    "They open it with this program (“Read a share”), or with any program that reads age files.",
    "The words stay here until you press “Done”, even if the journal locks. They are not kept after that.",
)
_WITH_ADDRESS = (
    "Only the reader it was made for can open it. You cannot open it again yourself.",
    "They open it with this program (“Read a share”), or with any program that reads age files.",
)
_IN_A_BROWSER = (
    "Give them the file by one way and the words by another: never both in one message.",
    "What you could tell them: “Save the file, then open it with Firefox, Chrome, Edge or Safari, and type the nine "
    "words I tell you. Nothing is installed, and it works without a connection. Close it when you have read it.”",
    "Previews in mail programs and on telephones often cannot open it. This program can (“Read a share”).",
    "The words stay here until you press “Done”, even if the journal locks. They are not kept after that.",
)
_ALWAYS = (
    "Nothing can call a share back. Once they have it, it may become part of their own records.",
    "The journal notes what you shared, when and for whom. You find it under “What I shared before”.",
)


class ShareDone(QWidget):
    """Shows a share that was just made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        column = self.column = Column(width=760, name="The share is made")
        body.addWidget(column)
        self._file = selectable(label(""))
        self._file.setAccessibleName("Where the file is")
        column.body.addWidget(self._file)
        self._words_card, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("The words that open it", "eyebrow"))
        self.words = selectable(label("", "title"))
        self.words.setAccessibleName("The words that open the share")
        inside.addWidget(self.words)
        copy = button(theme, "Copy the words", self._on_copy, kind="quiet", icon_name="copy")
        inside.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._copied = label("", "small")
        inside.addWidget(self._copied)
        column.body.addWidget(self._words_card)
        self._advice = label("")
        column.body.addWidget(self._advice)
        column.body.addStretch(1)

    def show_share(self, path: Path, passphrase: str, to: str, *, browser: bool = False) -> None:
        """Show where it is and, if it has them, the words. With `browser` it is a page for one."""
        self._file.setText(f"The file for {to} is here:\n{path}" if to else f"The file is here:\n{path}")
        self.words.setText(passphrase)
        self._words_card.setVisible(bool(passphrase))
        self._copied.setText("")
        lines = _IN_A_BROWSER if browser else _WITH_WORDS if passphrase else _WITH_ADDRESS
        self._advice.setText("\n\n".join((*lines, *_ALWAYS)))

    def forget(self) -> None:
        """Let go of the words."""
        for shown in (self.words, self._file, self._copied):
            shown.setText("")

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy_secret(self.words.text())
        self._copied.setText("Copied. The clipboard is cleared again after a minute.")
