"""The window as a person uses it: going about by mouse and keyboard, locking and closing without losing a word."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit, QWidget

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, answer, quiet, settled
from tests.ui.fakes import FakePrompter
from ui.places import Place
from ui.theme import Scheme
from ui.widgets.labels import label
from ui.window import TITLE, MainWindow


def ask(qtbot, window: MainWindow, op) -> object:
    return answer(qtbot, partial(window.context.tasks.ask, op))


def go(qtbot, window: MainWindow, place: Place) -> QWidget:
    window.stack.go(place)
    quiet(qtbot, window.context.tasks)
    return window.stack.currentWidget()


def reopened(path: Path) -> JournalService:
    return JournalService.open(path, password=PASSWORD, state_dir=path.parent / "state")


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
    assert names == ["New", "Today", "Journey", "Charts", "Share", "Read a share", "Preferences", "Lock"]
    window_open.resize(1120, 760)
    assert window_open.rail.width() == wide
    theme.apply(scale=200)
    assert not any(made.text() for made in window_open.rail.findChildren(QPushButton))


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


def unlock(qtbot, window: MainWindow, path: Path) -> None:
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)


@pytest.fixture
def closed_journal(clock, tmp_path: Path) -> Path:
    """A journal with two pages, closed."""
    path = tmp_path / "closed.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    for text in ("one", "two"):
        service.save(JournalPage(at=Moment(NOW), title=text, text=text * 500))
    service.close()
    return path


def test_damage_is_named_and_the_rest_is_there(qtbot, window: MainWindow, closed_journal: Path) -> None:
    damage(closed_journal)
    unlock(qtbot, window, closed_journal)
    assert "damaged" in window.banner.text
    assert "Everything else is here" in window.banner.text
    assert len(ask(qtbot, window, JournalService.rows)) == 1


def test_an_older_copy_is_pointed_out(qtbot, window: MainWindow, closed_journal: Path) -> None:
    before = closed_journal.read_bytes()
    service = reopened(closed_journal)
    service.save(JournalPage(at=Moment(NOW), text="three"))
    service.close()
    closed_journal.write_bytes(before)
    unlock(qtbot, window, closed_journal)
    assert "older" in window.banner.text


def test_reading_only_offers_nothing_to_write(qtbot, window: MainWindow, closed_journal: Path) -> None:
    window.offer(closed_journal)
    window.welcome._open(window.welcome.unlock, password=PASSWORD, read_only=True)
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    assert not window.menu_actions["new-page"].isEnabled()
    assert not window.rail.new.isEnabled()
    assert "reading only" in window.banner.text


def test_recovery_words_lead_to_a_new_password(qtbot, window: MainWindow, clock, tmp_path: Path) -> None:
    path = tmp_path / "journal.vault"
    service, words = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    service.close()
    window.offer(path)
    window.welcome._show(window.welcome.use_words)
    window.welcome.use_words.words.edit.setPlainText(words)
    window.welcome.use_words.next.click()
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    assert "new password" in window.banner.text
    next(b for b in window.banner.findChildren(QPushButton) if b.text() == "Change the password…").click()
    dialog = QApplication.activeModalWidget()
    dialog.password.edit.setText("an entirely new one")
    dialog.repeat.edit.setText("an entirely new one")
    with qtbot.waitSignal(dialog.done, timeout=60_000):
        dialog.next.click()
    window.context.tasks.close()
    JournalService.open(path, password="an entirely new one", state_dir=tmp_path / "state").close()


def test_a_share_is_read_without_a_journal(qtbot, window: MainWindow) -> None:
    window.welcome.choose.share.click()
    assert window.rooms.currentWidget() is window._reading
    qtbot.keyClick(window._reading, Qt.Key.Key_Escape)
    assert window.rooms.currentWidget() is window.welcome


def test_a_file_that_is_no_share_is_told(qtbot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "x.age").write_bytes(b"no share")
    window.open_file(tmp_path / "x.age")
    qtbot.waitUntil(lambda: bool(window._reading.banner.text), timeout=10_000)


# -- keeping --------------------------------------------------------------------------------------------------


def test_a_backup_is_made_and_opens(qtbot, window_open: MainWindow, prompter: FakePrompter, tmp_path: Path) -> None:
    dest = tmp_path / "stick" / "copy.vault"
    dest.parent.mkdir()
    prompter.answers = [dest]
    window_open.menu_actions["back-up"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert "was made" in window_open.banner.text
    assert prompter.asked == [("save_path", "Back up the journal", "journal 2026-03-12.vault")]
    JournalService.open(dest, password=PASSWORD, state_dir=tmp_path / "elsewhere").close()


def test_a_backup_that_cannot_be_made_is_told(
    qtbot, window_open: MainWindow, prompter: FakePrompter, tmp_path: Path
) -> None:
    prompter.answers = [tmp_path / "nowhere" / "copy.vault"]
    window_open.menu_actions["back-up"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.banner.text
    assert "was made" not in window_open.banner.text


def test_cancelled_nothing_happens(qtbot, window_open: MainWindow, prompter: FakePrompter) -> None:
    for name in ("back-up", "import", "open-journal", "open-share", "new-words"):
        prompter.answers = [None]
        window_open.menu_actions[name].trigger()
        quiet(qtbot, window_open.context.tasks)
        assert window_open.banner.text == ""
        assert QApplication.activeModalWidget() is None


def test_checking_says_that_all_is_well(qtbot, window_open: MainWindow) -> None:
    window_open.menu_actions["check"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert "as they were written" in window_open.banner.text


def test_out_and_in_again(qtbot, window_open: MainWindow, prompter: FakePrompter, tmp_path: Path) -> None:
    ask(qtbot, window_open, partial(JournalService.save, record=JournalPage(at=Moment(NOW), text="kept")))
    prompter.answers = [tmp_path / "all.json", tmp_path / "all.json"]
    window_open.menu_actions["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert any("not sealed" in made.text() for made in dialog.findChildren(type(label())))
    dialog._group.button(1).setChecked(True)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Choose a file…").click()
    quiet(qtbot, window_open.context.tasks)
    assert "exported" in window_open.banner.text
    window_open.menu_actions["import"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert "here already" in window_open.banner.text


def test_what_takes_long_shows_that_it_is_under_way(qtbot, window_open: MainWindow) -> None:
    window_open.status.on_busy(True)
    assert window_open.status.bar.isHidden()
    window_open.status.patience.timeout.emit()
    assert not window_open.status.bar.isHidden()
    window_open.status.on_busy(False)
    assert window_open.status.bar.isHidden()


# -- looks ----------------------------------------------------------------------------------------------------


def test_text_size_and_theme_are_remembered(qtbot, window_open: MainWindow, theme) -> None:
    press(qtbot, window_open, "Ctrl++")
    assert theme.scale == 115
    window_open.menu_actions["scheme-dark"].trigger()
    assert theme.scheme is Scheme.DARK
    assert (window_open.context.settings.scale, window_open.context.settings.scheme) == (115, "dark")
    press(qtbot, window_open, "Ctrl+0")
    assert theme.scale == 100


def test_preferences_take_effect_and_are_kept(qtbot, window_open: MainWindow, theme) -> None:
    page = go(qtbot, window_open, Place("preferences"))
    page.minutes.setCurrentIndex(page.minutes.findData(30))
    page.minutes.activated.emit(page.minutes.currentIndex())
    page.name.setText("  Robin   Vale ")
    page.name.editingFinished.emit()
    page.scale.setCurrentIndex(page.scale.findData(150))
    page.scale.activated.emit(page.scale.currentIndex())
    quiet(qtbot, window_open.context.tasks)
    settings = ask(qtbot, window_open, JournalService.settings)
    assert (settings.lock_minutes, settings.name) == (30, "Robin Vale")
    assert theme.scale == 150
    assert window_open.idle._minutes == 30
    page.remember.setChecked(False)
    assert window_open.context.settings.last_journal is None


def test_no_key_is_ambiguous_on_any_page(qtbot, window_open: MainWindow) -> None:
    taken = {key.toString() for action in window_open.menu_actions._made.values() for key in action.shortcuts()}
    for name in ("today", "journey", "charts", "share", "review", "ledger", "preferences", "write", "check-in"):
        page = go(qtbot, window_open, Place(name))
        for shortcut in page.findChildren(QShortcut):
            for key in QShortcut.keys(shortcut):
                assert key.toString() not in taken, (name, key.toString())


def test_the_window_comes_back_where_it_was(qtbot, window_open: MainWindow) -> None:
    window_open.setGeometry(10, 20, 640, 500)
    window_open.close()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=10_000)
    kept = window_open.context.settings.geometry
    assert (kept.width, kept.height) == (640, 500)


def press(qtbot, window: MainWindow, keys: str) -> None:
    """Press keys as a person does: at whatever has the focus."""
    window.activateWindow()
    combination = QKeySequence(keys)[0]
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())


def damage(path: Path) -> None:
    """Change a byte in the middle of the last sealed entry."""
    import sqlite3

    connection = sqlite3.connect(path)
    eid, rev, sealed = connection.execute("SELECT eid, rev, v FROM rec ORDER BY length(v) DESC").fetchone()
    broken = sealed[:500] + bytes([sealed[500] ^ 1]) + sealed[501:]
    connection.execute("UPDATE rec SET v = ? WHERE eid = ? AND rev = ?", (broken, eid, rev))
    connection.commit()
    connection.close()
