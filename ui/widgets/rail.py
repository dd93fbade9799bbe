"""The rail at the left: where one can go. Only icons where the window is narrow or the text large."""

from __future__ import annotations

from collections.abc import (
    Callable,
)
from itertools import (
    pairwise,
)

from PySide6.QtCore import (
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.places import Place
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, scrolling

# place, words, icon
PLACES = (
    ("today", "Today", "house"),
    ("journey", "Journey", "notebook"),
    ("course", "Course", "path"),
    ("medicines", "Medicines", "pill"),
    ("scales", "Questionnaires", "list-bullets"),
    ("charts", "Charts", "chart-line-up"),
    ("share", "Share", "share-network"),
    ("review", "Read a share", "book-open"),
    ("library", "Library", "books"),
)
_BELOW = (("preferences", "Preferences", "gear-six"), ("help", "Help", "lifebuoy"))
# What comes first for who reads the shares of others; whoever writes their own has Clients in the menus.
_THERAPIST = (("clients", "Clients", "users"), ("review", "Read a share", "book-open"))
# Pages without a button of their own stand under the one they are reached from.
_UNDER = {
    "session": "journey", "edit-session": "journey", "write": "journey", "check-in": "today", "ledger": "share",
    "contacts": "share", "edit-contact": "share",
    "history": "journey", "edit-course": "course", "edit-provider": "course", "costs": "course",
    "edit-cost": "course", "edit-checklist": "course", "edit-medicine": "medicines", "edit-side-effect": "medicines",
    "questions": "course", "edit-question": "course", "edit-commitment": "course", "hard": "journey",
    "scale": "scales", "edit-scale": "scales", "edit-total": "scales", "edit-person": "help",
    "client": "clients", "edit-client": "clients", "compare": "clients", "reply": "clients", "replies": "share",
    "prompts": "preferences", "edit-prompts": "preferences", "edit-template": "preferences",
}  # fmt: skip
_WIDE = 208  # px at 100 %


class Rail(QFrame):
    """The buttons. The places scroll where the window is low; "New", "Help" and "Lock" are always in sight.

    Signals:
        go(Place): to one of the main places.
        lock(): lock now.
    """

    go = Signal(object)
    lock = Signal()

    def __init__(self, theme: Theme, new_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._menu = new_menu
        self._narrow: bool | None = None
        self.setProperty("role", "rail")
        self.setAccessibleName("Places")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP["m"], GAP["l"], GAP["m"], GAP["m"])
        outer.setSpacing(GAP["xs"])
        self.new = button(theme, "New", self._on_new, kind="primary", icon_name="plus")
        outer.addWidget(self.new)
        places = QWidget()
        self._places = scrolling(places)
        self._places.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # In place of a bar, for which there is no room: two signs, there only while something is out of sight.
        self.above = self._sign("Places further up", "caret-up", self._on_above)
        self.below = self._sign("Places further down", "caret-down", self._on_below)
        outer.addWidget(self.above)
        outer.addWidget(self._places, 1)
        outer.addWidget(self.below)
        bar = self._places.verticalScrollBar()
        bar.rangeChanged.connect(self._show_signs)
        bar.valueChanged.connect(self._show_signs)
        column = self._column = QVBoxLayout(places)
        column.setContentsMargins(0, GAP["m"], 0, 0)
        column.setSpacing(GAP["xs"])
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        for name, words, shape in PLACES:
            column.addWidget(self._add(name, words, shape))
        column.addStretch(1)
        for name, words, shape in _BELOW:
            made = self._add(name, words, shape)
            outer.addWidget(made) if name == "help" else column.addWidget(made)
        self.lock_button = button(theme, "Lock", self.lock, kind="rail", icon_name="lock")
        self.lock_button.setCheckable(False)
        outer.addWidget(self.lock_button)
        self._texts = {made: made.text() for made in (self.new, self.lock_button, *self._buttons.values())}
        for made, words in self._texts.items():
            made.setAccessibleName(words)
        self._group.buttonClicked.connect(self._on_clicked)
        self.set_narrow(False)

    def set_therapist(self, therapist: bool) -> None:
        """Clients first, or not at all."""
        for name, words, shape in _THERAPIST if therapist else ():
            if name not in self._buttons:
                made = self._add(name, words, shape)
                made.setAccessibleName(words)
                self._texts[made] = words
        first = [name for name, _, _ in _THERAPIST if name in self._buttons] if therapist else []
        order = [*first, *(name for name, _, _ in PLACES if name not in first)]
        for place, name in enumerate(order):
            self._column.removeWidget(self._buttons[name])
            self._column.insertWidget(place, self._buttons[name])
        if "clients" in self._buttons:
            self._buttons["clients"].setVisible(therapist)
        for before, after in pairwise(order):
            QWidget.setTabOrder(self._buttons[before], self._buttons[after])
        self.set_narrow(bool(self._narrow))

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons and words."""
        self._narrow = narrow
        for made, words in self._texts.items():
            made.setText("" if narrow else words)
            made.setToolTip(words if narrow else "")
        self.fit()

    def fit(self) -> None:
        """Take the width the text size asks for."""
        self.ensurePolished()
        margins = 2 * GAP["m"]
        needed = max(made.sizeHint().width() for made in self._texts) + margins
        self.setFixedWidth(needed + 1 if self._narrow else max(needed, self._theme.px(_WIDE)))

    def show_place(self, place: Place) -> None:
        """Mark where one is."""
        name = _UNDER.get(place.name, place.name)
        reads = "clients" in self._buttons and not self._buttons["clients"].isHidden()
        if (name == "clients" and not reads) or (reads and place.name in ("contacts", "edit-contact")):
            name = "review"  # where a therapist finds the way to contacts
        made = self._buttons.get(name)
        if made is not None:
            made.setChecked(True)
            self._show_checked()
            QTimer.singleShot(0, self, self._show_checked)  # a sign that appears takes room

    @Slot()
    def _show_checked(self) -> None:
        made = self._group.checkedButton()
        if made is not None and self._places.isAncestorOf(made):
            self._places.ensureWidgetVisible(made, 0, 0)

    def _sign(self, name: str, shape: str, slot: Callable[..., None]) -> QToolButton:
        made = tool(self._theme, name, shape, slot)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys reach the places themselves
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setProperty("scrolls", True)
        made.hide()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_places()
        QTimer.singleShot(0, self, self._show_checked)

    def _fit_places(self) -> None:
        """Where not all places are in sight, those that are stand there whole."""
        step = self.lock_button.sizeHint().height() + GAP["xs"]
        above = GAP["m"] - GAP["xs"]  # before the first, and nothing after the last
        room = self._places.height() - above
        scrolls = self._places.widget().sizeHint().height() > self._places.height()
        self._places.setViewportMargins(0, 0, 0, room % step if scrolls and room > step else 0)
        self._places.verticalScrollBar().setSingleStep(step)

    @Slot()
    def _show_signs(self) -> None:
        bar = self._places.verticalScrollBar()
        for made, more in ((self.above, bar.value() > 0), (self.below, bar.value() < bar.maximum())):
            made.setVisible(more)
        self._fit_places()

    @Slot()
    def _on_above(self) -> None:
        self._move(-1)

    @Slot()
    def _on_below(self) -> None:
        self._move(1)

    def _move(self, way: int) -> None:
        bar = self._places.verticalScrollBar()
        step = bar.singleStep()
        bar.setValue(bar.value() + way * step * max(1, self._places.viewport().height() * 3 // 4 // step))

    @Slot()
    def open_new(self) -> None:
        """Open the menu of what can be written."""
        self._menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height() + 2)))

    @Slot()
    def _on_new(self) -> None:
        self.open_new()

    @Slot(QPushButton)
    def _on_clicked(self, made: QPushButton) -> None:
        self.go.emit(Place(made.property("place")))

    def _add(self, name: str, words: str, shape: str) -> QPushButton:
        made = button(self._theme, words, kind="rail", icon_name=shape)
        made.setProperty("place", name)
        self._group.addButton(made)
        self._buttons[name] = made
        return made
