"""Medicines: told in steps, shown on one line of time and as the same table, with what stands now below."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from journal.clock import FixedClock
from journal.records import Medicine, MedicineStep, Moment, Session, SideEffect, StepKind, Strength
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from ui.pages.edit_medicine import EditMedicinePage
from ui.pages.medicines import KNOWS_NOTHING, MedicinesPage
from ui.places import Place
from ui.widgets.day_edit import noon_of
from ui.window import MainWindow

START, CHANGE, STOP = StepKind.START, StepKind.CHANGE, StepKind.STOP


def day(days: int, hour: int = 12) -> Moment:
    return Moment((NOW + timedelta(days=days)).replace(hour=hour, minute=0))


def step(kind: StepKind, days: int, dose: str = "") -> MedicineStep:
    return MedicineStep(kind=kind, at=day(days), dose=dose, whole_day=True)


TAKEN = Medicine(
    name="Sertraline",
    sort="for the mood",
    reason="low mood",
    steps=(step(START, -60, "50 mg"), step(CHANGE, -20, "75 mg")),
)
OLD = Medicine(name="Zopiclone", as_needed=True, steps=(step(START, -50, "half a tablet"), step(STOP, -5)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def texts(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]


def named(widget: QWidget, name: str) -> QPushButton:
    """The visible button that a screen reader calls so."""
    found = [made for made in widget.findChildren(QPushButton) if made.accessibleName() == name and made.isVisible()]
    assert len(found) == 1, name
    return found[0]


def sections(page: MedicinesPage) -> dict[str, list[str]]:
    """What stands under each heading of the lists."""
    found = {}
    for number in range(page._lists.count()):
        holder = page._lists.itemAt(number).widget()
        if holder is not None and holder.accessibleName():
            found[holder.accessibleName()] = texts(holder)[1:]
    return found


def test_the_empty_page_leads_on_and_says_what_it_does_not_know(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("medicines"))
    assert KNOWS_NOTHING in texts(page)
    assert not page.timeline.isVisible() and not page.as_table.isVisible()
    page.add_medicine.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "edit-medicine"


def test_told_in_steps_and_back_at_the_list(qtbot, window_open: MainWindow, path: Path) -> None:
    go(qtbot, window_open, Place("medicines"))
    page = go(qtbot, window_open, Place("edit-medicine"))
    qtbot.keyClicks(page.name, "Sertraline")
    shown(page, "It was started").click()
    row = page._rows[0]
    assert QApplication.focusWidget() is row.dose
    qtbot.keyClicks(row.dose, "50 mg")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "medicines"
    (made,) = gone(path).entries.values()
    assert made == Medicine(
        name="Sertraline", steps=(MedicineStep(kind=START, at=noon_of(NOW), dose="50 mg", whole_day=True),)
    )


def test_a_name_is_enough(qtbot, window_open: MainWindow, path: Path) -> None:
    page = go(qtbot, window_open, Place("edit-medicine"))
    page.save.click()
    assert page.banner.text == page.nothing
    qtbot.keyClicks(page.name, "Sertraline")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert list(gone(path).entries.values()) == [Medicine(name="Sertraline")]


def test_steps_told_out_of_order_stand_in_the_order_of_time(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Medicine(name="A", steps=(step(STOP, -5), step(START, -50))))
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    assert [row.kind.currentData() for row in page._rows] == [START, STOP]
    shown(page, "The dose was changed").click()
    page._rows[-1].when.set_moment(day(-20))
    qtbot.keyClicks(page._rows[-1].dose, "twice that")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].steps == (
        step(START, -50),
        step(CHANGE, -20, "twice that"),
        step(STOP, -5),
    )


def test_a_step_is_changed_removed_and_brought_back(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, OLD)
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    page._rows[0].drop.click()
    assert page.record().steps == OLD.steps[1:]
    shown(page.banner, "Undo").click()
    assert page.record() == OLD
    page._rows[1].kind.setCurrentIndex(1)
    page._rows[1].kind.activated.emit(1)
    assert page.record().steps[1].kind is CHANGE


def test_each_step_s_removal_is_called_by_the_step(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Medicine(name="A", steps=(step(START, -50, "20 mg"), step(STOP, -5))))
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    names = ["Remove this step: Started, 21 Jan 2026, 20 mg", "Remove this step: Stopped, 7 Mar 2026"]
    assert [row.drop.accessibleName() for row in page._rows] == names
    page._rows[1].kind.setCurrentIndex(1)
    page._rows[1].kind.activated.emit(1)
    qtbot.keyClicks(page._rows[1].dose, "10 mg")
    assert page._rows[1].drop.accessibleName() == "Remove this step: Changed, 7 Mar 2026, 10 mg"


def test_a_time_is_kept_where_it_is_wanted(qtbot, window_open: MainWindow) -> None:
    zone = timezone(timedelta(hours=-5))
    at = Moment(datetime(2026, 3, 1, 8, 30, tzinfo=zone), "America/Bogota")
    eid = save(qtbot, window_open, Medicine(name="A", steps=(MedicineStep(kind=START, at=at),)))
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    row = page._rows[0]
    assert row.timed.isChecked() and "8:30" in row.when.text()
    row.timed.click()
    assert "8:30" not in row.when.text()
    assert page.record().steps == (MedicineStep(kind=START, at=at, whole_day=True),)
    row.timed.click()
    assert page.record().steps == (MedicineStep(kind=START, at=at),)


def test_a_day_chosen_anew_is_that_day_at_noon(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, OLD)
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    when = page._rows[1].when
    when.setFocus()
    qtbot.keyClick(when, Qt.Key.Key_Up)
    given = page.record().steps[1].at.at
    assert given.hour == 12 and given.date() != OLD.steps[1].at.at.date()


def test_the_lists_say_what_stands_now(qtbot, window_open: MainWindow) -> None:
    for record in (TAKEN, OLD, Medicine(name="Ahead", steps=(step(START, 8),)), Medicine(name="A name")):
        save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place("medicines"))
    lists = sections(page)
    assert list(lists) == ["Now", "Later", "Stopped"]
    assert lists["Now"] == ["A name", "Sertraline (for the mood)", "75 mg · since 11 Jan 2026 · low mood"]
    assert lists["Later"] == ["Ahead", "from 20 Mar 2026"]
    assert lists["Stopped"] == ["Zopiclone", "half a tablet · 21 Jan 2026 to 7 Mar 2026 · as needed"]


def test_stopped_today_is_one_press_and_undone_by_one(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, TAKEN)
    page = go(qtbot, window_open, Place("medicines"))
    named(page, "Sertraline: stopped today").click()
    quiet(qtbot, window_open.context.tasks)
    assert "Stopped" in sections(page)
    assert entries(qtbot, window_open)[eid].steps[-1] == MedicineStep(kind=STOP, at=noon_of(NOW), whole_day=True)
    assert page.banner.text == "Sertraline: stopped today."
    shown(page.banner, "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid] == TAKEN
    assert "Stopped" not in sections(page)


def test_stopped_today_counts_also_before_noon_and_after_a_start_of_today(
    qtbot, window_open: MainWindow, clock: FixedClock
) -> None:
    clock.at = datetime(2026, 3, 12, 7, tzinfo=UTC)
    save(qtbot, window_open, Medicine(name="A", steps=(MedicineStep(kind=START, at=Moment(clock.at)),)))
    page = go(qtbot, window_open, Place("medicines"))
    named(page, "A: stopped today").click()
    quiet(qtbot, window_open.context.tasks)
    assert sections(page)["Now"] == ["Nothing now."]
    assert sections(page)["Stopped"][0] == "A"


def test_a_changed_dose_is_asked_for_at_once(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, TAKEN)
    page = go(qtbot, window_open, Place("medicines"))
    named(page, "Sertraline: the dose was changed").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert isinstance(form, EditMedicinePage) and len(form._rows) == 3
    qtbot.waitUntil(lambda: not form._rows[2].dose.visibleRegion().isEmpty())
    qtbot.keyClicks(QApplication.focusWidget(), "100 mg")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert any("100 mg · since 11 Jan 2026" in text for text in sections(page)["Now"])
    assert entries(qtbot, window_open)[eid].steps[-1].kind is CHANGE


def test_what_was_begun_is_not_asked_for_twice(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, TAKEN)
    go(qtbot, window_open, Place("edit-medicine", eid=eid, kind="change"))
    go(qtbot, window_open, TODAY)
    page = go(qtbot, window_open, Place("edit-medicine", eid=eid, kind="change"))
    assert len(page._rows) == 3


def test_what_could_not_be_kept_leads_back_to_the_form(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-medicine"))
    qtbot.keyClicks(page.name, "Sertraline")
    shown(page, "It was started").click()
    given = page.record()
    with no_room():
        go(qtbot, window_open, TODAY)
    assert window_open.stack.currentWidget() is page
    assert page.banner.text and page.record() == given


def test_stopping_on_a_full_disk_says_so_and_can_be_tried_again(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, TAKEN)
    page = go(qtbot, window_open, Place("medicines"))
    with no_room():
        named(page, "Sertraline: stopped today").click()
        quiet(qtbot, window_open.context.tasks)
    assert page.banner.text and "Undo" not in [made.text() for made in page.banner.findChildren(QPushButton)]
    assert entries(qtbot, window_open)[eid] == TAKEN
    named(page, "Sertraline: stopped today").click()
    quiet(qtbot, window_open.context.tasks)
    assert len(entries(qtbot, window_open)[eid].steps) == 3


# -- the line of time ----------------------------------------------------------------------------------------------


@pytest.fixture
def filled(qtbot, window_open: MainWindow) -> MedicinesPage:
    """Two medicines, a session, two side effects."""
    save(qtbot, window_open, TAKEN)
    save(qtbot, window_open, OLD)
    session = save(qtbot, window_open, Session(starts=day(-7, 10), happened=True))
    gone_by = SideEffect(what="nausea", began=day(-7, 10), gone=day(-7, 15), strength=Strength.MILD, session=session)
    save(qtbot, window_open, gone_by)
    save(qtbot, window_open, SideEffect(what="a hum", began=day(-6, 8)))
    return go(qtbot, window_open, Place("medicines"))


SPOKEN = [
    "Sertraline: started on 11 Jan 2026, 50 mg",
    "Zopiclone: started on 21 Jan 2026, half a tablet",
    "Sertraline: changed on 20 Feb 2026, 75 mg",
    "Nausea, mild: from 5 Mar 2026, {ten}, gone by 5 Mar 2026, {three}",
    "Session 1: 5 Mar 2026, {ten}",
    "a hum: from 6 Mar 2026, {eight}, not said to be gone",
    "Zopiclone: stopped on 7 Mar 2026",
]


def spoken() -> set[str]:
    from ui import words

    clock = {"ten": words.time(day(0, 10)), "three": words.time(day(0, 15)), "eight": words.time(day(0, 8))}
    return {text.format(**clock) for text in SPOKEN}


def test_every_thing_told_is_walked_through_by_keys(qtbot, filled: MedicinesPage) -> None:
    line = filled.timeline
    line.setFocus()
    read = []
    qtbot.keyClick(line, Qt.Key.Key_Home)
    for _ in SPOKEN:
        read.append(filled.reading.text())
        assert line.accessibleDescription() == read[-1]
        qtbot.keyClick(line, Qt.Key.Key_Right)
    assert set(read) == spoken()
    assert filled.reading.text() == read[-1]  # the last stays
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert filled.reading.text() == read[-2]


def test_enter_opens_what_one_is_at(qtbot, window_open: MainWindow, filled: MedicinesPage) -> None:
    filled.timeline.setFocus()
    press(qtbot, window_open, "Home")
    press(qtbot, window_open, "Return")
    quiet(qtbot, window_open.context.tasks)
    page = window_open.stack.currentWidget()
    assert isinstance(page, EditMedicinePage) and page.name.value() == "Sertraline"


def test_a_press_reads_what_lies_there_and_two_open_it(qtbot, window_open: MainWindow, filled: MedicinesPage) -> None:
    line = filled.timeline
    lane, top = next(pair for pair in line._placed() if pair[0].name == "a hum")
    box = line._box(lane.bars[0], line._line_of(lane, top))
    spot = QPoint(round(box.center().x()), round(box.center().y()))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=spot)
    assert filled.reading.text().startswith("a hum: from")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 2, 2))
    assert filled.reading.text() == " "
    qtbot.mouseDClick(line, Qt.MouseButton.LeftButton, pos=spot)
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "edit-side-effect"


def test_a_shorter_range_walks_through_less(qtbot, filled: MedicinesPage) -> None:
    every = len(filled.timeline.shown())
    shown(filled, "Last 4 weeks").click()
    assert 0 < len(filled.timeline.shown()) < every
    shown(filled, "Everything").click()
    assert len(filled.timeline.shown()) == every


def test_years_of_a_medicine_do_not_press_the_sessions_together(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Medicine(name="A", steps=(step(START, -3000),)))
    page = go(qtbot, window_open, Place("medicines"))
    assert shown(page, "Last 3 months").isChecked()


def test_the_table_says_the_very_same(qtbot, window_open: MainWindow, filled: MedicinesPage) -> None:
    filled.as_table.click()
    assert filled.table.isVisible() and not filled.timeline.isVisible()
    model = filled.table.model()
    said = {model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())}
    assert said == spoken()
    filled.copy.click()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == "Day\tWhat\t\tUntil\tAs it was told"
    assert copied[1] == "7 Mar 2026\tZopiclone\tStopped\t\t"
    assert any(line.endswith("not said to be gone\t") for line in copied)
    filled.table.setFocus()
    filled.table.selectRow(0)
    filled.table.activated.emit(filled.table.currentIndex())
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget().name.value() == "Zopiclone"


def test_markup_and_odd_letters_are_shown_as_they_are(qtbot, window_open: MainWindow) -> None:
    name = "<b>A</b>\n\u202eB & C"
    save(qtbot, window_open, Medicine(name=name, steps=(step(START, -3, "<i>one</i>\n"),)))
    page = go(qtbot, window_open, Place("medicines"))
    assert "<b>A</b>\ufffd\ufffdB & C" in sections(page)["Now"]
    page.as_table.click()
    assert page.table.model().index(0, 1).data() == "<b>A</b>\ufffd\ufffdB & C"


def test_at_the_ends_of_the_calendar_it_is_still_drawn(qtbot, window_open: MainWindow) -> None:
    ends = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC, microsecond=0)]
    save(qtbot, window_open, Medicine(name="A", steps=tuple(MedicineStep(kind=START, at=Moment(at)) for at in ends)))
    page = go(qtbot, window_open, Place("medicines"))
    shown(page, "Everything").click()
    assert not page.timeline.grab().isNull()
    assert len(page.timeline.shown()) == 2


def test_nothing_that_writes_is_offered_where_it_is_only_read(qtbot, window: MainWindow, path: Path) -> None:
    def fill(service: JournalService) -> None:
        service.save(TAKEN)
        service.save(SideEffect(what="nausea", began=day(-7)))

    read_only(qtbot, window, path, fill)
    page = go(qtbot, window, Place("medicines"))
    offered = {made.text() for made in page.findChildren(QPushButton) if made.isVisible()}
    assert offered.isdisjoint({"Add a medicine", "Note a side effect", "Stopped today", "Dose changed…", "Gone now"})
    assert "Open" in offered


def test_on_the_sample_course(qtbot, course: Course) -> None:
    ask(qtbot, course.window, partial(JournalService.save, record=TAKEN))
    page = go(qtbot, course.window, Place("medicines"))
    marks = [line for line in page.timeline._lines if line.kind == "session"]
    assert [line.what for line in marks] == [f"Session {number}" for number in range(1, 7)]
