"""Charts: one figure at a time, each with its table, the sentence that is read, and what it can not show."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from journal import atomic
from journal.change import Change
from journal.errors import JournalError
from journal.records import SLIDERS
from journal.service import JournalService
from journal.windows import WINDOWS
from ui.context import Context
from ui.page import Page
from ui.pages.charts_figures import CHOICES, FIGURES, SIDE_BY_SIDE, WORDS, Choices, Made, Wish, make
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import Column
from ui.widgets.figure_panel import FigurePanel
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.words_panel import WordsPanel

_MORE_THAN_ONE = ("course", "session", "other", "base", "total")  # shown only where there is something to choose
_NARROW, _LOW = 640, 600  # px at 100 %
_SHOWN = (
    "checkin", "session", "course", "scale", "medicine", "sideeffect", "settings", "pack", "intention", "experience",
    "integration",
)  # fmt: skip
_FILTERS = {"png": ("Picture", ".png", "Pictures (*.png)"), "svg": ("Drawing", ".svg", "Drawings (*.svg)"),
            "pdf": ("Page", ".pdf", "Pages (*.pdf)"), "csv": ("Table", ".csv", "Tables (*.csv)")}  # fmt: skip


class ChartsPage(Page):
    """The figures. What is asked for is made on the vault thread; picture and table come from the same values."""

    title = "Charts"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wish = Wish()
        self._asked = 0
        self._filling = False
        theme = context.theme
        column = Column(width=1080, name="Charts")
        self.body.addWidget(column)
        column.body.addWidget(label("Charts", "display"))
        self._chips, self.chooser = self._make_figures(), self._make_chooser()
        column.body.addWidget(self._chips)
        column.body.addWidget(self.chooser)
        self._what = label(FIGURES[0][2], "muted")
        column.body.addWidget(self._what)
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self._options = self._make_options()
        column.body.addWidget(self._options)
        self.panel = FigurePanel(theme, can_write=context.tasks.can_write)
        self.panel.opened.connect(self._on_opened)
        self.panel.begun.connect(self._on_begun)
        self.panel.said.connect(self.say)
        self.panel.save_wanted.connect(self._on_save)
        self.panel.print_wanted.connect(self._on_print)
        column.body.addWidget(self.panel, 1)
        self.words = WordsPanel(theme, self._on_opened)
        column.body.addWidget(self.words, 1)
        column.body.addStretch(0)
        self._arrange()

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        if place.kind in {key for key, _, _ in FIGURES}:
            self.show_figure(place.kind)
        else:
            self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches(*_SHOWN):
            self._ask()

    def restyle(self) -> None:
        self._fit()
        self.panel.restyle()
        self.words.restyle()

    def show_figure(self, key: str) -> None:
        """Show the figure of this name (see `FIGURES`)."""
        place = next(number for number, (name, _, _) in enumerate(FIGURES) if name == key)
        self._figures.button(place).setChecked(True)
        self._on_figure(place)

    def _ask(self) -> None:
        self._asked += 1
        op = partial(make, wish=self._wish)
        self.context.tasks.ask(op, partial(self._on_made, self._asked), self.banner.show_error)

    def _on_made(self, number: int, made: Made) -> None:
        if number != self._asked:
            return
        self._fill(made.choices)
        if made.figure is not None:
            self.panel.set_figure(made.figure)
        elif self._wish.key == WORDS:
            self.words.set_told(made.told)
        self._arrange()

    def _arrange(self) -> None:
        self.words.setVisible(self._wish.key == WORDS)
        self.panel.setVisible(self._wish.key != WORDS and self.panel.figure is not None)
        wanted = CHOICES.get(self._wish.key, ())
        for name, box in self._boxes.items():
            box.setVisible(name in wanted and box.count() > (name in _MORE_THAN_ONE))
        self._options.setVisible(any(not box.isHidden() for box in self._boxes.values()))

    # -- what can be chosen --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A list in place of the buttons, where these would fill the screen."""
        theme = self.context.theme
        narrow = self.width() < theme.px(_NARROW) or self.height() < theme.px(_LOW)
        self._chips.setVisible(not narrow)
        self.chooser.setVisible(narrow)

    def _make_chooser(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Which figure")
        for _, name, _ in FIGURES:
            box.addItem(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.activated.connect(self._on_figure)
        box.hide()
        return box

    def _make_figures(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._figures = QButtonGroup(self)
        for number, (_, name, what) in enumerate(FIGURES):
            chip = button(self.context.theme, name, kind="chip")
            chip.setAccessibleDescription(what)
            chip.setChecked(number == 0)
            self._figures.addButton(chip, number)
            flow.addWidget(chip)
        self._figures.idClicked.connect(self._on_figure)
        return holder

    def _make_options(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._boxes: dict[str, QComboBox] = {}
        for name, said in (
            ("slider", "Which slider"),
            ("after", "How long after"),
            ("scale", "Which questionnaire"),
            ("change", "Which change"),
            ("course", "Which course"),
            ("session", "Which session"),
            ("other", "Beside which other session"),
            ("base", "What to count from"),
            ("total", "Which total to count from"),
        ):
            box = QComboBox()
            box.setAccessibleName(said)
            box.setToolTip(said)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.activated.connect(self._on_option)
            self._boxes[name] = box
            flow.addWidget(box)
        _put(self._boxes["slider"], [(number, slider.title) for number, slider in enumerate(SLIDERS)], 0)
        after = [(number, f"{window.name} after") for number, window in enumerate(WINDOWS)]
        _put(self._boxes["after"], [(SIDE_BY_SIDE, "All, from 24 h on"), *after], self._wish.after)
        return holder

    def _fill(self, choices: Choices) -> None:
        wish = self._wish
        one, other = (*wish.sessions, "", "")[:2]
        _put(self._boxes["scale"], choices.scales, wish.scale)
        _put(self._boxes["change"], choices.changes, wish.change)
        _put(self._boxes["course"], [(None, "All courses"), *choices.courses], wish.course)
        _put(self._boxes["session"], [("", "All sessions"), *choices.sessions], one)
        _put(self._boxes["other"], [("", "And no other"), *choices.sessions], other)
        bases = [(eid, f"From before {name}") for eid, name in choices.sessions]
        _put(self._boxes["base"], [("", "From before each session"), *bases], wish.base)
        totals = [(eid, f"From {name}") for eid, name in choices.totals]
        _put(self._boxes["total"], [("", "From before each course"), *totals], wish.total)

    @Slot(int)
    def _on_figure(self, number: int) -> None:
        key, _, what = FIGURES[number]
        self._figures.button(number).setChecked(True)
        self.chooser.setCurrentIndex(number)
        self._what.setText(what)
        self._wish = msgspec.structs.replace(self._wish, key=key, sessions=())
        self._ask()

    @Slot(int)
    def _on_option(self, _index: int) -> None:
        chosen = {name: box.currentData() for name, box in self._boxes.items()}
        sessions = tuple(dict.fromkeys(eid for eid in (chosen["session"], chosen["other"]) if eid))
        self._wish = msgspec.structs.replace(
            self._wish,
            slider=chosen["slider"],
            after=chosen["after"],
            scale=chosen["scale"] or "",
            change=chosen["change"] or "",
            base=chosen["base"] or "",
            total=chosen["total"] or "",
            course=chosen["course"],
            sessions=sessions if chosen["session"] else (),
        )
        self._ask()

    # -- out of the program --------------------------------------------------------------------------------------

    @Slot(str)
    def _on_opened(self, eid: str) -> None:
        self.context.tasks.ask(partial(_where, eid=eid), self.go.emit, self.banner.show_error)

    @Slot(str)
    def _on_begun(self, place: str) -> None:
        self.go.emit(Place(place))

    @Slot(str)
    def _on_save(self, form: str) -> None:
        # A file or a sheet of paper is open to everyone: both rest with the exports.
        self._if_awake(partial(self._save_as, form))

    def _if_awake(self, done: Callable[[object], None]) -> None:
        self.context.tasks.ask(JournalService.not_while_resting, done, self.banner.show_error)

    def _save_as(self, form: str, _none: object) -> None:
        from ui.charts import export

        figure, hidden = self.panel.figure, self.panel.hidden
        if figure is None:
            return
        name, ending, filters = _FILTERS[form]
        path = self.context.prompter.save_path(self, f"Save as a {name.lower()}", f"figure{ending}", filters)
        if path is None:
            return
        if form == "csv":
            data = export.as_csv(figure)
        else:
            data = {"png": export.as_png, "svg": export.as_svg, "pdf": export.as_pdf}[form](figure, hidden=hidden)
        self.context.tasks.run(partial(_write, path, data), self._on_written, self._on_not_written)

    def _on_written(self, _none: None) -> None:
        self.banner.show_note("Saved. This file is not sealed: anyone who gets it can look at it.")

    def _on_not_written(self, error: JournalError) -> None:
        self.banner.show_error(error)

    @Slot()
    def _on_print(self) -> None:
        self._if_awake(self._print)

    def _print(self, _none: object) -> None:
        from ui import printing
        from ui.charts import export

        if self.panel.figure is None:
            return
        try:
            printing.print_painted(self, partial(export.paint_figure, self.panel.figure, hidden=self.panel.hidden))
        except JournalError as error:
            self.banner.show_error(error)


def _put(box: QComboBox, choices: object, chosen: object) -> None:
    """Fill a list; what was chosen stays chosen where it is still there."""
    box.clear()
    for value, name in choices:
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _where(service: JournalService, *, eid: str) -> Place:
    record = service.get(eid).record
    return place_of(eid, record.kind)


def _write(path: Path, data: bytes) -> None:
    atomic.write_new(path, data)
