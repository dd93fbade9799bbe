"""Thirty people who were made up: counts of response and remission, how long it held, and what nobody answered,
against numpy and scipy. And the hand-made cases that papers and manuals print."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from journal.scales import built_in, score
from journal.trends import (
    SessionMark,
    Total,
    around,
    benefit,
    kaplan_meier,
    of_scale,
    of_slider,
    outcome,
    reliable,
    remission,
    response,
    survival_of,
)
from tests.journal.trends.by_numpy import WINDOWS, lasted, still_there
from tests.journal.trends.courses import series
from tests.journal.trends.thirty import AFTER, BEFORE, DAY, T0, People, moods_of, people, totals_of

PHQ = built_in("phq-9")
SEEDS = range(11, 16)
ENDS = [day for day in AFTER if day <= 31]  # of the induction


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def thirty(request: pytest.FixtureRequest) -> People:
    return people(request.param)


def first_known(columns: np.ndarray) -> np.ndarray:
    """Of each row the first that is there, or nan."""
    there = ~np.isnan(columns)
    return np.where(there.any(axis=1), columns[np.arange(len(columns)), there.argmax(axis=1)], np.nan)


def by_numpy(thirty: People) -> tuple[np.ndarray, np.ndarray]:
    """Baselines, and the first totals of the end of the induction."""
    before = len(BEFORE)
    return first_known(thirty.totals[:, :before][:, ::-1]), first_known(thirty.totals[:, before : before + len(ENDS)])


def ours(thirty: People) -> list[tuple[float | None, float | None]]:
    """The same, as the program has them."""
    rows = []
    for row in range(len(thirty.totals)):
        totals = totals_of(thirty, row)
        base = of_scale(totals, T0)
        after = [one.value for one in totals if T0 <= one.at <= T0 + 31 * DAY and one.value is not None]
        rows.append((base.value if base is not None else None, after[0] if after else None))
    return rows


def test_response_and_remission_are_counted_as_numpy_counts_them(thirty: People) -> None:
    pairs = [(base, after) for base, after in ours(thirty) if base is not None and after is not None]
    base, after = by_numpy(thirty)
    both = ~np.isnan(base) & ~np.isnan(after)
    base, after = base[both], after[both]
    assert [*zip(base, after, strict=True)] == pairs
    responses = [response(PHQ, b, a) for b, a in pairs]
    assert [one is not None for one in responses] == (base >= 10).tolist()
    assert [one is not None and one.met for one in responses] == ((base >= 10) & (2 * after <= base)).tolist()
    assert [remission(PHQ, a).met for _, a in pairs] == (after < 5).tolist()
    assert [reliable(PHQ, b, a).met for b, a in pairs] == (np.abs(after - base) >= 6).tolist()
    assert 0 < (2 * after <= base).sum() < len(pairs)  # there is something to count, each way


def test_as_many_have_a_baseline_and_an_answer_as_numpy_counts(thirty: People) -> None:
    base, after = by_numpy(thirty)
    rows = ours(thirty)
    assert sum(one is not None for one, _ in rows) == (~np.isnan(base)).sum()
    assert sum(one is not None for _, one in rows) == (~np.isnan(after)).sum()
    assert sum(None not in row for row in rows) == (~np.isnan(base) & ~np.isnan(after)).sum() < 30
    assert of_scale([Total(T0 + DAY, 9, "x")], T0) is None


def test_what_became_of_each_is_what_numpy_works_out(thirty: People) -> None:
    """The last total of the induction against the baseline, and of how many fillings it is one."""
    base, _ = by_numpy(thirty)
    induction = thirty.totals[:, len(BEFORE) : len(BEFORE) + len(ENDS)]
    last = first_known(induction[:, ::-1])
    change = last - base
    for row in range(30):
        found = outcome(PHQ, totals_of(thirty, row), T0, until=T0 + 31.5 * DAY)
        assert (found.answered, found.expected) == ((~np.isnan(induction[row])).sum(), len(ENDS))
        assert (found.last is None) == np.isnan(last[row]) and (found.baseline is None) == np.isnan(base[row])
        assert (found.change is None) == np.isnan(change[row])
        if found.change is None:
            assert found.verdicts == ()
            continue
        assert (found.baseline.value, found.last.value, found.change) == (base[row], last[row], change[row])
        assert found.remission.met == (last[row] < 5) and found.reliable.met == (abs(change[row]) >= 6)
        assert (found.response is None) == (base[row] < 10)
        assert found.response is None or found.response.met == (2 * last[row] <= base[row])
        assert all(one.rule.source.text for one in found.verdicts)
    assert 0 < np.isnan(induction).sum() < induction.size


def test_how_long_a_response_held_is_what_scipy_says(thirty: People) -> None:
    base, _ = by_numpy(thirty)
    days, durations = np.array(AFTER), []
    for row, baseline in zip(thirty.totals[:, len(BEFORE) :], base, strict=True):
        known = ~np.isnan(row)
        if np.isnan(baseline) or not known.any() or row[known][0] > baseline / 2:
            continue
        back = known & (row > baseline / 2)
        durations.append((float(days[back][0] if back.any() else days[known][-1]), bool(back.any())))
    assert len(durations) > 10
    compared(durations)


def test_how_long_a_better_mood_lasted_is_what_numpy_and_scipy_say(thirty: People) -> None:
    found, wanted = [], []
    for row in range(len(thirty.moods)):
        answers = moods_of(thirty, row)
        base = of_slider(answers, T0)
        if base is None:
            continue
        if (one := benefit(answers, T0, base.value)) is not None:
            found.append(one)
        if (same := lasted(answers, T0, base.value, None, True)) is not None:
            seen = not np.isnan(same.most)
            wanted.append(((same.most if seen else same.least) / 86_400, seen))
    steps, median = still_there(wanted)
    held = survival_of(found)
    assert held is not None and held.count == len(wanted) > 20
    assert [step.time for step in held.steps] == [time for time, _ in steps]
    assert [step.there for step in held.steps] == pytest.approx([there for _, there in steps], abs=1e-9)
    assert held.median == median is not None


def test_the_gaps_at_each_point_are_those_numpy_counts(thirty: People) -> None:
    """Each person answers or not at each point after the dose; and each is expected to be able to."""
    now = T0 + 90 * DAY
    mark = SessionMark(T0, "Session 1", None, "s")
    each = [around(series(moods_of(thirty, row)), [mark], now) for row in range(len(thirty.moods))]
    for place, (first, _, last) in enumerate(WINDOWS.values()):
        inside = (thirty.hours >= first) & (thirty.hours <= last)
        there = (~np.isnan(thirty.moods[:, inside])).any(axis=1)
        assert [one.middle[place].answered for one in each] == there.astype(int).tolist()
        assert [one.middle[place].expected for one in each] == [1] * 30
        assert [one.curves[0].at[place].value is None for one in each] == (~there).tolist()
    gaps = [sum(one.value is None for one in every.curves[0].at) for every in each]
    assert 0 < sum(gaps) < 30 * len(WINDOWS)


def test_a_course_that_has_just_begun_expects_no_later_answer(thirty: People) -> None:
    mark = SessionMark(T0, "Session 1", None, "s")
    only = around(series(moods_of(thirty, 0)[:0]), [mark], T0 + timedelta(hours=20))
    assert [(one.answered, one.expected) for one in only.middle] == [(0, 1), (0, 1), (0, 0), (0, 0), (0, 0)]


def compared(durations: list[tuple[float, bool]]) -> None:
    steps, median = still_there(durations)
    found = kaplan_meier(durations)
    assert [step.time for step in found.steps] == [time for time, _ in steps]
    assert [step.there for step in found.steps] == pytest.approx([there for _, there in steps], abs=1e-9)
    assert found.median == median is not None


@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [((1,) * 9, 9, "mild"), ((1,) * 8 + (2,), 10, "moderate"), ((0,) * 9, 0, "minimal"), ((3,) * 9, 27, "severe")],
)
def test_the_edges_of_the_published_ranges(answers: tuple[int, ...], total: int, band: str) -> None:
    found = score(PHQ, (*answers, None))
    assert found.total == total
    assert found.band is not None and found.band.name == band


def test_twelve_to_six_is_half_and_reliable_and_twelve_to_seven_is_neither() -> None:
    assert response(PHQ, 12, 6).met and reliable(PHQ, 12, 6).met
    assert not response(PHQ, 12, 7).met and not reliable(PHQ, 12, 7).met


def test_without_the_ninth_answer_there_is_no_total() -> None:
    assert score(PHQ, (1,) * 8 + (None, None)).total is None
