"""Thirty people who were made up, as published courses go: counts of response and remission, and how long it held,
against numpy and scipy. And the hand-made cases that papers and manuals print.

Baselines about 17 (SD 4), three kinds of course (79, 11 and 10 of a hundred, as in Hull 2022,
doi:10.1016/j.jad.2022.07.004), back by half with a median of 18 days (Murrough 2013, Biol Psychiatry 74:250), a
quarter of the answers missing, one in ten gone early. None of it is of anybody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from journal.scales import built_in, reliable, remission, response, score
from journal.trends import Total, kaplan_meier, of_scale

T0 = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PHQ = built_in("phq-9")


class Person(NamedTuple):
    """Totals by day from the first dose; None where nobody answered."""

    totals: dict[int, float | None]


def people(seed: int = 11, count: int = 30) -> list[Person]:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        base = float(np.clip(round(rng.normal(17, 4)), 0, 27))
        share = rng.choice([0.62, 0.25, -0.1], p=[0.79, 0.11, 0.10])
        gone = rng.integers(20, 60) if rng.random() < 0.1 else 90
        totals: dict[int, float | None] = {-3: base}
        for day in range(14, 85, 7):
            back = 1 - 0.5 ** ((day - 14) / 18)
            value = base * (1 - share * (1 - back)) + rng.normal(0, 1)
            missing = day > gone or rng.random() < 0.25
            totals[day] = None if missing else float(np.clip(round(value), 0, 27))
        found.append(Person(totals))
    return found


def totals_of(person: Person) -> list[Total]:
    return [Total(T0 + day * DAY, value, str(day)) for day, value in person.totals.items()]


def first_after(person: Person) -> float | None:
    """The first total of the end of the induction: from 14 to 31 days after its first dose."""
    known = ((day, value) for day, value in sorted(person.totals.items()) if value is not None)
    return next((value for day, value in known if 14 <= day <= 31), None)


def test_response_and_remission_are_counted_as_numpy_counts_them() -> None:
    rows = [(of_scale(totals_of(one), T0), first_after(one)) for one in people()]
    pairs = [(base.value, after) for base, after in rows if base is not None and after is not None]
    base, after = np.array(pairs).T
    ours = [response(PHQ, b, a) for b, a in pairs]
    eligible = base >= 10
    assert sum(one is not None for one in ours) == int(eligible.sum())
    assert sum(one is not None and one.met for one in ours) == int(((after - base) / base <= -0.5)[eligible].sum())
    assert sum(remission(PHQ, a).met for _, a in pairs) == int((after < 5).sum())
    assert sum(reliable(PHQ, b, a).met for b, a in pairs) == int((np.abs(after - base) >= 6).sum())


def test_nobody_is_counted_without_a_baseline_or_an_answer() -> None:
    rows = [(of_scale(totals_of(one), T0), first_after(one)) for one in people()]
    answered = sum(after is not None for _, after in rows)
    assert 0 < answered < 30 or answered == 30
    assert all(base is not None for base, _ in rows)
    assert of_scale([Total(T0 + DAY, 9, "x")], T0) is None


def test_how_long_it_held_is_what_scipy_says() -> None:
    durations = []
    for person in people(seed=5, count=200):
        base = of_scale(totals_of(person), T0)
        known = [(day, value) for day, value in sorted(person.totals.items()) if day >= 14 and value is not None]
        if base is None or not known or known[0][1] > base.value * 0.5:
            continue
        back = next((day for day, value in known if value > base.value * 0.5), None)
        durations.append((float(back if back is not None else known[-1][0]), back is not None))
    found = kaplan_meier(durations)
    sample = CensoredData(
        uncensored=[time for time, seen in durations if seen], right=[time for time, seen in durations if not seen]
    )
    theirs = ecdf(sample).sf
    assert found.count == len(durations) > 60
    for step in found.steps:
        assert step.there == pytest.approx(theirs.evaluate(step.time), abs=1e-9)
    half = theirs.quantiles[theirs.probabilities <= 0.5 + 1e-9]
    assert found.median == (half.min() if half.size else None)


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
