"""What format 2 adds: each further kind alone, its switches, dates told roughly, passages left out."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import DamagedShare, NotFound, ShareError
from journal.records import (
    Commitment,
    Experience,
    HardMoment,
    HowHard,
    Mark,
    Medicine,
    MedicineStep,
    Outcome,
    Question,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    StepKind,
    Style,
    Vitals,
    VitalsPoint,
    Whom,
)
from journal.share import OPTIONS, Dates, Hidden, Selection, build, document, hide, order, plain_page
from journal.share.file import pack, unpack
from journal.share.payload import decode, encode
from journal.share.redact import GAP, back, without
from tests.journal.share.samples import CLOCK, eid, journal, moment, payloads

_CANARY = re.compile(r"canary-[a-z0-9-]+")
PHQ = (1, 2, 0, 1, 1, 0, 0, 1, 1, 0)


def care() -> list:
    """A session with all of its care, and an entry that is covered."""
    records = [
        Session(
            starts=moment(12, 14), happened=True, number=3, second_at=moment(12, 15), second_dose="canary-second",
            arriving="canary-arriving", told="canary-told", support="canary-support", ride="canary-ride",
            vitals=(Vitals(point=VitalsPoint.BEFORE, systolic=128, diastolic=82, pulse=71, oxygen=98,
                           at=moment(12, 13)),
                    Vitals(point=VitalsPoint.LEAVING, pulse=333)),
        ),
        ScaleAnswers(at=moment(12, 20), scale="phq-9", answers=PHQ, session=eid(50), note="canary-scale-note"),
        ScaleAnswers(at=moment(26, 20), scale="phq-9", answers=(*PHQ[:8], None, 0), declined=(8,)),
        ScaleTotal(at=moment(15), name="canary-clinic", total=21, low=0, high=40, told_by="canary-clinic-person",
                   note="canary-total-note"),
        Medicine(name="canary-medicine", sort="canary-sort", reason="canary-reason", notes="canary-med-notes",
                 steps=(MedicineStep(kind=StepKind.STOP, at=moment(14)),
                        MedicineStep(kind=StepKind.START, at=moment(3), dose="canary-dose",
                                     note="canary-step-note"))),
        SideEffect(what="canary-effect", began=moment(12, 15), gone=moment(13), note="canary-effect-note",
                   session=eid(50)),
        HardMoment(at=moment(12, 16), how=HowHard.VERY, talk=True, note="canary-hard", session=eid(50),
                   tell=("canary-tell",), entry=eid(58)),
        Commitment(text="canary-commitment", begins=moment(13), where="canary-where", who="canary-who",
                   outcome=Outcome.PART, note="canary-commitment-note"),
        Experience(at=moment(13), text="canary-covered words", covered=True, cover="canary-cover"),
        Question(text="canary-covered words", made=moment(14), entry=eid(58), answer="canary-answer",
                 whom=Whom.THERAPY),
    ]  # fmt: skip
    return [(eid(50 + number), record) for number, record in enumerate(records)]


def covered(question: Question) -> str:
    """What the service shows of a question whose entry is covered."""
    return "canary-cover" if question.text.startswith("canary-covered") else question.text


def shared(*numbers: int, **switches):
    chosen = Selection(eids=frozenset(eid(number) for number in numbers), **switches)
    return build(chosen, journal() + care(), CLOCK, line=covered)


def canaries(payload) -> set[str]:
    assert unpack(pack(payload)).payload == payload
    return set(_CANARY.findall(pack(payload).decode(errors="replace")))


GIVES = {
    50: {"canary-second"},
    51: set(),
    52: set(),
    53: {"canary-clinic"},
    54: {"canary-medicine", "canary-sort", "canary-dose"},
    55: {"canary-effect"},
    56: {"canary-hard"},
    57: {"canary-commitment", "canary-commitment-note"},
    59: {"canary-cover", "canary-answer"},
}
ADDS = {
    "include_people": {53: {"canary-clinic-person"}, 57: {"canary-who"}},
    "include_place": {57: {"canary-where"}},
    "include_readings": {},
    "include_items": {},
    "include_body_notes": {
        51: {"canary-scale-note"},
        53: {"canary-total-note"},
        54: {"canary-reason", "canary-med-notes", "canary-step-note"},
        55: {"canary-effect-note"},
    },
    "include_session_notes": {},
    "include_checkin_notes": {},
    "include_tags": {},
    "exact_times": {},
}


@pytest.mark.parametrize("number", GIVES)
@pytest.mark.parametrize("switch", ADDS)
def test_a_tick_gives_its_entry_and_a_switch_its_fields(number, switch):
    assert canaries(shared(number)) == GIVES[number]
    assert canaries(shared(number, **{switch: True})) == GIVES[number] | ADDS[switch].get(number, set())


def test_every_switch_is_tried():
    assert set(ADDS) == {name for name, _ in OPTIONS}


def test_readings_and_items_go_only_where_they_were_chosen():
    plain = shared(50, 51)
    assert plain.readings == () and plain.scales[0].items == ()
    assert b"333" not in pack(plain)
    full = shared(50, 51, include_readings=True, include_items=True)
    assert [reading.pulse for reading in full.readings] == [71, 333]
    assert [item.value for item in full.scales[0].items] == list(PHQ)
    page = plain_page(full)
    assert "128/82 mmHg, pulse 71, oxygen 98 %" in page
    assert "Item answers are not shared." not in page
    assert "Item answers are not shared." in plain_page(plain)


def test_a_total_is_the_published_sum_and_a_declined_item_leaves_none():
    payload = shared(51, 52)
    first, second = payload.scales
    assert (first.total, first.low, first.high, first.answered) == (sum(PHQ[:9]), 0, 27, 9)
    assert second.total is None and second.why_none and second.answered == 8
    assert "–" in plain_page(payload)


def test_a_session_that_is_not_ticked_is_named_by_nothing():
    payload = shared(51, 55, 56)
    assert {part.session for part in payload.parts} == {None}
    assert {part.session for part in shared(50, 51, 55, 56).parts} == {0}


def test_ids_of_the_journal_stay_in_it():
    raw = pack(shared(*GIVES, include_people=True, include_body_notes=True, include_items=True))
    assert not any(eid(number).encode() in raw for number in range(70))


def test_the_order_names_each_entry_once():
    items = journal() + care()
    chosen = Selection(eids=frozenset(eid(number) for number in (*GIVES, 0, 2, 7)))
    payload = build(chosen, items, CLOCK)
    placed = order(chosen, items)
    assert len(placed) == len(set(placed)) == sum(1 for _ in payload.entries)
    places = {one: place for place, one in enumerate(placed)}
    entries = list(payload.entries)
    assert entries[places[eid(54)]].name == "canary-medicine"
    assert entries[places[eid(59)]].answer == "canary-answer"


def test_what_fits_format_1_is_written_as_format_1():
    assert shared(0, 2, 7).format == 1
    assert b"version 1\n" in pack(shared(0, 2, 7))[:50]
    assert shared(53).format == 2
    assert b"version 2\n" in pack(shared(53))[:50]
    assert shared(0, dates=Dates.WEEK).format == 2


def test_the_two_formats_must_agree():
    one, two = pack(shared(0)), pack(shared(53))
    for raw, other in ((one, b"version 2\n"), (two, b"version 1\n")):
        with pytest.raises(DamagedShare):
            unpack(re.sub(rb"version \d\n", other, raw, count=1))


@given(payloads())
def test_a_key_more_or_less_is_no_payload(payload):
    fields = msgspec.json.decode(encode(payload))
    for name in ("scales", "dates"):
        changed = {**fields, name: []} if name not in fields else {k: v for k, v in fields.items() if k != name}
        with pytest.raises(DamagedShare):
            decode(msgspec.json.encode(changed, order="sorted"))


def test_weeks_and_months_hide_days_and_times():
    for dates, day, said in (
        (Dates.WEEK, date(2026, 10, 12), "the week of 12 October 2026"),
        (Dates.MONTH, date(2026, 10, 1), "October 2026"),
    ):
        payload = shared(3, 5, 7, 9, 50, 55, dates=dates, exact_times=True, include_readings=True)
        raw = pack(payload)
        assert payload.made_at is None and b"T14" not in raw and b"+02:00" not in raw
        assert {entry.day for entry in payload.entries} <= {day, date(2026, 10, 19)}
        assert said in plain_page(payload)
    monthly = pack(shared(3, 7, 50, 55, dates=Dates.MONTH))
    assert b"-10-12" not in monthly and b"-10-13" not in monthly and b"12 October" not in monthly


def test_hidden_passages_are_gone_and_seen_to_be():
    text = "canary-text-experience"
    payload = shared(3, hidden=(Hidden(eid(3), 7, 11), Hidden(eid(2), 0, 5)))
    assert payload.writings[0].text == text[:7] + GAP + text[11:]
    assert "canary-text-experience" not in canaries(payload)


_texts = st.text(max_size=40)


@given(st.data())
def test_without_takes_exactly_the_passages(data):
    text = data.draw(_texts)
    spans = st.tuples(st.integers(0, 45), st.integers(0, 45)).filter(lambda span: span[0] < span[1])
    passages = data.draw(st.lists(spans, max_size=4))
    marks = [Mark(start, min(end, len(text)), Style.BOLD) for start, end in data.draw(st.lists(spans, max_size=4))
             if start < min(end, len(text))]
    shown, moved = without(text, marks, passages)
    hidden = {place for start, end in passages for place in range(start, end)}
    pieces, inside = [], False
    for place, letter in enumerate(text):
        if place not in hidden:
            pieces.append(letter)
        elif not inside:
            pieces.append(GAP)
        inside = place in hidden
    assert shown == "".join(pieces)
    kept = [mark for mark in marks if any(place not in hidden for place in range(mark.start, mark.end))]
    assert len(moved) == len(kept)
    for before, after in zip(kept, moved, strict=True):
        words = "".join(letter for place, letter in enumerate(text[: before.end]) if place >= before.start
                        and place not in hidden)
        assert shown[after.start : after.end].replace(GAP, "") == words.replace(GAP, "")


@given(st.data())
def test_what_is_seen_can_be_hidden_next_and_nothing_else(data):
    text = data.draw(_texts)
    spans = st.tuples(st.integers(0, 45), st.integers(0, 45)).filter(lambda span: span[0] < span[1])
    passages = data.draw(st.lists(spans, max_size=3))
    shown, _ = without(text, (), passages)
    start = data.draw(st.integers(0, len(shown)))
    end = data.draw(st.integers(start, len(shown)))
    first, last = back(text, passages, start, end)
    again, _ = without(text, (), [*passages, (first, last)])
    hidden = {place for one, other in passages for place in range(one, other)}
    letters: list[int | None] = []  # for each letter that is shown: its place in the text, or None in a gap
    for place in range(len(text)):
        if place not in hidden:
            letters.append(place)
        elif place == 0 or place - 1 not in hidden:
            letters += [None] * len(GAP)
    chosen = [(place, place + 1) for place in letters[start:end] if place is not None]
    assert again == without(text, (), [*passages, *chosen])[0]


@pytest.mark.parametrize(
    ("number", "field", "value"),
    [(55, "note", "canary-effect-note"), (56, "note", "canary-hard"), (57, "note", "canary-commitment-note"),
     (54, "notes", "canary-med-notes"), (59, "answer", "canary-answer"), (0, "notes", "canary-snotes-one"),
     (7, "note", "canary-cnote-linked")],
)  # fmt: skip
def test_a_passage_of_any_field_can_be_left_out(number, field, value):
    on = {"include_body_notes": True, "include_session_notes": True, "include_checkin_notes": True}
    assert value in canaries(shared(number, **on))
    hidden = (Hidden(eid(number), 6, len(value) - 1, field),)
    payload = shared(number, hidden=hidden, **on)
    assert value not in canaries(payload)
    assert f"canary{GAP}" in msgspec.json.encode(payload).decode()
    shown = [block for block in document(payload) if block.field == field and GAP in block.text]
    assert [block.place for block in shown] == [0]


def test_a_field_that_is_none_or_no_text_hides_nothing():
    hidden = (Hidden(eid(55), 0, 4, "session"), Hidden(eid(55), 0, 4, "nothing"))
    assert canaries(shared(55, hidden=hidden)) == GIVES[55]


def test_hiding_what_is_seen_again_and_again_hides_all_of_it():
    items = journal() + care()
    chosen = Selection(eids=frozenset((eid(3), eid(56))))
    first = hide(chosen, items, (0, "text", 0, 6))
    assert first.hidden[0].words == "canary"
    second = hide(first, items, (0, "text", len(GAP), len(GAP) + 5))
    assert build(second, items, CLOCK).writings[0].text == f"{GAP}-experience"
    third = hide(second, items, (1, "note", 7, 11))
    assert build(third, items, CLOCK).hard[0].note == f"canary-{GAP}"
    for passage in ((2, "text", 0, 1), (0, "nothing", 0, 1), (0, "text", 90, 99), (-1, "text", 0, 1)):
        with pytest.raises(NotFound):
            hide(chosen, items, passage)


@pytest.mark.parametrize(
    ("text", "seen"),
    [("before. my secret and more", "before. […] and more"), ("my secret, my secret", "[…], […]"), ("", None),
     ("my secre", None)],
)  # fmt: skip
def test_an_entry_that_was_changed_keeps_its_passage_hidden(text, seen):
    chosen = Selection(eids=frozenset((eid(1),)), hidden=(Hidden(eid(1), 3, 12, "text", "my secret"),))
    items = [(eid(1), Experience(at=moment(3), text=text))]
    if seen is None:
        with pytest.raises(ShareError, match="was changed"):
            build(chosen, items, CLOCK)
    else:
        assert build(chosen, items, CLOCK).writings[0].text == seen


def test_no_passage_uncovers_a_question():
    hidden = (Hidden(eid(59), 7, 14),)
    assert canaries(shared(59, hidden=hidden)) == GIVES[59]
