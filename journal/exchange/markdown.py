"""One Markdown file for reading elsewhere: sessions in time with what belongs to them, then journal pages.

Text is escaped so that it looks as it was typed; formatting becomes Markdown's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from journal.clock import Clock
from journal.records import (
    MODALITIES,
    SLIDERS,
    CheckIn,
    Course,
    IntegrationNote,
    Mark,
    Record,
    Session,
    Style,
    UnknownRecord,
    Writing,
)

Pair = tuple[str, Record | UnknownRecord]
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=]+|(?<=\d)[.)])(?=\s|$)")  # a list, a rule, or a heading's underline
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_NAMES = {"intention": "Intention", "experience": "Experience", "integration": "Integration note", "page": "Page"}
_MODALITY = dict(MODALITIES)


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many entries are in it."""
    records = dict(pairs)
    parts = list(_sessions(records))
    loose = [record for record in records.values() if isinstance(record, Writing) and not _placed(record, records)]
    if loose:
        parts.append("# Pages\n")
        parts += [_writing(record, 2) for record in sorted(loose, key=_time)]
    checkins = [record for record in records.values() if isinstance(record, CheckIn)]
    if checkins:
        parts.append(_checkins(sorted(checkins, key=_time)))
    count = sum(isinstance(record, Writing | Session | CheckIn | Course) for record in records.values())
    front = f"---\ntitle: {json.dumps('Integration Journal')}\nexported: {clock.now().isoformat()}\n---\n"
    return "\n".join([front, *parts]), count


def _sessions(records: dict[str, Record | UnknownRecord]) -> Iterator[str]:
    sessions = [(eid, record) for eid, record in records.items() if isinstance(record, Session)]
    for number, (eid, session) in enumerate(sorted(sessions, key=_pair_time), start=1):
        course = records.get(session.course or "")
        title = f" ({_line(course.title)})" if isinstance(course, Course) and course.title else ""
        yield f"# Session {session.number or number}{title}\n"
        facts = (
            ("When", _when(session.starts.at)),
            ("Route", session.route.value if session.route else ""),
            ("Dose, as told", session.dose),
            ("Setting", session.setting),
            ("Who was there", session.people),
            ("Planned only", "" if session.happened else "yes"),
        )
        yield "".join(f"- {name}: {_line(text)}\n" for name, text in facts if text)
        if session.notes:
            yield text_to_markdown(session.notes, ()) + "\n"
        mine = [record for record in records.values() if isinstance(record, Writing) and record.session == eid]
        order = list(_NAMES)
        for record in sorted(mine, key=lambda one: (order.index(one.kind), _time(one))):
            yield _writing(record, 2)


def _placed(record: Writing, records: dict[str, Record | UnknownRecord]) -> bool:
    return isinstance(records.get(record.session or ""), Session)


def _writing(record: Writing, level: int) -> str:
    heading = _line(record.title) if record.title.strip() else _NAMES.get(record.kind, record.kind)
    line = f"*{_NAMES.get(record.kind, record.kind)}, {_when(record.at.at)}*"
    modalities = record.modalities if isinstance(record, IntegrationNote) else ()
    tags = [*(_MODALITY.get(code, code) for code in modalities), *record.tags]
    more = f"\n\nTags: {_line(', '.join(tags))}" if tags else ""
    return f"{'#' * level} {heading}\n\n{line}\n\n{text_to_markdown(record.text, record.marks)}{more}\n"


def _checkins(checkins: list[CheckIn]) -> str:
    head = "| When | " + " | ".join(slider.title for slider in SLIDERS) + " | Note |\n"
    rule = "|---" * (len(SLIDERS) + 2) + "|\n"
    rows = []
    for checkin in checkins:
        answers = [getattr(checkin, slider.name) for slider in SLIDERS]
        cells = ["–" if answer is None else str(answer) for answer in answers]
        rows.append(f"| {_when(checkin.at.at)} | " + " | ".join(cells) + f" | {_line(checkin.note)} |\n")
    own = "Sliders from 0 to 10, the program's own and not a validated questionnaire. A dash is no answer.\n\n"
    return "# Check-ins\n\n" + own + head + rule + "".join(rows)


def text_to_markdown(text: str, marks: tuple[Mark, ...]) -> str:
    """A formatted text as Markdown. Line breaks and indents are kept; a list or quotation ends where it ended."""
    lines: list[str] = []
    start = 0
    number = 0
    before: Style | None = None
    for line in text.split("\n"):
        end = start + len(line)
        style = next((mark.style for mark in marks if mark.style.is_line and mark.start <= start < mark.end), None)
        bare = line.lstrip(" \t")
        indent = len(line) - len(bare)
        # An indent of plain spaces would be dropped, or make the line a block of code.
        body = "\u00a0" * len(line[:indent].expandtabs(4)) + _inline(bare, start + indent, marks) if bare else ""
        number = number + 1 if style is Style.NUMBER else 0
        prefix = {Style.HEADING: "### ", Style.QUOTE: "> ", Style.BULLET: "- ", Style.NUMBER: f"{number}. "}
        if style is not before and lines and lines[-1].strip() and (style or bare):
            lines.append("")
        kept = "  " if body and style in (None, Style.QUOTE) else ""  # Markdown's way to keep a line break
        lines.append((prefix[style] if style else "") + body + kept)
        before = style
        start = end + 1
    return "\n".join(lines).rstrip()


def _inline(line: str, start: int, marks: tuple[Mark, ...]) -> str:
    def styles(place: int) -> tuple[bool, bool]:
        here = {mark.style for mark in marks if mark.start <= start + place < mark.end}
        return Style.BOLD in here, Style.ITALIC in here

    parts = []
    for (bold, italic), group in groupby(range(len(line)), key=styles):
        piece = "".join(line[place] for place in group)
        sign = ("**" if bold else "") + ("*" if italic else "")
        inner = piece.strip()
        if not sign or not inner:
            parts.append(_escape(piece))
            continue
        lead, tail = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        parts.append(f"{lead}{sign}{_escape(inner)}{sign[::-1]}{tail}")
    return "".join(parts)


def _escape(text: str) -> str:
    """Part of one line, so that it is read as it was typed."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.replace("\r", " ")))


def _line(text: str) -> str:
    """What has one line only: a title, a cell of a table."""
    return _escape(_BREAK.sub(" ", text))


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _time(record: Record) -> float:
    return record.when.at.timestamp() if record.when else 0.0


def _pair_time(pair: tuple[str, Session]) -> float:
    return _time(pair[1])
