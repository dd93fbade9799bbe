"""Files of an entry: shown, looked at, copied out, removed and brought back."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go, press
from tests.ui.pages.filing import (
    add,
    chips,
    choose,
    drop,
    files,
    offered,
    opened,
    settle,
    written,
)  # fmt: skip
from tests.ui.pages.hands import read_only, shown
from tests.ui.pages.pictures import SVG, picture, png
from ui import audit
from ui.dialogs.picture import PictureDialog
from ui.dialogs.save_copy import SaveCopyDialog
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.widgets.file_strip import FileChip
from ui.window import MainWindow

# -- removing ---------------------------------------------------------------------------------------------------


def test_removed_and_brought_back_from_the_banner(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "drawing.png", outside / "memo.m4a")
    choose(settle(qtbot, page, 2)[0], "Remove")
    settle(qtbot, page, 1)
    assert page.banner.text == "“drawing.png” was removed."
    shown(page, "Bring it back").click()
    settle(qtbot, page, 2)
    assert set(files(qtbot, window_open)) == {"drawing.png", "memo.m4a"}


def test_adding_can_be_undone_from_another_page(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, eid = written(qtbot, window_open)
    add(page, prompter, outside / "drawing.png")
    settle(qtbot, page, 1)
    go(qtbot, window_open, Place("charts"))
    assert window_open.menu_actions["undo"].text() == "Undo adding a file"
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert chips(go(qtbot, window_open, Place("write", eid=eid))) == []


def test_a_removed_file_stands_among_the_removed_entries(qtbot, window_open, prompter, outside: Path) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "drawing.png")
    choose(settle(qtbot, page, 1)[0], "Remove")
    settle(qtbot, page, 0)
    window_open.menu_actions["removed"].trigger()
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert dialog.list.item(0).text().startswith("File: drawing.png\nRemoved today")
    dialog.back.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    dialog.reject()
    settle(qtbot, page, 1)


# -- reading and the keyboard -------------------------------------------------------------------------------------


def test_everything_by_keys(qtbot, window_open: MainWindow, prompter, outside: Path) -> None:
    page, _ = written(qtbot, window_open)
    page.editor.setFocus()
    prompter.answers.append((outside / "drawing.png",))
    press(qtbot, window_open, "Ctrl+Shift+A")
    (chip,) = settle(qtbot, page, 1)
    page.editor.setFocus()
    qtbot.keyClick(page.editor, Qt.Key.Key_Tab)
    assert chip.main.hasFocus()
    qtbot.keyClick(chip.main, Qt.Key.Key_Return)
    dialog = opened(qtbot, PictureDialog, window_open)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.keyClick(chip.main, Qt.Key.Key_Tab)
    assert chip.more.hasFocus()
    qtbot.keyClick(chip.more, Qt.Key.Key_Space)
    menu = next(made for made in chip.findChildren(QMenu) if made.isVisible())
    for _ in range(3):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot, page, 0)


def test_a_journal_for_reading_only_shows_its_files_and_takes_none(
    qtbot, window: MainWindow, tmp_path, outside
) -> None:
    def fill(service: JournalService) -> str:
        eid = service.save(JournalPage(at=Moment(NOW), text="only to be read")).eid
        service.attach_bytes(eid, "drawing.png", picture())
        return eid

    eid = read_only(qtbot, window, tmp_path / "journal.vault", fill)
    page = go(qtbot, window, Place("write", eid=eid))
    (chip,) = page.desk.files.chips
    assert page.desk.add_file.isHidden()
    assert [action.text() for action in chip.menu().actions()] == ["Look at it", "Save a copy…"]
    assert not drop(page.editor.viewport(), offered(outside / "memo.m4a"))
    press(qtbot, window, "Ctrl+Shift+A")  # nobody is asked
    chip.main.click()
    dialog = opened(qtbot, PictureDialog, window)
    qtbot.waitUntil(lambda: dialog.is_shown)
    dialog.reject()


NAMES = ("a\nb.txt", "\u202egnp.exe", "<b>bold</b>", "R&D &amp; more.pdf", "&&", "x" * 190, "שלום.txt", "tab\there")


def test_names_are_shown_as_they_are(qtbot, window_open: MainWindow) -> None:
    page, eid = written(qtbot, window_open)
    for name in NAMES:
        ask(qtbot, window_open, partial(JournalService.attach_bytes, entry=eid, name=name, data=b"x"))
    made = settle(qtbot, page, len(NAMES))
    for chip in made:
        assert not set("\n\t\u202e") & set(chip.main.text() + chip.main.accessibleName())
        assert "<b>" not in chip.main.toolTip() or "&lt;b&gt;" in chip.main.toolTip()
    assert any("R&&D" in chip.main.text() for chip in made)
    assert audit.faults(window_open) == []


@pytest.mark.parametrize(
    ("scheme", "scale", "size"), [(Scheme.LIGHT, 100, (1120, 760)), (Scheme.DARK, 200, (900, 600))]
)
def test_nothing_is_clipped(
    qtbot, window_open: MainWindow, theme: Theme, prompter, outside: Path, scheme: Scheme, scale: int, size: tuple
) -> None:
    page, eid = written(qtbot, window_open)
    for name in ("a drawing.png", "a very long name of something that was scanned.pdf", "memo.m4a", "film.mov"):
        ask(qtbot, window_open, partial(JournalService.attach_bytes, entry=eid, name=name, data=picture()))
    settle(qtbot, page, 4)
    theme.apply(scheme, scale)
    window_open.resize(*size)
    add(page, prompter, outside / "film.mov")
    qtbot.waitUntil(lambda: bool(page.desk.files.going))
    QApplication.processEvents()
    assert audit.faults(window_open) == []
    page.desk.files.chips[0].main.click()
    dialog = opened(qtbot, PictureDialog, window_open)
    qtbot.waitUntil(lambda: dialog.is_shown, timeout=20_000)
    QApplication.processEvents()
    assert audit.faults(dialog) == []
    dialog.reject()
    settle(qtbot, page, 5)


def test_the_sessions_page_says_how_many_files_there_are_and_leads_to_them(qtbot, course) -> None:
    window = course.window
    view = ask(qtbot, window, partial(JournalService.session, eid=course.ids.sessions[2]))
    note = view.notes[0].eid
    for entry in (note, note, note, course.ids.sessions[2]):
        ask(qtbot, window, partial(JournalService.attach_bytes, entry=entry, name="drawing.png", data=picture()))
    page = go(qtbot, window, Place("session", eid=course.ids.sessions[2]))
    (chip,) = page.findChildren(FileChip)
    assert [action.text() for action in chip.menu().actions()] == ["Look at it", "Save a copy…"]
    shown(page, "3 files").click()
    quiet(qtbot, window.context.tasks)
    assert window.stack.place.eid == note
    assert len(chips(window.stack.currentWidget())) == 3


def test_a_share_says_that_files_stay(qtbot, course) -> None:
    window = course.window
    ticked = ask(qtbot, window, partial(JournalService.session, eid=course.ids.sessions[2])).notes[0].eid
    page = go(qtbot, window, Place("share", eids=(ticked,)))

    def look() -> str:
        page.next.click()
        page.next.click()
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.preview)
        return page.banner.text

    page.choose.model.tick(page.choose.model.index(1, 0))
    assert look() == ""
    every = ask(qtbot, window, JournalService.items)
    for item in every:
        if item.record.kind in ("integration", "page"):
            ask(qtbot, window, partial(JournalService.attach_bytes, entry=item.eid, name="x", data=b"x"))
    for _ in range(2):
        page.earlier.click()
    quiet(qtbot, window.context.tasks)
    for row in range(page.choose.model.rowCount()):
        index = page.choose.model.index(row, 0)
        if page.choose.model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked.value:
            page.choose.model.tick(index)
    assert "of files, only pictures that are ticked go along" in look()


# -- looking ------------------------------------------------------------------------------------------------------


def looking(qtbot, window: MainWindow, name: str, data: bytes) -> PictureDialog:
    """A file that was added to an entry, opened by its chip."""
    page, eid = written(qtbot, window)
    ask(qtbot, window, partial(JournalService.attach_bytes, entry=eid, name=name, data=data))
    (chip,) = settle(qtbot, page, 1)
    chip.main.click()
    return opened(qtbot, PictureDialog, window)


def test_a_picture_is_shown_whole_and_at_its_own_size(qtbot, window_open: MainWindow) -> None:
    dialog = looking(qtbot, window_open, "large.png", picture("PNG", 3000, 2000))
    qtbot.waitUntil(lambda: dialog.is_shown)
    view = dialog.view
    assert view.accessibleName() == "large.png" and "3000 by 2000" in view.accessibleDescription()
    assert view.hasFocus() and dialog.fit.isChecked()
    assert view.canvas.place().width() <= view.viewport().width()
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert dialog.full.isChecked() and view.canvas.place().width() == 3000
    before = view.horizontalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() > before
    dialog.fit.click()
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    left, right = (dialog.grab().toImage().pixelColor(x, dialog.height() // 2) for x in (200, dialog.width() - 200))
    assert left.red() > 200 and right.blue() > 200
    dialog.reject()


@pytest.mark.parametrize("how", ["escape", "lock"])
def test_the_pixels_go_when_it_closes(qtbot, window_open: MainWindow, how: str) -> None:
    dialog = looking(qtbot, window_open, "drawing.png", picture())
    qtbot.waitUntil(lambda: dialog.is_shown)
    canvas = dialog.view.canvas
    gone_: list[bool] = []
    dialog.finished.connect(gone_.append)
    if how == "escape":
        qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)
    else:
        window_open.lock()
    assert len(gone_) == 1
    assert canvas.image.isNull() and canvas._small.isNull()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cut.png", picture()[:90], "could not be shown"),
        ("bomb.png", png(30_000, 30_000), "too many pixels"),
        ("really.png", SVG, "not a picture that can be shown"),
        ("empty.png", b"", "not a picture that can be shown"),
    ],
)
def test_what_cannot_be_shown_says_so_and_offers_a_copy(
    qtbot, window_open: MainWindow, prompter, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    dialog = looking(qtbot, window_open, name, data)
    qtbot.waitUntil(lambda: bool(dialog.banner.text))
    assert says in dialog.banner.text
    assert dialog.heading.text() == name and not dialog.is_shown
    prompter.answers.append(tmp_path / "copy.png")
    dialog.copy.click()
    copying = opened(qtbot, SaveCopyDialog, window_open)
    qtbot.waitUntil(copying.next.isEnabled)
    copying.next.click()
    qtbot.waitUntil(lambda: (tmp_path / "copy.png").exists())
    quiet(qtbot, window_open.context.tasks)
    assert (tmp_path / "copy.png").read_bytes() == data
    copying.reject()
    dialog.reject()


def test_a_drawing_with_a_program_in_it_is_only_copied(qtbot, window_open: MainWindow) -> None:
    page, eid = written(qtbot, window_open)
    ask(qtbot, window_open, partial(JournalService.attach_bytes, entry=eid, name="drawing.svg", data=SVG))
    (chip,) = settle(qtbot, page, 1)
    assert "Look at it" not in [action.text() for action in chip.menu().actions()]
    chip.main.click()
    opened(qtbot, SaveCopyDialog, window_open).reject()
    assert window_open.findChildren(PictureDialog) == []


def test_a_damaged_file_is_named_and_the_rest_opens(qtbot, window: MainWindow, clock, tmp_path: Path) -> None:
    path, state = tmp_path / "journal.vault", tmp_path / "state"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=state)
    eid = service.save(JournalPage(at=Moment(NOW), text="words")).eid
    for name in ("spoiled.png", "whole.png"):
        service.attach_bytes(eid, name, picture())
    bids = {one.record.name: one.record.blob for one in service.attachments(eid)}
    service.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE blob SET v = zeroblob(length(v)) WHERE bid = ?", (bytes.fromhex(bids["spoiled.png"]),))
        db.commit()
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    page = go(qtbot, window, Place("write", eid=eid))
    spoiled, whole = settle(qtbot, page, 2)
    spoiled.main.click()
    dialog = opened(qtbot, PictureDialog, window)
    qtbot.waitUntil(lambda: bool(dialog.banner.text))
    assert dialog.heading.text() == "spoiled.png"
    assert "damaged" in dialog.banner.text and not dialog.is_shown
    dialog.reject()
    QApplication.processEvents()
    whole.main.click()
    dialog = opened(qtbot, PictureDialog, window)
    qtbot.waitUntil(lambda: dialog.is_shown)
    dialog.reject()


# -- copies -------------------------------------------------------------------------------------------------------


def test_a_copy_says_that_it_is_open_and_never_writes_over_a_file(qtbot, window_open, prompter, tmp_path) -> None:
    page, eid = written(qtbot, window_open)
    ask(qtbot, window_open, partial(JournalService.attach_bytes, entry=eid, name="a:b.txt", data=b"words"))
    choose(settle(qtbot, page, 1)[0], "Save a copy…")
    dialog = opened(qtbot, SaveCopyDialog, window_open)
    qtbot.waitUntil(dialog.next.isEnabled)
    assert any("not sealed" in made.text() for made in dialog.findChildren(QLabel))
    (tmp_path / "mine").write_text("mine")
    prompter.answers += [None, tmp_path / "mine", tmp_path / "copy"]
    dialog.next.click()
    dialog.next.click()
    qtbot.waitUntil(lambda: "Nothing was overwritten" in dialog.banner.text)
    assert prompter.asked[-1] == ("save_path", "Save a copy", "a_b.txt")
    dialog.next.click()
    qtbot.waitUntil(lambda: "read back" in dialog.banner.text)
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "copy").read_bytes() == b"words"
    dialog.reject()


def test_a_copy_can_be_stopped_and_leaves_no_file(qtbot, window_open, prompter, outside: Path, tmp_path) -> None:
    page, _ = written(qtbot, window_open)
    add(page, prompter, outside / "film.mov")
    (chip,) = settle(qtbot, page, 1)
    chip.main.click()
    dialog = opened(qtbot, SaveCopyDialog, window_open)
    qtbot.waitUntil(dialog.next.isEnabled)
    before = sorted(tmp_path.iterdir())
    prompter.answers.append(tmp_path / "copy")
    dialog.next.click()
    dialog.work.stop.click()
    qtbot.waitUntil(lambda: not dialog.work.under_way, timeout=20_000)
    assert "stopped" in dialog.banner.text
    assert sorted(tmp_path.iterdir()) == before
    dialog.reject()
