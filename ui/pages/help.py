"""Help: people the person chose, crisis lines, and a way to steady oneself. It asks no password and keeps no trace.

The same page is a place in the open journal, and stands over the welcome page or a share without one: then it shows
only those people for whom that was ticked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from journal.change import Change
from journal.records import Person
from journal.service import JournalService
from journal.store import Item
from ui.context import Context
from ui.page import Page
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.crisis_lines import CrisisLines
from ui.widgets.flow import FlowLayout
from ui.widgets.grounding import Grounding
from ui.widgets.labels import label
from ui.widgets.number_line import number_line

_WIDTH = 640  # px at 100 %
_SETTLING = 250  # ms
_SECTIONS = (
    ("people", "People you chose"),
    ("lines", "Crisis lines"),
    ("grounding", "Steady yourself"),
)
_NONE_YET = "Nobody is here yet. A friend, your sitter, your therapist: whoever you would want to reach."
_NONE_OUTSIDE = "Nobody is shown before the journal is unlocked. You choose that for each person, inside it."
_MORE_INSIDE = "Only those you allowed to be shown before unlocking."
_TAKE_AWAY = "Take these away from this computer"
_COME_BACK = (
    "They stand in a small file on this computer, outside of any journal. A journal that is opened here again and "
    "has people who may be shown brings those back; of a journal that is gone, they stay away. Nothing in a journal "
    "changes."
)
_NOT_TAKEN = "They could not be taken away: the file they stand in cannot be changed now. This can be tried again."


class HelpPage(Page):
    """Whom to turn to, and what may help until then."""

    title = "Help"

    def __init__(self, context: Context, parent: QWidget | None = None, *, without_journal: bool = False) -> None:
        super().__init__(context, parent)
        self._without = without_journal
        self._goal = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLING)
        theme = context.theme
        self._column = Column(width=theme.px(_WIDTH), name=self.title)
        self.body.addWidget(self._column)
        self._column.verticalScrollBar().rangeChanged.connect(self._on_laid_out)
        body = self._column.body
        heading = label(self.title, "display")
        if without_journal:
            body.addLayout(row(tool(theme, "Back (Esc)", "arrow-left", self.back), heading))
        else:
            body.addWidget(heading)
        body.addWidget(label("You do not have to hold it alone.", "lead"))
        body.addWidget(label("This program cannot call anyone for you, and sends nothing.", "muted"))
        self.banner = Banner(theme)
        body.addWidget(self.banner)
        jumps = QWidget()
        flow = FlowLayout(jumps)
        self.jumps: dict[str, QPushButton] = {}
        for name, words in _SECTIONS:
            self.jumps[name] = button(theme, words, self._on_jump)
            self.jumps[name].setProperty("section", name)
            flow.addWidget(self.jumps[name])
        body.addWidget(jumps)

        self._headings: dict[str, QWidget] = {}
        self._people = QVBoxLayout()
        self._people.setSpacing(GAP["m"])
        self._head("people")
        body.addLayout(self._people)
        if not without_journal:
            self.add = button(theme, "Add somebody", self._on_add, icon_name="plus")
            body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines = CrisisLines(theme, context.settings, self)
        self.lines.copied.connect(self._on_copied)
        self._head("lines")
        body.addLayout(self.lines.layout)
        self.grounding = Grounding(theme)
        self.grounding.stepped.connect(self._on_stepped)
        self._head("grounding")
        body.addWidget(self.grounding)
        body.addStretch(1)

    # -- coming and going ---------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self._goal = place.kind
        self.banner.hide()
        self.grounding.stop()
        self.lines.look()
        self._column.verticalScrollBar().setValue(0)
        if self._without:
            self._show_outside()
        else:
            self.add.setVisible(self.context.tasks.can_write and not self.context.theme.calm)
            self._ask()
        self.jumps["people"].setFocus()

    def refresh(self, change: Change) -> None:
        if change.touches("person"):
            self._ask()

    def restyle(self) -> None:
        self._column.inner.setMaximumWidth(self.context.theme.px(_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.grounding.under_way:
            self.grounding.enough.click()
        elif event.key() == Qt.Key.Key_Escape and self._without:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_jump(self) -> None:
        self._jump(self.sender().property("section"))

    def _jump(self, name: str) -> None:
        heading = self._headings.get(name)
        if heading is None:
            return
        first = {"lines": self.lines.country, "grounding": self.grounding.first()}.get(name)
        if first is None:
            first = self.add if not self._without and self.add.isVisible() else self.jumps["people"]
        first.setFocus()
        self._bring(partial(self._scroll_to, heading))

    def _bring(self, way: Callable[[], None]) -> None:
        """Scroll now, and again while what just came is being laid out: the people above come a moment later."""
        self._scroll = way
        self._settling.start()
        way()

    @Slot()
    def _on_laid_out(self) -> None:
        if self._settling.isActive():
            self._scroll()

    def _scroll_to(self, heading: QWidget) -> None:
        top = heading.mapTo(self._column.widget(), heading.rect().topLeft()).y()
        self._column.verticalScrollBar().setValue(top - GAP["l"])

    @Slot()
    def _on_stepped(self) -> None:
        self._bring(self._keep_step_in_sight)

    def _keep_step_in_sight(self) -> None:
        self._column.ensureWidgetVisible(self.grounding.step_card, 0, GAP["l"])

    @Slot(str)
    def _on_copied(self, number: str) -> None:
        self.say.emit(f"{number} is copied")
        if self._without:
            self.banner.show_note(f"{number} is copied.")

    # -- people ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.people, self._on_people, self.banner.show_error)

    def _on_people(self, items: tuple[Item, ...]) -> None:
        people = [(item, item.record) for item in items if isinstance(item.record, Person)]
        self._show_people([(item, person.name, person.reach, person.notes) for item, person in people])

    def _show_people(self, people: list[tuple[Item | None, str, str, str]]) -> None:
        clear(self._people)
        for item, name, reach, notes in people:
            self._people.addWidget(self._person(item, name, reach, notes))
        if not people:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label(_NONE_OUTSIDE if self._without else _NONE_YET))
            self._people.addWidget(frame)
        elif self._without:
            self._people.addWidget(label(_MORE_INSIDE, "small"))
            away = button(self.context.theme, _TAKE_AWAY, self._on_take_away, kind="link")
            self._people.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)
        if self._goal:
            goal, self._goal = self._goal, ""
            self._jump(goal)

    def _show_outside(self) -> None:
        self._show_people([(None, name, reach, "") for name, reach in self.context.settings.people.all()])

    @Slot()
    def _on_take_away(self) -> None:
        if not self.context.prompter.confirm(self, f"{_TAKE_AWAY}?", _COME_BACK, "Take them away"):
            return
        if not self.context.settings.people.forget():
            self.banner.show_note(_NOT_TAKEN, "warm")
        self._show_outside()
        self.jumps["people"].setFocus()

    def _person(self, item: Item | None, name: str, reach: str, notes: str) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        theme = self.context.theme
        change = None
        if item is not None and not theme.calm:
            words = f"Change {name}" if self.context.tasks.can_write else f"Open {name}"
            change = tool(theme, words, "pencil-simple", self._on_change)
            change.setProperty("eid", item.eid)
            change.setProperty("heads", item.heads)
        heading = label(name or reach, "heading")
        line = row(heading, change) if change is not None else row(heading)
        line.setStretch(0, 1)
        inside.addLayout(line)
        if reach and name:
            inside.addWidget(number_line(theme, reach, self._on_copied))
        if notes:
            inside.addWidget(label(notes))
        if item is not None and item.record.without_password:
            inside.addWidget(label("Shown before unlocking on this computer.", "small"))
        return frame

    @Slot()
    def _on_add(self) -> None:
        self.go.emit(Place("edit-person"))

    @Slot()
    def _on_change(self) -> None:
        made = self.sender()
        self.go.emit(place_of(made.property("eid"), "person", made.property("heads")))

    # -- parts -------------------------------------------------------------------------------------------------

    def _head(self, name: str) -> None:
        self._headings[name] = label(dict(_SECTIONS)[name], "heading")
        self._headings[name].setContentsMargins(0, GAP["m"], 0, 0)
        self._column.body.addWidget(self._headings[name])
