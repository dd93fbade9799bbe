"""Printing a short text. What a printer keeps is outside our hands; the dialog's title says nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from journal.errors import StorageFailed

_POINTS = 13


def print_text(parent: QWidget, text: str) -> bool:
    """Ask for a printer and print `text` on one page. Returns whether it was printed.

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


def print_painted(parent: QWidget, paint: Callable[[QPainter, QRectF], None]) -> bool:
    """Ask for a printer and let `paint` fill one page, lying on its side. Returns whether it was printed.

    Raises:
        StorageFailed: the printer did not take it.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Document")
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted:
        paint_page(printer, paint)
    return accepted


def paint_page(printer: QPrinter, paint: Callable[[QPainter, QRectF], None]) -> None:
    """Let `paint` fill one page of `printer`."""
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageFailed("The printer did not take the page. Try another printer, or save the figure as a file.")
    try:
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        paint(painter, QRectF(0, 0, page.width(), page.height()))
    finally:
        painter.end()


def draw_page(printer: QPrinter, text: str) -> None:
    """Print `text` on one page of `printer`."""
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
        painter.drawText(area, Qt.TextFlag.TextWordWrap, text)
    finally:
        painter.end()
