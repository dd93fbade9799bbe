"""Mutants of every kind, the same in each run. `benchmarks/mutate_shares.py` opens a hundred thousand."""

from __future__ import annotations

import json

import pytest

from benchmarks.mutate_shares import STEP, stretch
from journal.errors import DamagedShare
from journal.share import chart_of_checkins
from journal.share.payload import decode
from tests.journal.share.mutants import KINDS, _entries, mutant, try_one

EACH = 40


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutant_is_refused_or_taken_in_its_one_form(kind):
    outcomes = {try_one(kind, mutant(kind, number, "suite")) for number in range(EACH)}
    assert outcomes
    assert outcomes <= {
        "taken", "DamagedShare", "NotAShare", "NotForThisKey", "WrongSharePassphrase", "ShareError",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutant_is_known_by_its_number(kind):
    assert mutant(kind, 7) == mutant(kind, 7) != mutant(kind, 8)


def test_most_of_them_lie_behind_the_seal():
    assert sum(kind.beyond for kind in KINDS.values()) > len(KINDS) / 2


def test_the_unharmed_samples_are_taken():
    for name, kind in KINDS.items():
        for raw in kind.samples():
            if not (name == "stanzas" and raw.startswith(b"-> scrypt")):
                assert try_one(name, raw) == "taken", name


def test_mutants_are_opened_within_limits_in_a_process_of_their_own():
    found = stretch("entries", 0, 20, "suite")
    assert sum(found.outcomes.values()) == 20 < STEP
    assert found.faults == []


def _changed(change) -> bytes:
    tree = json.loads(_entries()[3])
    change(tree)
    return json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("dates", ["day", "week", "month"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_checkins_of_any_year_stand_on_the_axis(dates, day):
    def change(tree):
        tree["dates"] = dates
        for checkin in tree["checkins"]:
            checkin["day"] = day

    shared = decode(_changed(change))
    drawn = chart_of_checkins(shared)
    places = [point.at for series in drawn.series for point in series.points]
    assert places
    assert {place.year for place in places} == {int(day[:4])}


@pytest.mark.parametrize("number", [1e308, -1e308, 1e10, 10**9 + 1, 10**400])
@pytest.mark.parametrize("field", ["total", "low", "version", "others", "value"])
def test_a_number_that_no_page_could_draw_is_damage(field, number):
    def change(tree):
        scale = tree["scales"][0]
        match field:
            case "others":
                tree["left_out"] = {"sessions": 0, "writings": 0, "checkins": 0, "options": [], "others": number}
            case "value":
                scale["items"] = [{"text": "", "answer": "", "value": number, "declined": False}]
            case _:
                scale[field] = number

    with pytest.raises(DamagedShare):
        decode(_changed(change))
