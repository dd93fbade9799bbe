"""Paper, filled from above: texts, facts, tables and room for pictures, from page to page.

Letters stay letters, so that they can be searched and copied. Everything can be told apart in grey. Nothing but the
bytes that are given back is made, and they name neither the program's user nor where that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QRectF
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from ui.charts.paper import Paper, as_typed
from ui.charts.stamp import day_only

_DOTS = 600  # an inch
_MARGIN = 17.0  # mm


@dataclass(frozen=True)
class Role:
    """How a line of text looks: points, weight, colour, and the room above it in points."""

    size: float
    bold: bool = False
    italic: bool = False
    color: str = "ink"
    above: float = 2.0


ROLES = {
    "title": Role(19, bold=True, above=0),
    "heading": Role(13, bold=True, above=12),
    "lead": Role(11, bold=True, above=8),
    "part": Role(10.5, bold=True, above=7),
    "name": Role(10, bold=True, above=3),
    "body": Role(9.5, above=3),
    "small": Role(8, color="muted", above=3),
    "tiny": Role(7, color="muted", above=2),
    "cell": Role(8.5, above=0),
    "cell-head": Role(8, bold=True, color="muted", above=0),
}
_Cell = tuple[str, QTextLayout, list[QTextLine]]  # of a table: its role, and its lines with what holds them
Span = tuple[int, int, bool, bool]  # from, length (UTF-16 units), bold, italic


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    level: int
    title: str
    page: int


@dataclass
class Pages:
    """One document. `footer` stands below each page; `of` is how many pages there are, 0 where nobody knows yet.

    `blank`: everything takes its room, and nothing is drawn; to see on which page what will stand.
    """

    family: str
    footer: str
    of: int = 0
    blank: bool = False
    entries: list[Entry] = field(default_factory=list)
    page: int = 1

    def __post_init__(self) -> None:
        self._data = QByteArray()
        self._buffer = QBuffer(self._data)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.device = QPdfWriter(self._buffer)
        self.device.setResolution(_DOTS)
        self.device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
        self.device.setTitle("From an integration journal")
        self.device.setCreator("")
        self.paper = Paper()
        self._fonts = {role: _font(self.family, look) for role, look in ROLES.items()}
        self._colors = {role: self.paper.color(look.color) for role, look in ROLES.items()}
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._option.setUseDesignMetrics(True)
        self.painter = QPainter(self.device)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.device.pageLayout().paintRectPixels(_DOTS)
        self.width = float(whole.width())
        self._bottom = float(whole.height()) - self.pt(20)
        self.y = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """End it, also where drawing failed: a painter that outlives its paper takes the whole program along."""
        if self.painter.isActive():
            self.painter.end()

    def finish(self, day: date) -> bytes:
        """End it. The PDF says that it was made on `day`, and no time: the clock's offset would tell a place."""
        self._draw_footer()
        self.painter.end()
        self._buffer.close()
        return day_only(bytes(self._data.data()), day)

    def pt(self, points: float) -> float:
        """Points as dots of this paper."""
        return points * _DOTS / 72

    @property
    def room(self) -> float:
        """What is left of this page."""
        return self._bottom - self.y

    def need(self, height: float) -> bool:
        """Begin a new page where `height` does not fit on this one. Returns whether it did."""
        if height <= self.room or self.y == 0.0:
            return False
        self.new_page()
        return True

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._draw_footer()  # last on its page, and last where it is read aloud or copied
        if not self.blank:
            self.device.newPage()
        self.page += 1
        self.y = 0.0

    def gap(self, points: float) -> None:
        """Leave room, but none at the top of a page."""
        if self.y:
            self.y += self.pt(points)

    def area(self, points: float) -> QRectF:
        """Room for a picture, on one page."""
        height = self.pt(points)
        self.need(height)
        area = QRectF(0, self.y, self.width, height)
        self.y += height
        return area

    # -- texts ------------------------------------------------------------------------

    def text(
        self, text: str, role: str = "body", *, indent: float = 0, before: str = "", spans: Sequence[Span] = ()
    ) -> None:
        """A paragraph, over pages if need be. `before`: what hangs left of it, such as a list's mark."""
        look = ROLES[role]
        self.gap(look.above)
        left = self.pt(indent)
        layout, lines = self.lines(text, role, self.width - left, spans)
        ahead = self.pt(34) if look.bold and look.size > 9.5 else 0  # a heading never stands alone at the bottom
        self.need(sum(line.height() for line in lines[:2]) + ahead)
        for number, line in enumerate(lines):
            self.need(line.height())
            if number == 0 and before:
                hung, (first, *_) = self.lines(before, role, left, ())
                self.draw(first, role, left - self.pt(4) - first.naturalTextWidth(), self.y)
                del hung
            self.draw(line, role, left, self.y)
            self.y += line.height()
        del layout

    def heading(self, text: str, level: int = 1, role: str = "") -> None:
        """A heading, which also stands in the contents."""
        role = role or ("heading", "part")[level - 1]
        look = ROLES[role]
        self.gap(look.above)
        # What follows stands with it: below the heading of a part there may be another one first.
        self.need(self.pt(look.size * 1.3 * 2 + (90 if level == 1 else 34)))
        self.entries.append(Entry(level, text, self.page))
        self.text(text, role)

    def lines(
        self, text: str, role: str, width: float, spans: Sequence[Span] = ()
    ) -> tuple[QTextLayout, list[QTextLine]]:
        """`text` broken to `width`; the lines live as long as the layout."""
        layout = QTextLayout(text or " ", self._fonts[role], self.device)
        layout.setTextOption(self._option)
        if spans:
            layout.setFormats([_format(span) for span in spans])
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, self.pt(20)))
            line.setPosition(QPointF(0, 0))
            lines.append(line)
        layout.endLayout()
        return layout, lines

    def draw(self, line: QTextLine, role: str, x: float, y: float) -> None:
        """One line at a place."""
        if not self.blank:
            self.painter.setPen(self._colors[role])
            line.draw(self.painter, QPointF(x, y))

    def rule(self, left: float, right: float, y: float, *, token: str = "line", wide: float = 0.35) -> None:
        """A line from `left` to `right`, `wide` in points."""
        if not self.blank:
            self.painter.setPen(QPen(self.paper.color(token), self.pt(wide)))
            self.painter.drawLine(QLineF(left, y, right, y))

    # -- tables ------------------------------------------------------------------------

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Labels and what belongs to them."""
        self.table(tuple(rows), heads=False)

    def table(self, rows: Sequence[Sequence[str]], *, heads: bool = True, right: Sequence[int] = ()) -> None:
        """Rows of cells. The first row heads the columns, and does so again on each page; or the first of each row
        names it. Columns in `right` are set to the right."""
        if not rows:
            return
        self.gap(4)
        widths = self._widths(rows, heads=heads)
        for number, row in enumerate(rows):
            head = heads and number == 0
            cells = self._cells(row, widths, heads=heads, head=head)
            height = max(sum(line.height() for line in lines) for _, _, lines in cells) + self.pt(4)
            if self.need(min(height, self._bottom)) and heads and not head:
                self._row(self._cells(rows[0], widths, heads=heads, head=True), widths, right)
                self._below(head=True)
            self._row(cells, widths, right)
            if heads:
                self._below(head=head)
        self.gap(3)

    def _cells(self, row: Sequence[str], widths: Sequence[float], *, heads: bool, head: bool) -> list[_Cell]:
        roles = ["cell-head" if head or (not heads and column == 0) else "cell" for column in range(len(row))]
        return [(roles[column], *self.lines(text, roles[column], widths[column])) for column, text in enumerate(row)]

    def _row(self, cells: Sequence[_Cell], widths: Sequence[float], right: Sequence[int]) -> None:
        for number in range(max(len(lines) for _, _, lines in cells)):
            height = max(lines[number].height() for _, _, lines in cells if number < len(lines))
            self.need(height)
            x = 0.0
            for column, (role, _, lines) in enumerate(cells):
                if number < len(lines):
                    line = lines[number]
                    over = widths[column] - line.naturalTextWidth() if column in right else 0.0
                    self.draw(line, role, x + over, self.y)
                x += widths[column] + self.pt(8)
            self.y += height
        self.y += self.pt(1.5)

    def _below(self, *, head: bool) -> None:
        self.rule(0, self.width, self.y, token="muted" if head else "line", wide=0.7 if head else 0.35)
        self.y += self.pt(1.5)

    def _widths(self, rows: Sequence[Sequence[str]], *, heads: bool) -> list[float]:
        """As wide as the widest cell where all fit; else the wide columns share what the narrow ones leave."""
        gaps = self.pt(8) * (len(rows[0]) - 1)
        wanted = [0.0] * len(rows[0])
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                bold = (heads and number == 0) or (not heads and column == 0)
                wide = self._natural(text, "cell-head" if bold else "cell")
                wanted[column] = max(wanted[column], wide)
        room = self.width - gaps
        widths = list(wanted)
        narrow: set[int] = set()
        while sum(widths) > room:
            left = room - sum(wanted[column] for column in narrow)
            wide_ones = [column for column in range(len(wanted)) if column not in narrow]
            share = left / len(wide_ones)
            fits = {column for column in wide_ones if wanted[column] <= share}
            if not fits:
                whole = sum(wanted[column] for column in wide_ones)
                least = 0.5 * share  # no column is starved by a very long neighbour
                spare = left - least * len(wide_ones)
                for column in wide_ones:
                    widths[column] = least + spare * wanted[column] / whole
                break
            narrow |= fits
        return widths

    def _natural(self, text: str, role: str) -> float:
        layout, lines = self.lines(text[:400], role, self.width * 4)
        wide = max(line.naturalTextWidth() for line in lines)
        del layout
        return wide + self.pt(0.5)

    def _draw_footer(self) -> None:
        top = self._bottom + self.pt(8)
        number = f"Page {self.page} of {self.of}" if self.of else f"Page {self.page}"
        for text, right in ((self.footer, False), (number, True)):
            layout, (line, *_) = self.lines(text, "small", self.width)
            self.draw(line, "small", self.width - line.naturalTextWidth() if right else 0.0, top)
            del layout


def painted(draw: Callable[[Pages, list[Entry]], None], family: str, footer: str, day: date) -> bytes:
    """Let `draw` fill a document; it is given the contents, which it may show.

    First it is laid out without them, then with them and the wrong pages, which take as much room as the right ones.
    """
    entries: list[Entry] = []
    count = 0
    for _ in range(2):
        with Pages(family, footer, count, blank=True) as pages:
            draw(pages, entries)
            entries, count = pages.entries, pages.page
    with Pages(family, footer, count) as pages:
        draw(pages, entries)
        return pages.finish(day)


def _font(family: str, look: Role) -> QFont:
    font = QFont(family)
    font.setPointSizeF(look.size)
    font.setBold(look.bold)
    font.setItalic(look.italic)
    return as_typed(font)


def _format(span: Span) -> QTextLayout.FormatRange:
    start, length, bold, italic = span
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    look = QTextCharFormat()
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    look.setFontItalic(italic)
    made.format = look
    return made
