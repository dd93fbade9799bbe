"""Files of an entry as chips: what each is called, how large it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Protocol

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QProgressBar, QWidget

from journal.records import Attachment
from ui import voice, words
from ui.pictures import SHOWN
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, tip

_NAME = 270  # px at 100 %: of a name; the middle of a longer one is left out
_MOST = 1.4  # times that, however large the text: a chip must fit into a small window
_ICONS = {"image": "image", "audio": "microphone", "video": "film-strip", "text": "file-text"}


class ShownFile(msgspec.Struct, frozen=True):
    """A file that is in the journal."""

    eid: str
    name: str
    size: int
    media: str

    @staticmethod
    def of(eid: str, record: Attachment) -> ShownFile:
        return ShownFile(eid, words.file_name(record.name), record.size, record.media)

    @property
    def is_picture(self) -> bool:
        return self.media in SHOWN

    @property
    def is_memo(self) -> bool:
        """Whether it may be a memo, and this computer can let it be heard."""
        return self.media == voice.MEDIA and voice.can_play()

    @property
    def icon(self) -> str:
        pdf = self.media == "application/pdf"
        return "file-pdf" if pdf else _ICONS.get(self.media.partition("/")[0], "file")


class ComingFile(Protocol):
    """A file that goes in, or waits."""

    name: str
    percent: int


class FileStrip(QWidget):
    """Chips in lines. Hidden while there is none.

    Signals:
        opened(str, bool): a file is wanted, by its id; whether to look at it, or only to save a copy.
        heard(str): a recording of ours is to be heard, by its id.
        removal(str, str): a file is to be removed: its id and name.
        halted(object): a file that goes in is to be stopped.
    """

    opened = Signal(str, bool)
    heard = Signal(str)
    removal = Signal(str, str)
    halted = Signal(object)

    def __init__(self, theme: Theme, name: str = "Files", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: tuple[ShownFile, ...] = ()
        self._coming: tuple[ComingFile, ...] = ()
        self._writable = False
        self.chips: list[FileChip] = []
        self.going: list[GoingChip] = []
        self.after: QWidget | None = None  # what the Tab key comes from
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.hide()

    def show_files(
        self, files: Sequence[ShownFile], coming: Sequence[ComingFile] = (), *, writable: bool = False
    ) -> None:
        """Show what is there and what is on its way. `writable`: files can be removed."""
        if (tuple(files), tuple(coming), writable) == (self._files, self._coming, self._writable):
            for chip in self.going:
                chip.look()
            return
        self._files, self._coming, self._writable = tuple(files), tuple(coming), writable
        self.draw()

    def draw(self) -> None:
        """Make all chips anew, e.g. in another text size; the focus stays as near as it can."""
        focused = next((one.eid for one in self.chips if one.has_focus()), None)
        waiting = any(one.stop.hasFocus() for one in self.going)
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.chips = [FileChip(self._theme, one, self, writable=self._writable) for one in self._files]
        self.going = [GoingChip(self._theme, one, self) for one in self._coming]
        for chip in (*self.chips, *self.going):
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(self.chips or self.going))
        self.updateGeometry()
        if self.after is not None:
            stops = [self.after, *(part for one in self.chips for part in (one.main, one.more))]
            stops += [one.stop for one in self.going]
            for one, following in pairwise(stops):
                QWidget.setTabOrder(one, following)
        if focused is not None or waiting:
            kept = next((one.main for one in self.chips if one.eid == focused), None)
            last = [one.stop for one in self.going] if waiting else []
            target = kept or next(iter([*last, *(one.main for one in self.chips[-1:])]), None)
            if target is not None:
                target.setFocus()


class FileChip(QFrame):
    """A file. Its button opens it; the smaller one, or the menu key, says what else can be done."""

    def __init__(self, theme: Theme, file: ShownFile, strip: FileStrip, *, writable: bool) -> None:
        super().__init__(strip)
        self._file, self._strip, self._writable = file, strip, writable
        self.eid = file.eid
        self._memo = file.is_memo
        self.setProperty("role", "file")
        across = QHBoxLayout(self)
        across.setContentsMargins(2, 2, 2, 2)
        across.setSpacing(0)
        size = words.size(file.size)
        self.main = button(theme, "", self._on_open, kind="file", icon_name=file.icon)
        self.main.setText(f"{_fitting(theme, file.name)}  ·  {size}".replace("&", "&&"))
        self.main.setToolTip(tip(file.name))
        verb = "Look at" if file.is_picture else "Listen to" if self._memo else "Save a copy of"
        self.main.setAccessibleName(f"{file.name}, {size}")
        self.main.setAccessibleDescription(f"{verb} this file")
        across.addWidget(self.main)
        self.more = tool(theme, "More about this file", "dots-three-vertical", self._on_more)
        self.more.setAccessibleName(f"More about {file.name}")
        across.addWidget(self.more)

    def has_focus(self) -> bool:
        return self.main.hasFocus() or self.more.hasFocus()

    def menu(self) -> QMenu:
        """What can be done with the file."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._file.is_picture:
            made.addAction("Look at it", self._on_look)
        if self._memo:
            made.addAction("Listen", self._on_listen)
        made.addAction("Save a copy…", self._on_copy)
        if self._writable:
            made.addSeparator()
            made.addAction("Remove", self._on_remove)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._on_more()
        else:
            self.menu().popup(event.globalPos())

    @Slot()
    def _on_open(self) -> None:
        if self._memo:
            self._on_listen()
        else:
            self._strip.opened.emit(self.eid, self._file.is_picture)

    @Slot()
    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot()
    def _on_listen(self) -> None:
        self._strip.heard.emit(self.eid)

    @Slot()
    def _on_look(self) -> None:
        self._strip.opened.emit(self.eid, True)

    @Slot()
    def _on_copy(self) -> None:
        self._strip.opened.emit(self.eid, False)

    @Slot()
    def _on_remove(self) -> None:
        self._strip.removal.emit(self.eid, self._file.name)


class GoingChip(QFrame):
    """A file on its way in: how far it is, and a way to stop it."""

    def __init__(self, theme: Theme, coming: ComingFile, strip: FileStrip) -> None:
        super().__init__(strip)
        self._coming = coming
        self.setProperty("role", "file")
        name = words.file_name(coming.name)
        across = QHBoxLayout(self)
        across.setContentsMargins(GAP["m"], 2, 2, 2)
        across.setSpacing(GAP["s"])
        shown = label(_fitting(theme, name), wrap=False)
        shown.setToolTip(tip(name))
        across.addWidget(shown)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(72))
        self.bar.setAccessibleName(f"Adding {name}")
        across.addWidget(self.bar)
        self.stop = tool(theme, "Stop", "x", partial(strip.halted.emit, coming))
        self.stop.setToolTip("Stop adding this file")
        self.stop.setAccessibleName(f"Stop adding {name}")
        across.addWidget(self.stop)
        self.look()

    def look(self) -> None:
        """Show how far it is."""
        self.bar.setValue(self._coming.percent)


def _fitting(theme: Theme, name: str) -> str:
    metrics = QFontMetrics(QApplication.font())  # a widget that is not shown yet has not got its own
    wide = round(_NAME * min(theme.scale / 100, _MOST))
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, wide)
