"""Entries as rows of a list, sorted by the time they stand at, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from journal.records import SLIDERS, CheckIn, Course, IntegrationNote, Moment, Record, Session, Writing
from journal.store.items import Item

SNIPPET = 200  # characters


class Row(msgspec.Struct, frozen=True, gc=False):
    """One line of a list. `snippet` is the beginning of the text on one line."""

    eid: str
    kind: str
    when: Moment | None
    title: str
    snippet: str
    session: str | None = None
    tags: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    heads: int = 1


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are wanted. Empty means all. `text`: every word must begin some word of the entry."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    session: str | None = None
    course: str | None = None
    tag: str | None = None
    limit: int | None = None
    newest_first: bool = True


class RowList:
    """Rows of all entries that have a place in the list. Rebuilt only where something changed."""

    def __init__(self, label: Callable[[str], str]) -> None:
        self._label = label  # a session's name, which depends on the other sessions
        self._rows: dict[str, Row] = {}
        self._sorted: list[Row] | None = None

    def set(self, items: Iterable[Item]) -> None:
        """Begin anew with these entries."""
        self._rows = {item.eid: row for item in items if (row := self._row(item)) is not None}
        self._sorted = None

    def update(self, eid: str, item: Item | None) -> None:
        """An entry changed, or is gone (None)."""
        row = self._row(item) if item is not None else None
        if row is None:
            self._rows.pop(eid, None)
        else:
            self._rows[eid] = row
        self._sorted = None

    def newest_first(self) -> list[Row]:
        """All rows, newest first; rows without a time last. Do not change the list."""
        if self._sorted is None:
            self._sorted = sorted(self._rows.values(), key=_order, reverse=True)
        return self._sorted

    def get(self, eid: str) -> Row | None:
        """The row of an entry, if it has one."""
        return self._rows.get(eid)

    def _row(self, item: Item) -> Row | None:
        record = item.record
        if not isinstance(record, Record):
            return None
        title, snippet, session = "", "", None
        if isinstance(record, Writing):
            title, snippet, session = record.title, _one_line(record.text), record.session
        elif isinstance(record, CheckIn):
            snippet, session = checkin_line(record), record.session
        elif isinstance(record, Session):
            title = self._label(item.eid)
            snippet = " · ".join(part for part in (record.dose, record.setting, record.people) if part)
        elif isinstance(record, Course):
            title, snippet = record.title or "Course", _one_line(record.notes)
        else:
            return None
        modalities = record.modalities if isinstance(record, IntegrationNote) else ()
        tags = record.tags if isinstance(record, Writing) else ()
        return Row(item.eid, record.kind, record.when, title, snippet, session, tags, modalities, item.heads)


def checkin_line(checkin: CheckIn) -> str:
    """The answers of a check-in on one line: "Mood 6 · Calm 4"."""
    answers = [(slider.title, getattr(checkin, slider.name)) for slider in SLIDERS]
    parts = [f"{title} {value}" for title, value in answers if value is not None]
    return " · ".join([*parts, checkin.note] if checkin.note else parts)


def _one_line(text: str) -> str:
    return " ".join(text[: 3 * SNIPPET].split())[:SNIPPET]


def _order(row: Row) -> tuple[float, str]:
    return (row.when.at.timestamp() if row.when else float("-inf"), row.eid)
