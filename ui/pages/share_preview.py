"""The third step of a share: exactly what its reader will see, and passages taken out of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from journal.share import Payload
from journal.share.who import Told
from ui import words
from ui.pages.share_steps import PreviewHead, centred
from ui.review.view import ReviewView
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_LOW = 460  # px at 100 %: a page that is lower than this has little room
_HOW = "Select words below, then leave them out. Where they stood, your reader sees […]."


class SharePreview(QWidget):
    """The page of the reader, and the way to leave out what is selected in it.

    Signals:
        hide_asked(object): leave out this passage, as `ReviewView.passage` gives it.
        back_asked(): put all passages back.
    """

    hide_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        above = QVBoxLayout(holder)
        above.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], 0)
        above.setSpacing(GAP["xs"])
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.note = label(_HOW, "small")
        self.out = button(theme, "Leave out what is selected", self._on_out, kind="quiet")
        self.out.setToolTip("Delete")
        self.put_back = button(theme, "Put them back", self.back_asked.emit, kind="quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self.put_back)
        buttons.addWidget(self.out)
        buttons.addStretch(0)
        self._bar.addWidget(self.note, 1)
        self._bar.addLayout(buttons)
        self.again, self.lost = label("", "small"), Banner(theme)
        self.again.hide()
        self._lost = ""  # what the banner said last: closed, it stays closed
        above.addLayout(self._bar)
        above.addWidget(self.again)
        above.addWidget(self.lost)
        body.addWidget(centred(holder))
        self._low = False
        self.view = ReviewView(theme)
        body.addWidget(self.view, 1)
        self._delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        self._delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._delete.activated.connect(self._on_out)
        self._hidden: int | None = None  # how many passages were left out when it was shown last
        self.set_hidden(0)

    def show_payload(self, payload: Payload, hidden: int, told: Told | None = None) -> None:
        """Show what would be shared, with so many passages left out. Where only these changed, one stays in place."""
        self.view.show_payload(payload, told, stay=self._hidden is not None and self._hidden != hidden)
        self._hidden = hidden
        self.set_hidden(hidden)

    def leave(self) -> None:
        """The next share that is shown begins at its beginning."""
        self._hidden, self._lost = None, ""

    def set_hidden(self, count: int) -> None:
        """Say how many passages are left out."""
        self.put_back.setVisible(count > 0)
        left = words.counted(count, "passage is left out", "passages are left out")
        self._say(f"{left[0].upper()}{left[1:]}." if count else _HOW)

    def set_before(self, again: str, lost: str) -> None:
        """What is left out again, as it was for this reader before, and what of it is not found."""
        self.again.setText(again)
        if lost != self._lost:
            self._lost = lost
            if lost:
                self.lost.show_note(lost, "warm")
            else:
                self.lost.hide()
        self._arrange()

    def set_low(self, low: bool) -> None:
        """Where there is little room, it is the reader's page that has it."""
        self._low = low
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._bar.setDirection(down if low else across)
        self._arrange()

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self._arrange()

    def _arrange(self) -> None:
        crowded = self._low and not self.lost.isHidden()  # until that is read and closed
        self.note.setVisible(not crowded and (not self._low or self.note.text() != _HOW))
        self.again.setVisible(not crowded and bool(self.again.text()))

    @Slot()
    def _on_out(self) -> None:
        passage = self.view.passage()
        if passage is None:
            self._say("Nothing is selected. " + _HOW)
        else:
            self.hide_asked.emit(passage)


class LittleRoom(QObject):
    """Where the whole page is low, for the size of its text, what stands above the reader's page gives way."""

    def __init__(self, theme: Theme, page: QWidget, head: PreviewHead, preview: SharePreview) -> None:
        super().__init__(page)
        self._theme, self._page, self._head, self._preview = theme, page, head, preview
        page.installEventFilter(self)
        preview.lost.installEventFilter(self)
        theme.changed.connect(self._on_size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        closed = watched is self._preview.lost and event.type() == QEvent.Type.Hide
        if closed or (watched is self._page and event.type() == QEvent.Type.Resize):
            self._on_size()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_size(self) -> None:
        low = self._page.height() < self._theme.px(_LOW)
        self._head.set_low(low)
        self._preview.set_low(low)
