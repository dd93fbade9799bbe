"""What published rules say about two totals, each with its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.scales import built_in, reliable, reliable_index, remission, response

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
