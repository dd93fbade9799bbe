"""The log of costs as a table, one row for each line. Amounts stand as they were typed; nothing is added up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from journal.clock import Clock
from journal.exchange.csv_ratings import cell
from journal.records import Course, Expense, Provider, Record, Session, UnknownRecord

HEADER = ("entry_id", "local_date", "what", "amount", "covered", "left", "currency", "course", "session_number",
          "provider", "notes")  # fmt: skip
Pair = tuple[str, Record | UnknownRecord]


def dump(pairs: Iterable[Pair], clock: Clock) -> tuple[str, int]:
    """The file's text, and how many lines of the log are in it."""
    records = dict(pairs)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    expenses = [(eid, record) for eid, record in records.items() if isinstance(record, Expense)]
    expenses.sort(key=lambda pair: (pair[1].at.at, pair[0]))
    for eid, one in expenses:
        course, session, provider = (records.get(name or "") for name in (one.course, one.session, one.provider))
        number = session.number if isinstance(session, Session) else None
        writer.writerow(
            (
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
        )
    return out.getvalue(), len(expenses)
