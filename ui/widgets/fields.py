"""Fields that give back exactly what was put in where nobody changed it, also what they cannot show.

Qt's own fields cut what is longer than they allow, and the larger one turns a no-break space into a space.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QToolButton, QWidget

from journal.records.base import MAX_LINE
from ui.widgets.editor.fidelity import Carrier
from ui.widgets.file_drops import Line, Lines


class LineEdit(Line):
    """A field of one line, for `MAX_LINE` characters. More than that is not taken; `inputRejected` tells of it."""

    def __init__(self) -> None:
        super().__init__()
        self._given = self._shown = ""
        self.setMaxLength(MAX_LINE)

    def set_value(self, text: str) -> None:
        """Show a text."""
        self.setMaxLength(max(MAX_LINE, len(text.encode("utf-16-le", "surrogatepass")) // 2))  # as Qt counts
        self.setText(text)
        self._given, self._shown = text, self.text()

    def value(self) -> str:
        """The text as it stands."""
        return self._given if self.text() == self._shown else self.text()


def name_signs(field: QLineEdit) -> None:
    """Names for the small buttons within a field to search by: Qt gives them none."""
    for made in field.findChildren(QToolButton):
        action = made.defaultAction()
        clears = action is not None and action.objectName() == "_q_qlineeditclearaction"
        made.setAccessibleName("Empty the search" if clears else "Search")


class TextArea(Lines):
    """A field of several lines. Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self._carrier = Carrier("")
        self.setTabChangesFocus(True)

    def set_value(self, text: str) -> None:
        """Show a text."""
        self._carrier = Carrier(text)
        self.setPlainText(self._carrier.to_document(text))

    def value(self) -> str:
        """The text as it stands."""
        lines = []
        block = self.document().begin()
        while block.isValid():
            lines.append(self._carrier.from_document(block.text()))
            block = block.next()
        return "\n".join(lines)


class StillWheel(QObject):
    """The wheel over a date, a number or a list changes it only where one is at it; else the page goes on."""

    def watch(self, page: QWidget) -> None:
        """For all such fields of a page, as it was built."""
        for kind in (QAbstractSpinBox, QComboBox):
            for field in page.findChildren(kind):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel itself
                field.installEventFilter(self)

    def eventFilter(self, field: QWidget, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not field.hasFocus():
            event.ignore()
            return True
        return False
