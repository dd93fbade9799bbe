"""The rule of which backups stay, over any sequence of times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.paths import backup_name, backup_time
from journal.vault.generations import BOUND, NEWEST, Place, stay

START = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
times = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
near = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def places(found: list[datetime]) -> list[Place]:
    """Made one after the other, at these times by the clock of then."""
    return [Place(at, 1, number) for number, at in enumerate(found)]


def by(label: Callable[[datetime], object], kept: set[Place]) -> set[object]:
    return {label(place.at) for place in kept}


@given(st.lists(times | near, unique=True, max_size=120))
def test_the_newest_stay_and_never_too_many(found):
    every = places(found)
    kept = stay(every)
    assert kept <= set(every)
    assert len(kept) <= BOUND
    assert set(every[-NEWEST:]) <= kept  # the last made, whatever their clock said
    assert set(sorted(every, reverse=True)[:NEWEST]) <= kept
    assert bool(kept) == bool(every)


@given(st.lists(near, unique=True, min_size=1, max_size=150))
def test_as_many_stay_as_the_rule_says(found):
    every = places(sorted(found))
    kept, newest = stay(every), max(found)
    last_day = [place for place in every if newest - place.at < DAY]
    assert set(last_day[-10:]) <= kept
    for label, span in (
        (lambda at: at.date(), 14 * DAY),
        (lambda at: at.isocalendar()[:2], 8 * 7 * DAY),
        (lambda at: (at.year, at.month), 23 * 28 * DAY),
    ):
        recent = {label(place.at) for place in every if newest - place.at < span - DAY}
        assert recent <= by(label, kept)


@given(st.lists(near, unique=True, min_size=1, max_size=80), st.data())
def test_cut_off_while_removing_it_comes_to_the_same(found, data):
    every = places(found)
    kept = stay(every)
    left = data.draw(st.sets(st.sampled_from(every)))
    assert stay(kept | left) == kept


@given(st.lists(times | near, unique=True, max_size=200))
def test_one_after_the_other_comes_to_no_more_either(found):
    kept: set[Place] = set()
    for place in places(found):
        kept = stay(kept | {place})
        assert place in kept
        assert len(kept) <= BOUND


def test_a_clock_set_wrong_for_a_while_drives_nothing_out():
    true = [START - number * DAY for number in range(400)][::-1]
    kept = stay(places(true))
    for wrong in (timedelta(days=50 * 365), -timedelta(days=10 * 365)):
        made = [START + wrong + number * HOUR for number in range(5)]
        after = places([*sorted(place.at for place in kept), *made])
        still = {place.at for place in stay(after)}
        months = {(place.at.year, place.at.month) for place in kept}
        assert months <= {(at.year, at.month) for at in still}
        assert set(made[-3:]) <= still
        lost = {place.at for place in kept} - still
        assert len(lost) <= 6  # days and weeks beyond the places that were left


def test_two_years_of_daily_use():
    kept: set[Place] = set()
    for number in range(760):
        kept = stay(kept | {Place(START + number * DAY, 1, number)})
    oldest = min(place.at for place in kept)
    assert START + 760 * DAY - oldest > timedelta(days=665)
    assert 40 <= len(kept) <= 48


@pytest.mark.parametrize("year", [1, 999, 1970, 2026, 9999])
def test_names_say_the_time_and_nothing_else(year):
    at = START.replace(year=year, second=7)
    name = backup_name(at)
    assert name == f"{year:04}-03-12T140507Z.vault"
    assert backup_time(name) == at


def test_names_are_in_utc():
    assert backup_name(datetime.fromisoformat("2026-03-12T01:05:00+02:00")) == "2026-03-11T230500Z.vault"


@pytest.mark.parametrize(
    "name",
    ["journal.vault", "2026-03-12T140500Z.vault.bak", "2026-13-12T140500Z.vault", "٢٠٢٦-03-12T140500Z.vault",
     "2026-03-12T140500Z.VAULT", " 2026-03-12T140500Z.vault", "2026-03-12T140561Z.vault", ""],
)  # fmt: skip
def test_other_names_are_not_ours(name):
    assert backup_time(name) is None
