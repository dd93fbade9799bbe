"""One question of a questionnaire with its answers in a row: chosen by number, arrows or mouse, or left alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from journal.scales import Item, Option
from ui.theme import Theme
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

DECLINED = "Prefer not to answer"
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ScaleItem(QWidget):
    """A question. Numbers choose and go on, arrows move, Backspace takes the answer away.

    Signals:
        answered(): the answer changed, or was taken away.
        go_on(): answered by its number; the next one is wanted.
    """

    answered = Signal()
    go_on = Signal()

    def __init__(self, theme: Theme, number: int, item: Item, options: Sequence[Option]) -> None:
        super().__init__()
        self._theme = theme
        self.item = item
        self._options = tuple(options)
        self._writable = True
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["xs"])
        self.question = label(f"{number}. {item.text}" if item.scored else item.text)
        body.addWidget(self.question)
        holder = QWidget()
        self._flow = _InARow(holder, spacing=GAP["l"])
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        texts = [f"{option.value}  {option.text}" if item.scored else option.text for option in self._options]
        for place, text in enumerate([*texts, DECLINED]):
            made = QRadioButton()
            name = self._options[place].text if place < len(self._options) else DECLINED
            made.setAccessibleName(name)
            made.setAccessibleDescription(item.text)
            made.setProperty("words", text.replace("&", "&&"))
            made.setText(made.property("words"))
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.installEventFilter(self)
            self._group.addButton(made, place)
            if place < len(self._options):
                self._flow.addWidget(made)
            self.buttons.append(made)
        self._group.idClicked.connect(self._on_clicked)
        body.addWidget(holder)
        body.addWidget(self.buttons[-1], 0, Qt.AlignmentFlag.AlignLeft)
        self._settle_tabs()

    @property
    def answer(self) -> int | None:
        """The value chosen, or None."""
        place = self._group.checkedId()
        return self._options[place].value if 0 <= place < len(self._options) else None

    @property
    def declined(self) -> bool:
        """Whether the person preferred not to answer."""
        return self._group.checkedId() == len(self._options)

    def set_answer(self, value: int | None, *, declined: bool = False) -> None:
        """Show an answer, or none."""
        values = [option.value for option in self._options]
        place = len(values) if declined else values.index(value) if value in values else None
        self._choose(place)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it can be answered. What was chosen can always be read."""
        self._writable = not read_only
        for made in self.buttons:
            made.setEnabled(not read_only)

    def focus_field(self) -> QRadioButton:
        """Where Tab comes to: the answer chosen, else the first."""
        return self._group.checkedButton() or self.buttons[0]

    # -- hands -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._writable:
            return self._pressed(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            value = key - Qt.Key.Key_0
            place = next((place for place, one in enumerate(self._options) if one.value == value), None)
            if place is not None:
                self._answer(place)
                self.go_on.emit()
            return True
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._answer(None)
            return True
        if key in _STEPS:
            step = _STEPS[key]
            if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                step = -step
            at = self.buttons.index(watched) if watched in self.buttons else 0
            place = at if self._group.checkedId() < 0 else (at + step) % len(self.buttons)
            self._answer(place)
            self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    @Slot(int)
    def _on_clicked(self, _place: int) -> None:
        self._settle_tabs()
        self.answered.emit()

    def _answer(self, place: int | None) -> None:
        if place != (self._group.checkedId() if self._group.checkedId() >= 0 else None):
            self._choose(place)
            self.answered.emit()

    def _choose(self, place: int | None) -> None:
        self._group.setExclusive(False)  # else one of them stays chosen
        for number, made in enumerate(self.buttons):
            made.setChecked(number == place)
        self._group.setExclusive(True)
        self._settle_tabs()

    def _settle_tabs(self) -> None:
        """Tab comes to each question once."""
        entered = self.focus_field()
        for made in self.buttons:
            policy = Qt.FocusPolicy.StrongFocus if made is entered else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)

    # -- looks -------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Break the words of answers that are longer than a line."""
        for made in self.buttons:
            room = self.width() - self._theme.px(44)
            text = _broken(made.property("words"), made.fontMetrics(), room)
            if text != made.text():
                made.setText(text)


class _InARow(FlowLayout):
    """All side by side; where there is no room for that, all below each other, so that their order can be seen."""

    def _place(self, rect: QRect, *, move: bool) -> int:
        sizes = [item.sizeHint() for item in self._items]
        across = sum(size.width() for size in sizes) + self.spacing() * (len(sizes) - 1)
        if across <= rect.width():
            return super()._place(rect, move=move)
        y = 0
        mirrored = self.parentWidget() is not None and self.parentWidget().isRightToLeft()
        for item, size in zip(self._items, sizes, strict=True):
            wide = min(size.width(), rect.width()) if rect.width() > 0 else size.width()
            if move:
                left = rect.right() - wide + 1 if mirrored else rect.left()
                item.setGeometry(QRect(left, rect.top() + y, wide, size.height()))
            y += size.height() + GAP["xs"]
        return max(0, y - GAP["xs"])


def _broken(text: str, metrics: QFontMetrics, room: int) -> str:
    if room <= 0 or metrics.horizontalAdvance(text) <= room:
        return text
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
