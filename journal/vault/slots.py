"""Slots and the header: how a password or recovery words lead to the vault key, each stored twice.

    slot   = kind (1) | salt (16) | memory KiB, passes, lanes (3 x 4) | sealed vault key and epoch | SHA-256 (32)
    header = length (4) | JSON | HMAC (32) | SHA-256 (32)

The header lists each slot with the SHA-256 of all its bytes: that tells a damaged, missing or exchanged slot from a
wrong password. The HMAC tells an altered header; the manifest names the one header that is in force.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from typing import Annotated

import msgspec
from msgspec import Meta

from journal.errors import DamagedJournal, NewerFormat
from journal.vault import kdf
from journal.vault.kdf import KdfProfile
from journal.vault.keys import KeyRing, context
from journal.vault.sealing import OtherKey, SealBroken

PASSWORD, RECOVERY = 1, 2
# Formats: the second holds attachments, and whoever knows only the first may read it; the third has a list of what
# belongs that grows at its end, and may hold attachments.
PLAIN, WITH_FILES, GROWING = 1, 2, 3
MAGIC = "integration-journal vault"
_HEAD = struct.Struct(">B16sIII")
MAX_SLOT = 1024
MAX_HEADER = 64 * 1024
MAX_SLOTS = 16
_Id = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
_Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The clear part of the file: what it is, which vault and epoch, which slots. Authenticated as a whole."""

    magic: str
    format: int
    min_reader: int
    vault: _Id
    epoch: int
    slots: dict[_Id, _Digest]


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Header)


def new_header(ring: KeyRing, stored: dict[bytes, bytes], format: int = GROWING) -> bytes:
    """The header's stored form, for slots as they are stored."""
    slots = {slot.hex(): hashlib.sha256(body).hexdigest() for slot, body in stored.items()}
    reader = GROWING if format >= GROWING else PLAIN
    return stored_header(
        ring,
        Header(magic=MAGIC, format=format, min_reader=reader, vault=ring.vault.hex(), epoch=ring.epoch, slots=slots),
    )


def stored_header(ring: KeyRing, header: Header) -> bytes:
    """A header's stored form."""
    body = _encoder.encode(header)
    signed = struct.pack(">I", len(body)) + body + ring.header_mac(body)
    return signed + hashlib.sha256(signed).digest()


def read_header(stored: bytes | None) -> tuple[Header, bytes, bytes] | None:
    """The header, its JSON and its HMAC; None where the bytes are damaged. Raises `NewerFormat`."""
    if stored is None or not 68 < len(stored) <= MAX_HEADER:
        return None
    signed, digest = stored[:-32], stored[-32:]
    if hashlib.sha256(signed).digest() != digest:
        return None
    body, mac = signed[4:-32], signed[-32:]
    if struct.unpack(">I", signed[:4])[0] != len(body):
        return None
    try:
        header = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if header.magic != MAGIC or len(header.slots) > MAX_SLOTS:
        return None
    if header.min_reader > GROWING:
        raise NewerFormat
    return header, body, mac


def header_true(ring: KeyRing, body: bytes, mac: bytes) -> bool:
    """Whether the header is the one this journal's key vouches for."""
    return hmac.compare_digest(ring.header_mac(body), mac)


def new_password_slot(ring: KeyRing, slot: bytes, password: str, profile: KdfProfile) -> bytes:
    """A slot's stored form for a password."""
    salt = os.urandom(kdf.SALT)
    return _stored(ring, slot, PASSWORD, salt, profile, kdf.password_key(password, salt, profile))


def new_recovery_slot(ring: KeyRing, slot: bytes, words: str) -> bytes:
    """A slot's stored form for recovery words."""
    salt = os.urandom(kdf.SALT)
    none = KdfProfile(0, 0, 0)
    return _stored(ring, slot, RECOVERY, salt, none, kdf.recovery_key(words, salt, ring.vault))


def _stored(ring: KeyRing, slot: bytes, kind: int, salt: bytes, cost: KdfProfile, kek: bytes) -> bytes:
    head = _HEAD.pack(kind, salt, cost.memory_kib, cost.passes, cost.lanes)
    body = head + ring.wrap(kek, _context(ring.vault, slot, head))
    return body + hashlib.sha256(body).digest()


def _context(vault: bytes, slot: bytes, head: bytes) -> bytes:
    # Kind, salt and costs are bound too, so that none of them can be changed under a slot.
    return context(b"slot", vault, 0, slot) + head


def intact(stored: bytes | None, listed: set[str]) -> bool:
    """Whether the bytes of a slot are as they were written, and the ones that a header lists."""
    if stored is None or not _HEAD.size + 32 < len(stored) <= MAX_SLOT:
        return False
    return hashlib.sha256(stored[:-32]).digest() == stored[-32:] and hashlib.sha256(stored).hexdigest() in listed


def kind(stored: bytes) -> int:
    """PASSWORD or RECOVERY (or something unknown) of an intact slot."""
    return stored[0]


def open_slot(
    vault: bytes, slot: bytes, stored: bytes, *, password: str | None = None, words: str | None = None
) -> KeyRing | None:
    """The key ring behind an intact slot, or None where the secret is another one."""
    head = stored[: _HEAD.size]
    _, salt, memory, passes, lanes = _HEAD.unpack(head)
    if password is not None:
        kek = kdf.password_key(password, salt, KdfProfile(memory, passes, lanes))
    else:
        kek = kdf.recovery_key(words or "", salt, vault)
    try:
        return KeyRing.unwrap(kek, _context(vault, slot, head), stored[_HEAD.size : -32], vault)
    except OtherKey:
        return None
    except SealBroken:
        raise DamagedJournal(detail="a slot does not open") from None


def profile(stored: bytes) -> KdfProfile:
    """The Argon2id cost of an intact password slot."""
    return KdfProfile(*_HEAD.unpack(stored[: _HEAD.size])[2:])
