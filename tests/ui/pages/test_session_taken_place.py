"""A planned session: whether it has taken place is asked in one tap; its form shows what is opened."""

from __future__ import annotations

from journal.records import Session
from tests.ui.conftest import quiet
from tests.ui.hands import go, press
from tests.ui.pages.hands import save, shown
from tests.ui.pages.test_session_day import days, order, saved, sessions, texts
from ui.places import Place
from ui.window import MainWindow

# -- whether it has taken place --------------------------------------------------------------------------------


def test_what_was_planned_and_noted_is_asked_about_in_one_tap(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(-0.1)))
    form = go(qtbot, window_open, Place("edit-session", eid=eid, kind="during"))
    assert form.took.isVisible()
    qtbot.keyClicks(form.dose, "50 mg")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert "Has it taken place?" in texts(page)
    shown(page, "It has taken place").click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.happened for one in sessions(qtbot, window_open)] == [True]
    assert "Has it taken place?" not in texts(page) and not any("planned" in text for text in texts(page))
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert "Has it taken place?" in texts(page)
    assert sessions(qtbot, window_open)[0].dose == "50 mg"


def test_it_can_be_said_where_it_is_noted(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(-0.1)))
    form = go(qtbot, window_open, Place("edit-session", eid=eid, kind="during"))
    form.took.setFocus()
    form.took.click()
    qtbot.waitUntil(lambda: form.folds["during"].head.hasFocus())
    assert form.happened.isChecked() and not form.took.isVisible()
    assert order(form)[0] == "during"
    assert saved(qtbot, window_open, form).happened


def test_nobody_asks_whether_what_lies_ahead_has_taken_place(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(1)))
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert "Has it taken place?" not in texts(page)
    form = go(qtbot, window_open, Place("edit-session", eid=eid, kind="during"))
    assert not form.took.isVisible()
    form.when.set_moment(days(-1))
    form.when.edited.emit()
    assert form.took.isVisible()


def test_a_part_that_is_opened_is_brought_into_sight(qtbot, window_open: MainWindow) -> None:
    window_open.resize(900, 600)
    form = go(qtbot, window_open, Place("edit-session"))
    for name in ("prepare", "readings"):
        fold, area = form.folds[name], form._column.viewport()
        form._column.ensureWidgetVisible(fold.head)
        fold.head.click()
        qtbot.waitUntil(lambda fold=fold, area=area: fold.mapTo(area, fold.rect().topLeft()).y() >= 0)
        room = area.height()
        bottom = fold.mapTo(area, fold.rect().bottomLeft()).y()
        assert bottom <= room or fold.height() > room
        assert fold.mapTo(area, fold.rect().topLeft()).y() < room
