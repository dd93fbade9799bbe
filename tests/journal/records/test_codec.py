"""Records to bytes and back: nothing is lost, and what a later version wrote comes through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal.errors import InvalidRecord
from journal.records import (
    SLIDERS,
    Attachment,
    CheckIn,
    Checklist,
    Commitment,
    Compared,
    Contact,
    Course,
    Expense,
    Experience,
    Identity,
    IntegrationNote,
    Intention,
    Mark,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Page,
    Phase,
    Provider,
    Question,
    Record,
    Role,
    Route,
    ScaleAnswers,
    ScalePack,
    ScaleTotal,
    Session,
    Settings,
    ShareReceipt,
    SideEffect,
    SigningKey,
    StepKind,
    Strength,
    Style,
    UnknownRecord,
    Whom,
    decode,
    encode,
)
from tests.journal.records.strategies import KINDS, json_values, known, records

AT = Moment(datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))), "Europe/Berlin")
_AT = '{"at":"2026-03-01T09:30:00+01:00","zone":"Europe/Berlin"}'
_WRITING = f'"at":{_AT}'

# What the first version wrote. These bytes are in people's journals; they never change.
FROZEN: dict[str, tuple[Record, str]] = {
    "page": (
        Page(at=AT, title="T", text="ab\n", marks=(Mark(0, 2, Style.BOLD),), tags=("x",), source="jrnl:1"),
        f'{{{_WRITING},"kind":"page","marks":[[0,2,"bold"]],"schema":1,"session":null,"source":"jrnl:1","tags":["x"],'
        '"text":"ab\\n","title":"T"}',
    ),
    "intention": (
        Intention(at=AT),
        f'{{{_WRITING},"kind":"intention","marks":[],"schema":1,"session":null,"source":"","tags":[],"text":"",'
        '"title":""}',
    ),
    "experience": (
        Experience(at=AT, session="a" * 32),
        f'{{{_WRITING},"kind":"experience","marks":[],"schema":1,"session":"{"a" * 32}","source":"","tags":[],'
        '"text":"","title":""}',
    ),
    "integration": (
        IntegrationNote(at=AT, modalities=("mi",)),
        f'{{{_WRITING},"kind":"integration","marks":[],"modalities":["mi"],"schema":1,"session":null,"source":"",'
        '"tags":[],"text":"","title":""}',
    ),
    "checkin": (
        CheckIn(at=AT, mood=0, sleep=10),
        f'{{{_WRITING},"calm":null,"connection":null,"distress":null,"energy":null,"interest":null,"kind":"checkin",'
        '"mood":0,"note":"","schema":1,"session":null,"sleep":10,"source":""}',
    ),
    "session": (
        Session(starts=AT, number=3, route=Route.INTRAMUSCULAR, dose="50 mg", happened=True),
        '{"course":null,"dose":"50 mg","happened":true,"kind":"session","notes":"","number":3,"people":"",'
        f'"route":"im","schema":1,"setting":"","starts":{_AT}}}',
    ),
    "course": (
        Course(title="Spring", phase=Phase.INDUCTION, planned=6),
        '{"kind":"course","notes":"","phase":"induction","planned":6,"schema":1,"started":null,"title":"Spring"}',
    ),
    "settings": (
        Settings(name="Jona"),
        '{"kind":"settings","lock_minutes":5,"name":"Jona","schema":1,"therapist":false}',
    ),
    "identity": (
        Identity(recipient="age1", secret="KEY", made=AT),
        f'{{"kind":"identity","made":{_AT},"recipient":"age1","schema":1,"secret":"KEY"}}',
    ),
    "receipt": (
        ShareReceipt(share="b" * 32, made=AT, to="Dr. M", eids=("a" * 32,), counts={"page": 1}),
        f'{{"counts":{{"page":1}},"eids":["{"a" * 32}"],"how":"passphrase","kind":"receipt","made":{_AT},'
        f'"recipient":"","schema":1,"share":"{"b" * 32}","to":"Dr. M"}}',
    ),
    "attachment": (
        Attachment(
            entry="a" * 32, at=AT, name="a b.jpg", media="image/jpeg", size=7, sha256="c" * 64, blob="d" * 32
        ),
        f'{{"at":{_AT},"blob":"{"d" * 32}","entry":"{"a" * 32}","kind":"attachment","media":"image/jpeg",'
        f'"name":"a b.jpg","schema":1,"sha256":"{"c" * 64}","size":7}}',
    ),
    "provider": (
        Provider(name="Lindenhof", role=Role.CLINIC, place="Linden 4"),
        '{"kind":"provider","name":"Lindenhof","notes":"","place":"Linden 4","reach":"","role":"clinic","schema":1}',
    ),
    "contact": (
        Contact(name="Dr M", recipient=f"age1{'q' * 58}", checked=AT, how=Compared.CALL),
        f'{{"checked":{_AT},"how":"call","kind":"contact","name":"Dr M","note":"","recipient":"age1{"q" * 58}",'
        '"role":"reads","schema":1,"verify_key":""}',
    ),
    "signing-key": (
        SigningKey(public="a" * 64, secret="b" * 64, made=AT),
        f'{{"kind":"signing-key","made":{_AT},"public":"{"a" * 64}","schema":1,"secret":"{"b" * 64}"}}',
    ),
    "expense": (
        Expense(at=AT, what="First", amount="350.00", covered="80", currency="EUR"),
        f'{{"amount":"350.00","at":{_AT},"course":null,"covered":"80","currency":"EUR","kind":"expense","notes":"",'
        '"provider":null,"schema":1,"session":null,"what":"First"}',
    ),
    "checklist": (Checklist(lines=("Water",)), '{"kind":"checklist","lines":["Water"],"schema":1}'),
    "medicine": (
        Medicine(
            name="M",
            sort="s",
            as_needed=True,
            steps=(MedicineStep(kind=StepKind.START, at=AT, dose="one", whole_day=True),),
        ),
        '{"as_needed":true,"kind":"medicine","name":"M","notes":"","reason":"","schema":1,"sort":"s",'
        f'"steps":[{{"at":{_AT},"dose":"one","kind":"start","note":"","whole_day":true}}]}}',
    ),
    "sideeffect": (
        SideEffect(what="nausea", began=AT, gone=AT, strength=Strength.MILD),
        f'{{"began":{_AT},"gone":{_AT},"kind":"sideeffect","note":"","schema":1,"session":null,"strength":"mild",'
        '"what":"nausea"}',
    ),
    "question": (
        Question(text="Q", made=AT, whom=Whom.THERAPY, entry="a" * 32),
        f'{{"answer":"","asked":null,"entry":"{"a" * 32}","kind":"question","made":{_AT},"schema":1,"session":null,'
        '"text":"Q","whom":"therapy"}',
    ),
    "commitment": (
        Commitment(text="C", begins=AT, outcome=Outcome.NOT_YET, reviewed=AT),
        f'{{"begins":{_AT},"kind":"commitment","note":"","outcome":"not-yet","reviewed":{_AT},"schema":1,'
        '"session":null,"text":"C","where":"","who":""}',
    ),
    "scale": (
        ScaleAnswers(at=AT, scale="phq-9", title="PHQ-9", answers=(1, None, None), declined=(2,)),
        f'{{"answers":[1,null,null],{_WRITING},"declined":[2],"kind":"scale","note":"","scale":"phq-9","schema":1,'
        '"session":null,"source":"","title":"PHQ-9","version":1}',
    ),
    "total": (
        ScaleTotal(at=AT, name="PSS-10", total=21.0, low=0.0, high=40.0, told_by="Dr M"),
        f'{{{_WRITING},"high":40.0,"kind":"total","low":0.0,"name":"PSS-10","note":"","schema":1,"session":null,'
        '"told_by":"Dr M","total":21.0}',
    ),
    "pack": (
        ScalePack(pack="{}", own=True, added=AT),
        f'{{"added":{_AT},"kind":"pack","own":true,"pack":"{{}}","schema":1}}',
    ),
}


@pytest.mark.parametrize("kind", sorted(FROZEN))
def test_the_bytes_of_a_kind_are_frozen(kind):
    record, text = FROZEN[kind]
    assert encode(record).decode() == text
    assert decode(text.encode()) == record
    assert (record.kind, type(record).kind) == (kind, kind)


def test_every_kind_is_frozen():
    assert set(FROZEN) == set(KINDS)


@given(records)
def test_a_record_comes_back_as_it_was(record):
    body = encode(record)
    assert decode(body) == record
    assert encode(decode(body)) == body


@given(known)
def test_the_bytes_are_canonical(record):
    text = encode(record).decode()
    value = json.loads(text)
    assert list(value) == sorted(value)
    assert value["kind"] == record.kind
    for name, held in record.unknown.items():
        assert value[name] == held


@given(known, json_values)
def test_a_field_of_a_later_version_is_kept_and_known_fields_are_read(record, value):
    body = json.dumps({**json.loads(encode(record)), "zz later": value}).encode()
    again = decode(body)
    assert again.unknown["zz later"] == value
    assert type(again) is type(record)
    assert json.loads(encode(again))["zz later"] == value
    changed = {name: getattr(again, name) for name in again.__struct_fields__} | {"schema": 1}
    assert encode(type(record)(**changed)) == encode(again)


@pytest.mark.parametrize(
    "body",
    [b'{"kind":"dream","z":1,"a":[1.50,2]}', b'{"kind":""}', b'{ "kind" : "dream" }', b'{"kind":"dream","x":null}'],
)
def test_a_kind_of_a_later_version_is_kept_to_the_byte(body):
    record = decode(body)
    assert isinstance(record, UnknownRecord)
    assert encode(record) == body
    assert record.when is None


def test_a_time_keeps_its_clock_and_its_offset():
    east = Moment(datetime(2026, 3, 1, 9, 30, 59, 123456, tzinfo=timezone(timedelta(hours=12, minutes=45))))
    body = encode(Page(at=east))
    assert b'"2026-03-01T09:30:59.123456+12:45"' in body
    back = decode(body).at
    assert (back.at.hour, back.at.utcoffset()) == (9, timedelta(hours=12, minutes=45))
    assert decode(encode(Page(at=Moment(datetime(2026, 1, 1, tzinfo=UTC))))).at.at.utcoffset() == timedelta(0)


def test_a_blank_is_null_and_never_zero():
    value = json.loads(encode(CheckIn(at=AT, mood=0)))
    assert [value[slider.name] for slider in SLIDERS] == [0, None, None, None, None, None, None]
    without = b'{"kind":"checkin","at":{"at":"2026-03-01T09:30:00Z"}}'
    assert [getattr(decode(without), slider.name) for slider in SLIDERS] == [None] * 7


_WORD = "canaryword"
BROKEN = {
    "nothing": "",
    "no JSON": _WORD,
    "a list": f'["{_WORD}"]',
    "null": "null",
    "no kind": f'{{"text":"{_WORD}"}}',
    "a kind that is a number": '{"kind":5}',
    "no time": f'{{"kind":"page","text":"{_WORD}"}}',
    "a time without an offset": '{"kind":"page","at":{"at":"2026-03-01T09:30:00"}}',
    "a time in words": f'{{"kind":"page","at":{{"at":"{_WORD}"}}}}',
    "a time with more": f'{{"kind":"page","at":{{"at":"2026-03-01T09:30:00Z","{_WORD}":"{_WORD}"}}}}',
    "a route that is none": f'{{"kind":"session","starts":{_AT},"route":"{_WORD}"}}',
    "a style that is none": f'{{"kind":"page","at":{_AT},"text":"abc","marks":[[0,1,"{_WORD}"]]}}',
    "a mark outside": f'{{"kind":"page","at":{_AT},"text":"{_WORD}","marks":[[0,99,"bold"]]}}',
    "a slider over 10": f'{{"kind":"checkin","at":{_AT},"mood":11}}',
    "a slider with a fraction": f'{{"kind":"checkin","at":{_AT},"mood":5.0}}',
    "a slider in words": f'{{"kind":"checkin","at":{_AT},"mood":"{_WORD}"}}',
    "a slider that is true": f'{{"kind":"checkin","at":{_AT},"mood":true}}',
    "a reserved field": f'{{"kind":"page","at":{_AT}," unknown":{{"{_WORD}":1}}}}',
    "a count in words": f'{{"kind":"receipt","share":"","made":{_AT},"counts":{{"{_WORD}":"{_WORD}"}}}}',
    "too deep": '{"kind":"later","x":' + "[" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_record_is_refused_without_its_words(name):
    with pytest.raises(InvalidRecord) as caught:
        decode(BROKEN[name].encode())
    assert _WORD not in str(caught.value) + caught.value.detail
    assert caught.value.__cause__ is None


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"\xff")
@example(b'{"kind":"page","at":{"at":"2026-03-01T09:30:00Z"},"text":"\xff"}')
@example(b'{"kind":"\\ud800"}')
def test_any_bytes_are_a_record_or_refused(body):
    try:
        record = decode(body)
    except InvalidRecord:
        return
    assert decode(encode(record)) == record


def test_records_are_values():
    one, other = Page(at=AT, text="a"), Page(at=AT, text="a")
    assert one == other
    with pytest.raises(AttributeError):
        one.text = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Page(at=AT, colour="blue")  # type: ignore[call-arg]
