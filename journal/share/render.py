"""A payload as a row of blocks: the one description of what a reader sees.

Whatever shows a share in one column (the plain page in the file, print, a simple window) draws these blocks and
decides nothing itself, so no view can show more or less than another. They hold plain text; nothing is markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

import msgspec

from journal.records.base import Mark
from journal.records.checkin import SLIDERS
from journal.records.course import Route
from journal.records.writing import MODALITIES
from journal.share.payload import LeftOut, Payload, SharedCheckIn, SharedSession, SharedWriting, WritingKind

BLANK = "–"  # an answer that was not given; never a zero
EXCERPT = (
    "Shared by the person who wrote it. This is an excerpt, not a medical record. "
    "Nobody watches it for emergencies: sending it calls no one."
)
# Said on the page of a share that has a proof; the page itself proves nothing, and says so.
PROVED = "Not on this page. This program, when it opens the file, checks what goes with it and says who made it."
UNSIGNED = "Not checked. This share is unsigned and cannot prove who made it. If in doubt, ask the person."
SLIDER_NOTE = (
    "Sliders from 0 to 10, answered for “right now”. They are this program's own and have not been validated. "
    f"{BLANK} means: no answer was given. One person's numbers; they cannot show what caused a change."
)
WINDOW_NOTE = (
    "After: the time since the session's dose, as a range. 4 h stands for 2 to 8 hours, 24 h for 18 to 36 hours, "
    "3 d for 2 to 4 days, 7 d for 5 to 9 days, 14 d for 11 to 18 days, “before” for the day before the dose."
)
ROUTES: dict[Route, str] = {
    Route.INTRAVENOUS: "intravenous",
    Route.INTRAMUSCULAR: "intramuscular",
    Route.SUBCUTANEOUS: "under the skin",
    Route.SUBLINGUAL: "under the tongue",
    Route.BUCCAL: "inside the cheek",
    Route.INTRANASAL: "nasal",
    Route.ORAL: "swallowed",
    Route.RECTAL: "rectal",
    Route.OTHER: "other",
}
_MODALITIES = dict(MODALITIES)
_KINDS = {
    WritingKind.INTENTION: "Intention",
    WritingKind.EXPERIENCE: "Experience",
    WritingKind.INTEGRATION: "Integration note",
    WritingKind.PAGE: "Journal page",
}
_COUNTED = (
    ("session", "session", "sessions"),
    ("intention", "intention", "intentions"),
    ("experience", "experience", "experiences"),
    ("integration", "integration note", "integration notes"),
    ("page", "journal page", "journal pages"),
    ("checkin", "check-in", "check-ins"),
)
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


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of the page. `own` is True where the words are the person's and not the program's.

    `place` is the entry's place in `Payload.entries`, counted from 0, or None for a block that belongs to none.
    `marks` belong to `text` and are used by TEXT only; `rows` by FACTS and TABLE only.
    """

    kind: BlockKind
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = False
    place: int | None = None


def document(payload: Payload, checked: str = UNSIGNED) -> tuple[Block, ...]:
    """The whole share from its first page to its last table. `checked` says how its maker was."""
    return tuple(_document(payload, checked))


def cover(payload: Payload, checked: str = UNSIGNED) -> tuple[Block, ...]:
    """The first page: what this is, who says they sent it, how that was checked, the period, what is in it."""
    period = payload.period
    facts = [
        ("From", f"{payload.sender} (as the sender typed it)" if payload.sender else "not said"),
        ("Checked", checked),
        ("For", payload.to or "not said"),
        ("Made", day_text(payload.made, payload.made_at)),
        ("Period", _period_text(period) if period else "no entries"),
        ("In it", counts_text(payload)),
    ]
    if payload.left_out is not None:
        facts.extend(_left_out(payload.left_out))
    return (
        Block(kind=BlockKind.TITLE, text="From an integration journal"),
        Block(kind=BlockKind.NOTICE, text=EXCERPT),
        Block(kind=BlockKind.FACTS, rows=tuple(facts)),
    )


def talk_about(payload: Payload) -> tuple[Block, ...]:
    """What the person wants to talk about, or nothing."""
    if not payload.talk_about.strip():
        return ()
    return (
        Block(kind=BlockKind.HEADING, text="What I want to talk about"),
        Block(kind=BlockKind.TEXT, text=payload.talk_about, own=True),
    )


def session(payload: Payload, index: int) -> tuple[Block, ...]:
    """One session: its facts, then intention, experience and integration notes."""
    shared = payload.sessions[index]
    place = sum(1 + len(earlier.writings) for earlier in payload.sessions[:index])
    return tuple(_session(shared, place))


def writing(shared: SharedWriting, place: int | None = None) -> tuple[Block, ...]:
    """One writing: what it is and when, its title, its text, and tags if they were chosen."""
    return tuple(_writing(shared, place))


def checkins(payload: Payload) -> tuple[Block, ...]:
    """All check-ins as one table, with what their numbers are and are not."""
    if not payload.checkins:
        return ()
    return tuple(_checkins(payload))


def session_label(shared: SharedSession) -> str:
    """What to call a session: by its number in the course if it has one, else by its day."""
    return f"Session {shared.number}" if shared.number is not None else f"Session of {day_text(shared.day)}"


def day_text(day: date, at: datetime | None = None) -> str:
    """ "23 November 2026", with the time and its offset from UTC if `at` is given."""
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{text}, {_clock_text(at)}" if at is not None else text


def counts_text(payload: Payload) -> str:
    """ "2 sessions, 1 intention, 12 check-ins"."""
    counts = payload.counts
    return _list([(counts.get(kind, 0), one, many) for kind, one, many in _COUNTED]) or "nothing"


def _document(payload: Payload, checked: str) -> Iterator[Block]:
    yield from cover(payload, checked)
    yield from talk_about(payload)
    place = 0
    for shared in payload.sessions:
        yield from _session(shared, place)
        place += 1 + len(shared.writings)
    if payload.writings:
        yield Block(kind=BlockKind.HEADING, text="Other writing" if payload.sessions else "Writing")
        for index, shared_writing in enumerate(payload.writings, start=place):
            yield from _writing(shared_writing, index)
    yield from checkins(payload)


def _session(shared: SharedSession, place: int) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text=session_label(shared), place=place)
    facts = [("Date", day_text(shared.day, shared.at) + ("" if shared.happened else " (still ahead when shared)"))]
    if shared.route is not None:
        facts.append(("Route", ROUTES[shared.route]))
    for label, value in (
        ("Dose, as told", shared.dose),
        ("Where", shared.place),
        ("Who was there", shared.people),
    ):
        if value.strip():
            facts.append((label, value))
    yield Block(kind=BlockKind.FACTS, rows=tuple(facts), place=place)
    if shared.notes.strip():
        yield Block(kind=BlockKind.TEXT, text=shared.notes, own=True, place=place)
    for index, shared_writing in enumerate(shared.writings, start=place + 1):
        yield from _writing(shared_writing, index)


def _writing(shared: SharedWriting, place: int | None) -> Iterator[Block]:
    heading = f"{_KINDS[shared.kind]}, {day_text(shared.day, shared.at)}"
    yield Block(kind=BlockKind.SUBHEADING, text=heading, place=place)
    if shared.title.strip():
        yield Block(kind=BlockKind.NAME, text=shared.title, own=True, place=place)
    if shared.text.strip():
        yield Block(kind=BlockKind.TEXT, text=shared.text, marks=shared.marks, own=True, place=place)
    else:
        yield Block(kind=BlockKind.NOTICE, text="No text.", place=place)
    facts = []
    if shared.modalities:
        facts.append(("Therapy", ", ".join(_MODALITIES.get(code, code) for code in shared.modalities)))
    if shared.tags:
        facts.append(("Tags", ", ".join(shared.tags)))
    if facts:
        yield Block(kind=BlockKind.FACTS, rows=tuple(facts), place=place)


def _checkins(payload: Payload) -> Iterator[Block]:
    yield Block(kind=BlockKind.HEADING, text="Check-ins")
    yield Block(kind=BlockKind.NOTICE, text=SLIDER_NOTE)
    if any(checkin.window is not None for checkin in payload.checkins):
        yield Block(kind=BlockKind.NOTICE, text=WINDOW_NOTE)
    head = ("Day", "Session", "After", *(_column(slider.title) for slider in SLIDERS))
    rows = tuple(_row(payload, checkin) for checkin in payload.checkins)
    yield Block(kind=BlockKind.TABLE, rows=(head, *rows))
    place = sum(1 for _ in payload.entries) - len(payload.checkins)
    for index, checkin in enumerate(payload.checkins, start=place):
        if checkin.note.strip():
            heading = f"Beside the check-in of {day_text(checkin.day, checkin.at)}"
            yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
            yield Block(kind=BlockKind.TEXT, text=checkin.note, own=True, place=index)


def _row(payload: Payload, checkin: SharedCheckIn) -> tuple[str, ...]:
    day = f"{checkin.day.isoformat()} {checkin.at:%H:%M}" if checkin.at else checkin.day.isoformat()
    label = ""
    if checkin.session is not None:
        number = payload.sessions[checkin.session].number
        label = str(number) if number is not None else f"of {payload.sessions[checkin.session].day.isoformat()}"
    values = (BLANK if value is None else str(value) for value in checkin.values)
    return (day, label or BLANK, str(checkin.window) if checkin.window else BLANK, *values)


def _left_out(left_out: LeftOut) -> Iterator[tuple[str, str]]:
    counted = _list(
        [
            (left_out.sessions, "session", "sessions"),
            (left_out.writings, "writing", "writings"),
            (left_out.checkins, "check-in", "check-ins"),
        ]
    )
    yield "Not in it", f"from the same period: {counted or 'nothing'}"
    if left_out.options:
        yield "Left off", ", ".join(left_out.options)


def _column(title: str) -> str:
    return title.split()[0]  # "Sleep last night" heads its column as "Sleep"


def _period_text(period: tuple[date, date]) -> str:
    first, last = period
    return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"


def _clock_text(at: datetime) -> str:
    offset = at.isoformat()[-6:]
    return f"{at:%H:%M} (UTC{offset})" if at.utcoffset() else f"{at:%H:%M} (UTC)"


def _list(counted: list[tuple[int, str, str]]) -> str:
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counted if count)
