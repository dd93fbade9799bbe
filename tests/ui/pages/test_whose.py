"""Whose a share is: nobody is chosen against what was proved, it is said above a kept one, and one can be moved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Received
from journal.service import JournalService
from journal.share import Payload
from journal.share.who import UNSIGNED
from tests.ui.conftest import quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, share
from tests.ui.pages.hands import shown
from tests.ui.pages.test_looks import LOOKS
from tests.ui.pdf.reading import Read
from ui import audit
from ui.pages.client import ClientPage
from ui.pages.review import ReviewPage
from ui.places import Place
from ui.window import MainWindow

MAYA = (
    "Made by Maya Reyes. Words compared on 12 March 2026, in person. Only you and Maya Reyes could have made this, "
    "so it proves it to you and to nobody else."
)
AGAINST = "Other shares of Maya are proved to be made by Maya Reyes. This one is not."


def kept(qtbot, window: MainWindow, client: str, payload: Payload, maker: str = "") -> str:
    op = partial(JournalService.take_in, payload=payload, client=client, maker=maker)
    return ask(qtbot, window, op).eid


def offered(qtbot, window: MainWindow, payload: Payload, maker: str) -> ReviewPage:
    """The page before a share that was just opened."""
    page = go(qtbot, window, Place("review"))
    page.view.show_payload(payload)
    page.stack.setCurrentIndex(1)
    page.keep.offer(payload, maker)
    quiet(qtbot, window.context.tasks)
    return page


def whose(qtbot, window: MainWindow, received: str) -> str:
    record = ask(qtbot, window, partial(JournalService.get, eid=received)).record
    assert isinstance(record, Received)
    return ask(qtbot, window, partial(JournalService.get, eid=record.client)).record.name


@pytest.fixture
def maya(qtbot, window_open: MainWindow) -> str:
    """A client with one share that was proved to be hers."""
    client = add_client(qtbot, window_open, "Maya")
    kept(qtbot, window_open, client, share(entries(1), sender="Maya", days=-9), MAYA)
    return client


# -- while it is kept --------------------------------------------------------------------------------------------


def test_a_share_in_a_client_s_name_without_her_proof_is_hers_only_if_it_is_said(
    qtbot, window_open: MainWindow, maya: str
) -> None:
    keep = offered(qtbot, window_open, share(entries(2), sender="Maya"), UNSIGNED).keep
    assert keep.who.currentIndex() == -1 and not keep.keep.isEnabled()
    assert keep.whose.against.text() == AGAINST and keep.whose.against.isVisible()
    assert keep.whose.maker.text() == UNSIGNED and keep.whose.maker.isVisible()
    keep.who.setCurrentIndex(keep.who.findData(""))
    assert keep.keep.isEnabled() and not keep.whose.against.isVisible()
    keep.who.setCurrentIndex(keep.who.findData(maya))
    assert keep.keep.isEnabled() and keep.whose.against.isVisible()
    keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    page = window_open.stack.currentWidget()
    assert isinstance(page, ClientPage)
    assert page.head.against.isVisible() and page.head.against.text() == f"{AGAINST} {UNSIGNED}"
    first = next(line.key for line in page.list.lines.lines if line.key and line.key.split()[0] != page.shared().eid)
    page.list.stand_on(first)
    page._show(first)
    assert not page.head.against.isVisible()  # that one is hers


def test_her_next_proved_share_is_offered_to_her(qtbot, window_open: MainWindow, maya: str) -> None:
    keep = offered(qtbot, window_open, share(entries(2), sender="Maya"), MAYA).keep
    assert keep.who.currentData() == maya and keep.keep.isEnabled()
    assert not keep.whose.against.isVisible() and not keep.whose.maker.isVisible()


def test_a_share_kept_with_the_wrong_client_does_not_draw_the_next_to_them(
    qtbot, window_open: MainWindow, maya: str
) -> None:
    tom = add_client(qtbot, window_open, "Tom")
    kept(qtbot, window_open, tom, share(entries(1), sender="Maya", days=-2))
    keep = offered(qtbot, window_open, share(entries(2), sender="Maya"), MAYA).keep
    assert keep.who.currentIndex() == -1 and not keep.keep.isEnabled()
    keep = offered(qtbot, window_open, share(entries(2), sender="Somebody else"), UNSIGNED).keep
    assert keep.who.currentText() == "A new client: Somebody else" and keep.keep.isEnabled()


def test_the_list_of_clients_says_that_the_last_share_is_not_proved(
    qtbot, window_open: MainWindow, maya: str
) -> None:
    page = go(qtbot, window_open, Place("clients"))
    (line,) = page.list.lines.lines
    assert "not proved" not in line.text
    kept(qtbot, window_open, maya, share(entries(2), sender="Maya"), UNSIGNED)
    quiet(qtbot, window_open.context.tasks)
    (line,) = page.list.lines.lines
    assert "The last share is not proved to be theirs, as others are" in line.text
    assert ", not proved" in line.text.splitlines()[0], "the day it gives is not relied on"
    kept(qtbot, window_open, maya, share(entries(2), sender="Maya", days=1), MAYA)
    quiet(qtbot, window_open.context.tasks)
    (line,) = page.list.lines.lines
    assert "not proved" not in line.text


# -- once it is kept ---------------------------------------------------------------------------------------------


def test_a_share_is_moved_with_its_comments_and_back(qtbot, window_open: MainWindow, maya: str) -> None:
    tom = add_client(qtbot, window_open, "Tom")
    received = kept(qtbot, window_open, tom, share(entries(2), sender="Maya"))
    comment = partial(JournalService.comment, received=received, text="Ask.", passage=(0, "", 0, 0))
    ask(qtbot, window_open, comment)
    page = go(qtbot, window_open, Place("client", eid=tom))
    offers = {action.text(): action for action in page.head.clients.actions()}
    assert list(offers) == ["Maya", "A new client: Maya"]
    offers["Maya"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert whose(qtbot, window_open, received) == "Maya"
    assert page.shared() is None and page.head.banner.isVisible()
    assert page.head.banner.text == "This share is kept with Maya now, with your comments on it."
    shown(page.head.banner, "See it there").click()
    quiet(qtbot, window_open.context.tasks)
    assert page.shared().eid == received and page._client == maya
    assert [item.record.text for item in page._loaded.review.comments[received]] == ["Ask."]
    assert window_open.menu_actions["undo"].text() == "Undo moving the share"
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert whose(qtbot, window_open, received) == "Tom"


def test_a_share_is_moved_to_a_new_client_in_one_step(qtbot, window_open: MainWindow) -> None:
    tom = add_client(qtbot, window_open, "Tom")
    received = kept(qtbot, window_open, tom, share(entries(2), sender="Maya & Ben"))
    page = go(qtbot, window_open, Place("client", eid=tom))
    (new,) = page.head.clients.actions()
    new.trigger()
    quiet(qtbot, window_open.context.tasks)
    assert whose(qtbot, window_open, received) == "Maya & Ben"
    shown(page.head.banner, "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert [row.client.name for row in ask(qtbot, window_open, JournalService.clients)] == ["Tom"]
    assert page.shared().eid == received


def test_a_kept_share_is_saved_as_an_open_file(
    qtbot, window_open: MainWindow, maya: str, prompter: FakePrompter, tmp_path: Path
) -> None:
    page = go(qtbot, window_open, Place("client", eid=maya))
    file = tmp_path / "hers.md"
    prompter.answers = [True, file]
    next(action for action in page.head.saving.menu.actions() if action.data() == "md").trigger()
    qtbot.waitUntil(lambda: bool(page.head.saving.banner.text), timeout=30_000)
    assert "Experience 1: a door." in file.read_text("utf-8")
    assert "hers.md" in page.head.saving.banner.text
    prompter.answers = [True, tmp_path / "hers.pdf"]
    next(action for action in page.head.saving.menu.actions() if action.data() == "pdf").trigger()
    qtbot.waitUntil(lambda: "hers.pdf" in page.head.saving.banner.text, timeout=60_000)
    assert "it is proved that Maya Reyes made it." in Read((tmp_path / "hers.pdf").read_bytes()).flat


def test_who_comes_back_to_a_share_that_was_kept_reads_that_it_is(qtbot, window_open: MainWindow, maya: str) -> None:
    page = offered(qtbot, window_open, share(entries(2), sender="Maya"), MAYA)
    page.keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    press(qtbot, window_open, "Escape")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert page.keep.see.isVisible() and not page.keep.keep.isVisible()


def test_where_to_go_for_a_comment_is_said_no_longer_than_needed(qtbot, window_open: MainWindow, maya: str) -> None:
    page = go(qtbot, window_open, Place("client", eid=maya))
    page.begin_comment()
    assert page.banner.text.startswith("Go to a session or a text first")
    page._on_next()
    assert page.banner.text == ""


def test_taking_back_that_a_share_was_looked_through_says_that(qtbot, window_open: MainWindow, maya: str) -> None:
    page = go(qtbot, window_open, Place("client", eid=maya))
    page.seen.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.menu_actions["undo"].text() == "Undo marking the share as looked through"
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert page.shared().received.seen is None


def test_escape_leaves_the_comment_before_the_client(qtbot, window_open: MainWindow, maya: str) -> None:
    page = go(qtbot, window_open, Place("client", eid=maya))
    part = next(line.key for line in page.list.lines.lines if line.title.startswith("Session"))
    page.list.stand_on(part)
    page._show(part)
    page.begin_comment()
    qtbot.keyClicks(page.comments.text, "Half a thought")
    press(qtbot, window_open, "Escape")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page and not page.comments.text.isVisible()
    (line,) = page.comments.list.lines.lines
    assert (line.title, line.mark) == ("Half a thought", "not kept yet")
    press(qtbot, window_open, "Escape")
    assert window_open.stack.currentWidget() is not page


@pytest.mark.parametrize(("scheme", "scale", "size"), LOOKS)
def test_all_of_it_has_room(qtbot, window_open: MainWindow, maya: str, theme, scheme, scale: int, size) -> None:
    theme.apply(scheme, scale)
    window_open.resize(*size)
    offered(qtbot, window_open, share(entries(2), sender="Maya"), UNSIGNED)
    QApplication.processEvents()
    found = audit.faults(window_open)
    kept(qtbot, window_open, maya, share(entries(2), sender="Maya"), UNSIGNED)
    page = go(qtbot, window_open, Place("client", eid=maya))
    for pane in (0, 1):
        page.panes.show_pane(pane)
        quiet(qtbot, window_open.context.tasks)
        QApplication.processEvents()
        found += audit.faults(window_open)
    assert found == []
