"""Sealing: the one construction for rows, slots, inventory, drafts and attachments.

    sealed = algorithm (1 byte, 0x01) | salt (24) | commitment (32) | chunk | chunk | ...
    key (32) | commitment (32) = HKDF-SHA-512(input=purpose key, salt=salt, info=context)
    chunk  = AES-256-GCM(key, nonce, up to 16 KiB of plaintext)         nonce = final (1) | 000000 | index (8)

The context names what is sealed and where it belongs, so that a sealed value opens nowhere else. The commitment
makes opening with another key fail before anything is decrypted. The last chunk, and only it, has final = 1 and
is shorter than 16 KiB (it may be empty), so that a cut or a lengthened value does not open.
"""

from __future__ import annotations

import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALGORITHM = 1
SALT = 24
COMMITMENT = 32
HEAD = 1 + SALT + COMMITMENT
CHUNK = 16 * 1024
TAG = 16


class SealBroken(Exception):
    """What was sealed does not open here: it was changed, or belongs elsewhere."""


class OtherKey(SealBroken):
    """The commitment names another key (or another place): nothing was decrypted."""


def seal(key: bytes, context: bytes, plaintext: bytes) -> bytes:
    """`plaintext` sealed under `key` for `context`; 57 bytes and 16 a chunk longer."""
    salt = os.urandom(SALT)
    return bytes([ALGORITHM]) + salt + _body(key, context, salt, plaintext)


def unseal(key: bytes, context: bytes, sealed: bytes) -> bytes:
    """The plaintext. Raises `OtherKey` or `SealBroken`."""
    if len(sealed) < HEAD + TAG or sealed[0] != ALGORITHM:
        raise SealBroken("not a sealed value")
    derived = _derive(key, context, sealed[1 : 1 + SALT])
    if not hmac.compare_digest(derived[32:], sealed[1 + SALT : HEAD]):
        raise OtherKey("sealed with another key, or for another place")
    cipher = AESGCM(derived[:32])
    try:
        if len(sealed) < HEAD + CHUNK + TAG:  # the common case: one chunk
            return cipher.decrypt(_nonce(0, final=True), sealed[HEAD:], None)
        return _chunks(cipher, memoryview(sealed)[HEAD:])
    except InvalidTag:
        raise SealBroken("changed since it was sealed") from None


def _chunks(cipher: AESGCM, body: memoryview) -> bytes:
    parts = []
    full, rest = divmod(len(body), CHUNK + TAG)
    if rest < TAG:
        raise SealBroken("cut short")
    for index in range(full):
        start = index * (CHUNK + TAG)
        parts.append(cipher.decrypt(_nonce(index, final=False), bytes(body[start : start + CHUNK + TAG]), None))
    parts.append(cipher.decrypt(_nonce(full, final=True), bytes(body[full * (CHUNK + TAG) :]), None))
    return b"".join(parts)


def _body(key: bytes, context: bytes, salt: bytes, plaintext: bytes) -> bytes:
    derived = _derive(key, context, salt)
    cipher = AESGCM(derived[:32])
    full = len(plaintext) // CHUNK
    parts = [derived[32:]]
    for index in range(full):
        parts.append(cipher.encrypt(_nonce(index, final=False), plaintext[index * CHUNK : (index + 1) * CHUNK], None))
    parts.append(cipher.encrypt(_nonce(full, final=True), plaintext[full * CHUNK :], None))
    return b"".join(parts)


def _derive(key: bytes, context: bytes, salt: bytes) -> bytes:
    # HKDF-SHA-512 (RFC 5869) for exactly one block of output. Two calls of hmac.digest cost a fifth of building
    # the library's HKDF object, and this runs once for every row that is opened.
    return hmac.digest(hmac.digest(salt, key, "sha512"), context + b"\x01", "sha512")


def _nonce(index: int, *, final: bool) -> bytes:
    return struct.pack(">B3xQ", final, index)
