"""A day and a time are typed as one reads them: digit by digit, from part to part, and Tab leaves the field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from journal.records import Moment
from ui.widgets import day_edit, maybe_moment
from ui.widgets.moment_edit import MomentEdit

Key = Qt.Key
FEBRUARY = Moment(datetime(2026, 2, 12, 14, 5, tzinfo=UTC))


@pytest.fixture(params=["en_US", "en_GB", "de_DE", "fr_FR", "ar_EG", "ko_KR"])
def place(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


class Fields(QWidget):
    """A field between two others."""

    def __init__(self, field: MomentEdit) -> None:
        super().__init__()
        self.first, self.field, self.last = QLineEdit(), field, QLineEdit()
        body = QVBoxLayout(self)
        for made in (self.first, self.field, self.last):
            body.addWidget(made)


def fields(qtbot, kind: type[MomentEdit]) -> Fields:
    made = Fields(kind())
    qtbot.addWidget(made)
    made.field.set_moment(FEBRUARY)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.first.setFocus()
    qtbot.keyClick(made.first, Key.Key_Tab)
    assert made.field.hasFocus()
    return made


KINDS = (MomentEdit, day_edit.DayEdit, maybe_moment.DayEdit)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_after_tab_is_the_day(qtbot, place, kind: type[MomentEdit]) -> None:
    made = fields(qtbot, kind)
    assert made.field.lineEdit().selectedText() == made.field.locale().toString(made.field.date(), "d")
    qtbot.keyClicks(made.field, "15")
    assert made.field.date().toString(Qt.DateFormat.ISODate) == "2026-02-15"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15", "2026-02-15"), ("31122025", "2025-12-31"), ("31.3.2026", "2026-03-31"), ("5/4/2027", "2027-04-05"),
        ("05042027", "2027-04-05"), ("1-1-2026", "2026-01-01"), ("541999", "1999-04-05"), ("1132024", "2024-03-11"),
        ("3 10", "2026-10-03"), ("31 2", "2026-02-28"), ("9", "2026-02-09"), ("302", "2026-02-28"),
    ],
)  # fmt: skip
def test_digits_go_on_from_part_to_part(qtbot, kind: type[MomentEdit], typed: str, day: str) -> None:
    made = fields(qtbot, kind)
    qtbot.keyClicks(made.field, typed)
    qtbot.keyClick(made.field, Key.Key_Tab)
    assert made.last.hasFocus()
    assert made.field.date().toString(Qt.DateFormat.ISODate) == day
    assert made.field.moment().at.date().isoformat() == day


@pytest.mark.parametrize("typed", ["150420260930", "15 4 2026 9 30", "15.4.2026, 9:30", "1542026 930"])
def test_the_clock_follows_the_day(qtbot, german, typed: str) -> None:
    made = fields(qtbot, MomentEdit)
    edits = []
    made.field.edited.connect(lambda: edits.append(1))
    qtbot.keyClicks(made.field, typed)
    assert made.field.dateTime().toString("yyyy-MM-dd HH:mm") == "2026-04-15 09:30"
    assert edits


def test_months_can_be_typed_as_letters_still(qtbot) -> None:
    made = fields(qtbot, MomentEdit)
    qtbot.keyClicks(made.field, "15apr2027")
    assert made.field.date().toString(Qt.DateFormat.ISODate) == "2027-04-15"


def test_typing_on_the_weekday_is_about_the_day(qtbot) -> None:
    made = fields(qtbot, MomentEdit)
    made.field.setCurrentSectionIndex(0)
    qtbot.keyClicks(made.field, "20")
    assert made.field.date().day() == 20


def test_tab_leaves_the_field_from_any_part_both_ways(qtbot) -> None:
    made = fields(qtbot, MomentEdit)
    qtbot.keyClick(made.field, Key.Key_Tab)
    assert made.last.hasFocus()
    qtbot.keyClick(made.last, Key.Key_Backtab)
    assert made.field.hasFocus() and made.field.lineEdit().selectedText() == "12"
    qtbot.keyClick(made.field, Key.Key_Backtab)
    assert made.first.hasFocus()
    assert made.field.moment() is FEBRUARY and QApplication.focusWidget() is made.first


def test_what_is_only_read_is_not_typed_in(qtbot) -> None:
    made = fields(qtbot, MomentEdit)
    made.field.setReadOnly(True)
    qtbot.keyClicks(made.field, "15")
    assert made.field.moment() is FEBRUARY
