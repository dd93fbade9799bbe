"""The log of costs as a table, one row for each line. Amounts stand as they were typed; nothing is added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from journal.clock import Clock
from journal.exchange.csv_text import Pair, cell, in_time, table
from journal.records import Course, Expense, Provider, Record, Session, UnknownRecord

HEADER = ("entry_id", "local_date", "what", "amount", "covered", "left", "currency", "course", "session_number",
          "provider", "notes")  # fmt: skip


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many lines of the log are in it."""
    records = dict(pairs)
    expenses = in_time(records, Expense)
    return table(HEADER, (_row(eid, one, records) for eid, one in expenses)), len(expenses)


def _row(eid: str, one: Expense, records: Mapping[str, Record | UnknownRecord]) -> tuple[object, ...]:
    course, session, provider = (records.get(name or "") for name in (one.course, one.session, one.provider))
    number = session.number if isinstance(session, Session) else None
    return (
        eid,
        one.at.at.date().isoformat(),
        cell(one.what),
        one.amount,
        one.covered,
        Decimal(one.amount) - Decimal(one.covered),
        one.currency,
        cell(course.title) if isinstance(course, Course) else "",
        "" if number is None else number,
        cell(provider.name) if isinstance(provider, Provider) else "",
        cell(one.notes),
    )
