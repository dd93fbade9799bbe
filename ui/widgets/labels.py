"""Labels and tool tips that show text as it is: Qt's own guess rich text and load pictures, which no words may."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_TAG = re.compile(r"<[A-Za-z/!?]")  # without one, nothing is taken for rich text


def label(text: str = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> QLabel:
    """A plain-text label. Roles: display, title, heading, lead, eyebrow, muted, small, warm, or "" for body."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def tip(text: str) -> str:
    """Somebody's words as a tool tip shows them as they are; it always guesses whether they are rich text."""
    return f"<span>{html.escape(text)}</span>" if _TAG.search(text) else text


def selectable(made: QLabel) -> QLabel:
    """Let the text be selected by mouse and keyboard, e.g. the recovery words."""
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
