"""What published rules say about two totals, each with its source; and what became of a course."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.scales import built_in
from journal.trends import Rule, Total, outcome, reliable, reliable_index, remission, response

T0 = datetime(2026, 5, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)
PHQ, GAD, PCL = built_in("phq-9"), built_in("gad-7"), built_in("pcl-5")


def test_twelve_to_six_is_half_and_reliable():
    assert response(PHQ, 12, 6).met
    assert reliable(PHQ, 12, 6).met
    assert not remission(PHQ, 6).met


def test_twelve_to_seven_is_neither():
    assert not response(PHQ, 12, 7).met
    assert not reliable(PHQ, 12, 7).met


@pytest.mark.parametrize(("last", "met"), [(0, True), (4, True), (5, False)])
def test_a_remission_lies_under_five(last: int, met: bool):
    assert remission(PHQ, last).met is met
    assert remission(GAD, last).met is met


@pytest.mark.parametrize(("baseline", "there"), [(0, False), (9, False), (10, True), (27, True)])
def test_a_response_needs_a_baseline_of_ten(baseline: int, there: bool):
    assert (response(PHQ, baseline, 0) is not None) is there


@pytest.mark.parametrize(("pack", "points"), [(PHQ, 6), (GAD, 4), (PCL, 15)])
def test_a_change_is_reliable_either_way_from_so_many_points(pack, points: int):
    assert reliable(pack, 20, 20 + points).met
    assert reliable(pack, 20, 20 - points).met
    assert not reliable(pack, 20, 20 - points + 1).met
    assert reliable(pack, 20, 20 - points).change == -points


def test_each_answer_carries_where_it_comes_from():
    assert "doi:10.1016/j.jad.2022.07.004" in response(PHQ, 12, 6).rule.source.text
    assert "Marx" in reliable(PCL, 40, 20).rule.source.text
    assert not reliable(PHQ, 12, 6).rule.source.checked


@pytest.mark.parametrize("name", ["phq-8", "phq-2", "gad-2"])
def test_where_there_is_no_rule_nothing_is_said(name: str):
    pack = built_in(name)
    assert response(pack, 12, 6) is None
    assert remission(pack, 0) is None
    assert reliable(pack, 12, 0) is None
    assert response(PCL, 40, 10) is None


@given(st.integers(0, 27), st.integers(0, 27))
def test_a_rise_is_never_a_response(baseline: int, last: int):
    found = response(PHQ, baseline, last)
    assert found is None or not found.met or last <= baseline / 2


def test_the_reliable_change_index_is_jacobson_and_truaxs():
    # Jacobson and Truax 1991: from 47.5 to 32.5, s 10, r 0.8: standard error of the difference 6.32.
    assert reliable_index(47.5, 32.5, 10, 0.8) == pytest.approx(-15 / 6.3246, rel=1e-4)
    assert reliable_index(10, 5, 0, 0.8) is None
    assert reliable_index(10, 5, 1, 1.0) is None


def total(days: float, value: float | None) -> Total:
    return Total(T0 + days * DAY, value, f"{days}")


def test_a_course_is_counted_from_before_it_to_its_last_total():
    found = outcome(PHQ, [total(40, 8), total(-3, 18), total(20, None), total(12, 11)], T0)
    assert (found.baseline.value, found.baseline.rule) == (18, Rule.TOTAL)
    assert (found.last, found.change) == (total(40, 8), -10)
    assert (found.answered, found.expected) == (2, 3)
    assert (found.response.met, found.remission.met, found.reliable.met) == (True, False, True)
    assert found.verdicts == (found.response, found.remission, found.reliable)


def test_what_comes_with_the_next_course_is_not_of_this_one():
    found = outcome(PHQ, [total(-3, 18), total(20, 12), total(60, 3)], T0, until=T0 + 60 * DAY)
    assert (found.last.value, found.answered, found.expected) == (12, 1, 1)


def test_without_a_baseline_or_a_total_nothing_is_said_of_change():
    before_only = outcome(PHQ, [total(-3, 18), total(9, None)], T0)
    assert (before_only.change, before_only.verdicts, before_only.last) == (None, (), None)
    assert (before_only.answered, before_only.expected) == (0, 1)
    after_only = outcome(PHQ, [total(-15, 18), total(9, 3)], T0)
    assert (after_only.baseline, after_only.change, after_only.verdicts) == (None, None, ())


def test_one_filled_in_at_the_dose_itself_counts_as_after_it():
    found = outcome(PHQ, [total(-1, 18), total(0, 16)], T0)
    assert (found.baseline.value, found.last.value, found.change) == (18, 16, -2)


def test_a_questionnaire_without_rules_has_a_change_and_no_verdict():
    found = outcome(built_in("phq-8"), [total(-1, 18), total(9, 6)], T0)
    assert (found.change, found.verdicts) == (-12, ())


def test_a_total_that_was_chosen_stands_in_place_of_what_was_before():
    chosen = total(-300, 21)
    found = outcome(PHQ, [chosen, total(-1, 18), total(9, 12)], T0, pinned=chosen)
    assert (found.baseline.value, found.baseline.rule, found.change) == (21, Rule.PINNED, -9)
    assert (found.answered, found.expected) == (1, 1)
