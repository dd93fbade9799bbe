"""One Markdown file for reading elsewhere: courses, sessions in time with what belongs to them, then all the rest,
each kind under a heading of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from journal.clock import Clock
from journal.exchange.markdown_care import costs, courses, session_facts
from journal.exchange.markdown_path import body_and_path
from journal.exchange.markdown_text import Records, line, text_to_markdown, time_of, when
from journal.records import (
    MODALITIES,
    SLIDERS,
    CheckIn,
    Commitment,
    Course,
    Expense,
    HardMoment,
    IntegrationNote,
    Medicine,
    Provider,
    Question,
    Record,
    Reply,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    UnknownRecord,
    Writing,
)

__all__ = ["dump", "text_to_markdown"]

Pair = tuple[str, Record | UnknownRecord]
_NAMES = {"intention": "Intention", "experience": "Experience", "integration": "Integration note", "page": "Page"}
_MODALITY = dict(MODALITIES)
_TOLD = (
    Writing, Session, CheckIn, Course, Provider, Medicine, SideEffect, Question, Commitment, ScaleAnswers, ScaleTotal,
    HardMoment, Expense, Reply,
)  # fmt: skip


def dump(
    pairs: Iterable[Pair], clock: Clock, answered: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, int]:
    """The file's text, and how many entries are in it. `answered`: what answers say, as in `body_and_path`."""
    records = dict(pairs)
    parts = [*courses(records), *_sessions(records)]
    loose = [record for record in records.values() if isinstance(record, Writing) and not _placed(record, records)]
    if loose:
        parts.append("# Pages\n")
        parts += [_writing(record, 2) for record in sorted(loose, key=time_of)]
    checkins = [record for record in records.values() if isinstance(record, CheckIn)]
    if checkins:
        parts.append(_checkins(sorted(checkins, key=time_of)))
    parts += [*body_and_path(records, answered or {}), *costs(records)]
    count = sum(isinstance(record, _TOLD) for record in records.values())
    front = f"---\ntitle: {json.dumps('Integration Journal')}\nexported: {clock.now().isoformat()}\n---\n"
    return "\n".join([front, *parts]), count


def _sessions(records: Records) -> Iterator[str]:
    sessions = [(eid, record) for eid, record in records.items() if isinstance(record, Session)]
    for number, (eid, session) in enumerate(sorted(sessions, key=lambda pair: time_of(pair[1])), start=1):
        course = records.get(session.course or "")
        title = f" ({line(course.title)})" if isinstance(course, Course) and course.title else ""
        yield f"# Session {session.number or number}{title}\n"
        yield session_facts(session, records)
        if session.notes:
            yield text_to_markdown(session.notes, ()) + "\n"
        mine = [record for record in records.values() if isinstance(record, Writing) and record.session == eid]
        order = list(_NAMES)
        for record in sorted(mine, key=lambda one: (order.index(one.kind), time_of(one))):
            yield _writing(record, 2)


def _placed(record: Writing, records: Records) -> bool:
    return isinstance(records.get(record.session or ""), Session)


def _writing(record: Writing, level: int) -> str:
    heading = line(record.title) if record.title.strip() else _NAMES.get(record.kind, record.kind)
    told = f"*{_NAMES.get(record.kind, record.kind)}, {when(record.at.at)}*"
    modalities = record.modalities if isinstance(record, IntegrationNote) else ()
    tags = [*(_MODALITY.get(code, code) for code in modalities), *record.tags]
    more = f"\n\nTags: {line(', '.join(tags))}" if tags else ""
    return f"{'#' * level} {heading}\n\n{told}\n\n{text_to_markdown(record.text, record.marks)}{more}\n"


def _checkins(checkins: list[CheckIn]) -> str:
    head = "| When | " + " | ".join(slider.title for slider in SLIDERS) + " | Note |\n"
    rule = "|---" * (len(SLIDERS) + 2) + "|\n"
    rows = []
    for checkin in checkins:
        answers = [getattr(checkin, slider.name) for slider in SLIDERS]
        cells = ["–" if answer is None else str(answer) for answer in answers]
        rows.append(f"| {when(checkin.at.at)} | " + " | ".join(cells) + f" | {line(checkin.note)} |\n")
    own = "Sliders from 0 to 10, the program's own and not a validated questionnaire. A dash is no answer.\n\n"
    return "# Check-ins\n\n" + own + head + rule + "".join(rows)
