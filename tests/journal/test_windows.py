"""What counts for which point after a dose: by the one line of time, whatever the clocks on the wall did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.windows import LAST, WINDOWS, nearest, next_dose, since, spans, window_of

HOUR = timedelta(hours=1)
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin", "Pacific/Apia", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham",
        "Asia/Kathmandu", "UTC",
    )
]  # fmt: skip
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))
PASSED = st.integers(0, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def named(span) -> str | None:
    return span.window.name if span is not None else None


def test_the_windows_are_those_that_studies_publish():
    told = {window.name: (window.first / HOUR, window.point / HOUR, window.last / HOUR) for window in WINDOWS}
    assert told == {
        "4 h": (2, 4, 8), "24 h": (18, 24, 36), "3 d": (48, 72, 96), "7 d": (120, 168, 216), "14 d": (264, 336, 432),
    }  # fmt: skip
    assert timedelta(days=18) == LAST


@given(INSTANTS, PASSED, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_what_the_clocks_on_the_wall_say_makes_no_difference(dose, passed, here, there):
    at = dose + passed
    assert since(dose.astimezone(here), at.astimezone(there)) == passed
    for window, other in zip((spans(dose)), (spans(dose.astimezone(here))), strict=True):
        assert (window.begins, window.ends) == (other.begins, other.ends)
        assert window.holds(at.astimezone(there)) == other.holds(at) == window.window.holds(passed)


@given(INSTANTS, PASSED, st.lists(st.integers(-40 * 24, 40 * 24).map(lambda hours: hours * HOUR)))
def test_a_moment_counts_for_one_window_at_most_and_never_past_the_next_dose(dose, passed, others):
    at = dose + passed
    following = next_dose(dose, [dose + other for other in others])
    holding = [span for span in spans(dose, following) if span.holds(at)]
    assert len(holding) <= 1
    if following is not None and at >= following:
        assert holding == []
    elif following is None or at < following:
        assert [span.window for span in holding] == [window for window in [window_of(passed)] if window]


@given(INSTANTS, st.lists(PASSED, max_size=12))
def test_the_nearest_to_the_point_counts(dose, answers):
    times = [dose + passed for passed in answers]
    for span in spans(dose):
        inside = [at for at in times if span.holds(at)]
        place = nearest(span, times)
        assert (place is None) == (inside == [])
        if place is not None:
            assert abs(times[place] - span.point) == min(abs(at - span.point) for at in inside)


@pytest.mark.parametrize(
    ("zone", "dose", "at", "hours"),
    [
        ("Europe/Berlin", "2026-03-28T22:00", "2026-03-29T04:00", 5),  # an hour was left out
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-25T04:00", 7),  # an hour came twice
        ("Europe/Berlin", "2026-03-28T14:00", "2026-03-29T09:00", 18),
        ("Australia/Lord_Howe", "2026-04-04T22:00", "2026-04-05T04:00", 6.5),  # half an hour
        ("Asia/Kolkata", "2026-03-12T23:30", "2026-03-13T03:30", 4),
        ("Pacific/Apia", "2011-12-29T20:00", "2011-12-31T20:00", 24),  # the 30th was no day there
    ],
)
def test_nights_that_are_longer_or_shorter(zone, dose, at, hours):
    there = ZoneInfo(zone)
    first, second = (datetime.fromisoformat(text).replace(tzinfo=there) for text in (dose, at))
    assert since(first, second) == hours * HOUR
    span = next((span for span in spans(first) if span.holds(second)), None)
    assert span is not None and span.window.holds(hours * HOUR)


def test_an_hour_that_comes_twice_is_two_hours():
    berlin = ZoneInfo("Europe/Berlin")
    once = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    assert since(once, once.replace(fold=1)) == HOUR


def test_a_journey_over_the_date_line_takes_as_long_as_it_takes():
    dose = datetime.fromisoformat("2026-03-12T20:00+13:00")  # Apia
    at = datetime.fromisoformat("2026-03-12T07:00-11:00")  # Pago Pago: "thirteen hours before"
    assert since(dose, at) == 11 * HOUR
    assert window_of(since(dose, at)) is None
    assert window_of(since(dose, at - 4 * HOUR)).name == "4 h"


def test_the_next_dose_cuts_and_ends():
    dose = datetime(2026, 3, 12, 14, tzinfo=UTC)
    after = dose + timedelta(days=7)
    found = spans(dose, after)
    assert [span.window.name for span in found] == ["4 h", "24 h", "3 d", "7 d"]
    assert (found[-1].cut, found[-1].ends) == (True, after)
    assert found[-1].holds(after - timedelta(seconds=1)) and not found[-1].holds(after)
    assert [named(span) for span in spans(dose, dose + 2 * HOUR)] == []  # it would begin with the next dose


@pytest.mark.parametrize("year", [1, 9999])
def test_at_either_end_of_what_can_be_written_nothing_breaks(year):
    dose = datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31, 12, tzinfo=ZoneInfo("Pacific/Apia"))
    assert all(span.begins <= span.ends for span in spans(dose))
    assert nearest(spans(dose)[0], [dose]) in (None, 0)
