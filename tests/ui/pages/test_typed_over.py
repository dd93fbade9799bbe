"""What is typed over a version takes its place, and hides no other one that came in meanwhile."""

from __future__ import annotations

from functools import partial

import msgspec

from journal.records import Comment, Moment
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import TODAY
from tests.ui.two_computers import EID, bring, text
from ui.places import Place
from ui.widgets.comment_pane import CommentPane
from ui.window import MainWindow


def come_in(qtbot, window: MainWindow, there: JournalService) -> None:
    """Take in what was written on the other computer."""
    ask(qtbot, window, partial(bring, path=there.path))
    quiet(qtbot, window.context.tasks)


def sides(qtbot, window: MainWindow, eid: str) -> list:
    """The versions that stand beside one another."""
    return [side.record for side in ask(qtbot, window, partial(JournalService.sides, eid=eid))]


def test_after_going_back_to_what_was_saved(qtbot, window_open: MainWindow, there) -> None:
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=EID, record=text("first, typing")))
    page = go(qtbot, window_open, Place("write", eid=EID))
    there.save(text("written there"), EID)
    come_in(qtbot, window_open, there)
    page._on_revert()
    assert page.editor.content()[0] == "first"
    qtbot.keyClicks(page.editor, " more")
    go(qtbot, window_open, TODAY)
    assert {side.text for side in sides(qtbot, window_open, EID)} == {"first more", "written there"}


def test_after_going_back_where_nothing_came_in_there_is_one(qtbot, window_open: MainWindow, there) -> None:
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=EID, record=text("first, typing")))
    page = go(qtbot, window_open, Place("write", eid=EID))
    page._on_revert()
    qtbot.keyClicks(page.editor, "more ")
    page.save.click()
    qtbot.keyClicks(page.editor, "and ")
    go(qtbot, window_open, TODAY)
    assert ask(qtbot, window_open, partial(JournalService.get, eid=EID)).heads == 1


def test_on_the_hard_path_after_its_first_saving(qtbot, window_open: MainWindow, there) -> None:
    page = go(qtbot, window_open, Place("hard"))
    page._on_how("bit")
    quiet(qtbot, window_open.context.tasks)
    eid = page._eid
    first = ask(qtbot, window_open, partial(JournalService.get, eid=eid)).record
    there.merge(there.look_into(window_open._path).copy)
    there.save(msgspec.structs.replace(first, note="what I wrote there"), eid)
    come_in(qtbot, window_open, there)
    qtbot.keyClicks(page.note, "here")
    page._on_next()
    quiet(qtbot, window_open.context.tasks)
    assert {side.note for side in sides(qtbot, window_open, eid)} == {"here", "what I wrote there"}


def test_in_a_comment_that_was_open(qtbot, window_open: MainWindow, there) -> None:
    mine = Comment(received=EID, place=0, text="mine", made=Moment(NOW))
    eid = ask(qtbot, window_open, partial(JournalService.save, record=mine)).eid
    there.merge(there.look_into(window_open._path).copy)
    pane = CommentPane(window_open.context)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_comments({eid: mine}, {}, {})
    pane.open(eid)
    there.save(msgspec.structs.replace(mine, text="written on the other computer"), eid)
    come_in(qtbot, window_open, there)
    pane.text.moveCursor(pane.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(pane.text, " on")
    pane.seal()
    pane.keep.click()
    quiet(qtbot, window_open.context.tasks)
    assert {side.text for side in sides(qtbot, window_open, eid)} == {"mine on", "written on the other computer"}
