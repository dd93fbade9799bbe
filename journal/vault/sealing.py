"""Sealing: the one construction for rows, slots, inventory, drafts and attachments.

    sealed = algorithm (1 byte, 0x01) | salt (24) | commitment (32) | chunk | chunk | ...
    key (32) | commitment (32) = HKDF-SHA-512(input=purpose key, salt=salt, info=context)
    chunk  = AES-256-GCM(key, nonce, up to 16 KiB of plaintext)         nonce = final (1) | 000000 | index (8)

The context names what is sealed and where it belongs, so that a sealed value opens nowhere else. The commitment
makes opening with another key fail before anything is decrypted. The last chunk, and only it, has final = 1 and
is shorter than 16 KiB (it may be empty), so that a cut or a lengthened value does not open.

What is too large to be held at once is sealed and opened in rows of 64 chunks (`Sealer`, `Opener`): put one after the
other they are the same sealed value, to the byte.
"""

from __future__ import annotations

import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SHA512 = SHA512()
ALGORITHM = 1
SALT = 24
COMMITMENT = 32
HEAD = 1 + SALT + COMMITMENT
CHUNK = 16 * 1024
TAG = 16
ROW = 64  # chunks in each row of a long value but the last
PIECE = ROW * CHUNK  # bytes of plaintext in such a row


class SealBroken(Exception):
    """What was sealed does not open here: it was changed, or belongs elsewhere."""


class OtherKey(SealBroken):
    """The commitment names another key (or another place): nothing was decrypted."""


def seal(key: bytes, context: bytes, plaintext: bytes) -> bytes:
    """`plaintext` sealed under `key` for `context`; 57 bytes and 16 a chunk longer."""
    salt = os.urandom(SALT)
    return bytes([ALGORITHM]) + salt + _body(key, context, salt, plaintext)


class Sealer:
    """Seals one value row by row."""

    def __init__(self, key: bytes, context: bytes) -> None:
        salt = os.urandom(SALT)
        derived = _derive(key, context, salt)
        self.head = bytes([ALGORITHM]) + salt + derived[32:]
        self._cipher, self._index = AESGCM(derived[:32]), 0

    def row(self, plaintext: bytes) -> bytes:
        """The next row, of `PIECE` bytes. The first has the head before it."""
        if len(plaintext) != PIECE:
            raise ValueError("a row that is not the last holds 64 chunks")
        return self._next(plaintext, final=False)

    def last(self, plaintext: bytes) -> bytes:
        """The last row, of fewer bytes, perhaps of none."""
        if len(plaintext) >= PIECE:
            raise ValueError("the last row holds less than 64 chunks")
        return self._next(plaintext, final=True)

    def _next(self, plaintext: bytes, *, final: bool) -> bytes:
        head = b"" if self._index else self.head
        sealed = _sealed(self._cipher, plaintext, self._index, final=final)
        self._index += ROW
        return head + sealed


class Opener:
    """Opens the rows of one value, in any order. Raises `OtherKey` or `SealBroken` for a head that is not its own."""

    def __init__(self, key: bytes, context: bytes, head: bytes) -> None:
        self._cipher = _cipher(key, context, head)

    def row(self, number: int, sealed: bytes, *, final: bool) -> bytes:
        """The plaintext of a row. Raises `SealBroken`; nothing of a row is given out before all of it opened."""
        body = memoryview(sealed)[0 if number else HEAD :]
        full, rest = divmod(len(body), CHUNK + TAG)
        if (full, rest) != (ROW, 0) if not final else (rest < TAG or full >= ROW):
            raise SealBroken("a row of another length")
        try:
            return _opened(self._cipher, body, number * ROW, final=final)
        except InvalidTag:
            raise SealBroken("changed since it was sealed") from None


def row_lengths(length: int) -> list[int]:
    """How long each row of a sealed value is, by the length of its plaintext."""
    full, rest = divmod(length, PIECE)
    chunks = rest // CHUNK + 1
    lengths = [PIECE + ROW * TAG] * full + [rest + chunks * TAG]
    lengths[0] += HEAD
    return lengths


def unseal(key: bytes, context: bytes, sealed: bytes) -> bytes:
    """The plaintext. Raises `OtherKey` or `SealBroken`."""
    if len(sealed) < HEAD + TAG:
        raise SealBroken("not a sealed value")
    cipher = _cipher(key, context, sealed)
    try:
        if len(sealed) < HEAD + CHUNK + TAG:  # the common case: one chunk
            return cipher.decrypt(_ONLY, sealed[HEAD:], None)
        return _opened(cipher, memoryview(sealed)[HEAD:], 0, final=True)
    except InvalidTag:
        raise SealBroken("changed since it was sealed") from None


def _cipher(key: bytes, context: bytes, sealed: bytes) -> AESGCM:
    """The cipher for what has this head, once the commitment was found to be the key's."""
    if len(sealed) < HEAD or sealed[0] != ALGORITHM:
        raise SealBroken("not a sealed value")
    derived = _derive(key, context, sealed[1 : 1 + SALT])
    if not hmac.compare_digest(derived[32:], sealed[1 + SALT : HEAD]):
        raise OtherKey("sealed with another key, or for another place")
    return AESGCM(derived[:32])


def _opened(cipher: AESGCM, body: memoryview, first: int, *, final: bool) -> bytes:
    """The plaintext of chunks, of which the first has this index."""
    parts = []
    full, rest = divmod(len(body), CHUNK + TAG)
    if final and rest < TAG:
        raise SealBroken("cut short")
    for index in range(full):
        start = index * (CHUNK + TAG)
        chunk = bytes(body[start : start + CHUNK + TAG])
        parts.append(cipher.decrypt(_nonce(first + index, final=False), chunk, None))
    if final:
        parts.append(cipher.decrypt(_nonce(first + full, final=True), bytes(body[full * (CHUNK + TAG) :]), None))
    return b"".join(parts)


def _body(key: bytes, context: bytes, salt: bytes, plaintext: bytes) -> bytes:
    derived = _derive(key, context, salt)
    return derived[32:] + _sealed(AESGCM(derived[:32]), plaintext, 0, final=True)


def _sealed(cipher: AESGCM, plaintext: bytes, first: int, *, final: bool) -> bytes:
    """Chunks, of which the first gets this index."""
    full = len(plaintext) // CHUNK
    parts = []
    for index in range(full):
        piece = plaintext[index * CHUNK : (index + 1) * CHUNK]
        parts.append(cipher.encrypt(_nonce(first + index, final=False), piece, None))
    if final:
        parts.append(cipher.encrypt(_nonce(first + full, final=True), plaintext[full * CHUNK :], None))
    return b"".join(parts)


def _derive(key: bytes, context: bytes, salt: bytes) -> bytes:
    # Once for every row that is opened: the library's costs half of two calls of hmac.digest.
    return HKDF(_SHA512, 64, salt, context).derive(key)


def _nonce(index: int, *, final: bool) -> bytes:
    return struct.pack(">B3xQ", final, index)


_ONLY = _nonce(0, final=True)
