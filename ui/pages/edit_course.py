"""A course of sessions: its name, where it stands, how many were planned."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QComboBox, QWidget

from journal.records import Course, Moment, Phase
from journal.service import Saved
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form
from ui.widgets.moment_edit import MomentEdit, moment_of


class EditCoursePage(FormPage):
    """The form of one course."""

    title = "Course"
    record_type = Course
    removed = "Course removed; its sessions stay. Undo brings it back (Ctrl+Z)."

    def first_field(self) -> QWidget:
        return self.name

    def record(self) -> Course:
        return msgspec.structs.replace(
            self._saved or Course(),
            title=self.name.value(),
            started=self._began(),
            phase=self.phase.currentData(),
            planned=self.planned.value() or None,
            notes=self.notes.value(),
        )

    def _began(self) -> Moment | None:
        """When it began; of a course that never said, nothing until somebody says it."""
        known, shown = self._saved, self.started.moment()
        return None if known is not None and known.started is None and shown == self._offered else shown

    def fill(self, shown: Course | None, loaded: Loaded) -> None:
        self.heading.setText("The course" if self._saved else "A new course")
        self.name.set_value(shown.title if shown else "")
        self._offered = moment_of(self.context.clock.now())
        self.started.set_moment(shown.started if shown and shown.started else self._offered)
        self.phase.setCurrentIndex(self.phase.findData(shown.phase if shown else Phase.PREPARATION))
        self.planned.setValue((shown.planned or 0) if shown else 0)
        self.notes.set_value(shown.notes if shown else "")

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if new:
            # To the session it was made for, or to a new one.
            self.go.emit(Place("edit-session", eid=self._place.session, course=saved.eid))
        else:
            self.back.emit()

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.name = self.line(form, "What you call it")
        self.name.setPlaceholderText("Autumn")
        self.phase = QComboBox()
        for phase in Phase:
            self.phase.addItem(words.PHASE_NAMES[phase], phase)
        self.phase.activated.connect(self._on_edited)
        form.add("Where it stands", self.phase, "You say so; the program never moves it.")
        self.planned = self.number_of(form, "How many sessions were planned", 999, "Not said")
        self.started = MomentEdit()
        self.started.edited.connect(self._on_edited)
        form.add("When it began", self.started)
        self.notes = self.lines(form, "Notes")
        column.body.addWidget(form)
