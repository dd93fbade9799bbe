"""The window and its files: damaged, older, read-only, shared, backed up, moved in and out; and what it remembers."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QPushButton

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.vault import FAST, Report
from journal.vault.backups import Backup
from journal.vault.salvage import Salvage, Source
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press, reopened
from ui import report
from ui.places import Place
from ui.theme import Scheme
from ui.widgets.labels import label
from ui.window import MainWindow


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
    assert prompter.asked == [("save_path", "Back up the journal", "backup 2026-03-12 140500.vault")]
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


def damage(path: Path) -> None:
    """Change a byte in the middle of the last sealed entry."""
    import sqlite3

    connection = sqlite3.connect(path)
    eid, rev, sealed = connection.execute("SELECT eid, rev, v FROM rec ORDER BY length(v) DESC").fetchone()
    broken = sealed[:500] + bytes([sealed[500] ^ 1]) + sealed[501:]
    connection.execute("UPDATE rec SET v = ? WHERE eid = ? AND rev = ?", (broken, eid, rev))
    connection.commit()
    connection.close()


def test_an_export_says_which_texts_are_not_in_it(
    qtbot, window_open: MainWindow, prompter: FakePrompter, tmp_path: Path
) -> None:
    draft = JournalPage(at=Moment(NOW), text="not finished")
    ask(qtbot, window_open, partial(JournalService.put_draft, eid="a" * 32, record=draft))
    prompter.answers = [tmp_path / "all.json"]
    window_open.commands.keeping._on_form("json")
    quiet(qtbot, window_open.context.tasks)
    assert "1 unfinished text is not in it." in window_open.banner.text
    assert prompter.asked == [("save_path", "Export", "journal 2026-03-12 140500.json")]


def test_saved_recovery_words_overwrite_nothing(qtbot, window: MainWindow, prompter, tmp_path: Path) -> None:
    step = window.welcome.show_words
    step.set_words("one two three")
    prompter.answers = [tmp_path / "words.txt", tmp_path / "words.txt"]
    step._on_save()
    kept = (tmp_path / "words.txt").read_text()
    assert "1. one" in kept
    step.set_words("four five six")
    step._on_save()
    assert "there already" in step.banner.text
    assert (tmp_path / "words.txt").read_text() == kept


@pytest.mark.parametrize(
    ("why", "again"),
    [
        ("It was opened for reading.", "Lock the journal and unlock it to write again."),
        ("The file is write-protected.", "Once that is put right, lock the journal and unlock it to write again."),
    ],
)
def test_a_journal_that_can_only_be_read_says_how_to_write_again(why: str, again: str) -> None:
    (line,) = report.on_opening(Report(read_only=True, why_read_only=why), read_only=True)
    assert line.endswith(f"{why} {again}")


def test_that_some_may_have_been_removed_for_good_is_said_where_the_list_is_lost(tmp_path) -> None:
    now = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
    source = Source(Backup(tmp_path / "backup.vault", now, 1), frozenset(["a" * 32]))
    sure, unsure = Salvage(sources=(source,)), Salvage(sources=(source,), unsure=frozenset(["a" * 32]))
    said = [line for line in report.salvage(unsure, now) if line not in report.salvage(sure, now)]
    assert len(said) == 1 and "removed for good since then" in said[0]
