"""The sealed lines inside a share for a browser, and what they hold (docs/share-format.md, 6).

The browser opens them with WebCrypto, so the cipher and the key derivation are ones that it has. What comes from
outside is checked line by line before a key is derived from anything in it.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
import secrets
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal.errors import DamagedShare, NotAShare, ShareError, WrongSharePassphrase
from journal.share import opener
from journal.share.header import MAX_FILE
from journal.share.opening import LIMITS, Limits, ask, too_much
from journal.share.passphrase import tidy
from journal.vault.rows import padme

VERSION = 1
ROUNDS = 750_000  # of PBKDF2: about a second in a browser
MAX_ROUNDS = 4_000_000  # what a reader derives at most: some seconds
_AT_ONCE = 20_000  # rounds that take less time than a process does to begin
MAX_PLAIN = 40 * 2**20  # bytes of what is sealed, padding included
LEAST_PLAIN = 64 * 2**10  # bytes; a shorter one is padded to this
LINE = 76  # characters of Base64 in a line

_SALT, _CHECK, _NONCE, _TAG = 32, 16, 12, 16  # bytes
_BEGIN = b"-----BEGIN INTEGRATION JOURNAL SHARE "
_END = b"-----END INTEGRATION JOURNAL SHARE-----"
_VERSION = re.compile(re.escape(_BEGIN) + rb"([1-9][0-9]{0,3})-----\n")
_HEADER = re.compile(
    rb"PBKDF2-HMAC-SHA-512 ([1-9][0-9]{0,8}) ([0-9a-f]{64}) ([0-9a-f]{32}) AES-256-GCM ([0-9a-f]{24})\n"
)
_LENGTHS = struct.Struct(">II")


class Sealed(NamedTuple):
    """Checked lines. `header` is what the seal covers beside the ciphertext; the rest stands in it, or after it."""

    header: bytes
    rounds: int
    salt: bytes
    check: bytes
    nonce: bytes
    ciphertext: bytes


class Plain(NamedTuple):
    """What is sealed: the page for the browser (`tree.encode`), and the container that every share has."""

    page: bytes
    container: bytes


def seal(plain: Plain, passphrase: str, *, rounds: int = ROUNDS) -> bytes:
    """The lines, ending in a line feed. Takes about a second. Raises `ShareError` where it would be too long."""
    data = _packed(plain)
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    key, check = _derived(passphrase, salt, rounds)
    header = (
        _BEGIN
        + (
            f"{VERSION}-----\nPBKDF2-HMAC-SHA-512 {rounds} {salt.hex()} {check.hex()} AES-256-GCM {nonce.hex()}\n"
        ).encode()
    )
    text = binascii.b2a_base64(AESGCM(key).encrypt(nonce, data, header), newline=False)
    return b"".join((header, *(text[at : at + LINE] + b"\n" for at in range(0, len(text), LINE)), _END, b"\n"))


def find(file: bytes) -> Sealed:
    """The sealed lines in a file, of which there must be exactly one set; what stands around them is not looked at.

    Raises `NotAShare` where there are none, `ShareError` for a later version's, and for what asks for too much work,
    and `DamagedShare` for anything but their one form.
    """
    if len(file) > MAX_FILE:
        raise NotAShare("This file is larger than any share this program makes.")
    data = file.replace(b"\r\n", b"\n")  # some programs change line endings on the way, and a browser reads both
    found = data.count(_BEGIN)
    if not found:
        raise NotAShare("This page is not a share made by this program.")
    at, end = data.index(_BEGIN), data.find(_END)
    version = _VERSION.match(data, at)
    if version is not None and int(version[1]) != VERSION:
        raise ShareError("A newer version of the program made this share. Please update, then open it again.")
    if found != 1 or version is None or data.count(_END) != 1 or end < at:
        raise DamagedShare(detail="the sealed lines do not begin and end once")
    header = _HEADER.match(data, version.end())
    if header is None:
        raise DamagedShare(detail="the line about the seal is broken")
    rounds = int(header[1])
    if rounds > MAX_ROUNDS:
        raise ShareError(
            "This file asks for far more work than a share needs, so it was not opened. "
            "Ask the sender to make the share again.",
            detail=f"{rounds} rounds, limit {MAX_ROUNDS}",
        )
    salt, check, nonce = (bytes.fromhex(header[group].decode()) for group in (2, 3, 4))
    ciphertext = _decoded(data[header.end() : end])
    return Sealed(data[at : header.end()], rounds, salt, check, nonce, ciphertext)


def unseal(sealed: Sealed, passphrase: str, *, limits: Limits = LIMITS, may_stop: bool = False) -> Plain:
    """What is in it. Takes about a second, at most some, in a process of its own with limits.

    Raises `WrongSharePassphrase`, `DamagedShare`, `ShareError` where that took more than the limits, or `Stopped` if
    it `may_stop` and the journal was left meanwhile.
    """
    if sealed.rounds <= _AT_ONCE:
        key, check = _derived(passphrase, sealed.salt, sealed.rounds)
    else:
        status, said = ask(f"derive {sealed.rounds}", tidy(passphrase), sealed.salt, limits, may_stop)
        if status != 0 or said[:1] != opener.OPENED:
            raise too_much(status)
        key, check = _halves(said[1:])
    if not hmac.compare_digest(check, sealed.check):
        raise WrongSharePassphrase()
    try:
        data = AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, sealed.header)
    except InvalidTag:
        raise DamagedShare(detail="the seal does not open") from None
    return _unpacked(data)


def _derived(passphrase: str, salt: bytes, rounds: int) -> tuple[bytes, bytes]:
    """The key, and 16 bytes by which a wrong passphrase is told from a damaged file."""
    return _halves(opener.derive(tidy(passphrase).encode(errors="replace"), salt, rounds))


def _halves(derived: bytes) -> tuple[bytes, bytes]:
    return derived[:32], hashlib.sha256(derived[32:]).digest()[:_CHECK]


def _packed(plain: Plain) -> bytes:
    length = _LENGTHS.size + len(plain.page) + len(plain.container)
    if _padded(length) > MAX_PLAIN:
        raise ShareError("This is too much for one share. Tick fewer entries, and make a second share of the rest.")
    framed = _LENGTHS.pack(len(plain.page), len(plain.container)) + plain.page + plain.container
    return framed.ljust(_padded(length), b"\0")


def _unpacked(data: bytes) -> Plain:
    page, container = _LENGTHS.unpack_from(data) if len(data) >= _LENGTHS.size else (0, 0)
    middle = _LENGTHS.size + page
    end = middle + container
    if len(data) != _padded(end) or data[end:].strip(b"\0"):
        raise DamagedShare(detail="what is sealed does not have the form it should have")
    return Plain(data[_LENGTHS.size : middle], data[middle:end])


def _padded(length: int) -> int:
    return max(LEAST_PLAIN, padme(length))


def _decoded(lines: bytes) -> bytes:
    """The bytes of full lines of canonical Base64, of which the last may be shorter."""
    text = lines.replace(b"\n", b"")
    fitting = b"".join(text[at : at + LINE] + b"\n" for at in range(0, len(text), LINE))
    try:
        body = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        raise DamagedShare(detail="broken Base64") from None
    if fitting != lines or binascii.b2a_base64(body, newline=False) != text or len(body) < LEAST_PLAIN + _TAG:
        raise DamagedShare(detail="Base64 is not canonical, or too short")
    return body
