"""A line of the private log of costs: what it was, what it cost, what somebody else covers."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from journal.records import Expense, Provider
from journal.service import JournalService, SessionSummary
from journal.store import Item
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.amount_edit import AmountEdit, CurrencyChoice
from ui.widgets.cards import Column
from ui.widgets.course_choice import CourseChoice
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.maybe_moment import DayEdit
from ui.widgets.moment_edit import moment_of
from ui.widgets.session_choice import SessionChoice

PRIVATE = "Stays in this journal. It is in no export unless you tick it."


class _More(msgspec.Struct, frozen=True):
    last: str | None
    sessions: tuple[SessionSummary, ...]
    providers: tuple[Item, ...]
    courses: tuple[Item, ...]
    goes_on: str | None  # the course that a new line is of, as long as no other is chosen


class EditCostPage(FormPage):
    """The form of one line."""

    title = "Cost"
    record_type = Expense
    nothing = "There is nothing to save yet: say what it was, or how much."

    def first_field(self) -> QWidget:
        return self.what

    def given(self) -> bool:
        return bool(self.what.value().strip() or self.notes.value().strip()) or self.amount.amount() != "0"

    def record(self) -> Expense:
        base = self._saved or Expense(at=self.when.moment())
        return msgspec.structs.replace(
            base,
            at=self.when.moment(),
            what=self.what.value(),
            amount=self.amount.amount(),
            covered=self.covered.amount(),
            currency=self.currency.currentText(),
            course=self.course.currentData(),
            session=self.session.currentData(),
            provider=self.provider.currentData(),
            notes=self.notes.value(),
        )

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        view = service.course_view()
        goes_on = view.item.eid if view is not None else None
        return _More(service.costs().last, service.sessions(), service.providers(), service.courses(), goes_on)

    def fill(self, shown: Expense | None, loaded: Loaded) -> None:
        more: _More = loaded.more
        self._show_courses(more.courses, shown.course if shown else self._place.course or more.goes_on)
        self.heading.setText("The cost" if self._saved else "A new cost")
        self.when.set_moment(shown.at if shown else moment_of(self.context.clock.now()))
        self.what.set_value(shown.what if shown else "")
        self.amount.set_amount(shown.amount if shown else "0")
        self.covered.set_amount(shown.covered if shown else "0")
        self.currency.fill(more.last, shown.currency if shown else None)
        self.session.fill(more.sessions, shown.session if shown else self._place.session)
        self._fill_providers(more.providers, shown.provider if shown else None)
        self.notes.set_value(shown.notes if shown else "")

    def _show_courses(self, courses: tuple[Item, ...], chosen: str | None) -> None:
        self.course.fill(courses, chosen)
        self._course_holder.setVisible(bool(courses) or chosen is not None)

    def _fill_providers(self, providers: tuple[Item, ...], chosen: str | None) -> None:
        self.provider.clear()
        self.provider.addItem("Nobody in particular", None)
        for item in providers:
            if isinstance(item.record, Provider):
                self.provider.addItem(item.record.name, item.eid)
        if chosen is not None and self.provider.findData(chosen) < 0:
            self.provider.addItem("Somebody who is not here any more", chosen)
        self.provider.setCurrentIndex(max(0, self.provider.findData(chosen)))

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self._on_edited()

    def build(self, column: Column) -> None:
        column.body.addWidget(label(PRIVATE, "muted"))
        form = Form(self.context.theme)
        self.what = self.line(form, "What it was for")
        self.what.setPlaceholderText("The second session")
        self.amount = self._sum(form, "What it cost", "")
        self.covered = self._sum(form, "What somebody else covers", "An insurance, a fund, somebody. Empty: nothing.")
        self.currency = CurrencyChoice()
        self.currency.activated.connect(self._on_chosen)
        form.add("Currency", self.currency)
        self.when = DayEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When", self.when)
        self.course = CourseChoice()
        self.course.activated.connect(self._on_chosen)
        self._course_holder = form.add("Course", self.course)
        self.session = SessionChoice()
        self.session.activated.connect(self._on_chosen)
        form.add("For which session", self.session)
        self.provider = QComboBox()
        self.provider.activated.connect(self._on_chosen)
        form.add("Paid to", self.provider)
        self.notes = self.lines(form, "Notes")
        column.body.addWidget(form)

    def _sum(self, form: Form, name: str, help_text: str) -> AmountEdit:
        field = AmountEdit()
        field.textEdited.connect(self._on_edited)
        form.add(name, field, help_text)
        return field
