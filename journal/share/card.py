"""The card by which people give each other their keys: a small text, for a file, a message or a QR code.

    Integration Journal contact card, version 1
    name: Dr Amsel
    address: age1…
    signatures: (the key they are checked with, 64 hexadecimal digits, or "none")
    check: (16 hexadecimal digits)

The check tells a damaged card, and nothing more: whoever carries a card can write another one. What proves a card is
that two people compare its words (`fingerprint`). One card has one form; only line ends, and white space around the
lines, may have changed on its way.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import msgspec

from journal.errors import NotFound, ShareError, StorageFailed
from journal.share.fingerprint import key_words
from journal.share.keys import check_verify_key, public_key
from journal.share.text import is_safe

MAX_SIZE = 2048  # bytes
MAX_NAME = 100  # characters
SUFFIX = ".journal-contact"
_FIRST = "Integration Journal contact card, version "
_VERSION = 1
_NO_CARD = "This is not a contact card of this program."
_DAMAGED = "This card was changed or cut short on its way. Ask for it again."
_JOINERS = "\u200c\u200d"  # they belong to names in Persian and in Indian scripts


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on a card. Raises `ShareError` where a key is none, or the name cannot be shown as it is."""

    name: str
    recipient: str
    verify_key: str = ""

    def __post_init__(self) -> None:
        public_key(self.recipient)
        if self.verify_key:
            check_verify_key(self.verify_key)
        if not self.name:
            raise ShareError("A card needs a name.")
        if self.name != tidy_name(self.name) or len(self.name) > MAX_NAME:
            raise ShareError(f"A name on a card is one line of at most {MAX_NAME} characters that can all be seen.")

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words to compare."""
        return key_words(self.recipient, self.verify_key)


def tidy_name(name: str) -> str:
    """A name as a card holds it: composed, single spaces, nothing that hides or turns text around."""
    seen = (one for one in unicodedata.normalize("NFC", " ".join(name.split())) if _can_be_seen(one))
    return "".join(seen).strip()


def encode_card(card: Card) -> str:
    """The card's one form; it ends in a line feed."""
    lines = (
        f"{_FIRST}{_VERSION}",
        f"name: {card.name}",
        f"address: {card.recipient}",
        f"signatures: {card.verify_key or 'none'}",
    )
    body = "".join(f"{line}\n" for line in lines)
    return f"{body}check: {_check(body)}\n"


def decode_card(text: str | bytes) -> Card:
    """The card in `text`. Raises `ShareError` for anything else."""
    raw = text if isinstance(text, bytes) else text.encode(errors="replace")
    if len(raw) > MAX_SIZE:
        raise ShareError(_NO_CARD)
    try:
        told = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ShareError(_NO_CARD) from None
    lines = [line.strip() for line in re.split("\r\n|\r|\n", told.strip())]
    version = lines[0].removeprefix(_FIRST)
    if version == lines[0]:
        raise ShareError(_NO_CARD)
    if version != str(_VERSION):
        raise ShareError("A newer version of the program made this card. Please update, then add it again.")
    names = ("name: ", "address: ", "signatures: ", "check: ")
    if len(lines) != 5 or not all(line.startswith(name) for line, name in zip(lines[1:], names, strict=True)):
        raise ShareError(_DAMAGED)
    name, address, signatures, check = (line.partition(": ")[2] for line in lines[1:])
    if check != _check("".join(f"{line}\n" for line in lines[:4])):
        raise ShareError(_DAMAGED)
    card = Card(name=name, recipient=address, verify_key="" if signatures == "none" else signatures)
    if encode_card(card) != "".join(f"{line}\n" for line in lines):
        raise ShareError(_DAMAGED)
    return card


def read_card(path: Path) -> Card:
    """The card in a file, of which no more is read than a card can have. Errors as `decode_card`, and `NotFound`,
    `StorageFailed`."""
    try:
        if not path.is_file():
            raise NotFound("There is no file with this name.")
        with path.open("rb") as file:
            return decode_card(file.read(MAX_SIZE + 1))
    except (OSError, ValueError) as error:
        raise StorageFailed(
            "This file could not be read. Check the disk or folder.", detail=type(error).__name__
        ) from None


def file_name(card: Card) -> str:
    """A name for the card's file: letters and digits of the name, e.g. "Dr-Amsel.journal-contact"."""
    plain = "-".join(re.findall(r"\w+", card.name))[:60].strip("-_")
    return f"{plain or 'contact'}{SUFFIX}"


def _check(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _can_be_seen(char: str) -> bool:
    hides = unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Cn") and char not in _JOINERS
    return not hides and is_safe(char)
