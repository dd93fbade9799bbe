"""Courses made up at random, with gaps, overlaps, ties and zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from journal.trends import Point, Series, SessionMark

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)  # the clocks change four weeks later in Berlin, a week later in New York
ZONES = (
    UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Apia"),
    timezone(timedelta(hours=-3, minutes=-30)),
)  # fmt: skip

times = st.builds(
    lambda minutes, zone: (FIRST + timedelta(minutes=minutes)).astimezone(zone),
    st.one_of(st.integers(0, 60 * 24 * 60), st.integers(0, 120).map(lambda half_days: half_days * 12 * 60)),  # ties
    st.sampled_from(ZONES),
)
doses = st.lists(times, min_size=1, max_size=6, unique_by=lambda at: at.timestamp()).map(
    lambda found: sorted(found, key=lambda at: at.timestamp())
)
points = st.lists(st.tuples(times, st.integers(0, 10)), max_size=60).map(
    lambda found: tuple(
        Point(at, value, f"{number:032x}")
        for number, (at, value) in enumerate(sorted(found, key=lambda pair: pair[0].timestamp()))
    )
)


def series(made: tuple[Point, ...]) -> Series:
    return Series("mood", "Mood", made, ())


def marks(made: list[datetime]) -> list[SessionMark]:
    return [SessionMark(at, f"Session {number}", None, f"s{number}") for number, at in enumerate(made, 1)]
