"""Dates, times and names as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from journal.records import (
    Moment,
    Phase,
    Role,
    Route,
    ShareRole,
    Taken,
    VitalsPoint,
)
from journal.records.codec import AnyRecord
from journal.share import Window
from ui import words

BERLIN = timezone(timedelta(hours=1))
THURSDAY = datetime(2026, 3, 12, 14, 5, tzinfo=BERLIN)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.fixture
def british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (words.day_short, "12 Mar 2026"),
        (words.date_brief, "12 Mar"),
        (words.month, "March 2026"),
        (words.day_of_month, "12"),
        (words.weekday_short, "Thu"),
        (words.time, "14:05"),
        (words.clock, "14:05"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_moment_in_words(british: None, ask, told: str) -> None:
    assert ask(THURSDAY) == told
    if ask is not words.clock:
        assert ask(Moment(THURSDAY, "Europe/Berlin")) == told


def test_a_day_in_words_names_the_year_only_where_it_is_another(british: None) -> None:
    now = datetime.now().astimezone()
    assert str(now.year) not in words.day(now)
    assert words.day(datetime(1999, 12, 31, 23, 59, tzinfo=UTC)) == "Friday 31 December 1999"
    assert words.day_and_time(datetime(1999, 12, 31, 8, 5, tzinfo=UTC)) == "Friday 31 December 1999, 08:05"


def test_a_moment_is_told_by_the_clock_it_was_lived_by(british: None) -> None:
    there = datetime(2026, 3, 12, 23, 30, tzinfo=timezone(timedelta(hours=11)))
    assert (words.time(there), words.day_short(there)) == ("23:30", "12 Mar 2026")


def test_dates_without_a_time(british: None) -> None:
    assert words.date_long(date(2026, 3, 4)) == "4 March 2026"
    assert words.date_no_year(date(2026, 3, 4)) == "4 March"


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "the day of"), (1, "a day after"), (3, "3 days after"), (-1, "a day before"), (-40, "40 days before")],
)
def test_how_long_after_something(days: int, told: str) -> None:
    assert words.days_from(date(2026, 3, 4), date(2026, 3, 4) + timedelta(days=days)) == told
    assert words.ago(THURSDAY, THURSDAY + timedelta(days=days)) == told


def test_the_night_after_is_the_day_after_by_the_calendar() -> None:
    late = THURSDAY.replace(hour=23, minute=50)
    assert words.ago(late, late + timedelta(minutes=20)) == "a day after"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (6, "in 6 days"), (-2, "2 days ago"),
        (-6, "6 days ago"), (7, "19 March"), (-7, "5 March"), (-100, "2 December 2025"),
    ],
)  # fmt: skip
def test_a_day_seen_from_now(british: None, days: int, told: str) -> None:
    assert words.relative(THURSDAY + timedelta(days=days), THURSDAY) == told


def test_now_is_seen_in_the_zone_of_the_moment(british: None) -> None:
    written = datetime(2026, 3, 12, 23, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert words.relative(written, datetime(2026, 3, 13, 7, 30, tzinfo=UTC)) == "today"


@given(DAYS, DAYS)
def test_every_day_has_words(one: date, other: date) -> None:
    at, now = (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in (one, other))
    for told in (words.day(at), words.month(at), words.relative(at, now), words.ago(at, now), words.date_long(one)):
        assert told.strip() == told != ""
    assert str(one.year) in words.date_long(one)


def test_a_file_name_is_one_line_with_nothing_hidden_in_it() -> None:
    assert words.file_name("a\nb\tc") == "a\ufffdb\ufffdc"
    assert words.file_name("\u202egnp.exe") == "\ufffdgnp.exe"
    assert words.file_name("at 2.05\u202fPM <b>.png") == "at 2.05 PM <b>.png"
    assert words.file_name("שלום 🙂.txt") == "שלום 🙂.txt"


@pytest.mark.parametrize(
    ("number", "told"),
    [("350", "350"), ("1350.00", "1,350.00"), ("0.10", "0.10"), ("-20.5", "\u221220.5"), ("-0.00", "0.00")],
)
def test_money_is_told_to_its_last_decimal_and_never_without_its_currency(number: str, told: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    try:
        assert words.amount(Decimal(number)) == told
        assert words.money(Decimal(number), "EUR") == f"{told} EUR"
    finally:
        QLocale.setDefault(before)


def test_counting() -> None:
    assert words.counted(0, "word", "words") == "0 words"
    assert words.counted(1, "word", "words") == "1 word"
    assert words.counted(2, "word", "words") == "2 words"


# What the journal keeps about itself is never shown as an entry.
OWN = {"settings", "identity", "signing-key", "receipt", "purged"}


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (words.KIND_NAMES, {cls.kind for cls in get_args(AnyRecord)} - OWN),
        (words.ROUTE_NAMES, set(Route)),
        (words.PHASE_NAMES, set(Phase)),
        (words.WINDOW_NAMES, set(Window)),
        (words.ROLE_NAMES, set(Role)),
        (words.SHARE_ROLES, set(ShareRole)),
        (words.TAKEN_NAMES, set(Taken)),
        (words.POINT_NAMES, set(VitalsPoint)),
    ],
    ids=["kinds", "routes", "phases", "windows", "roles", "share roles", "taken", "points"],
)
def test_everything_has_a_name_of_its_own(names: dict, wanted: set) -> None:
    assert set(names) == wanted
    assert len(set(names.values())) == len(names)
    assert all(name.strip() for name in names.values())
