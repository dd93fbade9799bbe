"""A comment, or a client, that was begun and not kept: Today offers it, and leads back to where it was written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from journal.service import JournalService
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
