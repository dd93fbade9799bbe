"""A share in words: the lines of its cover, and how its entries are named. Pure functions of the payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from journal.records import MODALITIES
from journal.share import Dates, Payload, SharedSession, SharedWriting, day_text, further_facts
from journal.share.blocks import clock_text
from journal.share.who import UNSIGNED, Told
from ui import words

EXCERPT = (
    "An excerpt chosen by the person who wrote it. It is not a medical record, and nobody watches it for emergencies."
)
_PROVED = "Your reader's program checks that this is from you, if they have your card. It proves it to nobody else."
_SIGNED = "Anybody who gets it and has your card can check that you signed it."
NEW = "New"  # said of what stood in no earlier share
CHANGED = "Changed"  # said of a text that an earlier share has with other words
_COUNTED = {
    "session": ("session", "sessions"),
    "intention": ("intention", "intentions"),
    "experience": ("experience", "experiences"),
    "integration": ("integration note", "integration notes"),
    "page": ("journal page", "journal pages"),
    "checkin": ("check-in", "check-ins"),
    "scale": ("questionnaire", "questionnaires"),
    "medicine": ("medicine", "medicines"),
    "sideeffect": ("side effect", "side effects"),
    "hard": ("hard moment", "hard moments"),
    "commitment": ("commitment", "commitments"),
    "question": ("question", "questions"),
    "picture": ("picture", "pictures"),
}
_MODALITY_NAMES = dict(MODALITIES)


def who_will_see(*, prove: bool, sign: bool) -> Told:
    """What a share that is not made yet will say of who made it."""
    told = [*([_PROVED] if prove else []), *([_SIGNED] if sign else [])]
    return Told(" ".join(told), sure=True) if told else Told(UNSIGNED)


def period(payload: Payload) -> str:
    """From when to when, e.g. "12 October to 16 November 2026"; "" where there is no entry."""
    if payload.period is None:
        return ""
    first, last = payload.period
    if payload.dates is not Dates.DAY:
        return " to ".join(dict.fromkeys(day(one, payload.dates) for one in (first, last)))
    if first == last:
        return words.date_long(first)
    if first.year == last.year:
        return f"{words.date_no_year(first)} to {words.date_long(last)}"
    return f"{words.date_long(first)} to {words.date_long(last)}"


def made(payload: Payload) -> str:
    """The day it was made, with the time where times go along."""
    told = words.date_long(payload.made)
    return f"{told}, {clock_text(payload.made_at)}" if payload.made_at is not None else told


def contents(payload: Payload) -> str:
    """What is in it: "2 sessions, 2 intentions, 7 check-ins"."""
    return counted(payload.counts)


def counted(counts: Mapping[str, int]) -> str:
    """How many of each kind, sessions first; kinds of a later version last, by the names they have there."""
    names = {**_COUNTED, **{kind: (kind, kind) for kind in counts if kind not in _COUNTED}}
    return ", ".join(words.counted(counts[kind], *names[kind]) for kind in names if counts.get(kind))


def news(place: int, new: frozenset[int], changed: frozenset[int]) -> str:
    """The word above an entry: "New", "Changed", or ""."""
    if place in changed:
        return CHANGED
    return NEW if place in new else ""


def left_out(payload: Payload) -> str:
    """What the sender chose to say about the rest, or ""."""
    left = payload.left_out
    if left is None:
        return ""
    parts = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (left.sessions, "session", "sessions"),
            (left.writings, "text", "texts"),
            (left.checkins, "check-in", "check-ins"),
            (left.others, "other entry", "other entries"),
        )
        if count
    ]
    lines = []
    if parts:
        lines.append("Not included from this time: " + ", ".join(parts) + ".")
    if left.options:
        lines.append("Not included at all: " + ", ".join(left.options) + ".")
    return " ".join(lines)


def day(day_: date, dates: Dates = Dates.DAY) -> str:
    """A day as exactly as it was told: "4 March 2026", "the week of 2 March 2026", "March 2026"."""
    return words.date_long(day_) if dates is Dates.DAY else day_text(day_, dates=dates)


def day_within(payload: Payload, day_: date) -> str:
    """A day as exactly as it was told, without the year where that is the year the share was made in: it stands above
    or beside it."""
    plain = payload.dates is Dates.DAY and day_.year == payload.made.year
    return words.date_no_year(day_) if plain else day(day_, payload.dates)


def session_name(session: SharedSession, dates: Dates = Dates.DAY) -> str:
    """How a session is called: by its number in the course if it has one, else by its day, as on the plain page.

    Its place in the share is no name: another share would give the same session another one.
    """
    return f"Session {session.number}" if session.number is not None else f"Session of {day(session.day, dates)}"


def session_facts(payload: Payload, place: int) -> tuple[tuple[str, str], ...]:
    """What is told of a session, as label and text; what was not shared is absent."""
    session = payload.sessions[place]
    told = day(session.day, payload.dates)
    if session.at is not None:
        told = f"{told}, {clock_text(session.at)}"
    facts = (
        ("Day" if session.happened else "Planned for", told),
        ("Route", words.ROUTE_NAMES[session.route] if session.route else ""),
        ("Dose, as told", session.dose),
        ("Place", session.place),
        ("Who was there", session.people),
        *further_facts(payload, place),
        ("Notes", session.notes),
    )
    return tuple((name, text) for name, text in facts if text)


def writing_day(writing: SharedWriting, session_day: date | None, dates: Dates = Dates.DAY) -> str:
    """When it was written: the day, and how many days after the session, where days are told."""
    told = day(writing.day, dates)
    if writing.at is not None:
        told = f"{told}, {clock_text(writing.at)}"
    if session_day is None or dates is not Dates.DAY:
        return told
    return f"{told} · {words.days_from(session_day, writing.day)}"


def writing_tags(writing: SharedWriting) -> str:
    """Kinds of psychotherapy and tags, or ""."""
    names = [_MODALITY_NAMES.get(code, code) for code in writing.modalities]
    return ", ".join((*names, *writing.tags))
