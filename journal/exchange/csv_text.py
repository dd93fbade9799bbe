"""What tables have in common: rows under a header, entries of a kind in the order of time, cells that are text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from journal.records import CheckIn, Expense, Record, UnknownRecord

Pair = tuple[str, Record | UnknownRecord]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PARTED = re.compile('([;\t\r\n]"*)(?=[=+@＝＋－＠-])')
_T = TypeVar("_T", CheckIn, Expense)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as text, as every spreadsheet reads it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def in_time(records: Mapping[str, Record | UnknownRecord], kind: type[_T]) -> list[tuple[str, _T]]:
    """The entries of a kind with their ids, by when they were."""
    found = [(eid, record) for eid, record in records.items() if isinstance(record, kind)]
    return sorted(found, key=lambda pair: (pair[1].at.at, pair[0]))


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: neither from its beginning, nor from where one parts it that has
    a semicolon, as in many countries, or a tab for its separator. Quotes do not help there: they begin no cell."""
    marked = _PARTED.sub(r"\1'", text)
    return f"'{marked}" if marked.startswith(_FORMULA) else marked
