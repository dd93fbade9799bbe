"""The questionnaires a person uses: none at first. Published ones word for word, a clinic's totals, and their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import ScaleTotal
from journal.scales import Pack
from journal.service import Answered, JournalService, ScaleState, ScalesView
from ui import scale_words, words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.scale_cards import EVERY, SHOWN, ScaleCard, opening

_INTRO = (
    "Published questionnaires, word for word, and your own. The program adds up what you answered and says no more. "
    "None is used until you choose it."
)
_FILTER = "Questionnaires (*.json);;All files (*)"
_FIRST = " "  # the card on top, whichever that is
_RANGES = (
    "Ranges, and what counts as which change, were published for groups of people, and say nothing of you alone. "
    "Only those whose source was checked are shown."
)


class ScalesPage(Page):
    """Which questionnaires are used, with what was answered; and what else there is."""

    title = "Questionnaires"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: ScalesView | None = None
        self._offered: Pack | None = None  # from a file, before it is taken
        self._to = ""  # the pack whose card takes the focus when the page is drawn anew
        self.cards: dict[str, ScaleCard] = {}
        column = self._column = Column(name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label(self.title, "display"))
        column.body.addWidget(label(_INTRO, "muted"))
        self.banner = Banner(context.theme)
        column.body.addWidget(self.banner)
        self._make_offer(column)
        self._used, self._totals, self._more = self._part(column), self._part(column), self._part(column)
        column.body.addWidget(self._make_own())
        column.body.addWidget(self._make_ranges())
        column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self._to = _FIRST
        self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches("scale", "total", "pack", "settings"):
            self._ask()

    def leave(self) -> None:
        self._leave_it()
        super().leave()

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.scales, self._on_view, self.banner.show_error)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _on_view(self, view: ScalesView) -> None:
        place = 0 if self._to == _FIRST else self._column.verticalScrollBar().value()
        self._view = view
        self.cards = {}
        for part in (self._used, self._totals, self._more):
            clear(part)
        families = _families(view.scales)
        used = [family for family in families if any(one.used for one in family)]
        if not used:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label("No questionnaire is in use. Choose one below, if one helps you.", "lead"))
            self._used.addWidget(frame)
        for family in used:
            self._add(self._used, family, used=True)
        self._draw_totals(view.totals, view.gone)
        rest = [family for family in families if family not in used]
        if rest:
            self._more.addWidget(label("There are also", "title"))
        for family in rest:
            self._add(self._more, family, used=False)
        self.ranges.blockSignals(True)
        self.ranges.setChecked(view.bands)
        self.ranges.blockSignals(False)
        to = next(iter(self.cards), "") if self._to == _FIRST else self._to
        made, self._to = self.cards.get(to), ""
        field = made.first_field() if made is not None else None
        if field is not None:
            field.setFocus()
        QTimer.singleShot(0, self, partial(self._look_at, place, made))  # once it is laid out

    def _look_at(self, place: int, made: QWidget | None) -> None:
        """As before; a card that stands elsewhere now is seen with its heading."""
        self._column.verticalScrollBar().setValue(place)
        if made is not None and made in self.cards.values():
            top = made.mapTo(self._column.widget(), made.rect().topLeft()).y()
            room = self._column.viewport().height()
            if not place <= top <= place + room - min(made.height(), room):
                self._column.verticalScrollBar().setValue(top - GAP["xl"])

    def _add(self, part: QVBoxLayout, family: Sequence[ScaleState], *, used: bool) -> None:
        here = next((one for one in family if one.used), family[0])
        others = [one for one in family if one is not here]
        answered = sorted(
            (one for state in family for one in state.answered), key=lambda one: one.record.at.at, reverse=True
        )
        made = ScaleCard(
            self.context.theme,
            here.known.pack,
            used=used,
            answered=answered,
            draft=here.draft is not None,
            other=others[0].known.pack if others else None,
            brought=here.known.eid is not None,
            own=here.known.own,
            read_only=self._view is not None and self._view.read_only,
        )
        made.wants.connect(self._on_wants)
        made.opens.connect(self._on_open)
        part.addWidget(made)
        self.cards[here.known.pack.id] = made

    def _draw_totals(self, totals: Sequence[tuple[str, ScaleTotal]], gone: Sequence[Answered]) -> None:
        frame, inside = card(spacing=GAP["xs"])
        inside.addWidget(label("Told by a clinic", "heading"))
        inside.addWidget(label("A total you were told, of any questionnaire, without its questions.", "muted"))
        for eid, total in totals[:SHOWN]:
            text = f"{words.day(total.at)}: {total.name} {scale_words.clinic_total(total)}"
            inside.addWidget(opening(self.context.theme, text, partial(self._on_total, eid)))
        if len(totals) > SHOWN:
            every = button(self.context.theme, EVERY, self._on_all_totals, kind="link")
            inside.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)
        add = self.writes(button(self.context.theme, "A total from a clinic", self._on_new_total))
        inside.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._totals.addWidget(frame)
        if gone:
            frame, inside = card("well", spacing=GAP["xs"])
            inside.addWidget(label("Answers to questionnaires that are not here any more", "heading"))
            for one in gone[:SHOWN]:
                text = f"{words.day(one.record.at)}: {one.record.title or one.record.scale}"
                inside.addWidget(opening(self.context.theme, text, partial(self._on_open, one.eid)))
            self._totals.addWidget(frame)

    # -- one of them -------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _on_wants(self, what: str, name: str) -> None:
        state = next((one for one in self._view.scales if one.known.pack.id == name), None)
        if state is None:
            return
        if what == "answer":
            self.go.emit(Place("scale", eid=state.draft, kind=name))
        elif what == "change":
            self.go.emit(Place("edit-scale", eid=state.known.eid))
        elif what == "all":
            self.go.emit(Place("journey", kind="scale"))
        elif what == "remove":
            op = partial(JournalService.remove_pack, name=name)
            self.banner.hide()
            self.context.tasks.ask(op, self._on_removed, self._on_not_done)
        elif what in ("shorter", "longer"):
            other = next(one for one in _family_of(self._view.scales, state) if one is not state)
            self._to = other.known.pack.id
            told = f"{other.known.pack.title} is in use in its place."
            self._do(partial(JournalService.use_scale, name=other.known.pack.id, instead_of=name), told)
        else:
            self._to = name
            told = f"{state.known.pack.title} is {'in use' if what == 'use' else 'not in use any more'}."
            self._do(partial(JournalService.use_scale, name=name, used=what == "use"), told)

    @Slot(str)
    def _on_open(self, eid: str, *_pressed: object) -> None:
        self.go.emit(Place("scale", eid=eid))

    def _on_total(self, eid: str, *_pressed: object) -> None:
        self.go.emit(Place("edit-total", eid=eid))

    @Slot()
    def _on_new_total(self) -> None:
        self.go.emit(Place("edit-total"))

    @Slot()
    def _on_all_totals(self) -> None:
        self.go.emit(Place("journey"))

    def _do(self, op: Any, told: str) -> None:
        self.banner.hide()
        self.context.tasks.ask(op, partial(self._on_done, told), self._on_not_done)

    def _on_done(self, told: str, _done: object) -> None:
        self.say.emit(told)

    def _on_removed(self, _gone: object) -> None:
        self.did.emit("Removed; what you answered stays.")

    def _on_not_done(self, error: JournalError) -> None:
        self._ask()  # what is ticked is what holds
        self.banner.show_error(error)

    # -- bringing one along ------------------------------------------------------------------------------------------

    def _make_own(self) -> QWidget:
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("Bring your own", "heading"))
        inside.addWidget(label("Your own questions, or a questionnaire that somebody gave you in a file.", "muted"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self.make = button(self.context.theme, "Make my own", self._on_make)
        self.load = button(self.context.theme, "Load one from a file…", self._on_load)
        flow.addWidget(self.make)
        flow.addWidget(self.load)
        inside.addWidget(holder)
        return self.writes(frame)

    @Slot()
    def _on_make(self) -> None:
        self.go.emit(Place("edit-scale"))

    @Slot()
    def _on_load(self) -> None:
        self.banner.hide()
        path = self.context.prompter.open_path(self, "Load a questionnaire", _FILTER)
        if path is not None:
            op = partial(JournalService.look_at_pack, path=path)
            self.context.tasks.ask(op, self._on_looked, self.banner.show_error)

    def _make_offer(self, column: Column) -> None:
        self.offer, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["m"])
        self._offer_title, self._offer_about = label("", "heading"), label("")
        self._offer_licence, self._offer_again = label(""), label("", "muted")
        for made in (self._offer_title, self._offer_about, self._offer_again):
            inside.addWidget(made)
        inside.addWidget(label("Its licence, as the file says it", "eyebrow"))
        inside.addWidget(self._offer_licence)
        holder = QWidget()
        flow = FlowLayout(holder)
        self.take = button(self.context.theme, "Take it", self._on_take)
        flow.addWidget(self.take)
        flow.addWidget(button(self.context.theme, "Leave it", self._leave_it, kind="quiet"))
        inside.addWidget(holder)
        self.offer.hide()
        column.body.addWidget(self.offer)

    def _on_looked(self, looked: tuple[Pack, bool]) -> None:
        self._offered, here = looked
        pack = self._offered
        self._offer_title.setText(pack.title)
        count = words.counted(len(pack.items), "question", "questions")
        self._offer_about.setText("\n".join(text for text in (pack.name, pack.about, f"{count}.") if text))
        again = "You have this one already. It takes the place of that; what you answered stays." if here else ""
        self._offer_again.setText(again)
        self._offer_again.setVisible(here)
        self._offer_licence.setText(scale_words.terms(pack))
        self.offer.show()
        self.take.setFocus()

    @Slot()
    def _on_take(self) -> None:
        pack = self._offered
        self._leave_it()
        if pack is not None:
            self._to = pack.id
            self._do(partial(JournalService.take_pack, pack=pack), "Taken in.")

    @Slot()
    def _leave_it(self) -> None:
        self._offered = None
        self.offer.hide()

    # -- published ranges --------------------------------------------------------------------------------------------

    def _make_ranges(self) -> QWidget:
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        self.ranges = QCheckBox("Show published ranges")
        self.ranges.setAccessibleDescription(_RANGES)
        self.ranges.toggled.connect(self._on_ranges)
        inside.addWidget(self.ranges)
        inside.addWidget(label(_RANGES, "small"))
        return self.writes(frame)

    @Slot(bool)
    def _on_ranges(self, shown: bool) -> None:
        self._do(partial(JournalService.show_bands, shown=shown), "Saved.")

    def _part(self, column: Column) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(GAP["m"])
        column.body.addLayout(part)
        return part


def _families(scales: Sequence[ScaleState]) -> list[list[ScaleState]]:
    """Questionnaires that stand in for one another, together; the whole one first."""
    found: dict[str, list[ScaleState]] = {}
    for one in scales:
        found.setdefault(one.known.pack.family, []).append(one)
    return [sorted(family, key=lambda one: bool(one.known.pack.instead_of)) for family in found.values()]


def _family_of(scales: Sequence[ScaleState], state: ScaleState) -> list[ScaleState]:
    return next(family for family in _families(scales) if state in family)
