"""A figure with all that belongs to it: its legend, its table, the sentence being read, what it can not show, and the
ways out of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui import clipboard
from ui.charts.figure import Figure
from ui.models.figure_table import FigureTable
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.legend import Legend
from ui.widgets.twin import Twin

if TYPE_CHECKING:
    from ui.charts.view import FigureView

_SINCE = 0  # stands for the days since the last session
RANGES: tuple[tuple[str, int | None], ...] = (
    ("Everything", None),
    ("Last year", 366),
    ("Last 3 months", 92),
    ("Last 4 weeks", 28),
    ("Since the last session", _SINCE),
)
_DAY = 86_400.0  # seconds
_FORMS = (
    ("Picture (PNG)…", "png"), ("Drawing (SVG)…", "svg"), ("Page (PDF)…", "pdf"), ("Table (CSV)…", "csv"),
)  # fmt: skip
_BEGINS = {"check-in": "Check in now"}  # what begins a figure, and the button that leads there


class FigurePanel(QWidget):
    """`can_write`: whether the journal can be added to, so that a figure without anything leads to its beginning.

    Signals:
        opened(str): the id of an entry that the person wants to see.
        begun(str): the name of the place where a figure begins.
        said(str): one calm line for the status bar.
        save_wanted(str): "png", "svg", "pdf" or "csv": the figure is to become a file.
        print_wanted(): it is to go to a printer.
    """

    opened = Signal(str)
    begun = Signal(str)
    said = Signal(str)
    save_wanted = Signal(str)
    print_wanted = Signal()

    def __init__(self, theme: Theme, *, can_write: bool = True) -> None:
        super().__init__()
        self._theme, self._can_write = theme, can_write
        self.figure: Figure | None = None
        self._view: FigureView | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        self.legend = Legend(theme)
        self.legend.changed.connect(self._on_lines)
        body.addWidget(self.legend)
        self._times = self._make_ranges()
        body.addWidget(self._times)
        self._empty, inside = card("well", padding=GAP["xl"])
        self._waits = label("", "lead")
        inside.addWidget(self._waits)
        self._begin = button(theme, "", self._on_begin, kind="primary")
        inside.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._empty)
        frame, inside = card(padding=GAP["m"])
        self._stack = QStackedWidget()
        self._holder = QWidget()
        self._holder_box = QVBoxLayout(self._holder)
        self._holder_box.setContentsMargins(0, 0, 0, 0)
        self._model = FigureTable(self)
        self.table = Twin(self._model, "The same as a table")
        self.table.copy_wanted.connect(self._on_copy)
        self.table.row_opened.connect(self._on_row)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._holder)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self._on_copy)
        self._stack.addWidget(self._holder)
        self._stack.addWidget(self.table)
        inside.addWidget(self._stack)
        self.reading = label(" ", "muted")
        inside.addWidget(self.reading)
        self._frame = frame
        body.addWidget(frame, 1)
        self._bar = self._make_bar()
        body.addWidget(self._bar)
        self._signs, self._notes = label("", "muted"), label("")
        body.addWidget(self._signs)
        body.addWidget(self._notes)
        self._cannot = label("", "small")
        body.addWidget(self._cannot)

    @property
    def view(self) -> FigureView | None:
        """What draws it, once something was drawn."""
        return self._view

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of the lines that are left out."""
        return self.legend.hidden

    def set_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.figure = figure
        self.legend.set_figure(figure)
        self._model.set_table(figure.table)
        self.table.fit(self._theme)
        self._waits.setText(figure.empty)
        self._begin.setText(_BEGINS.get(figure.begins, ""))
        self._begin.setVisible(figure.begins in _BEGINS and self._can_write)
        self._signs.setText(figure.signs)
        self._notes.setText("\n".join(figure.notes))
        self._cannot.setText(figure.cannot)
        if not figure.is_empty:
            self._ensure().set_figure(figure, self.hidden)
            if not self._view.moved:
                self._apply_range()
        self._arrange()

    def restyle(self) -> None:
        """The theme or the text size changed."""
        self.table.fit(self._theme)
        self.legend.restyle()
        self._fit()
        if self._view is not None:
            self._view.restyle()

    def _arrange(self) -> None:
        """What of it is seen. What can not be drawn may still have rows that say why."""
        figure = self.figure
        assert figure is not None
        drawn, rows = not figure.is_empty, bool(figure.table.rows)
        as_table = self.as_table.isChecked() or not drawn
        in_time = drawn and figure.x.kind == "days"
        self._empty.setVisible(not drawn)
        self._frame.setVisible(drawn or rows)
        self._bar.setVisible(drawn or rows)
        self._stack.setCurrentWidget(self.table if as_table else self._holder)
        self.reading.setVisible(not as_table)
        self.legend.setVisible(drawn and not as_table and self.legend.is_needed)
        self._times.setVisible(in_time and not as_table)
        self._ranges.button(len(RANGES) - 1).setVisible(bool(figure.marks))
        self.everything.setVisible(drawn and not in_time and not as_table)
        self.as_table.setVisible(drawn)
        self.print.setVisible(drawn)
        self._signs.setVisible(drawn and not as_table and bool(figure.signs))
        self._notes.setVisible(bool(figure.notes))
        self._fit()

    def _fit(self) -> None:
        lanes = len(self.figure.lanes) if self.figure is not None else 0
        self._stack.setMinimumHeight(self._theme.px(320 + 26 * lanes))

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_lines(self) -> None:
        if self._view is not None:
            self._view.set_hidden(self.hidden)

    @Slot(bool)
    def _on_table(self, _shown: bool) -> None:
        if self.figure is not None:
            self._arrange()

    @Slot()
    def _on_copy(self) -> None:
        from ui.charts import export

        assert self.figure is not None
        if self._stack.currentWidget() is self.table:
            rows = self.table.chosen
            clipboard.copy(export.as_text(self.figure, rows))
            self.said.emit("The chosen rows are in the clipboard." if rows else "The table is in the clipboard.")
        else:
            clipboard.copy_image(export.as_image(self.figure, hidden=self.hidden))
            self.said.emit("The picture is in the clipboard.")

    @Slot(int)
    def _on_range(self, _number: int) -> None:
        self._apply_range()

    def _apply_range(self) -> None:
        figure = self.figure
        if self._view is None or figure is None or figure.is_empty or figure.x.kind != "days":
            return
        days = RANGES[self._ranges.checkedId()][1]
        if days is None:
            self._view.set_range()
            return
        now = figure.now
        if now is None:
            now = max((line.runs[-1][-1].x for line in figure.lines if line.runs), default=0.0)
        past = [mark.x for mark in figure.marks if mark.x <= now]
        since = max(past) - _DAY / 2 if past else now - 28 * _DAY
        self._view.set_range(since if days == _SINCE else now - days * _DAY, now)

    @Slot()
    def _on_everything(self) -> None:
        if self._view is not None:
            self._view.set_range()

    @Slot()
    def _on_begin(self) -> None:
        if self.figure is not None:
            self.begun.emit(self.figure.begins)

    @Slot()
    def _on_save(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, name in _FORMS:
            if name == "csv" or (self.figure is not None and not self.figure.is_empty):
                menu.addAction(text).setData(name)
        menu.triggered.connect(self._on_form)
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))

    @Slot(QAction)
    def _on_form(self, action: QAction) -> None:
        self.save_wanted.emit(action.data())

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self.reading.setText(text or " ")

    @Slot(int)
    def _on_row(self, row: int) -> None:
        eid = self._model.eid(row)
        if eid is not None:
            self.opened.emit(eid)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _ensure(self) -> FigureView:
        if self._view is None:
            # Imported now and not before: pyqtgraph would slow every start by its own weight.
            from ui.charts.view import FigureView

            self._view = FigureView(self._theme)
            self._view.read.connect(self._on_read)
            self._view.opened.connect(self.opened)
            self._holder_box.addWidget(self._view)
        return self._view

    def _make_ranges(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._ranges = QButtonGroup(self)
        for number, (text, _) in enumerate(RANGES):
            choice = button(self._theme, text, kind="chip")
            choice.setChecked(number == 0)
            self._ranges.addButton(choice, number)
            flow.addWidget(choice)
        self._ranges.idClicked.connect(self._on_range)
        return holder

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
        for made in (self.as_table, self.everything, self.copy, self.save, self.print):
            flow.addWidget(made)
        return holder
