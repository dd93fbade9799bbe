"""A questionnaire as a figure: totals, what joins them, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from journal.records import Moment, ScaleAnswers
from journal.scales import Pack, built_in, score_of
from journal.service import Answered
from ui.charts.figure import Figure
from ui.charts.figures.scales import scale_figure

T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)
PHQ, PCL = built_in("phq-9"), built_in("pcl-5")


def filled(days: float, total: int | None, pack: Pack = PHQ) -> Answered:
    """A filling so many days after `T0` that comes to `total`."""
    answers: list[int | None] = [None] * len(pack.items)
    left = total or 0
    for place in pack.scored if total is not None else ():
        highest = max(option.value for option in pack.options_of(place))
        answers[place] = min(left, highest)
        left -= answers[place]
    record = ScaleAnswers(at=Moment(T0 + days * DAY), scale=pack.id, title=pack.title, answers=tuple(answers))
    return Answered(f"{pack.id} {days}", record, pack, score_of(pack, record))


def runs(figure: Figure) -> list[list[float]]:
    return [[spot.y for spot in run] for line in figure.lines for run in line.runs]


def test_two_totals_a_year_apart_are_joined_by_nothing() -> None:
    figure = scale_figure(PHQ, [filled(365, 9), filled(0, 17)], ())
    assert runs(figure) == [[17], [9]]
    assert not any(line.links for line in figure.lines)
    assert figure.said == "PHQ-9: 2 totals, 0 without one."
    assert "A line joins totals that are at most 28 days apart." in figure.cannot


@pytest.mark.parametrize(("pack", "days"), [(PHQ, 28), (PCL, 60)])
def test_a_line_goes_over_twice_what_it_looks_back_on(pack: Pack, days: int) -> None:
    assert runs(scale_figure(pack, [filled(0, 17, pack), filled(days, 9, pack)], ())) == [[17, 9]]
    beyond = scale_figure(pack, [filled(0, 17, pack), filled(days + 0.1, 9, pack)], ())
    assert runs(beyond) == [[17], [9]]
    assert f"at most {days} days apart" in beyond.cannot


def test_a_filling_without_a_total_parts_the_line() -> None:
    figure = scale_figure(PHQ, [filled(0, 17), filled(7, None), filled(14, 12), filled(21, 9)], ())
    assert runs(figure) == [[17], [12, 9]]
    assert figure.said == "PHQ-9: 3 totals, 1 without one."
    assert figure.table.rows[2][1] == "–"


def test_one_that_does_not_say_how_far_it_looks_back_says_so() -> None:
    import msgspec

    unsaid = msgspec.structs.replace(PHQ, recall_days=0)
    figure = scale_figure(unsaid, [filled(0, 17), filled(28, 9)], ())
    assert "It does not say how far it looks back." in figure.cannot
    assert runs(figure) == [[17, 9]]
