"""Those with whom shares are exchanged: their keys, and whether the words of these were compared."""

from __future__ import annotations

import re
from enum import StrEnum

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line

_RECIPIENT = re.compile(r"age1[0-9a-z]{58}")
_VERIFY_KEY = re.compile(r"[0-9a-f]{64}")


class ShareRole(StrEnum):
    """Which way shares go."""

    READS = "reads"  # what this journal shares
    WRITES = "writes"  # what is read here
    BOTH = "both"


class Compared(StrEnum):
    """How two people compared the words of a card."""

    IN_PERSON = "in-person"
    CALL = "call"  # by telephone or video


class Contact(Record, frozen=True, kw_only=True, tag="contact"):
    """Somebody who reads or writes shares. Not a `Person`, who is somebody to turn to.

    `recipient` is their age X25519 address; `verify_key` the Ed25519 key their signatures are checked with, 64
    hexadecimal digits, or "". `checked` is when the words of exactly these keys were compared, and `how`; both are
    None until the person said so.
    """

    name: str
    recipient: str
    verify_key: str = ""
    role: ShareRole = ShareRole.READS
    checked: Moment | None = None
    how: Compared | None = None
    note: str = ""

    def __post_init__(self) -> None:
        check_line(self.name, "name")
        check_line(self.note, "note")
        if not _RECIPIENT.fullmatch(self.recipient):
            raise InvalidRecord("An address begins with “age1”.")
        if self.verify_key and not _VERIFY_KEY.fullmatch(self.verify_key):
            raise InvalidRecord("A key for signatures has 64 hexadecimal digits.")
        if (self.checked is None) is not (self.how is None):
            raise InvalidRecord("Words that were compared need when and how.")

    def same_keys(self, other: Contact) -> bool:
        """Whether both have the keys whose words are compared."""
        return (self.recipient, self.verify_key) == (other.recipient, other.verify_key)
