"""Somebody to turn to: a name, how they are reached, and whether both are seen before unlocking."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QCheckBox, QWidget

from journal.records import Person
from ui.pages.form_page import FormPage, Loaded
from ui.widgets.cards import Column
from ui.widgets.form import Form
from ui.widgets.labels import label

OUTSIDE = "Show before unlocking"
PLAINLY = "Name and number can then be read on this computer without your password."


class EditPersonPage(FormPage):
    """The form of one person."""

    title = "Person"
    record_type = Person
    nothing = "Give a name, or how to reach them."
    removed = "Person removed."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip() or self.reach.value().strip())

    def record(self) -> Person:
        return msgspec.structs.replace(
            self._saved or Person(name=""),
            name=self.name.value(),
            reach=self.reach.value(),
            notes=self.notes.value(),
            without_password=self.outside.isChecked(),
        )

    def fill(self, shown: Person | None, loaded: Loaded) -> None:
        self.heading.setText("Somebody to turn to")
        self.name.set_value(shown.name if shown else "")
        self.reach.set_value(shown.reach if shown else "")
        self.notes.set_value(shown.notes if shown else "")
        self.outside.setChecked(shown is not None and shown.without_password)

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.name = self.line(form, "Name")
        help_text = "A telephone number, as you would dial it. Nothing here dials it."
        self.reach = self.line(form, "How to reach them", help_text)
        self.notes = self.line(form, "A word beside it, if you like")
        self.notes.setPlaceholderText("Up late. Knows about the sessions.")
        column.body.addWidget(form)
        self.outside = QCheckBox(OUTSIDE)
        self.outside.setAccessibleDescription(PLAINLY)
        self.outside.toggled.connect(self._on_edited)
        column.body.addWidget(self.outside)
        column.body.addWidget(label(PLAINLY, "small"))
