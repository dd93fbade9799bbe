"""What the tests do with files on the writing page: hold them out, wait for them, press their chips."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from tests.ui.pages.hands import save
from ui.dialogs.picture import PictureDialog
from ui.dialogs.save_copy import SaveCopyDialog
from ui.pages.write import WritePage
from ui.places import Place
from ui.widgets.file_strip import FileChip
from ui.window import MainWindow

LARGE = 40 * 2**20  # bytes: twenty steps


def writing(qtbot, window: MainWindow, text: str = "") -> WritePage:
    page = go(qtbot, window, Place("write", kind="page"))
    qtbot.keyClicks(page.editor, text)
    return page


def written(qtbot, window: MainWindow, text: str = "some words") -> tuple[WritePage, str]:
    """A saved entry on the page, and its id."""
    eid = save(qtbot, window, JournalPage(at=Moment(NOW), text=text))
    return go(qtbot, window, Place("write", eid=eid)), eid


def chips(page: WritePage) -> list[str]:
    return [chip.main.accessibleName() for chip in page.desk.files.chips]


def settle(qtbot, page: WritePage, count: int) -> list[FileChip]:
    """Wait until so many files are there, and nothing goes in."""
    strip = page.desk.files
    qtbot.waitUntil(lambda: len(strip.chips) == count and not strip.going and not page.files.inflow, timeout=20_000)
    quiet(qtbot, page.context.tasks)
    return strip.chips


def files(qtbot, window: MainWindow) -> dict[str, bytes]:
    """What the open journal holds: each file's name and bytes."""
    return ask(qtbot, window, _files)


def _files(service: JournalService) -> dict[str, bytes]:
    found = [item for item in service.items() if item.record.kind == "attachment"]
    return {item.record.name: service.attachment_data(item.eid) for item in found}


def add(page: WritePage, prompter: FakePrompter, *paths: Path) -> None:
    prompter.answers.append(paths)
    page.desk.add_file.click()


def offered(*paths: Path, text: str = "") -> QMimeData:
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        data.setData("text/plain", "\n".join(map(str, paths)).encode())  # as file managers do
    if text:
        data.setText(text)
    return data


def drop(onto: QWidget, data: QMimeData) -> bool:
    """Drag over a widget, and let go; whether it was taken."""
    place, action, left = QPointF(8, 8), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place.toPoint(), action, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, enter)
    event = QDropEvent(place, action, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, event)
    return enter.isAccepted() and event.isAccepted()


def opened(qtbot, kind: type, window: MainWindow) -> PictureDialog | SaveCopyDialog:
    qtbot.waitUntil(lambda: any(made.isVisible() for made in window.findChildren(kind)))
    return next(made for made in window.findChildren(kind) if made.isVisible())


def choose(chip: FileChip, words: str) -> None:
    """Press an entry of a chip's menu."""
    chip.more.click()
    menu = next(made for made in chip.findChildren(QMenu) if made.isVisible())
    action = next(made for made in menu.actions() if made.text() == words)
    action.trigger()
    menu.close()
