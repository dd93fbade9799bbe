"""The page of a course, and the forms that belong to it: phases, targets, people, the list of what to prepare."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from journal.records import Checklist, CoursePhase, Moment, Phase, Provider, Role, Session
from journal.records import Course as CourseRecord
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from tests.ui.pages.hands import entries, read_only, save
from ui.pages.course import CoursePage
from ui.places import Place
from ui.window import MainWindow

INDUCTION = Phase.INDUCTION


def texts(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]


def named(widget: QWidget, name: str) -> QAbstractButton:
    """The button of that name."""
    return next(
        made
        for made in widget.findChildren(QAbstractButton)
        if made.isVisibleTo(widget) and name in (made.text(), made.accessibleName())
    )


def click(qtbot, window: MainWindow, name: str) -> QWidget:
    """Press a button of the page; the page one is on then."""
    qtbot.mouseClick(named(window.stack.currentWidget(), name), Qt.MouseButton.LeftButton)
    quiet(qtbot, window.context.tasks)
    return window.stack.currentWidget()


def days(number: float) -> Moment:
    return Moment(NOW + timedelta(days=number))


def course(qtbot, window: MainWindow, *phases: CoursePhase, **fields) -> str:
    return save(qtbot, window, CourseRecord(phases=phases, **fields))


def the_course(qtbot, window: MainWindow) -> CourseRecord:
    (record,) = (one for one in entries(qtbot, window).values() if isinstance(one, CourseRecord))
    return record


# -- what it shows --------------------------------------------------------------------------------------------


def test_without_a_course_it_leads_to_making_one(qtbot, window_open: MainWindow) -> None:
    go(qtbot, window_open, Place("course"))
    click(qtbot, window_open, "New course")
    assert window_open.stack.place.name == "edit-course"


@pytest.mark.parametrize(
    ("name", "place"),
    [("Costs", "costs"), ("What to prepare", "edit-checklist"), ("Add a person or a clinic", "edit-provider")],
)
@pytest.mark.parametrize("known", [("Lindenhof",), ()], ids=["with a provider", "on the empty page"])
def test_what_stands_beside_it_is_reached_without_a_course(
    qtbot, window_open: MainWindow, known: tuple[str, ...], name: str, place: str
) -> None:
    for provider in known:
        save(qtbot, window_open, Provider(name=provider))
    page = go(qtbot, window_open, Place("course"))
    assert set(known) <= set(texts(page))
    click(qtbot, window_open, name)
    assert (window_open.stack.place.name, window_open.stack.place.course) == (place, None)


def test_the_sample_s_course_says_where_it_stands(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("course"))
    told = texts(page)
    assert "Autumn" in told and "Induction" in told and "6 of 6 planned" in told
    assert any(text.startswith("Session 7 is in 2 days") for text in told)
    click(qtbot, course.window, "Open the session")
    assert course.window.stack.place == Place("session", eid=course.ids.following)


def test_phases_stand_in_time_with_their_sessions(qtbot, window_open: MainWindow) -> None:
    eid = course(
        qtbot, window_open,
        CoursePhase(kind=INDUCTION, name="Six in autumn", started=days(-30), planned=6),
        CoursePhase(kind=Phase.PAUSE, started=days(-20), notes="The flu."),
        CoursePhase(kind=Phase.MAINTENANCE, started=days(-9)),
        targets=("ptsd", "sleep & rest"), phase=Phase.MAINTENANCE, planned=12,
    )  # fmt: skip
    for day in (-29, -25, -8):
        save(qtbot, window_open, Session(starts=days(day), course=eid, happened=True))
    page = go(qtbot, window_open, Place("course"))
    told = texts(page)
    assert "For PTSD · sleep & rest" in told
    assert [text for text in told if text in ("Six in autumn", "Pause", "Maintenance")] == [
        "Maintenance", "Six in autumn", "Pause", "Maintenance",
    ]  # fmt: skip
    assert any("2 of 6 planned" in text for text in told)
    assert "The flu." in told
    assert "3 of 12 planned · since 3 Mar 2026" in told
    assert not any("0 of" in text or "left" in text for text in told)
    click(qtbot, window_open, "Session 3, Wednesday 4 March")
    assert window_open.stack.place.name == "session"


def test_another_course_is_chosen_from_the_list(qtbot, window_open: MainWindow) -> None:
    old = course(qtbot, window_open, title="Spring", started=days(-200), phase=Phase.ENDED)
    course(qtbot, window_open, title="Autumn", started=days(-20))
    page = go(qtbot, window_open, Place("course"))
    assert "Autumn" in texts(page)
    (box,) = (one for one in page.findChildren(QComboBox) if one.isVisible())
    assert [box.itemText(place) for place in range(box.count())] == ["Autumn", "Spring"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("course", eid=old)
    assert "Spring" in texts(page)


def test_noting_a_session_from_here_puts_it_into_this_course(qtbot, window_open: MainWindow) -> None:
    old = course(qtbot, window_open, title="Spring", phase=Phase.ENDED)
    course(qtbot, window_open, title="Autumn")
    go(qtbot, window_open, Place("course", eid=old))
    form = click(qtbot, window_open, "Note a session")
    assert form.course.currentText() == "Spring"


@pytest.mark.parametrize(
    ("name", "place"), [("To bring along", "questions"), ("What to prepare", "edit-checklist"), ("Costs", "costs")]
)
def test_what_stands_beside_it_is_reached(qtbot, course: Course, monkeypatch, name: str, place: str) -> None:
    gone: list[Place] = []
    page: CoursePage = go(qtbot, course.window, Place("course"))
    page.go.disconnect()
    page.go.connect(gone.append)
    named(page, name).click()
    assert [one.name for one in gone] == [place]


def test_a_course_that_is_gone_says_so(qtbot, course: Course) -> None:
    go(qtbot, course.window, Place("course", eid=course.ids.course))
    ask(qtbot, course.window, partial(JournalService.delete, eid=course.ids.course))
    quiet(qtbot, course.window.context.tasks)
    page = course.window.stack.currentWidget()
    assert "not in the journal any more" in page.banner.text
    assert "Autumn" not in texts(page)


def test_a_journal_for_reading_shows_it_and_offers_nothing_that_writes(qtbot, window: MainWindow, tmp_path) -> None:
    def fill(service: JournalService) -> str:
        eid = service.save(CourseRecord(title="Autumn")).eid
        service.save_provider(Provider(name="Lindenhof"), service.new_eid(), eid)
        return eid

    read_only(qtbot, window, tmp_path / "journal.vault", fill)
    page = go(qtbot, window, Place("course"))
    assert {"Autumn", "Lindenhof"} <= set(texts(page))
    offered = {made.text() for made in page.findChildren(QAbstractButton) if made.isVisible()}
    writing = {"Note a session", "Change", "New course", "Pause it", "End it", "Add a person or a clinic"}
    assert not offered & writing
    assert {"Costs", "What to prepare"} <= offered


# -- pausing and ending ---------------------------------------------------------------------------------------


def test_pausing_going_on_and_ending_are_steps_of_undo(qtbot, window_open: MainWindow) -> None:
    course(qtbot, window_open, title="Autumn", phase=INDUCTION, planned=6)
    go(qtbot, window_open, Place("course"))
    page = click(qtbot, window_open, "Pause it")
    assert "Pause" in texts(page)
    assert the_course(qtbot, window_open).phase is Phase.PAUSE
    click(qtbot, window_open, "Go on with it")
    assert [one.kind for one in the_course(qtbot, window_open).phases] == [INDUCTION, Phase.PAUSE, INDUCTION]
    click(qtbot, window_open, "End it")
    assert the_course(qtbot, window_open).phase is Phase.ENDED
    page.setFocus()
    for _ in range(3):
        press(qtbot, window_open, "Ctrl+Z")
        quiet(qtbot, window_open.context.tasks)
    assert (the_course(qtbot, window_open).phase, the_course(qtbot, window_open).phases) == (INDUCTION, ())


def test_where_nobody_said_where_it_stood_going_on_asks(qtbot, window_open: MainWindow) -> None:
    course(qtbot, window_open, title="Autumn", phase=Phase.ENDED)
    go(qtbot, window_open, Place("course"))
    click(qtbot, window_open, "Go on with it")
    assert window_open.stack.place.name == "edit-course"


def test_what_was_begun_in_the_form_is_kept_while_it_pauses(qtbot, window_open: MainWindow) -> None:
    eid = course(qtbot, window_open, title="Autumn", phase=INDUCTION)
    form = go(qtbot, window_open, Place("edit-course", eid=eid))
    qtbot.keyClicks(form.notes, "half a word")
    page = go(qtbot, window_open, Place("course"))
    assert "had begun" in page.banner.text
    click(qtbot, window_open, "Pause it")
    form = go(qtbot, window_open, Place("edit-course", eid=eid))
    assert form.notes.toPlainText() == "half a word"
    assert form.phase.currentData() == Phase.PAUSE
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert the_course(qtbot, window_open).notes == "half a word"
    assert ask(qtbot, window_open, partial(JournalService.get, eid=eid)).heads == 1


# -- the form -------------------------------------------------------------------------------------------------


def test_targets_are_chips_and_own_words(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    form.targets.chips["ptsd"].click()
    form.targets.chips["pain"].click()
    form.targets.chips["ptsd"].click()
    qtbot.keyClicks(form.targets.own, "sleep, , rest ")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert the_course(qtbot, window_open).targets == ("pain", "sleep", "rest")


def test_a_new_course_counts_nothing_that_nobody_said(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    qtbot.keyClicks(form.name, "Autumn")
    form.phases.add.click()
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    record = the_course(qtbot, window_open)
    assert (record.planned, record.targets, record.providers) == (None, (), ())
    assert [(one.started, one.ended, one.planned, one.name) for one in record.phases] == [(None, None, None, "")]


def test_a_word_that_stands_on_a_chip_is_not_kept_a_second_time(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    form.targets.chips["pain"].click()
    qtbot.keyClicks(form.targets.own, "Pain, ptsd, grief")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert the_course(qtbot, window_open).targets == ("pain", "ptsd", "grief")
    page = go(qtbot, window_open, Place("course"))
    assert "For Pain · PTSD · grief" in texts(page)


def test_own_words_that_nobody_changed_stay_as_they_were(qtbot, window_open: MainWindow) -> None:
    eid = course(qtbot, window_open, title="Autumn", targets=("Pain", "pain", "my, own"))
    form = go(qtbot, window_open, Place("edit-course", eid=eid))
    qtbot.keyClicks(form.name, "!")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert the_course(qtbot, window_open).targets == ("Pain", "pain", "my, own")


def test_phases_are_added_changed_and_put_in_the_order_of_time(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    for number, (name, day) in enumerate((("later", QDate(2026, 3, 9)), ("earlier", QDate(2026, 3, 1)))):
        form.phases.add.click()
        part = form.phases.parts[-1]
        qtbot.keyClicks(part.name, name)
        part.started.ask.click()
        part.started.field.setDate(day)
        part.planned.setValue(number + 3)
        part.started.field.editingFinished.emit()
    assert [part.name.text() for part in form.phases.parts] == ["earlier", "later"]
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    found = the_course(qtbot, window_open).phases
    assert [(one.name, one.planned, f"{one.started.at:%d %H:%M}") for one in found] == [
        ("earlier", 4, "01 00:00"), ("later", 3, "09 00:00"),
    ]  # fmt: skip


def test_a_phase_is_removed(qtbot, window_open: MainWindow) -> None:
    first, second = (CoursePhase(kind=kind, started=days(day)) for kind, day in ((INDUCTION, -9), (Phase.PAUSE, -3)))
    eid = course(qtbot, window_open, first, second)
    form = go(qtbot, window_open, Place("edit-course", eid=eid))
    part = form.phases.parts[1]  # a screen reader tells the one from the other, also once it is called otherwise
    qtbot.keyClicks(part.name, "Holidays")
    assert named(form, "Remove this phase: Holidays · since 9 Mar 2026")
    named(form, "Remove this phase: Induction · since 3 Mar 2026").click()
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    (left,) = the_course(qtbot, window_open).phases
    assert (left.kind, left.name, left.started) == (second.kind, "Holidays", second.started)


def test_a_last_day_lasts_until_its_end(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-course"))
    form.phases.add.click()
    form.phases.parts[0].ended.ask.click()
    form.phases.parts[0].ended.field.setDate(QDate(2026, 3, 9))
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert f"{the_course(qtbot, window_open).phases[0].ended.at:%d %H:%M}" == "09 23:59"


# -- who is part of it ----------------------------------------------------------------------------------------


def test_somebody_is_added_changed_and_removed(qtbot, window_open: MainWindow) -> None:
    eid = course(qtbot, window_open, title="Autumn")
    go(qtbot, window_open, Place("course"))
    form = click(qtbot, window_open, "Add a person or a clinic")
    form.save.click()
    assert "Give it a name" in form.banner.text
    qtbot.keyClicks(form.name, "Lindenhof")
    qtbot.keyClicks(form.reach, "030 555")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    page = window_open.stack.currentWidget()
    assert window_open.stack.place == Place("course", eid=eid)
    assert {"Lindenhof", "Clinic", "030 555"} <= set(texts(page))
    form = click(qtbot, window_open, "Change Lindenhof")
    form.role.setCurrentIndex(form.role.findData(Role.THERAPIST))
    form.role.activated.emit(0)
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert "Therapist" in texts(window_open.stack.currentWidget())
    form = click(qtbot, window_open, "Change Lindenhof")
    form.remove.click()
    quiet(qtbot, window_open.context.tasks)
    page = go(qtbot, window_open, Place("course", eid=eid))
    assert "Lindenhof" not in texts(page)


def test_people_are_ticked_and_one_who_was_removed_keeps_the_place(qtbot, window_open: MainWindow) -> None:
    who, gone = save(qtbot, window_open, Provider(name="A & B")), "f" * 32
    eid = course(qtbot, window_open, providers=(gone,))
    form = go(qtbot, window_open, Place("edit-course", eid=eid))
    (tick,) = form._ticks.values()
    assert tick.text() == "A && B"
    tick.click()
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert the_course(qtbot, window_open).providers == (gone, who)


# -- what to prepare ------------------------------------------------------------------------------------------


def test_the_list_is_changed_and_there_is_one_at_most(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-checklist"))
    assert "Someone knows where I am" in form.lines_of.toPlainText()
    form.lines_of.setPlainText("Water\n\n  A ride \n")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    form = go(qtbot, window_open, Place("edit-checklist"))  # from anywhere, without knowing of it
    assert form.lines_of.toPlainText() == "Water\nA ride"
    form.lines_of.appendPlainText("Music")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    found = [one for one in entries(qtbot, window_open).values() if isinstance(one, Checklist)]
    assert found == [Checklist(lines=("Water", "A ride", "Music"))]
