"""A figure as a file or a page: PNG, SVG and CSV, and painted into any QPainter (the clipboard's picture, a PDF).

Pictures are in the colours for paper, whatever the window shows, and carry their title, their legend, and what they
can not show besides. Nothing names the person, the journal or the program's user.
"""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from journal.exchange import csv_text
from ui.charts import swatch
from ui.charts.figure import Figure
from ui.charts.paper import Paper, as_typed
from ui.charts.stamp import day_only
from ui.charts.swatch import Swatch
from ui.charts.view import FigureView

SIZE = QSize(1200, 800)
_MARGIN = 32


def as_csv(figure: Figure) -> bytes:
    """The table, for a spreadsheet: UTF-8 with a mark at its beginning, and nothing in it that one would work out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(figure.table.head)
    writer.writerows([_harmless(cell) for cell in row] for row in figure.table.rows)
    return ("\ufeff" + out.getvalue()).encode()


def as_text(figure: Figure, rows: tuple[int, ...] = ()) -> str:
    """The rows (or all) with tabs between, for the clipboard."""
    chosen = [figure.table.rows[row] for row in rows] or figure.table.rows
    return "".join("\t".join(line) + "\n" for line in (figure.table.head, *chosen))


def as_png(figure: Figure, *, hidden: frozenset[str] = frozenset()) -> bytes:
    """A picture of 2400 by 1600 dots."""
    image = as_image(figure, hidden=hidden)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


def as_image(figure: Figure, *, hidden: frozenset[str] = frozenset()) -> QImage:
    """The same, in memory."""
    image = QImage(SIZE * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        paint_figure(figure, painter, QRectF(0, 0, SIZE.width(), SIZE.height()), hidden=hidden)
    finally:
        painter.end()
    return image


def as_svg(figure: Figure, *, hidden: frozenset[str] = frozenset()) -> bytes:
    """Lines that stay sharp at any size."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    maker = QSvgGenerator()
    maker.setOutputDevice(buffer)
    maker.setSize(SIZE)
    maker.setViewBox(QRect(0, 0, SIZE.width(), SIZE.height()))
    maker.setTitle(figure.title)
    painter = QPainter(maker)
    try:
        paint_figure(figure, painter, QRectF(0, 0, SIZE.width(), SIZE.height()), hidden=hidden)
    finally:
        painter.end()
    return bytes(data)


def as_pdf(figure: Figure, *, hidden: frozenset[str] = frozenset()) -> bytes:
    """One page, A4 lying on its side, with letters that can be searched and copied."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setTitle(figure.title)
    writer.setCreator("")
    writer.setResolution(150)
    painter = QPainter(writer)
    try:
        page = writer.pageLayout().paintRectPixels(writer.resolution())
        paint_figure(figure, painter, QRectF(0, 0, page.width(), page.height()), hidden=hidden)
    finally:
        painter.end()
    buffer.close()
    return day_only(bytes(data.data()))


def paint_figure(figure: Figure, painter: QPainter, area: QRectF, *, hidden: frozenset[str] = frozenset()) -> None:
    """Paint title, legend, plot, notes and what it can not show into `area` (best 1200 by 800 units)."""
    scale = area.width() / SIZE.width()
    inner = area.adjusted(_MARGIN * scale, _MARGIN * scale, -_MARGIN * scale, -_MARGIN * scale)
    font = as_typed(QApplication.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.GlobalColor.black)
    top = _write(painter, font, figure.title, inner, 24 * scale, bold=True)
    font.setPixelSize(round(14 * scale))
    painter.setFont(font)
    top = _legend(painter, figure.without(hidden), QRectF(inner.left(), top, inner.width(), 0), scale)
    below = "\n".join(one for one in (figure.signs, *figure.notes, figure.cannot) if one)
    font.setPixelSize(round(13 * scale))
    painter.setFont(font)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
    needed = painter.boundingRect(QRectF(inner.left(), 0, inner.width(), 10_000), flags, below).height()
    painter.drawText(QRectF(inner.left(), inner.bottom() - needed, inner.width(), needed), flags, below)
    room = QRectF(inner.left(), top + 12 * scale, inner.width(), inner.bottom() - needed - top - 24 * scale)
    view = FigureView(Paper(line=scale * painter.device().devicePixelRatio(), sign=scale))
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(round(room.width() / scale), round(room.height() / scale))
    view.set_figure(figure, hidden)
    view.show()  # nowhere: it lays out what is painted
    _scene_into(view, painter, room)
    view.close()
    view.deleteLater()


def _legend(painter: QPainter, figure: Figure, place: QRectF, scale: float) -> float:
    """What stands for which line, and for which way a dose was given, in as many rows as it takes. Returns where the
    last of them ends."""
    paper = Paper()
    own, shared = swatch.parted([line for line in figure.lines if line.runs])
    entries = [(swatch.of_line(line, paper), line.name) for line in own]
    if shared:
        entries.insert(0, (swatch.of_line(shared[-1], paper), f"{len(shared)} others"))
    if len(figure.lines) < 2 and len(entries) == 1 and entries[0][1] == figure.title:
        entries = []  # the title says it
    warm = paper.color("warm")
    entries += [(Swatch(number, warm), f"Sessions: {name}") for name, number in swatch.sorts(figure)]
    letters = QFontMetricsF(painter.font(), painter.device())
    high, sign, gap = letters.height(), 14 * scale, 8 * scale
    x, y = place.left(), place.top() + (10 * scale if entries else 0)
    for number, (one, name) in enumerate(entries):
        stroke = 30 * scale if one.stroke else sign
        wide = stroke + gap + letters.horizontalAdvance(name)
        if number and x + wide > place.right():
            x, y = place.left(), y + high + gap
        swatch.draw(painter, one, QRectF(x, y + (high - sign) / 2, stroke, sign))
        painter.drawText(QPointF(x + stroke + gap, y + letters.ascent()), name)
        x += wide + 3 * gap
    return y + high if entries else y


def _scene_into(view: FigureView, painter: QPainter, room: QRectF) -> None:
    scene = view.scene()
    if scene is not None:
        scene.prepareForPaint()
        scene.render(painter, room, QRectF(view.rect()))


def _write(painter: QPainter, font: QFont, text: str, inner: QRectF, size: float, *, bold: bool) -> float:
    heading = QFont(font)
    heading.setPixelSize(round(size))
    heading.setBold(bold)
    painter.setFont(heading)
    flags = int(Qt.TextFlag.TextWordWrap)
    box = painter.boundingRect(QRectF(inner.left(), inner.top(), inner.width(), 10_000), flags, text)
    painter.drawText(box, flags, text)
    return box.bottom()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets a mark before it, unless it is a plain number."""
    return cell if _is_number(cell) else csv_text.cell(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
