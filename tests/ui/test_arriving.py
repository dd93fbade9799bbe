"""Shares that come from outside: a double click before the journal is open, and a drop anywhere on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.service import JournalService
from journal.share import Selection, build, write_share
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled, type_password
from tests.ui.hands import ask, go, press, reopened
from tests.ui.pages.client_hands import entries, share
from tests.ui.test_share_faults import received  # noqa: F401 (a fixture)
from ui import audit
from ui.places import Place
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
    assert welcome.waiting.isVisible() and welcome.waiting._name.text() == "A file waits: from Jona.age"
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
    assert "Drop the file that waits onto that window" in window.welcome.unlock.banner.text
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


# -- dropped on the window ---------------------------------------------------------------------------------------


def for_me(qtbot, window: MainWindow, file: Path, sender: str, days: int = 0) -> None:
    """Put a share of this sender for the open journal's address at this place, in the stead of what is there."""
    here = ask(qtbot, window, JournalService.identity)
    file.unlink(missing_ok=True)
    write_share(file, share(entries(1), sender=sender, days=days), recipients=(here,))


def drop(qtbot, widget: QWidget, file: Path) -> bool:
    """Drop a file onto a widget, as the desktop does; whether anybody took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    flags = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    while widget is not None:
        entered = QDragEnterEvent(QPoint(5, 5), *flags)
        if widget.acceptDrops():
            QApplication.sendEvent(widget, entered)
            if entered.isAccepted():
                QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), *flags))
                return True
        widget = widget.parentWidget()
    return False


def told(qtbot, window: MainWindow) -> str:
    """Whose share is read, once it is."""
    review = window.stack.page("review")
    qtbot.waitUntil(lambda: review.keep.isVisible(), timeout=10_000)
    return review.view._payload.sender


def test_another_file_of_the_same_name_is_read_anew(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "share.age"
    clients = go(qtbot, window_open, Place("clients"))
    for_me(qtbot, window_open, file, "Anna")
    assert drop(qtbot, clients, file)
    assert told(qtbot, window_open) == "Anna"
    review = window_open.stack.page("review")
    review.keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    client = window_open.stack.currentWidget()
    assert drop(qtbot, client, file)
    told(qtbot, window_open)
    assert "kept already" in review.keep.said.text() or "have this share already" in review.keep.said.text()
    for_me(qtbot, window_open, file, "Ben")
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert drop(qtbot, window_open.stack.currentWidget(), file)
    assert told(qtbot, window_open) == "Ben"


def test_who_comes_back_finds_the_share_as_it_was_left(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "share.age"
    for_me(qtbot, window_open, file, "Anna")
    window_open.open_file(file)
    assert told(qtbot, window_open) == "Anna"
    payload = window_open.stack.page("review").view._payload
    go(qtbot, window_open, Place("contacts"))
    file.unlink()
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("review")
    assert window_open.stack.page("review").view._payload is payload


@pytest.mark.parametrize(
    "name", ["today", "journey", "course", "charts", "library", "preferences", "compare", "contacts", "clients"]
)
def test_a_share_dropped_anywhere_is_read(qtbot, window_open: MainWindow, tmp_path: Path, name: str) -> None:
    file = tmp_path / "share.age"
    for_me(qtbot, window_open, file, "Anna")
    assert drop(qtbot, go(qtbot, window_open, Place(name)), file)
    assert told(qtbot, window_open) == "Anna"


def test_a_share_dropped_before_the_journal_is_open_waits(qtbot, window: MainWindow, mine) -> None:
    window.offer(mine[0])
    assert drop(qtbot, window.welcome.unlock.next, mine[1])
    quiet(qtbot, window.context.tasks)
    assert window.welcome.waiting.isVisible()


def test_what_is_no_share_is_not_taken(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7")
    assert not drop(qtbot, go(qtbot, window_open, Place("today")), file)
    window_open.rooms.setCurrentWidget(window_open.cover)
    assert not drop(qtbot, window_open.cover, file.with_suffix(".age"))
