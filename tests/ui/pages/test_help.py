"""Help in the open journal: adding, changing and removing people, jumping to a part, one step at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from journal.help_lines import ways
from journal.records import Person
from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import go, press
from tests.ui.pages.hands import entries, read_only, save
from ui.places import Place
from ui.widgets.crisis_lines import ELSEWHERE, proposed
from ui.window import MainWindow


def people(qtbot, window: MainWindow) -> list[Person]:
    return [record for record in entries(qtbot, window).values() if isinstance(record, Person)]


def texts(page) -> list[str]:
    QApplication.processEvents()
    return [made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page)]


def tool_named(page, name: str) -> QToolButton:
    return next(made for made in page.findChildren(QToolButton) if made.accessibleName() == name)


def test_nobody_yet_leads_to_adding_somebody(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("help"))
    assert any(text.startswith("Nobody is here yet.") for text in texts(page))
    page.add.click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    qtbot.keyClicks(form.name, "Ana")
    qtbot.keyClicks(form.reach, "030 555 01")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("help")
    assert "Ana" in texts(page) and "030 555 01" in texts(page)
    assert people(qtbot, window_open) == [Person(name="Ana", reach="030 555 01")]


def test_somebody_is_changed_and_removed_and_comes_back(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Person(name="Ana", reach="030 555 01", notes="up late", unknown={"later": 1}))
    page = go(qtbot, window_open, Place("help"))
    tool_named(page, "Change Ana").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    form.reach.setFocus()
    form.reach.selectAll()
    qtbot.keyClicks(form.reach, "030 555 09")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    changed = Person(name="Ana", reach="030 555 09", notes="up late", unknown={"later": 1})
    assert people(qtbot, window_open) == [changed]
    tool_named(page, "Change Ana").click()
    quiet(qtbot, window_open.context.tasks)
    window_open.stack.currentWidget().remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert people(qtbot, window_open) == []
    assert "Ana" not in texts(page)
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert people(qtbot, window_open) == [changed]
    assert "Ana" in texts(page)


@pytest.mark.parametrize("field", ["name", "reach"])
def test_a_name_or_a_number_is_enough_and_nothing_is_not(qtbot, window_open: MainWindow, field: str) -> None:
    go(qtbot, window_open, Place("help"))
    form = go(qtbot, window_open, Place("edit-person"))
    form.save.click()
    assert form.banner.text == "Give a name, or how to reach them."
    qtbot.keyClicks(getattr(form, field), "somebody")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert [getattr(person, field) for person in people(qtbot, window_open)] == ["somebody"]
    assert "somebody" in texts(window_open.stack.currentWidget())


def test_a_person_who_was_begun_is_kept_as_a_draft(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-person"))
    qtbot.keyClicks(form.name, "half")
    eid = form._eid
    go(qtbot, window_open, Place("help"))
    form = go(qtbot, window_open, Place("edit-person", eid=eid))
    assert form.name.value() == "half"
    assert people(qtbot, window_open) == []


def test_reading_only_shows_them_and_changes_nothing(qtbot, window: MainWindow, tmp_path: Path) -> None:
    def fill(service: JournalService) -> str:
        return service.save(Person(name="Ana", reach="030 555 01", without_password=True)).eid

    eid = read_only(qtbot, window, tmp_path / "journal.vault", fill)
    page = go(qtbot, window, Place("help"))
    assert "030 555 01" in texts(page)
    assert not page.add.isVisible()
    form = go(qtbot, window, Place("edit-person", eid=eid))
    assert form.name.isReadOnly() and not form.outside.isEnabled() and not form.save.isVisible()


@pytest.mark.parametrize("kind", ["people", "lines", "grounding"])
def test_a_place_jumps_to_its_part(qtbot, window_open: MainWindow, kind: str) -> None:
    for number in range(6):
        save(qtbot, window_open, Person(name=f"Person {number}", reach="030 555 01"))
    window_open.context.settings.update(country="GB")
    page = go(qtbot, window_open, Place("help", kind=kind))
    QApplication.processEvents()
    bar = page._column.verticalScrollBar()
    top = page._headings[kind].mapTo(page._column.widget(), page._headings[kind].rect().topLeft()).y()
    assert bar.value() in (top - 16, bar.maximum())
    assert QApplication.focusWidget() is {
        "people": page.add, "lines": page.lines.country, "grounding": page.grounding.choices[0],
    }[kind]  # fmt: skip


def test_the_country_is_proposed_and_unknown_ones_are_elsewhere(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("help"))
    known = {page.lines.country.itemData(place) for place in range(page.lines.country.count())}
    wanted = proposed() if proposed() in known else ELSEWHERE
    assert page.lines.country.currentData() == wanted
    window_open.context.settings.update(country="AQ")
    page = go(qtbot, window_open, Place("today")) and go(qtbot, window_open, Place("help"))
    assert page.lines.country.currentData() == ELSEWHERE
    assert "112" in texts(page)


def test_every_country_shows_its_lines_and_how_sure_they_are(qtbot, window_open: MainWindow) -> None:
    from journal.help_lines import help_lines

    page = go(qtbot, window_open, Place("help"))
    for country in help_lines().countries:
        page.lines.country.setCurrentIndex(page.lines.country.findData(country.code))
        page.lines.country.activated.emit(page.lines.country.currentIndex())
        shown = texts(page)
        assert {*country.emergency, *(line.number for line in country.lines)} <= set(shown)
        unchecked = [line for line in country.lines if not line.verified]
        assert shown.count("Not checked by us. Your local emergency number is the surest.") == len(unchecked)
        for line in country.lines:
            assert any(text.startswith(line.source) for text in shown)
            assert not line.word or any(line.word in text for text in shown)


def test_one_step_at_a_time_forth_and_back(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("help", kind="grounding"))
    steps = page.grounding
    assert not steps.step_card.isVisible()
    for way, choice in zip(ways(), steps.choices, strict=True):
        qtbot.keyClick(choice, Qt.Key.Key_Space)
        seen = [steps.step.text()]
        assert not steps.before.isVisible()
        while steps.next.text() == "Next":
            steps.next.click()
            seen.append(steps.step.text())
        assert tuple(seen) == way.steps
        steps.before.click()
        assert steps.step.text() == way.steps[-2]
        assert not any(text in texts(steps) for text in way.steps if text != steps.step.text())
    press(qtbot, window_open, "Escape")
    assert not steps.step_card.isVisible()
    assert window_open.stack.place.name == "help"


def test_what_was_begun_is_not_shown_the_next_time(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("help"))
    page.grounding.choices[0].click()
    go(qtbot, window_open, Place("today"))
    go(qtbot, window_open, Place("help"))
    assert not page.grounding.step_card.isVisible()


def test_nothing_moves_and_nothing_is_timed(qtbot, window_open: MainWindow) -> None:
    from PySide6.QtCore import QAbstractAnimation, QTimer

    page = go(qtbot, window_open, Place("help", kind="grounding"))
    page.grounding.choices[2].click()
    QApplication.processEvents()
    assert page.grounding.findChildren(QTimer) == []
    assert page.grounding.findChildren(QAbstractAnimation) == []


def test_earlier_versions_tell_what_a_person_was(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Person(name="Ana", reach="030 555 01"))
    save(qtbot, window_open, Person(name="Ana", reach="030 555 09", notes="up late", without_password=True), eid)
    page = go(qtbot, window_open, Place("history", eid=eid))
    page.compare.setChecked(False)
    told = page.text.toPlainText().split("\n")
    assert told == ["Name: Ana", "How to reach them: 030 555 01", "Shown before unlocking: no"]
