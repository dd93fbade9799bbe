"""Medicines and side effects: one line of time, the same as a table, and what stands now."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Medicine, MedicineStep, Record, StepKind
from journal.service import JournalService, Saved
from journal.service.body import BodyView, Effect, MedicineNow, Standing, in_order, medicine_at
from ui import body_words, clipboard, words
from ui.context import Context
from ui.models.body_table import BodyTable, told
from ui.page import Page
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.body_timeline import BodyTimeline
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, rule
from ui.widgets.day_edit import noon_of
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.refocus import Refocus
from ui.widgets.session_body import gone_now
from ui.widgets.twin import Twin

RANGES: tuple[tuple[str, int | None], ...] = (
    ("Everything", None),
    ("Last year", 365),
    ("Last 3 months", 92),
    ("Last 4 weeks", 28),
)
KNOWS_NOTHING = (
    "Kept as you were told it. This program knows nothing about medicines: it does not check or compare them."
)
_SIGNS = (
    "A triangle: started. A diamond: changed. A square: stopped. A bar: a side effect; a dotted end means that it "
    "was not said to be gone. A line that begins dotted: taken before the first thing you were told. A short upright "
    "line: a session."
)
_LONG = 200  # days: more than this is not shown all at once to begin with


class MedicinesPage(Page):
    """The page. Picture, table and lists come from the same answer of the service."""

    title = "Medicines and side effects"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ranged = False
        theme = context.theme
        column = self._column = Column(width=920, name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label(self.title, "display"))
        column.body.addWidget(label(KNOWS_NOTHING, "muted"))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        holder = QWidget()
        flow = FlowLayout(holder)
        self.add_medicine = button(theme, "Add a medicine", self._on_medicine, kind="primary", icon_name="plus")
        self.add_effect = button(theme, "Note a side effect", self._on_effect, icon_name="plus")
        self.to_bring = button(theme, "Questions to bring along", self._on_questions, kind="quiet")
        for made in (self.add_medicine, self.add_effect):
            flow.addWidget(self.writes(made))
        flow.addWidget(self.to_bring)
        column.body.addWidget(holder)
        self._full = self._make_full()
        column.body.addWidget(self._full)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(GAP["xl"])
        column.body.addLayout(self._lists)
        column.body.addStretch(1)
        self._full.hide()

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        for made in (self.add_medicine, self.add_effect):
            made.setVisible(self.context.tasks.can_write)
        self._ask()

    def refresh(self, change: Change) -> None:
        self.banner.hide()  # its Undo was for what happened last
        if change.touches("medicine", "sideeffect", "session"):
            self._ask()

    def restyle(self) -> None:
        self.timeline.restyle()
        self._fit_table()
        self._ask()

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.body, self._on_body, self.banner.show_error)

    def _on_body(self, view: BodyView) -> None:
        has = bool(view.lanes or view.open_effects or view.gone_effects or view.later_effects)
        self._full.setVisible(has)
        lines = told(view)
        self.timeline.set_view(view, lines)
        if has and not self._ranged:
            self._ranged = True
            self._ranges.button(2 if self.timeline.days > _LONG else 0).setChecked(True)
        self._on_range()
        self._model.set_lines(lines)
        self._fit_table()
        place, focus = self._column.verticalScrollBar().value(), Refocus(self._column)
        clear(self._lists)
        if has:
            self._fill(view)
        else:
            self._lists.addWidget(self._make_empty())
        focus.again()
        self._column.verticalScrollBar().setValue(place)

    def _fill(self, view: BodyView) -> None:
        by = {standing: [one for one in view.medicines if one.standing is standing] for standing in Standing}
        for name, of in (
            ("Now", by[Standing.NOW]),
            ("Later", by[Standing.AHEAD]),
            ("Stopped", by[Standing.STOPPED]),
        ):
            if of or (name == "Now" and view.medicines):
                section = self._section(name, "Nothing now." if not of else "")
                for number, one in enumerate(of):
                    self._add(section, self._medicine(one), first=number == 0)
        for name, effects in (
            ("Side effects not gone yet", view.open_effects[::-1]),
            ("Side effects noted for later", view.later_effects),
            ("Gone", view.gone_effects[::-1]),
        ):
            if effects:
                section = self._section(name, "")
                for number, one in enumerate(effects):
                    self._add(section, self._effect(one), first=number == 0)

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_medicine(self) -> None:
        self.go.emit(Place("edit-medicine"))

    @Slot()
    def _on_effect(self) -> None:
        self.go.emit(Place("edit-side-effect"))

    @Slot()
    def _on_questions(self) -> None:
        self.go.emit(Place("questions"))

    def _on_open(self, eid: str, kind: str, _on: bool = False) -> None:
        self.go.emit(place_of(eid, kind))

    def _on_change(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("edit-medicine", eid=eid, kind="change"))

    def _on_stopped(self, eid: str, name: str, _on: bool = False) -> None:
        step = MedicineStep(kind=StepKind.STOP, at=noon_of(self.context.clock.now()), whole_day=True)
        done = partial(self._on_done, f"{name}: stopped today.")
        self.context.tasks.ask(partial(_stop, eid=eid, step=step), done, self._on_not_done)

    def _on_gone(self, eid: str, name: str, _on: bool = False) -> None:
        at = moment_of(self.context.clock.now())
        done = partial(self._on_done, f"{name}: gone by {words.time(at)}.")
        self.context.tasks.ask(partial(gone_now, eid=eid, at=at), done, self._on_not_done)

    def _on_done(self, text: str, _saved: Saved | None) -> None:
        self.banner.show_note(text, actions=[("Undo", self._on_undo)])

    def _on_not_done(self, error: JournalError) -> None:
        self._ask()  # with every button to be pressed again
        self.banner.show_error(error)

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    @Slot(int)
    def _on_range(self, _number: int = 0) -> None:
        self.timeline.set_days(RANGES[self._ranges.checkedId()][1])

    @Slot(bool)
    def _on_table(self, shown: bool) -> None:
        self._drawn.setVisible(not shown)
        self.table.setVisible(shown)
        for choice in self._ranges.buttons():
            choice.setVisible(not shown)
        self.copy.setVisible(shown)
        self._fit_table()

    @Slot()
    def _on_copy(self) -> None:
        rows = self.table.chosen
        clipboard.copy(self._model.as_text(rows))
        self.say.emit("The chosen lines are in the clipboard." if rows else "The table is in the clipboard.")

    @Slot(int)
    def _on_row(self, row: int) -> None:
        line = self._model.line(row)
        self._on_open(line.eid, line.kind)

    @Slot(str)
    def _on_read(self, text: str) -> None:
        self.reading.setText(text or " ")

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("What you take, since when, and what the body did after a session.", "lead"))
        inside.addWidget(
            label(
                "A name is enough to begin with. When something is changed or stopped, note it, and it stands on one "
                "line of time with your sessions: to look back at, and to bring along.",
                "muted",
            )
        )
        return frame

    def _make_full(self) -> QWidget:
        theme = self.context.theme
        full = QWidget()
        body = QVBoxLayout(full)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        bar = QWidget()
        flow = FlowLayout(bar)
        self._ranges = QButtonGroup(self)
        for number, (text, _) in enumerate(RANGES):
            choice = button(theme, text, kind="chip")
            choice.setChecked(number == 0)
            self._ranges.addButton(choice, number)
            flow.addWidget(choice)
        self._ranges.idClicked.connect(self._on_range)
        self.as_table = button(theme, "As a table", kind="chip", icon_name="table")
        self.as_table.toggled.connect(self._on_table)
        self.copy = button(theme, "Copy", self._on_copy, kind="quiet", icon_name="copy")
        self.copy.setToolTip("Copy the lines that are chosen, or the whole table (Ctrl+C)")
        self.copy.hide()
        flow.addWidget(self.as_table)
        flow.addWidget(self.copy)
        body.addWidget(bar)
        frame, inside = card(padding=GAP["m"])
        self._drawn = QWidget()
        drawn = QVBoxLayout(self._drawn)
        drawn.setContentsMargins(0, 0, 0, 0)
        self.timeline = BodyTimeline(theme)
        self.timeline.read.connect(self._on_read)
        self.timeline.opened.connect(self._on_open)
        drawn.addWidget(self.timeline)
        self.reading = label(" ")
        drawn.addWidget(self.reading)
        drawn.addWidget(label(_SIGNS, "small"))
        drawn.addStretch(1)
        self._model = BodyTable(self)
        self.table = Twin(self._model, "Medicines, side effects and sessions as a table, newest first")
        self.table.copy_wanted.connect(self._on_copy)
        self.table.row_opened.connect(self._on_row)
        inside.addWidget(self._drawn)
        inside.addWidget(self.table)
        self.table.hide()
        body.addWidget(frame)
        return full

    def _fit_table(self) -> None:
        self.table.fit(self.context.theme, 260)
        self.table.setMinimumHeight(self.context.theme.px(280) if self.as_table.isChecked() else 0)

    def _section(self, name: str, nothing: str) -> QVBoxLayout:
        holder = QWidget()
        holder.setAccessibleName(name)
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        body.addWidget(label(name, "heading"))
        if nothing:
            body.addWidget(label(nothing, "muted"))
        frame, inside = card(spacing=GAP["s"])
        body.addWidget(frame)
        frame.setVisible(not nothing)
        self._lists.addWidget(holder)
        return inside

    def _add(self, section: QVBoxLayout, line: QWidget, *, first: bool) -> None:
        if not first:
            section.addWidget(rule())
        section.addWidget(line)

    def _medicine(self, one: MedicineNow) -> QWidget:
        theme, medicine = self.context.theme, one.medicine
        name = words.file_name(medicine.name) or "A medicine without a name"
        title = f"{name} ({words.file_name(medicine.sort)})" if medicine.sort else name
        made = []
        if one.standing is Standing.NOW and self.context.tasks.can_write:
            change = button(theme, "Dose changed…", partial(self._on_change, one.eid), kind="link")
            change.setAccessibleName(f"{name}: the dose was changed")
            stop = button(theme, "Stopped today", partial(self._on_stopped, one.eid, name), kind="link")
            stop.setAccessibleName(f"{name}: stopped today")
            made = [change, stop]
        opens = button(theme, "Open", partial(self._on_open, one.eid, "medicine"), kind="link")
        opens.setAccessibleName(f"Open {name}")
        return _line(title, body_words.medicine_line(one), [*made, opens])

    def _effect(self, one: Effect) -> QWidget:
        theme = self.context.theme
        name = words.file_name(body_words.effect_name(one.effect.what)) or "Something without a name"
        made = []
        if one.effect.gone is None and self.context.tasks.can_write:
            gone = button(theme, "Gone now", partial(self._on_gone, one.eid, name), kind="link")
            gone.setAccessibleName(f"{name}: gone now")
            made = [gone]
        opens = button(theme, "Open", partial(self._on_open, one.eid, "sideeffect"), kind="link")
        opens.setAccessibleName(f"Open {name}")
        return _line(name, body_words.effect_line(one), [*made, opens])


def _stop(service: JournalService, *, eid: str, step: MedicineStep) -> Saved | None:
    """One step more, unless it was stopped already: by the first of two taps."""
    record = service.get(eid).record
    assert isinstance(record, Medicine)
    if medicine_at(eid, record, service.clock.now()).standing is Standing.STOPPED:
        return None
    return service.amend(eid, partial(_with_step, step=step))


def _with_step(record: Record, *, step: MedicineStep) -> Record:
    assert isinstance(record, Medicine)
    return msgspec.structs.replace(record, steps=in_order((*record.steps, step)))


def _line(title: str, told_: str, actions: list[QWidget]) -> QWidget:
    """A name, what is known of it below, and what can be done."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(2)
    name = label(title)
    font = name.font()
    font.setBold(True)
    name.setFont(font)
    body.addWidget(name)
    if told_:
        body.addWidget(label(told_, "muted"))
    doing = QWidget()
    flow = FlowLayout(doing, spacing=GAP["l"])
    for made in actions:
        flow.addWidget(made)
    body.addWidget(doing)
    return holder
