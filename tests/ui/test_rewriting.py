"""Somebody may know the password; removed entries; a trial of the recovery words: on the real window."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from journal.errors import WrongPassword
from journal.records import Moment
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.hands import ask, reopened
from tests.ui.test_recovery_drill import later, trial, write
from ui.audit import faults
from ui.dialogs.removed import RemovedDialog
from ui.dialogs.rotate import DONE, RotateDialog
from ui.theme import Scheme

OTHER = "another four garden words"


def remove(qtbot, window, *eids: str) -> None:
    for eid in eids:
        ask(qtbot, window, partial(JournalService.delete, eid=eid))


def opened(qtbot, window, name: str):
    """The dialog that an action of the menus opens."""
    window.menu_actions[name].trigger()
    quiet(qtbot, window.context.tasks)
    return QApplication.activeModalWidget()


def names(window) -> list[str]:
    path = window.context.settings.last_journal
    return sorted(one.name for one in path.parent.iterdir() if ".rewrite" in one.name)


# -- somebody may know the password ------------------------------------------------------------------------------


def fill(dialog: RotateDialog, now: str = PASSWORD, new: str = OTHER, repeat: str | None = None) -> None:
    dialog.ask.now.edit.setText(now)
    dialog.ask.password.edit.setText(new)
    dialog.ask.repeat.edit.setText(new if repeat is None else repeat)
    dialog.ask.next.click()


def to_the_words(qtbot, window) -> tuple[RotateDialog, str]:
    dialog = opened(qtbot, window, "rotate")
    assert isinstance(dialog, RotateDialog)
    fill(dialog)
    qtbot.waitUntil(dialog.show_words.isVisible)
    return dialog, dialog.show_words.sheet().split("\n\n")[1]


def words_alone(sheet: str) -> str:
    return " ".join(word for word in sheet.split() if word.isalpha())


def test_everything_is_sealed_anew_once_the_new_words_were_typed_back(qtbot, window_open, tmp_path):
    window, path = window_open, tmp_path / "journal.vault"
    (eid,) = write(qtbot, window, "Kept")
    dialog, sheet = to_the_words(qtbot, window)
    before = path.read_bytes()
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(sheet.replace(sheet.split()[1], "abandon", 1))
    dialog.type_words.next.click()
    assert dialog.type_words.banner.text.startswith("These are not the words yet. Word 1 is different")
    dialog.type_words.show_again.click()
    assert dialog.show_words.isVisible()
    dialog.show_words.next.click()
    assert path.read_bytes() == before
    dialog.type_words.words.edit.setPlainText(sheet)
    dialog.type_words.next.click()
    qtbot.waitUntil(dialog.done_.isVisible)
    assert ask(qtbot, window, partial(JournalService.get, eid=eid)).record.title == "Kept"
    assert ask(qtbot, window, JournalService.settings).recovery_proved == Moment(NOW)
    assert dialog.done_.remove.isVisible()  # the journal was backed up when it was begun
    dialog.done_.close.click()
    window.context.tasks.close()
    with pytest.raises(WrongPassword):
        reopened(path)
    for secret in ({"password": OTHER}, {"recovery_key": words_alone(sheet)}):
        again = JournalService.open(path, state_dir=tmp_path / "state", **secret)
        assert again.get(eid).record.title == "Kept"
        again.close()


@pytest.mark.parametrize(
    ("now", "new", "repeat", "told"),
    [
        ("not the password", OTHER, None, "That is not the password of this journal"),
        (PASSWORD, "short", None, "Please choose a longer password"),
        (PASSWORD, OTHER, "something else", "The two passwords are not the same yet"),
        (PASSWORD, PASSWORD, None, "That is the password you have now"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_shown(qtbot, window_open, tmp_path, now, new, repeat, told):
    dialog = opened(qtbot, window_open, "rotate")
    before = (tmp_path / "journal.vault").read_bytes()
    fill(dialog, now, new, repeat)
    quiet(qtbot, window_open.context.tasks)
    assert told in dialog.banner.text + dialog.ask.note.text()
    assert dialog.ask.isVisible()
    assert (tmp_path / "journal.vault").read_bytes() == before
    dialog.reject()


def test_leaving_it_at_any_step_changes_nothing(qtbot, window_open, tmp_path):
    path = tmp_path / "journal.vault"
    before = path.read_bytes()
    for steps in range(3):
        dialog = opened(qtbot, window_open, "rotate")
        if steps:
            fill(dialog)
            qtbot.waitUntil(dialog.show_words.isVisible)
        if steps == 2:
            dialog.show_words.next.click()
        dialog.reject()
        assert dialog.show_words.sheet().split("\n\n")[1].strip() == ""
        assert dialog.ask.password.value() == ""
    quiet(qtbot, window_open.context.tasks)
    assert path.read_bytes() == before
    window_open.context.tasks.close()
    reopened(path).close()


def test_stopped_while_it_is_done_the_old_password_stays(qtbot, window_open, tmp_path):
    dialog, sheet = to_the_words(qtbot, window_open)
    before = (tmp_path / "journal.vault").read_bytes()
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(sheet)
    dialog.wanted.connect(dialog.work.halt)  # as a click on Stop would
    dialog.type_words.next.click()
    qtbot.waitUntil(lambda: bool(dialog.banner.text))
    assert "Nothing was changed" in dialog.banner.text
    assert dialog.type_words.isVisible()
    assert (tmp_path / "journal.vault").read_bytes() == before
    assert names(window_open) == []
    dialog.wanted.disconnect(dialog.work.halt)
    dialog.type_words.next.click()
    qtbot.waitUntil(dialog.done_.isVisible)
    dialog.accept()


def test_closed_too_late_the_window_says_that_it_is_done(qtbot, window_open):
    dialog, sheet = to_the_words(qtbot, window_open)
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(sheet)
    dialog.work.halt = dialog.work.show  # it was under the old name already when it was asked to stop
    dialog.type_words.next.click()
    dialog.reject()
    qtbot.waitUntil(lambda: window_open.banner.text == DONE)


def test_locked_meanwhile_it_closes_and_the_journal_is_whole(qtbot, window_open, tmp_path, replaced):
    dialog, sheet = to_the_words(qtbot, window_open)
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(sheet)
    dialog.type_words.next.click()
    window_open.lock()
    qtbot.waitUntil(lambda: bool(replaced))
    found = []
    for secret in (PASSWORD, OTHER):
        try:
            JournalService.open(tmp_path / "journal.vault", password=secret, state_dir=tmp_path / "state").close()
        except WrongPassword:
            continue
        found.append(secret)
    assert len(found) == 1


def test_older_backups_are_offered_for_removal(qtbot, window_open):
    write(qtbot, window_open, "Kept")
    ask(qtbot, window_open, JournalService.back_up_now)
    before = {one.path for one in ask(qtbot, window_open, JournalService.backups).backups}
    dialog, sheet = to_the_words(qtbot, window_open)
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(sheet)
    dialog.type_words.next.click()
    qtbot.waitUntil(dialog.done_.isVisible)
    assert "still open" in dialog.done_.about.text()
    dialog.done_.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert "A new backup was made" in dialog.banner.text
    after = {one.path for one in ask(qtbot, window_open, JournalService.backups).backups}
    assert len(after) == 1
    assert not after & before
    dialog.accept()


# -- removed entries -------------------------------------------------------------------------------------------------


def test_removed_entries_are_listed_and_come_back(qtbot, window_open):
    first, second, _ = write(qtbot, window_open, "By the sea", "In the wood", "Kept")
    remove(qtbot, window_open, first, second)
    dialog = opened(qtbot, window_open, "removed")
    assert isinstance(dialog, RemovedDialog)
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert {line.split("\n")[0] for line in lines} == {"Journal page: By the sea", "Journal page: In the wood"}
    assert all(line.endswith("Removed today") for line in lines)
    chosen = lines[dialog.list.currentRow()].split("\n")[0].removeprefix("Journal page: ")
    dialog.back.click()
    quiet(qtbot, window_open.context.tasks)
    assert dialog.list.count() == 1
    titles = {row.title for row in ask(qtbot, window_open, JournalService.rows)}
    assert titles == {"Kept", chosen}
    assert window_open.menu_actions["undo"].text() == "Undo bringing back the journal page"
    dialog.reject()


def test_one_or_all_go_for_good_after_one_question(qtbot, window_open, prompter):
    eids = write(qtbot, window_open, "One", "Two", "Three")
    remove(qtbot, window_open, *eids)
    dialog = opened(qtbot, window_open, "removed")
    prompter.answers = [False, True, True]
    dialog.purge.click()
    quiet(qtbot, window_open.context.tasks)
    assert dialog.list.count() == 3
    dialog.purge.click()
    quiet(qtbot, window_open.context.tasks)
    assert dialog.list.count() == 2
    assert "1 entry left the file for good." in dialog.banner.text
    assert "cannot be undone" in prompter.asked[-1][2]
    dialog.purge_all.click()
    quiet(qtbot, window_open.context.tasks)
    assert prompter.asked[-1][1] == "Remove 2 entries for good?"
    assert dialog.list.isHidden()
    assert ask(qtbot, window_open, JournalService.removed) == ()
    assert ask(qtbot, window_open, JournalService.undo) is None
    dialog.reject()


def test_the_backups_can_go_along(qtbot, window_open, prompter):
    eids = write(qtbot, window_open, "One")
    ask(qtbot, window_open, JournalService.back_up_now)
    remove(qtbot, window_open, *eids)
    dialog = opened(qtbot, window_open, "removed")
    assert dialog.backups.isHidden()
    prompter.answers = [True, True]
    dialog.purge.click()
    quiet(qtbot, window_open.context.tasks)
    dialog.backups.click()
    quiet(qtbot, window_open.context.tasks)
    assert "A new backup was made" in dialog.banner.text
    assert len(ask(qtbot, window_open, JournalService.backups).backups) == 1
    dialog.reject()


def test_where_nothing_was_removed_it_says_so(qtbot, window_open):
    dialog = opened(qtbot, window_open, "removed")
    assert dialog.list.isHidden()
    assert dialog.back.isHidden()
    assert dialog.close_.isVisible()
    dialog.reject()


# -- how it looks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "scale"), [(Scheme.LIGHT, 100), (Scheme.DARK, 200)])
def test_nothing_is_clipped(qtbot, window_open, theme, prompter, clock, scheme, scale):
    window = window_open
    theme.apply(scheme, scale)
    window.resize(900, 600)
    eids = write(qtbot, window, "A title that is so long that it does not fit into one line of the list " * 3, "Two")
    ask(qtbot, window, JournalService.back_up_now)
    remove(qtbot, window, *eids)
    seen = []

    def look(shown) -> None:
        QApplication.processEvents()
        QApplication.processEvents()
        seen.extend(faults(shown))

    dialog = opened(qtbot, window, "removed")
    look(dialog)
    prompter.answers = [True]
    dialog.purge.click()
    quiet(qtbot, window.context.tasks)
    look(dialog)
    dialog.reject()
    dialog = opened(qtbot, window, "rotate")
    look(dialog)
    fill(dialog, "wrong password")
    quiet(qtbot, window.context.tasks)
    look(dialog)
    fill(dialog)
    qtbot.waitUntil(dialog.show_words.isVisible)
    look(dialog)
    dialog.show_words.next.click()
    look(dialog)
    dialog.type_words.words.edit.setPlainText(dialog.show_words.sheet().split("\n\n")[1])
    dialog.type_words.next.click()
    qtbot.waitUntil(dialog.done_.isVisible)
    look(dialog)
    dialog.accept()
    dialog = trial(qtbot, window, clock)
    dialog.next.click()
    quiet(qtbot, window.context.tasks)
    look(dialog)
    dialog.reject()
    later(qtbot, window, clock, 2)
    look(window)
    assert seen == []


def test_no_secret_is_left_in_a_closed_dialog(qtbot, window_open):
    dialog, sheet = to_the_words(qtbot, window_open)
    dialog.reject()
    held = re.sub("<[^<>]*>", "", " ".join(str(value) for value in vars(dialog).values()))  # "object at" is no secret
    assert not any(word in held for word in words_alone(sheet).split() if len(word) > 5)
    assert PASSWORD not in held
    assert Path(str(window_open.context.settings.last_journal)).exists()
