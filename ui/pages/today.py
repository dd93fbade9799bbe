"""Today: what would fit now and why, a mood in one tap, and the last thing written."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import CheckIn, Moment, Outcome
from journal.service import DraftView, JournalService, Saved, SessionSummary, Step, Today
from journal.service.today import Changed
from journal.store import Row
from journal.windows import since
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place, draft_place, place_of
from ui.widgets import today_parts as parts
from ui.widgets.backup_note import BackupNote
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import seen
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.reply_note import ReplyNote

_READ = ("session", "happened")  # what can be looked at where nothing can be written


class TodayPage(Page):
    """The first page of an open journal."""

    title = "Today"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._today: Today | None = None
        self._answering = False
        self._column = Column(width=720, name=self.title)
        self.body.addWidget(self._column)
        self._date = label("", "display")
        self._column.body.addWidget(self._date)
        self.banner = Banner(context.theme)
        self._column.body.addWidget(self.banner)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP["l"])
        self._column.body.addLayout(self._list)
        self.backup_note = BackupNote(context)
        self.backup_note.preferences.connect(self._on_preferences)
        self.reply_note = ReplyNote(context)
        self.reply_note.go.connect(self.go)
        self._column.body.addWidget(self.reply_note)
        self._column.body.addWidget(self.backup_note)
        self._column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.banner.hide()  # its Undo was for what happened last, and that may be something else now
        self._ask()

    def refresh(self, change: Change) -> None:
        self.banner.hide()
        self._ask()

    def restyle(self) -> None:
        if self._today is not None:
            self._on_today(self._today)

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.today, self._on_today, self.banner.show_error)
        self.backup_note.ask()
        self.reply_note.ask()

    def _on_today(self, today: Today) -> None:
        focus = QApplication.focusWidget()
        here = focus in (None, self) or self.isAncestorOf(focus)
        lost = focus is not None and self._column.inner.isAncestorOf(focus) and not self.banner.isAncestorOf(focus)
        self._today = today
        self._date.setText(words.day(today.now))
        clear(self._list)
        if lost:
            self.setFocus()  # what had the focus is made anew; else it would jump to the rail
        can_write = self.context.tasks.can_write
        if today.try_words and today.unproved:
            self._list.addWidget(self._make_unproved())
        if today.empty:
            self._list.addWidget(self._make_first())
            for draft in today.drafts:
                self._list.addWidget(self._make_draft(draft))
            self._add_unproved(today)
            if here and self.isVisible():
                self._first.setFocus()  # Enter is all it takes
            return
        for draft in today.drafts:
            self._list.addWidget(self._make_draft(draft))
        theme = self.context.theme
        main = self._offered(today.step)
        ahead = self._ahead(today, main)
        quiet = tuple(one for one in map(self._offered, today.also) if one is not None and not _is_told(one, ahead))
        if main is not None:
            self._list.addWidget(parts.main_step(theme, main, self._on_step, self._on_step_session))
        if quiet:
            told = main.reason if main is not None else ""
            self._list.addWidget(parts.quiet_steps(theme, quiet, self._on_step, told=told))
        if today.commitment is not None:
            made = parts.commitment(
                theme, today.commitment, self._on_outcome, self._on_commitment, can_write=can_write
            )
            self._list.addWidget(made)
        if ahead is not None:
            self._list.addWidget(parts.next_session(theme, ahead, today.now, self._on_next))
        if today.changed and today.last is not None:
            self._list.addWidget(parts.changed(theme, today.last, today.changed, self._on_changed))
        if can_write:
            self._list.addWidget(self._make_mood(today))
        if today.last_written is not None:
            self._list.addWidget(self._make_last(today.last_written))
        if today.try_words and not today.unproved:
            self._list.addWidget(self._make_words())
        if can_write:
            self._list.addWidget(self._make_more())
        self._add_unproved(today)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_first(self) -> QWidget:
        frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("This is your journal", "title"))
        inside.addWidget(
            label(
                "A good place to begin is an intention: a few words on what brings you here. Nothing else has to be "
                "filled in first."
            )
        )
        write = button(
            self.context.theme, "Write an intention", self._on_intention, kind="primary", icon_name="pencil-line"
        )
        plan = button(self.context.theme, "Note a session", self._on_session, kind="quiet")
        check = button(self.context.theme, "Check in", self._on_check_in, kind="quiet")
        holder = QWidget()
        flow = FlowLayout(holder)
        for made in (write, plan, check):
            flow.addWidget(self.writes(made))
        inside.addWidget(holder)
        self._first = write
        return frame

    def _offered(self, step: Step | None) -> Step | None:
        """What of a step is offered: where nothing can be written, a session can still be looked at."""
        if step is None or self.context.tasks.can_write:
            return step
        return msgspec.structs.replace(step, kind="session") if step.kind in _READ else None

    @staticmethod
    def _ahead(today: Today, main: Step | None) -> SessionSummary | None:
        """The next session, where the main step does not speak of it already."""
        ahead = today.next
        told = ahead is None or (main is not None and main.session == ahead.eid)
        return None if told or since(ahead.session.starts.at, today.now) >= timedelta(0) else ahead

    def _make_draft(self, draft: DraftView) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        inside.addWidget(label(f"{words.KIND_NAMES.get(draft.record.kind, 'Entry')}, not finished", "eyebrow"))
        begun = f"Begun {words.relative(draft.at, self.context.clock.now())}"
        text = label(seen(draft.record, cover=draft.cover) or begun)
        go = button(self.context.theme, "Go on", partial(self._on_draft, draft), kind="link")
        inside.addWidget(parts.Beside(text, go))
        return frame

    def _make_mood(self, today: Today) -> QWidget:
        frame, inside = card(spacing=GAP["m"])
        inside.addWidget(label("Your mood, in one tap", "heading"))
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        self._mood = QButtonGroup(holder)
        for value in range(11):
            made = button(self.context.theme, str(value), kind="chip")
            made.setAccessibleName(f"Mood {value} of 10")
            side = self.context.theme.px(44)
            made.setMinimumWidth(side)
            made.setFixedHeight(side)
            self._mood.addButton(made, value)
            flow.addWidget(made)
        self._mood.idClicked.connect(self._on_mood)
        inside.addWidget(holder)
        all_of_them = button(self.context.theme, "All seven sliders", self._on_check_in, kind="link")
        inside.addWidget(parts.Beside(label("0 very low · 10 very good", "small"), all_of_them))
        return frame

    def _make_last(self, last: Row) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        when = words.relative(last.when, self.context.clock.now()) if last.when else ""
        inside.addWidget(
            label(f"The last thing you wrote · {words.KIND_NAMES[last.kind].lower()}, {when}", "eyebrow")
        )
        if last.title:
            inside.addWidget(label(last.title, "heading"))
        if last.snippet:  # a covered entry has none
            inside.addWidget(label(last.snippet + ("…" if len(last.snippet) >= 200 else "")))
        read = button(
            self.context.theme, "Read on" if last.snippet else "Open", partial(self._on_last, last), kind="link"
        )
        inside.addLayout(row(read, None))
        return frame

    def _make_words(self) -> QWidget:
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("Are your recovery words where you can find them?", "heading"))
        inside.addWidget(label("They are the only way in if the password is ever forgotten.", "muted"))
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(button(self.context.theme, "Try them", self._on_try_words))
        flow.addWidget(button(self.context.theme, "Not now", self._on_not_now, kind="quiet"))
        inside.addWidget(holder)
        return frame

    def _make_unproved(self) -> QWidget:
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("The recovery words of this journal were not typed back yet", "heading"))
        inside.addWidget(
            label(
                "They are the only way in if the password is ever forgotten. If you wrote them down, try them. If "
                "not, make new ones.",
                "muted",
            )
        )
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(button(self.context.theme, "Make new words…", self._on_new_words))
        flow.addWidget(button(self.context.theme, "Try them", self._on_try_words))
        flow.addWidget(button(self.context.theme, "Not now", self._on_not_now, kind="quiet"))
        inside.addWidget(holder)
        return frame

    def _add_unproved(self, today: Today) -> None:
        """Between the days on which the words are asked for, a line says that they were not typed back."""
        if today.unproved and not today.try_words and self.context.tasks.can_write:
            made = parts.unproved(self.context.theme, self._on_try_words, self._on_new_words)
            self._list.addWidget(made)

    def _make_more(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        for text, slot, icon_name in (
            ("Journal page", self._on_page, "note-blank"),
            ("Intention", self._on_intention, "compass"),
            ("New session", self._on_session, "calendar-plus"),
        ):
            flow.addWidget(button(self.context.theme, text, slot, icon_name=icon_name))
        return holder

    # -- what the person does ------------------------------------------------------------------------------------

    def _on_step(self, step: Step, _on: bool = False) -> None:
        if step.kind == "happened" and self.context.tasks.can_write:
            said = f"{step.reason} Noted: it has taken place."
            op = partial(JournalService.took_place, session=step.session)
            self.context.tasks.ask(op, partial(self._on_took_place, said), self.banner.show_error)
            return
        self.go.emit(place_for(step))

    def _on_step_session(self, step: Step, _on: bool = False) -> None:
        self.go.emit(Place("session", eid=step.session))

    def _on_took_place(self, said: str, _saved: Saved) -> None:
        self.banner.show_note(said, actions=[("Undo", self._on_undo)])

    def _on_next(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("session", eid=eid))

    def _on_changed(self, one: Changed, _on: bool = False) -> None:
        self.go.emit(place_of(one.eid, one.kind))

    def _on_commitment(self, step: Step, _on: bool = False) -> None:
        self.go.emit(Place("edit-commitment", eid=step.eid))

    def _on_word(self, step: Step, _on: bool = False) -> None:
        self.banner.hide()
        self.go.emit(Place("edit-commitment", eid=step.eid, kind="review"))

    def _on_outcome(self, step: Step, outcome: Outcome, _on: bool = False) -> None:
        if self._answering:  # a trembling hand taps twice
            return
        self._answering = True
        reviewed = moment_of(self.context.clock.now())
        op = partial(_look_back, eid=step.eid, outcome=outcome, reviewed=reviewed)
        self.context.tasks.ask(op, partial(self._on_looked_back, step), self._on_not_looked_back)

    def _on_looked_back(self, step: Step, _saved: Saved) -> None:
        self._answering = False
        actions = [("Add a word", partial(self._on_word, step)), ("Undo", self._on_undo)]
        self.banner.show_note("Noted.", actions=actions)

    def _on_not_looked_back(self, error: JournalError) -> None:
        self._answering = False
        self.banner.show_error(error)

    def _on_draft(self, draft: DraftView, _on: bool = False) -> None:
        self.go.emit(draft_place(draft.eid, draft.record.kind))

    def _on_last(self, last: Row, _on: bool = False) -> None:
        self.go.emit(place_of(last.eid, last.kind, last.heads))

    @Slot(int)
    def _on_mood(self, value: int) -> None:
        made: QPushButton = self._mood.button(value)
        made.setEnabled(False)  # a trembling hand taps twice
        record = CheckIn(at=moment_of(self.context.clock.now()), mood=value)
        save = partial(JournalService.save, record=record)
        self.context.tasks.ask(save, partial(self._on_mood_saved, value), self._on_mood_not_saved)

    def _on_mood_saved(self, value: int, saved: Saved) -> None:
        actions = [("Add the other sliders", partial(self._on_others, saved.eid)), ("Undo", self._on_undo)]
        at = words.time(self.context.clock.now())
        self.banner.show_note(f"Mood {value}, saved at {at}.", actions=actions)

    def _on_mood_not_saved(self, error: JournalError) -> None:
        self.restyle()  # with every number to be tapped again
        self.banner.show_error(error)

    def _on_others(self, eid: str, _on: bool = False) -> None:
        self.banner.hide()
        self.go.emit(Place("check-in", eid=eid))

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    @Slot()
    def _on_try_words(self) -> None:
        self.wants.emit("try-words")

    @Slot()
    def _on_new_words(self) -> None:
        self.wants.emit("new-words")

    @Slot()
    def _on_not_now(self) -> None:
        self.context.tasks.ask(JournalService.words_later)

    @Slot()
    def _on_intention(self) -> None:
        following = self._today.next.eid if self._today and self._today.next else None
        self.go.emit(Place("write", kind="intention", session=following))

    @Slot()
    def _on_page(self) -> None:
        self.go.emit(Place("write", kind="page"))

    @Slot()
    def _on_session(self) -> None:
        self.go.emit(Place("edit-session"))

    @Slot()
    def _on_preferences(self) -> None:
        self.go.emit(Place("preferences"))

    @Slot()
    def _on_check_in(self) -> None:
        self.go.emit(Place("check-in"))


def place_for(step: Step) -> Place:
    """Where a step leads."""
    session = step.session
    places = {
        "session": Place("session", eid=session),
        "happened": Place("session", eid=session),
        "checklist": Place("session", eid=session),
        "checkin": Place("check-in", session=session),
        "landing": Place("landing", session=session),
        "small-thing": Place("edit-commitment", session=session),
        "hard": Place("hard", eid=step.eid, session=session),
        "scale": Place("scale", kind=step.detail),
    }
    return places.get(step.kind) or Place("write", kind=step.kind, session=session)


def _is_told(step: Step, ahead: SessionSummary | None) -> bool:
    """Whether the card of the next session says the same."""
    return ahead is not None and step.kind == "session" and step.session == ahead.eid


def _look_back(service: JournalService, *, eid: str, outcome: Outcome, reviewed: Moment) -> Saved:
    return service.amend(eid, partial(msgspec.structs.replace, outcome=outcome, reviewed=reviewed))
