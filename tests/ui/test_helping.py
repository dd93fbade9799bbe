"""Help from everywhere: it asks no password, shows nothing of a journal, and leaves open what is behind it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from journal.records import Person
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import PASSWORD, answer, quiet, settled, type_password
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import no_room, save, shown
from tests.ui.test_share_faults import read_in, received  # noqa: F401 (a fixture)
from tests.ui.two_computers import bring
from ui import audit
from ui.context import Context
from ui.pages.help import HelpPage
from ui.places import Place
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Scheme
from ui.window import MainWindow

ANA = Person(name="Ana", reach="030 555 01", notes="up late", without_password=True)
BEN = Person(name="Ben", reach="030 555 02")


@pytest.fixture
def device(tmp_path: Path) -> Path:
    """The folder of the device's settings."""
    return tmp_path / "config"


@pytest.fixture
def context(qtbot: Any, theme: Any, clock: Any, prompter: Any, device: Path) -> Iterator[Context]:
    """As usual, with settings that are kept in a file."""
    tasks = VaultTasks()
    yield Context(tasks, prompter, theme, DeviceSettings(device / "device.json"), clock)
    tasks.close()
    QApplication.processEvents()
    tasks.deleteLater()


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]


def page_of(window: MainWindow) -> HelpPage:
    """The page without a journal, which has to be shown."""
    page = window.rooms.currentWidget()
    assert isinstance(page, HelpPage)
    return page


def kept_outside(device: Path) -> bytes:
    """All that the folder of the settings holds."""
    return b"".join(path.read_bytes() for path in device.rglob("*") if path.is_file())


# -- before unlocking ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["link", "menu", "keys"])
def test_it_is_there_before_any_journal(qtbot, window: MainWindow, way: str) -> None:
    if way == "link":
        assert window.welcome.help_link.isVisible()
        window.welcome.help_link.click()
    elif way == "menu":
        window.menu_actions["help"].trigger()
    else:
        press(qtbot, window, "Shift+F1")
    page = page_of(window)
    assert "This program cannot call anyone for you, and sends nothing." in texts(page)
    assert not window.context.tasks.is_open
    assert window.menu_actions["back"].isEnabled()
    press(qtbot, window, "Escape")
    assert window.rooms.currentWidget() is window.welcome
    assert not window.menu_actions["back"].isEnabled()


@pytest.mark.parametrize("way", ["keys", "menu", "arrow"])
def test_it_leads_back_to_what_was_typed(qtbot, window: MainWindow, way: str) -> None:
    window.begin()
    window.welcome.create.password.edit.setText("half a password")
    window.welcome.help_link.click()
    page = page_of(window)
    if way == "keys":
        press(qtbot, window, "Alt+Left")
    elif way == "menu":
        window.menu_actions["back"].trigger()
    else:
        page.back.emit()
    assert window.rooms.currentWidget() is window.welcome
    assert window.welcome.create.password.value() == "half a password"


def test_asking_twice_shows_it_once(qtbot, window: MainWindow) -> None:
    window.menu_actions["help"].trigger()
    window.menu_actions["help"].trigger()
    press(qtbot, window, "Escape")
    assert window.rooms.currentWidget() is window.welcome


def test_it_stands_before_the_recovery_words_are_proved(qtbot, window: MainWindow, tmp_path: Path) -> None:
    window.begin()
    window.welcome.create.set_path(tmp_path / "journal.vault")
    type_password(window.welcome.create, PASSWORD)
    window.welcome.create.next.click()
    qtbot.waitUntil(lambda: window.welcome.step is window.welcome.show_words, timeout=20_000)
    window.menu_actions["help"].trigger()
    assert page_of(window).isVisible()
    press(qtbot, window, "Escape")
    assert window.welcome.step is window.welcome.show_words


def test_whoever_waits_for_the_journal_goes_on_reading(qtbot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "journal.vault"
    JournalService.create(path, PASSWORD, profile=FAST, state_dir=tmp_path / "state")[0].close()
    window.offer(path)
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    window.menu_actions["help"].trigger()
    settled(qtbot, window)
    assert window.stack.place == Place("help")
    assert window.stack.currentWidget().isVisible()


def test_the_country_is_chosen_once(qtbot, window: MainWindow) -> None:
    window.menu_actions["help"].trigger()
    lines = page_of(window).lines
    lines.country.setCurrentIndex(lines.country.findData("GB"))
    lines.country.activated.emit(lines.country.currentIndex())
    assert "116 123" in texts(page_of(window)) and "999" in texts(page_of(window))
    press(qtbot, window, "Escape")
    window.menu_actions["help"].trigger()
    assert page_of(window).lines.country.currentData() == "GB"
    assert window.context.settings.country == "GB"


# -- over a share, and under the cover -------------------------------------------------------------------------------


def test_a_share_that_is_read_stays_open_behind_it(qtbot, window: MainWindow, received) -> None:  # noqa: F811
    page = read_in(qtbot, window, received)
    press(qtbot, window, "Shift+F1")
    assert page_of(window) is not page
    assert window.idle.timer.isActive()
    press(qtbot, window, "Escape")
    assert window.rooms.currentWidget() is page
    assert page.view._payload is not None


@pytest.mark.parametrize("way", ["idling", "keys"])
def test_a_share_behind_it_is_locked_all_the_same(qtbot, window, received, replaced, way: str) -> None:  # noqa: F811
    page = read_in(qtbot, window, received)
    window.menu_actions["help"].trigger()
    assert window.menu_actions["lock"].isEnabled()
    window.idle.due.emit() if way == "idling" else press(qtbot, window, "Ctrl+L")
    assert replaced == [None]
    assert page.view._payload is None


def test_under_the_cover_nothing_of_the_journal_is_shown(qtbot, window_open: MainWindow) -> None:
    window = window_open
    save(qtbot, window, BEN)
    page = go(qtbot, window, Place("write", kind="page"))
    page.editor.insertPlainText("a text there is no room for")
    with no_room():
        window.lock()
        qtbot.waitUntil(window.cover.help_link.isVisible, timeout=10_000)
        window.cover.help_link.click()
        shown = page_of(window)
        assert "Ben" not in texts(shown)
        press(qtbot, window, "Escape")
        assert window.rooms.currentWidget() is window.cover
    window.cover.stay.emit()


# -- in the open journal ---------------------------------------------------------------------------------------------


def test_with_a_journal_it_is_a_place_and_shows_everybody(qtbot, window_open: MainWindow) -> None:
    for person in (BEN, ANA):
        save(qtbot, window_open, person)
    press(qtbot, window_open, "Shift+F1")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("help")
    shown = texts(window_open.stack.currentWidget())
    assert shown.index("Ana") < shown.index("Ben")
    assert "030 555 02" in shown and "up late" in shown


# -- who is shown before unlocking -----------------------------------------------------------------------------------


def test_nobody_leaves_the_journal_who_was_not_ticked(qtbot, window_open: MainWindow, device: Path) -> None:
    save(qtbot, window_open, BEN)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.context.settings.people.all() == ()
    assert not (device / "people.json").exists()
    assert b"Ben" not in kept_outside(device) and b"030 555 02" not in kept_outside(device)


def test_who_was_ticked_is_shown_by_name_and_number_alone(qtbot, window_open: MainWindow, device: Path) -> None:
    page = go(qtbot, window_open, Place("edit-person"))
    page.name.setText("Ana")
    page.reach.setText("030 555 01")
    page.notes.setText("up late")
    assert "Name and number can then be read on this computer without your password." in texts(page)
    page.outside.click()
    quiet(qtbot, window_open.context.tasks)
    assert not (device / "people.json").exists()  # a tick that is not saved yet
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert DeviceSettings(device / "device.json").people.all() == (("Ana", "030 555 01"),)
    assert b"up late" not in kept_outside(device)


Do = Callable[[Any, MainWindow, str], None]


def _untick(qtbot: Any, window: MainWindow, eid: str) -> None:
    page = go(qtbot, window, Place("edit-person", eid=eid))
    page.outside.click()
    page.save.click()


def _remove(qtbot: Any, window: MainWindow, eid: str) -> None:
    go(qtbot, window, Place("edit-person", eid=eid)).remove.click()


def _undo(qtbot: Any, window: MainWindow, _eid: str) -> None:
    go(qtbot, window, Place("today"))
    window.menu_actions["undo"].trigger()


@pytest.mark.parametrize("do", [_untick, _remove, _undo])
def test_it_goes_at_once_and_comes_back_with_undo(qtbot, window_open: MainWindow, device: Path, do: Do) -> None:
    eid = save(qtbot, window_open, ANA)
    quiet(qtbot, window_open.context.tasks)
    assert b"Ana" in kept_outside(device)
    do(qtbot, window_open, eid)
    quiet(qtbot, window_open.context.tasks)
    assert b"Ana" not in kept_outside(device)
    window_open.menu_actions["redo" if do is _undo else "undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert b"Ana" in kept_outside(device)


def test_what_another_computer_unticked_goes_with_the_merge(
    qtbot, window_open: MainWindow, tmp_path: Path, device: Path
) -> None:
    eid = save(qtbot, window_open, ANA)
    there = tmp_path / "there.vault"
    shutil.copy(tmp_path / "journal.vault", there)
    other = JournalService.open(there, password=PASSWORD, state_dir=tmp_path / "other")
    other.delete(eid)
    other.close()
    quiet(qtbot, window_open.context.tasks)
    assert b"Ana" in kept_outside(device)
    ask(qtbot, window_open, partial(bring, path=there))
    quiet(qtbot, window_open.context.tasks)
    assert b"Ana" not in kept_outside(device)


def _closed(path: Path, person: Person, tmp_path: Path) -> None:
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, state_dir=tmp_path / "state")
    service.save(person)
    service.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_opening_brings_it_up_to_date_unless_it_only_reads(
    qtbot, window: MainWindow, tmp_path: Path, device: Path, read_only: bool
) -> None:
    path = tmp_path / "journal.vault"
    _closed(path, ANA, tmp_path)
    window.offer(path)
    window.welcome._open(window.welcome.unlock, password=PASSWORD, read_only=read_only)
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    assert window.context.settings.people.all() == (() if read_only else (("Ana", "030 555 01"),))


def test_it_is_shown_before_unlocking_and_can_be_copied(qtbot, window: MainWindow, device: Path) -> None:
    window.context.settings.people.keep("some journal", (("Ana", "030 555 01"), ("", "030 555 03")))
    window.menu_actions["help"].trigger()
    page = page_of(window)
    assert "Ana" in texts(page) and "030 555 01" in texts(page) and "030 555 03" in texts(page)
    number = next(made for made in page.findChildren(QLabel) if made.text() == "030 555 01")
    assert number.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert number.font().pixelSize() >= 20
    number.parentWidget().copy.click()
    assert QApplication.clipboard().text() == "030 555 01"
    assert "030 555 01 is copied." in page.banner.text


def test_they_can_be_taken_away_without_their_journal(qtbot, window: MainWindow, device: Path, prompter) -> None:
    window.context.settings.people.keep("a journal that is gone", (("Ana", "030 555 01"),))
    window.menu_actions["help"].trigger()
    page = page_of(window)
    QApplication.processEvents()
    prompter.answers = [False, True]
    shown(page, "Take these away from this computer").click()
    assert "Ana" in texts(page) and b"Ana" in kept_outside(device)
    shown(page, "Take these away from this computer").click()
    assert "Ana" not in texts(page) and b"Ana" not in kept_outside(device)
    left = [made.text() for made in page.findChildren(QPushButton) if made.isVisible()]
    assert "Take these away from this computer" not in left
    assert len(prompter.asked) == 2 and not any("Ana" in text for asked in prompter.asked for text in asked)


def test_where_they_cannot_be_taken_away_it_is_told(qtbot, window: MainWindow, device: Path, prompter) -> None:
    window.context.settings.people.keep("a journal that is gone", (("Ana", "030 555 01"),))
    window.menu_actions["help"].trigger()
    page = page_of(window)
    QApplication.processEvents()
    (device / "people.json").unlink()
    (device / "people.json").mkdir()
    prompter.answers = [True]
    shown(page, "Take these away from this computer").click()
    assert "could not be taken away" in page.banner.text


def test_where_it_cannot_be_written_it_is_told(qtbot, window_open: MainWindow, device: Path) -> None:
    shutil.rmtree(device, ignore_errors=True)
    device.write_text("a file where the folder was")
    save(qtbot, window_open, ANA)
    quiet(qtbot, window_open.context.tasks)
    assert "could not be brought up to date" in window_open.banner.text


# -- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [(Scheme.LIGHT, 100, (1120, 760)), (Scheme.DARK, 200, (900, 600)), (Scheme.LIGHT, 100, (480, 600))],
)
def test_without_a_journal_all_of_it_can_be_read(
    qtbot, window: MainWindow, theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    window.resize(*size)
    window.context.settings.people.keep("some journal", (("Ana of the long name", "+49 170 1234567 89"),))
    window.context.settings.update(country="DE")
    window.menu_actions["help"].trigger()
    page = page_of(window)
    for jump in ("people", "lines", "grounding"):
        page.jumps[jump].click()
        answer(qtbot, partial(window.context.tasks.run, bool))
        QApplication.processEvents()
        assert audit.faults(window) == []
