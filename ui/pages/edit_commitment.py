"""One small thing for a week: what, when and where, who could know. And after the week, looking back at it."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from journal.records import Commitment
from journal.service import JournalService, Saved, SessionSummary, fitting_session
from journal.store import Item
from ui import body_words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.choice_chips import ChoiceChips
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.session_choice import SessionChoice


class _More(msgspec.Struct, frozen=True):
    sessions: tuple[SessionSummary, ...]
    session: str | None
    current: Item | None


class EditCommitmentPage(FormPage):
    """The form of one commitment. Place.kind "review": it is to be looked back at."""

    title = "Commitment"
    record_type = Commitment
    nothing = "A few words are enough: one small thing."
    removed = "Commitment removed."

    def first_field(self) -> QWidget:
        return self.text

    def given(self) -> bool:
        return any(field.value().strip() for field in (self.text, self.where, self.who, self.note))

    def record(self) -> Commitment:
        outcome = self.outcome.value()
        base = self._saved or Commitment(text="", begins=self.begins.moment())
        reviewed = base.reviewed if outcome is base.outcome else moment_of(self.context.clock.now())
        return msgspec.structs.replace(
            base,
            text=self.text.value(),
            begins=self.begins.moment(),
            where=self.where.value(),
            who=self.who.value(),
            session=self.session.currentData(),
            outcome=outcome,
            reviewed=reviewed if outcome is not None else None,
            note=self.note.value(),
        )

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        sessions = service.sessions()
        near = fitting_session("integration", sessions, service.clock.now())
        return _More(sessions, place.session or near, service.commitment_of_now())

    def fill(self, shown: Commitment | None, loaded: Loaded) -> None:
        more: _More | None = loaded.more
        self.heading.setText("The commitment" if self._saved else "One small thing for a week")
        for field, name in ((self.text, "text"), (self.where, "where"), (self.who, "who")):
            field.set_value(getattr(shown, name) if shown else "")
        self.begins.set_moment(shown.begins if shown else moment_of(self.context.clock.now()))
        chosen = shown.session if shown else more.session if more else None
        self.session.fill(more.sessions if more else (), chosen)
        self.outcome.set_value(shown.outcome if shown else None)
        self.note.set_value(shown.note if shown else "")
        self.said.setText(" ".join(shown.text.split()) if shown else "")
        self._review.setVisible(self._saved is not None or bool(shown and shown.outcome))
        self.also.setText("")
        other = more.current if more and self._saved is None else None
        if other is not None and isinstance(other.record, Commitment) and other.record.outcome is None:
            text = " ".join(other.record.text.split())
            self.also.setText(
                f"For this week you wrote: “{text}”. From the day the new one begins, it takes its place."
            )
        self.also.setVisible(other is not None and bool(self.also.text()))
        self._arrange()

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        super()._on_loaded(eid, loaded)
        if eid == self._eid and self._place.kind == "review":
            self.outcome.focusProxy().setFocus()

    def _arrange(self) -> None:
        self.another.setVisible(self.outcome.value() is not None and not self.save.isHidden())

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.outcome.set_read_only(read_only)
        self._arrange()

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_outcome(self) -> None:
        self._arrange()
        self._on_edited()

    @Slot()
    def _on_another(self) -> None:
        """Save this one, and begin another."""
        self._then_another = True
        super()._on_save()

    @Slot()
    def _on_save(self) -> None:
        self._then_another = False
        super()._on_save()

    def go_on(self, saved: Saved, *, new: bool) -> None:
        if self._then_another:
            self.go.emit(Place("edit-commitment", session=self.session.currentData()))
        else:
            super().go_on(saved, new=new)

    def show_place(self, place: Place) -> None:
        self._then_another = False
        super().show_place(place)

    # -- looks -----------------------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._then_another = False
        self._review, inside = card("accent-card", padding=GAP["l"], spacing=GAP["m"])
        self.said = label("", "lead")
        inside.addWidget(self.said)
        inside.addWidget(label("How did it go?", "heading"))
        inside.addWidget(label("Any of these is an answer.", "muted"))
        self.outcome = ChoiceChips(theme, body_words.OUTCOMES.items(), "How it went")
        self.outcome.edited.connect(self._on_outcome)
        inside.addWidget(self.outcome)
        review = Form(theme)
        self.note = self.lines(review, "A note, if you like")
        inside.addWidget(review)
        self.another = button(theme, "Save, and another one", self._on_another, kind="quiet")
        inside.addWidget(self.another)
        column.body.addWidget(self._review)
        self.also = label("", "muted")
        column.body.addWidget(self.also)
        form = Form(theme)
        self.text = self.line(form, "What you would like to do differently")
        self.where = self.line(form, "When, and where")
        self.who = self.line(form, "Who could know about it")
        self.begins = DayEdit()
        self.begins.edited.connect(self._on_edited)
        form.add("The week begins", self.begins)
        self.session = SessionChoice()
        self.session.activated.connect(self._on_edited)
        form.add("Which session does it come from?", self.session)
        column.body.addWidget(form)
