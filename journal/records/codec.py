"""Records to canonical JSON and back, losing nothing that another version wrote.

Canonical: UTF-8, keys sorted, no white space. Fields this version does not know are kept in `Record.unknown`
and written back at the same place; a record of an unknown kind comes back as `UnknownRecord`, bytes untouched.
"""

from __future__ import annotations

import hashlib
from typing import Any, get_args

import msgspec

from journal.errors import InvalidRecord
from journal.records.attachment import Attachment
from journal.records.base import Record, UnknownRecord
from journal.records.body import Medicine, SideEffect
from journal.records.care import Expense, Person, Provider
from journal.records.checkin import CheckIn
from journal.records.clients import (
    Client,
    Comment,
    Received,
    Reply,
    SentReply,
)
from journal.records.contact import (
    Contact,
)
from journal.records.course import (
    Course,
    Session,
)
from journal.records.own import (
    Identity,
    Purged,
    Settings,
    ShareReceipt,
    ShareSet,
    SigningKey,
)
from journal.records.path import Commitment, HardMoment, Landing, Question
from journal.records.prompts import Checklist, PromptSet, Template
from journal.records.scales import ScaleAnswers, ScalePack, ScaleTotal
from journal.records.writing import Experience, IntegrationNote, Intention, Page

AnyRecord = (
    Course | Session | Intention | Experience | IntegrationNote | Page | CheckIn | Settings | Identity | ShareReceipt
    | Purged | Attachment | Provider | Expense | Person | SideEffect | Medicine | Landing | HardMoment | Question
    | Commitment | ScaleAnswers | ScaleTotal | ScalePack | PromptSet | Template | Checklist | Contact | SigningKey
    | ShareSet | Client | Received | Comment | Reply | SentReply
)  # fmt: skip
_KINDS: dict[str, type[Record]] = {cls.kind: cls for cls in get_args(AnyRecord)}
# Fields that a kind gained after its first version are left out at their defaults: its bytes stay as they were.
_GAINED: dict[type[Record], str] = {
    Settings: "recovery_proved", Course: "phases", Session: "arriving", Intention: "covered", Experience: "covered",
    Page: "covered", IntegrationNote: "covered", SideEffect: "onset", ShareReceipt: "proved",
    Received: "address", Comment: "reply",
}  # fmt: skip


def _later(cls: type[Record], first: str) -> dict[str, Any]:
    """The fields from `first` on, which is the first that was gained, and their defaults."""
    own = [field for field in msgspec.structs.fields(cls) if field.name != "modalities"]
    begin = [field.name for field in own].index(first)
    return {field.name: field.default for field in own[begin:]}


_LATER = {cls.kind: _later(cls, first) for cls, first in _GAINED.items()}
_HOLD = " unknown"  # the field's name in JSON; no file may hold it, for it is spread out when writing
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(AnyRecord)
_loose = msgspec.json.Decoder(dict[str, Any])


def encode(record: Record | UnknownRecord) -> bytes:
    """The canonical bytes of a record."""
    if isinstance(record, UnknownRecord):
        return record.body
    fields: dict[str, Any] = msgspec.to_builtins(record)
    unknown = fields.pop(_HOLD)
    for name, default in _LATER.get(record.kind, {}).items():
        if getattr(record, name) == default:
            del fields[name]
    return _encoder.encode({**unknown, **fields})


def decode(body: bytes) -> Record | UnknownRecord:
    """The record in `body`. Raises `InvalidRecord`, whose message holds no words of the person."""
    try:
        record: Record = _decoder.decode(body)
        if not record.unknown:
            return record
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return _decode_loosely(body)


def known_fields() -> str:
    """A hash of the kinds and fields that this version knows: what it cannot read, another one may."""
    known = {kind: [field.encode_name for field in msgspec.structs.fields(cls)] for kind, cls in _KINDS.items()}
    return hashlib.sha256(msgspec.json.encode(known, order="sorted")).hexdigest()[:16]


def from_fields(fields: dict[str, Any]) -> Record | UnknownRecord:
    """The record in JSON-like `fields`, e.g. one read from an export file."""
    return decode(_encoder.encode(fields))


def _decode_loosely(body: bytes) -> Record | UnknownRecord:
    try:
        fields = _loose.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidRecord("This entry cannot be read.", detail="not a JSON object") from None
    kind = fields.get("kind")
    if not isinstance(kind, str) or _HOLD in fields:
        raise InvalidRecord("This entry cannot be read.", detail="no kind, or a reserved field")
    cls = _KINDS.get(kind)
    if cls is None:
        return UnknownRecord(kind, body)
    known = {field.encode_name for field in msgspec.structs.fields(cls)} | {"kind"}
    unknown = {name: value for name, value in fields.items() if name not in known}
    ours = {name: value for name, value in fields.items() if name in known}
    try:
        record = msgspec.convert(ours, cls)
    except (msgspec.ValidationError, RecursionError) as error:
        # Only the place: msgspec also tells the value where it wanted one of a few words.
        raise InvalidRecord("This entry cannot be read.", detail=str(error).rpartition(" - at ")[2]) from None
    return msgspec.structs.replace(record, unknown=unknown)
