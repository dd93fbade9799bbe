"""Earlier versions: seen, compared, brought back; nothing of them is lost by it."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from journal.records import CheckIn, Mark, Medicine, Moment, Style
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.two_computers import EID, bring, text
from ui import audit
from ui.pages.history import HistoryPage
from ui.places import Place
from ui.theme import Scheme
from ui.window import MainWindow

TEXTS = ("A grey day.", "A grey day, and tea.", "A bright day, and tea.")


def page(text: str) -> JournalPage:
    return JournalPage(at=Moment(NOW), title="Tuesday", text=text, marks=(Mark(2, 6, Style.BOLD),))


@pytest.fixture
def eid(qtbot, window_open: MainWindow) -> str:
    saved = ask(qtbot, window_open, partial(JournalService.save, record=page(TEXTS[0])))
    for words in TEXTS[1:]:
        ask(qtbot, window_open, partial(JournalService.save, record=page(words), eid=saved.eid))
    return saved.eid


def shown(qtbot, window: MainWindow, eid: str) -> HistoryPage:
    return go(qtbot, window, Place("history", eid=eid))


def test_every_version_is_listed_newest_first(qtbot, window_open: MainWindow, eid: str) -> None:
    history = shown(qtbot, window_open, eid)
    lines = [history.list.item(place).text().split("\n")[1] for place in range(history.list.count())]
    assert lines == ["as it is now", "changed", "as it began"]
    assert history.list.hasFocus()


def test_what_differs_is_marked_in_more_than_colour(qtbot, window_open: MainWindow, eid: str) -> None:
    history = shown(qtbot, window_open, eid)
    assert history.list.currentRow() == 1
    document = history.text.document()
    struck, lined = "", ""
    block = document.begin()
    while block.isValid():
        for piece in block:
            form = piece.fragment().charFormat()
            struck += piece.fragment().text() if form.fontStrikeOut() else ""
            lined += piece.fragment().text() if form.fontUnderline() else ""
        block = block.next()
    assert (struck, lined) == ("grey ", "bright ")


def test_a_version_is_shown_as_it_was(qtbot, window_open: MainWindow, eid: str) -> None:
    history = shown(qtbot, window_open, eid)
    qtbot.keyClick(history.list, Qt.Key.Key_Down)
    history.compare.click()
    assert history.text.toPlainText() == TEXTS[0]


def test_bringing_back_writes_a_new_version_and_can_be_undone(qtbot, window_open: MainWindow, eid: str) -> None:
    history = shown(qtbot, window_open, eid)
    history.list.setCurrentRow(2)
    history.bring_back.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.status.text == "Brought back. What stood there before is kept among the versions."
    get = partial(JournalService.get, eid=eid)
    assert ask(qtbot, window_open, get).record == page(TEXTS[0])
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 4
    ask(qtbot, window_open, JournalService.undo)
    assert ask(qtbot, window_open, get).record == page(TEXTS[2])


def test_what_is_unsaved_in_a_form_outlives_bringing_a_version_back(qtbot, window_open: MainWindow) -> None:
    save = partial(JournalService.save, record=Medicine(name="Ketamine"))
    eid = ask(qtbot, window_open, save).eid
    ask(qtbot, window_open, partial(JournalService.save, record=Medicine(name="Esketamine"), eid=eid))
    form = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    qtbot.keyClicks(form.notes, "words that are nowhere else")
    form.history.click()
    quiet(qtbot, window_open.context.tasks)
    history = window_open.stack.currentWidget()
    history.list.setCurrentRow(1)
    history.bring_back.click()
    quiet(qtbot, window_open.context.tasks)
    assert "what you had not saved is still there" in window_open.status.text
    get, draft = partial(JournalService.get, eid=eid), partial(JournalService.draft, eid=eid)
    assert ask(qtbot, window_open, get).record.name == "Ketamine"
    form = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    assert form.notes.value() == "words that are nowhere else"
    ask(qtbot, window_open, JournalService.undo)
    assert ask(qtbot, window_open, get).record.name == "Esketamine"
    assert ask(qtbot, window_open, draft).record.notes == "words that are nowhere else"
    go(qtbot, window_open, Place("today"))
    form = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    now = ask(qtbot, window_open, get)
    assert (now.record.name, now.record.notes, now.heads) == ("Esketamine", "words that are nowhere else", 1)


def test_a_version_that_is_brought_back_hides_none_that_came_in_meanwhile(
    qtbot, window_open: MainWindow, there: JournalService
) -> None:
    ask(qtbot, window_open, partial(JournalService.save, record=text("second"), eid=EID))
    there.merge(there.look_into(window_open._path).copy)
    history = shown(qtbot, window_open, EID)
    there.save(text("written there"), EID)
    window_open.context.tasks.ask(partial(bring, path=there.path))  # its answer comes after the press
    history.list.setCurrentRow(1)
    history.bring_back.click()
    quiet(qtbot, window_open.context.tasks)
    sides = ask(qtbot, window_open, partial(JournalService.sides, eid=EID))
    assert {side.record.text for side in sides} == {"first", "written there"}


def test_formatting_alone_is_not_said_to_be_no_difference(qtbot, window_open: MainWindow) -> None:
    saved = ask(qtbot, window_open, partial(JournalService.save, record=page(TEXTS[0])))
    bare = JournalPage(at=Moment(NOW), title="Tuesday", text=TEXTS[0])
    ask(qtbot, window_open, partial(JournalService.save, record=bare, eid=saved.eid))
    assert "differs in what is not told in words" in shown(qtbot, window_open, saved.eid)._note.text()


def test_the_newest_is_not_offered_to_be_brought_back(qtbot, window_open: MainWindow, eid: str) -> None:
    history = shown(qtbot, window_open, eid)
    history.list.setCurrentRow(0)
    assert not history.bring_back.isVisible()


def test_versions_are_reached_from_the_text_and_from_a_form(qtbot, window_open: MainWindow, eid: str) -> None:
    write = go(qtbot, window_open, Place("write", eid=eid))
    write.desk.history.click()
    assert window_open.stack.place == Place("history", eid=eid)
    checkin = ask(qtbot, window_open, partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=3)))
    ask(
        qtbot, window_open, partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=0), eid=checkin.eid)
    )
    form = go(qtbot, window_open, Place("check-in", eid=checkin.eid))
    form.history.click()
    quiet(qtbot, window_open.context.tasks)
    history = window_open.stack.currentWidget()
    assert isinstance(history, HistoryPage)
    history.compare.click()
    assert "Mood: 3" in history.text.toPlainText()
    assert "Calm" not in history.text.toPlainText()  # a blank is no answer
    history.list.setCurrentRow(0)
    assert "Mood: 0" in history.text.toPlainText()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (200, (900, 600))])
def test_it_can_be_read_at_any_size(qtbot, window_open, theme, eid, scheme, scale, size) -> None:
    window_open.resize(*size)
    theme.apply(scheme, scale)
    shown(qtbot, window_open, eid)
    qtbot.wait(1)
    assert audit.faults(window_open) == []
