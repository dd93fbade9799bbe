"""Printing a short text. What a printer keeps is outside our hands; the dialog's title says nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from journal.errors import StorageFailed

_POINTS = 13
_WRAPPED = Qt.TextFlag.TextWordWrap
_TALLEST = 1e6


def print_text(parent: QWidget, text: str) -> bool:
    """Ask for a printer and print `text`. Returns whether it was printed.

    Raises:
        StorageFailed: the printer did not take it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Document")  # queues show this name
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted:
        draw_page(printer, text)
    return accepted


def draw_page(printer: QPrinter, text: str) -> None:
    """Print `text`, on as many pages as it takes."""
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageFailed("The printer did not take the page. Try another printer, or write the words by hand.")
    try:
        font = QFont(painter.font())
        font.setPointSize(_POINTS)
        painter.setFont(font)
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        margin = page.width() * 0.08
        area = QRectF(margin, margin, page.width() - 2 * margin, page.height() - 2 * margin)
        top = area.top()
        for line in text.split("\n"):  # paragraphs are kept together
            tall = painter.boundingRect(QRectF(0, 0, area.width(), _TALLEST), _WRAPPED, line or " ").height()
            if top > area.top() and top + tall > area.bottom():
                printer.newPage()
                top = area.top()
            painter.drawText(QRectF(area.left(), top, area.width(), tall), _WRAPPED, line)
            top += tall
    finally:
        painter.end()
