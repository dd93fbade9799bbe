"""The eight words of a card, large and numbered, to be read aloud; and the card as a QR code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.tokens import ON_PAPER
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_COLUMNS = 2
_QUIET = 4  # modules of white around a code, as its standard asks
_MODULE = 4  # px at 100 %


class KeyWords(QFrame):
    """Two columns, read down each as recovery words are. They stand so at every size: two people who compare them
    from afar see the same shape."""

    def __init__(self, theme: Theme, name: str = "Words to compare") -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.setProperty("role", "well")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], GAP["m"])
        self._grid.setVerticalSpacing(GAP["m"])
        self._grid.setHorizontalSpacing(GAP["m"])
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    @property
    def words(self) -> tuple[str, ...]:
        return self._words

    def set_words(self, words: tuple[str, ...]) -> None:
        """Show these."""
        self._words = words
        # One element for screen readers, read in order.
        self.setAccessibleDescription(", ".join(f"{n}: {word}" for n, word in enumerate(words, 1)))
        self._arrange()

    def _arrange(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        rows = max(1, -(-len(self._words) // _COLUMNS))
        for place, word in enumerate(self._words):
            cell = label(f"{place + 1}.  {word}", "lead", wrap=False)
            self._grid.addWidget(cell, place % rows, place // rows)


class QrCode(QWidget):
    """Text as a QR code, dark on white in every scheme: many readers know no other."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[list[bool]] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show `text`; empty text takes the code away."""
        self._rows = []
        if text:
            import segno  # loaded when somebody wants a code

            made = segno.make_qr(text, error="m", encoding="utf-8")
            self._rows = [[bool(module) for module in row] for row in made.matrix]
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = (len(self._rows) + 2 * _QUIET) * self._module() if self._rows else 0
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        module = self._module()
        painter.fillRect(self.rect(), QColor(ON_PAPER.paper))
        dark = QColor(ON_PAPER.ink)
        for y, row in enumerate(self._rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    spot = QRectF((x + _QUIET) * module, (y + _QUIET) * module, module, module)
                    painter.fillRect(spot, dark)
        painter.end()

    def _module(self) -> int:
        return max(3, min(6, self._theme.px(_MODULE)))
