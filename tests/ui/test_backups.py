"""Backups in the window: seen before unlocking, made by themselves, come back from, and offered on damage."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from journal.paths import backup_name
from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.cli.commands import spoil_row
from tests.ui.conftest import NOW, PASSWORD, answer, quiet, settled
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, reopened
from tests.ui.pages.hands import shown as button_of
from ui import audit
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.restore import RestoreDialog
from ui.places import Place
from ui.settings import DeviceSettings
from ui.window import MainWindow

DAY = timedelta(days=1)


@pytest.fixture
def kept(clock, tmp_path: Path) -> tuple[Path, list[str]]:
    """A closed journal with four pages and a backup of yesterday; one page was written on and one removed since."""
    path = tmp_path / "journal.vault"
    clock.at = NOW - DAY
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    eids = [service.save(JournalPage(at=Moment(NOW - DAY), title=f"page {n}", text="words")).eid for n in range(4)]
    service.back_up_now()
    clock.at = NOW
    service.save(JournalPage(at=Moment(NOW), title="page 0", text="more words"), eids[0])
    service.delete(eids[1])
    service.close()
    return path, eids


def unlock(qtbot, window: MainWindow, path: Path, password: str = PASSWORD) -> None:
    window.offer(path)
    quiet(qtbot, window.context.tasks)
    window.welcome.unlock.password.edit.setText(password)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    for _ in range(3):
        quiet(qtbot, window.context.tasks)


def press(window: MainWindow, words: str) -> None:
    next(made for made in window.banner.findChildren(QPushButton) if made.text() == words).click()


def dialog(qtbot, kind: type) -> object:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=10_000)
    return QApplication.activeModalWidget()


def backups(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "state" / "backups").rglob("*.vault"))


# -- before unlocking -------------------------------------------------------------------------------------------


def test_the_last_backup_is_told_before_unlocking(qtbot, window: MainWindow, kept) -> None:
    window.offer(kept[0])
    quiet(qtbot, window.context.tasks)
    assert window.welcome.unlock.last_backup.text().startswith("Last backup: yesterday, ")
    assert audit.faults(window) == []


def test_none_yet_is_told_too(qtbot, window: MainWindow, kept, tmp_path) -> None:
    backups(tmp_path)[0].unlink()
    window.offer(kept[0])
    quiet(qtbot, window.context.tasks)
    assert window.welcome.unlock.last_backup.text() == "No backup yet"


def test_a_backup_is_opened_for_reading_and_locking_leads_back(
    qtbot, window: MainWindow, kept, tmp_path, replaced
) -> None:
    window.offer(kept[0])
    window.welcome.unlock.open_backup.click()
    shown = dialog(qtbot, BackupsDialog)
    assert audit.faults(shown) == []
    before = backups(tmp_path)[0].read_bytes()
    shown.open_.click()
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    assert "open for reading" in window.banner.text
    assert "yesterday" in window.banner.text
    assert not window.menu_actions["new-page"].isEnabled()
    assert len(ask(qtbot, window, JournalService.rows)) == 4
    assert window.context.settings.last_journal != backups(tmp_path)[0]
    window.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [kept[0]]
    assert backups(tmp_path)[0].read_bytes() == before


def test_an_open_backup_becomes_the_journal_and_the_present_file_is_kept(
    qtbot, window: MainWindow, kept, tmp_path, replaced, prompter: FakePrompter
) -> None:
    path, eids = kept
    present = path.read_bytes()
    window.offer(path)
    unlock(qtbot, window, backups(tmp_path)[0])
    prompter.answers = [True]
    press(window, "Use it as the journal…")
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [path]
    (aside,) = path.parent.glob("journal kept *.vault")
    assert aside.read_bytes() == present
    service = reopened(path)
    assert {item.eid for item in service.items()} == set(eids)
    assert not service.read_only
    service.close()


def test_on_a_fresh_machine_a_backup_becomes_a_journal_of_its_own(
    qtbot, window: MainWindow, kept, tmp_path, replaced, prompter, own_home
) -> None:
    carried = tmp_path / "stick" / backup_name(NOW - DAY)
    carried.parent.mkdir()
    carried.write_bytes(backups(tmp_path)[0].read_bytes())
    window.open_file(carried)
    assert "backup from yesterday" in window.welcome.unlock._which.text()
    unlock(qtbot, window, carried)
    prompter.answers = [True]
    press(window, "Use it as the journal…")
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced[0] != carried
    service = JournalService.open(replaced[0], password=PASSWORD, state_dir=tmp_path / "fresh")
    assert len(service.items()) == 4
    assert not service.read_only
    service.close()


# -- made by themselves -----------------------------------------------------------------------------------------


def test_opening_and_leaving_make_them(qtbot, window: MainWindow, kept, tmp_path, replaced) -> None:
    unlock(qtbot, window, kept[0])
    assert len(backups(tmp_path)) == 2  # the last time was killed: something had changed
    save = partial(JournalService.save, record=JournalPage(at=Moment(NOW), text="new words"))
    ask(qtbot, window, save)
    window.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert len(backups(tmp_path)) == 3
    newest = JournalService.open(backups(tmp_path)[-1], password=PASSWORD, state_dir=tmp_path / "fresh")
    assert "new words" in {getattr(item.record, "text", "") for item in newest.items()}
    newest.close()


def test_a_missing_stick_is_told_quietly_on_today(qtbot, window: MainWindow, kept, tmp_path) -> None:
    service = reopened(kept[0])
    service.choose_backups(folder=tmp_path / "stick")
    service.close()
    unlock(qtbot, window, kept[0])
    note = window.stack.page("today").backup_note
    assert note.isVisible()
    assert note.text.text().startswith("No new backup. The folder for backups is not there.")
    assert window.banner.text == ""
    assert audit.faults(window) == []
    note.go.click()
    quiet(qtbot, window.context.tasks)
    assert window.stack.place == Place("preferences")
    card = window.stack.page("preferences").backups
    assert "not there" in card.state.text()
    card.usual.click()
    quiet(qtbot, window.context.tasks)
    assert "the last one today" in card.state.text()
    assert len(backups(tmp_path)) == 2


def test_fewer_entries_are_asked_about_once(qtbot, window: MainWindow, clock, tmp_path) -> None:
    path = tmp_path / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    eids = [service.save(JournalPage(at=Moment(NOW), text=f"page {n}")).eid for n in range(9)]
    service.back_up_now()
    for eid in eids[:6]:
        service.delete(eid)
    service.leave()
    unlock(qtbot, window, path)
    assert window.banner.text.startswith("6 entries fewer than in the last backup.")
    press(window, "Keep the older ones")
    quiet(qtbot, window.context.tasks)
    state = ask(qtbot, window, JournalService.keep_backups)
    assert (state.fewer, state.held) == (0, True)


# -- the preferences --------------------------------------------------------------------------------------------


@pytest.fixture
def card(qtbot, window: MainWindow, kept):
    unlock(qtbot, window, kept[0])
    page = go(qtbot, window, Place("preferences"))
    quiet(qtbot, window.context.tasks)
    return page.backups


def test_the_card_lists_them_and_makes_one_now(qtbot, window: MainWindow, card, clock, tmp_path) -> None:
    assert card.list.count() == 2
    assert card.list.item(1).text().startswith("Yesterday, ")
    clock.at += timedelta(minutes=5)
    card.now.click()
    quiet(qtbot, window.context.tasks)
    assert "was made" in card.banner.text
    assert card.list.count() == len(backups(tmp_path)) == 3
    assert audit.faults(window) == []


def test_turned_off_and_on_again(qtbot, window: MainWindow, card) -> None:
    card.on.click()
    quiet(qtbot, window.context.tasks)
    assert ask(qtbot, window, JournalService.settings).backups is False
    card.on.click()
    quiet(qtbot, window.context.tasks)
    assert ask(qtbot, window, JournalService.settings).backups is True


def test_another_folder_is_sealed_and_remembered_only_if_allowed(
    qtbot, window: MainWindow, card, tmp_path, prompter
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    prompter.answers = [stick]
    card.elsewhere.click()
    quiet(qtbot, window.context.tasks)
    assert len(list(stick.iterdir())) == 1
    assert window.context.settings.backup_folder == stick
    window.context.settings.update(remember_journal=False)
    assert window.context.settings.backup_folder is None
    card.ask()
    quiet(qtbot, window.context.tasks)
    assert window.context.settings.backup_folder is None


def test_the_folder_is_in_the_device_settings_as_a_path_and_nothing_else(tmp_path) -> None:
    settings = DeviceSettings(tmp_path / "device.json")
    settings.note_backups(tmp_path / "stick")
    assert DeviceSettings(tmp_path / "device.json").backup_folder == tmp_path / "stick"
    settings.update(remember_journal=False)
    assert b"stick" not in (tmp_path / "device.json").read_bytes()


# -- coming back ------------------------------------------------------------------------------------------------


@pytest.fixture
def compared(qtbot, window: MainWindow, kept, tmp_path) -> RestoreDialog:
    """The dialog, with what differs from yesterday's backup."""
    unlock(qtbot, window, kept[0])
    window.menu_actions["restore"].trigger()
    shown = dialog(qtbot, RestoreDialog)
    shown.backups.setCurrentRow(1)
    shown.look.click()
    qtbot.waitUntil(lambda: not shown.list.isHidden(), timeout=10_000)
    return shown


def test_what_differs_is_shown_first(window: MainWindow, compared: RestoreDialog, kept) -> None:
    assert "Only in the backup: 1. Only in the journal: 0. Changed: 1. The same in both: 2." in compared.text.text()
    lines = [compared.list.item(row).text() for row in range(compared.list.count())]
    assert lines == ["Journal page · page 1 — only in the backup", "Journal page · page 0 — written on since"]
    assert not compared.some.isEnabled()
    assert audit.faults(compared) == []


def test_ticked_entries_come_back_and_undo_takes_them_away(
    qtbot, window: MainWindow, compared: RestoreDialog, kept
) -> None:
    compared.list.setFocus()
    qtbot.keyClick(compared.list, Qt.Key.Key_Space)
    assert compared.ticked() == [kept[1][1]]
    compared.some.click()
    qtbot.waitUntil(lambda: "brought back" in window.banner.text, timeout=10_000)
    quiet(qtbot, window.context.tasks)
    assert len(ask(qtbot, window, JournalService.rows)) == 4
    assert window.menu_actions["undo"].text() == "Undo bringing back an entry"
    button_of(window.banner, "Undo").click()
    quiet(qtbot, window.context.tasks)
    assert len(ask(qtbot, window, JournalService.rows)) == 3
    assert not window.banner.isVisible()


def test_the_whole_copy_takes_the_journals_place_with_what_was_being_written_kept(
    qtbot, window: MainWindow, compared: RestoreDialog, kept, replaced, prompter, tmp_path
) -> None:
    go(qtbot, window, Place("write", kind="page"))
    window.stack.currentWidget().editor.setPlainText("words being typed")
    prompter.answers = [True]
    compared.all.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)
    assert replaced == [kept[0]]
    service = reopened(kept[0])
    assert {item.eid for item in service.items()} == set(kept[1])
    service.close()
    newest = JournalService.open(backups(tmp_path)[-1], password=PASSWORD, state_dir=tmp_path / "fresh")
    assert "words being typed" in {draft.record.text for draft in newest.drafts()}
    newest.close()


def test_a_backup_from_before_the_key_was_changed_asks_for_its_password(qtbot, window: MainWindow, kept) -> None:
    service = reopened(kept[0])
    service.rotate("an entirely other one")
    service.close()
    unlock(qtbot, window, kept[0], "an entirely other one")
    window.menu_actions["restore"].trigger()
    shown = dialog(qtbot, RestoreDialog)
    shown.backups.setCurrentRow(1)
    shown.look.click()
    qtbot.waitUntil(lambda: not shown.ask_password.isHidden(), timeout=10_000)
    shown.password.edit.setText(PASSWORD)
    shown.look.click()
    qtbot.waitUntil(lambda: not shown.list.isHidden(), timeout=20_000)
    assert "Only in the backup: 1" in shown.text.text()
    shown.reject()


# -- damage -----------------------------------------------------------------------------------------------------


def test_a_damaged_entry_is_offered_from_the_backup_and_brought_back(
    qtbot, window: MainWindow, kept, replaced, prompter: FakePrompter
) -> None:
    path, eids = kept
    spoil_row(path, eids[2])
    damaged = path.read_bytes()
    unlock(qtbot, window, path)
    assert "1 entry is damaged or missing here and whole in the backup from yesterday" in window.banner.text
    assert audit.faults(window) == []
    prompter.answers = [False, True]
    press(window, "Bring it back…")
    assert path.read_bytes() == damaged
    press(window, "Bring it back…")
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)
    assert replaced == [path]
    service = reopened(path)
    assert service.report.ok
    assert {item.eid for item in service.items()} == {eids[0], eids[2], eids[3]}
    service.close()
    assert [found.read_bytes() for found in path.parent.glob("journal kept *.vault")] == [damaged]


def test_what_is_whole_nowhere_is_said(qtbot, window: MainWindow, kept, tmp_path) -> None:
    path, eids = kept
    spoil_row(path, eids[2])
    backups(tmp_path)[0].unlink()
    unlock(qtbot, window, path)
    assert "One entry is in no backup known here" in window.banner.text
    assert any(made.text() == "Go on without what is lost…" for made in window.banner.findChildren(QPushButton))


def test_a_journal_that_does_not_open_offers_a_backup(qtbot, window: MainWindow, kept) -> None:
    kept[0].write_bytes(kept[0].read_bytes()[:40_000])
    window.offer(kept[0])
    quiet(qtbot, window.context.tasks)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    qtbot.waitUntil(lambda: bool(window.welcome.unlock.banner.text), timeout=10_000)
    made = window.welcome.unlock.banner.findChildren(QPushButton)
    next(one for one in made if one.text() == "Open a backup…").click()
    shown = dialog(qtbot, BackupsDialog)
    shown.reject()
    answer(qtbot, partial(window.context.tasks.run, bool))


@pytest.mark.parametrize("scale", [100, 200])
def test_every_screen_of_it_fits(qtbot, window: MainWindow, kept, scale) -> None:
    window.context.theme.apply(scale=scale)
    window.resize(900, 600)
    window.offer(kept[0])
    quiet(qtbot, window.context.tasks)
    assert audit.faults(window) == []
    unlock(qtbot, window, kept[0])
    go(qtbot, window, Place("preferences"))
    assert audit.faults(window) == []
    window.menu_actions["restore"].trigger()
    shown = dialog(qtbot, RestoreDialog)
    assert audit.faults(shown) == []
    shown.backups.setCurrentRow(1)
    shown.look.click()
    qtbot.waitUntil(lambda: not shown.list.isHidden(), timeout=10_000)
    quiet(qtbot, window.context.tasks)
    assert audit.faults(shown) == []
    shown.reject()
