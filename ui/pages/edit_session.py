"""What there is to say about a session itself: when, how, where, with whom. All but the time may stay empty."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from journal.errors import JournalError
from journal.ids import new_id
from journal.records import Course, Route, Session
from journal.records.base import MAX_LINE
from journal.service import DraftView, JournalService, Saved
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import Column, row
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of

_NEW_COURSE = "new"


class _Loaded(msgspec.Struct, frozen=True):
    item: Item | None
    draft: DraftView | None
    courses: tuple[Item, ...]
    next_number: int


class EditSessionPage(Page):
    """The form of one session."""

    title = "Session"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._eid = ""
        self._saved: Session | None = None
        self._changed = self._loading = False
        self._build()
        made = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self._on_save)

    def show_place(self, place: Place) -> None:
        if place.eid is not None and place.eid == self._eid and self._changed:
            return
        self._eid = place.eid or new_id()
        self._wanted_course = place.course
        self.banner.hide()
        self.context.tasks.ask(
            partial(_load, eid=self._eid, course=place.course),
            partial(self._on_loaded, self._eid),
            self.banner.show_error,
        )
        self.when.setFocus()

    def seal(self) -> None:
        if self._changed:
            self.context.tasks.ask(partial(JournalService.put_draft, eid=self._eid, record=self.record()))

    def record(self) -> Session:
        """The session as it stands in the window."""
        course = self.course.currentData()
        base = self._saved or Session(starts=self.when.moment())
        return msgspec.structs.replace(
            base,
            starts=self.when.moment(),
            course=base.course if course == _NEW_COURSE else course,
            number=self.number.value() or None,
            route=self.route.currentData(),
            dose=self.dose.text(),
            setting=self.setting.text(),
            people=self.people.text(),
            happened=self.happened.isChecked(),
            notes=self.notes.toPlainText(),
        )

    def _on_loaded(self, eid: str, loaded: _Loaded) -> None:
        if eid != self._eid:
            return
        self._saved = loaded.item.record if loaded.item and isinstance(loaded.item.record, Session) else None
        draft = loaded.draft.record if loaded.draft and isinstance(loaded.draft.record, Session) else None
        shown = draft or self._saved
        self._loading = True
        self._heading.setText("The session" if self._saved else "A new session")
        self.when.set_moment(shown.starts if shown else moment_of(self.context.clock.now()))
        self.happened.setChecked(shown.happened if shown else False)
        self._fill_courses(loaded.courses, shown)
        self.number.setValue((shown.number or 0) if shown else loaded.next_number)
        self.route.setCurrentIndex(max(0, self.route.findData(shown.route if shown else None)))
        for field, name in ((self.dose, "dose"), (self.setting, "setting"), (self.people, "people")):
            field.setText(getattr(shown, name) if shown else "")
        self.notes.setPlainText(shown.notes if shown else "")
        self._loading = False
        self._changed = draft is not None
        self.remove.setVisible(self._saved is not None)
        if draft is not None:
            self.banner.show_note("Here is what you had begun. It was kept for you.")

    def _fill_courses(self, courses: tuple[Item, ...], shown: Session | None) -> None:
        self.course.clear()
        self.course.addItem("No course", None)
        for item in courses:
            if isinstance(item.record, Course):
                self.course.addItem(item.record.title or "A course without a name", item.eid)
        self.course.addItem("A new course…", _NEW_COURSE)
        chosen = shown.course if shown else self._wanted_course
        if shown is None and chosen is None and courses:
            chosen = courses[0].eid
        self.course.setCurrentIndex(max(0, self.course.findData(chosen)))

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        if not self._loading:
            self._changed = True

    @Slot(int)
    def _on_course(self, _index: int) -> None:
        self._on_edited()
        if self.course.currentData() == _NEW_COURSE:
            self.go.emit(Place("edit-course"))

    @Slot()
    def _on_save(self) -> None:
        try:
            op = partial(JournalService.save, record=self.record(), eid=self._eid)
        except JournalError as error:
            self.banner.show_error(error)
            return
        self.save.setEnabled(False)
        self.context.tasks.ask(op, self._on_saved, self._on_failed)

    def _on_saved(self, saved: Saved) -> None:
        self.save.setEnabled(True)
        new = self._saved is None
        self._changed = False
        self.say.emit(f"Session saved, {words.time(self.context.clock.now())}")
        if new:
            self.go.emit(Place("session", eid=saved.eid))
        else:
            self.back.emit()

    def _on_failed(self, error: JournalError) -> None:
        self.save.setEnabled(True)
        self.banner.show_error(error)

    @Slot()
    def _on_remove(self) -> None:
        self._changed = False
        self.context.tasks.ask(partial(JournalService.delete, eid=self._eid))
        self.say.emit("Session removed; what you wrote for it stays. Undo brings it back (Ctrl+Z).")
        self.go.emit(Place("journey"))

    # -- looks -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.context.theme
        column = Column(width=620, name=self.title)
        self.body.addWidget(column)
        self._heading = label("", "title")
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back.emit), self._heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        form = Form(theme)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When it begins, or began", self.when)
        self.happened = QCheckBox("It has taken place")
        self.happened.toggled.connect(self._on_edited)
        form.body.addWidget(self.happened)
        self.course = QComboBox()
        self.course.activated.connect(self._on_course)
        form.add("Course", self.course)
        self.number = QSpinBox()
        self.number.setRange(0, 9999)
        self.number.setSpecialValueText("Not numbered")
        self.number.valueChanged.connect(self._on_edited)
        form.add("Which session of the course", self.number)
        self.route = QComboBox()
        self.route.addItem("Not said", None)
        for route in Route:
            self.route.addItem(words.ROUTE_NAMES[route], route)
        self.route.activated.connect(self._on_edited)
        form.add("How it was given", self.route)
        self.dose = self._line(form, "Dose, as you were told", "In any words. It is kept as you write it.")
        self.setting = self._line(form, "Where, and what it was like there", "The room, the light, the music.")
        self.people = self._line(form, "Who was there", "")
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setMinimumHeight(theme.px(96))
        self.notes.textChanged.connect(self._on_edited)
        form.add("Anything else to note about the session itself", self.notes)
        column.body.addWidget(form)
        self.save = button(theme, "Save", self._on_save, kind="primary")
        self.save.setToolTip("Save this session (Ctrl+S)")
        self.remove = button(theme, "Remove this session", self._on_remove, kind="quiet", icon_name="trash")
        column.body.addLayout(row(self.save, None, self.remove))
        column.body.addStretch(1)

    def _line(self, form: Form, name: str, help_text: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(MAX_LINE)
        field.textEdited.connect(self._on_edited)
        form.add(name, field, help_text)
        return field


def _load(service: JournalService, *, eid: str, course: str | None) -> _Loaded:
    courses = service.courses()
    of = course or (courses[0].eid if courses else None)
    numbers = [one.session.number or 0 for one in service.sessions(of)] if of else []
    return _Loaded(service.find(eid), service.draft(eid), courses, max([*numbers, len(numbers)], default=0) + 1)
