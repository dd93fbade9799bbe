"""The window as a person uses it: going about by mouse and keyboard, locking and closing without losing a word."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press, reopened
from ui.places import Place
from ui.window import TITLE, MainWindow


def test_the_first_journal_leads_to_today(window_open: MainWindow) -> None:
    assert window_open.stack.place == Place("today")
    assert window_open.windowTitle() == TITLE
    assert window_open.menu_actions["lock"].isEnabled()


def test_before_a_journal_is_open_only_what_makes_sense_is_offered(window: MainWindow) -> None:
    assert not window.menu_actions["lock"].isEnabled()
    assert not window.menu_actions["journey"].isEnabled()
    assert window.menu_actions["open-share"].isEnabled()
    assert window.menu_actions["shortcuts"].isEnabled()


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("Ctrl+2", "journey"),
        ("Ctrl+3", "charts"),
        ("Ctrl+4", "share"),
        ("Ctrl+5", "review"),
        ("Ctrl+6", "ledger"),
        ("Ctrl+,", "preferences"),
        ("Ctrl+Shift+F", "journey"),
    ],
)
def test_every_page_is_reached_by_keys(qtbot, window_open: MainWindow, keys: str, name: str) -> None:
    press(qtbot, window_open, keys)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == name
    press(qtbot, window_open, "Ctrl+1")
    assert window_open.stack.place.name == "today"
    press(qtbot, window_open, "Alt+Left")
    assert window_open.stack.place.name == name


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("new-intention", Place("write", kind="intention")),
        ("new-experience", Place("write", kind="experience")),
        ("new-integration", Place("write", kind="integration")),
        ("new-page", Place("write", kind="page")),
        ("new-checkin", Place("check-in")),
        ("new-session", Place("edit-session")),
    ],
)
def test_everything_can_be_begun_from_the_menu(qtbot, window_open: MainWindow, name: str, place: Place) -> None:
    window_open.menu_actions[name].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == place


def test_escape_goes_back_from_a_page_reached_from_another(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("journey"))
    page = go(qtbot, window_open, Place("write", kind="page"))
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window_open.stack.place.name == "journey")


def test_the_form_of_a_new_thing_is_not_come_back_to(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("journey"))
    go(qtbot, window_open, Place("edit-session"))
    go(qtbot, window_open, Place("charts"))
    window_open.stack.back()
    assert window_open.stack.place.name == "journey"


def test_the_rail_shows_where_one_is_and_shrinks(qtbot, window_open: MainWindow, theme) -> None:
    wide = window_open.rail.width()
    window_open.resize(900, 600)
    assert window_open.rail.width() < wide / 2
    names = [made.accessibleName() for made in window_open.rail.findChildren(QPushButton)]
    assert names == [
        "New", "Today", "Journey", "Course", "Medicines", "Questionnaires", "Charts", "Share", "Read a share",
        "Library", "Preferences", "Help", "Lock",
    ]  # fmt: skip
    window_open.resize(1120, 760)
    assert window_open.rail.width() == wide
    theme.apply(scale=200)
    assert not any(made.text() for made in window_open.rail.findChildren(QPushButton))


def test_the_rail_says_that_it_goes_on_and_keeps_help_in_sight(qtbot, window_open: MainWindow, theme) -> None:
    rail = window_open.rail
    assert not rail.above.isVisible() and not rail.below.isVisible()
    theme.apply(scale=200)
    window_open.resize(900, 600)
    qtbot.waitUntil(rail.below.isVisible)
    shown = {made.accessibleName(): made for made in rail.findChildren(QPushButton)}
    for name in ("New", "Help", "Lock"):
        assert not shown[name].visibleRegion().isEmpty()
    assert shown["Preferences"].visibleRegion().isEmpty() and not rail.above.isVisible()
    while rail.below.isVisible():
        rail.below.click()
    assert not shown["Preferences"].visibleRegion().isEmpty() and rail.above.isVisible()
    for place, name in (("today", "Today"), ("medicines", "Medicines"), ("library", "Library")):
        go(qtbot, window_open, Place(place))
        made = shown[name]
        qtbot.waitUntil(lambda made=made: made.visibleRegion().boundingRect().height() >= made.height() - 1)


def test_undo_in_the_journal_and_in_a_text_are_two_things(qtbot, window_open: MainWindow) -> None:
    page = JournalPage(at=Moment(NOW), text="kept")
    saved = ask(qtbot, window_open, partial(JournalService.save, record=page))
    go(qtbot, window_open, Place("charts"))
    assert "journal page" in window_open.menu_actions["undo"].text()
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.rows) == ()
    window_open.menu_actions["redo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert [row.eid for row in ask(qtbot, window_open, JournalService.rows)] == [saved.eid]
    write = go(qtbot, window_open, Place("write", kind="page"))
    field = next(made for made in write.findChildren(QTextEdit) if made.isVisible() and not made.isReadOnly())
    field.setFocus()
    qtbot.keyClicks(field, "a word")
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert "a word" not in field.toPlainText()
    assert len(ask(qtbot, window_open, JournalService.rows)) == 1


# -- leaving --------------------------------------------------------------------------------------------------


def type_text(qtbot, window: MainWindow, text: str) -> None:
    page = go(qtbot, window, Place("write", kind="experience"))
    field = next(made for made in page.findChildren(QTextEdit) if made.isVisible() and not made.isReadOnly())
    field.setFocus()
    qtbot.keyClicks(field, text)


def words_kept(path: Path) -> str:
    """All that is in the closed journal, entries and drafts."""
    service = reopened(path)
    try:
        drafts = [draft.record.text for draft in service.drafts()]
        entries = [item.record.text for item in service.items() if hasattr(item.record, "text")]
        return " ".join(drafts + entries)
    finally:
        service.close()


def test_locking_keeps_what_is_being_written(
    qtbot, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    type_text(qtbot, window_open, "the light on the wall")
    press(qtbot, window_open, "Ctrl+L")
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [tmp_path / "journal.vault"]
    assert not window_open.isVisible()
    assert not window_open.context.tasks.is_open
    assert "the light on the wall" in words_kept(tmp_path / "journal.vault")


def test_the_pages_are_covered_while_locking(qtbot, window_open: MainWindow, replaced: list[Path | None]) -> None:
    window_open.lock()
    assert window_open.rooms.currentWidget() is window_open.cover
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)


def test_idling_locks(qtbot, window_open: MainWindow, replaced: list[Path | None]) -> None:
    quiet(qtbot, window_open.context.tasks)
    assert window_open.idle.timer.isActive()
    window_open.idle.due.emit()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)


def test_an_open_question_does_not_hold_up_the_lock(
    qtbot, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    type_text(qtbot, window_open, "half a thought")
    window_open.menu_actions["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    window_open.idle.due.emit()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert "half a thought" in words_kept(tmp_path / "journal.vault")


def test_a_question_that_blocks_does_not_hold_up_the_lock(
    qtbot, window_open: MainWindow, replaced: list[Path | None], theme
) -> None:
    from ui.prompts import QtPrompter

    QTimer.singleShot(50, window_open.lock)
    agreed = QtPrompter().confirm(window_open, "Remove it?", "x", "Remove")
    assert agreed is False
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)


def test_closing_keeps_what_is_being_written(
    qtbot, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    type_text(qtbot, window_open, "not finished")
    window_open.close()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=10_000)
    assert not window_open.context.tasks.is_open
    assert replaced == []
    assert "not finished" in words_kept(tmp_path / "journal.vault")


def test_a_full_disk_keeps_the_text_and_says_so(
    qtbot, window_open: MainWindow, replaced: list[Path | None], tmp_path: Path
) -> None:
    import resource

    type_text(qtbot, window_open, "these words stay")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        window_open.lock()
        qtbot.waitUntil(lambda: "could not be kept" in window_open.cover.text, timeout=10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert replaced == []
    assert window_open.rooms.currentWidget() is window_open.cover
    window_open.cover.retry.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert "these words stay" in words_kept(tmp_path / "journal.vault")


def test_opening_another_journal_leaves_this_one_first(
    qtbot, window_open: MainWindow, prompter: FakePrompter, replaced: list[Path | None], tmp_path: Path
) -> None:
    prompter.answers = [tmp_path / "other.vault"]
    press(qtbot, window_open, "Ctrl+O")
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [tmp_path / "other.vault"]


# -- opening --------------------------------------------------------------------------------------------------
