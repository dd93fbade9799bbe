"""The private log of costs: what was spent, what somebody else covers, what is left; a total for each currency."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from journal.change import Change
from journal.records import Expense
from journal.service import Costs, Exported, JournalService, Total
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.edit_cost import PRIVATE
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

_HEADS = ("Amount", "Covered", "Left")
_TABLE = 640  # px at 100 %: from here on the sums stand in columns
_MOST = 150  # lines at once
_CLEAR = "The file is not sealed: keep it somewhere only you can reach."
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class CostsPage(Page):
    """The log, newest first."""

    title = "Costs"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._course: str | None = None
        self._costs: Costs | None = None
        self._most = _MOST
        self._wide: bool | None = None
        theme = context.theme
        column = self._column = Column(width=860, name=self.title)
        self.body.addWidget(column)
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back), label(self.title, "title")))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        column.body.addWidget(label(PRIVATE, "muted"))
        self.new = button(theme, "Note a cost", self._on_new, kind="primary", icon_name="plus")
        self.table = button(theme, "Save all as a table (CSV)…", self._on_table, kind="quiet")
        self._all = button(theme, "Costs of all courses", self._on_all, kind="quiet")
        holder = QWidget()
        flow = FlowLayout(holder)
        for made in (self.new, self.table, self._all):
            flow.addWidget(made)
        column.body.addWidget(holder)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP["l"])
        column.body.addLayout(self._list)
        column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._course, self._most = place.course, _MOST
        self.new.setVisible(self.context.tasks.can_write)
        self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches("expense", "course", "session"):
            self._ask()

    def restyle(self) -> None:
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._costs is not None and self._wide is not self._is_wide():
            self._show()

    def _ask(self) -> None:
        op = partial(_look, course=self._course)
        self.context.tasks.ask(op, partial(self._on_costs, self._course), self.banner.show_error)

    def _on_costs(self, course: str | None, costs: Costs) -> None:
        if course == self._course:
            self._costs = costs
            self._show()

    def _is_wide(self) -> bool:
        return self._column.viewport().width() >= self.context.theme.px(_TABLE)

    def _show(self) -> None:
        clear(self._list)
        costs = self._costs
        self.table.setVisible(costs is not None and bool(costs.lines))
        self._all.setVisible(self._course is not None)
        if costs is None:
            return
        self._wide = self._is_wide()
        if not costs.lines:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label("Nothing is noted here.", "lead"))
            text = "What you pay, and what an insurance covers, can stand here, for you alone."
            inside.addWidget(label(text, "muted"))
            self._list.addWidget(frame)
            return
        self._list.addWidget(self._totals(costs.totals))
        self._list.addWidget(self._lines(costs.lines[: self._most]))
        if len(costs.lines) > self._most:
            older = button(self.context.theme, "Show older ones", self._on_older, kind="quiet")
            self._list.addWidget(older, 0, Qt.AlignmentFlag.AlignLeft)

    def _totals(self, totals: tuple[Total, ...]) -> QWidget:
        """One card for each currency: they are never added up."""
        holder = QWidget()
        holder.setAccessibleName("Totals")
        flow = FlowLayout(holder, spacing=GAP["m"])
        for one in totals:
            frame, inside = card("accent-card", spacing=2)
            inside.addWidget(label(f"All in all, in {one.currency}", "eyebrow", wrap=False))
            inside.addWidget(label(words.money(one.amount, one.currency), "title", wrap=False))
            inside.addWidget(label(f"covered {words.amount(one.covered)}", "small", wrap=False))
            inside.addWidget(label(f"left {words.amount(one.left)}", "small", wrap=False))
            flow.addWidget(frame)
        return holder

    def _lines(self, lines: tuple[Item, ...]) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName("Costs, newest first")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP["xl"])
        grid.setVerticalSpacing(GAP["xs"])
        grid.setColumnStretch(0 if not self._wide else 1, 1)
        place = 0
        if self._wide:
            for column, name in enumerate(("When", "What", *_HEADS)):
                head = label(name, "small", wrap=False)
                grid.addWidget(head, 0, column, _RIGHT if name in _HEADS else Qt.AlignmentFlag.AlignLeft)
            place = 1
        for item in lines:
            if isinstance(item.record, Expense):
                grid.addWidget(rule(), place, 0, 1, 5 if self._wide else 1)
                (self._across if self._wide else self._under)(grid, place + 1, item, item.record)
                place += 2 if self._wide else 3
        return holder

    def _across(self, grid: QGridLayout, place: int, item: Item, one: Expense) -> None:
        grid.addWidget(label(words.day_short(one.at), "muted", wrap=False), place, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._name(item, one), place, 1)
        for column, (name, text) in enumerate(_sums(one), start=2):
            made = label(text, "" if name == "Amount" else "muted", wrap=False)
            made.setAccessibleName(f"{name}: {text}")
            grid.addWidget(made, place, column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _under(self, grid: QGridLayout, place: int, item: Item, one: Expense) -> None:
        """In a narrow window: the sums under the name."""
        grid.addWidget(self._name(item, one), place, 0)
        told = (f"{name.lower()} {text}" if name != "Amount" else text for name, text in _sums(one))
        grid.addWidget(label(" · ".join((words.day_short(one.at), *told)), "small"), place + 1, 0)

    def _name(self, item: Item, one: Expense) -> QWidget:
        text: QLabel = label(one.what.strip() or "Not named")
        name = one.what.strip()[:40] or "this cost"
        change = tool(self.context.theme, f"Change {name}", "pencil-line", partial(self._on_open, item))
        holder = QWidget()
        across = row(text, change)
        across.setContentsMargins(0, 0, 0, 0)
        across.setStretch(0, 1)
        holder.setLayout(across)
        return holder

    # -- what the person does --------------------------------------------------------------------------------------

    def _on_open(self, item: Item, _on: bool = False) -> None:
        self.go.emit(place_of(item.eid, "expense", item.heads))

    @Slot()
    def _on_new(self) -> None:
        self.go.emit(Place("edit-cost", course=self._course))

    @Slot()
    def _on_all(self) -> None:
        self.go.emit(Place("costs"))

    @Slot()
    def _on_older(self) -> None:
        self._most += _MOST
        self._show()

    @Slot()
    def _on_table(self) -> None:
        name = f"costs {self.context.clock.now():%Y-%m-%d %H%M%S}.csv"
        path = self.context.prompter.save_path(self, "Save the costs", name, "Tables (*.csv)")
        if path is not None:
            self.context.tasks.ask(partial(_export, path=path), self._on_exported, self.banner.show_error)

    def _on_exported(self, exported: Exported) -> None:
        lines = words.counted(exported.records, "line was", "lines were")
        said = (f"{lines} written.", exported.left_out, _CLEAR)
        self.banner.show_note(" ".join(part for part in said if part))


def _sums(one: Expense) -> tuple[tuple[str, str], ...]:
    amount, covered = Decimal(one.amount), Decimal(one.covered)
    sums = (words.money(amount, one.currency), words.amount(covered), words.amount(amount - covered))
    return tuple(zip(_HEADS, sums, strict=True))


def _look(service: JournalService, *, course: str | None) -> Costs:
    return service.costs(course)


def _export(service: JournalService, *, path: Path) -> Exported:
    return service.export("costs", path)
