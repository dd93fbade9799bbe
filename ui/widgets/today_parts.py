"""The parts of Today: the one main step, the quiet ones, the commitment of the week, the next session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from journal.records import Outcome
from journal.service import Step
from journal.service.today import Changed
from journal.service.views import SessionSummary
from ui import words
from ui.icons import KIND_ICONS
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

Chosen = Callable[..., None]

# What each step asks, what its button says, and its icon.
_STEPS: dict[str, tuple[str, str, str]] = {
    "intention": ("An intention, before it begins", "Write an intention", KIND_ICONS["intention"]),
    "checklist": ("What do you want to have ready?", "Open the list", "checks"),
    "session": ("Your session", "Open the session", KIND_ICONS["session"]),
    "happened": ("Has it taken place?", "It has taken place", "check"),
    "landing": ("Arriving again, one question at a time", "Begin landing", "moon"),
    "experience": ("How was it?", "Write about it", KIND_ICONS["experience"]),
    "integration": ("What has stayed?", "Write a note", KIND_ICONS["integration"]),
    "checkin": ("How are you now?", "Check in", KIND_ICONS["checkin"]),
    "small-thing": ("One small thing you would like to do this week", "Write it down", KIND_ICONS["commitment"]),
    "hard": ("Something that was hard", "Look at it again", KIND_ICONS["hard"]),
    "scale": ("A questionnaire", "Open it", KIND_ICONS["scale"]),
}
OUTCOMES: tuple[tuple[Outcome, str], ...] = (
    (Outcome.DID, "I did it"),
    (Outcome.PART, "I did part of it"),
    (Outcome.NOT_YET, "Not yet"),
    (Outcome.NOT_MINE, "No longer mine"),
)


class Beside(QWidget):
    """A text and what can be done about it: beside it where there is room for both, else below."""

    def __init__(self, text: QWidget, made: QWidget) -> None:
        super().__init__()
        self._text, self._made = text, made
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP["xs"])
        self._box.addWidget(text, 1)
        self._box.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max(self._text.minimumSizeHint().width(), self._made.minimumSizeHint().width()), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._made.sizeHint().width() + min(self._text.sizeHint().width(), event.size().width() * 2 // 3)
        beside = wanted + GAP["m"] <= event.size().width()
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if beside else directions.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
            side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft
            self._box.setAlignment(self._made, side)


def main_step(theme: Theme, step: Step, chosen: Chosen, opened: Chosen) -> QWidget:
    """The one natural next thing: why, what, and a button. `opened`: only to look at the session."""
    heading, action, icon_name = _STEPS[step.kind]
    frame, inside = card("accent-card", padding=GAP["xl"], spacing=GAP["s"])
    inside.addWidget(label(step.reason, "eyebrow"))
    inside.addWidget(label(heading, "title"))
    holder = QWidget()
    flow = FlowLayout(holder, spacing=GAP["s"])
    flow.addWidget(button(theme, action, partial(chosen, step), kind="primary", icon_name=icon_name))
    if step.kind == "happened":
        flow.addWidget(button(theme, "Open the session", partial(opened, step), kind="quiet"))
    inside.addSpacing(GAP["xs"])
    inside.addWidget(holder)
    return frame


def quiet_steps(theme: Theme, steps: tuple[Step, ...], chosen: Chosen, *, told: str = "") -> QWidget:
    """What else would fit, a line each: why, or what it is where the why was told already."""
    frame, inside = card("well", spacing=GAP["xs"])
    before = {told}
    for step in steps:
        heading, action, _ = _STEPS[step.kind]
        made = button(theme, action, partial(chosen, step), kind="link")
        inside.addWidget(Beside(label(heading if step.reason in before else step.reason), made))
        before.add(step.reason)
    return frame


def commitment(theme: Theme, step: Step, answered: Chosen, opened: Chosen, *, can_write: bool) -> QWidget:
    """The commitment of the week; when it may be looked back at, with four answers, none of them better."""
    frame, inside = card(spacing=GAP["s"])
    inside.addWidget(label("Something you wanted to do this week", "eyebrow"))
    inside.addWidget(label(step.reason, "heading"))
    if step.detail:
        inside.addWidget(label(step.detail, "muted"))
    if step.review and can_write:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["s"])
        for outcome, text in OUTCOMES:
            flow.addWidget(button(theme, text, partial(answered, step, outcome)))
        inside.addWidget(holder)
    elif can_write:
        inside.addLayout(row(button(theme, "Change", partial(opened, step), kind="link"), None))
    return frame


def next_session(theme: Theme, ahead: SessionSummary, now: datetime, opened: Chosen) -> QWidget:
    """The session that comes next, and in how many days."""
    starts = ahead.session.starts
    frame, inside = card(spacing=GAP["xs"])
    inside.addWidget(label("Your next session", "eyebrow"))
    inside.addWidget(label(f"{ahead.label}, {words.relative(starts, now)}", "heading"))
    written = " Your intention is written." if ahead.intentions else ""
    inside.addWidget(label(f"{words.day_and_time(starts)}.{written}", "muted"))
    go = button(theme, "Open the session", partial(opened, ahead.eid), kind="link")
    inside.addLayout(row(go, None))
    return frame


def unproved(theme: Theme, typed: Chosen, made: Chosen) -> QWidget:
    """A line that stays until the recovery words were typed back."""
    frame, inside = card("well", spacing=GAP["xs"])
    text = "The recovery words were not typed back yet. Without them, a forgotten password loses all that is here."
    inside.addWidget(label(text, "muted"))
    holder = QWidget()
    flow = FlowLayout(holder, spacing=GAP["l"])
    flow.addWidget(button(theme, "Type them…", typed, kind="link"))
    flow.addWidget(button(theme, "Make new words…", made, kind="link"))
    inside.addWidget(holder)
    return frame


def changed(theme: Theme, last: SessionSummary, changes: tuple[Changed, ...], opened: Chosen) -> QWidget:
    """What was told of medicines and side effects since the last session."""
    frame, inside = card(spacing=GAP["xs"])
    inside.addWidget(label(f"Since {last.label}", "eyebrow"))
    for one in changes:
        text = label(f"{one.name}: {one.what}, {words.date_brief(one.at)}")
        go = button(theme, "Open", partial(opened, one), kind="link")
        go.setAccessibleName(f"Open: {one.name}")
        inside.addWidget(Beside(text, go))
    return frame
