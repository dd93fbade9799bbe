"""Writing: sealed as it is typed, saved on leaving, and never let go when it cannot be kept."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from journal.records import MODALITIES, Mark, Moment, Style
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go, press, reopened
from tests.ui.pages.conftest import Course
from ui.pages.write import WritePage
from ui.places import Place
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def writing(qtbot, window: MainWindow, text: str = "", kind: str = "page") -> WritePage:
    """A new entry with `text` typed in it."""
    page = go(qtbot, window, Place("write", kind=kind))
    qtbot.keyClicks(page.editor, text)
    return page


def entries(qtbot, window: MainWindow) -> list[JournalPage]:
    items = ask(qtbot, window, JournalService.items)
    return [item.record for item in items if hasattr(item.record, "text")]


def drafts(qtbot, window: MainWindow) -> list[str]:
    return [draft.record.text for draft in ask(qtbot, window, JournalService.drafts)]


def saved(qtbot, window: MainWindow, **fields) -> str:
    record = JournalPage(at=Moment(NOW), **fields)
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def button(page: WritePage, words: str) -> QPushButton:
    return next(made for made in page.findChildren(QPushButton) if made.text() == words and made.isVisible())


# -- sealing --------------------------------------------------------------------------------------------------


def test_a_moment_of_quiet_seals_what_was_typed(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "the light on the wall")
    assert page.sealing.pause.isActive()
    assert drafts(qtbot, window_open) == []
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert drafts(qtbot, window_open) == ["the light on the wall"]
    assert page.status.text().startswith("Draft kept")
    assert entries(qtbot, window_open) == []


def test_typing_on_and_on_is_sealed_now_and_then(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "one ")
    qtbot.keyClicks(page.editor, "two")
    page.sealing._longest.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert drafts(qtbot, window_open) == ["one two"]


def test_a_draft_comes_back_after_the_process_was_killed(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    page = writing(qtbot, window_open, "half a thou", kind="experience")
    page.seal()
    quiet(qtbot, window_open.context.tasks)
    # A copy of the file as it is now is what a killed process leaves.
    after = tmp_path / "after"
    after.mkdir()
    for path in tmp_path.glob("journal.vault*"):
        shutil.copyfile(path, after / path.name)
    service = reopened(after / "journal.vault")
    draft = service.drafts()[0]
    assert (draft.record.text, draft.record.kind, draft.is_new) == ("half a thou", "experience", True)
    service.close()


def test_a_draft_is_there_when_one_goes_on(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open)
    eid = saved(qtbot, window_open, text="as it was saved", title="T")
    record = JournalPage(at=Moment(NOW), text="as it was typed", title="T")
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=eid, record=record))
    page = go(qtbot, window_open, Place("write", eid=eid))
    assert page.editor.content()[0] == "as it was typed"
    assert "kept for you" in page.banner.text
    qtbot.mouseClick(button(page, "Go back to what was saved"), Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "as it was saved"
    assert drafts(qtbot, window_open) == []
    go(qtbot, window_open, Place("journey"))
    assert [record.text for record in entries(qtbot, window_open)] == ["as it was saved"]


# -- saving ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leave", ["rail", "escape", "another entry"])
def test_leaving_saves(qtbot, window_open: MainWindow, leave: str) -> None:
    page = writing(qtbot, window_open, "kept by leaving")
    if leave == "rail":
        window_open.menu_actions["charts"].trigger()
    elif leave == "escape":
        qtbot.keyClick(page.editor, Key.Key_Escape)
    else:
        window_open.menu_actions["new-intention"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert [record.text for record in entries(qtbot, window_open)] == ["kept by leaving"]
    assert drafts(qtbot, window_open) == []


def test_a_new_entry_left_empty_is_let_go(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "ab")
    page.seal()
    for _ in range(2):
        qtbot.keyClick(page.editor, Key.Key_Backspace)
    qtbot.keyClicks(page.heading, "  ")
    go(qtbot, window_open, Place("journey"))
    assert entries(qtbot, window_open) == []
    assert drafts(qtbot, window_open) == []


def test_an_entry_that_was_only_looked_at_is_not_written(qtbot, window_open: MainWindow) -> None:
    eid = saved(qtbot, window_open, text="as it was", marks=(Mark(0, 2, Style.BOLD),), title="t", tags=("a", "b"))
    go(qtbot, window_open, Place("write", eid=eid))
    go(qtbot, window_open, Place("journey"))
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 1


def test_saving_by_keys_keeps_the_cursor_and_what_can_be_undone(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "one three")
    cursor = page.editor.textCursor()
    cursor.setPosition(4)
    page.editor.setTextCursor(cursor)
    qtbot.keyClick(page.editor, Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    assert page.status.text().startswith("Saved")
    qtbot.keyClicks(page.editor, "two ")
    assert page.editor.content()[0] == "one two three"
    qtbot.keyClick(page.editor, Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.document().isUndoAvailable()
    assert [record.text for record in entries(qtbot, window_open)] == ["one two three"]


def test_what_is_typed_while_saving_is_not_lost(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "before")
    qtbot.keyClick(page.editor, Key.Key_S, CTRL)
    qtbot.keyClicks(page.editor, " and after")  # the answer has not come yet
    quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "before and after"
    go(qtbot, window_open, Place("journey"))
    assert [record.text for record in entries(qtbot, window_open)] == ["before and after"]


def test_everything_on_the_page_is_saved(qtbot, course: Course) -> None:
    window = course.window
    page = go(qtbot, window, Place("write", kind="integration", session=course.ids.sessions[2]))
    assert "Session 3" in page.desk.where.text()
    qtbot.keyClicks(page.heading, "A title")
    qtbot.keyClick(page.heading, Key.Key_Return)
    assert page.editor.hasFocus()
    qtbot.keyClick(page.editor, Key.Key_B, CTRL)
    qtbot.keyClicks(page.editor, "bold")
    page.desk.more.setChecked(True)
    qtbot.keyClicks(page.tags.words, "sleep, #family , sleep,,")
    chip = next(made for made in page.tags.findChildren(QPushButton) if made.text() == "DBT")
    chip.click()
    page.when.setFocus()
    qtbot.keyClick(page.when, Key.Key_Up)
    assert page.editor.document().toPlainText() == "bold"
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    quiet(qtbot, window.context.tasks)
    view = ask(qtbot, window, partial(JournalService.session, eid=course.ids.sessions[2]))
    record = next(item.record for item in view.notes if item.record.title == "A title")
    assert (record.text, record.marks) == ("bold", (Mark(0, 4, Style.BOLD),))
    assert record.tags == ("sleep", "family")
    assert record.modalities == ("dbt",)
    assert dict(MODALITIES)["dbt"] == chip.accessibleName()
    assert record.session == course.ids.sessions[2]
    assert abs((record.at.at - NOW).total_seconds()) >= 3600


def test_the_intention_and_a_question_stand_beside_the_text(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("write", kind="experience", session=course.ids.sessions[2]))
    shown = [made.text() for made in page.side.findChildren(type(page.desk.where))]
    assert "My father's coat" in shown
    first = page.side._question.text()
    qtbot.mouseClick(button(page, "Another question"), Qt.MouseButton.LeftButton)
    assert page.side._question.text() not in ("", first)


def test_words_are_counted_when_asked(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "one two  three")
    next(made for made in page.findChildren(QToolButton) if made.toolTip() == "Count the words").click()
    assert page.status.text() == "3 words"


# -- removing -------------------------------------------------------------------------------------------------


def test_removed_and_brought_back(qtbot, window_open: MainWindow) -> None:
    eid = saved(qtbot, window_open, text="to be removed")
    go(qtbot, window_open, Place("charts"))
    page = go(qtbot, window_open, Place("write", eid=eid))
    qtbot.mouseClick(page.desk.remove, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "charts"
    assert entries(qtbot, window_open) == []
    assert window_open.status.undo.isVisible()
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert [record.text for record in entries(qtbot, window_open)] == ["to be removed"]


def test_a_new_entry_removed_leaves_nothing_behind(qtbot, window_open: MainWindow) -> None:
    page = writing(qtbot, window_open, "changed my mind")
    page.seal()
    quiet(qtbot, window_open.context.tasks)
    qtbot.mouseClick(page.desk.remove, Qt.MouseButton.LeftButton)
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open) == []
    assert drafts(qtbot, window_open) == []


# -- when it cannot be kept -----------------------------------------------------------------------------------


def test_a_full_disk_keeps_the_text_and_says_so(qtbot, window_open: MainWindow, full_disk) -> None:
    page = writing(qtbot, window_open, "these words stay")
    with full_disk():
        qtbot.keyClick(page.editor, Key.Key_S, CTRL)
        quiet(qtbot, window_open.context.tasks)
    assert "What was saved before is safe" in page.banner.text
    assert page.status.text() == "Not saved yet"
    assert page.editor.content()[0] == "these words stay"
    qtbot.keyClick(page.editor, Key.Key_S, CTRL)
    quiet(qtbot, window_open.context.tasks)
    assert [record.text for record in entries(qtbot, window_open)] == ["these words stay"]


def test_leaving_with_a_full_disk_leads_back_to_the_text(qtbot, window_open: MainWindow, full_disk) -> None:
    go(qtbot, window_open, Place("journey"))
    page = writing(qtbot, window_open, "these words stay")
    with full_disk():
        qtbot.keyClick(page.editor, Key.Key_Escape)
        qtbot.waitUntil(lambda: window_open.stack.currentWidget() is page, timeout=10_000)
        quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "these words stay"
    assert "What was saved before is safe" in page.banner.text
    go(qtbot, window_open, Place("journey"))
    assert [record.text for record in entries(qtbot, window_open)] == ["these words stay"]


def test_sealing_on_a_full_disk_is_tried_again(qtbot, window_open: MainWindow, full_disk) -> None:
    page = writing(qtbot, window_open, "sealed at last")
    with full_disk():
        page.sealing.pause.timeout.emit()
        quiet(qtbot, window_open.context.tasks)
    assert page.status.text() == "Not kept yet"
    page.sealing._retry.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert drafts(qtbot, window_open) == ["sealed at last"]


def test_a_text_too_long_to_keep_is_not_let_go(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("journey"))
    page = writing(qtbot, window_open)
    text = ("ä" * 511 + "\n") * 4200  # two bytes a letter: over the limit with half as much to lay out
    page.editor.insertPlainText(text)
    window_open.menu_actions["charts"].trigger()
    quiet(qtbot, window_open.context.tasks)
    qtbot.waitUntil(lambda: window_open.stack.currentWidget() is page, timeout=10_000)
    assert "longer than 4 MB" in page.banner.text
    assert len(page.editor.content()[0]) == len(text)
    cursor = page.editor.textCursor()
    cursor.select(cursor.SelectionType.Document)
    cursor.insertText("short")
    go(qtbot, window_open, Place("journey"))
    assert [record.text for record in entries(qtbot, window_open)] == ["short"]


def test_reading_only_shows_and_writes_nothing(qtbot, window: MainWindow, clock, tmp_path: Path) -> None:
    path = tmp_path / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    eid = service.save(JournalPage(at=Moment(NOW), title="t", text="only to be read")).eid
    service.close()
    before = path.read_bytes()
    window.offer(path)
    window.welcome._open(window.welcome.unlock, password=PASSWORD, read_only=True)
    settled(qtbot, window)
    page = go(qtbot, window, Place("write", eid=eid))
    qtbot.keyClicks(page.editor, "xyz")
    qtbot.keyClicks(page.heading, "xyz")
    qtbot.keyClick(page.editor, Key.Key_S, CTRL)
    assert page.editor.content()[0] == "only to be read"
    assert page.heading.text() == "t"
    assert page.save.isHidden() and page.desk.remove.isHidden()
    go(qtbot, window, Place("journey"))
    window.context.tasks.close()
    assert path.read_bytes() == before
