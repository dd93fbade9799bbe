"""What rests after a session, until when, and the sentence that ends it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.service import JournalService
from journal.service.landing import SENTENCE, is_sentence
from ui import words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, row
from ui.widgets.fields import LineEdit
from ui.widgets.form import Form
from ui.widgets.labels import label

_WHY = (
    "A session was a short while ago. Until then, what is hard to take back rests: sharing, removing, exporting, the "
    "password and the recovery words, people and providers, and the preferences."
)
_GOES_ON = (
    "Everything else goes on as ever: writing, reading, taking back what you just wrote, help, locking, and the "
    "backups that make themselves. Nothing is lost by waiting."
)
_ACTIONS = ("export", "change-password", "new-words", "rotate")


class RestingPage(Page):
    """Stands in the place of what rests."""

    title = "Resting"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = Place("resting")
        theme = context.theme
        column = Column(width=620, name=self.title)
        self.body.addWidget(column)
        self.heading = label("", "title")
        column.body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back), self.heading))
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        column.body.addWidget(label(_WHY))
        column.body.addWidget(label(_GOES_ON, "muted"))
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("If it cannot wait", "heading"))
        form = Form(theme)
        self.sentence = LineEdit()
        self.sentence.textChanged.connect(self._on_typed)
        self.sentence.returnPressed.connect(self._on_wake)
        form.add(f"Type: {SENTENCE}", self.sentence)
        inside.addWidget(form)
        self.wake = button(theme, "Go on", self._on_wake)
        self.wake.setEnabled(False)
        inside.addWidget(self.wake, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addWidget(frame)
        column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self._place = place
        self.banner.hide()
        self.sentence.set_value("")
        self.heading.setText("This rests until the day after")
        self.setFocus()
        self._ask()

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.resting, self._on_until, self.banner.show_error)

    def _on_until(self, until: datetime | None) -> None:
        if until is not None:
            self.heading.setText(f"This rests until {words.moment(until, self.context.clock.now())}")
        elif self.isVisible():
            self.context.tasks.ask(_over, self._on_over, self.banner.show_error)

    @Slot()
    def _on_typed(self) -> None:
        self.wake.setEnabled(is_sentence(self.sentence.text()))

    @Slot()
    def _on_wake(self) -> None:
        if not self.wake.isEnabled():
            return
        self.wake.setEnabled(False)
        op = partial(JournalService.wake, sentence=self.sentence.text())
        self.context.tasks.ask(op, self._on_over, self._on_not_woken)

    def _on_not_woken(self, error: JournalError) -> None:
        self._on_typed()
        self.banner.show_error(error)

    def _on_over(self, _change: object) -> None:
        # The window asked as well when it heard of the change, and before this: it knows when this is answered.
        self.context.tasks.ask(JournalService.resting, self._on_free, self.banner.show_error)

    def _on_free(self, until: datetime | None) -> None:
        if until is not None or not self.isVisible():
            return
        place, self._place = self._place, Place("resting")
        if place.kind in _ACTIONS:
            self.back.emit()
            self.wants.emit(place.kind)
        elif place.wanted is not None:
            self.go.emit(place.wanted)
        else:
            self.back.emit()
            self.say.emit("Nothing rests any more. What you wanted to do can be done now.")


def _over(_service: JournalService) -> Change:
    """Have every view look again: nothing rests any more."""
    return Change(frozenset({"landing"}))
