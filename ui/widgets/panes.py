"""Three panes side by side: contents, reading, and what stands beside it. Where it is narrow, fewer are seen at once.

Two are seen in a window of usual width: the reading, and one of the others. Where it is narrower, or the text large,
one at a time. F6 goes from pane to pane; buttons above do the same where not all are seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout

CONTENTS, READING, BESIDE = 0, 1, 2
# px at 100 %: from here on three are seen, or two. Beside two, three kinds of writing have room side by side.
_ALL, _TWO = 1400, 700
_SIDES = {CONTENTS: 250, BESIDE: 300}  # px at 100 %
_MOST = 16_777_215  # Qt's own


class Panes(QWidget):
    """Holds the three, by name. `targets` are what takes the focus in each."""

    def __init__(self, theme: Theme, panes: Sequence[tuple[str, QWidget]], targets: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self._panes = [pane for _, pane in panes]
        self._targets = list(targets)
        self.current = CONTENTS
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self._chips = QWidget()
        self._chips.setAccessibleName("Panes")
        around = QVBoxLayout(self._chips)
        around.setContentsMargins(GAP["l"], GAP["s"], GAP["l"], GAP["s"])
        line = QWidget()
        flow = FlowLayout(line)
        around.addWidget(line)
        self._group = QButtonGroup(self)
        for number, (name, _) in enumerate(panes):
            chip = button(theme, name, kind="chip")
            self._group.addButton(chip, number)
            flow.addWidget(chip)
        self._group.idClicked.connect(self.go_to)
        body.addWidget(self._chips)
        across = QHBoxLayout()
        across.setSpacing(0)
        for number, (name, pane) in enumerate(panes):
            if not pane.accessibleName():
                pane.setAccessibleName(name)
            across.addWidget(pane, 1 if number == READING else 0)
        body.addLayout(across, 1)
        for keys, slot in (("F6", self._on_next), ("Shift+F6", self._on_previous)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    @property
    def seen(self) -> tuple[int, ...]:
        """Which panes are seen."""
        wide = self.width() * 100 / self._theme.scale
        if wide >= _ALL:
            return (CONTENTS, READING, BESIDE)
        if wide >= _TWO:
            return (READING, BESIDE) if self.current == BESIDE else (CONTENTS, READING)
        return (self.current,)

    def show_pane(self, number: int) -> None:
        """Have a pane seen. The focus stays where it is."""
        self.current = number
        self.fit()

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Have a pane seen, and go there."""
        self.show_pane(number)
        self._targets[number].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self) -> None:
        """Take the room there is."""
        seen = self.seen
        alone = len(seen) == 1
        for number, pane in enumerate(self._panes):
            side = _SIDES.get(number)
            if side is not None:
                pane.setMinimumWidth(0 if alone else self._theme.px(side))
                pane.setMaximumWidth(_MOST if alone else self._theme.px(side))
            pane.setVisible(number in seen)
        self._group.button(self.current).setChecked(True)
        self._chips.setVisible(len(seen) < len(self._panes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _here(self) -> int:
        """The pane that has the focus, or the one that was gone to last."""
        focus = self.focusWidget()
        held = (number for number, pane in enumerate(self._panes) if focus and pane.isAncestorOf(focus))
        return next((number for number in held if number in self.seen), self.current)

    @Slot()
    def _on_next(self) -> None:
        self.go_to((self._here() + 1) % len(self._panes))

    @Slot()
    def _on_previous(self) -> None:
        self.go_to((self._here() - 1) % len(self._panes))
