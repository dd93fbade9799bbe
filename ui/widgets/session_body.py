"""Parts of a session's page: what the body did, in one tap each, and the commitments that came from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import SIDE_EFFECTS, Commitment, Moment, Onset, Record, SideEffect
from journal.service import JournalService, Saved
from journal.service.body import Effect, SessionBody, has_begun, on_the_day
from journal.store import Item
from ui import body_words, words
from ui.context import Context
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of


class _Part(QFrame):
    """What the parts have in common.

    Signals:
        go(Place): take the person there.
        did(str): what was done and can be taken back, in a calm line.
        failed(JournalError): it could not be done.
    """

    go = Signal(object)
    did = Signal(str)
    failed = Signal(object)

    def __init__(self, context: Context, session: str, view: SessionBody) -> None:
        super().__init__()
        self._context, self._session, self._view = context, session, view
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP["l"], GAP["l"], GAP["l"], GAP["l"])
        self.body.setSpacing(GAP["m"])
        self.lay()

    def lay(self) -> None:
        """Fill the part."""
        raise NotImplementedError

    @property
    def can_write(self) -> bool:
        return self._context.tasks.can_write

    def ask(self, op: Callable[[JournalService], Any], told: str) -> None:
        """Write something. The page looks again by itself; what failed is told, and can be tried again."""
        self._context.tasks.ask(op, partial(self._on_done, told), self._on_failed)

    def _on_done(self, told: str, _given: object) -> None:
        self.did.emit(told)

    def _on_failed(self, error: JournalError) -> None:
        self.failed.emit(error)

    def _on_go(self, place: Place, _on: bool = False) -> None:
        self.go.emit(place)

    def link(self, text: str, name: str, slot: Callable[..., Any]) -> QPushButton:
        """A quiet action with a name of its own for screen readers."""
        made = button(self._context.theme, text, slot, kind="link")
        made.setAccessibleName(name)
        return made


class BodyPart(_Part):
    """What the body did: a chip for each usual thing. One tap notes it, without a time; another tap takes
    it back, as long as nothing was added to it."""

    def lay(self) -> None:
        self.chips: dict[str, QPushButton] = {}
        self._asked: set[str] = set()  # what is on its way
        self.body.addWidget(label("What the body did", "heading"))
        if self.can_write and self._view.begun:
            self.body.addWidget(
                label("One tap notes it. When, how strong, gone by when: whenever you like.", "muted")
            )
            holder = QWidget()
            flow = FlowLayout(holder, spacing=6)
            noted = {one.effect.what: one for one in self._view.effects}
            for code, name in SIDE_EFFECTS:
                chip = button(self._context.theme, name, partial(self._on_chip, code), kind="chip")
                chip.setChecked(code in noted)
                chip.setAccessibleDescription("noted" if code in noted else "not noted")
                self.chips[code] = chip
                flow.addWidget(chip)
            other = button(self._context.theme, "Something else…", self._on_other, kind="quiet")
            flow.addWidget(other)
            self.body.addWidget(holder)
        elif not self._view.effects:
            self.body.addWidget(label("Nothing was noted here.", "muted"))
        for one in self._view.effects:
            self.body.addWidget(rule())
            self.body.addWidget(self._row(one))

    def _row(self, one: Effect) -> QWidget:
        holder = QWidget()
        across = QVBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2)
        name = words.file_name(body_words.effect_name(one.effect.what)) or "Something without a name"
        gone = f" · {body_words.NOT_GONE}" if one.effect.gone is None else ""
        across.addWidget(label(name))
        across.addWidget(label(f"{body_words.effect_line(one, session=False)}{gone}", "small"))
        doing = QWidget()
        flow = FlowLayout(doing, spacing=GAP["l"])
        if self.can_write:
            if one.effect.gone is None:
                flow.addWidget(self.link("Gone now", f"{name}: gone now", partial(self._on_gone, one)))
            else:
                flow.addWidget(self.link("Not gone", f"{name}: not gone after all", partial(self._on_not_gone, one)))
        change = partial(self._on_go, Place("edit-side-effect", eid=one.eid))
        text = "Say more" if self.can_write else "Open"
        flow.addWidget(self.link(text, f"{text}: {name}", change))
        across.addWidget(doing)
        return holder

    def _on_chip(self, code: str, _on: bool = False) -> None:
        name = body_words.EFFECTS[code]
        chip = self.chips[code]
        on = chip.isChecked()
        if code in self._asked:  # a trembling hand taps twice
            chip.setChecked(not on)
            return
        self._asked.add(code)
        if on:
            began, onset = on_the_day(self._view.starts)
            record = SideEffect(what=code, began=began, onset=onset, session=self._session)
            self.ask(partial(JournalService.save, record=record), f"{name} noted.")
            return
        mine = [one for one in self._view.effects if one.effect.what == code]
        bare = [one for one in mine if _is_bare(one.effect, self._view.starts)]
        if len(mine) == 1 and bare:
            self.ask(partial(JournalService.delete, eid=bare[0].eid), f"{name} taken back.")
        else:  # more was said about it: it is looked at, not thrown away
            chip.setChecked(True)
            self._asked.discard(code)
            self.go.emit(Place("edit-side-effect", eid=mine[-1].eid))

    def _on_failed(self, error: JournalError) -> None:
        self._asked.clear()
        for code, chip in self.chips.items():
            chip.setChecked(any(one.effect.what == code for one in self._view.effects))
        super()._on_failed(error)

    def _on_other(self) -> None:
        self.go.emit(Place("edit-side-effect", session=self._session))

    def _on_gone(self, one: Effect, _on: bool = False) -> None:
        at = moment_of(self._context.clock.now())
        name = body_words.effect_name(one.effect.what)
        self.ask(partial(gone_now, eid=one.eid, at=at), f"{name}: gone by {words.time(at)}.")

    def _on_not_gone(self, one: Effect, _on: bool = False) -> None:
        name = body_words.effect_name(one.effect.what)
        self.ask(partial(_not_gone, eid=one.eid), f"{name}: {body_words.NOT_GONE}.")


class CommitmentPart(_Part):
    """The commitments that came from a session, and a way to one for this week."""

    def lay(self) -> None:
        theme = self._context.theme
        self.body.addWidget(label("One small thing for a week", "heading"))
        if not self._view.commitments:
            text = "One thing you would like to do differently, when and where, and who could know about it."
            self.body.addWidget(label(text if self.can_write else "Nothing was written here.", "muted"))
        for number, item in enumerate(self._view.commitments):
            if number:
                self.body.addWidget(rule())
            self.body.addWidget(self._row(item))
        if self.can_write:
            new = partial(self._on_go, Place("edit-commitment", session=self._session))
            text = "Another commitment" if self._view.commitments else "Write a commitment"
            made = button(theme, text, new, kind="link", icon_name="plus")
            self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, item: Item) -> QWidget:
        record = item.record
        assert isinstance(record, Commitment)
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        name = " ".join(record.text.split()) or "A commitment without words"
        body.addWidget(label(name))
        outcome = body_words.OUTCOMES[record.outcome].lower() if record.outcome else ""
        told = (body_words.week(record.begins, self._view.now), record.where, record.who, outcome)
        body.addWidget(label(" · ".join(" ".join(part.split()) for part in told if part), "small"))
        if record.note:
            body.addWidget(label(record.note, "muted"))
        due = item.eid == self._view.due and self.can_write
        text = "Look back at it" if due else "Open"
        place = Place("edit-commitment", eid=item.eid, kind="review" if due else "")
        body.addWidget(self.link(text, f"{text}: {name}", partial(self._on_go, place)), 0, Qt.AlignmentFlag.AlignLeft)
        return holder


def gone_now(service: JournalService, *, eid: str, at: Any) -> Saved:
    """A side effect is gone. One that begins later than now is gone as it begins."""
    return service.amend(eid, partial(_gone, at=at))


def _gone(record: Record, *, at: Any) -> Record:
    assert isinstance(record, SideEffect)
    return msgspec.structs.replace(record, gone=at if has_begun(record, at.at) else record.began)


def _not_gone(service: JournalService, *, eid: str) -> Saved:
    return service.amend(eid, partial(msgspec.structs.replace, gone=None))


def _is_bare(effect: SideEffect, starts: Moment) -> bool:
    """Whether it is as one tap made it."""
    as_made = effect.began == starts and effect.onset in (Onset.DAY, Onset.SESSION, Onset.TIME)
    return as_made and not effect.note and effect.strength is None and effect.gone is None
