"""A person at the real window: types a canary into every field there is, by keys, and leaves some of it unsaved.

Run as a program: `python canary_driver.py`, with what to do as one line of JSON on standard input. It answers in
one line of JSON when everything was typed, or with `error` when it cannot go on. Act "write" makes a journal, and
locks it when it is told a line; act "read" unlocks it, looks, and closes the window.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from journal.vault import FAST
from tests import canary_care as care
from tests.canary_body import fill_body
from tests.canary_clients import clients
from tests.canary_contacts import contacts
from tests.canary_landing import land
from tests.canary_pictures import tick_pictures
from tests.canary_ready import fill_ready
from ui import main
from ui.dialogs.picture import PictureDialog
from ui.places import Place

Steps = Iterator[Callable[[], Any]]
CTRL = Qt.KeyboardModifier.ControlModifier
FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit)


class Person:
    """Goes through `steps`; each of them yields what is to be waited for."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told, self.words = told, told["words"]
        self.left: list[str] = []  # fields nobody typed into
        self.places: set[str] = set()
        self._typed: set[QWidget] = set()
        self._steps = getattr(self, told["act"])()
        self._until: Callable[[], Any] = _found_window
        self._since = time.monotonic()
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    # -- the first act -------------------------------------------------------------------------------------------

    def write(self) -> Steps:
        self.window = _found_window()
        welcome = self.window.welcome
        self.window.begin()
        welcome.create.set_path(Path(self.told["journal"]))
        self.type(welcome.create.password.edit, self.told["password"])
        self.type(welcome.create.repeat.edit, self.told["password"])
        self.look("create")
        welcome.create.next.click()
        yield lambda: welcome.step is welcome.show_words
        self.recovery = welcome._words
        welcome.show_words.next.click()
        self.type(welcome.type_words.words.edit, self.recovery)
        self.look("recovery words")
        welcome.type_words.next.click()
        yield lambda: self.window.stack.place is not None

        yield from self.fill_course()
        yield from self.fill_session()
        for kind in ("intention", "experience", "integration", "page"):
            yield from self.write_entry(kind)
        yield from fill_body(self)
        yield from fill_ready(self)
        yield from self.add_file()
        yield from self.remove_entry()
        yield from self.check_in("checkin_note", save=True)
        yield from self.search()
        yield from self.preferences()
        yield from self.share()
        yield from self.read_share()
        yield from clients(self)
        yield from self.go(Place("charts"))
        yield from self.go(Place("ledger"))
        yield from care.beside(self)
        yield from contacts(self)
        yield from self.person()
        yield from self.read_up()
        yield from self.leave_unsaved()

        self.answer(recovery=self.recovery, share=self.passphrase, reply=self.reply_words)
        yield lambda: select.select([0], [], [], 0)[0]
        self.window.activateWindow()
        yield self.window.isActiveWindow
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_L, CTRL)
        yield lambda: False  # locking replaces this process

    def fill_course(self) -> Steps:
        page = yield from self.go(Place("edit-course"))
        self.type(page.name, self.words["course_title"])
        self.type(page.notes, self.words["course_notes"])
        care.course(self, page)
        self.look("course")
        page.save.click()
        yield lambda: self.window.stack.place.name == "course"
        yield self.quiet

    def fill_session(self) -> Steps:
        page = yield from self.go(Place("edit-session"))
        care.session(self, page)
        for field, name in ((page.dose, "dose"), (page.setting, "setting"), (page.people, "people")):
            self.type(field, self.words[f"session_{name}"])
        self.type(page.notes, self.words["session_notes"])
        page.happened.setChecked(True)
        self.look("session")
        page.save.click()
        yield lambda: self.window.stack.place.name == "session"
        yield self.quiet
        self.session = self.window.stack.place.eid

    def write_entry(self, kind: str) -> Steps:
        page = yield from self.go(Place("write", kind=kind, session=self.session))
        self.type(page.heading, self.words[f"{kind}_title"])
        page.desk.more.setChecked(True)
        self.type(page.tags.words, self.words[f"{kind}_tag"])
        if kind == "integration":
            self.type(page.tags.own, self.words["integration_therapy"])
        self.type(page.editor, f"before {self.words[f'{kind}_text']} after")
        QTest.keyClick(page.editor, Qt.Key.Key_F, CTRL)
        self.type(page.find.words, self.words["find"])
        self.look(f"write {kind}")
        page.find.close_bar()
        QTest.keyClick(page.editor, Qt.Key.Key_A, CTRL)
        QTest.keyClick(page.editor, Qt.Key.Key_C, CTRL)
        QTest.keyClick(page.editor, Qt.Key.Key_S, CTRL)
        yield lambda: page.status.text().startswith("Saved")

    def add_file(self) -> Steps:
        """Adds a picture whose name and inside are words of the person's, and looks at it."""
        page = yield from self.go(Place("write", kind="page"))
        self.type(page.editor, "with a file")
        QTimer.singleShot(0, self.name_picture)
        page.desk.add_file.click()  # goes on once the dialog was answered
        yield lambda: len(page.desk.files.chips) == 1
        Path(self.told["picture"]).unlink()  # from here on it is in the journal only
        page.desk.files.chips[0].main.click()
        yield lambda: isinstance(QApplication.activeModalWidget(), PictureDialog)
        dialog = QApplication.activeModalWidget()
        yield lambda: dialog.is_shown
        self.look("picture", dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        yield self.quiet
        self.window.activateWindow()
        yield self.window.isActiveWindow

    def name_picture(self) -> None:
        self.name_path(Path(self.told["picture"]), self.name_picture)

    def remove_entry(self) -> Steps:
        page = yield from self.go(Place("write", kind="page"))
        self.type(page.editor, self.words["removed_text"])
        QTest.keyClick(page.editor, Qt.Key.Key_S, CTRL)
        yield lambda: page.status.text().startswith("Saved")
        page.desk.remove.click()
        yield self.quiet

    def check_in(self, name: str, *, save: bool) -> Steps:
        page = yield from self.go(Place("check-in"))
        QTest.keyClick(page.sliders[0], Qt.Key.Key_7)
        self.type(page.note, self.words[name])
        self.look("check-in")
        if save:
            QTest.keyClick(page.note, Qt.Key.Key_S, CTRL)
            yield lambda: self.window.stack.place.name != "check-in"
        yield self.quiet

    def person(self) -> Steps:
        """Adds somebody to turn to, who stays sealed: what shows them before unlocking is not ticked."""
        yield from self.go(Place("help"))
        self.look("help")
        page = yield from self.go(Place("edit-person"))
        for field, name in ((page.name, "name"), (page.reach, "reach"), (page.notes, "notes")):
            self.type(field, self.words[f"person_{name}"])
        self.look("person")
        page.save.click()
        yield lambda: self.window.stack.place.name != "edit-person"
        yield self.quiet

    def read_up(self) -> Steps:
        page = yield from self.go(Place("library"))
        self.type(page.search, self.words["library_search"])
        self.look("library")
        yield self.quiet

    def search(self) -> Steps:
        page = yield from self.go(Place("journey"))
        for words in (self.words["search"], self.words["page_title"]):
            page.search.clear()
            self.type(page.search, words)
            yield lambda: not page._pause.isActive()
            yield self.quiet
        self.look("journey")
        if page.model.count != 1:
            raise AssertionError(f"the search found {page.model.count} entries")

    def preferences(self) -> Steps:
        page = yield from self.go(Place("preferences"))
        self.type(page.name, self.words["own_name"])
        self.look("preferences")
        QTest.keyClick(page.name, Qt.Key.Key_Return)
        yield self.quiet
        self.window.menu_actions["change-password"].trigger()
        dialog = QApplication.activeModalWidget()
        self.type(dialog.password.edit, self.told["second_password"])
        self.type(dialog.repeat.edit, self.told["second_password"])
        self.look("password", dialog)
        dialog.next.click()
        yield lambda: QApplication.activeModalWidget() is None

    def share(self) -> Steps:
        page = yield from self.go(Place("share"))
        model = page.choose.model
        for place in range(model.rowCount()):
            model.tick(model.index(place, 0))
        tick_pictures(self, page)
        for box in page.choose.switches.values():
            box.setChecked(True)
        page.next.click()
        self.type(page.reader.to, self.words["share_to"])
        page.reader.sender.clear()
        self.type(page.reader.sender, self.words["share_sender"])
        self.type(page.reader.talk_about, self.words["share_talk_about"])
        page.reader.recipient_choice.click()
        self.type(page.reader.recipient, self.words["recipient"])
        self.look("share")
        page.next.click()
        page.reader.passphrase.click()
        page.next.click()
        yield lambda: page.stack.currentWidget() is page.preview
        QTimer.singleShot(0, self.name_file)
        page.next.click()  # goes on once the dialog was answered
        yield lambda: page.stack.currentWidget() is page.done
        self.passphrase = page.done.words.text()

    def name_file(self) -> None:
        self.name_path(Path(self.told["share"]), self.name_file)

    def name_path(self, path: Path, again: Callable[[], None]) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not dialog.isVisible():
            QTimer.singleShot(20, again)
            return
        # Typed letter by letter, the path would select every folder on its way while Qt reads them.
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.accept()

    def read_share(self) -> Steps:
        page = yield from self.go(Place("review"))
        page.open_file(Path(self.told["share"]))
        yield lambda: page.words.isVisible()
        self.type(page.words, self.words["review_words"])
        self.look("review")
        QTest.keyClick(page.words, Qt.Key.Key_Return)
        yield lambda: page.banner.text
        page.words.clear()
        self.type(page.words, self.passphrase.upper())
        QTest.keyClick(page.words, Qt.Key.Key_Return)
        yield lambda: page.stack.currentIndex() == 1

    def leave_unsaved(self) -> Steps:
        """Begins what is never saved: drafts are all that is left of it."""
        page = yield from self.go(Place("edit-course"))
        self.type(page.notes, self.words["draft_course"])
        page = yield from self.go(Place("edit-session"))
        self.type(page.notes, self.words["draft_session"])
        yield from self.check_in("draft_checkin", save=False)
        page = yield from self.go(Place("today"))
        page = yield from self.go(Place("write", kind="experience"))
        self.type(page.heading, self.words["draft_title"])
        self.type(page.editor, self.words["draft_text"])
        page.sealing.pause.timeout.emit()
        yield self.quiet
        self.type(page.editor, self.words["draft_unsealed"])

    # -- the second act ------------------------------------------------------------------------------------------

    def read(self) -> Steps:
        self.window = _found_window()
        welcome = self.window.welcome
        self.window.offer(Path(self.told["journal"]))
        self.type(welcome.unlock.password.edit, self.words["wrong_password"])
        self.look("unlock")
        QTest.keyClick(welcome.unlock.password.edit, Qt.Key.Key_Return)
        yield lambda: welcome.unlock.banner.text
        welcome._on_with_words()
        self.type(welcome.use_words.words.edit, self.words["wrong_words"])
        self.look("use words")
        welcome.use_words.next.click()
        yield lambda: welcome.use_words.banner.text
        welcome._on_with_password()
        welcome.unlock.password.clear()
        self.type(welcome.unlock.password.edit, self.told["second_password"])
        QTest.keyClick(welcome.unlock.password.edit, Qt.Key.Key_Return)
        yield lambda: self.window.stack.place is not None
        yield self.quiet
        yield from self.search()
        yield from self.go(Place("session", eid=self.told["session"]))
        for name in ("history", "two-versions"):
            yield from self.go(Place(name, eid=self.told["session"]))
        yield from land(self, self.told["session"])
        page = yield from self.go(Place("write", eid=self.told["draft"]))
        self.type(page.editor, self.words["second_day"])
        self.answer()
        self.window.close()
        yield lambda: False

    # -- hands ---------------------------------------------------------------------------------------------------

    def go(self, place: Place) -> Iterator[Any]:
        self.window.stack.go(place)
        self.places.add(place.name)
        yield self.quiet
        return self.window.stack.currentWidget()

    def type(self, field: QWidget, text: str) -> None:
        if not field.isVisible() or not field.isEnabled():
            raise AssertionError(f"cannot type into {field.accessibleName()!r}")
        field.setFocus()
        QTest.keyClicks(field, text)
        self._typed.add(field)

    def look(self, where: str, window: QWidget | None = None) -> None:
        """Note which fields that can be typed into were forgotten."""
        for kind in FIELDS:
            for field in (window or self.window).findChildren(kind):
                free = field.isVisible() and field.isEnabled() and not field.isReadOnly()
                if free and field not in self._typed and not isinstance(field.parent(), QAbstractSpinBox):
                    self.left.append(f"{where}: {field.accessibleName()}")
        self.places.add(where)

    def answer(self, **more: str) -> None:
        _answer(pid=os.getpid(), left=self.left, places=sorted(self.places), **more)

    def quiet(self) -> bool:
        return self.window.context.tasks._waiting == 0

    def _on_tick(self) -> None:
        try:
            if self._until():
                self._until = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > 60:
                innermost = self._steps
                while innermost.gi_yieldfrom is not None:
                    innermost = innermost.gi_yieldfrom
                where = innermost.gi_frame.f_lineno
                raise TimeoutError(f"waited too long; the step is at line {where}")
        except Exception:
            _answer(error=traceback.format_exc())
            os._exit(3)


def _found_window() -> Any:
    return next((made for made in QApplication.topLevelWidgets() if made.objectName() == "window"), None)


def _answer(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Unbuffered, so that nothing is read ahead of what the notifier waits for.
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(0, 1)
    socket.socketpair()  # a trace that the watcher is watching
    main._application()
    person = Person(json.loads(line))
    sys.exit(main.run([], profile=FAST))
