"""Reading a share: opening it by its words as people type them, and saying so when it does not open."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from journal.clock import FixedClock
from journal.records import Experience, Moment
from journal.service import JournalService
from journal.share import Selection, build, envelope, generate_identity, generate_passphrase, read_share, write_share
from journal.share.file import pack
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from ui.pages.review import ReviewPage
from ui.places import Place
from ui.window import MainWindow

WORDS = "ocean-title-lamp-snow-corridor-kettle-dog-stay"
FOLDER = Path(__file__).resolve().parents[2] / "vectors"


@pytest.fixture(scope="session")
def shares(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A share with a passphrase, one for somebody else's address, and files that are none."""
    folder = tmp_path_factory.mktemp("shares")
    record = Experience(at=Moment(NOW), title="The coat", text="I saw the hook.")
    payload = build(Selection(eids=frozenset({"a"}), sender="Jona"), [("a", record)], FixedClock(NOW))
    made = {name: folder / f"{name}.age" for name in ("words", "address", "damaged", "foreign", "short")}
    passphrase = generate_passphrase()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(envelope, "USUAL_WORK", 10)  # a passphrase as quickly tried as other programs allow
        made["words"].write_bytes(envelope.seal_with_passphrase(pack(payload), passphrase, max_work=9))
    (folder / "passphrase").write_text(passphrase)
    write_share(made["address"], payload, recipients=(generate_identity().recipient,))
    whole = made["words"].read_bytes()
    made["damaged"].write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:])
    made["foreign"].write_bytes(b"%PDF-1.7 this is something else")
    made["short"].write_bytes(whole[:60])
    return made


@pytest.fixture
def words(shares: dict[str, Path]) -> str:
    return (shares["words"].parent / "passphrase").read_text()


@pytest.fixture
def page(qtbot, window_open: MainWindow) -> ReviewPage:
    return go(qtbot, window_open, Place("review"))


def offer(qtbot, page: ReviewPage, path: Path) -> None:
    page.open_file(path)
    quiet(qtbot, page.context.tasks)


def say(qtbot, page: ReviewPage, words: str) -> None:
    page.words.clear()
    qtbot.keyClicks(page.words, words)
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    quiet(qtbot, page.context.tasks)


@pytest.mark.parametrize(
    "typed",
    [str, lambda words: f"  {words.title().replace('-', '  ')} ", lambda words: words.upper().replace("-", ", ")],
    ids=["as made", "capitals and spaces", "commas"],
)
def test_the_words_open_it_however_they_are_typed(qtbot, page: ReviewPage, shares, words: str, typed) -> None:
    offer(qtbot, page, shares["words"])
    assert page._file.text() == "words.age"
    assert page.words.hasFocus()
    say(qtbot, page, typed(words))
    assert page.stack.currentIndex() == 1
    assert page.words.text() == ""
    assert page.view._payload == read_share(shares["words"], passphrase=words).payload


def test_wrong_words_say_so_and_can_be_mended(qtbot, page: ReviewPage, shares, words: str) -> None:
    offer(qtbot, page, shares["words"])
    say(qtbot, page, WORDS)
    assert "does not open this file" in page.banner.text
    assert page.stack.currentIndex() == 0
    assert page.words.text() == WORDS
    assert page.open.isEnabled()
    say(qtbot, page, words)
    assert page.stack.currentIndex() == 1


@pytest.mark.parametrize(
    ("name", "told"), [("foreign", "not a share"), ("short", "damaged"), ("gone", "no file with this name")]
)
def test_a_file_that_is_no_share_is_told(qtbot, page: ReviewPage, shares, tmp_path, name: str, told: str) -> None:
    offer(qtbot, page, shares["words"])
    offer(qtbot, page, shares.get(name, tmp_path / "gone.age"))
    assert told in page.banner.text
    assert not page.words.isVisible()  # the words are asked for no file but the one named
    assert page.choose.isEnabled()


def test_a_damaged_share_is_told_after_its_words(qtbot, page: ReviewPage, shares, words: str) -> None:
    offer(qtbot, page, shares["damaged"])
    say(qtbot, page, words)
    assert "damaged or incomplete" in page.banner.text
    assert page.stack.currentIndex() == 0


def test_a_share_for_another_address_is_told(qtbot, page: ReviewPage, shares) -> None:
    offer(qtbot, page, shares["address"])
    assert "made for another address" in page.banner.text
    assert not page.words.isVisible()


def test_a_share_for_an_address_needs_the_journal_that_has_it(qtbot, window: MainWindow, shares) -> None:
    window.open_file(shares["address"])
    assert not window._reading._address_card.isVisible()
    quiet(qtbot, window.context.tasks)
    assert window.rooms.currentWidget() is window.welcome
    assert window.welcome.waiting.path == shares["address"]


def test_a_share_for_this_journal_s_address_opens_at_once(
    qtbot, window_open: MainWindow, page: ReviewPage, tmp_path: Path
) -> None:
    qtbot.mouseClick(page._make_address, Qt.MouseButton.LeftButton)
    quiet(qtbot, page.context.tasks)
    address = page._address.text()
    assert address.startswith("age1")
    qtbot.mouseClick(page._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == address
    record = Experience(at=Moment(NOW), text="to myself")
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    path = tmp_path / "mine.age"
    op = partial(
        JournalService.write_share, selection=Selection(eids=frozenset({eid})), path=path, recipients=(address,)
    )
    ask(qtbot, window_open, op)
    offer(qtbot, page, path)
    assert page.stack.currentIndex() == 1
    assert page.view._payload.writings[0].text == "to myself"


def test_closing_forgets_it(qtbot, window_open: MainWindow, page: ReviewPage, shares, words: str) -> None:
    before = ask(qtbot, window_open, JournalService.items)
    offer(qtbot, page, shares["words"])
    say(qtbot, page, words)
    close = next(made for made in page.findChildren(QPushButton) if made.text() == "Close this share")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert page.stack.currentIndex() == 0
    assert page.view._payload is None
    assert page.words.text() == ""
    assert not page.words.isVisible() and not page._file.isVisible()
    assert page.choose.hasFocus()
    assert ask(qtbot, window_open, JournalService.items) == before


def test_another_share_opened_while_one_is_read_is_asked_for(
    qtbot, window_open: MainWindow, page: ReviewPage, shares, words: str
) -> None:
    offer(qtbot, page, shares["words"])
    say(qtbot, page, words)
    window_open.open_file(shares["damaged"])
    quiet(qtbot, page.context.tasks)
    assert page.stack.currentIndex() == 0
    assert page.words.isVisible()
    assert page._file.text() == "damaged.age"


def test_chosen_by_dialog_or_dropped(
    qtbot, window_open: MainWindow, page: ReviewPage, shares, prompter: FakePrompter
) -> None:
    prompter.answers = [None, shares["words"]]
    qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
    assert not page.words.isVisible()
    qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
    quiet(qtbot, page.context.tasks)
    assert page.words.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(shares["damaged"]))])
    hand = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over = QDragEnterEvent(QPoint(5, 5), *hand)
    QApplication.sendEvent(page, over)
    assert over.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), *hand))
    quiet(qtbot, page.context.tasks)
    assert page._file.text() == "damaged.age"


def test_an_answer_for_a_file_chosen_before_is_not_shown(qtbot, page: ReviewPage, shares, words: str) -> None:
    offer(qtbot, page, shares["words"])
    qtbot.keyClicks(page.words, words)
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    page.open_file(shares["damaged"])  # before the first was opened
    quiet(qtbot, page.context.tasks)
    assert page.stack.currentIndex() == 0
    assert page._file.text() == "damaged.age"
    assert page.view._payload is None


def test_the_share_of_the_format_s_own_files_opens(qtbot, page: ReviewPage) -> None:
    told = json.loads((FOLDER / "share-v1.json").read_text("utf-8"))
    offer(qtbot, page, FOLDER / "share-v1-passphrase.age")
    qtbot.keyClicks(page.words, told["passphrase"])
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1, timeout=60_000)  # with age's own work: a second or more
