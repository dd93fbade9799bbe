"""The numbers of a share as a table for a spreadsheet: check-ins, questionnaires, readings; a row for each number.

A blank is an empty cell, never 0, and no cell is one that a spreadsheet would work out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from journal.exchange.csv_text import cell
from journal.records.checkin import SLIDERS
from journal.share import Payload, SharedScale
from journal.share.blocks import session_label
from journal.share.render_parts import POINTS, number_text

HEADER = (
    "day", "time", "day_told_by", "session", "after_dose", "kind", "name", "item", "value", "min", "max", "unit",
    "words", "note",
)  # fmt: skip
_NUMBERS = ("value", "min", "max")
OWN = "check-in (not validated)"
Row = tuple[str, ...]


def numbers_csv(payload: Payload) -> str:
    """The whole table, lines ending in CRLF, with a mark at its beginning by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for group in (_checkins(payload), _scales(payload), _readings(payload)):
        writer.writerows([_harmless(name, text) for name, text in zip(HEADER, row, strict=True)] for row in group)
    return "\ufeff" + out.getvalue()


def _harmless(name: str, text: str) -> str:
    return text if name in _NUMBERS else cell(text)  # a number below 0 stays one


def _checkins(payload: Payload) -> Iterator[Row]:
    for checkin in payload.checkins:
        since = str(checkin.window) if checkin.window is not None else ""
        for slider, value in zip(SLIDERS, checkin.values, strict=True):
            number = "" if value is None else str(value)
            yield (
                *_begin(payload, checkin.day, checkin.at, checkin.session), since, OWN, "check-in", slider.name,
                number, "0", "10", "", "" if value is not None else "no answer", checkin.note,
            )  # fmt: skip


def _scales(payload: Payload) -> Iterator[Row]:
    for scale in payload.scales:
        begin = (*_begin(payload, scale.day, scale.at, scale.session), "")
        kind = "total, as told" if scale.told else "total"
        yield (
            *begin, kind, scale.title, "total", _number(scale.total), _number(scale.low), _number(scale.high), "",
            _said_of(scale), scale.note,
        )  # fmt: skip
        for place, item in enumerate(scale.items, start=1):
            blank = "preferred not to answer" if item.declined else "no answer"
            words = blank if item.value is None else item.answer
            value = "" if item.value is None else str(item.value)
            yield (*begin, "item", scale.title, f"{place}: {item.text}", value, "", "", "", words, "")


def _readings(payload: Payload) -> Iterator[Row]:
    for reading in payload.readings:
        day = reading.at.date() if reading.at is not None else payload.sessions[reading.session].day
        begin = (*_begin(payload, day, reading.at, reading.session), "")
        for name, value, unit in (
            ("systolic", reading.systolic, "mmHg"),
            ("diastolic", reading.diastolic, "mmHg"),
            ("pulse", reading.pulse, "/min"),
            ("oxygen", reading.oxygen, "%"),
        ):
            if value is not None:
                where = POINTS[reading.point].lower()
                yield (*begin, "reading, typed by hand", where, name, str(value), "", "", unit, "", "")


def _begin(payload: Payload, day: date, at: datetime | None, session: int | None) -> Row:
    of = "" if session is None else session_label(payload.sessions[session], payload.dates)
    return (day.isoformat(), f"{at:%H:%M}" if at is not None else "", str(payload.dates), of)


def _said_of(scale: SharedScale) -> str:
    if scale.told:
        return ""
    return scale.why_none or f"{scale.answered} of {scale.expected}{', prorated' if scale.prorated else ''}"


def _number(value: float | None) -> str:
    return "" if value is None else number_text(value)
