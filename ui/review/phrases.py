"""A share in words: the lines of its cover, and how its entries are named. Pure functions of the payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from journal.records import MODALITIES
from journal.share import Payload, SharedSession, SharedWriting
from journal.share.who import UNSIGNED, Told
from ui import words

EXCERPT = (
    "An excerpt chosen by the person who wrote it. It is not a medical record, and nobody watches it for emergencies."
)
_PROVED = "Your reader's program checks that this is from you, if they have your card. It proves it to nobody else."
_SIGNED = "Anybody who gets it and has your card can check that you signed it."
_COUNTED = {
    "session": ("session", "sessions"),
    "intention": ("intention", "intentions"),
    "experience": ("experience", "experiences"),
    "integration": ("integration note", "integration notes"),
    "page": ("journal page", "journal pages"),
    "checkin": ("check-in", "check-ins"),
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
    if first == last:
        return words.date_long(first)
    if first.year == last.year:
        return f"{words.date_no_year(first)} to {words.date_long(last)}"
    return f"{words.date_long(first)} to {words.date_long(last)}"


def contents(payload: Payload) -> str:
    """What is in it: "2 sessions, 2 intentions, 7 check-ins"."""
    return counted(payload.counts)


def counted(counts: Mapping[str, int]) -> str:
    """How many of each kind, sessions first; kinds of a later version last, by the names they have there."""
    names = {**_COUNTED, **{kind: (kind, kind) for kind in counts if kind not in _COUNTED}}
    return ", ".join(words.counted(counts[kind], *names[kind]) for kind in names if counts.get(kind))


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
        )
        if count
    ]
    lines = []
    if parts:
        lines.append("Not included from this time: " + ", ".join(parts) + ".")
    if left.options:
        lines.append("Not included at all: " + ", ".join(left.options) + ".")
    return " ".join(lines)


def session_name(session: SharedSession) -> str:
    """How a session is called: by its number in the course if it has one, else by its day, as on the plain page.

    Its place in the share is no name: another share would give the same session another one.
    """
    return f"Session {session.number}" if session.number is not None else f"Session of {words.date_long(session.day)}"


def session_facts(session: SharedSession) -> tuple[tuple[str, str], ...]:
    """What is told of a session, as label and text; what was not shared is absent."""
    day = words.date_long(session.day)
    if session.at is not None:
        day = f"{day}, {words.clock(session.at)}"
    facts = (
        ("Day" if session.happened else "Planned for", day),
        ("Route", words.ROUTE_NAMES[session.route] if session.route else ""),
        ("Dose, as told", session.dose),
        ("Place", session.place),
        ("Who was there", session.people),
        ("Notes", session.notes),
    )
    return tuple((name, text) for name, text in facts if text)


def writing_day(writing: SharedWriting, session_day: date | None) -> str:
    """When it was written: the day, and how many days after the session."""
    day = words.date_long(writing.day)
    if writing.at is not None:
        day = f"{day}, {words.clock(writing.at)}"
    if session_day is None:
        return day
    return f"{day} · {words.days_from(session_day, writing.day)}"


def writing_tags(writing: SharedWriting) -> str:
    """Kinds of psychotherapy and tags, or ""."""
    names = [_MODALITY_NAMES.get(code, code) for code in writing.modalities]
    return ", ".join((*names, *writing.tags))
