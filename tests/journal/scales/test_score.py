"""Answers added up: by hand where a rule says so, and for any answers that no blank becomes a zero."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.scales import BUILT_IN, Pack, band_text, built_in, fits, parse_pack, score
from tests.journal.scales.test_packs import plain


def answers_to(pack: Pack, *, gaps: bool = True) -> st.SearchStrategy[tuple[int | None, ...]]:
    """Any answers that can be given."""
    values = [st.sampled_from([option.value for option in pack.options_of(n)]) for n in range(len(pack.items))]
    return st.tuples(*((st.none() | one) if gaps else one for one in values))


packs = st.sampled_from([built_in(name) for name in BUILT_IN])


# -- by hand --------------------------------------------------------------------------------------------------


def test_several_days_nine_times_are_nine_and_mild():
    found = score(built_in("phq-9"), [1] * 9 + [None])
    assert (found.total, found.answered, found.expected, found.prorated) == (9, 9, 9, False)
    assert band_text(found.band) == "published range: mild (5-9)"


def test_one_more_is_the_next_band():
    pack = built_in("phq-9")
    assert band_text(score(pack, [2] + [1] * 8 + [None]).band) == "published range: moderate (10-14)"


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (0, "minimal"), (4, "minimal"), (5, "mild"), (14, "moderate"), (15, "moderately severe"), (20, "severe"),
        (27, "severe"),
    ],
)
def test_the_bands_of_the_phq_9_begin_and_end_where_they_were_published(total: int, name: str):
    answers = [min(3, max(0, total - 3 * place)) for place in range(9)]
    found = score(built_in("phq-9"), [*answers, None])
    assert (found.total, found.band.name) == (total, name)


@pytest.mark.parametrize("tenth", [None, 0, 3])
def test_item_ten_never_counts(tenth: int | None):
    assert score(built_in("phq-9"), [1] * 9 + [tenth]).total == 9


@pytest.mark.parametrize("declined", [(), (8,)])
def test_without_item_nine_there_is_no_total_at_all(declined: tuple[int, ...]):
    found = score(built_in("phq-9"), [1] * 8 + [None, 1], declined)
    assert found.total is None
    assert found.band is None
    assert found.why_none == "Item 9 has no answer, so there is no total."


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ([None, 1, 1, 1, 1, 1, 1, 1, 1], 9),
        ([None, None, 3, 3, 3, 3, 3, 3, 3], 27),
        ([None, None, 1, 1, 1, 1, 1, 1, 0], 8),  # 6 / 7 * 9 = 7.71
        ([None, 1, 1, 1, 1, 0, 0, 0, 0], 5),  # 4 / 8 * 9 = 4.5: a half goes up
        ([None, None, 0, 0, 0, 0, 0, 0, 0], 0),
    ],
)
def test_up_to_two_may_be_missing_and_the_mean_stands_for_them(answers: list[int | None], total: int):
    found = score(built_in("phq-9"), [*answers, None])
    assert (found.total, found.prorated) == (total, True)
    assert found.missing == tuple(place for place, answer in enumerate(answers) if answer is None)


def test_three_missing_are_too_many():
    found = score(built_in("phq-9"), [None, None, None, 1, 1, 1, 1, 1, 1, 1])
    assert found.total is None
    assert found.why_none == "Items 1, 2 and 3 have no answer, and for a total at most 2 may be missing."


@pytest.mark.parametrize("name", ["phq-8", "phq-2", "gad-7", "gad-2", "pcl-5"])
def test_where_no_rule_was_confirmed_every_answer_is_needed(name: str):
    pack = built_in(name)
    full = [1] * len(pack.items)
    assert score(pack, full).total == len(full)
    found = score(pack, [None, *full[1:]])
    assert found.total is None
    assert found.why_none == "Item 1 has no answer, so there is no total: it needs every answer."


def test_the_parts_of_the_pcl_5_are_added_up_by_themselves():
    pack = built_in("pcl-5")
    answers = [1] * 5 + [2] * 2 + [3] * 7 + [4] * 6
    found = score(pack, answers)
    assert found.total == 54
    assert [(part.part.name, part.total, part.high) for part in found.parts] == [
        ("B", 5, 20), ("C", 4, 8), ("D", 21, 28), ("E", 24, 24),
    ]  # fmt: skip
    missing = score(pack, [None, *answers[1:]])
    assert [part.total for part in missing.parts] == [None, 4, 21, 24]


def test_a_mean_and_answers_that_are_only_kept():
    mean = parse_pack(json.dumps(plain(scoring={"method": "mean"})))
    found = score(mean, [0, 1])
    assert (found.total, found.low, found.high) == (0.5, 0, 1)
    kept = parse_pack(json.dumps(plain(scoring={"method": "none"})))
    assert score(kept, [0, 1]).total is None
    assert score(kept, [0, 1]).why_none == "These answers are not added up."


@pytest.mark.parametrize("answers", [[], [1] * 9, [1] * 11, [4] + [1] * 9, [-1] + [1] * 9])
def test_answers_of_another_form_are_not_added_up(answers: list[int]):
    pack = built_in("phq-9")
    assert not fits(pack, answers)
    found = score(pack, answers)
    assert found.total is None
    assert "another version" in found.why_none


# -- whatever the answers -------------------------------------------------------------------------------------


@given(st.data())
def test_with_every_answer_the_total_is_their_sum_and_lies_in_its_range(data: st.DataObject):
    pack = data.draw(packs)
    answers = data.draw(answers_to(pack, gaps=False))
    found = score(pack, answers)
    assert found.total == sum(answers[place] for place in pack.scored)
    assert found.low <= found.total <= found.high
    assert not found.prorated
    assert (found.band is None) == (pack.bands is None)


@given(st.data())
def test_there_is_a_total_or_a_reason_and_never_a_zero_for_a_blank(data: st.DataObject):
    pack = data.draw(packs)
    answers = data.draw(answers_to(pack))
    found = score(pack, answers)
    given_values = [answers[place] for place in pack.scored if answers[place] is not None]
    assert found.answered == len(given_values)
    assert found.missing == tuple(place for place in pack.scored if answers[place] is None)
    assert (found.total is None) == bool(found.why_none)
    if found.missing:
        allowed = pack.id == "phq-9" and len(found.missing) <= 2 and answers[8] is not None
        assert (found.total is not None) == allowed == found.prorated
    if found.total is not None:
        mean = sum(given_values) / len(given_values)
        assert abs(found.total - mean * found.expected) <= 0.5
        assert found.low <= found.total <= found.high


@given(st.data())
def test_an_item_that_was_declined_counts_as_one_without_an_answer(data: st.DataObject):
    pack = data.draw(packs)
    answers = data.draw(answers_to(pack))
    declined = data.draw(st.sets(st.sampled_from(range(len(answers)))))
    without = [None if place in declined else answer for place, answer in enumerate(answers)]
    assert score(pack, answers, declined) == score(pack, without)


@given(st.data())
def test_a_higher_answer_never_lowers_a_total(data: st.DataObject):
    pack = data.draw(packs)
    answers = data.draw(answers_to(pack, gaps=False))
    place = data.draw(st.sampled_from(pack.scored))
    top = max(option.value for option in pack.options_of(place))
    raised = [top if number == place else answer for number, answer in enumerate(answers)]
    assert score(pack, raised).total >= score(pack, answers).total
