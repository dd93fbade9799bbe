"""What rests after a session stands behind a calm page, until the sentence or the morning."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Moment, Page, Settings
from journal.service import JournalService
from journal.service.landing import SENTENCE
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import entries, save
from ui.audit import faults
from ui.places import Place
from ui.theme import Scheme


@pytest.fixture
def landed(qtbot, window_open):
    """The window after a landing that began just now."""
    ask(qtbot, window_open, partial(JournalService.land, session=None, at=Moment(NOW)))
    window_open.commands.rest._ask()
    quiet(qtbot, window_open.context.tasks)
    return window_open


def wake(qtbot, window) -> None:
    page = window.stack.currentWidget()
    page.sentence.setText(SENTENCE.lower())
    page.wake.click()
    quiet(qtbot, window.context.tasks)


@pytest.mark.parametrize("name", ["share", "preferences", "edit-person", "edit-provider"])
def test_a_page_that_rests_says_until_when(qtbot, landed, name):
    page = go(qtbot, landed, Place(name))
    assert landed.stack.place == Place("resting", kind=name)
    assert page.heading.text() == "This rests until tomorrow, 05:00" or "tomorrow" in page.heading.text()


def test_after_the_sentence_one_is_where_one_wanted_to_be(qtbot, landed):
    page = go(qtbot, landed, Place("share"))
    page.sentence.setText("I am awake")
    assert not page.wake.isEnabled()
    wake(qtbot, landed)
    assert landed.stack.place == Place("share")
    landed.stack.back()
    assert landed.stack.place == Place("today")
    assert ask(qtbot, landed, JournalService.resting) is None


@pytest.mark.parametrize(
    "wanted",
    [Place("share", eids=("a" * 32,)), Place("edit-provider", kind="provider"), Place("preferences", kind="x")],
)
def test_after_the_sentence_nothing_of_the_place_is_lost(qtbot, landed, wanted):
    go(qtbot, landed, wanted)
    assert landed.stack.place == Place("resting", eids=wanted.eids, kind=wanted.name)
    wake(qtbot, landed)
    assert landed.stack.place == wanted


@pytest.mark.parametrize("name", ["export", "change-password", "new-words", "rotate"])
def test_an_action_that_rests_goes_on_after_the_sentence(qtbot, landed, prompter, name):
    prompter.answers = [False]  # to whether new words shall be made
    landed.menu_actions[name].trigger()
    quiet(qtbot, landed.context.tasks)
    assert landed.stack.place == Place("resting", kind=name)
    assert QApplication.activeModalWidget() is None
    wake(qtbot, landed)
    if name == "new-words":
        assert len(prompter.asked) == 1
    else:
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        QApplication.activeModalWidget().reject()
    assert landed.stack.place == Place("today")


def test_the_next_morning_nothing_stands_before_it(qtbot, landed, clock):
    clock.at = NOW + timedelta(days=1)
    go(qtbot, landed, Place("share"))
    quiet(qtbot, landed.context.tasks)
    assert landed.stack.place == Place("share")


def test_removing_is_refused_and_said_and_the_entry_stays(qtbot, landed):
    eid = save(qtbot, landed, Page(at=Moment(NOW), text="stays"))
    page = go(qtbot, landed, Place("write", eid=eid, kind="page"))
    page.desk.remove.click()
    quiet(qtbot, landed.context.tasks)
    qtbot.waitUntil(lambda: landed.stack.place == Place("resting"))
    assert entries(qtbot, landed)[eid].text == "stays"
    wake(qtbot, landed)
    assert landed.stack.place.name == "write"
    landed.stack.currentWidget().desk.remove.click()
    quiet(qtbot, landed.context.tasks)
    assert eid not in entries(qtbot, landed)


def test_removing_a_record_of_a_form_leaves_no_draft_behind(qtbot, landed):
    from journal.records import CheckIn

    eid = save(qtbot, landed, CheckIn(at=Moment(NOW), mood=4))
    page = go(qtbot, landed, Place("check-in", eid=eid))
    page.remove.click()
    quiet(qtbot, landed.context.tasks)
    qtbot.waitUntil(lambda: landed.stack.place == Place("resting"))
    quiet(qtbot, landed.context.tasks)
    assert ask(qtbot, landed, JournalService.drafts) == ()
    assert entries(qtbot, landed)[eid].mood == 4


def test_writing_undo_and_locking_go_on(qtbot, landed, replaced):
    page = go(qtbot, landed, Place("write", kind="page"))
    qtbot.keyClicks(page.editor, "written while it rests")
    page.save.click()
    quiet(qtbot, landed.context.tasks)
    go(qtbot, landed, Place("today"))
    landed.menu_actions["undo"].trigger()
    quiet(qtbot, landed.context.tasks)
    assert not [one for one in entries(qtbot, landed).values() if one.kind == "page"]
    landed.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)


def test_a_refusal_keeps_nobody_from_locking(qtbot, landed, replaced):
    eid = save(qtbot, landed, Page(at=Moment(NOW), text="stays"))
    landed.lock()
    landed.context.tasks.ask(partial(JournalService.delete, eid=eid))
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)


def test_how_long_it_rests_is_a_choice(qtbot, window_open):
    page = go(qtbot, window_open, Place("preferences"))
    assert page.rest.currentText() == "Until the next day"
    page.rest.setCurrentIndex(page.rest.findData(-1))
    page.rest.activated.emit(page.rest.currentIndex())
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.settings).rest_hours == -1
    odd = msgspec.structs.replace(ask(qtbot, window_open, JournalService.settings), rest_hours=7)
    ask(qtbot, window_open, partial(JournalService.save_settings, settings=odd))
    quiet(qtbot, window_open.context.tasks)
    assert page.rest.currentText() == "7 hours"
    assert Settings().rest_hours == 0


@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (200, (900, 600)), (100, (480, 640))])
def test_the_calm_page_can_be_read(qtbot, landed, theme, scale, size):
    theme.apply(Scheme.DARK, scale)
    landed.resize(*size)
    go(qtbot, landed, Place("share"))
    assert faults(landed) == []
