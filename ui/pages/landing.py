"""Landing: the first hours after a session. One question a screen, each can be skipped, and all of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from journal.change import Change
from journal.errors import InvalidRecord, JournalError
from journal.service import JournalService
from journal.service.landing_steps import LandingView
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.landing_parts import Night, Soothing, asked_on, head, said_besides, ticked
from ui.pages.landing_questions import NIGHT, STEPS, WORDED, after, before, good_night, question
from ui.pages.landing_state import changed, land, looked, tapped
from ui.pages.landing_voice import Memos
from ui.pages.landing_words import Sayings
from ui.places import Place
from ui.sealing import SealTimer
from ui.widgets.banner import Banner
from ui.widgets.calm_parts import CalmText, Choices, calm_button, foot, in_line, in_order, stillness
from ui.widgets.cards import GAP, Column, clear
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of

_MEASURE = 720  # px


class LandingPage(Page):
    """One question after the other."""

    title = "Landing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("landing")
        self._view: LandingView | None = None
        self._step = STEPS[0]
        self._typed: dict[str, str] = {}  # as it stands in the window
        self._unkept: set[str] = set()  # answers in words that are not saved as the entry yet
        self._unsealed = False
        self._turns = 0  # of answers given here: what was looked up before one is older than it
        self.memos = Memos(context, self)
        self.memos.kept.connect(self._on_memo_kept)
        self.memos.refused.connect(self._on_memo_refused)
        self.memos.say.connect(self.say)
        self.sayings = Sayings(context.tasks, self)
        self.sayings.kept.connect(self._on_kept)
        self.sayings.refused.connect(self._on_not_kept)
        self.text: CalmText | None = None
        self.choices: Choices | None = None
        self.sealing = SealTimer(self)
        self.sealing.due.connect(self.seal)
        self.still = stillness(self)  # after another question came
        self._lay()

    # -- coming and going ------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        held = self._unkept or self.memos.holds or self.sayings.under_way
        if self._view is not None and held and place in (self._place, self._there()):
            self._focus()  # back to what could not be kept when it was left, or is not answered yet
            return
        self._place, self._view, self.sayings.shown = place, None, ""
        self._typed, self._unkept, self._unsealed = {}, set(), False
        self.banner.hide()
        self.kept.setText("")
        clear(self._column.body)
        for made in (self.night, self.next, self.back_):
            made.setEnabled(False)
        self.leave_.setEnabled(True)
        op = partial(land, eid=place.eid, session=place.session, at=moment_of(self.context.clock.now()))
        self.context.tasks.ask(op, partial(self._on_landed, place), self.banner.show_error)

    def leave(self) -> None:
        self.memos.end()
        self._keep_all()

    def halt(self) -> None:
        self.memos.end()

    def seal(self) -> None:
        """What is typed is sealed; what is being said ends here, and is kept."""
        self.sealing.stop()
        self.memos.end()
        self.memos.try_again()
        self.sayings.try_again()
        if self._unsealed and self._view is not None and self._step in WORDED:
            self._unsealed = False
            self._say(self._step, draft=True)

    def refresh(self, change: Change) -> None:
        view = self._view
        if view is not None and change.touches("attachment", "experience", "hard", "checkin"):
            op = partial(JournalService.landing, eid=view.eid)
            self.context.tasks.ask(op, partial(self._on_looked_again, self._turns), self.banner.show_error)

    def undo(self, *, again: bool = False) -> None:
        if self._view is not None:
            self._ask(partial(JournalService.undo_answer, eid=self._view.eid, again=again), None)

    def _there(self) -> Place:
        return Place("landing", eid=self._view.eid if self._view is not None else None)

    def _on_landed(self, place: Place, landed: tuple[LandingView, Change]) -> None:
        if place != self._place:
            return
        self._view, change = landed
        if change.eids:
            self.context.tasks.changed.emit(change)
        held = self.sayings.take(self._view.eid, WORDED)
        self._typed, self._unkept = dict(self._view.said) | held, set(held)
        self._go(next(iter(held), self._view.step if self._view.step in STEPS else STEPS[0]))
        self._keep_all()
        if self._step == NIGHT:  # it is kept since it ended
            self._on_night_kept(None)

    def _on_looked_again(self, turns: int, view: LandingView) -> None:
        if self._view is None or view.eid != self._view.eid:
            return
        newer = turns == self._turns
        self._view = looked(self._view, view, newer=newer)
        self.memos.show(view)
        if newer:
            self._show_answers(view)
        self._name_next()

    def _show_answers(self, view: LandingView) -> None:
        """An answer may be another than was given here: by undo."""
        self._typed |= {name: view.said.get(name, "") for name in WORDED - self._unkept}
        if self.choices is not None and self.choices.ticked != ticked(view, self._step):
            self._draw()
            self._focus()
        elif self.text is not None and self.text.value() != self._typed[self._step]:
            with QSignalBlocker(self.text):
                self.text.set_value(self._typed[self._step])

    # -- the questions -----------------------------------------------------------------------------------------------

    def _go(self, step: str) -> None:
        self._step = step
        self.kept.setText("")
        self._draw()
        self.still.start()
        self._focus()

    def _draw(self) -> None:
        view = self._view
        assert view is not None
        body, theme = self._column.body, self.context.theme
        self.memos.end()
        self.memos.box = None
        clear(body)
        self.text = self.choices = None
        asked = question(self._step, voice=self._step == STEPS[0] and self.memos.hears())
        body.addStretch(1)
        body.addWidget(label(asked.text, "display"))
        if asked.help:
            body.addWidget(label(asked.help, "muted"))
        if self._step in WORDED:
            self._draw_words(asked.text)
        elif self._step != NIGHT:
            self.choices = Choices(theme, asked.choices, ticked(view, self._step))
            self.choices.chosen.connect(self._on_chosen)
            body.addWidget(self.choices)
            if self._step == "hard":
                self._soothing = Soothing(theme, self._on_hard)
                body.addWidget(self._soothing)
                self._show_soothing()
            elif self._step == "again" and (day := asked_on(view)) is not None:
                self.choices.chosen.connect(day.hide)
                body.addWidget(day)
        else:
            self._draw_night()
        body.addStretch(2)
        in_order(self.night, self._column.inner, self.next)
        at_night = self._step == NIGHT
        self.back_.setVisible(self._step != STEPS[0])
        self.leave_.setVisible(self._step == STEPS[0])
        for made in (self.night, self.next, self.lock_now):
            made.setVisible(not at_night)
        for made in (self.back_, self.night, self.next):
            made.setEnabled(True)
        self._name_next()

    def _draw_words(self, name: str) -> None:
        body, theme = self._column.body, self.context.theme
        box = self.memos.make_box() if self._step == STEPS[0] else None
        if box is not None and self._view is not None:
            body.addWidget(box)
            self.memos.show(self._view)
        if self._view is not None and self._view.covered:
            self.open = calm_button(theme, "Open", self._on_open, icon_name="eye")
            body.addWidget(label("What you said is covered."))
            body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
            return
        self.text = CalmText(theme, name)
        self.text.set_value(self._typed.get(self._step, ""))
        self.text.textChanged.connect(self._on_typed)
        body.addWidget(self.text)

    def _draw_night(self) -> None:
        self.ending = Night(self.context.theme, self._on_lock_for_the_night, self._on_today)
        self._column.body.addWidget(self.ending)

    def _focus(self) -> None:
        if self.text is not None:
            self.text.setFocus()
            QTimer.singleShot(0, self._show_text)  # once it has its place
        elif self._step == NIGHT and self._view is not None:
            self.ending.lock.setFocus()
        else:
            self.next.setFocus()

    @Slot()
    def _show_text(self) -> None:
        if self.text is not None:
            self._column.ensureWidgetVisible(self.text, 0, GAP["s"])

    def _name_next(self) -> None:
        typed = bool(self._typed.get(self._step, "").strip())
        ticked_one = self.choices is not None and bool(self.choices.ticked)
        besides = self._view is not None and said_besides(self._view, self._step)
        self.next.setText("Go on" if typed or ticked_one or besides else "Skip")

    def _show_soothing(self) -> None:
        self._soothing.setVisible(self.choices is not None and self.choices.ticked in ("bit", "very"))

    # -- what the person does ----------------------------------------------------------------------------------------

    @Slot()
    def _on_next(self) -> None:
        if not self.still.isActive() and self._view is not None:
            self._move(after(self._step, self._view.hard))

    @Slot()
    def _on_back(self) -> None:
        if self._view is not None and self._step != STEPS[0]:
            self._move(before(self._step, self._view.hard))
        else:
            self.back.emit()

    @Slot()
    def _on_night(self) -> None:
        if self._view is not None:
            self._move(NIGHT)

    def _move(self, step: str) -> None:
        assert self._view is not None
        self.memos.end()
        self._keep_all()
        eid = self._view.eid
        if step == NIGHT:
            self._ask(partial(JournalService.good_night, eid=eid), self._on_night_kept)
        else:
            self._ask(partial(JournalService.say_step, eid=eid, step=step), None)
        self._go(step)

    def _on_night_kept(self, _change: object) -> None:
        self._ask(JournalService.resting, self._on_rest_known)

    def _on_rest_known(self, until: datetime | None) -> None:
        if self._step == NIGHT:
            self.ending.text.setText(good_night(until and words.moment(until, self.context.clock.now())))

    @Slot()
    def _on_typed(self) -> None:
        if self.text is not None:
            self._turns += 1
            self._typed[self._step] = self.text.value()
            self._unkept.add(self._step)
            self._unsealed = True
            self.kept.setText("")
            self._name_next()
            self.sealing.touch()

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        view = self._view
        assert view is not None
        self._turns += 1
        self._view, op = tapped(view, self._step, code)
        if self._step == "hard":
            self._show_soothing()
        self._name_next()
        self._ask(op, partial(self._on_kept, self._step))

    @Slot()
    def _on_hard(self) -> None:
        assert self._view is not None
        op = partial(JournalService.hard_of_landing, eid=self._view.eid)
        self.context.tasks.ask(op, self._on_hard_found, self.banner.show_error)

    def _on_hard_found(self, eid: str | None) -> None:
        session = self._view.landing.session if self._view is not None else None
        self.go.emit(Place("hard", eid=eid, session=session))

    @Slot()
    def _on_lock(self) -> None:
        self.wants.emit("lock")

    @Slot()
    def _on_lock_for_the_night(self) -> None:
        if not self.still.isActive():
            self._on_lock()

    @Slot()
    def _on_open(self) -> None:
        if self._view is not None:
            self._view = changed(self._view, covered=False)
            self._draw()
            self._focus()

    @Slot()
    def _on_help(self) -> None:
        self.go.emit(Place("help"))

    @Slot()
    def _on_today(self) -> None:
        if not self.still.isActive():
            self.go.emit(Place("today"))

    # -- keeping -----------------------------------------------------------------------------------------------------

    def _keep_all(self) -> None:
        """What was typed becomes the entry."""
        self.sealing.stop()
        self._unsealed = False
        for name in tuple(self._unkept):
            self._say(name, draft=False)

    def _say(self, name: str, *, draft: bool) -> None:
        if self._view is None:
            return
        if not draft:
            self._unkept.discard(name)
        self._turns += 1
        self.sayings.say(self._view.eid, name, self._typed.get(name, ""), draft=draft)

    def _ask(self, op: Callable[..., Any], done: Callable[..., None] | None) -> None:
        self.context.tasks.ask(op, done, self.banner.show_error)

    @Slot(str, object)
    def _on_kept(self, name: str, _change: object) -> None:
        if name == self._step and not self._unsealed:
            self.kept.setText(f"Kept, {words.time(self.context.clock.now())}")

    @Slot(str, object)
    def _on_not_kept(self, name: str, error: JournalError) -> None:
        """What could not be kept is not let go: a person who left is taken back to it."""
        self._unkept.add(name)
        self._unsealed = True
        self.kept.setText("Not kept yet")
        self.banner.show_error(error)
        if not isinstance(error, InvalidRecord):
            self.sealing.try_again()
        if name != self._step:
            self._go(name)
        if not self.isVisible():
            self.go.emit(self._there())

    @Slot()
    def _on_memo_kept(self) -> None:
        self._on_kept(STEPS[0], None)

    @Slot(object)
    def _on_memo_refused(self, error: JournalError) -> None:
        self.banner.show_error(error)
        if self.memos.holds:
            self.kept.setText("Not kept yet")
            self.sealing.try_again()
            if not self.isVisible():
                self.go.emit(self._there())

    # -- looks -------------------------------------------------------------------------------------------------------

    def _lay(self) -> None:
        theme = self.context.theme
        self.leave_ = calm_button(theme, "Back", self.back, icon_name="arrow-left")
        self.back_ = calm_button(theme, "Back", self._on_back, icon_name="arrow-left")
        self.night = calm_button(theme, "Good night", self._on_night, icon_name="moon")
        self.help = calm_button(theme, "Help", self._on_help, icon_name="lifebuoy")
        self.lock_now = calm_button(theme, "Lock", self._on_lock, icon_name="lock")
        top = in_line(self.leave_, self.back_, self.help, self.lock_now, self.night)
        self.back_.hide()
        self.banner = Banner(theme)
        self.sayings.elsewhere.connect(self.banner.show_error)
        self.body.addLayout(head(top, self.banner))
        self._column = Column(width=_MEASURE, name=self.title)
        self.body.addWidget(self._column, 1)
        self.kept = label("", "muted")
        self.next = calm_button(theme, "Skip", self._on_next, main=True)
        self.body.addLayout(foot(self.next, self.kept, _MEASURE))
