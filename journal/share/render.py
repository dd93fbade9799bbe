"""A payload as a row of blocks: the one description of what a reader sees.

Whatever shows a share in one column (the plain page in the file, print, a simple window) draws these blocks and
decides nothing itself, so no view can show more or less than another. They hold plain text; nothing is markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journal.records.checkin import SLIDERS
from journal.records.course import Route
from journal.records.writing import MODALITIES
from journal.share import render_parts
from journal.share.blocks import BLANK, Block, BlockKind, day_short, day_text, pictures_of, session_label
from journal.share.payload import Dates, LeftOut, Payload, SharedCheckIn, SharedWriting, WritingKind

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
    ("scale", "questionnaire", "questionnaires"),
    ("medicine", "medicine", "medicines"),
    ("sideeffect", "side effect", "side effects"),
    ("hard", "hard moment", "hard moments"),
    ("commitment", "commitment", "commitments"),
    ("question", "question", "questions"),
    ("picture", "picture", "pictures"),
)


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
        ("Period", _period_text(period, payload.dates) if period else "no entries"),
        ("In it", counts_text(payload)),
    ]
    if payload.dates is not Dates.DAY:
        facts.append(("Days", f"told by the {payload.dates}; a day in a table is the first of its {payload.dates}"))
    if payload.left_out is not None:
        facts.extend(left_out(payload.left_out))
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
    return tuple(_session(payload, index, payload.place_of(index)))


def writing(shared: SharedWriting, place: int | None = None, dates: Dates = Dates.DAY) -> tuple[Block, ...]:
    """One writing: what it is and when, its title, its text, and tags if they were chosen."""
    return tuple(_writing(shared, place, dates))


def checkins(payload: Payload) -> tuple[Block, ...]:
    """All check-ins as one table, with what their numbers are and are not."""
    if not payload.checkins:
        return ()
    return tuple(_checkins(payload))


def left_out(told: LeftOut) -> tuple[tuple[str, str], ...]:
    """What the sender said of what is not in it, as label and text."""
    return tuple(_left_out(told))


def counts_text(payload: Payload) -> str:
    """ "2 sessions, 1 intention, 12 check-ins"."""
    counts = payload.counts
    return _list([(counts.get(kind, 0), one, many) for kind, one, many in _COUNTED]) or "nothing"


def _document(payload: Payload, checked: str) -> Iterator[Block]:
    yield from cover(payload, checked)
    yield from talk_about(payload)
    place = 0
    for index, shared in enumerate(payload.sessions):
        yield from _session(payload, index, place)
        place += 1 + len(shared.writings)
    if payload.writings:
        yield Block(kind=BlockKind.HEADING, text="Other writing" if payload.sessions else "Writing")
        for index, shared_writing in enumerate(payload.writings, start=place):
            yield from _writing(shared_writing, index, payload.dates)
            yield from pictures_of(payload, index)
    yield from checkins(payload)
    yield from render_parts.parts(payload)


def _session(payload: Payload, number: int, place: int) -> Iterator[Block]:
    shared, dates = payload.sessions[number], payload.dates
    yield Block(kind=BlockKind.HEADING, text=session_label(shared, dates), place=place)
    ahead = "" if shared.happened else " (still ahead when shared)"
    facts = [("Date", day_text(shared.day, shared.at, dates) + ahead)]
    if shared.route is not None:
        facts.append(("Route", ROUTES[shared.route]))
    for label, value in (
        ("Dose, as told", shared.dose),
        ("Where", shared.place),
        ("Who was there", shared.people),
    ):
        if value.strip():
            facts.append((label, value))
    facts.extend(render_parts.session_facts(payload, number))
    yield Block(kind=BlockKind.FACTS, rows=tuple(facts), place=place)
    if shared.notes.strip():
        yield Block(kind=BlockKind.TEXT, text=shared.notes, own=True, place=place, field="notes")
    yield from pictures_of(payload, place)
    for index, shared_writing in enumerate(shared.writings, start=place + 1):
        yield from _writing(shared_writing, index, dates)
        yield from pictures_of(payload, index)


def _writing(shared: SharedWriting, place: int | None, dates: Dates) -> Iterator[Block]:
    heading = f"{_KINDS[shared.kind]}, {day_text(shared.day, shared.at, dates)}"
    yield Block(kind=BlockKind.SUBHEADING, text=heading, place=place)
    if shared.title.strip():
        yield Block(kind=BlockKind.NAME, text=shared.title, own=True, place=place)
    if shared.text.strip():
        marks = shared.marks
        yield Block(kind=BlockKind.TEXT, text=shared.text, marks=marks, own=True, place=place, field="text")
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
    place = payload.place_of(len(payload.sessions)) + len(payload.writings)
    for index, checkin in enumerate(payload.checkins, start=place):
        pictures = tuple(pictures_of(payload, index))
        if checkin.note.strip() or pictures:
            heading = f"Beside the check-in of {day_text(checkin.day, checkin.at, payload.dates)}"
            yield Block(kind=BlockKind.SUBHEADING, text=heading, place=index)
        if checkin.note.strip():
            yield Block(kind=BlockKind.TEXT, text=checkin.note, own=True, place=index, field="note")
        yield from pictures


def _row(payload: Payload, checkin: SharedCheckIn) -> tuple[str, ...]:
    label = ""
    if checkin.session is not None:
        number = payload.sessions[checkin.session].number
        label = str(number) if number is not None else f"of {payload.sessions[checkin.session].day.isoformat()}"
    values = (BLANK if value is None else str(value) for value in checkin.values)
    day = day_short(checkin.day, checkin.at)
    return (day, label or BLANK, str(checkin.window) if checkin.window else BLANK, *values)


def _left_out(left_out: LeftOut) -> Iterator[tuple[str, str]]:
    counted = _list(
        [
            (left_out.sessions, "session", "sessions"),
            (left_out.writings, "writing", "writings"),
            (left_out.checkins, "check-in", "check-ins"),
            (left_out.others, "other entry", "other entries"),
        ]
    )
    yield "Not in it", f"from the same period: {counted or 'nothing'}"
    if left_out.options:
        yield "Left off", ", ".join(left_out.options)


def _column(title: str) -> str:
    return title.split()[0]  # "Sleep last night" heads its column as "Sleep"


def _period_text(period: tuple[date, date], dates: Dates) -> str:
    first, last = (day_text(day, dates=dates) for day in period)
    return first if first == last else f"{first} to {last}"


def _list(counted: list[tuple[int, str, str]]) -> str:
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counted if count)
