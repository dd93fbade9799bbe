"""Printing a short text. What a printer keeps is outside our hands; the dialog's title says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from journal.errors import StorageFailed

_POINTS = 13
_MOST = 900  # characters drawn at once: less than a page


def print_text(parent: QWidget, text: str) -> bool:
    """Ask for a printer and print `text`, on as many pages as it takes. Returns whether it was printed.

    Raises:
        StorageFailed: the printer did not take it.
    """
    return _print(parent, partial(draw_page, text=text))


def _print(
    parent: QWidget,
    draw: Callable[[QPrinter], None],
    lying: QPageLayout.Orientation = QPageLayout.Orientation.Portrait,
) -> bool:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Document")  # queues show this name
    printer.setPageOrientation(lying)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted:
        draw(printer)
    return accepted


def print_painted(parent: QWidget, paint: Callable[[QPainter, QRectF], None]) -> bool:
    """Ask for a printer and let `paint` fill one page, lying on its side. Returns whether it was printed.

    Raises:
        StorageFailed: the printer did not take it.
    """
    return _print(parent, partial(paint_page, paint=paint), QPageLayout.Orientation.Landscape)


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
    """Print `text` on as many pages of `printer` as it needs."""
    painter, area = _begin(printer)
    try:
        top = area.top()
        for part in _parts(text):
            room = QRectF(area.left(), 0, area.width(), 1_000_000)
            high = painter.boundingRect(room, Qt.TextFlag.TextWordWrap, part or " ").height()
            if top + high > area.bottom() and top > area.top():
                printer.newPage()
                top = area.top()
            painter.drawText(QRectF(area.left(), top, area.width(), high), Qt.TextFlag.TextWordWrap, part)
            top += high
    finally:
        painter.end()


def _parts(text: str) -> Iterator[str]:
    """The lines of a text; a very long one in pieces that fit on a page."""
    for line in text.splitlines():
        while len(line) > _MOST:
            cut = line.rfind(" ", 1, _MOST) + 1 or _MOST
            yield line[:cut]
            line = line[cut:]
        yield line


def _begin(printer: QPrinter) -> tuple[QPainter, QRectF]:
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageFailed("The printer did not take the page. Try another printer, or write the words by hand.")
    font = QFont(painter.font())
    font.setPointSize(_POINTS)
    painter.setFont(font)
    page = printer.pageRect(QPrinter.Unit.DevicePixel)
    margin = page.width() * 0.08
    return painter, QRectF(margin, margin, page.width() - 2 * margin, page.height() - 2 * margin)
