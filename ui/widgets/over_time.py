"""Check-ins over time across sessions: the picture, the same as a table, and what it can not show."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from journal.clock import later
from journal.records import SLIDERS
from journal.service import JournalService
from journal.trends import MoodChart
from ui import clipboard
from ui.charts import wall
from ui.charts.shapes import shape
from ui.context import Context
from ui.models.series_table import SeriesTable
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

RANGES: tuple[tuple[str, int | None], ...] = (
    ("Everything", None),
    ("Last 3 months", 92),
    ("Last 4 weeks", 28),
    ("Since the last session", 0),
)
CANNOT = (
    "One person's numbers, at the moments they chose to answer. Many things change at once, so this cannot show what "
    "caused a change. A line stops where there was no answer, and never crosses a gap. The sliders are this "
    "program's own; they are not a validated questionnaire."
)


class OverTimePanel(QWidget):
    """The picture and the table, made from the same answer of the service.

    Signals:
        go(Place), say(str): as those of a page.
        refused(JournalError): the answers could not be read.
    """

    go = Signal(object)
    say = Signal(str)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._data: MoodChart | None = None
        self._chart = None
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["l"])
        self._full = QWidget()
        full = QVBoxLayout(self._full)
        full.setContentsMargins(0, 0, 0, 0)
        full.setSpacing(GAP["m"])
        full.addWidget(self._make_chips())
        full.addWidget(self._make_bar())
        frame, inside = card(padding=GAP["m"])
        self._stack = QStackedWidget()
        self._holder = QWidget()
        self._holder_box = QVBoxLayout(self._holder)
        self._holder_box.setContentsMargins(0, 0, 0, 0)
        self._table_model = SeriesTable(self)
        self.table = self._make_table()
        self._stack.addWidget(self._holder)
        self._stack.addWidget(self.table)
        inside.addWidget(self._stack)
        self.reading = label(" ", "muted")
        inside.addWidget(self.reading)
        full.addWidget(frame, 1)
        full.addWidget(label(CANNOT, "small"))
        column.addWidget(self._full, 1)

        self._empty, inside = card("well", padding=GAP["xl"])
        inside.addWidget(
            label("A chart grows from check-ins: seven sliders, twenty seconds, whenever you like.", "lead")
        )
        first = button(theme, "Check in now", self._on_check_in, kind="primary")
        if not context.tasks.can_write:
            first.hide()
        inside.addWidget(first, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._empty)
        self._empty.hide()
        self._full.hide()

    def restyle(self) -> None:
        """The theme changed."""
        if self._chart is not None:
            self._chart.restyle()
        for number in range(len(SLIDERS)):
            self._chips.button(number).setIcon(self._swatch(number))
        self._fit_table()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stack.setMinimumHeight(self.context.theme.px(300))

    def ask(self) -> None:
        """Look at the answers again."""
        self.context.tasks.ask(JournalService.chart, self._on_chart, self.refused.emit)

    def _on_chart(self, data: MoodChart) -> None:
        self._data = data
        has = any(series.points for series in data.series)
        self._full.setVisible(has)
        self._empty.setVisible(not has)
        if not has:
            return
        if self._chart is None:
            # Imported now and not before: pyqtgraph would slow every start by its own weight.
            from ui.charts.mood_chart import MoodChartView

            self._chart = MoodChartView(self.context.theme)
            self._chart.set_shown(self._chosen())
            self._chart.read.connect(self._on_read)
            self._chart.opened.connect(self._on_opened)
            self._holder_box.addWidget(self._chart)
        self._chart.set_data(data)
        self._table_model.set_data(data)
        self._fit_table()
        for number, series in enumerate(data.series):
            self._chips.button(number).setEnabled(bool(series.points))
        self._apply_range()

    # -- what the person does ------------------------------------------------------------------------

    @Slot(int)
    def _on_chip(self, number: int) -> None:
        if not self._chosen():
            self._chips.button(number).setChecked(True)  # a chart of nothing helps nobody
        if self._chart is not None:
            self._chart.set_shown(self._chosen())

    @Slot(int)
    def _on_range(self, _number: int) -> None:
        self._apply_range()

    @Slot(bool)
    def _on_table(self, shown: bool) -> None:
        self._stack.setCurrentWidget(self.table if shown else self._holder)
        self.reading.setVisible(not shown)
        self.copy.setVisible(shown)

    @Slot()
    def _on_copy(self) -> None:
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        clipboard.copy(self._table_model.as_text(rows))
        self.say.emit("The chosen answers are in the clipboard." if rows else "The table is in the clipboard.")

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self.reading.setText(text or " ")

    @Slot(str)
    def _on_opened(self, eid: str) -> None:
        self.go.emit(Place("check-in", eid=eid))

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        self.go.emit(Place("check-in", eid=self._table_model.eid(index.row())))

    @Slot()
    def _on_check_in(self) -> None:
        self.go.emit(Place("check-in"))

    def _apply_range(self) -> None:
        if self._chart is None or self._data is None:
            return
        days = RANGES[self._ranges.checkedId()][1]
        now = self.context.clock.now()
        if days is None:
            self._chart.set_range(None, None)
        elif days:
            self._chart.set_range(wall.seconds(now - timedelta(days=days)), wall.seconds(now))
        else:
            past = [mark.at for mark in self._data.marks if mark.at <= now]
            start = later(past[-1], -timedelta(hours=12)) if past else now - timedelta(days=28)
            self._chart.set_range(wall.seconds(start), wall.seconds(now))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(s.name for number, s in enumerate(SLIDERS) if self._chips.button(number).isChecked())

    # -- parts ------------------------------------------------------------------------

    def _make_chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._chips = QButtonGroup(self)
        self._chips.setExclusive(False)
        for number, slider in enumerate(SLIDERS):
            chip = button(self.context.theme, slider.title, kind="chip")
            chip.setIcon(self._swatch(number))
            chip.setChecked(number == 0)
            chip.setToolTip(f"0 {slider.low}, 10 {slider.high}")
            self._chips.addButton(chip, number)
            flow.addWidget(chip)
        self._chips.idClicked.connect(self._on_chip)
        return holder

    def _make_bar(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._ranges = QButtonGroup(self)
        for number, (text, _) in enumerate(RANGES):
            choice = button(self.context.theme, text, kind="chip")
            choice.setChecked(number == 0)
            self._ranges.addButton(choice, number)
            flow.addWidget(choice)
        self._ranges.idClicked.connect(self._on_range)
        self.as_table = button(self.context.theme, "As a table", kind="chip", icon_name="table")
        self.as_table.toggled.connect(self._on_table)
        self.copy = button(self.context.theme, "Copy", self._on_copy, kind="quiet", icon_name="copy")
        self.copy.setToolTip("Copy the rows that are chosen, or the whole table (Ctrl+C)")
        self.copy.hide()
        flow.addWidget(self.as_table)
        flow.addWidget(self.copy)
        return holder

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._table_model)
        table.setAccessibleName("The same answers as a table, newest first")
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._on_copy)
        table.activated.connect(self._on_row)
        table.doubleClicked.connect(self._on_row)
        return table

    def _fit_table(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self.context.theme.px(34))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _swatch(self, number: int) -> QPixmap:
        """The slider's shape and colour, as the chart draws it. Drawn here so that the chips need no pyqtgraph."""
        side = self.context.theme.px(14)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.context.theme.tokens.series[number]))
            painter.drawPath(shape(number, side))
        return picture
