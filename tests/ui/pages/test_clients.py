"""The list of clients: who has something new stands first, and what waits is said in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from journal.records import Client, Moment, Received
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, keep, share
from tests.ui.pages.sharing import texts
from ui.pages.clients import ClientsPage
from ui.places import Place
from ui.widgets.lines_list import Line
from ui.window import MainWindow


@pytest.fixture
def page(qtbot, window_open: MainWindow) -> ClientsPage:
    return go(qtbot, window_open, Place("clients"))


def lines(page: ClientsPage) -> list[Line]:
    return list(page.list.lines.lines)


def test_without_clients_it_says_how_a_share_gets_here(page: ClientsPage) -> None:
    assert not page.list.isVisible()
    assert any("Drop the file here" in text for text in texts(page))
    assert page.read.isVisible() and page.add.isVisible()


def test_who_has_something_new_stands_first_with_what_is_new(qtbot, window_open: MainWindow, page) -> None:
    anna, ruth = (add_client(qtbot, window_open, name) for name in ("Anna", "Ruth"))
    keep(qtbot, window_open, ruth, share(entries(2), days=-7, talk="The corridor."))
    received = keep(qtbot, window_open, ruth, share(entries(3, hard=True)))
    ask(qtbot, window_open, partial(JournalService.comment, received=received, text="Ask.", passage=(0, "", 0, 0)))
    quiet(qtbot, window_open.context.tasks)
    first, second = lines(page)
    assert (first.key, first.title, first.mark) == (ruth, "Ruth", "2 new")
    assert "Last share 12 March 2026 · new in it: " in first.text and "1 hard moment" in first.text
    assert "Wrote what they want to talk about · Wants to talk about 1 hard moment · " in first.text
    assert first.text.endswith("1 comment not sent yet")
    assert (second.key, second.text, second.mark) == (anna, "No share yet", "")
    assert "2 new" in first.spoken and "Wants to talk" in first.spoken


def test_what_was_looked_through_is_not_new(qtbot, window_open: MainWindow, page) -> None:
    ruth = add_client(qtbot, window_open, "Ruth")
    received = keep(qtbot, window_open, ruth, share(entries(2)))
    ask(qtbot, window_open, partial(JournalService.mark_seen, received=received))
    quiet(qtbot, window_open.context.tasks)
    assert lines(page) == [Line(ruth, "Ruth", "Last share 12 March 2026")]


def test_a_client_is_added_changed_and_removed_with_undo(qtbot, window_open: MainWindow, page) -> None:
    page.add.click()
    form = window_open.stack.currentWidget()
    qtbot.waitUntil(form.name.isEnabled)
    qtbot.keyClicks(form.name, "Ruth")
    form.notes.insertPlainText("Thursdays.")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    (line,) = lines(page)
    assert window_open.stack.currentWidget() is page and line.title == "Ruth"
    page.change.click()
    quiet(qtbot, window_open.context.tasks)
    form.name.clear()
    qtbot.keyClicks(form.name, "R.")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    client = ask(qtbot, window_open, partial(JournalService.get, eid=line.key)).record
    assert isinstance(client, Client) and (client.name, client.notes) == ("R.", "Thursdays.")
    keep(qtbot, window_open, line.key, share(entries(1)))
    page.list.setFocus()
    press(qtbot, window_open, "Del")
    quiet(qtbot, window_open.context.tasks)
    assert lines(page) == [] and "R.: removed, with their shares" in page.banner.text
    page._on_undo()
    quiet(qtbot, window_open.context.tasks)
    assert [(one.title, one.mark) for one in lines(page)] == [("R.", "1 new")]


def test_removing_in_the_form_takes_the_shares_along(qtbot, window_open: MainWindow, page) -> None:
    ruth = add_client(qtbot, window_open, "Ruth")
    received = keep(qtbot, window_open, ruth, share(entries(1)))
    form = go(qtbot, window_open, Place("edit-client", eid=ruth))
    form.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page and lines(page) == []
    assert ask(qtbot, window_open, partial(JournalService.find, eid=received)) is None
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, partial(JournalService.find, eid=received)) is not None


def test_a_file_that_is_chosen_or_dropped_is_opened(
    qtbot, window_open: MainWindow, page, prompter: FakePrompter, tmp_path: Path
) -> None:
    file = tmp_path / "no share.age"
    file.write_bytes(b"nothing")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    flags = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(40, 40), *flags)
    page.dragEnterEvent(entered)
    assert entered.isAccepted()
    page.dropEvent(QDropEvent(QPointF(40, 40), *flags))
    quiet(qtbot, window_open.context.tasks)
    review = window_open.stack.currentWidget()
    assert window_open.stack.place == Place("review", kind=str(file)) and "not a share" in review.banner.text
    go(qtbot, window_open, Place("clients"))
    prompter.answers = [file]
    page.read.click()
    assert "*.age *.html" in prompter.asked[-1][2]  # a page for a browser is a share too
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is review and "not a share" in review.banner.text


def test_a_share_that_cannot_be_read_is_said_to_be_and_all_clients_are_there(qtbot, window_open: MainWindow, page):
    ruth, _ = (add_client(qtbot, window_open, name) for name in ("Ruth", "Anna"))
    keep(qtbot, window_open, ruth, share(entries(2), days=-7))
    later = Received(client=ruth, share="1" * 32, made=NOW.date(), received=Moment(NOW), entries='{"format":9}')
    eid = ask(qtbot, window_open, partial(JournalService.save, record=later)).eid
    quiet(qtbot, window_open.context.tasks)
    first, second = lines(page)
    assert "Last share 12 March 2026 · it cannot be read here" in first.text and second.title == "Anna"
    client = go(qtbot, window_open, Place("client", eid=eid, kind="received"))
    quiet(qtbot, window_open.context.tasks)
    heads = [(line.title, line.text) for line in client.list.lines.lines if line.head]
    assert heads[0] == ("Share of 12 March 2026", "It cannot be read here") and len(heads) == 2
    assert any(text.startswith("This share cannot be read here") for text in texts(client.reading))
