"""The seal around a share: binary age, to keys or to a passphrase.

Only the in-memory calls of pyrage are used; its file and stream calls report success on a full disk. What comes
from outside is opened in a process of its own, after its header was checked here (`header`). It is loaded when first
used: unlocking a journal needs no age, and a megabyte less.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Literal, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from journal.errors import DamagedShare, NotForThisKey, ShareError, WrongSharePassphrase
from journal.share import opener
from journal.share.header import (
    MAX_WORK,
    Header,
    Stanza,
    decode_base64,
    encode_base64,
    encode_header,
    encode_last,
    read_header,
)
from journal.share.keys import public_key
from journal.share.opening import LIMITS, Limits, ask, too_much
from journal.share.passphrase import tidy

MAX_RECIPIENTS = 16
USUAL_WORK = 18  # log2 N that age itself uses: 256 MiB, about a second

Kind = Literal["recipient", "passphrase"]

_UNREADABLE_KEY = "This is not the address of a reader. It stands on their card, and begins with “age1”."


class KeyPair(NamedTuple):
    """`recipient` is told to others, who seal to it; `secret` opens, and never leaves the journal."""

    recipient: str
    secret: str


def generate_identity() -> KeyPair:
    """A fresh age X25519 key pair, as text."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return KeyPair(str(identity.to_public()), str(identity))


def check_recipient(text: str) -> str:
    """The recipient in `text` without white space around it. Raises `ShareError`, with what is wrong."""
    import pyrage

    trimmed = text.strip()
    if trimmed.upper().startswith("AGE-SECRET-KEY-"):
        raise ShareError(
            "This is the secret that belongs to an address. It should never leave its owner; ask for the address, "
            "which begins with “age1”."
        )
    if len(trimmed) > 200:
        raise ShareError(_UNREADABLE_KEY)
    try:
        recipient = str(pyrage.x25519.Recipient.from_str(trimmed))
    except (pyrage.RecipientError, ValueError):
        raise ShareError(_UNREADABLE_KEY) from None
    public_key(recipient)  # the library ends with more than an error where anybody could read what is sealed for it
    return recipient


def recipient_of(identity: str) -> str:
    """The recipient that belongs to a secret. Raises `ShareError` if it cannot be read."""
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(identity.strip()).to_public())
    except (pyrage.IdentityError, ValueError):
        raise ShareError("The secret of this address cannot be read.") from None


def seal_for_recipients(data: bytes, recipients: Sequence[str]) -> bytes:
    """`data` sealed so that each of the recipients can open it. Raises `ShareError` for a key that is none."""
    import pyrage

    keys = list(dict.fromkeys(check_recipient(recipient) for recipient in recipients))
    if not 1 <= len(keys) <= MAX_RECIPIENTS:
        raise ShareError(f"A share is made for one to {MAX_RECIPIENTS} readers.")
    sealed: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(key) for key in keys])
    read_header(sealed)
    return sealed


def seal_with_passphrase(data: bytes, passphrase: str, *, max_work: int = MAX_WORK) -> bytes:
    """`data` sealed with a passphrase; it should come from `generate_passphrase`.

    The library chooses the work factor by timing this computer. Where a fast one would ask more of the reader's
    computer than `max_work`, the header is written again with age's usual factor.
    """
    import pyrage

    exact = tidy(passphrase)
    if not exact:
        raise ShareError("A share needs a passphrase.")
    sealed: bytes = pyrage.passphrase.encrypt(data, exact)
    header = read_header(sealed, max_work=63)
    if (header.work or 0) > max_work:
        sealed = _with_usual_work(sealed, header, exact)
    read_header(sealed)
    return sealed


def inspect(data: bytes) -> Kind:
    """Whether the file opens with a key or with a passphrase, from its checked header.

    Raises `NotAShare`, `DamagedShare` or `ShareError`.
    """
    return "recipient" if read_header(data).work is None else "passphrase"


def open_sealed(
    data: bytes,
    *,
    identity: str | None = None,
    passphrase: str | None = None,
    limits: Limits = LIMITS,
    may_stop: bool = False,
) -> bytes:
    """What was sealed in `data`, opened with exactly one of the two secrets.

    Takes some seconds for a passphrase. Raises `WrongSharePassphrase`, `NotForThisKey`, `NotAShare`, `DamagedShare`,
    `ShareError` where the file asks for more memory or time than the limits, or `Stopped` if it `may_stop` and the
    journal was left meanwhile.
    """
    if (identity is None) == (passphrase is None):
        raise ValueError("either an identity or a passphrase")
    header = read_header(data)
    if passphrase is not None:
        if header.work is None:
            raise NotForThisKey("This file was made for a reader's address, not for a passphrase.")
        needed = 2 ** (header.work + 10)  # scrypt takes 1 KiB for each of its N steps
        return _open_apart(
            data, "passphrase", tidy(passphrase), limits._replace(memory=limits.memory + needed), may_stop
        )
    if header.work is not None:
        raise NotForThisKey("This file opens with a passphrase. Ask the sender for the passphrase.")
    return _open_apart(data, "identity", (identity or "").strip(), limits, may_stop)


def _open_apart(data: bytes, how: str, secret: str, limits: Limits, may_stop: bool) -> bytes:
    """Open in a process of its own."""
    status, said = ask(how, secret, data, limits._replace(memory=limits.memory + 6 * len(data)), may_stop)
    answer, opened = said[:1], said[1:]
    if status == 0 and answer == opener.OPENED:
        return opened
    raise _refusal(answer, how, status)


def _refusal(answer: bytes, how: str, status: int) -> ShareError:
    match answer:
        case opener.WRONG:
            return WrongSharePassphrase() if how == "passphrase" else NotForThisKey()
        case opener.BAD_SECRET:
            return ShareError("The secret of this address cannot be read.")
        case opener.DAMAGED:
            return DamagedShare(detail="the age file does not open")
        case _:
            return too_much(status)


def _with_usual_work(sealed: bytes, header: Header, passphrase: str) -> bytes:
    """The same sealed file under a new passphrase stanza with `USUAL_WORK`; what it carries stays as it is."""
    old = header.stanzas[0]
    _, salt_text, work = old.arguments
    salt = decode_base64(salt_text.encode())
    file_key = ChaCha20Poly1305(_wrap_key(passphrase, salt, int(work))).decrypt(bytes(12), old.body, None)
    salt = secrets.token_bytes(16)
    body = ChaCha20Poly1305(_wrap_key(passphrase, salt, USUAL_WORK)).encrypt(bytes(12), file_key, None)
    covered = encode_header((Stanza(("scrypt", encode_base64(salt).decode(), str(USUAL_WORK)), body),))
    mac_key = HKDF(hashes.SHA256(), 32, salt=None, info=b"header").derive(file_key)
    mac = hmac.digest(mac_key, covered, hashlib.sha256)
    return covered + encode_last(mac) + sealed[header.size :]


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    kdf = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work, r=8, p=1)
    return kdf.derive(passphrase.encode())
