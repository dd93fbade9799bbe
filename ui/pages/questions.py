"""To bring along: what to ask the prescriber, and what to bring to therapy. Nothing here is sent anywhere."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Question, Whom
from journal.records.base import MAX_LINE
from journal.service import JournalService, Saved
from journal.service.questions import Asking, ToBring
from ui import body_words, clipboard, words
from ui.context import Context
from ui.page import Page
from ui.places import Place, place_of
from ui.sealing import keeping
from ui.unkept import Unkept
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.quick_line import QuickLine

_NOTHING = {
    Whom.PRESCRIBER: "About a medicine, a dose, a side effect, the next appointment: whatever you want to ask.",
    Whom.THERAPY: "A sentence, a picture, something that was hard. From a text you wrote, “To therapy” puts it here.",
}


class QuestionsPage(Page):
    """Both lists, each with a line to add to it."""

    title = "To bring along"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: ToBring | None = None
        self._waiting = Unkept(context.tasks, self)
        theme = context.theme
        self._column = column = Column(width=760, name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label(self.title, "display"))
        text = "Kept here until you ask them or bring them up. Nothing is sent, and nothing is shared by itself."
        column.body.addWidget(label(text, "muted"))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        self.lines: dict[Whom, QuickLine] = {}
        self._lists: dict[Whom, QVBoxLayout] = {}
        for whom in Whom:
            column.body.addWidget(self._make_list(whom))
        self.taking = QWidget()
        flow = FlowLayout(self.taking)
        self.copy = button(theme, "Copy as text", self._on_copy, icon_name="copy")
        self.print = button(theme, "Print…", self._on_print, kind="quiet", icon_name="printer")
        flow.addWidget(self.copy)
        flow.addWidget(self.print)
        column.body.addWidget(self.taking)
        self._asked_holder = QWidget()
        self._asked = QVBoxLayout(self._asked_holder)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setSpacing(GAP["s"])
        column.body.addWidget(self._asked_holder)
        column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        for line in self.lines.values():
            line.setVisible(self.context.tasks.can_write)
        self._ask()
        self.lines[Whom.THERAPY if place.kind == Whom.THERAPY else Whom.PRESCRIBER].field.setFocus()

    def refresh(self, change: Change) -> None:
        self.banner.hide()  # its Undo was for what happened last
        if change.touches("question", "session", "intention", "experience", "integration", "page"):
            self._ask()

    def restyle(self) -> None:
        if self._view is not None:
            self._show(self._view)

    def leave(self) -> None:
        self.seal()
        for line in self.lines.values():
            if not line.unsealed and line.text():
                line.begin()  # it is sealed: what is shown next time is read anew

    def seal(self) -> None:
        self._waiting.try_now()
        for line in self.lines.values():
            if line.unsealed:
                self._on_due(line)

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.to_bring, self._on_view, self.banner.show_error)

    def _on_view(self, view: ToBring) -> None:
        self._view = view
        self._show(view)
        if not self.isVisible():
            return
        for draft in view.drafts:
            record = draft.record
            line = self.lines[record.whom]
            if not line.text() and _is_line(record):
                line.put(draft.eid, record.text, record.made)

    def _show(self, view: ToBring) -> None:
        for whom, inside in self._lists.items():
            clear(inside)
            mine = [one for one in view.waiting if one.question.whom is whom]
            if not mine:
                inside.addWidget(label(_NOTHING[whom], "muted"))
            for number, one in enumerate(mine):
                if number:
                    inside.addWidget(rule())
                inside.addWidget(self._row(one))
        self.taking.setVisible(bool(view.waiting))
        clear(self._asked)
        self._asked_holder.setVisible(bool(view.asked))
        if view.asked:
            self._asked.addWidget(label("Asked, or brought along", "heading"))
            frame, inside = card(spacing=GAP["s"])
            for number, one in enumerate(view.asked):
                if number:
                    inside.addWidget(rule())
                inside.addWidget(self._row(one))
            self._asked.addWidget(frame)

    # -- adding ----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_entered(self, line: QuickLine) -> None:
        op = keeping(JournalService.save, line.eid, partial(self._record, line))
        line.unsealed = False
        done = partial(self._on_added, line, line.eid, line.text())
        self.context.tasks.ask(op, done, partial(self._on_not_kept, line, op, line.text(), line.eid))

    def _on_added(self, line: QuickLine, eid: str, text: str, _saved: Saved) -> None:
        if line.eid == eid and line.text() == text:
            line.begin()
        self.say.emit(f"Added, {words.time(self.context.clock.now())}")

    @Slot(object)
    def _on_due(self, line: QuickLine) -> None:
        line.sealing.stop()
        if line.text().strip():
            op = keeping(JournalService.put_draft, line.eid, partial(self._record, line))
        else:
            op = partial(JournalService.drop_draft, eid=line.eid)
        line.unsealed = False
        self.context.tasks.ask(op, None, partial(self._on_not_kept, line, op, line.text(), line.eid))

    def _on_not_kept(self, line: QuickLine, op: Any, text: str, eid: str, error: JournalError) -> None:
        """What could not be kept stays in its field, and the person is taken back to it."""
        if text and eid != line.eid and line.text():  # another was begun in its place: it is tried until it is kept
            entered = op.func is JournalService.save
            self._waiting.put(eid, partial(_keep_line, eid=eid, record=op.keywords["record"], entered=entered))
            self.banner.show_error(error)
            return
        if text and not line.text():
            line.put(eid, text, None)
        line.unsealed = True
        line.sealing.try_again()
        if not self.isVisible():
            self.go.emit(Place("questions"))
        self.banner.show_error(error)

    def _record(self, line: QuickLine) -> Question:
        whom = next(whom for whom, one in self.lines.items() if one is line)
        made = line.made or moment_of(self.context.clock.now())
        return Question(text=line.text().strip(), made=made, whom=whom)

    @Slot()
    def _on_full(self) -> None:
        text = f"A line has room for {MAX_LINE} characters. “Change” on a line that was added has room for more."
        self.banner.show_note(text, "warm")

    # -- what the person does ------------------------------------------------------------------------------------

    def _on_asked(self, eid: str, _on: bool = False) -> None:
        at = moment_of(self.context.clock.now())
        done = partial(self._on_was_asked, eid)
        self.context.tasks.ask(partial(_set_asked, eid=eid, at=at), done, self._on_error)

    def _on_was_asked(self, eid: str, _saved: Saved) -> None:
        actions = [("Write what came back", partial(self._on_change, eid)), ("Undo", self._on_undo)]
        self.banner.show_note("It stands below now, among what was asked.", actions=actions)

    def _on_again(self, eid: str, _on: bool = False) -> None:
        self.context.tasks.ask(partial(_set_asked, eid=eid, at=None), self._on_reopened, self._on_error)

    def _on_reopened(self, _saved: Saved) -> None:
        self.banner.show_note("It is on its list again.", actions=[("Undo", self._on_undo)])

    def _on_remove(self, eid: str, _on: bool = False) -> None:
        self.context.tasks.ask(partial(JournalService.delete, eid=eid), self._on_removed, self._on_error)

    def _on_removed(self, _change: Change) -> None:
        self.banner.show_note("Removed.", actions=[("Undo", self._on_undo)])

    def _on_error(self, error: JournalError) -> None:
        self._ask()
        self.banner.show_error(error)

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.take_back()

    def _on_change(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("edit-question", eid=eid))

    def _on_origin(self, eid: str, kind: str, _on: bool = False) -> None:
        self.go.emit(place_of(eid, kind))

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy(self._text())
        self.say.emit("Both lists are in the clipboard.")

    @Slot()
    def _on_print(self) -> None:
        from ui.printing import print_text  # Qt's printing is loaded when somebody prints

        try:
            printed = print_text(self, self._text())
        except JournalError as error:
            self.banner.show_error(error)
        else:
            self.say.emit("Given to the printer." if printed else "Nothing was printed.")

    def _text(self) -> str:
        return as_text(self._view or ToBring((), ()), words.date_long(self.context.clock.now().date()))

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_list(self, whom: Whom) -> QWidget:
        name = body_words.LISTS[whom]
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        frame.setAccessibleName(name)
        inside.addWidget(label(name, "title"))
        line = QuickLine(self.context.theme, name)
        line.entered.connect(self._on_entered)
        line.due.connect(self._on_due)
        line.full.connect(self._on_full)
        inside.addWidget(line)
        self.lines[whom] = line
        rows = QVBoxLayout()
        rows.setSpacing(GAP["s"])
        inside.addLayout(rows)
        self._lists[whom] = rows
        return frame

    def _row(self, one: Asking) -> QWidget:
        theme, question = self.context.theme, one.question
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        short = " ".join(one.text.split())[:60]
        body.addWidget(label(one.text))
        if origin := origin_of(one):
            body.addWidget(label(origin, "small"))
        if question.asked is not None:
            whom = body_words.LISTS[question.whom]
            body.addWidget(label(f"{whom} · asked {words.day_short(question.asked)}", "small"))
        if question.answer:
            frame, inside = card("well", padding=GAP["m"])
            inside.addWidget(label(question.answer))
            body.addWidget(frame)
        doing = QWidget()
        flow = FlowLayout(doing, spacing=GAP["l"])
        asked = ("Ask again", self._on_again) if question.asked is not None else ("Asked", self._on_asked)
        can_write = self.context.tasks.can_write
        made = [asked, ("Change", self._on_change), ("Remove", self._on_remove)] if can_write else []
        for text, slot in made:
            action = button(theme, text, partial(slot, one.eid), kind="link")
            action.setAccessibleName(f"{text}: {short}")
            flow.addWidget(action)
        if one.entry is not None:
            read = button(theme, "Read it", partial(self._on_origin, one.entry, one.kind), kind="link")
            read.setAccessibleName(f"Read where it came from: {short}")
            flow.addWidget(read)
        if flow.count():
            body.addWidget(doing)
        return holder


def origin_of(one: Asking) -> str:
    """Where a question came from: "From your integration note of 5 Mar 2026, Session 3", or ""."""
    if one.entry is not None and one.at is not None:
        kind = words.KIND_NAMES[one.kind].lower()
        session = f", {one.session}" if one.session else ""
        return f"From your {kind} of {words.day_short(one.at)}{session}"
    return one.session


def as_text(view: ToBring, day: str) -> str:
    """What is still to be asked, as plain text to print or to copy."""
    parts = [f"To bring along, {day}"]
    for whom, name in body_words.LISTS.items():
        mine = [one for one in view.waiting if one.question.whom is whom]
        if mine:
            parts.append("\n".join([name, *(_line(one) for one in mine)]))
    return "\n\n".join(parts) + "\n"


def _line(one: Asking) -> str:
    origin = origin_of(one)
    lines = [*one.text.splitlines(), *([f"({origin})"] if origin else [])]
    return "- " + "\n  ".join(lines)


def _is_line(question: Question) -> bool:
    """Whether a line can hold all there is of a question. What was begun in the form goes on in the form."""
    if question.session is not None or question.entry is not None or question.asked is not None or question.answer:
        return False
    return len(question.text) <= MAX_LINE and "\n" not in question.text


def _keep_line(service: JournalService, *, eid: str, record: Question, entered: bool) -> Saved | None:
    """Keep a line that was refused before: as what was begun, where it was not `entered`, then or since."""
    if not entered and service.find(eid) is None and service.draft(eid) is None:
        service.put_draft(eid, record)
        return None
    return service.keep_late(record, eid)


def _set_asked(service: JournalService, *, eid: str, at: object) -> Saved:
    return service.amend(eid, partial(msgspec.structs.replace, asked=at))
