"""Files dropped onto a page, wherever on it, and fields that take words only: a file that is dropped on one goes
where files go, and leaves no address behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_SHARES = (".age", ".html")
_TYPES = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def files_of(data: QMimeData) -> tuple[Path, ...]:
    """The files on this computer that are held out; none where anything else is among them. Nothing is opened."""
    urls = data.urls() if data.hasUrls() else []
    if not urls or not all(url.isLocalFile() for url in urls):
        return ()
    return tuple(Path(url.toLocalFile()) for url in urls)


def one_file(data: QMimeData) -> Path | None:
    """The one file that is held out, or None."""
    files = files_of(data)
    return files[0] if len(files) == 1 else None


def is_share(path: Path) -> bool:
    """Whether a file is taken for a share, or a reply to one, by the end of its name."""
    return path.suffix.lower() in _SHARES


class FileDrops(QObject):
    """Takes files from all widgets below one, before a field would write their addresses into itself.

    Signals:
        dropped(tuple): these files.
    """

    dropped = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.enabled = True
        over.setAcceptDrops(True)
        for widget in (over, *over.findChildren(QWidget)):
            if widget.acceptDrops():
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TYPES or not isinstance(event, QDropEvent):
            return False
        files = files_of(event.mimeData())
        if not files:
            if watched is self._over:
                event.ignore()
            return watched is self._over
        if not self.enabled:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True


class Line(QLineEdit):
    """A field of one line. Files that are held over it are for what it stands in."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.ignore() if files_of(event.mimeData()) else super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.ignore() if files_of(event.mimeData()) else super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        event.ignore() if files_of(event.mimeData()) else super().dropEvent(event)


class Lines(QPlainTextEdit):
    """The same of several lines; files that are pasted leave nothing in it either."""

    def loadResource(self, _type: int, _name: Any) -> None:
        """Nothing is ever loaded."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not files_of(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not files_of(source):
            super().insertFromMimeData(source)
