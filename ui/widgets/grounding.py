"""A few ways to arrive in the room again. Own words; nobody has to do any of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

LINES: tuple[tuple[str, str], ...] = (
    (
        "Around you",
        "Five things you can see. Four you can touch. Three you can hear. Two you can smell. One you can taste.",
    ),
    ("Your feet", "The floor under them. One foot pressed down, then the other. The floor holds."),
    (
        "Your breath",
        "It comes and goes as it wants to. If it helps, each breath out may be a little longer than the one in.",
    ),
)


def grounding_card(_theme: Theme) -> QWidget:
    """The ways, one below the other."""
    frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
    for number, (name, text) in enumerate(LINES):
        if number:
            inside.addSpacing(GAP["s"])
        inside.addWidget(label(name, "heading"))
        inside.addWidget(label(text))
    return frame
