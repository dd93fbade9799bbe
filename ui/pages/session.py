"""One session from before to after: the intention, how it was, and what came in the days and weeks that followed.

The intention stays in sight beside what came later, where the window has room for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Attachment, Moment, Ready
from journal.service import Beside, JournalService, Saved, SessionView
from journal.service.body import SessionBody
from journal.service.courses import to_prepare
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.bringing import bring
from ui.places import Place, place_of
from ui.widgets import session_day as day
from ui.widgets import session_parts as parts
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import seen, veiled
from ui.widgets.file_strip import FileStrip, ShownFile
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.refocus import Refocus
from ui.widgets.session_body import BodyPart, CommitmentPart
from ui.widgets.session_landing import SessionLanding, hard_moments

_MOST_LOOSE = 8
_WIDE = 900  # px at 100 %: from here on the intention stands beside the rest
_SECTIONS = ("Before", "During", "After", "Integration")


class _Looked(msgspec.Struct, frozen=True):
    """A session, how many files each entry has, the files of the session and its check-ins, what is to be prepared,
    the names of medicines, what stands by it of the body and the week, and the comments that came back, by entry."""

    view: SessionView
    counts: dict[str, int]
    files: tuple[ShownFile, ...]
    ready: tuple[Ready, ...]
    medicines: dict[str, str]
    body: SessionBody
    beside: dict[str, tuple[Beside, ...]]


class SessionPage(Page):
    """A session, in one scroll with jumps. Alt+Up and Alt+Down go to the session before and after."""

    title = "Session"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._eid = ""
        self._looked: _Looked
        self._view: SessionView | None = None
        self._sections: dict[str, QWidget] = {}
        self._ticked = ""
        self._near: QWidget | None = None  # the intention beside the notes, where there is no room at the side
        theme = context.theme
        head = QHBoxLayout()
        head.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], 0)
        head.addWidget(tool(theme, "Back (Esc)", "arrow-left", self.back.emit))
        jumps = QWidget()
        flow = FlowLayout(jumps, spacing=2)
        for name in _SECTIONS:
            flow.addWidget(button(theme, name, partial(self._on_jump, name), kind="quiet"))
        head.addWidget(jumps, 1)
        self.before = tool(theme, "The session before (Alt+Up)", "caret-up", self._on_before)
        self.after = tool(theme, "The session after (Alt+Down)", "caret-down", self._on_after)
        head.addWidget(self.before)
        head.addWidget(self.after)
        self.body.addLayout(head)
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        across = QHBoxLayout()
        across.setSpacing(0)
        self._column = Column(width=760, name="Session")
        across.addWidget(self._column, 3)
        self._side = Column(width=400, name="Your intention")
        self._side.inner.parentWidget().layout().setContentsMargins(0, GAP["xl"], GAP["l"], GAP["l"])
        across.addWidget(self._side, 2)
        self._side.hide()
        self.body.addLayout(across, 1)
        for keys, slot in (("Alt+Up", self._on_before), ("Alt+Down", self._on_after)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        if place.eid != self._eid:
            self._column.verticalScrollBar().setValue(0)
        self._eid = place.eid or ""
        self._ask()

    def refresh(self, change: Change) -> None:
        self._ask()

    def restyle(self) -> None:
        if self._view is not None:
            self._on_view(self._eid, self._looked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _ask(self) -> None:
        op = partial(_look, eid=self._eid)
        self.context.tasks.ask(op, partial(self._on_view, self._eid), partial(self._on_no_view, self._eid))

    def _on_view(self, eid: str, looked: _Looked) -> None:
        if eid != self._eid:
            return
        self._looked, self._view = looked, looked.view
        view = looked.view
        self.banner.hide()
        if view.item.heads > 1:
            self.banner.show_note(words.ON_TWO_COMPUTERS, actions=[("See both", self._on_both)])
        place, focus = self._column.verticalScrollBar().value(), Refocus(self._column)
        clear(self._column.body)
        clear(self._side.body)
        self.before.setEnabled(view.before is not None)
        self.after.setEnabled(view.after is not None)
        self._fill(view)
        self._fill_side(view)
        self._arrange()
        if self._ticked:
            QTimer.singleShot(0, self, partial(day.focus_line, self._column, self._ticked))  # once it is shown
            self._ticked = ""
        focus.again()
        self._column.verticalScrollBar().setValue(place)

    def _on_no_view(self, eid: str, error: JournalError) -> None:
        if eid != self._eid:
            return
        self._view = self._near = None  # and none of another session either
        self._sections.clear()
        clear(self._column.body)
        clear(self._side.body)
        for made in (self.before, self.after):
            made.setEnabled(False)
        self._arrange()
        self.banner.show_error(error)

    def _fill(self, view: SessionView) -> None:
        theme, session, body = self.context.theme, view.item.record, self._column.body
        starts = session.starts
        eyebrow = view.summary.course_title or ("" if session.happened else "Planned")
        if eyebrow:
            body.addWidget(label(eyebrow, "eyebrow"))
        body.addWidget(label(view.summary.label, "display"))
        planned = "" if session.happened else " · planned"
        body.addWidget(label(f"{words.day_and_time(starts)}{planned}", "muted"))
        asked = day.has_it(theme, session, self.context.clock.now(), self._on_took_place)
        if asked is not None and self.context.tasks.can_write:
            body.addWidget(asked)

        before = self._section("Before")
        for item in view.intentions:
            before.addWidget(self._entry(item, starts))
        if not view.intentions:
            text = "An intention: what you would like to bring, ask, or be kind to yourself about."
            before.addWidget(self._nothing_yet(text, "Write an intention", self._on_intention))

        note = self.writes(day.to_note(theme, session, self._on_evening))
        before.addWidget(day.arriving(session, self._looked.medicines, note))
        if self._looked.ready:
            ticked = self._on_tick if self.context.tasks.can_write else None
            change = button(theme, "Change the list", self._on_list, kind="link")
            before.addWidget(day.prepared(self._looked.ready, ticked, self.writes(change)))

        during = self._section("During")
        frame, inside = day.during(session)
        edit = button(theme, "Change", self._on_edit, kind="link", icon_name="pencil-line")
        inside.addWidget(self.writes(edit), 0, Qt.AlignmentFlag.AlignLeft)
        if self._looked.files:
            strip = FileStrip(theme, "Files of this session")
            strip.show_files(self._looked.files)
            strip.opened.connect(self.shows)
            strip.heard.connect(self.plays)
            inside.addWidget(strip)
        during.addWidget(frame)
        if self._looked.beside[self._eid]:
            during.addWidget(parts.beside(theme, self._looked.beside[self._eid]))

        after = self._section("After")
        for item in view.experiences:
            after.addWidget(self._entry(item, starts))
        if not view.experiences:
            text = "The experience, in fragments if need be. Nothing has to make sense yet."
            after.addWidget(self._nothing_yet(text, "Write about it", self._on_experience))
        if self.context.tasks.can_write:
            landing = SessionLanding(theme, view.item.eid, session, self.context.clock.now())
            landing.go.connect(self.go)
            after.addWidget(landing)
        if view.hard:
            after.addWidget(hard_moments(theme, view.hard, self._on_hard))
        frame, inside = card(spacing=GAP["m"])
        inside.addWidget(label("Check-ins around it", "heading"))
        if view.checkins:
            inside.addWidget(parts.check_ins(theme, view.checkins, starts))
        else:
            inside.addWidget(
                label("Seven sliders at a moment: after four hours, a day, three days, a week.", "muted")
            )
        check = button(theme, "Check in", self._on_check_in, kind="link", icon_name="sliders-horizontal")
        inside.addWidget(self.writes(check), 0, Qt.AlignmentFlag.AlignLeft)
        after.addWidget(frame)
        noted = self._looked.body  # nothing is noted in one tap of what lies ahead
        if noted.begun or noted.effects:
            after.addWidget(self._part(BodyPart(self.context, self._eid, noted)))

        later = self._section("Integration")
        self._near = parts.intentions(theme, view.intentions if view.notes else ())
        later.addWidget(self._near)
        for name, items in parts.by_day(view.notes, starts):
            later.addWidget(label(name, "eyebrow"))
            for item in items:
                later.addWidget(self._entry(item, starts))
        text = (
            "Another note, whenever something comes back."
            if view.notes
            else "Notes of the days and weeks after: what stays, what changes, what you want to bring to therapy."
        )
        later.addWidget(self._nothing_yet(text, "Write an integration note", self._on_note))
        later.addWidget(self._part(CommitmentPart(self.context, self._eid, self._looked.body)))
        if view.loose and self.context.tasks.can_write:
            body.addWidget(self._loose(view.loose))
        body.addStretch(1)

    @Slot()
    def _on_took_place(self) -> None:
        op = partial(JournalService.took_place, session=self._eid)
        self.context.tasks.ask(op, self._on_noted, self.banner.show_error)

    def _on_noted(self, _saved: Saved) -> None:
        self.did.emit("It has taken place.")

    @Slot(str, bool)
    def _on_tick(self, line: str, done: bool) -> None:
        self._ticked = line  # the page is made anew, and the focus stays where it was
        op = partial(JournalService.prepare, session=self._eid, line=line, done=done)
        self.context.tasks.ask(op, None, self.banner.show_error)

    def _part(self, part: BodyPart | CommitmentPart) -> QWidget:
        part.go.connect(self.go)
        part.did.connect(self.did)
        part.failed.connect(self.banner.show_error)
        return part

    def _entry(self, item: Item, starts: Moment) -> QWidget:
        theme, files, found = self.context.theme, self._looked.counts.get(item.eid, 0), self._looked.beside[item.eid]
        brings = self._on_bring if self.context.tasks.can_write else None
        shown = partial(parts.entry, theme, item, starts, self._on_entry, files, brings, found)
        return veiled(theme, item.record, shown)

    def _loose(self, items: tuple[Item, ...]) -> QWidget:
        """What was written around this time and belongs to no session: it may belong to this one."""
        frame, inside = card("well", spacing=GAP["s"])
        inside.addWidget(label("Written around this time, without a session", "eyebrow"))
        for item in items[-_MOST_LOOSE:]:
            record = item.record
            name = seen(record, 60) or words.KIND_NAMES[record.kind]
            text = label(f"{words.KIND_NAMES[record.kind]}, {words.day_short(record.at)} · {name}")
            put = button(self.context.theme, "Put it here", partial(self._on_put_here, item.eid), kind="link")
            across = row(text, put)
            across.setStretch(0, 1)
            inside.addLayout(across)
        return frame

    def _on_put_here(self, eid: str, _on: bool = False) -> None:
        op = partial(_put, eid=eid, session=self._eid)
        self.context.tasks.ask(op, self._on_put, self.banner.show_error)

    def _on_put(self, _saved: Saved) -> None:
        self.did.emit("It stands here now.")

    def _nothing_yet(self, text: str, action: str, clicked: Callable[..., None]) -> QWidget:
        if self.context.tasks.can_write:
            return parts.nothing_yet(self.context.theme, text, action, clicked)
        return label("Nothing was written here.", "muted")

    def _section(self, name: str) -> QVBoxLayout:
        holder = QWidget()
        holder.setAccessibleName(name)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, GAP["m"], 0, 0)
        inside.setSpacing(GAP["m"])
        inside.addWidget(label(name, "title"))
        self._column.body.addWidget(holder)
        self._sections[name] = holder
        return inside

    def _fill_side(self, view: SessionView) -> None:
        self._side.body.addWidget(parts.intentions(self.context.theme, view.intentions))
        self._side.body.addStretch(1)

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE * self.context.theme.scale / 100
        intended = self._view is not None and bool(self._view.intentions)
        self._side.setVisible(wide and intended)
        if self._near is not None and self._view is not None:
            self._near.setVisible(not wide and intended and bool(self._view.notes))

    # -- what the person does ------------------------------------------------------------------------------------

    def _on_jump(self, name: str, _on: bool = False) -> None:
        self.jump(name)

    def jump(self, name: str) -> None:
        """Scroll to Before, During, After or Integration."""
        section = self._sections.get(name)
        if section is not None:
            top = section.mapTo(self._column.widget(), section.rect().topLeft()).y()
            self._column.verticalScrollBar().setValue(top)

    @Slot()
    def _on_before(self) -> None:
        if self._view and self._view.before:
            self.go.emit(Place("session", eid=self._view.before))

    @Slot()
    def _on_after(self) -> None:
        if self._view and self._view.after:
            self.go.emit(Place("session", eid=self._view.after))

    def _on_entry(self, eid: str, kind: str, _on: bool = False) -> None:
        view = self._view
        items = (*view.intentions, *view.experiences, *view.notes) if view is not None else ()
        heads = next((item.heads for item in items if item.eid == eid), 1)
        self.go.emit(place_of(eid, kind, heads, self._eid))

    def _on_hard(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("hard", eid=eid, session=self._eid))

    def _on_bring(self, eid: str, _on: bool = False) -> None:
        bring(self.context, eid, self.say.emit, self.banner)

    @Slot()
    def _on_both(self) -> None:
        self.go.emit(Place("two-versions", eid=self._eid))

    @Slot()
    def _on_intention(self) -> None:
        self.go.emit(Place("write", kind="intention", session=self._eid))

    @Slot()
    def _on_experience(self) -> None:
        self.go.emit(Place("write", kind="experience", session=self._eid))

    @Slot()
    def _on_note(self) -> None:
        self.go.emit(Place("write", kind="integration", session=self._eid))

    @Slot()
    def _on_edit(self) -> None:
        self.go.emit(Place("edit-session", eid=self._eid, kind="during"))

    @Slot()
    def _on_evening(self) -> None:
        self.go.emit(Place("edit-session", eid=self._eid, kind="before"))

    @Slot()
    def _on_list(self) -> None:
        self.go.emit(Place("edit-session", eid=self._eid, kind="prepare"))

    @Slot()
    def _on_check_in(self) -> None:
        self.go.emit(Place("check-in", session=self._eid))


def _look(service: JournalService, *, eid: str) -> _Looked:
    view = service.session(eid)
    counts = service.file_counts()
    mine = (one for one in (eid, *(item.eid for item in view.checkins)) if one in counts)
    files = (file for one in mine for file in service.attachments(one) if isinstance(file.record, Attachment))
    ready = to_prepare(view.item.record, service.checklist())
    medicines = {item.eid: item.record.name for item in service.every_medicine()}
    shown = tuple(ShownFile.of(file.eid, file.record) for file in files)
    beside = parts.comments(service, view)
    return _Looked(view, counts, shown, ready, medicines, service.session_body(eid), beside)


def _put(service: JournalService, *, eid: str, session: str) -> Saved:
    return service.amend(eid, partial(msgspec.structs.replace, session=session))
