"""Today: what would fit now and why, a mood in one tap, and the last thing written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import CheckIn
from journal.service import DraftView, JournalService, Saved, Step, Today
from journal.store import Row
from ui import words
from ui.context import Context
from ui.icons import KIND_ICONS
from ui.page import Page
from ui.places import Place, draft_place, place_of
from ui.widgets.backup_note import BackupNote
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.covered import seen
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of

_ACTIONS = {
    "intention": "Write an intention",
    "experience": "Write about it",
    "integration": "Write a note",
    "checkin": "Check in",
    "session": "Open the session",
}
_HEADINGS = {
    "intention": "An intention, before it begins",
    "experience": "How was it?",
    "integration": "What has stayed?",
    "checkin": "How are you now?",
    "session": "Your next session",
}


class TodayPage(Page):
    """The first page of an open journal."""

    title = "Today"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._today: Today | None = None
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

    def _on_today(self, today: Today) -> None:
        self._today = today
        self._date.setText(words.day(today.now))
        clear(self._list)
        can_write = self.context.tasks.can_write
        if today.try_words and today.unproved:
            self._list.addWidget(self._make_unproved())
        if today.empty:
            self._list.addWidget(self._make_first())
            for draft in today.drafts:
                self._list.addWidget(self._make_draft(draft))
            return
        for draft in today.drafts:
            self._list.addWidget(self._make_draft(draft))
        steps = [one for one in (today.step, *today.also) if one and (can_write or one.kind == "session")]
        if steps:
            self._list.addWidget(self._make_step(steps[0]))
        if len(steps) > 1:
            self._list.addWidget(self._make_also(tuple(steps[1:])))
        if can_write:
            self._list.addWidget(self._make_mood(today))
        if today.last_written is not None:
            self._list.addWidget(self._make_last(today.last_written))
        if today.try_words and not today.unproved:
            self._list.addWidget(self._make_words())
        if can_write:
            self._list.addWidget(self._make_more())

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
        return frame

    def _make_step(self, step: Step) -> QWidget:
        frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["s"])
        inside.addWidget(label(step.reason, "eyebrow"))
        inside.addWidget(label(_HEADINGS[step.kind], "title"))
        made = button(
            self.context.theme,
            _ACTIONS[step.kind],
            partial(self._on_step, step),
            kind="primary",
            icon_name=KIND_ICONS[step.kind],
        )
        inside.addSpacing(GAP["xs"])
        inside.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _make_also(self, steps: tuple[Step, ...]) -> QWidget:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["xs"])
        for step in steps:
            made = button(self.context.theme, _ACTIONS[step.kind], partial(self._on_step, step), kind="link")
            body.addLayout(row(label(step.reason, wrap=False), made, None, spacing=GAP["m"]))
        return holder

    def _make_draft(self, draft: DraftView) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        inside.addWidget(label(f"{words.KIND_NAMES.get(draft.record.kind, 'Entry')}, not finished", "eyebrow"))
        text = label(seen(draft.record) or f"Begun {words.relative(draft.at, self.context.clock.now())}")
        go = button(self.context.theme, "Go on", partial(self._on_draft, draft), kind="link")
        across = row(text, go)
        across.setStretch(0, 1)
        inside.addLayout(across)
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
        low = label("0 very low", "small", wrap=False)
        high = label("10 very good", "small", wrap=False)
        all_of_them = button(self.context.theme, "All seven sliders", self._on_check_in, kind="link")
        inside.addLayout(row(low, label("·", "small", wrap=False), high, None, all_of_them))
        return frame

    def _make_last(self, last: Row) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        when = words.relative(last.when, self.context.clock.now()) if last.when else ""
        inside.addWidget(
            label(f"The last thing you wrote · {words.KIND_NAMES[last.kind].lower()}, {when}", "eyebrow")
        )
        if last.title:
            inside.addWidget(label(last.title, "heading"))
        inside.addWidget(label(last.snippet + ("…" if len(last.snippet) >= 200 else "")))
        read = button(self.context.theme, "Read on", partial(self._on_last, last), kind="link")
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
        inside.addWidget(label("The recovery words of this journal were never typed back", "heading"))
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
        if step.kind == "session":
            self.go.emit(Place("session", eid=step.session))
        elif step.kind == "checkin":
            self.go.emit(Place("check-in", session=step.session))
        else:
            self.go.emit(Place("write", kind=step.kind, session=step.session))

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
        self.context.tasks.ask(JournalService.undo)

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
