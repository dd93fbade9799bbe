"""The root of all records, and the small values they share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from msgspec import Struct, field  # by name: a package that lacks them is told of as missing

from journal.errors import InvalidRecord

MAX_TEXT = 4 * 1024 * 1024  # UTF-8 bytes in one text
MAX_LINE = 500  # characters in a one-line field


class Moment(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A point in time as it was lived: the local wall clock with its offset, and the zone's name if known.

    `at` always carries an offset, so the instant is `at` itself; `zone` is an IANA name ("Europe/Berlin") or "".
    """

    at: datetime
    zone: str = ""

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise InvalidRecord("A time needs its offset from UTC.")

    def __lt__(self, other: Moment) -> bool:
        return self.at < other.at


class Style(StrEnum):
    """How a stretch of text looks. Line styles cover whole lines."""

    BOLD = "bold"
    ITALIC = "italic"
    HEADING = "heading"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBER = "number"

    @property
    def is_line(self) -> bool:
        return self in (Style.HEADING, Style.QUOTE, Style.BULLET, Style.NUMBER)


class Mark(Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False):
    """`style` over the characters `start` up to but not including `end` (Unicode code points, not bytes)."""

    start: int
    end: int
    style: Style


class _Kind:
    """A record's kind, on the class and on its values: the tag that its JSON carries."""

    def __get__(self, record: object, cls: type[Record]) -> str:
        return str(cls.__struct_config__.tag)


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", gc=False):
    """Anything the journal keeps.

    `schema` is the version of this kind's fields. `unknown` holds fields that a later version wrote; they are
    written back as they came (see `codec`).
    """

    schema: int = 1
    unknown: dict[str, Any] = field(default_factory=dict, name=" unknown")

    kind: ClassVar[_Kind]

    @property
    def when(self) -> Moment | None:
        """The moment this record stands at in the course of time, if it has one."""
        return None


# Set after the class is made: msgspec takes every assignment inside a class body for a field.
Record.kind = _Kind()


class UnknownRecord(Struct, frozen=True):
    """A record of a kind this version does not know. It is kept and written back untouched."""

    kind: str
    body: bytes

    @property
    def when(self) -> Moment | None:
        return None


class Writing(Record, frozen=True, kw_only=True):
    """Something written in the editor: a title, a text, and how stretches of the text look.

    `session` is the id of the session it belongs to, or None. `source` names where an imported text came from
    ("jrnl:<id>"), so that importing twice does not double it. `covered`: lists show `cover` (a title the person
    chose, or nothing) in place of title and text, until it is opened.
    """

    at: Moment
    title: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    tags: tuple[str, ...] = ()
    session: str | None = None
    source: str = ""
    covered: bool = False
    cover: str = ""

    def __post_init__(self) -> None:
        check_line(self.title, "title")
        check_line(self.cover, "title")
        check_text(self.text)
        for tag in self.tags:
            check_line(tag, "tag")
        length = len(self.text)
        if any(not 0 <= mark.start < mark.end <= length for mark in self.marks):
            raise InvalidRecord("The formatting reaches outside the text.")

    @property
    def when(self) -> Moment:
        return self.at


def check_text(text: str) -> None:
    """Refuse what UTF-8 cannot hold, and texts over `MAX_TEXT` bytes."""
    if len(text) * 4 <= MAX_TEXT and text.isascii():
        return
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidRecord("This text holds half of a character and cannot be kept exactly.") from None
    if size > MAX_TEXT:
        raise InvalidRecord(f"This text is longer than {MAX_TEXT // 2**20} MB. Please divide it into two entries.")


def check_line(text: str, name: str) -> None:
    """Refuse one-line fields that are too long or cannot be encoded. A title may hold any character."""
    if len(text) > MAX_LINE:
        raise InvalidRecord(f"The {name} is longer than {MAX_LINE} characters. Please move some of it into the text.")
    check_text(text)
