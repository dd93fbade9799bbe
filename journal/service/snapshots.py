"""What goes on behind an open journal: looking at every row, and keeping a snapshot so that it opens quickly.

Both go on in small steps on the vault thread, so that whatever the person does comes in between. A snapshot is a
cache: without one, all rows are read, and every answer is the same.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from journal.change import Change
from journal.errors import DamagedJournal, JournalBusy, JournalError
from journal.store import Base, BaseIndex, Entry, IndexMaker, Items, Looking, SearchIndex
from journal.store.base import LINES, columns_of, in_order, lines_of
from journal.store.base_index import PLACES
from journal.store.words import fold, searchable_in
from journal.vault import Report, Vault
from journal.vault.snapshot import NoSnapshot, SnapshotWriter

STEP = 0.02  # seconds that a step may hold up what the person does
_FEW, _PART = 500, 20  # so many changed entries, or such a part of all: the snapshot is made anew
_TEXTS = 32  # that are indexed between two looks at the clock


class Behind(msgspec.Struct, frozen=True):
    """How far it is. `report` is there once, where damage was found that opening had not seen: then everything that
    is shown has to be looked at again."""

    more: bool
    report: Report | None = None
    change: Change = Change()


class Snapshots:
    """The part of the service that goes on behind."""

    _items: Items
    _vault: Vault
    _search: SearchIndex | Looking | None
    _under: Base | None = None
    _making: _Making | None = None
    _told: Report | None = None
    _gave_up = False  # one could not be made: it is not tried again before the journal is opened again

    def _take_up(self) -> None:
        raise NotImplementedError

    def go_on(self, seconds: float | None = STEP) -> Behind:
        """One step (None: all there is to do). To be called until there is no more, and again once in a while."""
        if not self._vault.checked:
            self._look(seconds)
            if seconds is not None:
                return self._behind(more=True)
        if self._making is None and self._wants_new():
            self._begin_making()
        if self._making is not None:
            return self._behind(more=not self._make(seconds))
        return self._behind(more=False)

    def look_at_all(self) -> None:
        """Before all entries are gone through: look at every row to the end, if that was not done yet."""
        if not self._vault.checked:
            self._look(None)

    def _behind(self, *, more: bool) -> Behind:
        report, told = self._vault.report, self._told
        self._told = report
        if told is None or told is report or not report.damage or told.damage == report.damage:
            return Behind(more)
        return Behind(more, report, Change(everything=True))

    def _look(self, seconds: float | None) -> None:
        before = self._vault.report
        self._told = self._told or before
        try:
            self._vault.check_some(seconds)
        except JournalBusy:  # another window is saving: later, unless it is wanted now
            if seconds is None:
                raise
        if self._vault.report is not before:
            self._stop_making()
            self._take_up()

    # -- beginning -----------------------------------------------------------------------------------------------

    def _begin_items(self) -> Items:
        """The entries, by the snapshot that the vault was opened by, or from all its rows."""
        self._under = None
        if self._vault.snapshot is not None:
            try:
                self._under = Base(self._vault.snapshot, self._again)
                return Items(self._vault.newer, base=self._under, source=self._vault)
            except (NoSnapshot, JournalError):
                self._under = None
                self._vault.forget_snapshot()
        return Items(self._vault.revisions())

    def _again(self, eid: str) -> Entry | None:
        return Items(self._vault.revisions_of(eid)).entry(eid)

    # -- searching -----------------------------------------------------------------------------------------------

    def _index(self) -> SearchIndex | Looking:
        if self._search is None and self._under is None and (self._making is not None or self._wants_new()):
            self._search = Looking(self._items)  # until the index that is being made is there
        if self._search is None:
            base = self._base_index()  # first: it may be found torn, and then the entries are others
            self._search = SearchIndex(self._items, base)
        return self._search

    def _base_index(self) -> BaseIndex | None:
        if self._under is None:
            return None
        if self._vault.snapshot is None:
            self._snapshot_was_torn()
            return None
        return BaseIndex(self._vault.snapshot, self._under, self._text_at)

    def _snapshot_was_torn(self) -> None:
        """It is gone, or does not open any more: what it was made of is all still there."""
        self._stop_making()
        self._vault.forget_snapshot()
        self._take_up()

    def _text_at(self, place: int) -> str:
        assert self._under is not None
        if self._items.hides(place):
            return ""
        entry = self._under.entry(place)
        with contextlib.suppress(DamagedJournal):  # the check behind is about to name it
            return fold(searchable_in(entry.kind, self._items.body(entry)))
        return ""

    def _close_search(self) -> None:
        if self._search is not None:
            self._search.close()
            self._search = None

    # -- making one ----------------------------------------------------------------------------------------------

    def _wants_new(self) -> bool:
        if self._gave_up or not self._vault.wants_snapshot():
            return False
        if self._under is None or self._vault.snapshot is None:
            return True
        return self._items.changed > max(_FEW, len(self._under) // _PART)

    def _begin_making(self) -> None:
        writer = None
        with contextlib.suppress(JournalError):
            writer = self._vault.begin_snapshot()
        if writer is None:
            self._gave_up = True
        else:
            self._making = _Making(self._items, writer)

    def _make(self, seconds: float | None) -> bool:
        """Go on making; whether it is done, or given up."""
        assert self._making is not None
        try:
            if not self._making.go_on(seconds):
                return False
            snapshot = self._vault.finish_snapshot(self._making.writer)
            base = Base(snapshot, self._again)
        except (OSError, ValueError, JournalError, NoSnapshot):
            self._stop_making()
            self._gave_up = True
            self._close_search()
            if self._vault.snapshot is None:  # else the one before is still as good
                self._vault.forget_snapshot()
            return True
        self._under = base
        self._items.settle(base, self._vault, self._making.since)
        self._making = None
        self._close_search()
        return True

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.writer.drop()
            self._making = None

    def _changed_since(self, eids: Iterable[str]) -> None:
        if self._making is not None:
            self._making.since.update(eids)


class _Making:
    """A snapshot being made, of the entries as they were when it was begun."""

    def __init__(self, items: Items, writer: SnapshotWriter) -> None:
        self.writer, self.since = writer, set[str]()
        self._items = items
        self._steps = self._run()

    def go_on(self, seconds: float | None) -> bool:
        """Whether all of it is written. Raises `OSError`, `JournalError`."""
        until = None if seconds is None else time.monotonic() + seconds
        return all(until is None or time.monotonic() < until for _ in self._steps)

    def _run(self) -> Iterator[None]:
        entries = in_order(self._items.all_entries())
        yield
        self.writer.add("columns", columns_of(entries))
        yield
        for start in range(0, len(entries), LINES):
            self.writer.add("lines", lines_of(entries[start : start + LINES]))
            yield
        for number, first in enumerate(range(0, len(entries), PLACES)):
            yield from self._segment(number, first, entries[first : first + PLACES])

    def _segment(self, number: int, first: int, entries: Sequence[Entry]) -> Iterator[None]:
        index = IndexMaker()
        try:
            for start in range(0, len(entries), _TEXTS):
                some = enumerate(entries[start : start + _TEXTS], first + start)
                texts = ((place, self._text(entry)) for place, entry in some)
                index.add([(place, text) for place, text in texts if text])
                yield
            made, terms = index.finish()
        finally:
            index.close()
        self.writer.add_long(f"index {number}", made)
        self.writer.add_long(f"terms {number}", terms)
        yield

    def _text(self, entry: Entry) -> str:
        return fold(searchable_in(entry.kind, self._items.body(entry))) if entry.listed else ""


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Without Python looking through all that was read so far, again and again, for what could be let go."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
