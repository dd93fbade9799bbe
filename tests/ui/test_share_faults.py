"""Sharing at the window: nothing that was chosen or shown once is lost, and nothing that was read stays open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.share import Selection, build, envelope, generate_passphrase
from journal.share.file import pack
from tests.ui.conftest import NOW, PASSWORD, quiet, settled, type_password
from tests.ui.hands import press
from ui.window import MainWindow

WORDS = "ocean-title-lamp-snow-corridor-kettle-dog-stay"


@pytest.fixture(scope="session")
def received(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A share that somebody sent, and its words."""
    record = Experience(at=Moment(NOW), title="The coat", text="I saw the hook.")
    payload = build(Selection(eids=frozenset({"a"})), [("a", record)], FixedClock(NOW))
    path, words = tmp_path_factory.mktemp("received") / "share.age", generate_passphrase()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(envelope, "USUAL_WORK", 10)  # a passphrase as quickly tried as other programs allow
        path.write_bytes(envelope.seal_with_passphrase(pack(payload), words, max_work=9))
    return path, words


def read_in(qtbot, window: MainWindow, received: tuple[Path, str]) -> Any:
    """Read a share without a journal; its page."""
    path, words = received
    window.open_file(path)
    quiet(qtbot, window.context.tasks)
    page = window._reading
    qtbot.keyClicks(page.words, words)
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    quiet(qtbot, window.context.tasks)
    assert "The coat" in said(window)
    return page


def said(window: MainWindow) -> str:
    """Every text of the window, shown or hidden."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return " ".join(made.text() for made in window.findChildren(QLabel))


# -- read without a journal ------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["Escape", "Alt+Left"])
def test_going_back_closes_a_share_read_without_a_journal(qtbot, window: MainWindow, received, keys: str) -> None:
    page = read_in(qtbot, window, received)
    press(qtbot, window, keys)
    qtbot.waitUntil(lambda: window.rooms.currentWidget() is window.welcome)
    qtbot.waitUntil(lambda: "The coat" not in said(window))
    assert page.view._payload is None
    assert not window.idle.timer.isActive()
    assert not window.menu_actions["lock"].isEnabled()
    window.welcome.choose.share.click()
    assert page.choose.isVisible()
    assert not page.words.isVisible()
    window.open_file(received[0])
    quiet(qtbot, window.context.tasks)
    assert page.words.isVisible()
    assert page.words.text() == ""


def test_a_journal_offered_meanwhile_closes_the_share(qtbot, window: MainWindow, received, tmp_path: Path) -> None:
    page = read_in(qtbot, window, received)
    window.open_file(tmp_path / "journal.vault")
    assert window.rooms.currentWidget() is window.welcome
    assert page.view._payload is None


@pytest.mark.parametrize("way", ["keys", "idling", "desktop"])
def test_a_share_read_without_a_journal_is_locked(qtbot, window: MainWindow, received, replaced, way: str) -> None:
    page = read_in(qtbot, window, received)
    assert window.idle.timer.isActive()
    if way == "keys":
        press(qtbot, window, "Ctrl+L")
    else:
        (window.idle if way == "idling" else window.desktop).due.emit()
    assert replaced == [None]  # before the choice, as it was
    assert page.view._payload is None
    assert not window.isVisible()


def test_a_share_waits_until_the_recovery_words_are_proved(
    qtbot, window: MainWindow, received, tmp_path: Path
) -> None:
    window.begin()
    window.welcome.create.set_path(tmp_path / "journal.vault")
    type_password(window.welcome.create, PASSWORD)
    window.welcome.create.next.click()
    qtbot.waitUntil(lambda: window.welcome.step is window.welcome.show_words, timeout=20_000)
    words = window.welcome.show_words.sheet()
    window.open_file(received[0])
    assert "Prove the recovery words" in window.welcome.show_words.banner.text
    assert window.welcome.show_words.sheet() == words
    window.welcome.show_words.next.click()
    window.welcome.type_words.words.edit.setPlainText(words.split("\n\n")[1])
    window.open_file(received[0])
    assert window.welcome.type_words.words.edit.toPlainText() == words.split("\n\n")[1]
    window.welcome.type_words.next.click()
    settled(qtbot, window)
    window.open_file(received[0])
    quiet(qtbot, window.context.tasks)
    assert window.stack.place.name == "review"
    assert window.stack.page("review").words.isVisible()
