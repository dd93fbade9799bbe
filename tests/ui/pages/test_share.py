"""Sharing: nothing goes along that was not ticked and seen, and nothing that was chosen is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox

from journal.records import Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import envelope, plain_page, read_share
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course as SampleCourse
from tests.ui.pages.hands import read_only, save
from tests.ui.pages.sharing import on, step, texts, tick, to_preview, tops
from ui.pages.share import CHOOSE, DONE, PREVIEW, READER, SharePage
from ui.places import Place
from ui.review.view import ReviewView
from ui.widgets.share_done import ShareDone
from ui.window import MainWindow

Key = Qt.Key


@pytest.fixture
def share(qtbot, course: SampleCourse) -> SharePage:
    return go(qtbot, course.window, Place("share"))


def session_leaf(page: SharePage, top: QModelIndex) -> str:
    """The id of "The session itself" below a session."""
    return page.choose.model.node(page.choose.model.index(0, 0, top)).eid


# -- choosing --------------------------------------------------------------------------------------------------


def test_nothing_is_ticked_at_first(share: SharePage) -> None:
    assert step(share) == CHOOSE
    assert share.choose.model.ticked() == frozenset()
    assert not any(box.isChecked() for box in share.choose.findChildren(QCheckBox))
    assert not share.next.isEnabled()
    assert share.choose.count.text() == "Nothing is ticked."


def test_only_what_is_ticked_counts_and_a_parent_ticks_what_is_below(qtbot, share: SharePage) -> None:
    tree, model = share.choose.tree, share.choose.model
    top = tops(share)[1]
    tree.setCurrentIndex(top)
    tree.setFocus()
    qtbot.keyClick(tree, Key.Key_Return)
    leaves = {leaf.eid for leaf in model.node(top).leaves()}
    assert model.ticked() == leaves
    assert len(leaves) > 3
    tree.expand(top)
    tree.setCurrentIndex(model.index(0, 0, top))
    qtbot.keyClick(tree, Key.Key_Return)
    assert model.ticked() == leaves - {session_leaf(share, top)}
    assert model.node(top).state is Qt.CheckState.PartiallyChecked
    assert share.choose.count.text() == f"{len(leaves) - 1} things are ticked."
    share.choose.clear.click()
    assert model.ticked() == frozenset()


@pytest.mark.parametrize("on_words", [False, True], ids=["box", "words"])
def test_a_click_ticks_once(qtbot, share: SharePage, on_words: bool) -> None:
    tree, model = share.choose.tree, share.choose.model
    top = tops(share)[1]
    tree.expand(top)
    leaf = model.index(0, 0, top)
    QApplication.processEvents()  # where it was about to be laid out anew, it would not be where it is clicked
    box = tree.visualRect(leaf)
    spot = box.center()
    spot.setX(box.left() + (120 if on_words else 10))
    qtbot.mouseMove(tree.viewport(), spot)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert model.ticked() == {model.node(leaf).eid}
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert model.ticked() == frozenset()


def test_what_was_offered_is_shown_and_not_ticked(qtbot, course: SampleCourse) -> None:
    page = go(qtbot, course.window, Place("share", eids=(course.ids.sessions[2],)))
    assert page.choose.tree.currentIndex() == page.choose.model.index_of(course.ids.sessions[2])
    assert page.choose.model.ticked() == frozenset()


def test_an_empty_journal_says_so(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("share"))
    assert "nothing to share yet" in page.banner.text


def test_ticks_stay_when_something_is_written_meanwhile(qtbot, share: SharePage, course: SampleCourse) -> None:
    tick(share, course.ids.sessions[0])
    save(qtbot, course.window, JournalPage(at=Moment(NOW), text="new"))
    quiet(qtbot, course.window.context.tasks)
    assert share.choose.model.ticked() == {course.ids.sessions[0]}


def test_what_was_removed_meanwhile_is_no_longer_ticked(qtbot, share: SharePage, course: SampleCourse) -> None:
    tick(share, course.ids.sessions[0], course.ids.sessions[1])
    on(qtbot, share)
    ask(qtbot, course.window, partial(JournalService.delete, eid=course.ids.sessions[0]))
    on(qtbot, share)
    assert step(share) == READER
    assert "no longer in the journal" in share.banner.text
    share.earlier.click()
    quiet(qtbot, course.window.context.tasks)
    assert share.choose.model.ticked() == {course.ids.sessions[1]}
    on(qtbot, share, 2)
    assert step(share) == PREVIEW


# -- for whom --------------------------------------------------------------------------------------------------


def test_back_keeps_every_choice(qtbot, share: SharePage, course: SampleCourse) -> None:
    tick(share, course.ids.sessions[0])
    share.choose.switches["include_tags"].click()
    on(qtbot, share)
    qtbot.keyClicks(share.reader.to, "Dr Amsel")
    qtbot.keyClicks(share.reader.talk_about, "the door")
    on(qtbot, share)
    assert step(share) == PREVIEW
    share.earlier.click()
    share.earlier.click()
    quiet(qtbot, course.window.context.tasks)
    assert step(share) == CHOOSE
    go(qtbot, course.window, Place("journey"))
    go(qtbot, course.window, Place("share"))
    assert share.choose.model.ticked() == {course.ids.sessions[0]}
    assert share.choose.switches["include_tags"].isChecked()
    on(qtbot, share)
    assert share.reader.to.text() == "Dr Amsel"
    assert share.reader.talk_about.toPlainText() == "the door"
    on(qtbot, share)
    assert "the door" in texts(share.preview.view)


@pytest.mark.parametrize("typed", ["", "age1", "somebody@example.org", "age1" + "q" * 58])
def test_an_address_that_is_none_is_told(qtbot, share: SharePage, course: SampleCourse, typed: str) -> None:
    tick(share, course.ids.sessions[0])
    on(qtbot, share)
    share.reader.recipient_choice.click()
    qtbot.keyClicks(share.reader.recipient, typed)
    on(qtbot, share)
    assert step(share) == READER
    assert share.reader.problem.isVisible()
    assert share.reader.problem.text()


def test_too_many_words_are_told_and_stay(qtbot, share: SharePage, course: SampleCourse) -> None:
    tick(share, course.ids.sessions[0])
    on(qtbot, share)
    share.reader.to.setText("x" * 501)
    on(qtbot, share)
    assert step(share) == READER
    assert "500 characters" in share.banner.text
    assert share.reader.to.text() == "x" * 501


# -- the file --------------------------------------------------------------------------------------------------


@pytest.fixture
def address(qtbot, course: SampleCourse) -> str:
    """An address the open journal itself can open shares for."""
    return ask(qtbot, course.window, JournalService.identity)


def test_what_was_seen_is_what_is_in_the_file(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    to_preview(qtbot, share, course, address)
    seen = texts(share.preview.view)
    path = tmp_path / "mine.age"
    prompter.answers = [path]
    on(qtbot, share)
    assert step(share) == DONE
    opened = ask(qtbot, course.window, partial(JournalService.open_share, path=path))
    assert opened.payload == share._payload
    reader = ReviewView(course.window.context.theme)
    qtbot.addWidget(reader)
    reader.resize(share.preview.view.size())
    reader.show_payload(opened.payload)
    assert texts(reader) == seen
    assert opened.text == plain_page(share._payload)
    receipt = ask(qtbot, course.window, JournalService.ledger)[0].record
    assert (receipt.share, receipt.recipient) == (share._payload.share, address)


def test_the_words_are_shown_once_and_wait_for_whoever_left_meanwhile(
    qtbot, share: SharePage, course: SampleCourse, prompter: FakePrompter, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(envelope, "USUAL_WORK", 10)  # a passphrase as quickly tried as other programs allow
    to_preview(qtbot, share, course)
    path = tmp_path / "mine.age"
    prompter.answers = [path]
    share.next.click()
    name = f"share-2026-03-12-{share._payload.share[:6]}.age"  # no time of the clock
    assert prompter.asked == [("save_path", "Keep the share as", name)]
    course.window.stack.go(Place("today"))  # while the file is made
    qtbot.waitUntil(lambda: step(share) == DONE, timeout=60_000)
    go(qtbot, course.window, Place("share"))
    words = share.done.words.text()
    assert len(words.split("-")) == 8
    assert read_share(path, passphrase=words).payload == share._payload
    said = " ".join(texts(share.done))
    assert str(path) in said
    assert "never both in one message" in said
    copy = next(made for made in share.done.findChildren(QAbstractButton) if made.text() == "Copy the words")
    copy.click()
    assert QGuiApplication.clipboard().text() == words

    share.ledger.click()
    quiet(qtbot, course.window.context.tasks)
    assert words not in " ".join(texts(course.window.stack.currentWidget()))
    go(qtbot, course.window, Place("share"))
    assert share.done.words.text() == words  # until they are put away
    on(qtbot, share)
    assert step(share) == CHOOSE
    assert share.choose.model.ticked() == frozenset()
    assert words not in " ".join(texts(course.window))
    every = ask(qtbot, course.window, JournalService.items)
    assert not any(words in repr(item.record) for item in every)


def test_a_page_for_any_browser_is_made_opened_and_noted(
    qtbot, share: SharePage, course: SampleCourse, prompter: FakePrompter, tmp_path: Path
) -> None:
    to_preview(qtbot, share, course)
    share.earlier.click()
    share.reader.browser.click()
    on(qtbot, share)
    path = tmp_path / "mine.html"
    prompter.answers = [path]
    on(qtbot, share)
    name = f"share-2026-03-12-{share._payload.share[:6]}.html"  # no time of the clock
    assert prompter.asked == [("save_path", "Keep the share as", name)]
    assert step(share) == DONE
    words = share.done.words.text()
    assert len(words.split("-")) == 9
    said = " ".join(texts(share.done))
    assert "never both in one message" in said and "nine words I tell you" in " ".join(said.split())
    assert read_share(path, passphrase=words).payload == share._payload
    receipt = ask(qtbot, course.window, JournalService.ledger)[0].record
    assert (receipt.share, receipt.how, receipt.recipient) == (share._payload.share, "html", "")
    share.ledger.click()
    quiet(qtbot, course.window.context.tasks)
    noted = texts(course.window.stack.currentWidget())
    assert "A page for any browser, closed with words." in noted

    course.window.open_file(path)  # as from the desktop
    quiet(qtbot, course.window.context.tasks)
    page = course.window.stack.currentWidget()
    qtbot.keyClicks(page.words, words.replace("-", " ").title())
    qtbot.keyClick(page.words, Key.Key_Return)
    quiet(qtbot, course.window.context.tasks)
    # Only who made it is said in another way: this journal knows that it made it itself.
    read, seen = (
        [text for text in texts(view) if "proves who sent it" not in text]
        for view in (page.view, share.preview.view)
    )
    assert read == seen and len(read) == len(texts(page.view)) - 1


def test_done_begins_anew(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    share.choose.switches["include_people"].click()
    to_preview(qtbot, share, course, address)
    prompter.answers = [tmp_path / "mine.age"]
    on(qtbot, share)
    assert share.done.words.text() == ""  # there are none to tell
    share.next.setFocus()
    qtbot.keyClick(share.next, Qt.Key.Key_Space)
    quiet(qtbot, share.context.tasks)
    assert step(share) == CHOOSE
    assert share.choose.model.ticked() == frozenset()
    assert not share.choose.switches["include_people"].isChecked()
    assert share.reader.recipient.text() == ""
    assert share.choose.tree.hasFocus(), "the focus stays on the page"


def test_no_name_no_file(qtbot, share: SharePage, course: SampleCourse, prompter: FakePrompter) -> None:
    to_preview(qtbot, share, course)
    prompter.answers = [None]
    on(qtbot, share)
    assert step(share) == PREVIEW
    assert ask(qtbot, course.window, JournalService.ledger) == ()


def test_a_file_that_is_there_is_left_alone(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    path = tmp_path / "mine.age"
    path.write_text("not a share")
    to_preview(qtbot, share, course, address)
    prompter.answers = [path]
    on(qtbot, share)
    assert "Nothing was overwritten" in share.banner.text
    assert path.read_text() == "not a share"
    assert step(share) == PREVIEW


def test_a_full_disk_keeps_the_choices_and_leaves_no_file(
    qtbot,
    share: SharePage,
    course: SampleCourse,
    address: str,
    prompter: FakePrompter,
    tmp_path: Path,
    full_disk: Callable[[], Any],
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    to_preview(qtbot, share, course, address)
    ticked = share.choose.model.ticked()
    prompter.answers = [folder / "mine.age", folder / "mine.age"]
    with full_disk():
        on(qtbot, share)
    assert share.banner.text
    assert list(folder.iterdir()) == []
    assert ask(qtbot, course.window, JournalService.ledger) == ()
    assert (step(share), share.choose.model.ticked()) == (PREVIEW, ticked)
    on(qtbot, share)
    assert step(share) == DONE
    assert [path.name for path in folder.iterdir()] == ["mine.age"]


def test_a_journal_for_reading_only_makes_no_share_and_says_so_at_once(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    def fill(service: JournalService) -> str:
        return service.save(JournalPage(at=Moment(NOW), text="x")).eid

    eid = read_only(qtbot, window, tmp_path / "journal.vault", fill)
    page = go(qtbot, window, Place("share"))
    assert "reading only" in page.banner.text
    tick(page, eid)
    assert not page.next.isEnabled()


def test_the_whole_way_by_keys(
    qtbot, share: SharePage, course: SampleCourse, address: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    tick(share, course.ids.sessions[3])
    share.next.setFocus()
    press(qtbot, course.window, "Return")
    assert step(share) == READER
    assert share.reader.to.hasFocus()
    share.reader.passphrase.setFocus()
    press(qtbot, course.window, "Down")
    share.reader.recipient.setFocus()
    qtbot.keyClicks(share.reader.recipient, address)
    share.next.setFocus()
    press(qtbot, course.window, "Return")
    quiet(qtbot, course.window.context.tasks)
    assert step(share) == PREVIEW
    prompter.answers = [tmp_path / "mine.age"]
    share.next.setFocus()
    press(qtbot, course.window, "Return")
    quiet(qtbot, course.window.context.tasks)
    assert isinstance(share.stack.currentWidget(), ShareDone)
