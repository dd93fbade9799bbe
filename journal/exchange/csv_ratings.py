"""One tidy row for every slider of every check-in, for a spreadsheet. A blank is an empty cell, never 0."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from journal.clock import Clock
from journal.records import SLIDERS, CheckIn, Record, Session, UnknownRecord

HEADER = (
    "entry_id", "session_id", "session_number", "local_datetime", "utc", "zone", "scale", "item", "value", "min",
    "max", "note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Pair = tuple[str, Record | UnknownRecord]


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many check-ins are in it."""
    records = dict(pairs)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    checkins = [(eid, record) for eid, record in records.items() if isinstance(record, CheckIn)]
    checkins.sort(key=lambda pair: (pair[1].at.at, pair[0]))
    for eid, checkin in checkins:
        session = records.get(checkin.session or "")
        number = session.number if isinstance(session, Session) else None
        for slider in SLIDERS:
            value = getattr(checkin, slider.name)
            writer.writerow(
                (
                    eid,
                    cell(checkin.session or ""),
                    "" if number is None else number,
                    checkin.at.at.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes"),
                    _utc(checkin.at.at),
                    cell(checkin.at.zone),
                    "own check-in, unvalidated",
                    slider.name,
                    "" if value is None else value,
                    0,
                    10,
                    cell(checkin.note),
                )
            )
    return out.getvalue(), len(checkins)


def _utc(at: datetime) -> str:
    try:
        return at.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:  # at the edge of the calendar
        return ""


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
