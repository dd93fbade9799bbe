"""One payload, one form: round trips, and refusal of every other form."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given

from journal.errors import DamagedShare, InvalidRecord
from journal.records import Mark, Style
from journal.share import SharedCheckIn, SharedEffect, SharedMedicine, SharedScale
from journal.share.payload import MAX_SIZE, Payload, decode, encode
from journal.share.render import document
from journal.share.text import is_safe, plain_page
from tests.journal.share.samples import everything, payloads, shared


@given(payloads())
def test_every_payload_comes_back_exactly(payload):
    body = encode(payload)
    assert body.isascii()
    assert decode(body) == payload
    assert encode(decode(body)) == body


@given(payloads())
def test_every_payload_can_be_shown(payload):
    page = plain_page(payload)
    assert is_safe(page)
    assert page.endswith("\n")
    shown = {block.place for block in document(payload) if block.place is not None}
    in_tables = SharedCheckIn | SharedScale | SharedMedicine | SharedEffect  # else for words only
    entries = list(payload.entries)
    assert shown <= set(range(len(entries)))
    alone = {place for place, entry in enumerate(entries) if not isinstance(entry, in_tables)}
    assert alone <= shown
    noted = {place for place, entry in enumerate(entries) if getattr(entry, "note", "").strip()}
    assert noted <= shown
    rows = sum(len(block.rows) - 1 for block in document(payload) if block.place is None and block.rows)
    assert rows >= len(payload.checkins) + len(payload.scales) + len(payload.effects) + len(payload.medicines)


@given(payloads())
def test_own_words_are_in_the_document_exactly(payload):
    own = [block.text for block in document(payload) if block.own]
    for writing in (*(w for session in payload.sessions for w in session.writings), *payload.writings):
        if writing.text.strip():
            assert writing.text in own
        if writing.title.strip():
            assert writing.title in own


def test_difficult_text_is_kept_exactly():
    payload = everything()
    text = (
        "NUL \x00, bell \x07, right to left \u202e\u200f שלום, 🌊👩‍🚀, decomposed e\u0301, line\r\n\u2028, \ufeff"
        + "x" * 2**20
    )
    writing = msgspec.structs.replace(payload.writings[0], text=text, title="a\nb\x1b")
    changed = msgspec.structs.replace(payload, writings=(writing,))
    assert decode(encode(changed)).writings[0] == writing


def _changed(**fields: object) -> bytes:
    body = json.loads(encode(everything()))
    body.update(fields)
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _in_first(group: str, **fields: object) -> bytes:
    body = json.loads(encode(everything()))
    body[group][0].update(fields)
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def test_the_change_helpers_change_nothing_by_themselves():
    payload = everything()
    body = json.loads(encode(payload))
    assert json.dumps(body, sort_keys=True, separators=(",", ":")).encode() == encode(payload)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"null", b"[]", b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b'{"format":1}',
        _changed(format=2), _changed(share="x"), _changed(share="A" * 32), _changed(extra=1), _changed(sender=None),
        _changed(sender="x" * 501), _changed(made="2026-13-01"), _changed(made="20261123"), _changed(sessions={}),
        _changed(talk_about=3), _changed(left_out={"sessions": -1, "writings": 0, "checkins": 0, "options": []}),
        _in_first("checkins", mood=11), _in_first("checkins", mood=-1), _in_first("checkins", mood=1.5),
        _in_first("checkins", session=99), _in_first("checkins", session=-1), _in_first("checkins", session=None),
        _in_first("checkins", window="5 h"), _in_first("checkins", at="2026-10-12T10:37:00"),
        _in_first("checkins", at="2026-10-11T10:37:00+02:00"), _in_first("checkins", at="2026-10-12T09:37:01+02:00"),
        _in_first("writings", marks=[[0, 10**6, "bold"]]), _in_first("writings", marks=[[3, 3, "bold"]]),
        _in_first("writings", marks=[[-1, 3, "bold"]]), _in_first("writings", marks=[[0, 1, "blink"]]),
        _in_first("writings", kind="note"), _in_first("writings", text=None),
        _in_first("sessions", number=0), _in_first("sessions", route="eye"),
        _in_first("sessions", intentions=json.loads(encode(everything()))["writings"]),
        encode(everything()) + b" ", b" " + encode(everything()), encode(everything()).replace(b",", b", ", 1),
        encode(everything()).replace(b'"format":1', b'"format":1.0'),
        encode(everything()).replace(b"Alex", b"\\u0041lex"), encode(everything()).replace(b"Alex", "Älex".encode()),
        encode(everything()).replace(b"Alex", b"\\ud800"),
        encode(everything()).replace(b'"format":1', b'"format":1,"format":1'),
    ],
)  # fmt: skip
def test_every_other_form_is_refused(body):
    with pytest.raises(DamagedShare):
        decode(body)


def test_a_huge_form_is_refused_before_it_is_read():
    with pytest.raises(DamagedShare):
        decode(b" " * (MAX_SIZE + 1))


def test_payloads_check_themselves():
    payload = shared(6)
    with pytest.raises(InvalidRecord):
        msgspec.structs.replace(payload.writings[0], marks=(Mark(0, 999, Style.BOLD),))
    with pytest.raises(InvalidRecord):
        msgspec.structs.replace(payload, share="not an id")
    late = datetime(2026, 11, 23, 1, tzinfo=UTC) - timedelta(days=1)
    with pytest.raises(InvalidRecord):
        msgspec.structs.replace(payload, made_at=late)


def test_the_fields_of_a_payload_are_the_documented_ones():
    assert [field.name for field in msgspec.structs.fields(Payload)] == [
        "format", "share", "made", "made_at", "sender", "to", "talk_about", "sessions", "writings", "checkins",
        "left_out", "dates", "scales", "medicines", "effects", "readings", "doses", "hard", "commitments",
        "questions", "pictures",
    ]  # fmt: skip
