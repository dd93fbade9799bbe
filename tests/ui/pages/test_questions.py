"""To bring along: added by Enter, asked, answered, asked again; from what was written; as text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from journal.records import IntegrationNote, Moment, Question, Session, Whom
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.conftest import Course
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from tests.ui.pages.test_medicines import day, named, texts
from ui import printing
from ui.pages.questions import QuestionsPage, as_text
from ui.places import Place
from ui.widgets.moment_edit import moment_of
from ui.window import MainWindow

PLACE = Place("questions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


@pytest.fixture
def page(qtbot, window_open: MainWindow) -> QuestionsPage:
    return go(qtbot, window_open, PLACE)


def questions(qtbot, window: MainWindow) -> list[Question]:
    found = [one for one in entries(qtbot, window).values() if isinstance(one, Question)]
    return sorted(found, key=lambda one: one.text)


def listed(page: QuestionsPage, whom: Whom) -> list[str]:
    holder = page._lists[whom]
    return [text for number in range(holder.count()) for text in texts(holder.itemAt(number).widget())]


def test_a_line_and_enter_and_the_next(qtbot, window_open: MainWindow, page: QuestionsPage) -> None:
    line = page.lines[Whom.PRESCRIBER]
    assert QApplication.focusWidget() is line.field
    for text in ("Is it the tablet?", "And the day itself?"):
        qtbot.keyClicks(line.field, text)
        press(qtbot, window_open, "Return")
        quiet(qtbot, window_open.context.tasks)
        assert line.text() == "" and QApplication.focusWidget() is line.field
    qtbot.keyClicks(page.lines[Whom.THERAPY].field, "The house")
    page.lines[Whom.THERAPY].add.click()
    quiet(qtbot, window_open.context.tasks)
    at = moment_of(NOW)
    assert questions(qtbot, window_open) == [
        Question(text="And the day itself?", made=at),
        Question(text="Is it the tablet?", made=at),
        Question(text="The house", made=at, whom=Whom.THERAPY),
    ]
    assert set(listed(page, Whom.PRESCRIBER)) == {"Is it the tablet?", "And the day itself?"}
    assert listed(page, Whom.THERAPY) == ["The house"]


def test_enter_twice_adds_once_and_nothing_adds_nothing(qtbot, window_open: MainWindow, page: QuestionsPage) -> None:
    field = page.lines[Whom.PRESCRIBER].field
    qtbot.keyClicks(field, "   ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "Is it?")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in questions(qtbot, window_open)] == ["Is it?"]


def test_what_was_not_entered_is_kept_and_gone_on_with(
    qtbot, window_open: MainWindow, page: QuestionsPage, path: Path
) -> None:
    line = page.lines[Whom.THERAPY]
    qtbot.keyClicks(line.field, "half a sen")
    line.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).texts == ["half a sen"]
    qtbot.keyClicks(line.field, "tence")
    go(qtbot, window_open, TODAY)
    assert gone(path).texts == ["half a sentence"]
    assert line.text() == ""
    go(qtbot, window_open, PLACE)
    assert line.text() == "half a sentence"
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in questions(qtbot, window_open)] == ["half a sentence"]
    assert gone(path).drafts == ()


def test_a_line_that_was_emptied_leaves_nothing(
    qtbot, window_open: MainWindow, page: QuestionsPage, path: Path
) -> None:
    line = page.lines[Whom.THERAPY]
    qtbot.keyClicks(line.field, "no")
    page.seal()
    for _ in range(2):
        qtbot.keyClick(line.field, Qt.Key.Key_Backspace)
    go(qtbot, window_open, TODAY)
    assert gone(path) == ((), {})


def test_what_could_not_be_kept_stays_in_its_line(qtbot, window_open: MainWindow, page: QuestionsPage) -> None:
    line = page.lines[Whom.THERAPY]
    qtbot.keyClicks(line.field, "do not lose me")
    with no_room():
        go(qtbot, window_open, TODAY)
    assert window_open.stack.currentWidget() is page
    assert line.text() == "do not lose me" and page.banner.text
    with no_room():
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
        quiet(qtbot, window_open.context.tasks)
    assert line.text() == "do not lose me" and page.banner.text
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in questions(qtbot, window_open)] == ["do not lose me"]


def test_asked_with_an_answer_and_asked_again(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Question(text="Is it?", made=day(-3)))
    page = go(qtbot, window_open, PLACE)
    named(page, "Asked: Is it?").click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].asked == moment_of(NOW)
    assert "Is it?" not in listed(page, Whom.PRESCRIBER)
    shown(page.banner, "Write what came back").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert form.asked.isChecked() and form.answer.isVisible()
    form.answer.setPlainText("She will look.")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert "She will look." in texts(page)
    named(page, "Ask again: Is it?").click()
    quiet(qtbot, window_open.context.tasks)
    again = entries(qtbot, window_open)[eid]
    assert (again.asked, again.answer) == (None, "She will look.")
    shown(page.banner, "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].asked == moment_of(NOW)


def test_asked_and_removed_are_undone_by_one_press(qtbot, window_open: MainWindow) -> None:
    record = Question(text="Is it?", made=day(-3))
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, PLACE)
    for name in ("Asked: Is it?", "Remove: Is it?"):
        named(page, name).click()
        quiet(qtbot, window_open.context.tasks)
        assert "Is it?" not in listed(page, Whom.PRESCRIBER)
        shown(page.banner, "Undo").click()
        quiet(qtbot, window_open.context.tasks)
        assert entries(qtbot, window_open)[eid] == record
        assert "Is it?" in listed(page, Whom.PRESCRIBER)


def test_changed_in_its_form(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Question(text="Is it?", made=day(-3)))
    page = go(qtbot, window_open, PLACE)
    named(page, "Change: Is it?").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert not form.answer.isVisible()
    form.whom.chip(Whom.THERAPY).click()
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].whom is Whom.THERAPY
    assert listed(page, Whom.THERAPY) == ["Is it?"]


def test_a_new_one_from_the_menu_is_for_the_prescriber(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-question"))
    page.save.click()
    assert page.banner.text == page.nothing
    page.text.setPlainText("Is it?")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert questions(qtbot, window_open) == [Question(text="Is it?", made=moment_of(NOW))]
    page = go(qtbot, window_open, Place("edit-question", kind="therapy"))
    assert page.whom.value() is Whom.THERAPY


# -- from what was written -----------------------------------------------------------------------------------------


def tool(page, name: str) -> QToolButton:
    found = [made for made in page.findChildren(QToolButton) if made.accessibleName().startswith(name)]
    return next(made for made in found if made.isVisible())


def test_from_the_writing_page_all_of_it_or_what_is_selected(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("write", kind="integration"))
    tool(page, "To therapy").click()
    quiet(qtbot, window_open.context.tasks)
    assert page.status.text() == "Nothing is written yet"
    qtbot.keyClicks(page.heading, "The house")
    qtbot.keyClicks(page.editor, "it had no stairs")
    tool(page, "To therapy").click()
    quiet(qtbot, window_open.context.tasks)
    assert "To bring along" in page.status.text()
    eid = page._eid
    (first,) = questions(qtbot, window_open)
    assert (first.text, first.whom, first.entry) == ("The house", Whom.THERAPY, eid)
    tool(page, "To therapy").click()
    quiet(qtbot, window_open.context.tasks)
    assert "already" in page.status.text()
    page.editor.selectAll()
    tool(page, "To therapy").click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in questions(qtbot, window_open)] == ["The house", "it had no stairs"]
    listing = go(qtbot, window_open, PLACE)
    assert any(text.startswith("From your integration note of 12 Mar 2026") for text in texts(listing))
    named(listing, "Read where it came from: The house").click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget().heading.text() == "The house"


def test_on_a_full_disk_neither_is_lost_nor_said_to_be_there(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("write", kind="integration"))
    qtbot.keyClicks(page.editor, "it had no stairs")
    with no_room():
        tool(page, "To therapy").click()
        quiet(qtbot, window_open.context.tasks)
    assert page.editor.content()[0] == "it had no stairs"
    assert page.status.text() == "Not saved yet" and "not in the journal" not in page.banner.text
    assert questions(qtbot, window_open) == []


def test_from_the_sessions_page(qtbot, course: Course) -> None:
    page = go(qtbot, course.window, Place("session", eid=course.ids.sessions[2]))
    tool(page, "To therapy: Weather, not furniture").click()
    quiet(qtbot, course.window.context.tasks)
    assert "To bring along" in course.window.status.text
    view = ask(qtbot, course.window, JournalService.to_bring)
    (brought,) = [one for one in view.waiting if one.question.text == "Weather, not furniture"]
    assert brought.session == "Session 3" and brought.kind == "integration"


def test_where_it_is_only_read_nothing_is_brought(qtbot, window: MainWindow, path: Path) -> None:
    def fill(service: JournalService) -> tuple[str, str]:
        session = service.save(Session(starts=day(-3), happened=True)).eid
        note = service.save(IntegrationNote(at=day(-2), text="still", session=session)).eid
        service.save(Question(text="Is it?", made=day(-1)))
        return session, note

    session, note = read_only(qtbot, window, path, fill)
    for place in (Place("session", eid=session), Place("write", eid=note, kind="integration"), PLACE):
        page = go(qtbot, window, place)
        tools = [made.accessibleName() for made in page.findChildren(QToolButton) if made.isVisible()]
        assert not any(name.startswith("To therapy") for name in tools)
    offered = {made.text() for made in page.findChildren(QPushButton) if made.isVisible()}
    assert offered == {"Copy as text", "Print…"}


# -- as text -------------------------------------------------------------------------------------------------------


def test_copied_as_plain_text(qtbot, window_open: MainWindow) -> None:
    note = save(qtbot, window_open, IntegrationNote(at=day(-2), title="Weather", text="."))
    save(qtbot, window_open, Question(text="Is it?\nAnd if not?", made=day(-3)))
    save(qtbot, window_open, Question(text="Weather", made=day(-2), whom=Whom.THERAPY, entry=note))
    save(qtbot, window_open, Question(text="asked", made=day(-5), asked=day(-4)))
    page = go(qtbot, window_open, PLACE)
    page.copy.click()
    assert QApplication.clipboard().text() == (
        "To bring along, 12 March 2026\n\n"
        "For my prescriber\n- Is it?\n  And if not?\n\n"
        "To bring to therapy\n- Weather\n  (From your integration note of 10 Mar 2026)\n"
    )


def test_a_list_that_is_empty_is_not_in_the_text(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Question(text="Is it?", made=day(-3)))
    view = ask(qtbot, window_open, JournalService.to_bring)
    assert as_text(view, "today") == "To bring along, today\n\nFor my prescriber\n- Is it?\n"
    page = go(qtbot, window_open, PLACE)
    assert page.copy.isVisible()
    named(page, "Asked: Is it?").click()
    quiet(qtbot, window_open.context.tasks)
    assert not page.copy.isVisible()


def test_a_long_list_is_printed_on_as_many_pages_as_it_needs(qtbot, theme, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "list.pdf"))
    lines = [f"- question {number}\n\n" for number in range(60)]
    printing.draw_page(printer, "".join(lines) + "word " * 3000)
    pages = (tmp_path / "list.pdf").read_bytes().count(b"/Type /Page\n")
    assert pages >= 4


def test_made_elsewhere_with_another_zone_it_is_shown_by_its_day(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Question(text="Is it?", made=Moment(NOW), asked=day(-1)))
    page = go(qtbot, window_open, PLACE)
    assert "For my prescriber · asked 11 Mar 2026" in texts(page)


def test_the_session_of_a_question_is_proposed_where_it_was_asked_from(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=day(-3), happened=True))
    page = go(qtbot, window_open, Place("edit-question", session=session))
    page.text.setPlainText("Is it?")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    found = ask(qtbot, window_open, partial(JournalService.to_bring))
    assert found.waiting[0].session == "Session 1"
