"""age files made by hand from https://age-encryption.org/v1, so that every piece of one can be wrong.

It shares no code with the program or with the library that the program opens shares with.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FIRST = b"age-encryption.org/v1\n"
FILE_KEY = b"YELLOW SUBMARINE"[::-1]  # 16 bytes, known to whoever makes the file
EPHEMERAL = bytes(31) + b"\x40"
SALT = bytes(range(16))
NONCE = bytes(range(16))  # of the payload
CHUNK = 64 * 2**10
LAST = b"\x01"


def base64(body: bytes) -> bytes:
    return b64encode(body).rstrip(b"=")


def stanza(arguments: bytes, body: bytes) -> bytes:
    """A stanza as it is written: full lines of Base64, then a shorter one, which may be empty."""
    text = base64(body)
    lines = [text[at : at + 64] for at in range(0, len(text) + 1, 64)]
    return b"-> " + arguments + b"\n" + b"".join(line + b"\n" for line in lines)


def for_key(public: bytes, file_key: bytes = FILE_KEY, *, share: bytes | None = None, more: bytes = b"") -> bytes:
    """An X25519 stanza for 32 bytes of a reader's key. `share` and `more` can put something else into it."""
    ephemeral = X25519PrivateKey.from_private_bytes(EPHEMERAL)
    own = ephemeral.public_key().public_bytes_raw()
    secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    wrap = HKDF(hashes.SHA256(), 32, salt=own + public, info=b"age-encryption.org/v1/X25519").derive(secret)
    shown = base64(own if share is None else share)
    return stanza(b"X25519 " + shown + more, ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None))


def for_words(words: str, work: int = 4, file_key: bytes = FILE_KEY, *, told: bytes | None = None) -> bytes:
    """A scrypt stanza. `told` stands in it as the work factor, where that is not the one that was used."""
    kdf = Scrypt(salt=b"age-encryption.org/v1/scrypt" + SALT, length=32, n=2**work, r=8, p=1)
    body = ChaCha20Poly1305(kdf.derive(words.encode())).encrypt(bytes(12), file_key, None)
    return stanza(b"scrypt " + base64(SALT) + b" " + (str(work).encode() if told is None else told), body)


def header(*stanzas: bytes, first: bytes = FIRST, file_key: bytes = FILE_KEY, mac: bytes | None = None) -> bytes:
    """The first lines with their right MAC, or with another one."""
    covered = first + b"".join(stanzas) + b"---"
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"header").derive(file_key)
    made = base64(hmac.digest(key, covered, hashlib.sha256)) if mac is None else mac
    return covered + b" " + made + b"\n"


def chunk(data: bytes, place: int, last: bytes = b"\x00", file_key: bytes = FILE_KEY) -> bytes:
    """One chunk of the payload at its place, counted from 0; the last one has another mark."""
    key = HKDF(hashes.SHA256(), 32, salt=NONCE, info=b"payload").derive(file_key)
    return ChaCha20Poly1305(key).encrypt(place.to_bytes(11, "big") + last, data, None)


def payload(data: bytes) -> bytes:
    """The nonce and every chunk."""
    pieces = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)] or [b""]
    ends = [b"\x00"] * (len(pieces) - 1) + [LAST]
    return NONCE + b"".join(chunk(piece, at, end) for at, (piece, end) in enumerate(zip(pieces, ends, strict=True)))


def armor(file: bytes, end: bytes = b"\n", width: int = 64) -> bytes:
    """The file as text, as age's `-a` writes it."""
    text = b64encode(file)
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return end.join(
        (b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b"")
    )
