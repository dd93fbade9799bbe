"""A therapist's reply at its page: what goes along, what is seen of it, its words, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton

from journal.records import Comment
from journal.service import JournalService
from journal.share import read_either
from tests.ui.conftest import PASSWORD, quiet, settled
from tests.ui.fakes import FakePrompter
from tests.ui.hands import go
from tests.ui.hands import press as key
from tests.ui.pages.hands import no_room
from tests.ui.pages.reply_hands import comment, fill, know, on, press, quick, service, share, take_in
from tests.ui.pages.sharing import texts
from ui.pages.reply import CHOOSE, DONE, PREVIEW, ReplyPage
from ui.places import Place
from ui.window import MainWindow


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def jona(tmp_path: Path) -> Iterator[JournalService]:
    """The client's journal, open elsewhere."""
    made = service(tmp_path / "jona", "jona")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def received(qtbot, window_open: MainWindow, jona: JournalService, tmp_path: Path) -> str:
    """Their share, kept here, with two comments that wait."""
    card = on(qtbot, window_open, JournalService.own_card, "Dr Amsel").card
    jona.add_card(card)
    share(jona, tmp_path / "share.age", recipient=card.recipient)
    eid = on(qtbot, window_open, take_in, tmp_path / "share.age")
    on(qtbot, window_open, comment, eid, "What is behind it?")
    on(qtbot, window_open, comment, eid, "A good evening.", whole=True)
    return eid


@pytest.fixture
def bare(qtbot, window_open: MainWindow, received: str) -> ReplyPage:
    return go(qtbot, window_open, Place("reply", eid=received))


@pytest.fixture
def page(bare: ReplyPage) -> ReplyPage:
    """All that waits is ticked."""
    bare.choose.all.click()
    return bare


def comments(qtbot, window: MainWindow, received: str) -> dict[str, Comment]:
    return {item.record.text: item.record for item in on(qtbot, window, JournalService.comments, received)}


def box(page: ReplyPage, text: str) -> QCheckBox:
    (found,) = [made for made in page.choose.boxes.values() if made.accessibleName().endswith(text)]
    return found


def button(page: ReplyPage, text: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.text() == text and made.isVisible()]
    return found


def test_no_comment_goes_along_that_was_not_ticked(
    qtbot, bare: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    """It was written for oneself, and stays so."""
    assert [made.isChecked() for made in bare.choose.boxes.values()] == [False, False]
    assert not bare.next.isEnabled()
    box(bare, "A good evening.").click()
    on(qtbot, bare.window(), comment, received, "He bores me.", whole=True)
    go(qtbot, bare.window(), Place("reply", eid=received))
    assert len(bare.choose.boxes) == 3 and box(bare, "A good evening.").isChecked()
    assert not box(bare, "He bores me.").isChecked()
    press(qtbot, bare)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, bare)
    kept = comments(qtbot, bare.window(), received)
    assert {text for text, one in kept.items() if one.sent is not None} == {"A good evening."}


def test_what_is_left_out_waits_for_the_next(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    box(page, "A good evening.").click()
    press(qtbot, page)
    seen = "\n".join(texts(page.preview))
    assert "What is behind it?" in seen and "A good evening." not in seen
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    assert page.stack.currentIndex() == DONE
    assert not page.done.words.isVisible(), "an address needs no words"
    press(qtbot, page)
    kept = comments(qtbot, page.window(), received)
    assert kept["What is behind it?"].sent is not None and kept["A good evening."].sent is None
    assert page.window().stack.currentWidget().reply.said.text() == "1 comment waits"
    go(qtbot, page.window(), Place("reply", eid=received))
    assert [made.accessibleName().split(": ")[1] for made in page.choose.boxes.values()] == ["A good evening."]


def test_the_preview_is_what_the_file_holds(qtbot, page: ReplyPage, prompter: FakePrompter, tmp_path: Path) -> None:
    page.choose.by_words.click()
    qtbot.keyClicks(page.choose.text, "Thank you.")
    page.choose.sender.selectAll()
    qtbot.keyClicks(page.choose.sender, "Dr Amsel")
    press(qtbot, page)
    shown = texts(page.preview)
    file = tmp_path / "reply.age"
    prompter.answers = [file]
    press(qtbot, page)
    words = page.done.words.text()
    assert len(words.split("-")) == 8 and prompter.asked[-1][2] == "reply-2026-03-12.age"
    opened = read_either(file, passphrase=words)
    assert opened.payload == page._payload
    for line in (one for text in shown for one in text.splitlines() if one.strip()):
        assert " ".join(line.split()) in " ".join(opened.text.split()), line


def test_what_is_begun_is_sealed_and_back_after_locking(
    qtbot, window_open: MainWindow, page: ReplyPage, received: str, replaced: list[Path | None], tmp_path: Path
) -> None:
    box(page, "A good evening.").click()
    qtbot.keyClicks(page.choose.text, "Half a sent")
    window_open.lock()
    qtbot.waitUntil(lambda: bool(replaced))
    reopened = JournalService.open(tmp_path / "journal.vault", password=PASSWORD, state_dir=tmp_path / "state")
    try:
        begun = reopened.unfinished_reply(received)
        assert begun is not None and begun.text == "Half a sent" and len(begun.comments) == 1
    finally:
        reopened.close()


def test_what_is_begun_is_back_when_one_comes_again(qtbot, page: ReplyPage, received: str) -> None:
    window = page.window()
    box(page, "A good evening.").click()
    qtbot.keyClicks(page.choose.text, "Half")
    client = go(qtbot, window, Place("client", eid=received, kind="received"))
    assert client.reply.said.text() == "2 comments wait. A reply is begun."
    page._received = ""  # as a new process has it
    again = go(qtbot, window, Place("reply", eid=received))
    assert again.choose.text.value() == "Half" and not box(again, "A good evening.").isChecked()
    assert "is here again" in again.banner.text
    button(again, "Start anew").click()
    quiet(qtbot, window.context.tasks)
    assert again.choose.text.value() == "" and not again.choose.chosen
    assert on(qtbot, window, JournalService.unfinished_reply, received) is None


def test_the_words_stay_until_they_are_put_away(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    window = page.window()
    page.choose.by_words.click()
    press(qtbot, page)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    words = page.done.words.text()
    client = go(qtbot, window, Place("client", eid=received, kind="received"))
    assert "words of a reply that was made are kept" in client.reply.said.text()
    page._received = ""  # as a new process has it
    client.reply.open.click()
    quiet(qtbot, window.context.tasks)
    assert page.stack.currentIndex() == DONE and page.done.words.text() == words
    press(qtbot, page)
    assert on(qtbot, window, JournalService.unfinished_reply, received) is None
    assert page.done.words.text() == ""


def test_a_comment_that_is_typed_and_not_kept_is_named(qtbot, window_open: MainWindow, received: str) -> None:
    client = go(qtbot, window_open, Place("client", eid=received, kind="received"))
    client.list.step(1)
    client._show(client.list.key)
    client.begin_comment()
    qtbot.keyClicks(client.comments.text, "Not kept")
    page = go(qtbot, window_open, Place("reply", eid=received))
    said = "1 comment has words that are typed and not kept. These words do not go along yet: keep them first."
    assert page.choose.unsaved.text() == said
    assert len(page.choose.boxes) == 2
    page.choose.see_unsaved.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is client


def test_what_is_said_of_typed_words_is_true_of_a_comment_that_was_kept_before(
    qtbot, window_open: MainWindow, page: ReplyPage, received: str
) -> None:
    """Its kept words are in the list, and go along; only what was typed over them does not."""
    (eid,) = [eid for eid, made in page.choose.boxes.items() if made.accessibleName().endswith("A good evening.")]
    on(qtbot, window_open, partial(_type, eid=eid, text="A long evening."))
    go(qtbot, window_open, Place("reply", eid=received))
    assert "These words do not go along yet" in page.choose.unsaved.text()
    assert box(page, "A good evening.").isChecked()
    press(qtbot, page)
    seen = "\n".join(texts(page.preview))
    assert "A good evening." in seen and "A long evening." not in seen


def _type(journal: JournalService, *, eid: str, text: str) -> None:
    journal.put_draft(eid, msgspec.structs.replace(journal.get(eid).record, text=text))


def test_without_a_comment_there_is_a_reason_until_something_is_written(qtbot, page: ReplyPage) -> None:
    for made in page.choose.boxes.values():
        made.click()
    assert not page.next.isEnabled() and "nothing to send" in page.reason.text()
    assert page.next.accessibleDescription() == page.reason.text()
    qtbot.keyClicks(page.choose.text, "Thank you.")
    assert page.next.isEnabled() and not page.reason.isVisible()
    press(qtbot, page)
    assert page.stack.currentIndex() == PREVIEW


def test_it_was_not_given_and_that_is_taken_back(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    window = page.window()
    press(qtbot, page)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    press(qtbot, page)
    go(qtbot, window, Place("reply", eid=received))
    assert page.choose.boxes == {}
    button(page, "I did not give it to them").click()
    quiet(qtbot, window.context.tasks)
    assert len(page.choose.boxes) == 2 and (tmp_path / "reply.age").exists()
    button(page, "Undo").click()
    quiet(qtbot, window.context.tasks)
    assert page.choose.boxes == {}
    assert all(one.sent is not None for one in comments(qtbot, window, received).values())


def test_other_words_for_one_that_was_sent_are_a_comment_of_their_own(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    window = page.window()
    box(page, "A good evening.").click()
    press(qtbot, page)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    press(qtbot, page)
    client = window.stack.currentWidget()
    (item,) = [one for one in on(qtbot, window, JournalService.comments, received) if one.record.sent is not None]
    client = go(qtbot, window, Place("client", eid=item.eid, kind="comment"))
    assert "If you change its words, they become a comment of their own." in client.comments.about.text()
    qtbot.keyClicks(client.comments.text, "And who stood there? ")
    client.comments.keep.click()
    quiet(qtbot, window.context.tasks)
    kept = comments(qtbot, window, received)
    assert kept["What is behind it?"].sent is not None, "what was sent stays as it was sent"
    (other,) = [one for text, one in kept.items() if "And who stood there?" in text]
    assert other.sent is None and other.words == "blue door"
    assert client.reply.said.text() == "2 comments wait"


def test_a_disk_without_room_sends_nothing(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    page.choose.by_words.click()
    quiet(qtbot, page.context.tasks)
    press(qtbot, page)
    file = tmp_path / "no" / "reply.age"  # a folder that is not there
    prompter.answers = [file]
    press(qtbot, page)
    assert page.stack.currentIndex() == PREVIEW and page.banner.text
    assert all(one.sent is None for one in comments(qtbot, page.window(), received).values())
    with no_room():
        prompter.answers = [tmp_path / "reply.age"]
        press(qtbot, page)
    assert page.stack.currentIndex() == PREVIEW and page.banner.text
    assert not (tmp_path / "reply.age").exists()
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    assert page.stack.currentIndex() == DONE and (tmp_path / "reply.age").exists()


def test_a_comment_changed_after_the_preview_is_looked_at_again(
    qtbot, page: ReplyPage, received: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    press(qtbot, page)
    eid = page.choose.chosen[0]
    op = partial(_say, eid=eid, text="Something else.")
    on(qtbot, page.window(), op)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    assert "Look at the reply again" in page.banner.text and not (tmp_path / "reply.age").exists()
    page.earlier.click()
    quiet(qtbot, page.context.tasks)
    assert page.stack.currentIndex() == CHOOSE and box(page, "Something else.").isChecked()


def _say(journal: JournalService, *, eid: str, text: str) -> None:
    journal.save(msgspec.structs.replace(journal.get(eid).record, text=text), eid)


def test_where_it_can_go_is_said(
    qtbot, window_open: MainWindow, page: ReplyPage, received: str, jona: JournalService
) -> None:
    assert "not among your contacts" in page.choose._told.text()
    on(qtbot, window_open, know, jona, "Jona K.")
    quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, Place("reply", eid=received))
    told = page.choose._told.text()
    assert "For the address you keep as Jona K." in told and "in person" in told
    assert page.choose.by_address.isChecked() and page.choose.by_words.isVisible()


def test_a_share_that_is_gone_is_said_with_the_way_on(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("reply", eid="f" * 32))
    assert "no longer there" in page.banner.text and not page.next.isEnabled()
    button(page, "All clients").click()
    settled(qtbot, window_open)
    assert window_open.stack.place == Place("clients")


def test_escape_leads_back_and_loses_nothing(qtbot, window_open: MainWindow, received: str) -> None:
    go(qtbot, window_open, Place("client", eid=received, kind="received"))
    page = go(qtbot, window_open, Place("reply", eid=received))
    page.choose.text.setFocus()
    qtbot.keyClicks(page.choose.text, "Half")
    key(qtbot, window_open, "Esc")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "client"
    begun = on(qtbot, window_open, JournalService.unfinished_reply, received)
    assert begun is not None and begun.text == "Half"
