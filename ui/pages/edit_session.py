"""What there is to say about a session itself. All but the time may stay empty; what is not needed folds away.

While it lies ahead, what belongs before it comes first; once it has taken place, what happened does.
"""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from journal.records import Medicine, Moment, Ready, Route, Session
from journal.service import JournalService, Saved, Standing
from journal.service.courses import EMPTIED, taken_before, to_prepare
from journal.store import Item
from ui import words
from ui.pages.edit_checklist import lines_in
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.course_choice import CourseChoice
from ui.widgets.flow import FlowLayout
from ui.widgets.fold import Fold
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.maybe_moment import MaybeMoment
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.taken_edit import TakenEdit
from ui.widgets.vitals_edit import VitalsEdit, summary

_NEW_COURSE = "new"
_LINES = ("dose", "setting", "people", "support", "ride", "second_dose")  # fields of one line
_TEXTS = ("notes", "arriving", "told")  # and of several
_AHEAD = ("before", "medicines", "prepare", "during", "readings")
_HAPPENED = ("during", "readings", "before", "medicines", "prepare")
_JUMPS = {
    "before": "Before", "medicines": "Medicines", "prepare": "To prepare", "during": "During",
    "readings": "Readings", "notes": "Notes",
}  # fmt: skip
_TOLD = "In their words. This program knows nothing about medicines."


class _More(msgspec.Struct, frozen=True):
    courses: tuple[Item, ...]
    next_number: int
    medicines: tuple[Item, ...]
    standing: Standing


class EditSessionPage(FormPage):
    """The form of one session."""

    title = "Session"
    record_type = Session
    removed = "Session removed; what you wrote for it stays."

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
            route=Route(self.route.currentData()) if self.route.currentData() else None,
            happened=self.happened.isChecked(),
            second_at=self.second_at.moment(),
            ended=self.ended.moment(),
            vitals=self.vitals.vitals(),
            taken=self.taken.taken(),
            prepared=self._prepared_now(),
            **{name: getattr(self, name).value() for name in (*_LINES, *_TEXTS)},
        )

    def _prepared_now(self) -> tuple[Ready, ...]:
        """The list; a line that stays keeps its tick. One that nobody touched stays what it was: maybe none yet."""
        text = self.prepared.value()
        if text == self._prepared_text:
            return self._prepared
        left = list(self._shown_ready)
        found = []
        for line in lines_in(text):
            known = next((one for one in left if one.text == line), None)
            if known is not None:
                left.remove(known)
            found.append(known or Ready(line))
        return tuple(found) or (EMPTIED,)

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        courses = service.courses()
        of = place.course or (courses[0].eid if courses else None)
        numbers = [one.session.number or 0 for one in service.sessions(of)] if of else []
        number = max([*numbers, len(numbers)], default=0) + 1
        return _More(courses, number, service.every_medicine(), service.checklist())

    def fill(self, shown: Session | None, loaded: Loaded) -> None:
        more: _More = loaded.more
        self.heading.setText("The session" if self._saved else "A new session")
        self.when.set_moment(shown.starts if shown else moment_of(self.context.clock.now()))
        self.happened.setChecked(shown.happened if shown else False)
        self._fill_courses(more.courses, shown)
        self.number.setValue((shown.number or 0) if shown else more.next_number)
        self.route.setCurrentIndex(max(0, self.route.findData(shown.route if shown else None)))
        for name in (*_LINES, *_TEXTS):
            getattr(self, name).set_value(getattr(shown, name) if shown else "")
        self.second_at.set_moment(shown.second_at if shown else None)
        self.ended.set_moment(shown.ended if shown else None)
        self.vitals.set_vitals(shown.vitals if shown else ())
        base = shown or Session(starts=self.when.moment())
        self._prepared, self._shown_ready = base.prepared, to_prepare(base, more.standing)
        self._prepared_text = "\n".join(one.text for one in self._shown_ready)
        self.prepared.set_value(self._prepared_text)
        self._medicines = more.medicines
        self._fill_medicines(more.medicines, base)
        self._order(base.happened)
        for name, fold in self.folds.items():
            fold.set_open(name == (_HAPPENED if base.happened else _AHEAD)[0])
        self._say()

    def _fill_medicines(self, medicines: tuple[Item, ...], session: Session) -> None:
        said = {one.medicine for one in session.taken}
        at = session.starts.at
        named = [
            (item.eid, item.record.name)
            for item in medicines
            if isinstance(item.record, Medicine) and (taken_before(item.record, at) or item.eid in said)
        ]
        self.taken.set_taken(sorted(named, key=_name), session.taken)

    @Slot()
    def _on_when(self) -> None:
        self._on_edited()
        self._arrange()
        if not self._loading:  # another day has other medicines before it; what was answered stays
            self._fill_medicines(self._medicines, Session(starts=self.when.moment(), taken=self.taken.taken()))

    def _fill_courses(self, courses: tuple[Item, ...], shown: Session | None) -> None:
        chosen = self._place.course or (shown.course if shown else None)
        if shown is None and chosen is None and courses:
            chosen = courses[0].eid
        self.course.fill(courses, chosen)
        self.course.addItem("A new course…", _NEW_COURSE)

    @Slot(int)
    def _on_course(self, _index: int) -> None:
        self._on_edited()
        if self.course.currentData() == _NEW_COURSE:
            self.go.emit(Place("edit-course", session=self._eid))

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        super()._on_loaded(eid, loaded)
        if eid == self._eid and self._place.course is not None and self._changed:
            self._on_edited()  # back with the course that was made for it
        if eid == self._eid and self._place.kind in self.folds:
            self._on_jump(self._place.kind)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.second_at.set_read_only(read_only)
        self.ended.set_read_only(read_only)
        self._arrange()

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if new:
            self.go.emit(Place("session", eid=saved.eid))
        else:
            self.back.emit()

    def go_on_removed(self) -> None:
        self.go.emit(Place("journey"))

    # -- parts that fold -------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        come = self.when.moment().at <= self.context.clock.now()
        self._planned.setVisible(come and not self.happened.isChecked() and not self.save.isHidden())

    @Slot()
    def _on_took(self) -> None:
        self.route.setFocus()  # the button goes
        self.happened.setChecked(True)
        self._on_jump("during")  # which stands elsewhere now

    @Slot(bool)
    def _on_happened(self, happened: bool) -> None:
        self._on_edited()
        if not self._loading:
            self._arrange()
            self._order(happened)
            self.folds[(_HAPPENED if happened else _AHEAD)[0]].set_open(True)

    def _order(self, happened: bool) -> None:
        """What is most likely wanted comes first, for the keys too."""
        order = _HAPPENED if happened else _AHEAD
        for place, name in enumerate(order):
            self._parts.insertWidget(place, self.folds[name])
            self._flow.addWidget(self.jumps[name])  # from where it was to the end
        self._flow.addWidget(self.jumps["notes"])
        last: QWidget = self.number
        for name in order:
            for made in (self.folds[name].head, *self._fields[name]):
                QWidget.setTabOrder(last, made)
                last = made
        QWidget.setTabOrder(last, self.notes)

    def _say(self) -> None:
        """What is in the parts that are folded."""
        route = words.ROUTE_NAMES[self.route.currentData()] if self.route.currentData() else ""
        before = (self.arriving, self.setting, self.people, self.support, self.ride)
        said = {
            "before": _joined(*(field.value() for field in before)),
            "medicines": _joined(self.told.value(), *self._taken_said()),
            "prepare": self._prepared_said(),
            "during": _joined(self.dose.value(), route, self.second_dose.value()),
            "readings": summary(self.vitals.vitals()),
        }
        for name, fold in self.folds.items():
            fold.say(said[name])

    def _taken_said(self) -> list[str]:
        count = len(self.taken.taken())
        return [words.counted(count, "medicine", "medicines") + " answered"] if count else []

    def _prepared_said(self) -> str:
        ready = self._prepared_now() or (self._shown_ready if self.prepared.value() == self._prepared_text else ())
        count = sum(one != EMPTIED for one in ready)
        return words.counted(count, "line", "lines") if count else ""

    @Slot(bool)
    def _on_fold(self, open_: bool) -> None:
        self._say()
        fold = self.sender()
        if open_ and isinstance(fold, Fold):
            QTimer.singleShot(0, self, partial(self._reveal, fold))  # once it is laid out

    def _reveal(self, fold: QWidget) -> None:
        """All of a part that was opened is in sight, or as much of it as there is room for."""
        bar, room = self._column.verticalScrollBar(), self._column.viewport().height()
        top = fold.mapTo(self._column.widget(), fold.rect().topLeft()).y()
        bar.setValue(max(bar.value(), min(top, top + fold.height() + GAP["l"] - room)))

    def _on_jump(self, name: str, _on: bool = False) -> None:
        fold = self.folds.get(name)
        if fold is not None:
            fold.set_open(True)
        target = fold if fold is not None else self._notes
        QTimer.singleShot(0, self, partial(self._scroll_to, target))  # once it is laid out

    def _scroll_to(self, target: QWidget) -> None:
        top = target.mapTo(self._column.widget(), target.rect().topLeft()).y()
        self._column.verticalScrollBar().setValue(top)
        (target.head if isinstance(target, Fold) else self.notes).setFocus()

    # -- looks -----------------------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._medicines: tuple[Item, ...] = ()
        self._prepared: tuple[Ready, ...] = ()
        self._shown_ready: tuple[Ready, ...] = ()
        self._prepared_text = ""
        jumps = QWidget()
        self._flow = FlowLayout(jumps, spacing=GAP["m"])
        column.body.addWidget(jumps)
        form = Form(theme)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_when)
        form.add("When it begins, or began", self.when)
        self.happened = QCheckBox("It has taken place")
        self.happened.toggled.connect(self._on_happened)
        form.body.addWidget(self.happened)
        self.course = CourseChoice()
        self.course.activated.connect(self._on_course)
        form.add("Course", self.course)
        self.number = self.number_of(form, "Which session of the course", 9999, "Not numbered")
        column.body.addWidget(form)
        holder = QWidget()
        self._parts = QVBoxLayout(holder)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(GAP["s"])
        column.body.addWidget(holder)
        self.folds: dict[str, Fold] = {}
        self._fields: dict[str, tuple[QWidget, ...]] = {}
        self.jumps: dict[str, QWidget] = {}
        self._build_before()
        self._build_during()
        last = Form(theme)
        self._notes = last
        self.notes = self.lines(last, "Anything else to note about the session itself")
        column.body.addWidget(last)
        for name, text in _JUMPS.items():
            made = button(theme, text, partial(self._on_jump, name), kind="link")
            made.setAccessibleName(f"Go to: {text}")
            self.jumps[name] = made
            self._flow.addWidget(made)

    def _build_before(self) -> None:
        form = self._fold("before", "Before").form
        self.arriving = self.lines(form, "How I am arriving")
        self.setting = self.line(form, "Where, and what it is like there", "The room, the light, the music.")
        self.people = self.line(form, "Who is there")
        self.support = self.line(form, "Who can be called, or sits with me")
        self.ride = self.line(form, "How I get home")
        self._fields["before"] = (self.arriving, self.setting, self.people, self.support, self.ride)
        form = self._fold("medicines", "Medicines of the day").form
        self.told = self.lines(form, "What my prescriber told me about today's medicines")
        self.told.setAccessibleDescription(_TOLD)
        form.body.itemAt(0).widget().layout().addWidget(label(_TOLD, "small"))
        self.taken = TakenEdit(self.context.theme)
        self.taken.edited.connect(self._on_edited)
        form.add("Taken in the 24 hours before", self.taken)
        self._fields["medicines"] = (self.told,)
        form = self._fold("prepare", "What to prepare").form
        self.prepared = self.lines(form, "One line for each thing")
        for field in (self.arriving, self.told):
            field.setMaximumHeight(self.context.theme.px(120))
        self._fields["prepare"] = (self.prepared,)

    def _build_during(self) -> None:
        theme, form = self.context.theme, self._fold("during", "During").form
        self._planned, inside = card("well", spacing=GAP["s"])
        inside.addWidget(label("This session still counts as planned.", "muted"))
        self.took = button(theme, "It has taken place", self._on_took, kind="quiet", icon_name="check")
        inside.addWidget(self.took, 0, Qt.AlignmentFlag.AlignLeft)
        form.body.addWidget(self._planned)
        self.route = QComboBox()
        self.route.addItem("Not said", None)
        for route in Route:
            self.route.addItem(words.ROUTE_NAMES[route], route)
        self.route.activated.connect(self._on_edited)
        form.add("How it was given", self.route)
        self.dose = self.line(form, "Dose, as you were told", "In any words. It is kept as you write it.")
        self.second_dose = self.line(form, "A second dose, as you were told")
        self.second_at = MaybeMoment(
            theme, "When the second dose was given", self._offered, there=self._offered
        )
        self.ended = MaybeMoment(theme, "When it was over", self._offered, there=self._offered)
        for made in (self.second_at, self.ended):
            made.edited.connect(self._on_edited)
        form.add("When the second dose was given", self.second_at)
        form.add("When it was over", self.ended)
        when = (self.second_at.ask, self.ended.ask)
        self._fields["during"] = (self.took, self.route, self.dose, self.second_dose, *when)
        form = self._fold("readings", "Blood pressure and pulse").form
        self.vitals = VitalsEdit(theme)
        self.vitals.edited.connect(self._on_edited)
        form.body.addWidget(self.vitals)
        self._fields["readings"] = tuple(
            field for fields in self.vitals.fields.values() for field in fields.values()
        )

    def _fold(self, name: str, title: str) -> Fold:
        fold = Fold(self.context.theme, title)
        fold.toggled.connect(self._on_fold)
        self.folds[name] = fold
        self._parts.addWidget(fold)
        return fold

    def _offered(self) -> Moment:
        """A time that was not said begins with that of the session."""
        return self.when.moment()


def _joined(*parts: str) -> str:
    return " · ".join(" ".join(part.split()) for part in parts if part.strip())


def _name(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1].casefold(), pair[0]
