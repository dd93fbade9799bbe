"""A course: what it is for, where it stands, its phases and sessions in time, who is part of it, what was agreed."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Course, Moment, Phase, Provider, Record
from journal.service import CourseView, JournalService, Saved, Standing
from journal.service.courses import ended, going_on, last_phase, paused
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.fields import StillWheel
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, selectable
from ui.widgets.moment_edit import moment_of
from ui.widgets.timeline import StretchView, counted, name_of, time_of

_UNNAMED = "A course without a name"
_DONE = {
    "pause": "The course pauses.",
    "end": "The course has ended.",
    "go on": "The course goes on.",
}


class _Looked(msgspec.Struct, frozen=True):
    view: CourseView | None
    standing: Standing
    providers: tuple[Item, ...]  # of the course; where there is none, all


class CoursePage(Page):
    """One course; without an id the one that goes on."""

    title = "Course"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked: str | None = None
        self._eid = ""
        self._looked: _Looked | None = None
        self._column = Column(width=760, name=self.title)
        self.body.addWidget(self._column)
        self.banner = Banner(context.theme)
        self._column.body.addWidget(self.banner)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP["l"])
        self._column.body.addLayout(self._list)
        self._column.body.addStretch(1)
        self._wheel = StillWheel(self)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        if place.eid != self._asked or place.eid is None:
            self._column.verticalScrollBar().setValue(0)
        self._asked = place.eid
        self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches("course", "session", "provider", "checklist"):
            self._ask()

    def restyle(self) -> None:
        if self._looked is not None:
            self._on_looked(self._asked, self._looked)

    def _ask(self) -> None:
        asked = self._asked
        self.context.tasks.ask(partial(_look, eid=asked), partial(self._on_looked, asked), self._on_no_view)

    def _on_looked(self, asked: str | None, looked: _Looked) -> None:
        if asked != self._asked:
            return
        self._looked, view = looked, looked.view
        bar = self._column.verticalScrollBar()
        place = bar.value()
        clear(self._list)
        self.banner.hide()
        if view is None:
            self._eid = ""
            self._list.addWidget(self._empty())
            self._list.addWidget(self._people(looked.providers))
            self._list.addWidget(self._along())
            return
        self._eid = view.item.eid
        self._fill(view)
        if view.item.heads > 1:
            self.banner.show_note(words.ON_TWO_COMPUTERS, actions=[("See both", self._on_both)])
        elif view.unsaved and self.context.tasks.can_write:
            self.banner.show_note("You had begun to change this course.", actions=[("Go on", self._on_edit)])
        bar.setValue(place)

    def _on_no_view(self, error: JournalError) -> None:
        self._looked, self._eid = None, ""
        clear(self._list)
        self.banner.show_error(error)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("A course holds your sessions together", "title"))
        if not self.context.tasks.can_write:
            inside.addWidget(label("There is none in this journal."))
            return frame
        inside.addWidget(
            label(
                "What it is for, its phases, who is part of it, and what was agreed. Only what you want to note; "
                "a session can also stand alone."
            )
        )
        theme = self.context.theme
        inside.addWidget(
            _flow(
                button(theme, "New course", self._on_new, kind="primary", icon_name="plus"),
                button(theme, "Note a session", self._on_session, kind="quiet"),
            )
        )
        return frame

    def _fill(self, view: CourseView) -> None:
        course = view.course
        if len(view.courses) > 1:
            self._list.addWidget(self._switcher(view), 0, Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        inside = QVBoxLayout(head)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP["xs"])
        inside.addWidget(label("Course", "eyebrow"))
        inside.addWidget(label(course.title.strip() or _UNNAMED, "display"))
        if course.targets:
            named = [words.TARGET_NAMES.get(target, target) for target in course.targets]
            inside.addWidget(label(f"For {' · '.join(named)}", "muted"))
        self._list.addWidget(head)
        self._list.addWidget(self._now(view))
        self._list.addWidget(self._in_time(view))
        self._list.addWidget(self._people(view.providers))
        if course.notes.strip():
            self._list.addWidget(self._agreed(course))
        self._list.addWidget(self._along())
        self._list.addWidget(self._ways(view))

    def _switcher(self, view: CourseView) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Which course")
        for item in view.courses:
            if isinstance(item.record, Course):
                box.addItem(item.record.title.strip() or _UNNAMED, item.eid)
        box.setCurrentIndex(box.findData(view.item.eid))
        self._box = box
        box.activated.connect(self._on_chosen)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(self._wheel)
        return box

    def _now(self, view: CourseView) -> QWidget:
        theme, course, here = self.context.theme, view.course, view.here
        frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["s"])
        inside.addWidget(label("Where it stands", "eyebrow"))
        says = course.phase in (Phase.PAUSE, Phase.ENDED) or here is None or here.phase is None
        name = words.PHASE_NAMES[course.phase] if says else name_of(here.phase)
        inside.addWidget(label(name, "title"))
        phase = here.phase if here is not None and not says else None
        since = time_of(phase, None, view.now) if phase is not None else ""
        told = " · ".join(part for part in (counted(view.done, view.planned), since) if part)
        if told:
            inside.addWidget(label(told, "lead"))
        if whole := self._whole(view):
            inside.addWidget(label(whole, "muted"))
        if view.next is not None:
            starts = view.next.session.starts
            after = label(f"{view.next.label} is {_when(starts, view)}.")
            link = button(theme, "Open the session", partial(self._on_open, view.next.eid), kind="link")
            inside.addWidget(after)
            inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addSpacing(GAP["xs"])
        note = button(theme, "Note a session", self._on_session, kind="primary", icon_name="calendar-blank")
        change = button(theme, "Change", self._on_edit, kind="quiet", icon_name="pencil-line")
        change.setAccessibleName("Change the course")
        inside.addWidget(_flow(self.writes(note), self.writes(change)))
        return frame

    @staticmethod
    def _whole(view: CourseView) -> str:
        """How many of the whole course, where the line above is about the phase alone."""
        if view.course.planned is None or view.here is None or view.here.phase is None:
            return ""
        if view.here.phase.planned is None:
            return ""
        done = sum(part.happened for part in view.stretches)
        return f"In the whole course: {counted(done, view.course.planned)}"

    def _in_time(self, view: CourseView) -> QWidget:
        frame, inside = _part("In time")
        parts = view.stretches
        line = QVBoxLayout()
        line.setSpacing(0)
        for number, part in enumerate(parts):
            above = parts[number - 1] if number else None
            made = StretchView(
                self.context.theme, part, self._on_open, view.now, above=above, last=number == len(parts) - 1
            )
            if part.phase is None and len(parts) == 1:
                made.rename("Sessions")
            line.addWidget(made)
        inside.addLayout(line)
        if not parts:
            inside.addWidget(label("Sessions you note stand here, under their phase if you keep phases.", "muted"))
        return frame

    def _people(self, providers: tuple[Item, ...]) -> QWidget:
        theme = self.context.theme
        frame, inside = _part("Who is part of it")
        for item in providers:
            inside.addWidget(self._provider(item))
        if not providers:
            inside.addWidget(label("The clinic, the prescriber, a therapist, whoever sits with you.", "muted"))
        add = button(theme, "Add a person or a clinic", self._on_add, kind="link", icon_name="plus")
        inside.addWidget(self.writes(add), 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _provider(self, item: Item) -> QWidget:
        provider = item.record
        assert isinstance(provider, Provider)
        holder, inside = card(spacing=2, padding=GAP["m"])
        change = tool(
            self.context.theme, f"Change {provider.name[:40]}", "pencil-line", partial(self._on_provider, item)
        )
        across = row(label(provider.name, "heading"), change)
        across.setStretch(0, 1)
        inside.addLayout(across)
        told = " · ".join(part for part in (words.ROLE_NAMES[provider.role], provider.place) if part)
        inside.addWidget(label(told, "small"))
        for text in (provider.reach, provider.notes):
            if text.strip():
                inside.addWidget(selectable(label(text)))
        return holder

    def _agreed(self, course: Course) -> QWidget:
        frame, inside = _part("What was agreed")
        inside.addWidget(selectable(label(course.notes)))
        return frame

    def _along(self) -> QWidget:
        theme = self.context.theme
        frame, inside = _part("Beside it")
        inside.addWidget(
            _flow(
                button(theme, "To bring along", self._on_questions, icon_name="chat-centered-text"),
                button(theme, "What to prepare", self._on_checklist, icon_name="check-square"),
                button(theme, "Costs", self._on_costs, icon_name="receipt"),
            )
        )
        return frame

    def _ways(self, view: CourseView) -> QWidget:
        theme, phase = self.context.theme, view.course.phase
        made = []
        if phase in (Phase.PAUSE, Phase.ENDED):
            made.append(button(theme, "Go on with it", partial(self._on_turn, "go on"), kind="quiet"))
        if phase not in (Phase.PAUSE, Phase.ENDED):
            made.append(button(theme, "Pause it", partial(self._on_turn, "pause"), kind="quiet"))
        if phase is not Phase.ENDED:
            made.append(button(theme, "End it", partial(self._on_turn, "end"), kind="quiet"))
        made.append(button(theme, "New course", self._on_new, kind="quiet", icon_name="plus"))
        return _flow(*(self.writes(one) for one in made))

    # -- what the person does --------------------------------------------------------------------------------------

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self.go.emit(Place("course", eid=self._box.currentData()))

    def _on_open(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("session", eid=eid))

    def _on_provider(self, item: Item, _on: bool = False) -> None:
        self.go.emit(place_of(item.eid, "provider", item.heads))

    @Slot()
    def _on_add(self) -> None:
        self.go.emit(Place("edit-provider", course=self._eid or None))

    @Slot()
    def _on_session(self) -> None:
        self.go.emit(Place("edit-session", course=self._eid or None))

    @Slot()
    def _on_edit(self) -> None:
        self.go.emit(Place("edit-course", eid=self._eid))

    @Slot()
    def _on_new(self) -> None:
        self.go.emit(Place("edit-course"))

    @Slot()
    def _on_both(self) -> None:
        self.go.emit(Place("two-versions", eid=self._eid))

    @Slot()
    def _on_questions(self) -> None:
        self.go.emit(Place("questions"))

    @Slot()
    def _on_costs(self) -> None:
        self.go.emit(Place("costs", course=self._eid or None))

    @Slot()
    def _on_checklist(self) -> None:
        standing = self._looked.standing if self._looked is not None else None
        self.go.emit(Place("edit-checklist", eid=standing.eid if standing is not None else None))

    def _on_turn(self, what: str, _on: bool = False) -> None:
        view = self._looked.view if self._looked is not None else None
        if what == "go on" and view is not None and last_phase(view.course, self.context.clock.now()) is None:
            self._on_edit()  # only the person knows where it stood
            return
        now = moment_of(self.context.clock.now())
        op = partial(_turn, eid=self._eid, what=what, now=now)
        self.context.tasks.ask(op, partial(self._on_turned, what), self.banner.show_error)

    def _on_turned(self, what: str, saved: Saved | None) -> None:
        told = self.did if saved is not None else self.say  # where nothing was done nothing is taken back
        told.emit(_DONE[what])


def _part(name: str) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    holder.setAccessibleName(name)
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, GAP["m"], 0, 0)
    inside.setSpacing(GAP["m"])
    inside.addWidget(label(name, "title"))
    return holder, inside


def _flow(*made: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for one in made:
        flow.addWidget(one)
    return holder


def _when(starts: Moment, view: CourseView) -> str:
    near = words.relative(starts, view.now)
    full = f"{words.day(starts)}, {words.time(starts)}"
    return f"{near}: {full}" if near.startswith(("in ", "to")) else f"on {full}"


def _look(service: JournalService, *, eid: str | None) -> _Looked:
    view = service.course_view(eid)
    return _Looked(view, service.checklist(), view.providers if view is not None else service.providers())


def _turn(service: JournalService, *, eid: str, what: str, now: Moment) -> Saved | None:
    """None where it stands so already: by the first of two taps."""
    course = service.get(eid).record
    stands = course.phase if isinstance(course, Course) else None
    if stands is {"pause": Phase.PAUSE, "end": Phase.ENDED}.get(what):
        return None
    if what == "go on" and stands not in (Phase.PAUSE, Phase.ENDED):
        return None
    return service.amend(eid, partial(_turned, what=what, now=now))


def _turned(record: Record, *, what: str, now: Moment) -> Record:
    assert isinstance(record, Course)
    return {"pause": paused, "end": ended, "go on": going_on}[what](record, now)
