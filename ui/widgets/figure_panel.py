"""A figure with all that belongs to it: its legend, its table, the sentence being read, what it can not show, and the
ways out of the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import clipboard
from ui.charts.figure import Figure
from ui.charts.shapes import shape
from ui.models.figure_table import FigureTable
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, clear
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.charts.view import FigureView

RANGES = (("Last 4 weeks", 28), ("Last 3 months", 92), ("Last year", 366))  # of what is drawn
_DAY = 86_400.0  # seconds
_FORMS = (
    ("Picture (PNG)…", "png"), ("Drawing (SVG)…", "svg"), ("Page (PDF)…", "pdf"), ("Table (CSV)…", "csv"),
)  # fmt: skip
_MOST_CHIPS = 12  # lines with a button of their own in the legend


class FigurePanel(QWidget):
    """Signals:
    opened(str): the id of an entry that the person wants to see.
    said(str): one calm line for the status bar.
    save_wanted(str): "png", "svg" or "csv": the figure is to become a file.
    print_wanted(): it is to go to a printer.
    """

    opened = Signal(str)
    said = Signal(str)
    save_wanted = Signal(str)
    print_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figure: Figure | None = None
        self._view: FigureView | None = None
        self.hidden: frozenset[str] = frozenset()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        self._legend = QWidget()
        self._legend_box = QVBoxLayout(self._legend)
        self._legend_box.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._legend)
        frame, inside = card(padding=GAP["m"])
        self._stack = QStackedWidget()
        self._holder = QWidget()
        self._holder_box = QVBoxLayout(self._holder)
        self._holder_box.setContentsMargins(0, 0, 0, 0)
        self._model = FigureTable(self)
        self.table = self._make_table()
        self._stack.addWidget(self._holder)
        self._stack.addWidget(self.table)
        inside.addWidget(self._stack)
        self.reading = label(" ", "muted")
        inside.addWidget(self.reading)
        self._frame = frame
        body.addWidget(frame, 1)
        self._empty, inside = card("well", padding=GAP["xl"])
        self._waits = label("", "lead")
        inside.addWidget(self._waits)
        body.addWidget(self._empty)
        self._bar = self._make_bar()
        body.addWidget(self._bar)
        self._notes = label("")
        body.addWidget(self._notes)
        self._cannot = label("", "small")
        body.addWidget(self._cannot)

    @property
    def view(self) -> FigureView | None:
        """What draws it, once something was drawn."""
        return self._view

    def set_figure(self, figure: Figure) -> None:
        """Show another figure."""
        if self.figure is None or self.figure.key != figure.key:
            self.hidden = frozenset()
        self.figure = figure
        self.hidden &= {line.name for line in figure.lines}
        self._model.set_table(figure.table)
        self._fit_table()
        self._frame.setVisible(not figure.is_empty)
        self._bar.setVisible(not figure.is_empty)
        self._empty.setVisible(figure.is_empty)
        self._waits.setText(figure.empty)
        self._notes.setText("\n".join(figure.notes))
        self._notes.setVisible(bool(figure.notes))
        self._cannot.setText(figure.cannot)
        for made in self._ranges:
            made.setVisible(figure.x.kind == "days")
        self._make_legend(figure)
        if not figure.is_empty:
            self._ensure().set_figure(figure)
            self._view.set_hidden(self.hidden)

    def restyle(self) -> None:
        """The theme or the text size changed."""
        self._stack.setMinimumHeight(self._theme.px(320))
        self._fit_table()
        if self._view is not None:
            self._view.restyle()
        if self.figure is not None:
            self._make_legend(self.figure)

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_table(self, shown: bool) -> None:
        self._stack.setCurrentWidget(self.table if shown else self._holder)
        self.reading.setVisible(not shown)
        self._legend.setVisible(not shown and self._legend_box.count() > 0)

    @Slot()
    def _on_copy(self) -> None:
        from ui.charts import export

        assert self.figure is not None
        if self._stack.currentWidget() is self.table:
            rows = tuple(sorted({index.row() for index in self.table.selectionModel().selectedRows()}))
            clipboard.copy(export.as_text(self.figure, rows))
            self.said.emit("The chosen rows are in the clipboard." if rows else "The table is in the clipboard.")
        else:
            clipboard.copy_image(export.as_image(self.figure, hidden=self.hidden))
            self.said.emit("The picture is in the clipboard.")

    def _on_range(self, days: int, _on: bool = False) -> None:
        if self._view is not None and self.figure is not None:
            last = max((spot.x for spot in self.figure.spots), default=0.0)
            self._view.set_range(last - days * _DAY, last)

    @Slot()
    def _on_everything(self) -> None:
        if self._view is not None:
            self._view.set_range()

    @Slot()
    def _on_save(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, name in _FORMS:
            menu.addAction(text).setData(name)
        menu.triggered.connect(self._on_form)
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))

    @Slot(QAction)
    def _on_form(self, action: QAction) -> None:
        self.save_wanted.emit(action.data())

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self.reading.setText(text or " ")

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        eid = self._model.eid(index.row())
        if eid is not None:
            self.opened.emit(eid)

    @Slot(QAbstractButton, bool)
    def _on_line(self, chip: QAbstractButton, shown: bool) -> None:
        name = chip.property("line")
        self.hidden = self.hidden - {name} if shown else self.hidden | {name}
        if self._view is not None:
            self._view.set_hidden(self.hidden)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _ensure(self) -> FigureView:
        if self._view is None:
            # Imported now and not before: pyqtgraph would slow every start by its own weight.
            from ui.charts.view import FigureView

            self._view = FigureView(self._theme)
            self._view.read.connect(self._on_read)
            self._view.opened.connect(self.opened)
            self._holder_box.addWidget(self._view)
            self._stack.setMinimumHeight(self._theme.px(320))
        return self._view

    def _make_bar(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self.as_table = button(self._theme, "As a table", kind="chip", icon_name="table")
        self.as_table.toggled.connect(self._on_table)
        self.copy = button(self._theme, "Copy", self._on_copy, kind="quiet", icon_name="copy")
        self.copy.setToolTip("Copy the picture, or of the table the rows that are chosen (Ctrl+C)")
        self.save = button(self._theme, "Save as…", self._on_save, kind="quiet", icon_name="download-simple")
        self.print = button(self._theme, "Print…", self.print_wanted, kind="quiet", icon_name="printer")
        self.everything = button(
            self._theme, "Show everything", self._on_everything, kind="quiet", icon_name="arrows-out"
        )
        self._ranges = []
        for text, days in RANGES:
            made = button(self._theme, text, partial(self._on_range, days), kind="quiet")
            self._ranges.append(made)
            flow.addWidget(made)
        for made in (self.as_table, self.everything, self.copy, self.save, self.print):
            flow.addWidget(made)
        return holder

    def _make_legend(self, figure: Figure) -> None:
        clear(self._legend_box)
        self._lines = QButtonGroup(self)
        self._lines.setExclusive(False)
        lines = figure.lines if len(figure.lines) <= _MOST_CHIPS else tuple(one for one in figure.lines if one.strong)
        self._legend.setVisible(len(lines) > 1 and not self.as_table.isChecked())
        if len(lines) < 2:
            return
        holder = QWidget()
        flow = FlowLayout(holder)
        for line in lines:
            chip = button(self._theme, line.name, kind="chip")
            chip.setAccessibleName(f"Show {line.name}")
            color = QColor(self._theme.tokens.series[line.number % len(self._theme.tokens.series)])
            if line.quiet:
                color.setAlphaF(0.25 + 0.65 * line.order)
            chip.setIcon(_swatch(line.number, color, self._theme.px(14)))
            chip.setChecked(line.name not in self.hidden)
            chip.setProperty("line", line.name)
            self._lines.addButton(chip)
            flow.addWidget(chip)
        self._lines.buttonToggled.connect(self._on_line)
        self._legend_box.addWidget(holder)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName("The same as a table")
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self._on_copy)
        table.activated.connect(self._on_row)
        table.doubleClicked.connect(self._on_row)
        return table

    def _fit_table(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(34))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def _swatch(number: int, color: QColor, side: int) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPath(shape(number % 7, side))
    return picture
