"""What is new in a share beside those before it, and how questionnaires, medicines and effects stand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.records import (
    Experience,
    HardMoment,
    Medicine,
    MedicineStep,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    StepKind,
)
from journal.share import BlockKind, Dates, Selection, build, render_parts
from journal.share.digest import digest, new_places, new_rows
from tests.journal.share.samples import CLOCK, eid, moment, payloads

PHQ = (1, 2, 0, 1, 1, 0, 0, 1, 1, 0)


def life() -> list:
    records = [
        Session(starts=moment(2, 14), happened=True, number=1),  # 0
        ScaleAnswers(at=moment(1), scale="phq-9", answers=(2, *PHQ[1:])),
        Experience(at=moment(3), text="the first", session=eid(0)),
        Medicine(name="a tablet", steps=(MedicineStep(kind=StepKind.START, at=moment(1), dose="one"),)),
        SideEffect(what="nausea", began=moment(2, 15), session=eid(0)),
        Session(starts=moment(12, 14), happened=True, number=2),  # 5
        ScaleAnswers(at=moment(11), scale="phq-9", answers=PHQ),
        ScaleAnswers(at=moment(20), scale="phq-9", answers=(0, *PHQ[1:])),
        Experience(at=moment(13), text="the second", session=eid(5)),
        HardMoment(at=moment(12, 16), talk=True, note="a door", session=eid(5)),
        HardMoment(at=moment(13), note="a stair"),  # 10
        ScaleTotal(at=moment(20), name="told by a clinic", total=9),
    ]
    return [(eid(number), record) for number, record in enumerate(records)]


def share(numbers, items=None, **options):
    chosen = Selection(eids=frozenset(eid(number) for number in numbers), **options)
    return build(chosen, items or life(), CLOCK)


def test_a_first_share_is_all_new():
    payload = share(range(5))
    found = digest(payload)
    assert found.new == frozenset(range(5))
    assert found.days_since is None
    assert [one.number for one in found.sessions] == [1]
    line = found.scales[0]
    assert line.first is line.last and line.before is None
    assert line.since_first is None and line.since_before is None


def test_only_what_was_not_there_before_is_new():
    first, second = share(range(5)), share(range(12))
    found = digest(second, [first])
    entries = list(second.entries)
    said = [type(entries[place]).__name__ for place in sorted(found.new)]
    assert said == ["SharedSession", "SharedWriting", *["SharedScale"] * 3, *["SharedHard"] * 2]
    assert [one.number for one in found.sessions] == [2]
    assert found.steps == ()
    assert [one.what for one in found.still] == ["Nausea"]
    assert found.days_since == 0


def test_questionnaires_stand_beside_the_first_and_the_last_visit():
    found = digest(share(range(12)), [share(range(5))])
    told, phq = sorted(found.scales, key=lambda line: line.title == "PHQ-9")
    assert (phq.first.total, phq.before.total, phq.last.total, phq.count) == (8, 8, 6, 3)
    assert (phq.since_first, phq.since_before) == (-2, -2)
    assert (told.first.total, told.before, told.count) == (9, None, 1)


def test_a_step_of_a_medicine_is_new_by_itself():
    items = life()
    step = MedicineStep(kind=StepKind.STOP, at=moment(9))
    medicine = items[3][1]
    later = list(items)
    later[3] = (eid(3), msgspec.structs.replace(medicine, steps=(*medicine.steps, step)))
    found = digest(share([3], later), [share([3])])
    assert [(one.name, step.kind) for one, step in found.steps] == [("a tablet", StepKind.STOP)]
    assert found.new == frozenset({0})


def test_the_rows_of_the_tables_that_are_new():
    items = life()
    medicine = items[3][1]
    step = MedicineStep(kind=StepKind.CHANGE, at=moment(9), dose="two")
    later = [*items, (eid(20), Medicine(name="a drop", steps=()))]
    later[3] = (eid(3), msgspec.structs.replace(medicine, steps=(*medicine.steps, step)))
    payload = share([*range(12), 20], later)
    found = digest(payload, [share(range(5))])
    rows = new_rows(payload, found)
    for name, told in (
        ("scales", [("PHQ-9", "7"), ("PHQ-9", "6"), ("told by a clinic", "9")]),
        ("medicines", [("a drop", "–"), ("a tablet", "changed")]),
        ("effects", []),
    ):
        table = next(block for block in getattr(render_parts, name)(payload) if block.kind is BlockKind.TABLE)
        shown = [table.rows[1:][row] for row in sorted(rows[name])]
        assert len(shown) == len(told)
        assert all(cell in cells for cells, wanted in zip(shown, told, strict=True) for cell in wanted), shown


def test_an_effect_that_went_is_new_and_no_longer_there():
    items = life()
    later = list(items)
    later[4] = (eid(4), msgspec.structs.replace(items[4][1], gone=moment(4)))
    found = digest(share([4], later), [share([4])])
    assert found.new == frozenset({0}) and found.still == ()


def test_a_session_that_is_shared_later_makes_old_entries_no_news():
    first, second = share([2, 4]), share([0, 2, 4])
    assert [type(list(second.entries)[place]).__name__ for place in new_places(second, [first])] == ["SharedSession"]


@pytest.mark.parametrize(
    "options",
    [
        {"dates": Dates.WEEK},
        {"dates": Dates.MONTH},
        {"exact_times": True},
        {"include_body_notes": True},
        {"include_items": True},
        {},
    ],
    ids=str,
)
def test_told_more_or_less_exactly_it_is_no_news(options):
    plain, other = share(range(12)), share(range(12), **options)
    for mine, before in ((other, plain), (plain, other)):
        found = digest(mine, [before])
        assert (found.new, found.steps) == (frozenset(), ())
        for line in found.scales:
            assert line.since_before is None
            assert line.count == (3 if line.title == "PHQ-9" else 1)


def test_what_came_since_is_new_also_where_days_are_told_otherwise():
    before = share([1, 3, 8], dates=Dates.WEEK)
    found = digest(share(range(12)), [before])
    texts = [getattr(entry, "text", "") for entry in share(range(12)).entries]
    assert found.new == frozenset(range(12)) - {texts.index("the second")} - {
        place for place, entry in enumerate(share(range(12)).entries) if known_before(entry)
    }
    (phq,) = (line for line in found.scales if line.title == "PHQ-9")
    assert (phq.before.total, phq.last.total, phq.since_before) == (8, 6, -2)


def known_before(entry) -> bool:
    return getattr(entry, "name", "") == "a tablet" or getattr(entry, "total", None) == 8


def test_two_that_read_alike_are_two():
    items = [(eid(number), Experience(at=moment(3), text="again")) for number in range(2)]
    assert len(new_places(share([0, 1], items), [share([0], items)])) == 1
    assert len(new_places(share([0, 1], items), [share([0], items, dates=Dates.MONTH)])) == 1


def test_a_note_that_came_later_is_new_where_notes_were_shared_before():
    noted = {"include_body_notes": True}
    items = [(eid(0), SideEffect(what="nausea", began=moment(2, 15), note="at night"))]
    items += [(eid(1), SideEffect(what="headache", began=moment(2, 15)))]
    later = [items[0], (eid(1), msgspec.structs.replace(items[1][1], note="on waking"))]
    assert len(new_places(share([0, 1], later, **noted), [share([0, 1], items, **noted)])) == 1
    assert new_places(share([0, 1], later, **noted), [share([0, 1], items)]) == frozenset()


@given(payloads(), st.lists(payloads(), max_size=2))
def test_what_was_shared_before_is_never_new(payload, others):
    assert new_places(payload, [payload, *others]) == frozenset()
    every = frozenset(range(sum(1 for _ in payload.entries)))
    assert new_places(payload) == every
    assert new_places(payload, others) <= every
    found = digest(payload, others)
    assert found.new == new_places(payload, others)
    for line in found.scales:
        assert line.count >= 1 and line.first.day <= line.last.day
