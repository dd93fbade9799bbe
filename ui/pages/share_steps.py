"""The steps of a share as columns: what stands above each, and how wide they are."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.cards import GAP, scrolling
from ui.widgets.labels import label

CHOOSE, READER, PREVIEW, DONE = range(4)
_STEPS = (
    ("What to share", "Tick what you want this person to read. Everything else stays here."),
    ("For whom", "Nothing is sent. You will get a file, and you decide how it travels."),
    ("Exactly what they will see", "This is the page your reader will have. Nothing else is in the file."),
    ("The share is made", ""),
)


def head(step: int) -> QWidget:
    """What stands above a step."""
    heading, lead = _STEPS[step]
    head = QWidget()
    column = QVBoxLayout(head)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP["s"])
    column.addWidget(label(f"Share · step {step + 1} of 3" if step < DONE else "Share", "eyebrow"))
    column.addWidget(label(heading, "title" if step == PREVIEW else "display"))
    if lead:
        column.addWidget(label(lead, "muted"))
    return head


class PreviewHead(QWidget):
    """What stands above the preview. Where there is little room, one line of it."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP["m"], 0, 0)  # it stands where the heads of the other steps do
        self._whole = head(PREVIEW)
        self._line = label(f"Share · step {PREVIEW + 1} of 3 · {_STEPS[PREVIEW][0]}", "eyebrow")
        self._line.hide()
        column.addWidget(self._whole)
        column.addWidget(self._line)

    def set_low(self, low: bool) -> None:
        """Whether there is little room."""
        self.layout().setContentsMargins(0, 0 if low else GAP["m"], 0, 0)
        self._whole.setVisible(not low)
        self._line.setVisible(low)


def step(step: int, widget: QWidget) -> QScrollArea:
    """A step below its head; both scroll together."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(GAP["xl"], GAP["m"], GAP["xl"], GAP["m"])
    column.setSpacing(GAP["m"])
    column.addWidget(head(step))
    column.addWidget(widget, 1)
    return scrolling(centred(inner))


def centred(inner: QWidget, width: int = 1280) -> QWidget:
    """No wider than can be read."""
    inner.setMaximumWidth(width)
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.addStretch(1)
    across.addWidget(inner, 100)
    across.addStretch(1)
    return holder
