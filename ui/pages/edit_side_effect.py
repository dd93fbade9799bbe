"""Something the body did: what, how strong, from when, gone by when. Only the first is asked; the rest may wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from journal.records import SIDE_EFFECTS, Moment, Onset, SideEffect
from journal.records.body import effect_name, own_effect
from journal.service import JournalService, SessionSummary
from journal.service.body import during, next_morning, out_of_order, same_evening
from ui import body_words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import Column, row
from ui.widgets.choice_chips import ChoiceChips
from ui.widgets.day_edit import DayEdit, noon_of
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.session_choice import SessionChoice

_QUICK = (("During the session", during), ("The same evening", same_evening), ("The next morning", next_morning))
_BELONGS = 14  # days: as long after a session it is offered to stand by it
_CLOSE = timedelta(hours=36)  # and so long it is taken to have begun with it


class EditSideEffectPage(FormPage):
    """The form of one side effect."""

    title = "Side effect"
    record_type = SideEffect
    nothing = "Choose what it was, or say it in your own words."
    measure = 720  # the longest of the chips, in large text and a long language
    removed = "Side effect removed."

    def first_field(self) -> QWidget:
        return self.what.focusProxy()

    def given(self) -> bool:
        return bool(self._what().strip() or self.note.value().strip())

    def record(self) -> SideEffect:
        base = self._saved or SideEffect(what="", began=self.began.moment())
        return msgspec.structs.replace(
            base,
            what=self._what(),
            began=self.began.moment(),
            onset=self._onset,
            gone=self.gone.moment() if self.is_gone.isChecked() else None,
            strength=self.strength.value(),
            note=self.note.value(),
            session=self.session.currentData(),
        )

    def _what(self) -> str:
        return own_effect(self.own.value()) or self.what.value() or ""

    @staticmethod
    def more(service: JournalService, place: Place) -> tuple[SessionSummary, ...]:
        return service.sessions()

    def fill(self, shown: SideEffect | None, loaded: Loaded) -> None:
        self.heading.setText("The side effect" if self._saved else "Something the body did")
        now = moment_of(self.context.clock.now())
        self._sessions = {one.eid: one.session.starts for one in loaded.more or ()}
        chosen = shown.session if shown else self._place.session or self._near(now.at)
        self.session.fill(loaded.more or (), chosen)
        starts = self._sessions.get(chosen or "")
        known = shown is not None and shown.what in body_words.EFFECTS
        self.what.set_value(shown.what if known else None)
        self.own.set_value(effect_name(shown.what) if shown and not known else "")
        self.strength.set_value(shown.strength if shown else None)
        close = starts is not None and (self._place.session is not None or now.at - starts.at <= _CLOSE)
        if shown is not None:
            self._show_onset(shown.began, shown.onset)
        elif starts is not None and close:
            self._show_onset(*during(starts))
        else:
            self._show_onset(noon_of(now.at), Onset.DAY)  # a day is proposed, and no time is made up
        self.is_gone.setChecked(bool(shown and shown.gone))
        self.gone.set_moment(shown.gone if shown and shown.gone else now)
        self.note.set_value(shown.note if shown else "")
        self._arrange()

    def _near(self, now: datetime) -> str | None:
        """The session that something of now most likely stands by: the last one, for two weeks. Only a proposal."""
        past = [(starts.at, eid) for eid, starts in self._sessions.items() if starts.at <= now]
        last = max(past, default=None)
        return last[1] if last is not None and (now - last[0]).days < _BELONGS else None

    def _arrange(self) -> None:
        starts = self._sessions.get(self.session.currentData() or "")
        self._quick.setVisible(starts is not None and not self.began.isReadOnly())
        for when, chip in self.quick.items():
            chip.setChecked(starts is not None and when(starts) == (self.began.moment(), self._onset))
        self._nearly.setText(body_words.ONSETS.get(self._onset, "").capitalize())
        self._nearly.setVisible(self._onset in body_words.ONSETS and not self._quick.isVisibleTo(self))
        self._gone_holder.setVisible(self.is_gone.isChecked())

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        for chips in (self.what, self.strength):
            chips.set_read_only(read_only)
        self.gone_now.setVisible(not read_only)
        self.timed.setEnabled(not read_only)
        self._arrange()

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot()
    def _on_save(self) -> None:
        if not self.save.isHidden() and self.given() and out_of_order(self._times()):
            self.banner.show_note(body_words.GONE_BEFORE, "warm")
            return
        super()._on_save()

    def _times(self) -> SideEffect:
        gone = self.gone.moment() if self.is_gone.isChecked() else None
        return SideEffect(what="", began=self.began.moment(), onset=self._onset, gone=gone)

    def _show_onset(self, began: Moment, onset: Onset) -> None:
        """Show when it began, and how nearly that is known."""
        self._onset = onset
        self.timed.blockSignals(True)
        self.timed.setChecked(onset is Onset.TIME)
        self.timed.blockSignals(False)
        self.began.set_whole(onset is not Onset.TIME)
        self.began.set_moment(began)

    @Slot()
    def _on_began(self) -> None:
        if not self._loading and self._onset is not Onset.TIME:
            self._onset = Onset.DAY  # another day than that of the session, its evening, its morning
        self._arrange()
        self._on_edited()

    @Slot(bool)
    def _on_timed(self, timed: bool) -> None:
        self._show_onset(self.began.moment(), Onset.TIME if timed else Onset.DAY)
        self._arrange()
        self._on_edited()

    @Slot()
    def _on_what(self) -> None:
        self.own.set_value("")
        self._on_edited()

    @Slot()
    def _on_own(self) -> None:
        self.what.set_value(None)
        self._on_edited()

    @Slot()
    def _on_gone(self) -> None:
        self._arrange()
        self._on_edited()

    @Slot()
    def _on_gone_now(self) -> None:
        now = moment_of(self.context.clock.now())
        self.gone.set_moment(now)
        self.is_gone.setChecked(True)
        self._on_gone()

    @Slot()
    def _on_session(self) -> None:
        starts = self._sessions.get(self.session.currentData() or "")
        if self._onset is Onset.SESSION:  # it follows the session, and without one only its day is left
            self._show_onset(*(during(starts) if starts else (self.began.moment(), Onset.DAY)))
        self._arrange()
        self._on_edited()

    def _on_quick(self, when: Callable[[Moment], tuple[Moment, Onset]], _on: bool = False) -> None:
        starts = self._sessions.get(self.session.currentData() or "")
        if starts is not None:
            self._show_onset(*when(starts))
            self._arrange()
            self._on_edited()

    # -- looks -----------------------------------------------------------------------------------------------------

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._sessions: dict[str, Moment] = {}
        form = Form(theme)
        self.what = ChoiceChips(theme, SIDE_EFFECTS, "What it was")
        self.what.edited.connect(self._on_what)
        form.add("What it was", self.what)
        self.own = self.line(form, "Or in your own words")
        self.own.textEdited.connect(self._on_own)
        self.strength = ChoiceChips(theme, body_words.STRENGTHS.items(), "How strong it was")
        self.strength.edited.connect(self._on_edited)
        form.add("How strong, as you would say it", self.strength)
        self.session = SessionChoice()
        self.session.activated.connect(self._on_session)
        form.add("Which session does it stand by?", self.session)
        self._onset = Onset.DAY
        self.began = DayEdit()
        self.began.edited.connect(self._on_began)
        self.timed = button(theme, "With the time", kind="chip")
        self.timed.toggled.connect(self._on_timed)
        beside = form.add("From when", self.began).layout()
        beside.addWidget(self.timed, 0, Qt.AlignmentFlag.AlignLeft)
        self._nearly = label("", "small")
        beside.addWidget(self._nearly)
        self._quick = QWidget()
        flow = FlowLayout(self._quick)
        self.quick: dict[Callable[[Moment], tuple[Moment, Onset]], QPushButton] = {}
        for text, when in _QUICK:
            self.quick[when] = button(theme, text, partial(self._on_quick, when), kind="chip")
            flow.addWidget(self.quick[when])
        form.body.addWidget(self._quick)
        self.is_gone = QCheckBox("It is gone")
        self.is_gone.toggled.connect(self._on_gone)
        self.gone_now = button(theme, "Gone now", self._on_gone_now, kind="quiet")
        form.body.addLayout(row(self.is_gone, self.gone_now, None))
        self.gone = MomentEdit()
        self.gone.edited.connect(self._on_edited)
        self._gone_holder = form.add("Gone by", self.gone)
        self.note = self.lines(form, "Anything to note about it")
        column.body.addWidget(form)
