"""A person or a clinic that is part of the treatment, in the words of whoever keeps the journal."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtWidgets import QComboBox, QWidget

from journal.errors import InvalidRecord
from journal.records import Provider, Role
from journal.service import JournalService, Saved
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form


class EditProviderPage(FormPage):
    """The form of one provider. `course` of the place: the course that a new one becomes part of."""

    title = "Person or clinic"
    record_type = Provider
    nothing = "Give it a name first, so that you know whom you mean."
    removed = "Removed; courses show it no more."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip())

    def record(self) -> Provider:
        base = self._saved or Provider(name="")
        return msgspec.structs.replace(
            base,
            name=self.name.value(),
            role=Role(self.role.currentData()),
            place=self.where.value(),
            reach=self.reach.value(),
            notes=self.notes.value(),
        )

    def fill(self, shown: Provider | None, loaded: Loaded) -> None:
        self.heading.setText("A person or a clinic" if shown is None else "Part of the treatment")
        self.name.set_value(shown.name if shown else "")
        self.role.setCurrentIndex(self.role.findData(shown.role if shown else Role.CLINIC))
        for field, name in ((self.where, "place"), (self.reach, "reach"), (self.notes, "notes")):
            field.set_value(getattr(shown, name) if shown else "")

    def saving(self) -> object:
        return partial(_save, course=self._place.course)

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if self._place.course is not None:
            self.go.emit(Place("course", eid=self._place.course))
        else:
            self.back.emit()

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.name = self.line(form, "Name")
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(words.ROLE_NAMES[role], role)
        self.role.activated.connect(self._on_edited)
        form.add("What they do", self.role)
        self.where = self.line(form, "Where")
        self.reach = self.line(form, "How to reach them", "A number, an address: kept as you write it.")
        self.notes = self.lines(form, "Notes")
        column.body.addWidget(form)


def _save(service: JournalService, *, eid: str, record: Provider, course: str | None, over: str = "") -> Saved:
    if not record.name.strip():
        raise InvalidRecord(EditProviderPage.nothing)
    return service.save_provider(record, eid, course, over)
