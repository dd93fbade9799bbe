"""A comment, or a client, that was begun and not kept: Today offers it, and leads back to where it was written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go
from tests.ui.pages.client_hands import add_client, entries, keep, share
from ui.places import Place, draft_place, place_of
from ui.window import MainWindow


def test_today_leads_back_to_a_comment_that_was_begun(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    received = keep(qtbot, window_open, client, share(entries(2)))
    page = go(qtbot, window_open, Place("client", eid=client))
    page.list.step(2)
    page._show(page.list.key)
    page.begin_comment()
    qtbot.keyClicks(page.comments.text, "Half a thought")
    today = go(qtbot, window_open, Place("today"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    found = [made for made in today.findChildren(QPushButton) if made.isVisible() and "on" in made.text().lower()]
    assert found, "nothing leads back to it"
    assert go(qtbot, window_open, draft_place(draft.eid, draft.record.kind)) is page
    assert page.list.key == f"{received} 1" and page.comments.text.value() == "Half a thought"
    assert [line.title for line in page.comments.list.lines.lines] == ["Half a thought"]


def test_a_client_form_that_was_left_goes_on_where_it_was(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-client"))
    qtbot.keyClicks(form.name, "Ru")
    go(qtbot, window_open, Place("today"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    assert draft_place(draft.eid, "client") == Place("edit-client", eid=draft.eid, kind="client")
    form = go(qtbot, window_open, draft_place(draft.eid, "client"))
    assert form.name.value() == "Ru"


def test_each_kind_has_its_door(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    received = keep(qtbot, window_open, client, share(entries(2)))
    op = partial(JournalService.comment, received=received, text="Ask.", passage=(0, "", 0, 0))
    comment = ask(qtbot, window_open, op).eid
    for eid, kind in ((client, "client"), (received, "received"), (comment, "comment")):
        page = go(qtbot, window_open, place_of(eid, kind))
        assert page.contents.name.text() == "Ruth" and page.banner.text == ""


def test_what_was_begun_is_said_of_a_client_with_the_way_there(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    other = add_client(qtbot, window_open, "Noor")
    received = keep(qtbot, window_open, client, share(entries(2)))
    keep(qtbot, window_open, other, share(entries(1), sender="Noor", days=1))
    ask(qtbot, window_open, partial(JournalService.comment, received=received, text="Ask.", passage=(0, "", 0, 0)))
    page = go(qtbot, window_open, Place("client", eid=client))
    page.list.step(2)
    page._show(page.list.key)
    page.begin_comment()
    qtbot.keyClicks(page.comments.text, "Half a thought")
    reply = go(qtbot, window_open, Place("reply", eid=received))
    qtbot.keyClicks(reply.choose.text, "Thank you")
    clients = go(qtbot, window_open, Place("clients"))
    texts = {line.title: line.text for line in clients.list.lines.lines}
    assert "A reply is begun · 1 comment is begun · 1 comment not sent yet" in texts["Ruth"]
    assert "begun" not in texts["Noor"] and "sent" not in texts["Noor"]

    go(qtbot, window_open, Place("client", eid=other))
    page = go(qtbot, window_open, Place("client", eid=client))
    links = {made.text(): made for made in page.contents.begun.findChildren(QPushButton)}
    bars = (page.contents.verticalScrollBar(), page.list.verticalScrollBar())
    assert not page.contents.begun.isHidden() and not all(bar.maximum() for bar in bars), "one bar within another"
    assert list(links) == ["A reply is begun", "1 comment is begun", "1 comment not sent yet"]
    links["1 comment is begun"].click()
    quiet(qtbot, window_open.context.tasks)
    assert page.comments.text.value() == "Half a thought"
    links["1 comment not sent yet"].click()
    quiet(qtbot, window_open.context.tasks)
    assert page.comments.text.value() == "Ask."
    links["A reply is begun"].click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("reply", eid=received) and reply.choose.text.value() == "Thank you"
    assert go(qtbot, window_open, Place("client", eid=other)).contents.begun.isHidden()
