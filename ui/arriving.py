"""Files that come from outside: by a double click on one, or dropped anywhere on the window.

A second start does not speak with a window that is open: no process of this program listens for another. Whoever has
the journal open is told to drop the file there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QDropEvent

from ui.places import Place
from ui.widgets.file_drops import is_share, one_file

if TYPE_CHECKING:
    from ui.window import MainWindow

_WORDS_FIRST = "Prove the recovery words of this journal first. Then the file opens."
_TYPES = (QEvent.Type.DragEnter, QEvent.Type.Drop)


class Arriving(QObject):
    """Takes a file where it can be read. A share that needs a journal waits until one is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.welcome.opened.connect(self._on_opened)

    def open_file(self, path: Path) -> None:
        """A journal or a share was given to the program: a share ends in `.age` or `.html`."""
        window = self._window
        if not is_share(path):
            if window.context.tasks.is_open:
                window.leave_for(path)
            else:
                window.offer(path)
        elif window.rail is not None:
            window.stack.go(Place("review", kind=str(path)))
        elif window.context.tasks.is_open:  # a new journal, whose recovery words are not proved yet
            window.welcome.waiting.path = path
            window.welcome.step.banner.show_note(_WORDS_FIRST)
        else:
            window.read_without().open_file(path)

    @Slot(object, bool)
    def wait(self, path: Path, for_address: bool) -> None:
        """Stand before the journal that a share needs, and keep the share's place until it is open."""
        self._window.stop_reading()
        self._window.welcome.wait_for(path, for_address=for_address)

    @Slot(bool)
    def _on_opened(self, _by_words: bool) -> None:
        path = self._window.welcome.waiting.take()
        if path is not None:
            self.open_file(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What a page, or a field of one, took for itself does not arrive here.
        if event.type() not in _TYPES or not isinstance(event, QDropEvent):
            return False
        path = one_file(event.mimeData())
        if path is None or not is_share(path) or self._is_covered:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.open_file(path)
        return True

    @property
    def _is_covered(self) -> bool:
        return self._window.rooms.currentWidget() is self._window.cover
