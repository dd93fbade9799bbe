"""The private log of costs: typed without a way to be wrong, added up by currency, and in no export unless ticked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from journal.records import Course, Expense, Moment, Page, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import entries, gone, read_only, save
from ui import words
from ui.dialogs.export import ExportDialog
from ui.places import Place
from ui.widgets.amount_edit import AmountEdit
from ui.window import MainWindow


def texts(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]


def cost(amount: str, covered: str = "0", currency: str = "EUR", **fields) -> Expense:
    return Expense(**{"at": Moment(NOW), "amount": amount, "covered": covered, "currency": currency, **fields})


def costs(qtbot, window: MainWindow) -> list[Expense]:
    return [one for one in entries(qtbot, window).values() if isinstance(one, Expense)]


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


# -- the form -------------------------------------------------------------------------------------------------


def test_a_cost_is_noted(qtbot, window_open: MainWindow) -> None:
    course = save(qtbot, window_open, Course(title="Autumn"))
    session = save(qtbot, window_open, Session(starts=Moment(NOW), course=course, happened=True))
    form = go(qtbot, window_open, Place("edit-cost", course=course))
    assert "Stays in this journal. It is in no export unless you tick it." in texts(form)
    form.save.click()
    assert "nothing to save" in form.banner.text
    qtbot.keyClicks(form.what, "The second session")
    qtbot.keyClicks(form.amount, "350.50")
    qtbot.keyClicks(form.covered, "280")
    form.currency.setCurrentText("CHF")
    form.session.setCurrentIndex(form.session.findData(session))
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    (record,) = costs(qtbot, window_open)
    assert (record.what, record.amount, record.covered, record.currency) == (
        "The second session", "350.50", "280", "CHF",
    )  # fmt: skip
    assert (record.course, record.session, record.at.at) == (course, session, NOW)


def test_the_currency_used_last_is_offered_first(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, cost("1", currency="NOK"))
    form = go(qtbot, window_open, Place("edit-cost"))
    assert form.currency.currentText() == "NOK"
    assert form.currency.count() > 100


def test_the_currency_of_the_place_is_offered_where_none_was_used(qtbot, window_open: MainWindow, german) -> None:
    form = go(qtbot, window_open, Place("edit-cost"))
    assert form.currency.currentText() == "EUR"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", "0"), ("12.", "12"), (".5", "0.5"), ("007", "7"), ("1,234.50x", "1234.50"), ("-3e5", "35"),
        ("1.23456", "1.234"),
    ],
)
def test_only_numbers_can_be_typed(qtbot, typed: str, kept: str) -> None:
    field = AmountEdit()
    qtbot.addWidget(field)
    field.set_amount("0")
    qtbot.keyClicks(field, typed)
    assert field.amount() == kept
    Expense(at=Moment(NOW), amount=field.amount())  # and every one of them can be kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("12,5", "12.5"), ("12.50", "12.50"), ("1.234,5", "1.23"), ("0,125", "0.125")]
)
def test_the_decimal_sign_is_that_of_the_place(qtbot, german, typed: str, kept: str) -> None:
    field = AmountEdit()
    qtbot.addWidget(field)
    field.set_amount("0")
    qtbot.keyClicks(field, typed)
    assert field.amount() == kept
    field.set_amount("1350.10")
    assert (field.text(), field.amount()) == ("1350,10", "1350.10")
    assert words.money(Decimal("1350.10"), "EUR") == "1.350,10 EUR"


def test_what_was_begun_is_kept_while_a_number_is_half_typed(qtbot, window_open: MainWindow, tmp_path) -> None:
    form = go(qtbot, window_open, Place("edit-cost"))
    qtbot.keyClicks(form.what, "half")
    qtbot.keyClicks(form.amount, "12.")
    form.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert form.banner.text == ""
    (draft,) = gone(tmp_path / "journal.vault").drafts
    assert (draft.record.what, draft.record.amount) == ("half", "12")


def test_looking_at_a_cost_changes_nothing(qtbot, window_open: MainWindow) -> None:
    record = cost("0350.10", "0.00", what="odd\nbut so", course="c" * 32, session="d" * 32, provider="e" * 32)
    eid = save(qtbot, window_open, record)
    form = go(qtbot, window_open, Place("edit-cost", eid=eid))
    assert form.record() == record
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert costs(qtbot, window_open) == [record]


def test_a_cost_stays_with_its_course_until_another_is_chosen(qtbot, window_open: MainWindow) -> None:
    old = save(qtbot, window_open, Course(title="Spring", started=Moment(NOW - timedelta(days=200))))
    new = save(qtbot, window_open, Course(title="Autumn", started=Moment(NOW)))
    eid = save(qtbot, window_open, cost("1", what="Travel", course=old))
    loose = save(qtbot, window_open, cost("2", what="A book"))
    for one in (eid, loose):
        form = go(qtbot, window_open, Place("edit-cost", eid=one, course=new))
        qtbot.keyClicks(form.what, "!")
        form.save.click()
        quiet(qtbot, window_open.context.tasks)
    assert {one.what: one.course for one in costs(qtbot, window_open)} == {"Travel!": old, "A book!": None}
    form = go(qtbot, window_open, Place("edit-cost", eid=loose))
    form.course.setCurrentIndex(form.course.findData(old))
    form.course.activated.emit(form.course.currentIndex())
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert {one.course for one in costs(qtbot, window_open)} == {old}
    form = go(qtbot, window_open, Place("edit-cost"))
    assert form.course.currentText() == "Autumn"


def test_where_there_is_no_course_none_is_asked_for(qtbot, window_open: MainWindow) -> None:
    form = go(qtbot, window_open, Place("edit-cost"))
    assert not form.course.isVisible()


# -- the log --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1120, 760), (480, 760)])
def test_lines_and_totals_are_shown_by_currency(qtbot, window_open: MainWindow, size: tuple[int, int]) -> None:
    window_open.resize(*size)
    for day, one in enumerate((cost("350.00", "280"), cost("0.10", currency="CHF"), cost("0.20", currency="CHF"))):
        moved = Moment(NOW - timedelta(days=day))
        save(qtbot, window_open, Expense(at=moved, amount=one.amount, covered=one.covered, currency=one.currency))
    page = go(qtbot, window_open, Place("costs"))
    told = texts(page)
    assert {"350.00 EUR", "0.30 CHF", "covered 280", "left 70.00", "left 0.30"} <= set(told)
    assert any("0.20" in text for text in told)
    assert not any("350.30" in text for text in told)


def test_it_can_be_of_one_course_or_of_all(qtbot, window_open: MainWindow) -> None:
    course = save(qtbot, window_open, Course(title="Autumn"))
    save(qtbot, window_open, cost("1", what="of the course", course=course))
    save(qtbot, window_open, cost("2", what="of none"))
    page = go(qtbot, window_open, Place("costs", course=course))
    assert "of the course" in texts(page) and "of none" not in texts(page)
    page._all.click()
    quiet(qtbot, window_open.context.tasks)
    assert {"of the course", "of none", "3 EUR"} <= set(texts(page))


def test_an_empty_log_leads_to_its_first_line(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("costs"))
    assert page.table.isHidden()
    page.new.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "edit-cost"


def test_a_line_is_opened_from_the_log_and_one_comes_back(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, cost("1", what="Travel"))
    page = go(qtbot, window_open, Place("costs"))
    page._on_open(page._costs.lines[0])
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.eid == eid
    form = window_open.stack.currentWidget()
    qtbot.keyClicks(form.what, "!")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert "Travel!" in texts(page)


def test_older_lines_are_shown_when_asked_for(qtbot, window_open: MainWindow) -> None:
    many = [Expense(at=Moment(NOW - timedelta(days=day)), what=f"number {day}", amount="1") for day in range(160)]
    ask(qtbot, window_open, partial(JournalService.save_many, records=many))
    page = go(qtbot, window_open, Place("costs"))
    assert "160 USD" in texts(page)
    assert "number 159" not in texts(page)
    page._on_older()
    quiet(qtbot, window_open.context.tasks)
    assert "number 159" in texts(page)


def test_the_log_is_written_as_a_table_where_that_was_asked_for(qtbot, window_open: MainWindow, prompter, tmp_path):
    save(qtbot, window_open, cost("350.10", what="Travel"))
    page = go(qtbot, window_open, Place("costs"))
    prompter.answers.append(tmp_path / "costs.csv")
    page.table.click()
    quiet(qtbot, window_open.context.tasks)
    assert "1 line was written" in page.banner.text and "not sealed" in page.banner.text
    assert "350.10" in (tmp_path / "costs.csv").read_text()


def test_a_journal_for_reading_shows_the_log(qtbot, window: MainWindow, tmp_path) -> None:
    read_only(qtbot, window, tmp_path / "journal.vault", lambda service: service.save(cost("1", what="Travel")))
    page = go(qtbot, window, Place("costs"))
    assert "Travel" in texts(page)
    assert page.new.isHidden()


# -- in no export unless ticked -------------------------------------------------------------------------------


@pytest.mark.parametrize("ticked", [False, True])
def test_an_export_takes_costs_only_where_ticked(
    qtbot, window_open: MainWindow, prompter, tmp_path, ticked: bool
) -> None:
    save(qtbot, window_open, cost("350.10", what="Travel"))
    save(qtbot, window_open, Page(at=Moment(NOW), text="an ordinary day"))
    prompter.answers.append(tmp_path / "out.md")
    window_open.menu_actions["export"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert not dialog.costs.isChecked()
    if ticked:
        dialog.costs.click()
    dialog._on_next()
    quiet(qtbot, window_open.context.tasks)
    said = "1 line of the cost log is not in it." in window_open.banner.text
    assert said is not ticked
    assert ("Travel" in (tmp_path / "out.md").read_text()) is ticked


def test_check_ins_as_a_table_have_no_place_for_costs(qtbot, window_open: MainWindow) -> None:
    dialog = ExportDialog(window_open.context.theme, window_open)
    chosen: list[tuple[str, bool]] = []
    dialog.chosen.connect(lambda form, with_costs: chosen.append((form, with_costs)))
    dialog.costs.click()
    dialog._group.button(2).click()
    assert not dialog.costs.isEnabled()
    dialog._on_next()
    assert chosen == [("csv", False)]
