"""Revisions to the bytes of a row and back: length, canonical JSON, padding."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from journal.errors import InvalidRecord
from journal.vault.sealing import SealBroken
from journal.vault.structs import Draft, NewRevision, Revision

FLOOR = 1024  # bytes: the least a row's plaintext is padded to
MAX_ROW = 6 * 2**20  # sealed bytes: a text of 4 MiB, its formatting, and room


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    parents: tuple[str, ...]
    lamport: Annotated[int, Meta(ge=0, le=2**53)]
    device: str
    at: Annotated[datetime, Meta(tz=True)]
    kind: str
    deleted: bool
    body: msgspec.Raw


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    body: msgspec.Raw
    base: str | None
    eid: str | None
    at: datetime


_encode = msgspec.json.Encoder(order="sorted").encode
_decode_row = msgspec.json.Decoder(_Row).decode
_decode_draft = msgspec.json.Decoder(_Draft).decode


def padme(length: int) -> int:
    """The padded length that hides all but the top bits of a length (Padmé, at most 12 % longer)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    last_bits = exponent - exponent.bit_length()
    mask = (1 << last_bits) - 1
    return (length + mask) & ~mask


def pad(data: bytes) -> bytes:
    """4 bytes of length, the data, zeros up to max(1024, Padmé)."""
    framed = struct.pack(">I", len(data)) + data
    return framed.ljust(max(FLOOR, padme(len(framed))), b"\0")


def unpad(plaintext: bytes) -> bytes:
    """The data inside. Raises `SealBroken` where the frame is not as `pad` makes it."""
    if len(plaintext) < 4:
        raise SealBroken("too short")
    length = struct.unpack_from(">I", plaintext)[0]
    if length > len(plaintext) - 4:
        raise SealBroken("length beyond the end")
    return plaintext[4 : 4 + length]


def row_bytes(new: NewRevision, *, lamport: int, device: str, at: datetime) -> bytes:
    """The padded plaintext of a row. Raises `InvalidRecord` for what could not be read back as the same."""
    row = _Row(
        parents=new.parents,
        lamport=lamport,
        device=device,
        at=at,
        kind=new.kind,
        deleted=new.deleted,
        body=msgspec.Raw(new.body),
    )
    return pad(_same(row, _decode_row))


def revision(eid: bytes, rev: bytes, plaintext: bytes) -> Revision:
    """The revision in a row's plaintext. Raises `SealBroken` where it is not one."""
    try:
        row = _decode_row(unpad(plaintext))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SealBroken("not a revision") from None
    return Revision(
        eid=eid.hex(),
        rev=rev.hex(),
        parents=row.parents,
        lamport=row.lamport,
        device=row.device,
        at=row.at,
        kind=row.kind,
        deleted=row.deleted,
        body=bytes(row.body),
    )


def draft_bytes(draft: Draft) -> bytes:
    """The padded plaintext of a draft. Raises `InvalidRecord` for what could not be read back as the same."""
    found = _Draft(kind=draft.kind, body=msgspec.Raw(draft.body), base=draft.base, eid=draft.eid, at=draft.at)
    return pad(_same(found, _decode_draft))


def _same(value: _Row | _Draft, decode: Callable[[bytes], _Row | _Draft]) -> bytes:
    try:
        data = _encode(value)
        data.decode()  # the body is copied as it is: it must be text
        same = bytes(decode(data).body) == bytes(value.body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError) as error:
        raise InvalidRecord(detail=type(error).__name__) from None
    if not same:
        raise InvalidRecord(detail="a body is one JSON value")
    return data


def draft(key: bytes, plaintext: bytes) -> Draft:
    """The draft in a plaintext."""
    try:
        found = _decode_draft(unpad(plaintext))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SealBroken("not a draft") from None
    return Draft(key=key.hex(), kind=found.kind, body=bytes(found.body), base=found.base, eid=found.eid, at=found.at)
