"""When a reminder may be shown, and that its times travel as bare numbers."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.quiet import APART, MOST, by_day, is_night, may_show, packed, unpacked

BERLIN = ZoneInfo("Europe/Berlin")
INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2990, 1, 1), timezones=st.just(UTC))
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("clock", "night"),
    [("07:59", True), ("08:00", False), ("21:59", False), ("22:00", True), ("00:00", True), ("03:00", True)],
)
def test_the_night(clock, night):
    assert is_night(datetime.fromisoformat(f"2026-03-12T{clock}+01:00")) is night


@given(st.lists(INSTANTS, max_size=70))
def test_nothing_but_numbers_travels(times):
    data = packed(times)
    assert re.fullmatch(rb"(\d+( \d+)*)?", data)
    whole = sorted({round(at.timestamp()) for at in times})[:64]
    assert [at.timestamp() for at in unpacked(data)] == whole


@given(st.binary(max_size=200))
def test_whatever_comes_through_the_pipe_is_times_or_nothing(data):
    assert all(at.tzinfo is UTC for at in unpacked(data))


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=5)), ZONES)
def test_a_moment_in_the_night_waits_for_the_morning_or_is_none(at, left, zone):
    moment = by_day(at, at + left, zone)
    if moment is not None:
        assert not is_night(moment)
        assert at <= moment <= at + left
        assert moment - at <= timedelta(hours=10)
    else:
        assert is_night(at.astimezone(zone)) and left < timedelta(hours=10)


@given(INSTANTS, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=20), ZONES)
def test_at_most_two_a_day_and_hours_apart(start, waits, zone):
    given_: list[datetime] = []
    for wait in sorted(waits):
        now = (start + wait).astimezone(zone)
        if may_show(now, given_):
            given_.append(now)
    assert all(not is_night(at) for at in given_)
    assert all(later - earlier >= APART for earlier, later in itertools.pairwise(given_))
    days = [at.date() for at in given_]
    assert all(days.count(day) <= MOST for day in days)


def test_a_clock_that_was_set_back_brings_no_second_one():
    now = datetime(2026, 3, 12, 14, tzinfo=UTC)
    assert not may_show(now - timedelta(hours=1), [now])


def test_the_hour_that_comes_twice_counts_twice():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert by_day(first, first + timedelta(days=1), BERLIN) == datetime(2026, 10, 25, 8, tzinfo=BERLIN)
    assert by_day(first.replace(fold=1), first.replace(fold=1) + timedelta(hours=5), BERLIN) is None
