"""A questionnaire as a figure: totals, what joins them, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from journal.records import Moment, ScaleAnswers
from journal.scales import Pack, built_in, score_of
from journal.service import Answered
from ui.charts.figure import Figure
from ui.charts.figures.scales import scale_figure
from ui.charts.figures.since import Span

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
    unsaid = msgspec.structs.replace(PHQ, recall_days=0)
    figure = scale_figure(unsaid, [filled(0, 17), filled(28, 9)], ())
    assert "It does not say how far it looks back." in figure.cannot
    assert runs(figure) == [[17, 9]]


# -- change since what was before ------------------------------------------------------------------------------------

COURSE = (Span("Spring", T0),)


def of_course(*filled_in: Answered, bands: bool = False, pack: Pack = PHQ, spans=COURSE) -> Figure:
    return scale_figure(pack, filled_in, (), spans=spans, bands=bands)


def test_the_change_stands_in_the_table_and_below() -> None:
    figure = of_course(filled(-3, 12), filled(9, None), filled(14, 6))
    assert figure.table.head == ("Day", "Total", "Change", "From")
    assert [row[1:3] for row in figure.table.rows] == [("6", "-6"), ("–", ""), ("12", "")]
    assert figure.notes == (
        "Spring: from 12 (last total in the 14 days before the first session) to 6 on 18 May 2026, -6. "
        "1 of 2 fillings since its first session have a total.",
    )


def test_published_definitions_are_quoted_only_where_they_are_wanted() -> None:
    quiet = of_course(filled(-3, 12), filled(14, 6))
    assert not any(word in " ".join(quiet.notes).lower() for word in ("published", "response", "remission"))
    told = of_course(filled(-3, 12), filled(14, 6), bands=True).notes
    assert ", -6 (a fall of 50 %), within what was published as response. 1 of 1 filling" in told[0]
    hull = "Hull et al. 2022, J Affect Disord 314:59, doi:10.1016/j.jad.2022.07.004"
    assert told[1] == (
        "Published definitions: response, a fall of 50 % or more, from 10 or above; remission, a total under 5 "
        f"({hull}). These thresholds describe groups of people, not one person."
    )


def test_nothing_is_said_of_what_is_not_met_nor_of_what_was_not_checked() -> None:
    told = of_course(filled(-3, 12), filled(14, 7), bands=True).notes
    assert told[0].endswith("-5 (a fall of 41.7 %). 1 of 1 filling since its first session has a total.")
    assert not any("reliable" in line for line in told)  # the source for the PHQ-9 was not checked
    pcl = of_course(filled(-3, 50, PCL), filled(14, 30, PCL), bands=True, pack=PCL).notes
    assert ", within what was published as reliable change." in pcl[0]
    assert "reliable change, 15 points or more, either way (Marx et al. 2022" in pcl[1]


def test_without_a_baseline_there_is_no_change() -> None:
    figure = of_course(filled(-20, 12), filled(14, 6), bands=True)
    assert [row[2] for row in figure.table.rows] == ["", ""]
    assert figure.notes[0].startswith("Spring: no total in the 14 days before the first session to count from.")


def test_each_course_is_counted_from_its_own_before() -> None:
    spans = (Span("Spring", T0, T0 + 100 * DAY), Span("Autumn", T0 + 100 * DAY))
    figure = of_course(filled(-3, 18), filled(14, 9), filled(95, 15), filled(120, 12), spans=spans)
    assert [row[1:3] for row in figure.table.rows] == [("12", "-3"), ("15", "-3"), ("9", "-9"), ("18", "")]
    assert [line.split(":")[0] for line in figure.notes] == ["Spring", "Autumn"]


def test_ranges_that_were_not_checked_are_not_shown() -> None:
    phq8 = built_in("phq-8")
    figure = of_course(filled(-3, 12, phq8), filled(14, 6, phq8), bands=True, pack=phq8)
    assert figure.bands == () and "Published" not in figure.cannot
    assert not any("range" in row[3] for row in figure.table.rows)
