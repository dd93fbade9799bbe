"""Courses made up at random, with gaps, overlaps, ties and zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from journal.trends import Point, Series, SessionMark

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)  # the clocks change four weeks later in Berlin, a week later in New York
ZONES = (
    UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Apia"),
    timezone(timedelta(hours=-3, minutes=-30)),
)  # fmt: skip
NIGHTS = (  # in which clocks change in Berlin, New York, Berlin and New York
    datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 8, 2, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 11, 1, 2, tzinfo=UTC),
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


class Course(NamedTuple):
    """Sessions that overlap, and answers around them, in the order of time; `points` are in no order."""

    doses: list[datetime]
    points: tuple[Point, ...]


def course(seed: int) -> Course:
    """One course as they go: sessions three hours to three weeks apart over a night in which clocks change, several
    answers a day with days left out, some at the same moment and some at a dose itself, each in a zone of its own."""
    draw = np.random.default_rng(seed)
    first = NIGHTS[draw.integers(len(NIGHTS))] + timedelta(minutes=int(draw.integers(-10, 4)) * 720)
    starts = [first]
    for _ in range(draw.integers(0, 4)):
        starts.append(starts[-1] + timedelta(hours=int(draw.choice([3, 20, 36, 72, 96, 168, 504]))))
    gone = draw.integers(0, 20, 6)  # days without an answer
    made, better = [], draw.integers(3, 9)
    days = draw.choice([14, 40])  # of answers, from ten before
    for hour in np.flatnonzero(draw.random(days * 24) < draw.choice([0.01, 0.06, 0.2])) - 10 * 24:
        if hour // 24 in gone:
            continue
        lasts = draw.exponential(120) + 24
        level = better if 0 <= hour <= lasts else 3
        value = int(np.clip(round(draw.normal(level, 1.2)), 0, 10))
        made += [(first + timedelta(hours=int(hour)), value)] * (1 + int(draw.random() < 0.1))
    made += [(start, int(draw.integers(0, 11))) for start in starts if draw.random() < 0.3]

    def somewhere(at: datetime) -> datetime:
        return at.astimezone(ZONES[draw.integers(len(ZONES))])

    answers = [Point(somewhere(at), value, draw.bytes(4).hex()) for at, value in made]
    draw.shuffle(answers)
    return Course([somewhere(start) for start in starts], tuple(answers))


courses = st.integers(0, 100_000).map(course)


class Columns(NamedTuple):
    """Answers as numpy has them: in the order of time and of their ids."""

    times: np.ndarray  # seconds
    values: np.ndarray
    eids: np.ndarray


def columns(made: tuple[Point, ...]) -> Columns:
    times = np.array([one.at.timestamp() for one in made], dtype=float)
    values = np.array([one.value for one in made], dtype=float)
    eids = np.array([one.eid for one in made], dtype=object)
    order = np.lexsort((eids.astype(str), times)) if made else np.array([], dtype=int)
    return Columns(times[order], values[order], eids[order])


def in_order(made: tuple[Point, ...]) -> tuple[Point, ...]:
    """As a series has them: in the order of time and of their ids."""
    return tuple(sorted(made, key=lambda one: (one.at.timestamp(), one.eid)))


def series(made: tuple[Point, ...]) -> Series:
    return Series("mood", "Mood", made, ())


def marks(made: list[datetime]) -> list[SessionMark]:
    return [SessionMark(at, f"Session {number}", None, f"s{number}") for number, at in enumerate(made, 1)]
