"""The words two people compare: the same eight on both sides, if nobody exchanged a card on its way."""

from __future__ import annotations

import hashlib

from journal.share.keys import check_verify_key, public_key
from journal.share.passphrase import word_list

WORDS = 8  # of 2048: 88 bits
_PURPOSE = b"integration-journal/contact-words/1\n"


def fingerprint(recipient: str, verify_key: str = "") -> bytes:
    """SHA-256 of both keys, 32 bytes; `verify_key` is "" where there is none. Raises `ShareError` for a bad key."""
    signing = check_verify_key(verify_key) if verify_key else b""
    return hashlib.sha256(_PURPOSE + public_key(recipient) + bytes([len(signing)]) + signing).digest()


def key_words(recipient: str, verify_key: str = "") -> tuple[str, ...]:
    """The first 88 bits of the fingerprint as eight words of BIP-39, to be read aloud in two rows of four."""
    number = int.from_bytes(fingerprint(recipient, verify_key)[:11], "big")
    words = word_list()
    return tuple(words[number >> 11 * (WORDS - 1 - place) & 2047] for place in range(WORDS))
