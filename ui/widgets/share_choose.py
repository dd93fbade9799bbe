"""The first step of a share: ticking what goes in. Nothing is ticked, every switch is off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from journal.service import Offered, SessionSummary
from journal.share import OPTIONS, Dates, Picked
from journal.store import Row
from ui import words
from ui.models.share_tree import ShareTree
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label
from ui.widgets.share_captions import ShareCaptions
from ui.widgets.share_sets import ShareSetsBar
from ui.widgets.share_tree_view import ShareTreeView

_BESIDE = 760  # px at 100 %
_SWITCHES = {
    "exact_times": ("Exact times", "Without this, days only."),
    "include_place": ("Where a session took place", ""),
    "include_people": ("Who was there", "Their names as you wrote them."),
    "include_session_notes": ("Notes about a session itself", ""),
    "include_checkin_notes": ("Notes beside check-ins", "Without this, the numbers only."),
    "include_tags": ("Tags and kinds of therapy", ""),
    "include_readings": ("Blood pressure and pulse", "At the sessions that are ticked."),
    "include_items": ("Answers to single items", "Without this, the totals of questionnaires only."),
    "include_body_notes": ("Notes on medicines and the body", "Also reasons, and notes beside questionnaires."),
}
_DATES = {
    Dates.DAY: "The day",
    Dates.WEEK: "Only the week",
    Dates.MONTH: "Only the month",
}


class ShareChoose(QWidget):
    """The tree to tick, and the switches for what goes along.

    Signals:
        changed(): a tick or a switch changed.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sets = ShareSetsBar(theme)
        outer.addWidget(self.sets)
        across = self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        outer.addLayout(across)
        outer.addStretch(1)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP["l"])

        left = QVBoxLayout()
        left.setSpacing(GAP["s"])
        self.model = ShareTree(self)
        self.tree = ShareTreeView()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName("What could be shared")
        self.tree.installEventFilter(self)
        self.tree.clicked.connect(self._on_clicked)
        frame, inside = card(padding=GAP["s"])
        inside.addWidget(self.tree)
        left.addWidget(frame)
        self.count = label("Nothing is ticked.", "muted")
        bottom = QHBoxLayout()
        bottom.addWidget(self.count, 1)
        self.clear = button(theme, "Untick everything", self.model.clear_ticks, kind="quiet")
        bottom.addWidget(self.clear)
        left.addLayout(bottom)
        self.captions = ShareCaptions(theme)
        self.captions.changed.connect(self.changed)
        left.addWidget(self.captions)
        left.addStretch(1)
        across.addLayout(left, 3)

        well, inside = card("well", spacing=GAP["s"])
        inside.addWidget(label("What goes along", "heading"))
        inside.addWidget(label("All of this stays out unless you tick it.", "small"))
        self.switches: dict[str, QCheckBox] = {}
        for name, _ in OPTIONS:
            text, help_text = _SWITCHES[name]
            self.switches[name] = self._switch(inside, text, help_text)
        self.tell_left_out = self._switch(inside, "Say how much was left out", "Counts only, never what it was.")
        inside.addSpacing(GAP["s"])
        name = label("How exact days are", "heading")
        inside.addWidget(name)
        self.dates = QComboBox()
        for dates, text in _DATES.items():
            self.dates.addItem(text, str(dates))
        self.dates.setAccessibleName("How exact days are")
        self.dates.currentIndexChanged.connect(self._on_dates)
        inside.addWidget(self.dates)
        inside.addStretch(1)
        across.addWidget(well, 2)
        self.model.ticks_changed.connect(self._on_ticks)
        self._on_ticks()
        theme.changed.connect(self._arrange)

    def set_content(
        self,
        sessions: Iterable[SessionSummary],
        rows: Iterable[Row],
        pictures: Mapping[str, tuple[Offered, ...]] | None = None,
    ) -> None:
        """Fill the tree and open its first session."""
        self.model.set_content(sessions, rows, pictures)
        # The newest session that was written for is what people share most.
        tops = [self.model.index(place, 0) for place in range(self.model.rowCount())]
        first = next((index for index in tops if self.model.rowCount(index) > 1), None)
        if first is not None:
            self.tree.expand(first)
            self.tree.setCurrentIndex(first)

    def reveal(self, eids: Iterable[str]) -> None:
        """Open the tree at these entries. They are shown, not ticked."""
        for eid in eids:
            index = self.model.index_of(eid)
            if index.isValid():
                self.tree.expand(index.parent())
                self.tree.setCurrentIndex(index)
                self.tree.scrollTo(index)

    def options(self) -> dict[str, bool]:
        """The switches by their names in a `Selection`."""
        chosen = {name: box.isChecked() for name, box in self.switches.items()}
        return {**chosen, "tell_left_out": self.tell_left_out.isChecked()}

    def exactness(self) -> Dates:
        """How exactly days are told."""
        return Dates(self.dates.currentData())

    def kinds(self) -> tuple[str, ...]:
        """The kinds of what is ticked."""
        return self.model.kinds()

    def pictures(self) -> tuple[Picked, ...]:
        """The ticked pictures, with what was typed for them."""
        return self.captions.picked(self.model.pictures())

    def begin_from(self, eids: Iterable[str], options: Iterable[str], dates: str) -> None:
        """Tick these entries and turn these switches on, and nothing else."""
        self.reset()
        self.bring_back(eids, options, dates)

    def bring_back(
        self, eids: Iterable[str], options: Iterable[str], dates: str = "", pictures: Sequence[Picked] = ()
    ) -> None:
        """Tick what is still there of these, turn these switches on, and tell days so exactly."""
        self.dates.setCurrentIndex(max(0, self.dates.findData(dates)))
        self.captions.bring_back(pictures)
        self.model.tick_entries(eids, (picked.eid for picked in pictures))
        boxes = {**self.switches, "tell_left_out": self.tell_left_out}
        for name in options:
            if name in boxes:
                boxes[name].setChecked(True)

    def reset(self) -> None:
        """Everything off again."""
        self.model.clear_ticks()
        self.tree.scrollToTop()
        self.captions.reset()
        for box in (*self.switches.values(), self.tell_left_out):
            box.setChecked(False)
        self.dates.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        # Side by side while both have room for their words; else one below the other, and all of it scrolls.
        beside = self.width() >= self._theme.px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        self.tree.set_beside(self._theme.px(44))

    def _switch(self, layout: QVBoxLayout, text: str, help_text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.toggled.connect(self._on_switch)
        layout.addWidget(box)
        if help_text:
            box.setAccessibleDescription(help_text)
            note = label(help_text, "small")
            note.setContentsMargins(self._theme.px(30), 0, 0, 0)
            layout.addWidget(note)
        return box

    @Slot(int)
    def _on_dates(self, _place: int) -> None:
        # A time of day beside a week would be a time of no day.
        self.switches["exact_times"].setEnabled(self.exactness() is Dates.DAY)
        self.changed.emit()

    @Slot(bool)
    def _on_switch(self, _on: bool) -> None:
        self.changed.emit()

    @Slot()
    def _on_ticks(self) -> None:
        count = len(self.model.ticked())
        texts = {0: "Nothing is ticked.", 1: "1 thing is ticked."}
        told = texts.get(count, f"{count} things are ticked.")
        pictures = self.model.pictures()
        if pictures:
            told += f" {words.counted(len(pictures), 'picture goes', 'pictures go').capitalize()} along."
        self.count.setText(told)
        self.captions.show_pictures(pictures, self.model.names())
        for index in self.model.with_pictures():  # where its entry is ticked, a picture can be, and is seen
            self.tree.expand(index)
        self.clear.setEnabled(count > 0)
        self.sets.keep.setEnabled(count > 0)
        self.changed.emit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        # A click on the words ticks as well as one on the box: small boxes are hard to hit.
        spot = self.tree.viewport().mapFromGlobal(self.cursor().pos())
        box = self.tree.visualRect(index).left() + self._theme.px(26)
        if spot.x() > box and self.model.node(index).eid is not None:
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            index = self.tree.currentIndex()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
                self._toggle(index)
                return True
        return super().eventFilter(watched, event)
