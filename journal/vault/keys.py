"""The keys of an open journal, and the contexts they seal for. Only the vault imports this."""

from __future__ import annotations

import hmac
import os
import struct

from journal.vault.sealing import Opener, SealBroken, Sealer, seal, unseal

FORMAT = 1  # of the seals
KEY = 32  # bytes
_LABEL = b"integration-journal/v1/"


def context(kind: bytes, vault: bytes, epoch: int, first: bytes = bytes(16), second: bytes = bytes(16)) -> bytes:
    """What a sealed value is and where it belongs: 60 bytes, every field of fixed width.

    kind (4) | format (4) | epoch (4) | vault id (16) | first id (16) | second id (16); numbers big-endian.
    """
    if len(kind) != 4 or len(vault) != 16 or len(first) != 16 or len(second) != 16:
        raise ValueError("a context has fields of fixed width")
    return struct.pack(">4sII16s16s16s", kind, FORMAT, epoch, vault, first, second)


def number(value: int) -> bytes:
    """A small number as an id in a context."""
    return value.to_bytes(16, "big")


class KeyRing:
    """The vault key of one epoch and its subkeys by purpose. It lives as long as the journal is open."""

    def __init__(self, vault: bytes, epoch: int, key: bytes) -> None:
        self.vault, self.epoch, self._key = vault, epoch, key
        self._rows, self._lists, self._drafts = (self._sub(name) for name in (b"rec", b"inventory", b"draft"))
        self._header, self._cache, self._blobs = (self._sub(name) for name in (b"header", b"cache", b"blob"))

    @classmethod
    def new(cls, vault: bytes) -> KeyRing:
        """A ring with a fresh random key, epoch 1."""
        return cls(vault, 1, os.urandom(KEY))

    def _sub(self, purpose: bytes) -> bytes:
        info = _LABEL + purpose + self.vault + struct.pack(">I", self.epoch)
        return hmac.digest(self._key, info + b"\x01", "sha512")[:KEY]  # HKDF-Expand-SHA-512, one block

    def seal_row(self, eid: bytes, rev: bytes, plaintext: bytes) -> bytes:
        return seal(self._rows, context(b"row ", self.vault, self.epoch, eid, rev), plaintext)

    def open_row(self, eid: bytes, rev: bytes, sealed: bytes) -> bytes:
        return unseal(self._rows, context(b"row ", self.vault, self.epoch, eid, rev), sealed)

    def seal_draft(self, key: bytes, plaintext: bytes) -> bytes:
        return seal(self._drafts, context(b"drft", self.vault, self.epoch, key), plaintext)

    def open_draft(self, key: bytes, sealed: bytes) -> bytes:
        return unseal(self._drafts, context(b"drft", self.vault, self.epoch, key), sealed)

    def seal_list(self, kind: bytes, place: int, plaintext: bytes) -> bytes:
        return seal(self._lists, context(kind, self.vault, self.epoch, number(place)), plaintext)

    def open_list(self, kind: bytes, place: int, sealed: bytes) -> bytes:
        return unseal(self._lists, context(kind, self.vault, self.epoch, number(place)), sealed)

    def seal_cache(self, snapshot: bytes, part: int, plaintext: bytes) -> bytes:
        return seal(self._cache, context(b"cach", self.vault, self.epoch, snapshot, number(part)), plaintext)

    def open_cache(self, snapshot: bytes, part: int, sealed: bytes) -> bytes:
        return unseal(self._cache, context(b"cach", self.vault, self.epoch, snapshot, number(part)), sealed)

    def seal_blob(self, bid: bytes) -> Sealer:
        """Seals the body of an attachment, row by row."""
        return Sealer(self._blobs, context(b"blob", self.vault, self.epoch, bid))

    def open_blob(self, bid: bytes, head: bytes) -> Opener:
        """Opens its rows, given the first of them. Raises `OtherKey`, `SealBroken`."""
        return Opener(self._blobs, context(b"blob", self.vault, self.epoch, bid), head)

    def header_mac(self, header: bytes) -> bytes:
        """32 bytes that vouch for the header."""
        return hmac.digest(self._header, header, "sha512")[:32]

    def wrap(self, kek: bytes, slot_context: bytes) -> bytes:
        """The vault key and its epoch, sealed under the key of a slot."""
        return seal(kek, slot_context, self._key + struct.pack(">I", self.epoch))

    @classmethod
    def unwrap(cls, kek: bytes, slot_context: bytes, sealed: bytes, vault: bytes) -> KeyRing:
        """The ring behind a slot. Raises `OtherKey` for a wrong secret, `SealBroken` for a damaged slot."""
        plain = unseal(kek, slot_context, sealed)
        if len(plain) != KEY + 4:
            raise SealBroken("a slot holds a key and its epoch")
        return cls(vault, struct.unpack(">I", plain[KEY:])[0], plain[:KEY])
