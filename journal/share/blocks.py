"""The pieces a share is shown in, and how days, times and sessions are named in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

import msgspec

from journal.records.base import Mark
from journal.share.payload import Dates, Payload, SharedSession
from journal.share.picture import described

PICTURE_STAYS = "It is not in this file."  # said where a form holds words and numbers only
BLANK = "–"  # an answer that was not given; never a zero
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class BlockKind(StrEnum):
    """How a block is drawn."""

    TITLE = "title"  # the first line of all
    HEADING = "heading"  # a part: a session, the check-ins
    SUBHEADING = "subheading"  # one writing: what it is and its day
    NOTICE = "notice"  # a sentence of the program's
    FACTS = "facts"  # rows of (label, value)
    NAME = "name"  # a writing's own title
    TEXT = "text"  # the person's own words, with marks
    TABLE = "table"  # rows of cells; the first row heads the columns
    PICTURE = "picture"  # a picture; its text says what it is, for whoever does not see it


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of the page. `own` is True where the words are the person's and not the program's.

    `place` is the entry's place in `Payload.entries`, counted from 0, or None for a block that belongs to none.
    `field` is the entry's field that a TEXT shows, where a passage of it can be left out or commented on.
    `marks` belong to `text` and are used by TEXT only; `rows` by FACTS and TABLE only; by PICTURE only `picture`, its
    number in `Payload.pictures`, from 0, and `caption`, the person's own words under it.
    """

    kind: BlockKind
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = False
    place: int | None = None
    field: str = ""
    picture: int | None = None
    caption: str = ""


def pictures_of(payload: Payload, place: int | None) -> Iterator[Block]:
    """The pictures of the entry at this place."""
    for number, one in payload.pictures_at(place):
        text = f"{described(one)}."
        yield Block(kind=BlockKind.PICTURE, text=text, place=place, picture=number, caption=one.caption)


def session_label(shared: SharedSession, dates: Dates = Dates.DAY) -> str:
    """What to call a session: by its number in the course if it has one, else by its day."""
    if shared.number is not None:
        return f"Session {shared.number}"
    return f"Session of {day_text(shared.day, dates=dates)}"


def day_text(day: date, at: datetime | None = None, dates: Dates = Dates.DAY) -> str:
    """ "23 November 2026", with the time and its offset from UTC if `at` is given; or "the week of 23 November 2026",
    "November 2026", where days are told so."""
    if dates is Dates.MONTH:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if dates is Dates.WEEK:
        return f"the week of {text}"
    return f"{text}, {clock_text(at)}" if at is not None else text


def day_short(day: date, at: datetime | None = None) -> str:
    """For a table: "2026-11-23", or "2026-11-23 14:37+02". The offset is in the file, so it is shown."""
    return day.isoformat() if at is None else at.isoformat(" ", "minutes").removesuffix(":00")


def clock_text(at: datetime) -> str:
    """ "14:37 (UTC+02:00)"."""
    offset = at.isoformat()[-6:]
    return f"{at:%H:%M} (UTC{offset})" if at.utcoffset() else f"{at:%H:%M} (UTC)"
