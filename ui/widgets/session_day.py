"""The day of a session on its page: how one comes to it, what is prepared, how it went, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from journal.clock import in_utc
from journal.records import Moment, Ready, Session
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.taken_edit import GONE
from ui.widgets.vitals_edit import readings


class _Line(QCheckBox):
    """A line to tick.

    Signals:
        ticked(str, bool): the line, and whether it is ticked now.
    """

    ticked = Signal(str, bool)

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line
        self.setAccessibleName(line)
        self.clicked.connect(self._on_clicked)

    @Slot(bool)
    def _on_clicked(self, done: bool) -> None:
        self.ticked.emit(self._line, done)


def arriving(session: Session, medicines: Mapping[str, str], edit: QWidget) -> QWidget:
    """How one comes to it, and the way to say so."""
    frame, inside = card("card" if session.happened else "well")
    if said := _before(session, medicines):
        inside.addLayout(_facts(said))
    else:
        inside.addWidget(label("How you arrive, where, who is with you, how you get home.", "muted"))
    inside.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def has_it(theme: Theme, session: Session, now: datetime, clicked: Callable[..., None]) -> QWidget | None:
    """Whether it has taken place, in one tap; None where that is known, or its time has not come."""
    if session.happened or in_utc(session.starts.at) > in_utc(now):
        return None
    frame, inside = card("well", spacing=GAP["s"])
    inside.addWidget(label("Has it taken place?", "heading"))
    inside.addWidget(label("Until you say so it counts as planned.", "muted"))
    made = button(theme, "It has taken place", clicked, icon_name="check")
    inside.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def to_note(theme: Theme, session: Session, clicked: Callable[..., None]) -> QWidget:
    """The way to the form: the evening before, or afterwards."""
    text = "Note how it was" if session.happened else "The evening before"
    made = button(theme, text, clicked, kind="link", icon_name="pencil-line")
    made.setAccessibleName(f"{text}: what belongs before the session")
    return made


def prepared(ready: Sequence[Ready], ticked: Callable[..., None] | None, edit: QWidget) -> QWidget:
    """What to prepare. `ticked` is called with a line and whether it is ticked; None: only to look at."""
    frame, inside = card()
    inside.addWidget(label("What to prepare", "heading"))
    inside.addWidget(_ready(ready, ticked))
    inside.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def focus_line(area: QWidget, line: str) -> None:
    """Give the focus to a line of what to prepare."""
    for box in area.findChildren(QCheckBox) if line else ():
        if not box.isHidden() and box.accessibleName() == line:
            box.setFocus()
            return


def during(session: Session) -> tuple[QWidget, QVBoxLayout]:
    """How it went and what was read; the card and its layout, for what else belongs there."""
    frame, inside = card()
    if said := _during(session):
        inside.addLayout(_facts(said))
    else:
        inside.addWidget(label("The route, the dose as you were told, the room, who was there.", "muted"))
    if (read := _vitals(session)) is not None:
        inside.addWidget(read)
    return frame, inside


def _before(session: Session, medicines: Mapping[str, str]) -> list[tuple[str, str]]:
    """How one comes to it. Where it is and who is there belong here while it lies ahead, later to the day itself."""
    taken = [f"{medicines.get(one.medicine, GONE)}: {words.TAKEN_NAMES[one.taken].lower()}" for one in session.taken]
    place = [] if session.happened else [("Where", session.setting), ("Who is there", session.people)]
    return _said(
        ("How I am arriving", session.arriving),
        *place,
        ("Who can be called", session.support),
        ("The way home", session.ride),
        ("What my prescriber told me", session.told),
        ("Taken in the 24 hours before", "\n".join(taken)),
    )


def _during(session: Session) -> list[tuple[str, str]]:
    """How it went."""
    place = [("Where", session.setting), ("Who was there", session.people)] if session.happened else []
    return _said(
        ("How it was given", words.ROUTE_NAMES[session.route] if session.route else ""),
        ("Dose, as told", session.dose),
        ("A second dose, as told", _joined(session.second_dose, _clock(session.second_at, session.starts))),
        ("Over at", _clock(session.ended, session.starts)),
        *place,
        ("Notes", session.notes),
    )


def _facts(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    """Names and what was said."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["xl"])
    grid.setVerticalSpacing(GAP["s"])
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for number, (name, text) in enumerate(rows):
        grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text), number, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _ready(ready: Sequence[Ready], ticked: Callable[..., None] | None) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName("What to prepare")
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(2)
    for one in ready:
        across = QGridLayout()
        across.setColumnStretch(1, 1)
        across.setHorizontalSpacing(GAP["s"])
        box = _Line(one.text)
        box.setChecked(one.done)
        box.setEnabled(ticked is not None)
        if ticked is not None:
            box.ticked.connect(ticked)
        across.addWidget(box, 0, 0, Qt.AlignmentFlag.AlignTop)
        text = label(one.text, "muted" if one.done else "")
        text.setBuddy(box)
        across.addWidget(text, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        body.addLayout(across)
    return holder


def _vitals(session: Session) -> QWidget | None:
    """What was read, as a small table; None where nothing was."""
    grid = readings(session)
    if grid.rowCount() < 2:
        return None
    holder = QWidget()
    holder.setAccessibleName("Blood pressure and pulse")
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, GAP["s"], 0, 0)
    body.addWidget(label("As the clinic told them", "small"))
    body.addLayout(grid)
    return holder


def _said(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[1].strip()]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part.strip())


def _clock(at: Moment | None, starts: Moment) -> str:
    """A time of the clock; with its day where that is another one: sessions go over midnight."""
    if at is None:
        return ""
    return words.time(at) if at.at.date() == starts.at.date() else words.day_and_time(at)
