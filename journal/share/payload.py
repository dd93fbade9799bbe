"""What a share holds: exactly what its reader will see, and nothing else.

A payload has ids of no entry: an entry in it is known by its place (`entries`), so that nothing in a share can be
matched with another share or with the journal. Every field is written, even where it is empty; one payload has
one canonical form (`encode`), and `decode` takes no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

import msgspec

from journal.errors import DamagedShare, InvalidRecord
from journal.ids import is_id
from journal.records.base import Mark, check_line, check_text
from journal.records.checkin import SLIDERS
from journal.records.course import Route

FORMAT = 1
MAX_SIZE = 32 * 2**20  # bytes of the canonical form


class Window(StrEnum):
    """How long after a session's dose: the windows that studies publish, and the time just before."""

    BEFORE = "before"
    HOURS_4 = "4 h"  # from 2 to 8 hours
    HOURS_24 = "24 h"  # from 18 to 36 hours
    DAYS_3 = "3 d"  # from 2 to 4 days
    DAYS_7 = "7 d"  # from 5 to 9 days
    DAYS_14 = "14 d"  # from 11 to 18 days


class WritingKind(StrEnum):
    """Which kind of writing it is; the names of the journal's own kinds."""

    INTENTION = "intention"
    EXPERIENCE = "experience"
    INTEGRATION = "integration"
    PAGE = "page"


class SharedWriting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something written. `day` is the local day; `at` the local time with its offset, only if that was chosen."""

    kind: WritingKind
    day: date
    at: datetime | None
    title: str
    text: str
    marks: tuple[Mark, ...]
    tags: tuple[str, ...]
    modalities: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_when(self.day, self.at)
        check_line(self.title, "title")
        check_text(self.text)
        for line in (*self.tags, *self.modalities):
            check_line(line, "tag")
        length = len(self.text)
        if any(not 0 <= mark.start < mark.end <= length for mark in self.marks):
            raise InvalidRecord("The formatting reaches outside the text.")


class SharedSession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session and what was written for it. `place` and `people` are empty unless they were chosen."""

    day: date
    at: datetime | None
    number: int | None
    route: Route | None
    dose: str
    happened: bool
    place: str
    people: str
    notes: str
    intentions: tuple[SharedWriting, ...]
    experiences: tuple[SharedWriting, ...]
    integrations: tuple[SharedWriting, ...]

    def __post_init__(self) -> None:
        _check_when(self.day, self.at)
        for line in (self.dose, self.place, self.people):
            check_line(line, "line")
        check_text(self.notes)
        if self.number is not None and not 1 <= self.number <= 9999:
            raise InvalidRecord("The number of a session must lie between 1 and 9999.")
        groups = (self.intentions, "intention"), (self.experiences, "experience"), (self.integrations, "integration")
        if any(writing.kind != kind for group, kind in groups for writing in group):
            raise InvalidRecord("A writing stands in the wrong place.")

    @property
    def writings(self) -> tuple[SharedWriting, ...]:
        """Everything written for this session: before, after, and later."""
        return self.intentions + self.experiences + self.integrations


class SharedCheckIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seven sliders at a moment, 0 to 10 or None. `session` is the place in `Payload.sessions`, counted from 0.

    Check-ins stand in the order they were made, also within a day. `window` is None where `session` is, and where
    the moment lies in none of the published windows.
    """

    day: date
    at: datetime | None
    session: int | None
    window: Window | None
    mood: int | None
    interest: int | None
    calm: int | None
    energy: int | None
    connection: int | None
    distress: int | None
    sleep: int | None
    note: str

    def __post_init__(self) -> None:
        _check_when(self.day, self.at)
        check_line(self.note, "note")
        if any(value is not None and not 0 <= value <= 10 for value in self.values):
            raise InvalidRecord("A slider goes from 0 to 10.")
        if self.window is not None and self.session is None:
            raise InvalidRecord("A time since a session needs the session.")

    @property
    def values(self) -> tuple[int | None, ...]:
        """The answers in the order of `SLIDERS`."""
        return tuple(getattr(self, slider.name) for slider in SLIDERS)


class LeftOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was not ticked between the first and the last shared day, and which `options` were off."""

    sessions: int
    writings: int
    checkins: int
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        if min(self.sessions, self.writings, self.checkins) < 0:
            raise InvalidRecord("A count cannot lie below 0.")
        for option in self.options:
            check_line(option, "line")


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One share. `share` is its own random id; `made` the local day it was made.

    `sender` and `to` are what the sender typed: in this format nothing proves them. `writings` are those that
    belong to no shared session.
    """

    format: int
    share: str
    made: date
    made_at: datetime | None
    sender: str
    to: str
    talk_about: str
    sessions: tuple[SharedSession, ...]
    writings: tuple[SharedWriting, ...]
    checkins: tuple[SharedCheckIn, ...]
    left_out: LeftOut | None

    def __post_init__(self) -> None:
        if self.format != FORMAT or not is_id(self.share):
            raise InvalidRecord("A share needs its format and its id.")
        _check_when(self.made, self.made_at)
        check_line(self.sender, "sender's name")
        check_line(self.to, "reader's name")
        check_text(self.talk_about)
        places = range(len(self.sessions))
        if any(checkin.session is not None and checkin.session not in places for checkin in self.checkins):
            raise InvalidRecord("A check-in belongs to a session that is not there.")

    @property
    def entries(self) -> Iterator[SharedSession | SharedWriting | SharedCheckIn]:
        """Every entry in its fixed order: each session with its writings, other writings, check-ins."""
        for session in self.sessions:
            yield session
            yield from session.writings
        yield from self.writings
        yield from self.checkins

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day in it, or None where it holds no entry."""
        days = [entry.day for entry in self.entries]
        return (min(days), max(days)) if days else None

    @property
    def counts(self) -> dict[str, int]:
        """How many of each: session, intention, experience, integration, page, checkin; only those in it."""
        counts: dict[str, int] = {}
        for entry in self.entries:
            match entry:
                case SharedSession():
                    kind = "session"
                case SharedWriting():
                    kind = str(entry.kind)
                case _:
                    kind = "checkin"
            counts[kind] = counts.get(kind, 0) + 1
        return counts

    @property
    def empty(self) -> bool:
        """Whether nothing was ticked and nothing typed."""
        return next(self.entries, None) is None and not self.talk_about.strip()


def encode(payload: Payload) -> bytes:
    """The canonical form: JSON in ASCII, keys sorted, no white space."""
    fields = msgspec.to_builtins(payload)
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


_decoder = msgspec.json.Decoder(Payload)


def decode(body: bytes) -> Payload:
    """The payload in `body`. Raises `DamagedShare` for anything but the canonical form of a valid payload."""
    if len(body) > MAX_SIZE:
        raise DamagedShare(detail="the entries are too long")
    try:
        payload = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidRecord):
        raise DamagedShare(detail="the entries do not have the form they should have") from None
    if encode(payload) != body:
        raise DamagedShare(detail="the entries are not in their canonical form")
    return payload


def _check_when(day: date, at: datetime | None) -> None:
    if at is not None and (at.utcoffset() is None or at.date() != day or at.second or at.microsecond):
        raise InvalidRecord("A time needs its day and its offset, to the minute.")
