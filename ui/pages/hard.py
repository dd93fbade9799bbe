"""Something was hard: one thing at a time, each can be skipped, and one can stop anywhere. What is there is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from journal.errors import InvalidRecord, JournalError
from journal.ids import new_id
from journal.records import HardMoment, HowHard
from journal.service import JournalService, Saved
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.hard_state import Kept, Looked, look
from ui.pages.hard_steps import AGAIN, HOW, LOOK, TITLES, Bring, Cover, Noted, Part, Tell, When, entry_name, wrote
from ui.pages.landing_questions import NORMAL
from ui.places import Place, place_of
from ui.sealing import SealTimer, keeping
from ui.unkept import Unkept
from ui.visits import Visits
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.calm_parts import CalmText, Choices, calm_button, in_line, in_order
from ui.widgets.cards import Column, clear, row
from ui.widgets.grounding import Grounding
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of

_MOMENT = timedelta(hours=1)


class HardPage(Page):
    """The path, and the look at it later."""

    title = "Something hard"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("hard")
        self._eid = ""
        self._looked: Looked | None = None
        self._record: HardMoment | None = None
        self._over_what = ""  # the version that the record began from
        self._unkept = self._unsealed = self._over = False
        self._about: str | None = None  # the entry that it is about
        self._steps: list[str] = []
        self._step = ""
        self._left = context.clock.now()
        self.choices: Choices | None = None
        self.note: CalmText | None = None
        self.part: Any = None
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self._visits: Visits[Kept] = Visits()
        self._waiting = Unkept(context.tasks, self)
        self._lay()

    # -- coming and going --------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if self._unkept and place.eid == self._eid:
            return  # back to what could not be kept when it was left
        same = self._is_same(place)
        self._eid = place.eid or (self._eid if same else new_id())
        self._step = self._step if same else ""
        self._over = False
        self._place = Place("hard", eid=self._eid, session=place.session, eids=place.eids)
        visit = self._visits.begin()
        self._looked, self._record, self._over_what = None, None, ""
        self._about = next(iter(place.eids), None)
        self._unkept = self._unsealed = False
        self.banner.hide()
        self.kept.setText("")
        clear(self._inside.body)
        self.next.setEnabled(False)
        op = partial(look, eid=self._eid, session=place.session, entry=next(iter(place.eids), None))
        self.context.tasks.ask(op, partial(self._on_looked, visit), self.banner.show_error)

    def _is_same(self, place: Place) -> bool:
        """Whether this is the way back, from help for example, to what was begun here a moment ago."""
        mine = (self._place.session, self._place.eids)
        if self._record is None or self._over or (place.session, place.eids) != mine:
            return False
        if place.eid is not None:
            return place.eid == self._eid and self.context.clock.now() - self._left < _MOMENT
        return self.context.clock.now() - self._record.at.at < _MOMENT

    def leave(self) -> None:
        self._left = self.context.clock.now()
        self._keep()

    @Slot()
    def seal(self) -> None:
        """What is typed is sealed as it is typed; what could not be saved is tried again."""
        self.sealing.stop()
        self._waiting.try_now()
        if self._unsealed and self._record is not None:
            self._unsealed = False
            self._ask_to_keep(JournalService.put_draft)

    def _on_looked(self, visit: int, looked: Looked) -> None:
        if visit != self._visits.now:
            return  # something else is shown, or what could not be kept was put back
        self._looked, self._record, self._over_what = looked, looked.record, looked.over
        path = ["how", *(["cover"] if looked.view.entries else []), "ground", "tell", "again", "end"]
        if looked.due:
            self._steps = ["look", "end"]
        elif not (self._step and self._steps[:1] == ["look"]):  # else: back in the middle of looking at it again
            self._steps = path
        if looked.read_only:
            self._steps = ["noted", "ground"] if looked.record is not None else ["ground"]
        self._go(self._step if self._step in self._steps else self._steps[0])

    # -- the steps ---------------------------------------------------------------------------------------------------

    def _go(self, step: str) -> None:
        self._keep()
        self._step = step
        self.kept.setText("")
        self._draw()
        focus = self.note or (self.part.first if self.part is not None else None) or self.next
        focus.setFocus()

    def _draw(self) -> None:
        body = self._inside.body
        clear(body)
        self.choices = self.note = self.part = None
        self.heading.setText(TITLES[self._step])
        self.where.setText(self._looked.view.label if self._looked is not None else "")
        self.where.setVisible(bool(self.where.text()))
        getattr(self, f"_draw_{self._step}")()
        in_order(self.way_back, self._inside, self.next)
        self.next.setEnabled(True)
        self.stop.setVisible(self._step != "end")
        self._name_next()

    def _draw_how(self) -> None:
        ticked = self._record.how.value if self._record is not None else ""
        self._choose(HOW, ticked, self._on_how)
        self._add(label(NORMAL, "muted"))
        self._add(label("A few words, if you like"))
        self.note = CalmText(self.context.theme, "A few words, if you like")
        self.note.set_value(self._record.note if self._record is not None else "")
        self.note.textChanged.connect(self._on_note)
        self._add(self.note)

    def _draw_noted(self) -> None:
        assert self._record is not None
        self.part = Noted(self._record)
        self._add(self.part)

    def _draw_cover(self) -> None:
        assert self._looked is not None
        self.part = Cover(self.context, self._looked.view.entries)
        self.part.covered.connect(self._on_covered)
        self.part.uncovered.connect(self._name_next)
        self.part.refused.connect(self.banner.show_error)
        self._add(self.part)

    def _draw_ground(self) -> None:
        self._add(Grounding(self.context.theme))

    def _draw_tell(self) -> None:
        assert self._looked is not None
        record = self._record
        people = self._looked.view.people
        self.part = Tell(self.context.theme, people, record.tell if record else (), talk=bool(record and record.talk))
        self.part.edited.connect(self._on_tell)
        self._add(self.part)

    def _draw_again(self) -> None:
        ask = self._record.ask_again if self._record is not None else None
        self.part = When(self.context.theme, AGAIN, ask, self.context.clock.now())
        self.part.chosen.connect(self._on_again)
        self._add(self.part)

    def _draw_look(self) -> None:
        assert self._record is not None and self._looked is not None
        self._add(label(wrote(self._record)))
        if self._record.note:
            self._add(label(self._record.note))
        for item in self._looked.view.entries[:1]:
            if self._record.entry == item.eid and not self.context.theme.calm:
                open_ = button(self.context.theme, f"Open: {entry_name(item)}", self._on_open, kind="link")
                self._add(open_, left=True)
        self._add(label("Does it still bother you?", "heading"))
        self._choose(LOOK, "", self._on_still)

    def _draw_bring(self) -> None:
        assert self._looked is not None and self._record is not None
        self.part = Bring(self.context.theme, self._looked.view.entries, self._record)
        self.part.wanted.connect(self._on_bring)
        self._add(self.part)

    def _draw_end(self) -> None:
        text = "It stands in your journal, and nobody else sees it unless you share it."
        self._add(label(text if self._record is not None else "Nothing was noted. You can come back to it any time."))
        self._add(button(self.context.theme, "People to turn to", self._on_help, icon_name="lifebuoy"), left=True)
        if self._record is None:
            self.heading.setText("Nothing has to be noted")

    def _choose(self, answers: Any, ticked: str, chosen: Any) -> None:
        self.choices = Choices(self.context.theme, answers, ticked)
        self.choices.chosen.connect(chosen)
        self._add(self.choices)

    def _add(self, widget: QWidget, *, left: bool = False) -> None:
        self._inside.add(widget, left=left)

    @Slot()
    def _name_next(self) -> None:
        answered = (self.choices is not None and bool(self.choices.ticked)) or bool(self.part and self.part.given)
        if self._step == self._steps[-1]:
            self.next.setText("Done")
        else:
            self.next.setText("Go on" if answered or self._step == "ground" or self._noted() else "Skip")

    def _noted(self) -> bool:
        return self.note is not None and bool(self.note.value().strip())

    # -- what the person does ----------------------------------------------------------------------------------------

    @Slot()
    def _on_next(self) -> None:
        if self._step == "look":
            self._put(looked=moment_of(self.context.clock.now()))  # skipped: looked at, and nothing said
        place = self._steps.index(self._step)
        if place + 1 < len(self._steps):
            self._go(self._steps[place + 1])
        else:
            self._on_end()

    @Slot()
    def _on_before(self) -> None:
        place = self._steps.index(self._step) if self._step in self._steps else 0
        if place:
            self._go(self._steps[place - 1])
        else:
            self._on_end()

    @Slot()
    def _on_end(self) -> None:
        self._over = True  # what is noted next is another note
        self.back.emit()

    @Slot(str)
    def _on_how(self, code: str) -> None:
        if code:
            self._put(how=HowHard(code))
            self.note.setFocus()  # what is typed next belongs there
        self._name_next()

    @Slot()
    def _on_note(self) -> None:
        if self.note is not None and (self.note.value() or self._record is not None):
            self._record = msgspec.structs.replace(self._now(), note=self.note.value())
            self._unkept = self._unsealed = True
            self.kept.setText("")
            self.sealing.touch()
        self._name_next()

    @Slot(str)
    def _on_covered(self, entry: str) -> None:
        self._about = self._about or entry
        if self._record is not None and self._record.entry is None:
            self._put(entry=entry)
        self._name_next()

    @Slot()
    def _on_tell(self) -> None:
        if self._record is not None or self.part.given:
            self._put(tell=self.part.names(), talk=self.part.talk)
        self._name_next()

    @Slot(object)
    def _on_again(self, ask: Any) -> None:
        if self._record is not None or ask is not None:
            self._put(ask_again=ask)
        self._name_next()

    @Slot(str)
    def _on_still(self, code: str) -> None:
        if code:
            still = code == "yes"
            self._put(looked=moment_of(self.context.clock.now()), still=still)
            self._steps = ["look", "bring", "again", "end"] if still else ["look", "end"]
        self._name_next()

    @Slot(str)
    def _on_bring(self, text: str) -> None:
        assert self._record is not None
        record = self._record
        op = partial(JournalService.bring_to_therapy, text=text, session=record.session, entry=record.entry)
        self.context.tasks.ask(op, self._on_brought, self.banner.show_error)

    def _on_brought(self, _change: object) -> None:
        if self._step == "bring":
            self.part.show_done()
            self._name_next()
        self.did.emit("Added to what you bring to therapy.")

    @Slot()
    def _on_open(self) -> None:
        assert self._looked is not None
        item = self._looked.view.entries[0]
        self.go.emit(place_of(item.eid, item.record.kind, item.heads, self._place.session))

    @Slot()
    def _on_help(self) -> None:
        self.go.emit(Place("help"))

    # -- keeping -----------------------------------------------------------------------------------------------------

    def _now(self) -> HardMoment:
        """The note as it stands in the window."""
        if self._record is not None:
            return self._record
        entries = self._looked.view.entries if self._looked is not None else ()
        session = self._place.session or (getattr(entries[0].record, "session", None) if entries else None)
        return HardMoment(at=moment_of(self.context.clock.now()), session=session, entry=self._about)

    def _put(self, **what: Any) -> None:
        self._record = msgspec.structs.replace(self._now(), **what)
        self._unkept = True
        self._keep()

    def _keep(self) -> None:
        """Save what was given."""
        self.sealing.stop()
        if not self._unkept or self._record is None:
            return
        self._unkept = self._unsealed = False
        self._ask_to_keep(JournalService.save)

    def _ask_to_keep(self, ask: Callable[..., Any]) -> None:
        record = self._now()
        steps = tuple(self._steps)
        kept = Kept(self._place, self._looked, record, self._about, steps, self._step, self._over_what)
        op = keeping(ask, self._eid, self._now, self._over_what)
        visit = self._visits.ask(kept)
        self.context.tasks.ask(op, partial(self._on_kept, visit, kept), partial(self._on_not_kept, visit, kept))

    def _on_kept(self, visit: int, kept: Kept, saved: Saved | None) -> None:
        self._visits.kept(visit, kept)
        if kept.place.eid == self._eid and saved is not None:
            self._over_what = saved.rev  # what is noted next is noted over this one
        if kept.place.eid == self._eid and not self._unsealed:
            self.kept.setText(f"Kept, {words.time(self.context.clock.now())}")

    def _on_not_kept(self, visit: int, kept: Kept, error: JournalError) -> None:
        """What could not be kept is not let go: a person who left is taken back to it."""
        eid, place = kept.place.eid or "", kept.place
        self.banner.show_error(error)
        if self._unkept and eid != self._eid:  # another note was begun meanwhile, and is not kept either
            if self._visits.is_last(visit, kept):
                self._waiting.put(eid, partial(JournalService.keep_late, record=kept.record, eid=eid, over=kept.over))
            return
        again = self._visits.back(visit)
        if again is not None:
            self._place, self._eid, self._about = again.place, eid, again.about
            self._looked, self._record, self._over_what = again.looked, again.record, again.over
            self._steps, self._step = list(again.steps), again.step
            self._draw()
        self._unkept = self._unsealed = True
        self.kept.setText("Not kept yet")
        if not isinstance(error, InvalidRecord):
            self.sealing.try_again()
        if not self.isVisible():
            self.go.emit(place)

    # -- looks -------------------------------------------------------------------------------------------------------

    def _lay(self) -> None:
        theme = self.context.theme
        column = Column(width=640, name=self.title)
        self.body.addWidget(column)
        self.heading = label("", "title")
        self.where = label("", "eyebrow")
        column.body.addWidget(self.where)
        self.way_back = tool(theme, "Back (Esc)", "arrow-left", self._on_before)
        column.body.addLayout(row(self.way_back, self.heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self._inside = Part()
        column.body.addWidget(self._inside)
        self.next = calm_button(theme, "Skip", self._on_next, main=True)
        self.stop = calm_button(theme, "Stop here", self._on_end)
        column.body.addWidget(in_line(self.next, self.stop))
        self.kept = label("", "small")
        column.body.addWidget(self.kept)
        column.body.addStretch(1)
