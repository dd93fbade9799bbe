"""A sample journal for the tour: one invented person's course of six sessions in five weeks. The words are ours.

Times are told as days from `now` and hours from a session, so that the pictures look like today.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import msgspec

from journal.ids import new_id
from journal.records import (
    SLIDERS,
    CheckIn,
    Course,
    Experience,
    IntegrationNote,
    Intention,
    Mark,
    Moment,
    Page,
    Phase,
    Record,
    Route,
    Session,
    Style,
    UnknownRecord,
)
from journal.sample_picture import drawing
from journal.service import JournalService
from resources import read_text

_LINES = {"# ": Style.HEADING, "> ": Style.QUOTE, "- ": Style.BULLET}
_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


class SampleIds(NamedTuple):
    """Where to find things in the sample."""

    course: str
    sessions: tuple[str, ...]
    following: str


def fill(service: JournalService, now: datetime) -> SampleIds:
    """Write the sample into a journal, in one commit."""
    told = json.loads(read_text("sample", "en.json"))
    entries: list[tuple[str, Record | UnknownRecord]] = []
    course, following = new_id(), new_id()
    first = _at(now, told["sessions"][0])
    entries.append(
        (
            course,
            Course(
                title=told["course"]["title"],
                planned=told["course"]["planned"],
                notes=told["course"]["notes"],
                started=Moment(first),
                phase=Phase.INDUCTION,
            ),
        )
    )
    sessions = []
    for number, one in enumerate(told["sessions"], start=1):
        eid = new_id()
        sessions.append(eid)
        entries += _session(eid, course, number, one, _at(now, one))
    entries.append((following, _record(told["next"], course, None, _at(now, told["next"]), happened=False)))
    for page in told["pages"]:
        text, marks = _text(page["text"])
        entries.append(
            (
                new_id(),
                Page(
                    at=Moment(_at(now, page)), title=page["title"], text=text, marks=marks, tags=tuple(page["tags"])
                ),
            )
        )
    for day, clock, answers in told["loose_checkins"]:
        entries.append((new_id(), _checkin(_at(now, {"day": day, "time": clock}), answers, "", None)))
    service.save_many(entries, "the sample")
    service.save_settings(msgspec.structs.replace(service.settings(), name="Jona"))
    return SampleIds(course, tuple(sessions), following)


def add_drawing(service: JournalService, entry: str) -> str:
    """Add the sample's one file to an entry; its id."""
    return service.attach_bytes(entry, "Drawing, the morning after.png", drawing()).eid


def _session(
    eid: str, course: str, number: int, told: dict[str, Any], starts: datetime
) -> list[tuple[str, Record | UnknownRecord]]:
    entries: list[tuple[str, Record | UnknownRecord]] = [(eid, _record(told, course, number, starts, happened=True))]
    for name, cls in (("intention", Intention), ("experience", Experience)):
        one = told[name]
        text, marks = _text(one["text"])
        at = Moment(starts + timedelta(hours=one["hours"]))
        tags = tuple(one.get("tags", ()))
        entries.append((new_id(), cls(at=at, title=one["title"], text=text, marks=marks, session=eid, tags=tags)))
    for one in told["notes"]:
        text, marks = _text(one["text"])
        entries.append(
            (
                new_id(),
                IntegrationNote(
                    at=Moment(starts + timedelta(hours=one["hours"])),
                    title=one["title"],
                    text=text,
                    marks=marks,
                    session=eid,
                    modalities=tuple(one["modalities"]),
                    tags=tuple(one.get("tags", ())),
                ),
            )
        )
    for hours, answers, note in told["checkins"]:
        entries.append((new_id(), _checkin(starts + timedelta(hours=hours), answers, note, eid)))
    return entries


def _record(told: dict[str, Any], course: str, number: int | None, starts: datetime, *, happened: bool) -> Session:
    return Session(
        starts=Moment(starts),
        course=course,
        number=number,
        route=Route(told["route"]),
        dose=told.get("dose", ""),
        setting=told["setting"],
        people=told["people"],
        happened=happened,
    )


def _checkin(at: datetime, answers: list[int | None], note: str, session: str | None) -> CheckIn:
    values: dict[str, Any] = {slider.name: answer for slider, answer in zip(SLIDERS, answers, strict=True)}
    return CheckIn(at=Moment(at), note=note, session=session, **values)


def _at(now: datetime, told: dict[str, Any]) -> datetime:
    """A day counted from `now`, at a time of the clock there."""
    day = (now + timedelta(days=told["day"])).date()
    return datetime.combine(day, time.fromisoformat(told["time"]), now.tzinfo)


def _text(lines: list[str]) -> tuple[str, tuple[Mark, ...]]:
    """The sample's own small markup as a text and its marks."""
    marks: list[Mark] = []
    made: list[str] = []
    start = 0
    for line in lines:
        style = next((style for sign, style in _LINES.items() if line.startswith(sign)), None)
        plain, inline = _plain(line[2:] if style else line, start)
        if style is not None:
            marks.append(Mark(start, start + len(plain), style))
        marks += inline
        made.append(plain)
        start += len(plain) + 1
    return "\n".join(made), tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.style)))


def _plain(line: str, start: int) -> tuple[str, list[Mark]]:
    marks, parts, last = [], [], 0
    length = 0
    for found in _INLINE.finditer(line):
        before = line[last : found.start()]
        inner = found.group(1) or found.group(2)
        length += len(before)
        style = Style.BOLD if found.group(1) else Style.ITALIC
        marks.append(Mark(start + length, start + length + len(inner), style))
        parts += [before, inner]
        length += len(inner)
        last = found.end()
    return "".join([*parts, line[last:]]), marks
