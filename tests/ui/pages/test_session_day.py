"""The day of a session: its form that folds, what belongs before and during, and both on the session's page."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget

from journal.records import (
    Checklist,
    Medicine,
    MedicineStep,
    Moment,
    Ready,
    Session,
    StepKind,
    Taken,
    TakenBefore,
    Vitals,
    VitalsPoint,
)
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go, press
from tests.ui.pages.hands import entries, read_only, save, shown
from ui.pages.edit_session import EditSessionPage
from ui.places import Place
from ui.window import MainWindow

BEFORE, MIDDLE, LEAVING = VitalsPoint


def texts(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]


def days(number: float) -> Moment:
    return Moment(NOW + timedelta(days=number))


def sessions(qtbot, window: MainWindow) -> list[Session]:
    return [one for one in entries(qtbot, window).values() if isinstance(one, Session)]


def saved(qtbot, window: MainWindow, form: EditSessionPage) -> Session:
    form.save.click()
    quiet(qtbot, window.context.tasks)
    (record,) = sessions(qtbot, window)
    return record


def order(form: EditSessionPage) -> list[str]:
    """The parts of the form from top to bottom."""
    return sorted(form.folds, key=lambda name: form.folds[name].mapTo(form, form.folds[name].rect().topLeft()).y())


FULL = Session(
    starts=days(-2), happened=True, number=2, arriving="tired,\nglad", told="as\u00a0ever", support="Mara",
    ride="Mara drives", prepared=(Ready("Water", True), Ready("Water"), Ready("a\nb")),
    taken=(TakenBefore("f" * 32, Taken.UNSURE),),
    second_at=days(-1.98), second_dose="10 mg", ended=days(-1.9), dose="50 mg", setting="the room", people="Dr A",
    vitals=(
        Vitals(point=LEAVING, systolic=126, diastolic=80, pulse=70, oxygen=98, at=days(-1.9)),
        Vitals(point=BEFORE, systolic=120), Vitals(point=BEFORE, pulse=64), Vitals(point=MIDDLE),
    ),
)  # fmt: skip


# -- the form -------------------------------------------------------------------------------------------------


def test_looking_at_all_of_it_changes_nothing(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, FULL)
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    for fold in form.folds.values():
        fold.head.click()
    assert form.record() == FULL


@pytest.mark.parametrize("happened", [False, True])
def test_what_is_wanted_first_comes_first_and_is_open(qtbot, window_open: MainWindow, happened: bool) -> None:
    eid = save(qtbot, window_open, Session(starts=days(-2 if happened else 2), happened=happened))
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    first = "during" if happened else "before"
    assert order(form)[0] == first
    assert [name for name, fold in form.folds.items() if fold.is_open] == [first]
    assert form.arriving.isVisible() is not happened
    assert form.dose.isVisible() is happened
    form.happened.click()
    QApplication.processEvents()
    assert order(form)[0] == ("before" if happened else "during")
    assert form.arriving.isVisible() and form.dose.isVisible()


def test_change_beside_what_happened_opens_that_part(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(2)))
    page = go(qtbot, window_open, Place("session", eid=eid))
    shown(page, "Change").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert form.folds["during"].is_open and form.dose.isVisible()


def test_tab_goes_through_the_parts_as_they_are_seen(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, Session(starts=days(2)))))
    for fold in form.folds.values():
        fold.set_open(True)
    seen, made = [], form.number
    while made is not form.notes:
        made = made.nextInFocusChain()
        if made in (form.arriving, form.ride, form.told, form.prepared, form.route, form.dose):
            seen.append(made)
    assert seen == [form.arriving, form.ride, form.told, form.prepared, form.route, form.dose]


def test_a_folded_part_says_what_is_in_it(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, FULL)))
    told = texts(form)
    assert "tired, glad · the room · Dr A · Mara · Mara drives" in told
    assert any(text.startswith("126/80") for text in told)
    assert any("as ever" in text and "1 medicine answered" in text for text in told)


def test_jumps_open_a_part_and_lead_there(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, FULL)))
    for name in ("prepare", "notes"):
        qtbot.mouseClick(form.jumps[name], Qt.MouseButton.LeftButton)
        quiet(qtbot, window_open.context.tasks)
        target = form.folds[name].head if name in form.folds else form.notes
        qtbot.waitUntil(target.hasFocus)
        bar = form._column.verticalScrollBar()
        top = target.mapTo(form._column.viewport(), target.rect().topLeft()).y()
        assert 0 <= top <= 60 or bar.value() == bar.maximum()
    assert form.folds["prepare"].is_open


def test_everything_before_and_during_is_kept(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session"))
    for name, words in (("arriving", "tired"), ("support", "Mara"), ("ride", "a taxi"), ("told", "rest")):
        qtbot.keyClicks(getattr(form, name), words)
    form.happened.click()
    qtbot.keyClicks(form.second_dose, "10 mg")
    form.second_at.ask.click()
    assert form.second_at.field.isVisible()
    form.ended.ask.click()
    form.ended.field.setTime(form.ended.field.time().addSecs(7200))
    record = saved(qtbot, window_open, form)
    assert (record.arriving, record.support, record.ride, record.told) == ("tired", "Mara", "a taxi", "rest")
    assert (record.second_dose, record.second_at.at) == ("10 mg", NOW)
    assert record.ended.at - record.starts.at == timedelta(hours=2)


def test_the_end_of_a_session_is_meant_in_the_zone_it_was_lived_in(qtbot, window_open: MainWindow) -> None:
    away = datetime(2026, 3, 1, 22, 30, tzinfo=timezone(timedelta(hours=-5)))
    eid = save(qtbot, window_open, Session(starts=Moment(away, "America/New_York"), happened=True))
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    form.ended.ask.click()
    form.ended.field.setDateTime(form.ended.field.dateTime().addSecs(3 * 3600))
    ended = saved(qtbot, window_open, form).ended
    assert (ended.at.isoformat(), ended.zone) == ("2026-03-02T01:30:00-05:00", "America/New_York")


def test_a_time_can_be_taken_back(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, FULL)))
    form.second_at.clear.click()
    assert form.second_at.ask.hasFocus()
    assert saved(qtbot, window_open, form).second_at is None


def test_readings_are_typed_and_nothing_is_said_of_them(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(-1), happened=True))
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    form.folds["readings"].head.click()
    fields = form.vitals.fields
    for name, typed in (("systolic", "250x"), ("diastolic", "140"), ("pulse", "4000"), ("oxygen", "101")):
        qtbot.keyClicks(fields[BEFORE][name], typed)
    qtbot.keyClicks(fields[LEAVING]["pulse"], "0")
    before = set(texts(form))
    record = saved(qtbot, window_open, form)
    assert record.vitals == (Vitals(point=BEFORE, systolic=250, diastolic=140, pulse=400, oxygen=10),)
    assert not any("high" in text or "low" in text for text in before)


def test_a_reading_that_is_emptied_goes_and_one_changed_keeps_its_time(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, FULL)))
    form.vitals.fields[BEFORE]["systolic"].clear()
    form.vitals.fields[BEFORE]["systolic"].textEdited.emit("")
    form.vitals.fields[LEAVING]["pulse"].setText("71")
    form.vitals.fields[LEAVING]["pulse"].textEdited.emit("71")
    record = saved(qtbot, window_open, form)
    assert record.vitals == (
        Vitals(point=LEAVING, systolic=126, diastolic=80, pulse=71, oxygen=98, at=days(-1.9)),
        Vitals(point=BEFORE, pulse=64), Vitals(point=MIDDLE),
    )  # fmt: skip


def test_each_current_medicine_is_asked_for_and_none_has_to_be_answered(qtbot, window_open: MainWindow) -> None:
    def medicine(name: str, *kinds: tuple[StepKind, int]) -> str:
        steps = tuple(MedicineStep(kind=kind, at=days(day)) for kind, day in kinds)
        return save(qtbot, window_open, Medicine(name=name, steps=steps))

    now = medicine("Sertraline", (StepKind.START, -90))
    medicine("Stopped", (StepKind.START, -90), (StepKind.STOP, -30))
    other = medicine("Lorazepam", (StepKind.START, -60))
    form = go(qtbot, window_open, Place("edit-session"))
    assert list(form.taken.choices) == [other, now]
    assert all(box.currentData() is None for box in form.taken.choices.values())
    box = form.taken.choices[now]
    box.setCurrentIndex(box.findData(Taken.NO))
    box.activated.emit(0)
    assert saved(qtbot, window_open, form).taken == (TakenBefore(now, Taken.NO),)
    assert "In their words. This program knows nothing about medicines." in [
        made.text() for made in form.findChildren(QLabel)
    ]


def test_another_day_asks_for_the_medicines_of_that_day_and_keeps_what_was_said(qtbot, window_open: MainWindow):
    def medicine(name: str, kind: StepKind, day: int) -> str:
        return save(qtbot, window_open, Medicine(name=name, steps=(MedicineStep(kind=kind, at=days(day)),)))

    stopped, new = medicine("Earlier", StepKind.STOP, -20), medicine("Newer", StepKind.START, -10)
    form = go(qtbot, window_open, Place("edit-session"))
    assert list(form.taken.choices) == [new]
    form.when.set_moment(days(-30))
    form.when.edited.emit()
    assert list(form.taken.choices) == [stopped]
    box = form.taken.choices[stopped]
    box.setCurrentIndex(box.findData(Taken.YES))
    box.activated.emit(0)
    form.when.set_moment(days(-1))
    form.when.edited.emit()
    assert list(form.taken.choices) == [stopped, new]
    assert form.record().taken == (TakenBefore(stopped, Taken.YES),)


def test_a_list_that_was_emptied_stays_so(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Checklist(lines=("Water", "A ride")))
    eid = save(qtbot, window_open, Session(starts=days(2)))
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    form.prepared.setPlainText("")
    saved(qtbot, window_open, form)
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    assert form.prepared.toPlainText() == ""
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert not {"Water", "A ride"} & {made.accessibleName() for made in page.findChildren(QCheckBox)}


def test_a_medicine_that_is_gone_keeps_its_answer(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-session", eid=save(qtbot, window_open, FULL)))
    form.folds["medicines"].head.click()
    assert "A medicine that is not here any more" in texts(form)
    assert form.record().taken == FULL.taken


# -- what to prepare ------------------------------------------------------------------------------------------


def test_the_list_is_the_person_s_own_and_lines_that_stay_keep_their_ticks(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Checklist(lines=("Water", "A ride")))
    form = go(qtbot, window_open, Place("edit-session"))
    assert form.prepared.toPlainText() == "Water\nA ride"
    assert form.record().prepared == ()  # nobody touched it
    form.prepared.appendPlainText("Music")
    record = saved(qtbot, window_open, form)
    assert record.prepared == (Ready("Water"), Ready("A ride"), Ready("Music"))
    eid = window_open.stack.place.eid
    page = window_open.stack.currentWidget()
    box = next(made for made in page.findChildren(QCheckBox) if made.accessibleName() == "A ride")
    box.click()
    quiet(qtbot, window_open.context.tasks)
    form = go(qtbot, window_open, Place("edit-session", eid=eid))
    form.prepared.setPlainText("Music\nA ride\nA blanket")
    assert saved(qtbot, window_open, form).prepared == (Ready("Music"), Ready("A ride", True), Ready("A blanket"))


def test_a_line_is_ticked_on_the_session_s_page_by_key_and_undone(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Checklist(lines=("Water", "A ride")))
    eid = save(qtbot, window_open, Session(starts=days(2)))
    page = go(qtbot, window_open, Place("session", eid=eid))

    def lines() -> dict[str, QCheckBox]:
        return {made.accessibleName(): made for made in page.findChildren(QCheckBox) if made.isVisible()}

    lines()["Water"].setFocus()
    press(qtbot, window_open, "Space")
    quiet(qtbot, window_open.context.tasks)
    assert [made.isChecked() for made in lines().values()] == [True, False]
    assert lines()["Water"].hasFocus()  # the keys go on from there
    assert sessions(qtbot, window_open)[0].prepared == (Ready("Water", True), Ready("A ride"))
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert [made.isChecked() for made in lines().values()] == [False, False]


def test_a_session_that_happened_without_a_list_shows_none(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(-2), happened=True))
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert "What to prepare" not in texts(page)


# -- the session's page ---------------------------------------------------------------------------------------


def test_before_and_during_stand_in_their_parts(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("session", eid=save(qtbot, window_open, FULL)))
    before, during = texts(page._sections["Before"]), texts(page._sections["During"])
    assert {"How I am arriving", "tired,\nglad", "Mara drives", "as\u00a0ever"} <= set(before)
    assert {"Dr A", "the room", "50 mg"} <= set(during)
    assert "A medicine that is not here any more: not sure" in before
    assert {"126/80", "120/–", "Pressure, mmHg", "Oxygen, %", "98"} <= set(during)
    assert "About 40 minutes after" not in during  # nothing was read then


def test_while_it_lies_ahead_place_and_people_belong_before_it(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Session(starts=days(2), setting="the room", people="Dr A"))
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert {"the room", "Dr A"} <= set(texts(page._sections["Before"]))
    assert not {"the room", "Dr A"} & set(texts(page._sections["During"]))
    link = next(made for made in page.findChildren(QAbstractButton) if made.text() == "The evening before")
    link.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget().folds["before"].is_open


def test_the_list_is_changed_where_it_stands_in_the_form(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("session", eid=save(qtbot, window_open, FULL)))
    next(made for made in page.findChildren(QAbstractButton) if made.text() == "Change the list").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    qtbot.waitUntil(form.folds["prepare"].head.hasFocus)
    assert form.prepared.isVisible()


def test_a_session_over_midnight_says_the_day_it_was_over(qtbot, window_open: MainWindow) -> None:
    starts = Moment(NOW.replace(hour=23, minute=30))
    record = Session(starts=starts, happened=True, ended=Moment(starts.at + timedelta(hours=2)))
    page = go(qtbot, window_open, Place("session", eid=save(qtbot, window_open, record)))
    assert any(text.startswith("Friday 13 March") for text in texts(page._sections["During"]))


def test_a_journal_for_reading_shows_the_list_and_ticks_nothing(qtbot, window: MainWindow, tmp_path) -> None:
    eid = read_only(qtbot, window, tmp_path / "journal.vault", lambda service: service.save(FULL).eid)
    page = go(qtbot, window, Place("session", eid=eid))
    boxes = [made for made in page.findChildren(QCheckBox) if made.isVisible()]
    assert boxes and not any(made.isEnabled() for made in boxes)
    offered = {made.text() for made in page.findChildren(QAbstractButton) if made.isVisible()}
    assert not offered & {"Change", "Change the list", "Note how it was"}
    form = go(qtbot, window, Place("edit-session", eid=eid))
    form.folds["during"].set_open(True)
    assert not form.second_at.clear.isVisible()
    assert form.vitals.fields[BEFORE]["systolic"].isReadOnly()
    assert form.record() == FULL
