"""The synced folder in the window: chosen, looked into, given to, and quiet about it."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from journal.records import Medicine, Settings
from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go
from tests.ui.two_computers import EID, bring, text
from ui.dialogs.merge import MergeDialog
from ui.places import Place
from ui.window import MainWindow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "synced"
    made.mkdir()
    return made


def choose(qtbot, window: MainWindow, folder: Path | None):
    """Choose the folder in the preferences."""
    page = go(qtbot, window, Place("preferences"))
    if folder is None:
        page.sync.stop.click()
    else:
        window.context.prompter.answers = [folder]
        page.sync.choose.click()
    quiet(qtbot, window.context.tasks)
    return page.sync


def test_a_folder_is_chosen_and_both_computers_come_together(qtbot, window_open: MainWindow, there, folder) -> None:
    there.save(text("written there", title="From there"))
    there.sync(folder)
    choose(qtbot, window_open, folder)
    assert len(list(folder.iterdir())) == 2
    titles = {row.title for row in ask(qtbot, window_open, JournalService.rows)}
    assert titles == {"The week after", "From there"}
    assert "another computer" in window_open.status.text
    assert there.sync().versions == 0


def test_five_minutes_after_a_change_it_is_given(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    there.sync(folder)
    keeper = window_open.commands.in_step
    assert not keeper.after_change.isActive()
    ask(qtbot, window_open, partial(JournalService.save, record=text("later"), eid=EID))
    assert keeper.after_change.isActive() and keeper.after_change.interval() == 5 * 60 * 1000
    assert there.sync().versions == 0
    keeper.after_change.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert not keeper.after_change.isActive()
    assert there.sync().versions == 1


def test_when_the_folder_changes_it_is_looked_into(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    keeper = window_open.commands.in_step
    keeper.settle.setInterval(0)
    there.save(text("written there", title="From there"))
    there.sync(folder)
    qtbot.waitUntil(lambda: "another computer" in window_open.status.text, timeout=10_000)
    quiet(qtbot, window_open.context.tasks)
    assert len(ask(qtbot, window_open, JournalService.rows)) == 2


def test_closing_gives_what_is_new(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    ask(qtbot, window_open, partial(JournalService.save, record=text("just before"), eid=EID))
    window_open.close()
    qtbot.waitUntil(lambda: not window_open.context.tasks.is_open, timeout=10_000)
    there.sync(folder)
    assert there.get(EID).record.text == "just before"


def test_typing_while_something_comes_in_hides_nothing(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    page = go(qtbot, window_open, Place("write", eid=EID))
    page.editor.selectAll()
    qtbot.keyClicks(page.editor, "typed here")
    there.save(text("written there"), EID)
    there.sync(folder)
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    qtbot.keyClicks(page.editor, " on")
    assert page.editor.toPlainText() == "typed here on"
    go(qtbot, window_open, Place("today"))
    sides = ask(qtbot, window_open, partial(JournalService.sides, eid=EID))
    assert {side.record.text for side in sides} == {"typed here on", "written there"}


def test_the_first_keys_while_something_comes_in_hide_nothing(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    page = go(qtbot, window_open, Place("write", eid=EID))
    there.save(text("written there"), EID)
    there.sync(folder)
    window_open.commands.in_step.round()  # the vault is at it
    page.editor.selectAll()
    qtbot.keyClicks(page.editor, "typed here")  # over what the page showed, which is not what stands there by now
    quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, Place("today"))
    sides = ask(qtbot, window_open, partial(JournalService.sides, eid=EID))
    assert {side.record.text for side in sides} == {"typed here", "written there"}
    page = go(qtbot, window_open, Place("write", eid=EID))
    qtbot.keyClicks(page.editor, "more ")
    go(qtbot, window_open, Place("today"))
    assert len(ask(qtbot, window_open, partial(JournalService.sides, eid=EID))) == 2


def test_a_form_takes_the_place_of_what_it_showed(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    eid = ask(qtbot, window_open, partial(JournalService.save, record=Medicine(name="Sertraline"))).eid
    there.sync(folder)
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    there.sync(folder)
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    there.save(Medicine(name="Sertraline", notes="with food"), eid)
    there.sync(folder)
    window_open.commands.in_step.round()
    qtbot.keyClicks(page.name, " 50")
    quiet(qtbot, window_open.context.tasks)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    sides = ask(qtbot, window_open, partial(JournalService.sides, eid=eid))
    said = {(one.record.name, one.record.notes) for one in sides}
    assert said == {("Sertraline 50", ""), ("Sertraline", "with food")}


def test_written_on_both_is_said_once_and_led_to(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    ask(qtbot, window_open, partial(JournalService.save, record=text("written here"), eid=EID))
    there.save(text("written there"), EID)
    there.sync(folder)
    keeper = window_open.commands.in_step
    keeper.round()
    quiet(qtbot, window_open.context.tasks)
    assert "Both versions are kept" in window_open.banner.text
    window_open.banner.dismiss()
    keeper.round()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.banner.text == ""
    keeper._on_see()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("two-versions", eid=EID)


def test_the_folder_of_the_journal_is_refused(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    card = choose(qtbot, window_open, tmp_path)
    assert "The journal itself is kept in this folder" in card.banner.text
    assert window_open.commands.in_step.folder is None
    assert card.stop.isHidden()


def test_it_is_remembered_on_this_computer_and_can_be_stopped(qtbot, window_open: MainWindow, there, folder) -> None:
    card = choose(qtbot, window_open, folder)
    assert "In step through" in card.where.text() and not card.stop.isHidden()
    name = ask(qtbot, window_open, JournalService.sync_state).journal
    assert window_open.context.settings.sync_folder(name) == folder
    card.ask()
    quiet(qtbot, window_open.context.tasks)
    assert "Last looked today" in card.state.text()
    choose(qtbot, window_open, None)
    assert window_open.context.settings.sync_folder(name) is None
    assert window_open.commands.in_step.folder is None
    before = sorted(folder.iterdir())
    ask(qtbot, window_open, partial(JournalService.save, record=text("not given"), eid=EID))
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    assert sorted(folder.iterdir()) == before


def test_a_folder_that_is_away_is_said_in_the_preferences(qtbot, window_open: MainWindow, folder, tmp_path) -> None:
    card = choose(qtbot, window_open, folder)
    shutil.rmtree(folder)
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.banner.text == ""
    card.ask()
    quiet(qtbot, window_open.context.tasks)
    assert "not there just now" in card.state.text()
    folder.mkdir()
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    assert len(list(folder.iterdir())) == 1


def test_a_copy_of_another_key_leads_to_merging_by_hand(qtbot, window_open: MainWindow, there, folder) -> None:
    choose(qtbot, window_open, folder)
    there.rotate("quite another password")
    there.sync(folder)
    window_open.commands.in_step.round()
    quiet(qtbot, window_open.context.tasks)
    assert "another password" in window_open.banner.text
    assert "copy the journal with the new password over" in window_open.banner.text  # once is not enough
    next(made for made in window_open.banner.findChildren(QPushButton) if made.text() == "Merge…").click()
    quiet(qtbot, window_open.context.tasks)
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MergeDialog)]
    assert any(made.isVisible() and made.ask_password.isVisible() for made in found)


def test_settings_of_both_are_no_entries_with_two_versions(qtbot, window_open: MainWindow, there) -> None:
    ask(qtbot, window_open, partial(JournalService.save_settings, settings=Settings(name="here")))
    there.save_settings(Settings(name="there"))
    ask(qtbot, window_open, partial(bring, path=there.path))
    assert ask(qtbot, window_open, JournalService.apart) == ()
