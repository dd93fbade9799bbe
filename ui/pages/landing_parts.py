"""What the page of a landing shows around its questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.service.landing_steps import LandingView
from ui import words
from ui.pages.landing_questions import NORMAL, STEPS
from ui.theme import Theme
from ui.widgets.calm_parts import calm_button, in_line
from ui.widgets.cards import GAP
from ui.widgets.labels import label


class Soothing(QWidget):
    """What stands below the answers where something was hard."""

    def __init__(self, theme: Theme, look_after: Callable[[], None]) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        body.addWidget(label(NORMAL, "muted"))
        self.more = calm_button(theme, "Look after this", look_after, icon_name="heart")
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)


class Night(QWidget):
    """What stands below "Good night": what became of all that was said, and the ways from here."""

    def __init__(self, theme: Theme, lock: Callable[[], None], today: Callable[[], None]) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        self.text = label("")
        body.addWidget(self.text)
        self.lock = calm_button(theme, "Lock the journal", lock, main=True, icon_name="lock")
        self.today = calm_button(theme, "Back to Today", today, icon_name="house")
        body.addWidget(in_line(self.lock, self.today))


def ticked(view: LandingView, step: str) -> str:
    """The answer that was given at a step with choices, "" for none of them."""
    return {"hard": view.hard, "again": view.again, "mood": "" if view.mood is None else str(view.mood)}[step]


def said_besides(view: LandingView, step: str) -> bool:
    """Whether a step was answered by something that is neither typed nor tapped on the page."""
    return bool(view.voices) if step == STEPS[0] else step == "again" and view.ask is not None


def asked_on(view: LandingView) -> QWidget | None:
    """The day one wanted to be asked on, where it is none of the answers: the hard path knows others."""
    if view.ask is None or view.again:
        return None
    return label(f"You wanted to be asked on {words.day(view.ask)}.", "muted")


def head(top: QWidget, banner: QWidget) -> QVBoxLayout:
    """What stands above the question."""
    made = QVBoxLayout()
    made.setContentsMargins(GAP["l"], GAP["l"], GAP["l"], 0)
    made.addWidget(top)
    made.addWidget(banner)
    return made
