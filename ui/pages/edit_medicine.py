"""A medicine as it was told: what it is called, and when it was started, changed and stopped."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from journal.records import Medicine, MedicineStep, StepKind
from journal.service.body import in_order
from ui.pages.form_page import FormPage, Loaded
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, clear
from ui.widgets.day_edit import noon_of
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.step_row import StepRow

_ADD = (
    (StepKind.START, "It was started"),
    (StepKind.CHANGE, "The dose was changed"),
    (StepKind.STOP, "It was stopped"),
)


class EditMedicinePage(FormPage):
    """The form of one medicine. Place.kind "change": a changed dose is to be added."""

    title = "Medicine"
    record_type = Medicine
    nothing = "A name is enough."
    removed = "Medicine removed."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip() or self._rows or self.notes.value().strip())

    def record(self) -> Medicine:
        known = self._saved.steps if self._saved is not None else ()
        steps = in_order(row.step() for row in self._rows)
        return msgspec.structs.replace(
            self._saved or Medicine(name=""),
            name=self.name.value(),
            sort=self.sort.value(),
            reason=self.reason.value(),
            as_needed=self.as_needed.isChecked(),
            steps=known if in_order(known) == steps else steps,
            notes=self.notes.value(),
        )

    def fill(self, shown: Medicine | None, loaded: Loaded) -> None:
        self.heading.setText("The medicine" if self._saved else "A medicine")
        for field, name in ((self.name, "name"), (self.sort, "sort"), (self.reason, "reason")):
            field.set_value(getattr(shown, name) if shown else "")
        self.as_needed.setChecked(shown.as_needed if shown else False)
        self.notes.set_value(shown.notes if shown else "")
        self._rows.clear()
        self._new = None
        clear(self._steps)
        for step in in_order(shown.steps) if shown else ():
            self._add_row(step)

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        super()._on_loaded(eid, loaded)
        wanted = self._place.kind == "change" and loaded.draft is None and not loaded.read_only
        if eid == self._eid and wanted and loaded.item is not None:
            self._on_add(StepKind.CHANGE)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self._adding.setVisible(not read_only)
        for row in self._rows:
            row.set_read_only(read_only)

    # -- steps ---------------------------------------------------------------------------------------------------

    def _add_row(self, step: MedicineStep, place: int | None = None) -> StepRow:
        row = StepRow(self.context.theme, step)
        row.edited.connect(self._on_edited)
        row.full.connect(self._on_full)
        row.removed.connect(self._on_step_removed)
        at = len(self._rows) if place is None else place
        self._rows.insert(at, row)
        self._steps.insertWidget(at, row)
        return row

    def _on_add(self, kind: StepKind, _on: bool = False) -> None:
        row = self._add_row(MedicineStep(kind=kind, at=noon_of(self.context.clock.now()), whole_day=True))
        self._on_edited()
        row.focus_dose()
        self._new = row

    @Slot()
    def _on_room(self) -> None:
        """The page got longer, or shorter: a step that was just added has its place now, and is shown."""
        if self._new is not None:
            self._column.ensureWidgetVisible(self._new.note, 0, self.context.theme.px(64))

    @Slot()
    def _on_edited(self) -> None:
        self._new = None
        super()._on_edited()

    @Slot(object)
    def _on_step_removed(self, row: StepRow) -> None:
        place, step = self._rows.index(row), row.step()
        self._rows.remove(row)
        self._steps.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._on_edited()
        self.banner.show_note("The step was removed.", actions=[("Undo", partial(self._on_step_back, step, place))])

    def _on_step_back(self, step: MedicineStep, place: int, _on: bool = False) -> None:
        self._add_row(step, min(place, len(self._rows))).kind.setFocus()
        self._on_edited()

    # -- looks -----------------------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._rows: list[StepRow] = []
        self._new: StepRow | None = None
        column.verticalScrollBar().rangeChanged.connect(self._on_room)
        form = Form(theme)
        self.name = self.line(form, "Name")
        self.sort = self.line(form, "What kind of medicine, in any words")
        self.reason = self.line(form, "What it is for")
        self.as_needed = QCheckBox("Taken only when needed")
        self.as_needed.toggled.connect(self._on_edited)
        form.body.addWidget(self.as_needed)
        column.body.addWidget(form)
        column.body.addWidget(label("Started, changed, stopped", "heading"))
        column.body.addWidget(label("With the dose in the words you were told. It is kept as you write it.", "muted"))
        holder = QWidget()
        self._steps = QVBoxLayout(holder)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(GAP["s"])
        column.body.addWidget(holder)
        self._adding = QWidget()
        flow = FlowLayout(self._adding)
        for kind, text in _ADD:
            flow.addWidget(button(theme, text, partial(self._on_add, kind), icon_name="plus"))
        column.body.addWidget(self._adding)
        more = Form(theme)
        self.notes = self.lines(more, "Anything else")
        column.body.addWidget(more)
