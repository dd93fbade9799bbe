"""What was refused and is held until it can be kept hides nothing that the person wrote since."""

from __future__ import annotations

import pytest

from journal.records import Experience, Medicine, Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import TODAY, entries, no_room, save
from tests.ui.pages.landing_hands import land, session
from tests.ui.pages.test_left_and_back import away, writing
from ui.pages.write import WritePage
from ui.places import Place
from ui.window import MainWindow

REFUSED = "refused words"


@pytest.fixture
def eid(qtbot, window_open: MainWindow) -> str:
    return save(qtbot, window_open, JournalPage(at=Moment(NOW), text="first"))


@pytest.fixture
def page(qtbot, window_open: MainWindow, eid: str) -> WritePage:
    """The writing page, which holds what was refused of the entry, as another was begun meanwhile."""
    page = writing(qtbot, window_open, eid, REFUSED)
    with no_room():
        away(window_open, Place("write", kind="page"))
        qtbot.keyClicks(page.editor, "another")
        quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, TODAY)
    return page


def heads(qtbot, window: MainWindow, eid: str) -> list[str]:
    """What it says now, in each of its versions that stand side by side."""
    return sorted(side.record.text for side in ask(qtbot, window, lambda journal: journal.sides(eid)))


def tried(qtbot, window: MainWindow) -> None:
    window.stack.seal()
    quiet(qtbot, window.context.tasks)


def test_what_was_saved_since_stands_beside_it(qtbot, window_open: MainWindow, eid: str, page: WritePage) -> None:
    ask(qtbot, window_open, lambda journal: journal.save(JournalPage(at=Moment(NOW), text="newer"), eid))
    tried(qtbot, window_open)
    assert heads(qtbot, window_open, eid) == ["newer", REFUSED]
    tried(qtbot, window_open)
    assert heads(qtbot, window_open, eid) == ["newer", REFUSED], "it is kept once"


def test_a_draft_of_since_stays(qtbot, window_open: MainWindow, eid: str, page: WritePage) -> None:
    draft = JournalPage(at=Moment(NOW), text="newer draft")
    ask(qtbot, window_open, lambda journal: journal.put_draft(eid, draft))
    tried(qtbot, window_open)
    assert heads(qtbot, window_open, eid) == [REFUSED]
    assert [one.record for one in ask(qtbot, window_open, JournalService.drafts)] == [draft]


def test_what_was_removed_for_good_does_not_come_back(
    qtbot, window_open: MainWindow, eid: str, page: WritePage
) -> None:
    ask(qtbot, window_open, lambda journal: journal.delete(eid))
    ask(qtbot, window_open, lambda journal: journal.purge(eid))
    tried(qtbot, window_open)
    assert REFUSED not in [getattr(one, "text", "") for one in entries(qtbot, window_open).values()]


def test_keeping_it_late_is_a_step_of_undo(qtbot, window_open: MainWindow, eid: str, page: WritePage) -> None:
    tried(qtbot, window_open)
    assert heads(qtbot, window_open, eid) == [REFUSED]
    ask(qtbot, window_open, JournalService.undo)
    assert heads(qtbot, window_open, eid) == ["first"]


def test_an_earlier_saving_of_one_visit_is_not_put_over_the_later(qtbot, window_open: MainWindow, eid: str) -> None:
    page = writing(qtbot, window_open, eid, "older")
    with no_room():
        page.save.click()
        qtbot.keyClicks(page.editor, ", and newer")
        text = page.editor.content()[0]
        away(window_open, Place("write", kind="page"))
        qtbot.keyClicks(page.editor, "another")
        quiet(qtbot, window_open.context.tasks)
    tried(qtbot, window_open)
    assert heads(qtbot, window_open, eid) == [text]


def test_a_refused_removal_lets_go_of_nothing_that_was_begun_since(qtbot, window_open: MainWindow, eid: str) -> None:
    page = go(qtbot, window_open, Place("write", eid=eid))
    with no_room():
        page._on_remove()
        away(window_open, Place("write", kind="page"))
        qtbot.keyClicks(page.editor, "another")
        quiet(qtbot, window_open.context.tasks)
        assert page.editor.content()[0] == "another" and page.banner.text
    go(qtbot, window_open, TODAY)
    texts = sorted(one.text for one in entries(qtbot, window_open).values() if isinstance(one, JournalPage))
    assert texts == ["another", "first"]


def test_a_landing_that_is_shown_again_has_its_words_back(qtbot, window_open: MainWindow) -> None:
    other = land(qtbot, window_open, session(qtbot, window_open))._there()
    page = land(qtbot, window_open, session(qtbot, window_open))
    mine = page._there()
    qtbot.keyClicks(page.text, REFUSED)
    with no_room():
        away(window_open, TODAY, other)
        quiet(qtbot, window_open.context.tasks)
    go(qtbot, window_open, mine)
    assert page.text.value() == REFUSED
    page.text.set_value("said anew")
    page._on_typed()
    go(qtbot, window_open, TODAY)
    tried(qtbot, window_open)
    (said,) = [one.text for one in entries(qtbot, window_open).values() if isinstance(one, Experience)]
    assert "said anew" in said and REFUSED not in said


def test_removing_what_was_only_begun_offers_no_undo_of_something_else(qtbot, window_open: MainWindow) -> None:
    begun = "5" * 32
    ask(qtbot, window_open, lambda journal: journal.put_draft(begun, Medicine(name="begun")))
    precious = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="precious"))
    page = go(qtbot, window_open, Place("edit-medicine", eid=begun))
    page.name.clear()
    page.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert not window_open.status.undo.isVisible()
    assert precious in entries(qtbot, window_open)


def test_bringing_a_version_back_is_told_to_all(qtbot, window_open: MainWindow, eid: str) -> None:
    ask(qtbot, window_open, lambda journal: journal.save(JournalPage(at=Moment(NOW), text="second"), eid))
    page = go(qtbot, window_open, Place("history", eid=eid))
    page.list.setCurrentRow(1)
    with qtbot.waitSignal(window_open.context.tasks.changed):
        page._on_bring_back()
    quiet(qtbot, window_open.context.tasks)
    assert heads(qtbot, window_open, eid) == ["first"]
