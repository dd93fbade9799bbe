"""What there is to say about a session itself: when, how, where, with whom. All but the time may stay empty."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from journal.records import Course, Route, Session
from journal.service import JournalService, Saved
from journal.store import Item
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form
from ui.widgets.moment_edit import MomentEdit, moment_of

_NEW_COURSE = "new"


class _More(msgspec.Struct, frozen=True):
    courses: tuple[Item, ...]
    next_number: int


class EditSessionPage(FormPage):
    """The form of one session."""

    title = "Session"
    record_type = Session
    removed = "Session removed; what you wrote for it stays. Undo brings it back (Ctrl+Z)."

    def first_field(self) -> QWidget:
        return self.when

    def record(self) -> Session:
        course = self.course.currentData()
        base = self._saved or Session(starts=self.when.moment())
        return msgspec.structs.replace(
            base,
            starts=self.when.moment(),
            course=base.course if course == _NEW_COURSE else course,
            number=self.number.value() or None,
            route=self.route.currentData(),
            dose=self.dose.value(),
            setting=self.setting.value(),
            people=self.people.value(),
            happened=self.happened.isChecked(),
            notes=self.notes.value(),
        )

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        courses = service.courses()
        of = place.course or (courses[0].eid if courses else None)
        numbers = [one.session.number or 0 for one in service.sessions(of)] if of else []
        return _More(courses, max([*numbers, len(numbers)], default=0) + 1)

    def fill(self, shown: Session | None, loaded: Loaded) -> None:
        self.heading.setText("The session" if self._saved else "A new session")
        self.when.set_moment(shown.starts if shown else moment_of(self.context.clock.now()))
        self.happened.setChecked(shown.happened if shown else False)
        self._fill_courses(loaded.more.courses, shown)
        self.number.setValue((shown.number or 0) if shown else loaded.more.next_number)
        self.route.setCurrentIndex(max(0, self.route.findData(shown.route if shown else None)))
        for field, name in ((self.dose, "dose"), (self.setting, "setting"), (self.people, "people")):
            field.set_value(getattr(shown, name) if shown else "")
        self.notes.set_value(shown.notes if shown else "")

    def _fill_courses(self, courses: tuple[Item, ...], shown: Session | None) -> None:
        self.course.clear()
        self.course.addItem("No course", None)
        for item in courses:
            if isinstance(item.record, Course):
                self.course.addItem(item.record.title or "A course without a name", item.eid)
        self.course.addItem("A new course…", _NEW_COURSE)
        chosen = self._place.course or (shown.course if shown else None)
        if shown is None and chosen is None and courses:
            chosen = courses[0].eid
        self.course.setCurrentIndex(max(0, self.course.findData(chosen)))

    @Slot(int)
    def _on_course(self, _index: int) -> None:
        self._on_edited()
        if self.course.currentData() == _NEW_COURSE:
            self.go.emit(Place("edit-course", session=self._eid))

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        super()._on_loaded(eid, loaded)
        if eid == self._eid and self._place.course is not None and self._changed:
            self._on_edited()  # back with the course that was made for it

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if new:
            self.go.emit(Place("session", eid=saved.eid))
        else:
            self.back.emit()

    def go_on_removed(self) -> None:
        self.go.emit(Place("journey"))

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When it begins, or began", self.when)
        self.happened = QCheckBox("It has taken place")
        self.happened.toggled.connect(self._on_edited)
        form.body.addWidget(self.happened)
        self.course = QComboBox()
        self.course.activated.connect(self._on_course)
        form.add("Course", self.course)
        self.number = self.number_of(form, "Which session of the course", 9999, "Not numbered")
        self.route = QComboBox()
        self.route.addItem("Not said", None)
        for route in Route:
            self.route.addItem(words.ROUTE_NAMES[route], route)
        self.route.activated.connect(self._on_edited)
        form.add("How it was given", self.route)
        self.dose = self.line(form, "Dose, as you were told", "In any words. It is kept as you write it.")
        self.setting = self.line(form, "Where, and what it was like there", "The room, the light, the music.")
        self.people = self.line(form, "Who was there")
        self.notes = self.lines(form, "Anything else to note about the session itself")
        column.body.addWidget(form)
