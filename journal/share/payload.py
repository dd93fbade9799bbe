"""What a share holds: exactly what its reader will see, and nothing else.

A payload has ids of no entry: an entry in it is known by its place (`entries`), so that nothing in a share can be
matched with another share or with the journal. Every field is written, even where it is empty; one payload has
one canonical form (`encode`), and `decode` takes no other.

A share that needs nothing of format 2 is written as format 1, which every version of the program can read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from journal.errors import DamagedShare, InvalidRecord
from journal.ids import is_id
from journal.records.base import Mark, check_line, check_text
from journal.records.checkin import SLIDERS
from journal.records.course import Route
from journal.share.parts import (
    SharedCommitment,
    SharedDose,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
    check_number,
    check_when,
)
from journal.share.picture import MOST, SharedPicture

FIRST, NEWEST = 1, 2  # formats
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


class Dates(StrEnum):
    """How exactly days are told. A week is told by its Monday, a month by its first day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


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
        check_when(self.day, self.at)
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
        check_when(self.day, self.at)
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
        check_when(self.day, self.at)
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
    """What was not ticked between the first and the last shared day, and which `options` were off.

    `others`: entries of the kinds that came with format 2.
    """

    sessions: int
    writings: int
    checkins: int
    options: tuple[str, ...]
    others: int = 0

    def __post_init__(self) -> None:
        for count in (self.sessions, self.writings, self.checkins, self.others):
            check_number(count)
            if count < 0:
                raise InvalidRecord("A count cannot lie below 0.")
        for option in self.options:
            check_line(option, "line")


Entry = (
    SharedSession
    | SharedWriting
    | SharedCheckIn
    | SharedScale
    | SharedMedicine
    | SharedEffect
    | SharedHard
    | SharedCommitment
    | SharedQuestion
)
_KINDS: dict[type, str] = {
    SharedSession: "session",
    SharedCheckIn: "checkin",
    SharedScale: "scale",
    SharedMedicine: "medicine",
    SharedEffect: "sideeffect",
    SharedHard: "hard",
    SharedCommitment: "commitment",
    SharedQuestion: "question",
}


def kind_of(entry: Entry) -> str:
    """What an entry is counted as: session, intention, …, checkin, scale, …"""
    return str(entry.kind) if isinstance(entry, SharedWriting) else _KINDS[type(entry)]


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One share. `share` is its own random id; `made` the local day it was made.

    `sender` and `to` are what the sender typed: in this format nothing proves them. `writings` are those that
    belong to no shared session. Whatever stands below `left_out` came with format 2; `pictures` are no entries but
    parts of their own in the container, in the order of the entries they belong to.
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
    dates: Dates = Dates.DAY
    scales: tuple[SharedScale, ...] = ()
    medicines: tuple[SharedMedicine, ...] = ()
    effects: tuple[SharedEffect, ...] = ()
    readings: tuple[SharedReading, ...] = ()
    doses: tuple[SharedDose, ...] = ()
    hard: tuple[SharedHard, ...] = ()
    commitments: tuple[SharedCommitment, ...] = ()
    questions: tuple[SharedQuestion, ...] = ()
    pictures: tuple[SharedPicture, ...] = ()

    def __post_init__(self) -> None:
        if self.format != _format_for(msgspec.structs.asdict(self)) or not is_id(self.share):
            raise InvalidRecord("A share needs its format and its id.")
        check_when(self.made, self.made_at)
        check_line(self.sender, "sender's name")
        check_line(self.to, "reader's name")
        check_text(self.talk_about)
        places = range(len(self.sessions))
        if any(part.session is not None and part.session not in places for part in self._placed):
            raise InvalidRecord("An entry belongs to a session that is not there.")
        if self.pictures:
            at = [picture.place for picture in self.pictures]
            if len(at) > MOST or at != sorted(at) or not self.places_for_pictures.issuperset(at):
                raise InvalidRecord("A picture belongs to an entry that is not there.")

    @property
    def places_for_pictures(self) -> frozenset[int]:
        """The places of the entries that files can be added to: sessions, writings and check-ins."""
        return frozenset(range(self.place_of(len(self.sessions)) + len(self.writings) + len(self.checkins)))

    def pictures_at(self, place: int | None) -> tuple[tuple[int, SharedPicture], ...]:
        """The pictures of the entry at this place, each with its number among all, from 0."""
        return tuple((number, one) for number, one in enumerate(self.pictures) if one.place == place)

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry in its fixed order: each session with its writings, other writings, check-ins, then the rest.

        Readings and second doses belong to their session's entry.
        """
        for session in self.sessions:
            yield session
            yield from session.writings
        yield from self.writings
        yield from self.checkins
        yield from self.parts

    def place_of(self, session: int) -> int:
        """The place among `entries` of a session, which is counted from 0; behind the last one, of `writings`."""
        return sum(1 + len(earlier.writings) for earlier in self.sessions[:session])

    @property
    def parts(self) -> Iterator[
        SharedScale | SharedMedicine | SharedEffect | SharedHard | SharedCommitment | SharedQuestion
    ]:
        """The entries that came with format 2."""
        yield from self.scales
        yield from self.medicines
        yield from self.effects
        yield from self.hard
        yield from self.commitments
        yield from self.questions

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day in it, or None where it holds no entry with a day."""
        days = [entry.day for entry in self.entries if entry.day is not None]
        return (min(days), max(days)) if days else None

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind (session, intention, …, checkin, scale, …, picture); only those in it."""
        counts: dict[str, int] = {}
        for entry in self.entries:
            counts[kind_of(entry)] = counts.get(kind_of(entry), 0) + 1
        if self.pictures:
            counts["picture"] = len(self.pictures)
        return counts

    @property
    def empty(self) -> bool:
        """Whether nothing was ticked and nothing typed."""
        return next(self.entries, None) is None and not self.talk_about.strip()

    @property
    def _placed(self) -> Iterator[Any]:
        """Whatever names a session by its place."""
        for group in (self.checkins, self.scales, self.effects, self.readings, self.doses, self.hard):
            yield from group
        yield from self.commitments
        yield from self.questions


_ADDED = ("dates", "scales", "medicines", "effects", "readings", "doses", "hard", "commitments", "questions")


def payload_of(**fields: Any) -> Payload:
    """A payload in the first format that can hold these fields, which are all but `format`."""
    return Payload(format=_format_for(fields), **fields)


def _format_for(fields: Mapping[str, Any]) -> int:
    left_out: LeftOut | None = fields["left_out"]
    plain = fields.get("dates", Dates.DAY) is Dates.DAY and not any(fields.get(name) for name in _ADDED[1:])
    return FIRST if plain and not (left_out is not None and left_out.others) else NEWEST


def encode(payload: Payload) -> bytes:
    """The canonical form of all but the pictures: JSON in ASCII, keys sorted, no white space."""
    fields = msgspec.to_builtins(msgspec.structs.replace(payload, pictures=()) if payload.pictures else payload)
    del fields["pictures"]
    if payload.format == FIRST:
        for name in _ADDED:
            del fields[name]
        if fields["left_out"] is not None:
            del fields["left_out"]["others"]
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256_of(payload: Payload) -> str:
    """What tells this share's entries from all others, in hexadecimal: the SHA-256 of its canonical form."""
    return hashlib.sha256(encode(payload)).hexdigest()


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

