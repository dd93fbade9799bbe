"""Every figure on the charts page: the same in picture, table and file; by keys, and in a small window."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from journal.records import Course as CourseRecord
from journal.records import Landing, Moment, ScaleAnswers, Session, Settings
from journal.sample_care import fill_care
from journal.service import JournalService
from tests.ui.charts.conftest import Picture
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from ui.charts import export
from ui.pages.charts import ChartsPage
from ui.pages.charts_figures import FIGURES, WORDS
from ui.places import Place
from ui.window import MainWindow

Key = Qt.Key
DRAWN = [key for key, _, _ in FIGURES if key != WORDS]
FULL = [key for key in DRAWN if key not in ("change", "courses")]  # of which the sample has enough


@pytest.fixture
def charts(qtbot, course: Course) -> ChartsPage:
    ask(qtbot, course.window, partial(fill_care, now=NOW, ids=course.ids))
    return go(qtbot, course.window, Place("charts"))


def show(qtbot, page: ChartsPage, key: str) -> None:
    page.show_figure(key)
    quiet(qtbot, page.context.tasks)


def choose(qtbot, page: ChartsPage, name: str, place: int) -> None:
    box = page._boxes[name]
    box.setCurrentIndex(place)
    box.activated.emit(place)
    quiet(qtbot, page.context.tasks)


@pytest.mark.parametrize("key", DRAWN)
def test_each_figure_has_a_table_a_sentence_and_what_it_cannot_show(qtbot, charts: ChartsPage, key: str) -> None:
    show(qtbot, charts, key)
    panel = charts.panel
    assert panel.isVisible() and panel.figure.cannot in [one.text() for one in panel.findChildren(QLabel)]
    if key in FULL:
        panel.as_table.click()
        model = panel.table.model()
        assert [model.headerData(one, Qt.Orientation.Horizontal) for one in range(model.columnCount())] == list(
            panel.figure.table.head
        )
        assert model.rowCount() == len(panel.figure.table.rows) > 0
        panel.as_table.click()
        assert panel.view.accessibleDescription().endswith(panel.figure.said)


@pytest.mark.parametrize("key", FULL)
def test_points_are_read_by_keys_from_first_to_last(qtbot, charts: ChartsPage, key: str) -> None:
    show(qtbot, charts, key)
    view = charts.panel.view
    spots = charts.panel.figure.without(charts.panel.hidden).spots
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Home)
    assert charts.panel.reading.text() == spots[0].text
    read = {charts.panel.reading.text()}
    moments = sorted({spot.x for spot in spots})
    for moment in moments:
        here = [spot.text for spot in spots if spot.x == moment]
        assert charts.panel.reading.text() in here
        for step in (Key.Key_Down, Key.Key_Up):
            for _ in here:
                qtbot.keyClick(view, step)
                read.add(charts.panel.reading.text())
        if charts.panel.figure.y.kind != "names":  # there Up and Down go from row to row
            assert read.issuperset(here)
        else:
            view._go([spot.x for spot in spots].index(moment))
        qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_End)
    assert charts.panel.reading.text() == spots[-1].text


def test_enter_opens_what_is_read(qtbot, charts: ChartsPage, course: Course) -> None:
    show(qtbot, charts, "scale")
    view = charts.panel.view
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Home)
    while "PHQ-9" not in charts.panel.reading.text():
        qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Return)
    quiet(qtbot, course.window.context.tasks)
    assert course.window.stack.place.name == "scale"


def test_a_line_is_left_out_and_brought_back(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "around")
    panel = charts.panel
    chip = next(made for made in panel.findChildren(QPushButton) if made.text() == "Session 2")
    key = next(line.key for line in panel.figure.lines if line.name == "Session 2")
    before = len(Picture(panel.view).points())
    chip.click()
    assert len(Picture(panel.view).points()) < before and panel.hidden == {key}
    show(qtbot, charts, "before-after")
    show(qtbot, charts, "around")  # and so it is when one comes back to it
    assert panel.hidden == {key} and len(Picture(panel.view).points()) < before
    chip = next(made for made in panel.findChildren(QPushButton) if made.text() == "Session 2" and made.isVisible())
    assert not chip.isChecked()
    chip.click()
    assert len(Picture(panel.view).points()) == before


def test_two_sessions_beside_each_other(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "around")
    choose(qtbot, charts, "session", 2)
    choose(qtbot, charts, "other", 5)
    assert [row[0] for row in charts.panel.figure.table.rows[:2]] == ["Session 2", "Session 5"]
    assert [line.name for line in charts.panel.figure.lines] == ["Session 2", "Session 5"]


def test_before_and_after_at_one_moment_or_at_several(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "before-after")
    assert charts.panel.figure.table.head[2::2] == ("24 h after", "3 d after", "7 d after", "14 d after")
    box = charts._boxes["after"]
    choose(qtbot, charts, "after", [box.itemText(place) for place in range(box.count())].index("3 d after"))
    assert charts.panel.figure.table.head == ("Session", "Before", "3 d after", "Change, 3 d")
    assert charts.panel.figure.x.names == ("before", "3 d after")


def test_what_was_before_one_session_to_count_all_from(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "before-after")
    each = [float(row[1]) for row in charts.panel.figure.table.rows]
    assert len(set(each)) > 1
    assert not any("counted from" in note for note in charts.panel.figure.notes)
    choose(qtbot, charts, "base", 3)
    assert charts._boxes["base"].currentText().startswith("From before Session 3")
    rows = charts.panel.figure.table.rows
    assert {float(row[1]) for row in rows} == {each[2]}
    assert all(float(row[3]) == float(row[2]) - each[2] for row in rows if row[2] != "–")
    assert charts.panel.figure.notes[0] == "All are counted from before Session 3."
    assert "chosen to count from" in charts.panel.figure.lines[0].spots[0].text
    choose(qtbot, charts, "base", 0)
    assert [float(row[1]) for row in charts.panel.figure.table.rows] == each


def test_one_total_to_count_from(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "scale")
    box = charts._boxes["total"]
    choose(qtbot, charts, "total", 2)  # the newest first: the one between
    assert box.currentText().startswith("From 10, ")
    assert [row[1:3] for row in charts.panel.figure.table.rows] == [("6", "-4"), ("10", "+0"), ("15", "")]
    assert "from 10 (chosen) to 6" in charts.panel.figure.notes[0]
    choose(qtbot, charts, "scale", 1)  # another questionnaire has not got that one
    assert charts.panel.figure.title == "GAD-7" and box.currentText() == "From before each course"


def test_a_change_of_a_medicine(qtbot, charts: ChartsPage) -> None:
    show(qtbot, charts, "change")
    names = [charts._boxes["change"].itemText(place) for place in range(charts._boxes["change"].count())]
    choose(qtbot, charts, "change", next(place for place, name in enumerate(names) if "stopped" in name))
    assert [row[0] for row in charts.panel.figure.table.rows] == ["14 days before", "14 days after"]
    assert all(int(row[1]) > 0 for row in charts.panel.figure.table.rows)


def test_published_ranges_only_where_they_are_wanted(qtbot, charts: ChartsPage, course: Course) -> None:
    show(qtbot, charts, "scale")
    assert charts.panel.figure.bands == ()
    assert "range" not in charts.panel.figure.cannot
    settings = ask(qtbot, course.window, JournalService.settings)
    assert isinstance(settings, Settings)
    ask(qtbot, course.window, partial(JournalService.show_bands, shown=True))
    quiet(qtbot, course.window.context.tasks)
    assert [band.name for band in charts.panel.figure.bands][:2] == ["minimal", "mild"]
    assert "Published ranges" in charts.panel.figure.cannot


def test_a_questionnaire_says_the_change_since_before_the_course(qtbot, charts: ChartsPage, course: Course) -> None:
    show(qtbot, charts, "scale")
    (line,) = charts.panel.figure.notes
    assert "from 15 (last total in the 14 days before the first session) to 6 on" in line and ", -9. " in line
    assert [row[2] for row in charts.panel.figure.table.rows] == ["-9", "-5", ""]
    assert line in [one.text() for one in charts.panel.findChildren(QLabel)]
    ask(qtbot, course.window, partial(JournalService.show_bands, shown=True))
    quiet(qtbot, course.window.context.tasks)
    assert charts.panel.figure.notes[1].startswith("Published definitions: ")


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "csv"])
@pytest.mark.parametrize(("key", "title"), [
    ("around", b"Mood around each session"), ("over-time", b"Check-ins over time"),
])  # fmt: skip
def test_a_figure_becomes_a_file(
    qtbot, charts: ChartsPage, course: Course, tmp_path: Path, key: str, title: bytes, form: str
) -> None:
    show(qtbot, charts, key)
    path = tmp_path / f"figure.{form}"
    course.window.context.prompter.answers.append(path)
    charts.panel.save_wanted.emit(form)
    qtbot.waitUntil(path.exists)
    quiet(qtbot, course.window.context.tasks)
    data = path.read_bytes()
    if form == "png":
        assert not QImage.fromData(data).isNull()
    elif form == "svg":
        assert data.startswith(b"<?xml") and title in data
    elif form == "pdf":
        assert data.startswith(b"%PDF") and len(data) > 5000
    else:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert rows[0] == list(charts.panel.figure.table.head)
        assert [tuple(row) for row in rows[1:]] == list(charts.panel.figure.table.rows)
    assert not [name for name in (b"Jona", b"journal.vault", str(tmp_path).encode()) if name in data]


def test_a_cell_that_would_be_worked_out_is_harmless(qtbot, charts: ChartsPage) -> None:
    from dataclasses import replace

    from ui.charts.figure import Table

    show(qtbot, charts, "around")
    evil = replace(charts.panel.figure, table=Table(("A",), (("=1+1",), ("-3",), ("@x",), ("+2",)), (None,) * 4))
    cells = [row[0] for row in csv.reader(io.StringIO(export.as_csv(evil).decode("utf-8-sig")))]
    assert cells == ["A", "'=1+1", "-3", "'@x", "+2"]


def test_what_is_copied_is_the_picture_or_the_rows(qtbot, charts: ChartsPage, course: Course) -> None:
    show(qtbot, charts, "around")
    charts.panel.copy.click()
    assert not QGuiApplication.clipboard().image().isNull()
    charts.panel.as_table.click()
    charts.panel.table.setFocus()
    charts.panel.table.selectRow(0)
    press(qtbot, course.window, "Ctrl+C")
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("Session 1\t")


def test_words_of_before_and_after_with_covers_on(qtbot, charts: ChartsPage, course: Course) -> None:
    view = ask(qtbot, course.window, partial(JournalService.session, eid=course.ids.sessions[5]))
    ask(qtbot, course.window, partial(JournalService.cover, eid=view.experiences[0].eid, title="A cover"))
    show(qtbot, charts, WORDS)
    texts = [one.text() for one in charts.words.findChildren(QLabel)]
    assert any(text.startswith("To look around.") for text in texts)
    assert "A cover" in texts and not any("Inventory" in text for text in texts)


def test_an_empty_journal_says_what_each_figure_waits_for(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("charts"))
    for key in DRAWN:
        show(qtbot, page, key)
        assert page.panel.figure.empty in [one.text() for one in page.panel.findChildren(QLabel) if one.isVisible()]


def test_in_a_narrow_window_a_list_takes_the_place_of_the_buttons(qtbot, charts: ChartsPage, course: Course) -> None:
    course.window.resize(560, 600)
    QApplication.processEvents()
    assert charts.chooser.isVisible() and not charts._chips.isVisible()
    charts.chooser.setCurrentIndex(3)
    charts.chooser.activated.emit(3)
    quiet(qtbot, course.window.context.tasks)
    assert charts.panel.figure.key == FIGURES[3][0]


def test_while_things_rest_no_file_is_made(qtbot, charts: ChartsPage, course: Course) -> None:
    show(qtbot, charts, "around")
    ask(qtbot, course.window, partial(JournalService.save, record=Landing(began=Moment(NOW))))
    charts.panel.save_wanted.emit("png")
    quiet(qtbot, course.window.context.tasks)
    assert course.window.context.prompter.asked == []
    assert course.window.stack.place.name == "resting"


def test_pyqtgraph_is_loaded_while_nobody_touches_the_window(qtbot, course: Course, monkeypatch) -> None:
    import sys

    preload = course.window.commands.preload
    monkeypatch.setattr(course.window.idle, "touched_within", lambda _seconds: True)
    before = list(preload._left)
    preload.look()
    assert preload._left == before  # somebody is there
    monkeypatch.setattr(course.window.idle, "touched_within", lambda _seconds: False)
    assert preload.timer.isActive()
    for _ in before:
        preload.look()
    assert "pyqtgraph" in sys.modules and not preload.timer.isActive()


def test_totals_of_one_course_are_those_of_its_time(qtbot, charts: ChartsPage, course: Course) -> None:
    later = NOW + timedelta(days=60)  # the first session of another course; it ends the one before
    other = ask(qtbot, course.window, partial(JournalService.save, record=CourseRecord(title="Spring"))).eid
    session = Session(starts=Moment(later), course=other, happened=True)
    ask(qtbot, course.window, partial(JournalService.save, record=session))
    answers = ScaleAnswers(at=Moment(later + timedelta(days=3)), scale="phq-9", answers=(0,) * 10)
    ask(qtbot, course.window, partial(JournalService.save, record=answers))
    show(qtbot, charts, "scale")
    every = charts.panel.figure.table.rows
    names = [charts._boxes["course"].itemText(place) for place in range(charts._boxes["course"].count())]
    choose(qtbot, charts, "course", names.index("Spring"))
    alone = charts.panel.figure.table.rows
    assert [row[1] for row in alone] == ["0"] and "Of this course alone" in charts.panel.figure.signs
    choose(qtbot, charts, "course", names.index("Autumn"))
    assert len(charts.panel.figure.table.rows) == len(every) - 1
