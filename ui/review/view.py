"""The whole share on one page: the cover, what the person wants to talk about, the chart, session by session."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QVBoxLayout, QWidget

from journal.share import Payload
from journal.share.picture import spoiled_text
from journal.share.who import UNSIGNED, Told
from ui.review import phrases
from ui.review.checkins_chart import CheckInsChart
from ui.review.long import said
from ui.review.part_view import part_view, parts_of
from ui.review.where import Where, go_back, where
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.filled import Filled
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView
from ui.widgets.stacked import Stacked

_CHIPS = 200  # parts to choose from
_MARKS = 400  # sessions in the chart


class ReviewView(Column):
    """Shows one payload, read-only. Ctrl+PgDown and Ctrl+PgUp go from session to session."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(width=1280, name="Share", theme=theme)
        self._theme = theme
        self._payload: Payload | None = None
        self._told = Told(UNSIGNED)
        self._spoiled = 0
        self._part = 0
        self._view: Filled | None = None  # the part that is shown
        self._checkins = None
        for keys, slot in (("Ctrl+PgDown", self._on_next), ("Ctrl+PgUp", self._on_previous)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def show_payload(
        self, payload: Payload, told: Told | None = None, *, stay: bool = False, spoiled: int = 0
    ) -> None:
        """Show a share from its beginning, or where one was in it (`stay`). `told` says who made it; so many pictures
        are `spoiled`."""
        at = Where(self.verticalScrollBar().value() if stay else 0)
        self._payload = payload
        self._told = told or Told(UNSIGNED)
        self._spoiled = spoiled
        if not stay:
            self._part = 0
        self._fill()
        self.body.activate()
        self._go_back(at)

    def close_payload(self) -> None:
        """Let go of the share that is shown."""
        self._payload, self._checkins, self._parts, self._view = None, None, [], None
        clear(self.body)

    def show_sessions(self) -> None:
        """Scroll past the cover and the chart, to the first thing that was written."""
        first = self._above.itemAt(self._above.count() - 1).widget()
        at = first.mapTo(self.inner, QPoint()).y() if self._payload is not None else 0
        self.verticalScrollBar().setValue(at)

    def passage(self) -> tuple[int, str, int, int] | None:
        """What is selected: the entry's place, its field, from where to where in code points; or None."""
        for reading in self.findChildren(ReadingView):
            selected = reading.selection()
            if selected is not None and reading.spot is not None:
                return (*reading.spot, *selected)
        return None

    def restyle(self) -> None:
        """Draw again in the theme's colours and sizes."""
        if self._payload is not None:
            at = where(self, self._view)
            self._fill()
            self._go_back(at)

    def _go_back(self, at: Where) -> None:
        if at.at and self._view is not None:
            go_back(self, self._view, at)
        else:
            self.verticalScrollBar().setValue(at.at)

    def _fill(self) -> None:
        payload = self._payload
        clear(self.body)
        self._checkins = None
        above = QWidget()  # it stays as high as it is while a part comes in below it
        self._above = Stacked(above, spacing=GAP["l"])
        self._above.addWidget(_cover(payload, self._told, self._spoiled))
        if payload.talk_about.strip():
            frame, inside = card("accent-card", spacing=GAP["s"])
            inside.addWidget(label("What I want to talk about", "eyebrow"))
            inside.addWidget(said(self._theme, payload.talk_about, "lead"))
            self._above.addWidget(frame)
        if payload.checkins and len(payload.sessions) > _MARKS:
            self._above.addWidget(label(f"There is no chart of more than {_MARKS} sessions.", "small"))
        elif payload.checkins:
            self._checkins = CheckInsChart(self._theme, payload)
            self._above.addWidget(self._checkins)
        self._parts = parts_of(payload)
        self._part = min(self._part, max(0, len(self._parts) - 1))
        self._box = None
        if len(self._parts) > 1:
            self._above.addWidget(self._chips() if len(self._parts) <= _CHIPS else self._list())
        self.body.addWidget(above)
        self._holder = QWidget()
        self._holder.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        QVBoxLayout(self._holder).setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._holder)
        self.body.addStretch(1)
        self._show_part()

    # -- session by session ------------------------------------------------------------------------

    def _chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        self._group = QButtonGroup(holder)
        for number, (text, _) in enumerate(self._parts):
            chip = button(self._theme, text, kind="chip")
            chip.setChecked(number == self._part)
            self._group.addButton(chip, number)
            flow.addWidget(chip)
        self._group.idClicked.connect(self._on_part)
        holder.setAccessibleName("Parts of this share")
        return holder

    def _list(self) -> QWidget:
        """The same as one list to choose from: hundreds of chips would fill the page, and hold up the window."""
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(30)
        self._box.addItems([text for text, _ in self._parts])
        self._box.setCurrentIndex(self._part)
        self._box.currentIndexChanged.connect(self._on_part)
        self._box.setAccessibleName("Parts of this share")
        return self._box

    @Slot(int)
    def _on_part(self, number: int) -> None:
        self._part = number
        self._show_part()

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if len(getattr(self, "_parts", ())) > 1:
            self._part = (self._part + by) % len(self._parts)
            if self._box is not None:
                self._box.setCurrentIndex(self._part)
            else:
                self._group.button(self._part).setChecked(True)
                self._show_part()
            self.show_sessions()

    def _show_part(self) -> None:
        layout = self._holder.layout()
        clear(layout)
        self._view = None
        if self._parts:
            self._view = part_view(self._theme, self._payload, self._parts[self._part][1])
            layout.addWidget(self._view)


def _cover(payload: Payload, told: Told, spoiled: int) -> QWidget:
    frame, inside = card("well", padding=GAP["xl"], spacing=GAP["s"])
    sender = payload.sender or "Someone who gave no name"
    inside.addWidget(label(f"For {payload.to}" if payload.to else "A share", "eyebrow"))
    inside.addWidget(label(f"From {sender}" if payload.sender else sender, "title"))
    period = phrases.period(payload)
    made = f"Made on {phrases.made(payload)}"
    inside.addWidget(label(f"{made}. It covers {period}." if period else f"{made}."))
    contents = phrases.contents(payload)
    inside.addWidget(label(f"In it: {contents}." if contents else "Nothing is in it yet."))
    if left := phrases.left_out(payload):
        inside.addWidget(label(left, "muted"))
    if spoiled:
        inside.addWidget(label(spoiled_text(spoiled), "warm"))
    inside.addWidget(label(told.text, "" if told.sure else "warm"))
    inside.addWidget(label(phrases.EXCERPT, "small"))
    return frame
