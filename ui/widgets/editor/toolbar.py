"""The row of formatting buttons. It shows what is on where the cursor stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from journal.records import Style
from ui.theme import Theme
from ui.widgets.buttons import tool
from ui.widgets.editor.editor import Editor

_BUTTONS: tuple[tuple[Style, str, str], ...] = (
    (Style.BOLD, "text-bolder", "Bold (Ctrl+B)"),
    (Style.ITALIC, "text-italic", "Italic (Ctrl+I)"),
    (Style.HEADING, "text-h", "Heading"),
    (Style.QUOTE, "quotes", "Quote"),
    (Style.BULLET, "list-bullets", "List"),
    (Style.NUMBER, "list-numbers", "Numbered list"),
)


class FormatBar(QWidget):
    """Buttons for an editor's styles. One stop for Tab; arrow keys go along it."""

    def __init__(self, theme: Theme, editor: Editor) -> None:
        super().__init__()
        self._editor = editor
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.group = QButtonGroup(self)
        self.group.setExclusive(False)
        for number, (_, icon_name, name) in enumerate(_BUTTONS):
            made = tool(theme, name, icon_name)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the text
            self.group.addButton(made, number)
            layout.addWidget(made)
        layout.addStretch(1)
        self.group.idClicked.connect(self._on_clicked)
        editor.styles_changed.connect(self._show)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self._editor.toggle(_BUTTONS[number][0])
        self._editor.setFocus()

    @Slot()
    def _show(self) -> None:
        for number, (style, _, _) in enumerate(_BUTTONS):
            self.group.button(number).setChecked(self._editor.has(style))
