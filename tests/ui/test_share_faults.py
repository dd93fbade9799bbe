"""Sharing at the window: nothing that was chosen or shown once is lost, and nothing that was read stays open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import Selection, build, envelope, generate_passphrase, read_share
from journal.share.file import pack
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled, type_password
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press, reopened
from tests.ui.pages.hands import save, shown
from tests.ui.pages.sharing import on, step, tick
from ui import audit
from ui.context import Context
from ui.pages.share import CHOOSE, DONE, PREVIEW, READER, SharePage
from ui.places import Place
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.window import MainWindow


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


# -- what was begun, and the words -----------------------------------------------------------------------------


@pytest.fixture
def sharing(qtbot, window_open: MainWindow) -> tuple[SharePage, str]:
    """Share, in a journal with one text; and that text's id."""
    eid = save(qtbot, window_open, JournalPage(at=Moment(NOW), title="The door", text="It stood open."))
    return go(qtbot, window_open, Place("share")), eid


def fill(qtbot, page: SharePage, eid: str) -> None:
    """Tick and type all there is."""
    tick(page, eid)
    page.choose.switches["include_tags"].click()
    on(qtbot, page)
    qtbot.keyClicks(page.reader.to, "Dr Amsel")
    qtbot.keyClicks(page.reader.sender, "Jona")
    qtbot.keyClicks(page.reader.talk_about, "the door")
    page.reader.recipient_choice.click()
    qtbot.keyClicks(page.reader.recipient, "age1half")


def again(qtbot, made: Any, path: Path) -> SharePage:
    """Unlock in another window, as the next process does, and open Share."""
    made.offer(path)
    made.welcome.unlock.password.edit.setText(PASSWORD)
    made.welcome.unlock.next.click()
    settled(qtbot, made)
    return go(qtbot, made, Place("share"))


@pytest.fixture
def next_window(qtbot, theme, clock, prompter: FakePrompter, tmp_path: Path) -> Any:
    """The window of the process that comes after locking."""
    made = MainWindow(
        Context(VaultTasks(), prompter, theme, DeviceSettings(), clock),
        options={"profile": FAST, "state_dir": tmp_path / "state"},
        replace=lambda _path: None,
    )
    made.resize(1120, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.idle.stop()
    made.context.tasks.close()
    QApplication.processEvents()
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("way", ["lock", "close"])
def test_what_was_begun_is_back_after_leaving(
    qtbot, window_open: MainWindow, sharing, next_window: MainWindow, tmp_path: Path, way: str
) -> None:
    page, eid = sharing
    fill(qtbot, page, eid)
    getattr(window_open, way)()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=10_000)
    service = reopened(tmp_path / "journal.vault")
    assert service.drafts() == ()  # it is no text that was left unfinished
    assert [item.record.kind for item in service.items() if item.record.kind == "page"] == ["page"]
    service.close()
    back = again(qtbot, next_window, tmp_path / "journal.vault")
    assert back.choose.model.ticked() == {eid}
    assert back.choose.switches["include_tags"].isChecked()
    assert back.reader.to.text() == "Dr Amsel"
    assert back.reader.sender.text() == "Jona"
    assert back.reader.talk_about.toPlainText() == "the door"
    assert back.reader.recipient_choice.isChecked()
    assert back.reader.recipient.text() == "age1half"
    assert "here again" in back.banner.text
    shown(back.banner, "Start anew").click()
    quiet(qtbot, next_window.context.tasks)
    assert back.choose.model.ticked() == frozenset()
    assert back.reader.talk_about.toPlainText() == ""
    assert ask(qtbot, next_window, JournalService.unfinished_share) is None


def test_a_browser_that_was_chosen_is_chosen_again(
    qtbot, window_open: MainWindow, sharing, next_window: MainWindow, tmp_path: Path
) -> None:
    page, eid = sharing
    tick(page, eid)
    on(qtbot, page)
    page.reader.browser.click()
    window_open.lock()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=10_000)
    back = again(qtbot, next_window, tmp_path / "journal.vault")
    assert back.reader.browser.isChecked()
    assert back.reader.recipients == ()


def test_what_was_begun_is_sealed_after_a_pause_and_goes_when_it_is_undone(
    qtbot, window_open: MainWindow, sharing
) -> None:
    page, eid = sharing
    tick(page, eid)
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.unfinished_share).eids == (eid,)
    page.choose.clear.click()
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.unfinished_share) is None


@pytest.fixture
def quick(monkeypatch) -> None:
    monkeypatch.setattr(envelope, "USUAL_WORK", 10)  # a passphrase as quickly tried as other programs allow


@pytest.fixture
def ready(qtbot, sharing, quick, prompter: FakePrompter, tmp_path: Path) -> SharePage:
    """Before “Make the file…”."""
    page, eid = sharing
    tick(page, eid)
    on(qtbot, page, 2)
    assert step(page) == PREVIEW
    prompter.answers = [tmp_path / "mine.age"]
    return page


def test_the_words_stay_until_they_are_put_away(qtbot, window_open: MainWindow, ready: SharePage, tmp_path) -> None:
    ready.next.click()
    window_open.stack.go(Place("today"))
    go(qtbot, window_open, Place("share"))
    qtbot.waitUntil(lambda: step(ready) == DONE, timeout=60_000)
    words = ready.done.words.text()
    go(qtbot, window_open, Place("today"))
    go(qtbot, window_open, Place("share"))
    assert ready.done.words.text() == words
    assert read_share(tmp_path / "mine.age", passphrase=words).payload.writings[0].title == "The door"
    on(qtbot, ready)
    assert step(ready) == CHOOSE
    assert ready.done.words.text() == ""
    assert ask(qtbot, window_open, JournalService.unfinished_share) is None


@pytest.mark.parametrize("when", ["while it is made", "while they are shown"])
def test_locking_does_not_lose_the_words(
    qtbot, window_open: MainWindow, ready: SharePage, next_window: MainWindow, tmp_path: Path, when: str
) -> None:
    ready.next.click()
    if when == "while they are shown":
        qtbot.waitUntil(lambda: step(ready) == DONE, timeout=60_000)
    window_open.lock()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=60_000)
    back = again(qtbot, next_window, tmp_path / "journal.vault")
    assert step(back) == DONE
    assert str(tmp_path / "mine.age") in said(next_window)
    assert read_share(tmp_path / "mine.age", passphrase=back.done.words.text()).payload == ready._payload
    on(qtbot, back)
    assert ask(qtbot, next_window, JournalService.unfinished_share) is None


def test_a_share_that_could_not_be_made_keeps_its_choices_and_no_words(
    qtbot, window_open: MainWindow, ready: SharePage, next_window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "mine.age").write_text("something else")
    on(qtbot, ready)
    assert "Nothing was overwritten" in ready.banner.text
    assert step(ready) == PREVIEW
    window_open.lock()
    qtbot.waitUntil(lambda: not window_open.isVisible(), timeout=10_000)
    back = again(qtbot, next_window, tmp_path / "journal.vault")
    assert step(back) == CHOOSE
    assert len(back.choose.model.ticked()) == 1
    assert ask(qtbot, next_window, JournalService.unfinished_share).words == ""


# -- in a small window, in large text --------------------------------------------------------------------------


def in_sight(widget: QWidget) -> bool:
    """Whether all of a widget can be seen without scrolling."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(("scale", "size"), [(100, (900, 600)), (200, (900, 600)), (200, (1120, 760))])
def test_the_way_on_and_the_lock_are_always_in_sight(
    qtbot, window_open: MainWindow, sharing, theme, scale: int, size: tuple[int, int]
) -> None:
    page, eid = sharing
    theme.apply(scale=scale)
    window_open.resize(*size)
    tick(page, eid)
    for number in (CHOOSE, READER, PREVIEW):
        assert step(page) == number
        quiet(qtbot, window_open.context.tasks)
        QApplication.processEvents()
        assert in_sight(page.next)
        assert number == CHOOSE or in_sight(page.earlier)
        assert in_sight(window_open.rail.lock_button)
        assert audit.faults(window_open) == []
        if number != PREVIEW:
            on(qtbot, page)


def test_a_long_title_can_be_read_in_full(qtbot, window_open: MainWindow, sharing) -> None:
    page, eid = sharing
    short = page.choose.tree.visualRect(page.choose.model.index_of(eid)).height()
    title = "A title that goes on and on about the corridor, the coat, the hook and the lamp " * 3
    other = save(qtbot, window_open, JournalPage(at=Moment(NOW), title=title.strip(), text="x"))
    tick(page, other)
    QApplication.processEvents()
    index = page.choose.model.index_of(other)
    assert page.choose.tree.visualRect(index).height() > 2 * short
    assert title.strip() in index.data()
    assert title.strip() in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.choose.tree.verticalScrollBar().maximum() == 0
