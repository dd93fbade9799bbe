"""The steps of the path after something hard: what is asked, and the parts that take the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QPushButton, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import HardMoment, HowHard, Moment, Writing
from journal.service import JournalService, Saved
from journal.service.hard import IN_A_WEEK, NOT, TOMORROW, ask_moment, ask_on
from journal.store import Item
from ui import words
from ui.context import Context
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.calm_parts import CalmText, Choices, calm_button
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label

TITLES = {
    "noted": "What you noted",
    "look": "You asked to be asked again",
    "bring": "Would you like to talk about it?",
    "how": "How hard was it?",
    "cover": "Cover what you wrote about it?",
    "ground": "To arrive in the room again",
    "tell": "Whom do you want to tell?",
    "again": "Do you want to be asked about this again?",
    "end": "It is kept",
}
HOW = (("bit", "A bit", ""), ("very", "Very", ""))
LOOK = (("yes", "Yes", "Yes, it still bothers me"), ("no", "No", "No, it does not bother me any more"))
_DAY = "day"
AGAIN = (
    (TOMORROW, "Tomorrow", ""), (IN_A_WEEK, "In a week", ""), (_DAY, "Pick a day", ""),
    (NOT, "Not unless I open it", ""),
)  # fmt: skip
_NOBODY = (
    "Nobody is told by this program. The names stand here so that you find them again; with whom you talk is yours."
)


def entry_name(item: Item) -> str:
    """What an entry is called where its words are not shown: its title or cover, else its kind and day."""
    record = item.record
    assert isinstance(record, Writing)
    name = record.cover if record.covered else record.title
    return name or f"{words.KIND_NAMES[record.kind]} of {words.date_no_year(record.at.at.date())}"


def wrote(record: HardMoment) -> str:
    """How hard it was said to be, and when."""
    said = {HowHard.BIT: "a bit hard", HowHard.VERY: "very hard"}[record.how]
    return f"On {words.day(record.at)} you wrote that something was {said}."


def _bring_words(entries: Sequence[Item], note: HardMoment) -> str:
    """How it may be called among what one brings to therapy: by the entry's name, else by its day."""
    item = next((item for item in entries if item.eid == note.entry), None)
    day = words.date_no_year(note.at.at.date())
    return f"What was hard on {day}" if item is None else f"{entry_name(item)}, {day}"


class Part(QWidget):
    """One step. `given`: whether it was answered; `first` takes the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.given = False
        self.first: QWidget | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP["m"])

    def add(self, widget: QWidget, *, left: bool = False) -> None:
        self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))


class Noted(Part):
    """A note as it stands, where it cannot be gone on with."""

    def __init__(self, record: HardMoment) -> None:
        super().__init__()
        self.given = True
        self.add(label(wrote(record)))
        if record.note:
            self.add(label(record.note))
        if record.tell:
            self.add(label(f"You wanted to tell: {', '.join(map(words.file_name, record.tell))}."))
        if record.talk:
            self.add(label("You wanted to talk about it with your therapist."))
        if record.ask_again is not None:
            self.add(label(f"You wanted to be asked on {words.day(record.ask_again)}."))
        if record.looked is not None and record.still is not None:
            said = "it still bothered you" if record.still else "it did not bother you any more"
            self.add(label(f"On {words.day(record.looked)} you said that {said}."))


class Cover(Part):
    """Covers an entry, or takes the cover off.

    Signals:
        covered(str): the entry with this id is covered now.
        uncovered(): the cover was taken off one.
        refused(JournalError): it could not be done.
    """

    covered = Signal(str)
    uncovered = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, entries: Sequence[Item]) -> None:
        super().__init__()
        self._context = context
        self._entries = {item.eid: item for item in entries}
        self._covered = {item.eid: getattr(item.record, "covered", False) for item in entries}
        self.add(label("Lists then show only a title that you choose. What you wrote stays as it is underneath."))
        form = Form(context.theme)
        self.which = QComboBox()
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(16)
        for item in entries:
            self.which.addItem(entry_name(item), item.eid)
        self.which.currentIndexChanged.connect(self._show)
        self._one = form.add("Which one", self.which)
        self._one.setVisible(len(entries) > 1)
        self._name = label("", "heading")
        self.cover_title = LineEdit()
        self._title = form.add("Its title in lists", self.cover_title, "It may be left empty.")
        if len(entries) == 1:
            self.add(self._name)
        self.add(form)
        self.cover = calm_button(context.theme, "Cover it", self._on_cover, icon_name="eye-slash")
        self.uncover = calm_button(context.theme, "Take the cover off", self._on_uncover, icon_name="eye")
        self.add(self.cover, left=True)
        self.add(self.uncover, left=True)
        self.note = label("", "muted")
        self.add(self.note)
        self.first = self.cover_title
        self._show()

    @Slot()
    def _show(self) -> None:
        eid = self.which.currentData()
        covered = self._covered[eid]
        self._name.setText(entry_name(self._entries[eid]))
        self._title.setVisible(not covered)
        self.cover.setVisible(not covered)
        self.uncover.setVisible(covered)
        self.note.setText("It is covered." if covered else "")
        self.given = covered

    @Slot()
    def _on_cover(self) -> None:
        eid = self.which.currentData()
        op = partial(JournalService.cover, eid=eid, title=self.cover_title.value())
        self._context.tasks.ask(op, partial(self._on_done, eid, True), self._on_refused)

    @Slot()
    def _on_uncover(self) -> None:
        eid = self.which.currentData()
        op = partial(JournalService.uncover, eid=eid)
        self._context.tasks.ask(op, partial(self._on_done, eid, False), self._on_refused)

    def _on_done(self, eid: str, covered: bool, _saved: Saved) -> None:
        self._covered[eid] = covered
        self._show()
        if covered:
            self.note.setText("It is covered. “Open” shows the words again.")
            self.covered.emit(eid)
        else:
            self.uncovered.emit()

    def _on_refused(self, error: JournalError) -> None:
        self.refused.emit(error)


class Tell(Part):
    """People to tell, and whether to talk about it in therapy.

    Signals:
        edited(): something was changed.
    """

    edited = Signal()

    def __init__(self, theme: Theme, people: Sequence[str], chosen: Sequence[str], *, talk: bool) -> None:
        super().__init__()
        self._theme = theme
        self._chips: list[QPushButton] = []
        self.add(label(_NOBODY, "muted"))
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=GAP["s"])
        self.add(holder)
        for name in dict.fromkeys((*people, *chosen)):
            self._chip(name, name in chosen)
        form = Form(theme)
        self.name = LineEdit()
        self.name.returnPressed.connect(self._on_add)
        self.name.editingFinished.connect(self._on_add)
        form.add("Somebody else", self.name)
        self.add(form)
        self.wants_talk = QCheckBox("I want to talk about it with my therapist")
        self.wants_talk.setChecked(talk)
        self.wants_talk.toggled.connect(self._on_edited)
        self.add(self.wants_talk)
        self._look()

    @property
    def talk(self) -> bool:
        return self.wants_talk.isChecked()

    def names(self) -> tuple[str, ...]:
        """Who is ticked."""
        return tuple(str(made.property("person")) for made in self._chips if made.isChecked())

    def _chip(self, name: str, ticked: bool) -> None:
        made = button(self._theme, words.file_name(name)[:60].replace("&", "&&"), self._on_edited, kind="chip")
        made.setProperty("person", name)
        made.setAccessibleName(words.file_name(name))
        made.setChecked(ticked)
        self._chips.append(made)
        self._flow.addWidget(made)

    @Slot()
    def _on_add(self) -> None:
        name = " ".join(self.name.value().split())
        if not name:
            return
        self.name.set_value("")
        known = next((made for made in self._chips if made.property("person") == name), None)
        if known is None:
            self._chip(name, True)
        else:
            known.setChecked(True)
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        self.given = bool(self.names()) or self.talk


class When(Part):
    """When to be asked again.

    Signals:
        chosen(object): a Moment, or None for "not unless I open it".
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, answers: Sequence[tuple[str, str, str]], ask: Moment | None, now: datetime
    ) -> None:
        super().__init__()
        self._now = now
        if ask is not None:
            self.add(label(f"You wanted to be asked on {words.day(ask)}.", "muted"))
        self.choices = Choices(theme, answers, "")
        self.choices.chosen.connect(self._on_chosen)
        self.add(self.choices)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName("The day to be asked on")
        tomorrow = (now + timedelta(days=1)).date()
        self.day.setMinimumDate(QDate(tomorrow.year, tomorrow.month, tomorrow.day))
        self.day.setMaximumDate(QDate(2200, 12, 31))
        self.day.setDate(self.day.minimumDate().addDays(2))
        self.day.dateChanged.connect(self._on_day)
        self.day.hide()
        self.add(self.day, left=True)

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        self.given = bool(code)
        self.day.setVisible(code == _DAY)
        if code == _DAY:
            self._on_day()
        else:
            self.chosen.emit(ask_moment(code, self._now))

    @Slot()
    def _on_day(self) -> None:
        day = self.day.date()
        at = datetime.combine(datetime(day.year(), day.month(), day.day()).date(), time(), self._now.tzinfo)
        self.chosen.emit(ask_on(at))


class Bring(Part):
    """Offers to put it among what one brings to therapy; nothing is added by itself.

    Signals:
        wanted(str): add these words.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[Item], note: HardMoment) -> None:
        super().__init__()
        self.add(
            label("It can stand among what you bring to therapy, in these words or in others. It is not added yet.")
        )
        self.words = CalmText(theme, "In which words")
        self.words.set_value(_bring_words(entries, note))
        self.add(self.words)
        self.add_ = calm_button(theme, "Add it", self._on_add, icon_name="plus")
        self.add(self.add_, left=True)
        self.note = label("", "muted")
        self.add(self.note)
        self.first = self.add_

    @Slot()
    def _on_add(self) -> None:
        text = self.words.value().strip()
        if text:
            self.add_.setEnabled(False)  # a trembling hand taps twice
            self.wanted.emit(text)

    def show_done(self) -> None:
        """It was added."""
        self.given = True
        self.note.setText("Added.")
