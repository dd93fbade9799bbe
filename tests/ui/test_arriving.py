"""Shares that come from outside: a double click before the journal is open, and a drop anywhere on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.service import JournalService
from journal.share import Selection, build, write_share
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled, type_password
from tests.ui.hands import press, reopened
from tests.ui.test_share_faults import received  # noqa: F401 (a fixture)
from ui import audit
from ui.theme import Scheme
from ui.window import MainWindow


@pytest.fixture
def mine(clock, tmp_path: Path) -> tuple[Path, Path]:
    """A journal that is closed, and a share made for its address."""
    journal, file = tmp_path / "journal.vault", tmp_path / "from Jona.age"
    service, _ = JournalService.create(journal, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    recipient = service.identity()
    service.close()
    record = Experience(at=Moment(NOW), title="The coat", text="I saw the hook.")
    payload = build(Selection(eids=frozenset({"a"}), sender="Jona"), [("a", record)], FixedClock(NOW))
    write_share(file, payload, recipients=(recipient,))
    return journal, file


def double_click(qtbot, window: MainWindow, journal: Path | None, file: Path) -> None:
    """As the program is started with the file."""
    window.offer(journal)
    window.open_file(file)
    quiet(qtbot, window.context.tasks)


def test_a_share_for_an_address_waits_at_the_password_and_opens_then(qtbot, window: MainWindow, mine) -> None:
    journal, file = mine
    double_click(qtbot, window, journal, file)
    welcome = window.welcome
    assert welcome.waiting.isVisible() and welcome.waiting._name.text() == "A share waits: from Jona.age"
    qtbot.keyClicks(QApplication.focusWidget(), PASSWORD)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(qtbot, window)
    review = window.stack.currentWidget()
    qtbot.waitUntil(lambda: review.view._payload is not None, timeout=10_000)
    assert window.stack.place.name == "review" and review.view._payload.writings[0].title == "The coat"
    assert welcome.waiting.take() is None


def test_a_share_waits_while_another_way_to_a_journal_is_gone(qtbot, window: MainWindow, mine) -> None:
    journal, file = mine
    double_click(qtbot, window, None, file)
    assert window.welcome.step is window.welcome.choose and window.welcome.waiting.isVisible()
    window.offer(journal)
    type_password(window.welcome.unlock, PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.stack.currentWidget().view._payload is not None, timeout=10_000)


def test_not_now_forgets_it(qtbot, window: MainWindow, mine) -> None:
    journal, file = mine
    double_click(qtbot, window, journal, file)
    window.welcome.waiting.forget.click()
    assert not window.welcome.waiting.isVisible()
    type_password(window.welcome.unlock, PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    assert window.stack.place.name == "today"


def test_the_journal_of_another_window_says_to_drop_the_file_there(qtbot, window: MainWindow, mine) -> None:
    journal, file = mine
    open_there = reopened(journal)
    double_click(qtbot, window, journal, file)
    type_password(window.welcome.unlock, PASSWORD)
    window.welcome.unlock.next.click()
    qtbot.waitUntil(lambda: bool(window.welcome.unlock.banner.text), timeout=20_000)
    assert "Drop the file of the share onto that window" in window.welcome.unlock.banner.text
    window.welcome._on_read_only()
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.stack.currentWidget().view._payload is not None, timeout=10_000)
    open_there.close()


def test_words_open_it_at_once_or_the_journal_comes_first(qtbot, window: MainWindow, mine, received) -> None:  # noqa: F811
    double_click(qtbot, window, mine[0], received[0])
    assert window._reading.words.hasFocus() and window._reading.journal_first.isVisible()
    window._reading.journal_first.click()
    assert window.welcome.waiting.isVisible() and window.welcome.unlock.password.edit.hasFocus()
    type_password(window.welcome.unlock, PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    quiet(qtbot, window.context.tasks)
    review = window.stack.currentWidget()
    assert review.words.isVisible() and not review.journal_first.isVisible()


def test_escape_leads_to_the_password_field(qtbot, window: MainWindow, mine, received) -> None:  # noqa: F811
    double_click(qtbot, window, mine[0], received[0])
    press(qtbot, window, "Escape")
    qtbot.waitUntil(lambda: window.rooms.currentWidget() is window.welcome)
    assert window.welcome.unlock.password.edit.hasFocus()


@pytest.mark.parametrize(("scheme", "scale"), [(Scheme.LIGHT, 100), (Scheme.DARK, 200)])
def test_what_waits_has_room(qtbot, window: MainWindow, mine, theme, scheme: Scheme, scale: int) -> None:
    journal, file = mine
    theme.apply(scheme, scale)
    window.resize(900, 600)
    double_click(qtbot, window, journal, file)
    QApplication.processEvents()
    assert audit.faults(window) == []
