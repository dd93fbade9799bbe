"""One tidy row for every slider of every check-in, for a spreadsheet. A blank is an empty cell, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from journal.clock import Clock
from journal.exchange.csv_text import Pair, cell, in_time, table
from journal.records import SLIDERS, CheckIn, Record, Session, UnknownRecord

HEADER = (
    "entry_id", "session_id", "session_number", "local_datetime", "utc", "zone", "scale", "item", "value", "min",
    "max", "note",
)  # fmt: skip


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many check-ins are in it."""
    records = dict(pairs)
    checkins = in_time(records, CheckIn)
    return table(HEADER, (row for eid, one in checkins for row in _rows(eid, one, records))), len(checkins)


def _rows(eid: str, one: CheckIn, records: Mapping[str, Record | UnknownRecord]) -> Iterator[tuple[object, ...]]:
    session = records.get(one.session or "")
    number = session.number if isinstance(session, Session) else None
    for slider in SLIDERS:
        value = getattr(one, slider.name)
        yield (
            eid,
            cell(one.session or ""),
            "" if number is None else number,
            one.at.at.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes"),
            _utc(one.at.at),
            cell(one.at.zone),
            "own check-in, unvalidated",
            slider.name,
            "" if value is None else value,
            0,
            10,
            cell(one.note),
        )


def _utc(at: datetime) -> str:
    try:
        return at.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:  # at the edge of the calendar
        return ""
