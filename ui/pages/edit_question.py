"""A question, or something to bring to therapy: for whom, when it was asked, what came back."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from journal.records import Question, Whom, Writing
from journal.service import JournalService, SessionSummary
from ui import body_words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column, clear
from ui.widgets.choice_chips import ChoiceChips
from ui.widgets.covered import Veil
from ui.widgets.form import Form
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.session_choice import SessionChoice


class _More(msgspec.Struct, frozen=True):
    """What the form knows besides. `cover`: the covered entry that the question's words were taken from."""

    sessions: tuple[SessionSummary, ...]
    cover: Writing | None


class EditQuestionPage(FormPage):
    """The form of one question. Place.kind of a new one may be "therapy"."""

    title = "Question"
    record_type = Question
    nothing = "Write what you want to ask or to bring along."
    removed = "Question removed."

    def first_field(self) -> QWidget:
        return self._veil.open_ if self._veil is not None else self.text

    def given(self) -> bool:
        return bool(self.text.value().strip() or self.answer.value().strip())

    def record(self) -> Question:
        base = self._saved or Question(text="", made=self._made)
        return msgspec.structs.replace(
            base,
            text=self.text.value(),
            whom=self.whom.value() or base.whom,
            session=self.session.currentData(),
            asked=self.asked_at.moment() if self.asked.isChecked() else None,
            answer=self.answer.value(),
        )

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        eid = place.eid or ""
        draft, item = service.draft(eid), service.find(eid)
        cover = draft.cover if draft is not None else None
        return _More(service.sessions(), cover or service.cover_of(item.record if item is not None else None))

    def fill(self, shown: Question | None, loaded: Loaded) -> None:
        self.heading.setText("To bring along" if self._saved else "Something to ask or to bring along")
        now = moment_of(self.context.clock.now())
        self._made = shown.made if shown else now
        self.text.set_value(shown.text if shown else "")
        new = Whom.THERAPY if self._place.kind == Whom.THERAPY else Whom.PRESCRIBER
        self.whom.set_value(shown.whom if shown else new)
        more: _More = loaded.more or _More((), None)
        self._cover(more.cover)
        self.session.fill(more.sessions, shown.session if shown else self._place.session)
        self.asked.setChecked(bool(shown and shown.asked))
        self.asked_at.set_moment(shown.asked if shown and shown.asked else now)
        self.answer.set_value(shown.answer if shown else "")
        self._arrange()

    def _arrange(self) -> None:
        self._asked_holder.setVisible(self.asked.isChecked())
        self._answer_holder.setVisible(self.asked.isChecked() or bool(self.answer.value()))

    def _cover(self, cover: Writing | None) -> None:
        """Words that were taken from a covered entry are behind its cover, until they are opened."""
        clear(self._covered)
        self._veil = Veil(self.context.theme, cover, self._lift) if cover is not None else None
        if self._veil is not None:
            self._covered.addWidget(self._veil)
            if self.text.hasFocus():
                self._veil.open_.setFocus()
        self._words.setVisible(cover is None)

    def _lift(self) -> None:
        self._veil = None
        self._words.show()
        self.text.setFocus()

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        self.whom.set_read_only(read_only)

    @Slot()
    def _on_asked(self) -> None:
        self._arrange()
        self._on_edited()

    # -- looks -----------------------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self._veil: Veil | None = None
        self._covered = QVBoxLayout()
        form.body.addLayout(self._covered)
        self.text = self.lines(form, "What you want to ask, or to bring along")
        self._words = self.text.parentWidget()
        self.whom = ChoiceChips(self.context.theme, body_words.LISTS.items(), "On which list")
        self.whom.edited.connect(self._on_edited)
        form.add("On which list", self.whom)
        self.session = SessionChoice()
        self.session.activated.connect(self._on_edited)
        form.add("Is it about a session?", self.session)
        self.asked = QCheckBox("It was asked, or brought up")
        self.asked.toggled.connect(self._on_asked)
        form.body.addWidget(self.asked)
        self.asked_at = MomentEdit()
        self.asked_at.edited.connect(self._on_edited)
        self._asked_holder = form.add("When", self.asked_at)
        self.answer = self.lines(form, "What came back, in your words")
        self._answer_holder = self.answer.parentWidget()
        column.body.addWidget(form)
