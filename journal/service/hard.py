"""What was hard: noted, covered, told to somebody, and looked at again when the person wanted to be asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

import msgspec

from journal.change import Change
from journal.clock import Clock, in_utc, later
from journal.errors import NotFound
from journal.records import HardMoment, Moment, Person, Provider, Question, Record, Whom, Writing
from journal.service.results import Saved
from journal.service.views import labels
from journal.store import Item, Items

TOMORROW, IN_A_WEEK, NOT = "tomorrow", "week", "no"
_DAYS = {TOMORROW: 1, IN_A_WEEK: 7}
_FROM = time(5)  # of the day one wants to be asked on


class HardView(msgspec.Struct, frozen=True, kw_only=True):
    """What the path needs to know. `item` is the note, where there is one; `entries` what may be covered, the newest
    first; `people` whom one could tell, by name."""

    item: Item | None
    label: str
    entries: tuple[Item, ...]
    people: tuple[str, ...]


def due_looks(items: Items, now: datetime) -> tuple[Item, ...]:
    """The hard moments that the person asked to be asked about again, and was not yet; the oldest wish first."""
    found = []
    for item in items.of_kind("hard"):
        record = item.record
        if not isinstance(record, HardMoment) or record.ask_again is None:
            continue
        ask, looked = in_utc(record.ask_again.at), record.looked
        if ask <= in_utc(now) and (looked is None or in_utc(looked.at) < ask):
            found.append((ask, item.eid, item))
    return tuple(item for _, _, item in sorted(found, key=lambda one: one[:2]))


def ask_moment(choice: str, now: datetime) -> Moment | None:
    """When to ask again: the morning of tomorrow or of the day in a week; None for "not unless I open it".

    A night belongs to the day before: tomorrow begins at five.
    """
    days = _DAYS.get(choice)
    return None if days is None else ask_on(later(now, timedelta(days=days, hours=-_FROM.hour)))


def ask_on(day: datetime) -> Moment:
    """From early on that day."""
    return Moment(datetime.combine(day.date(), _FROM, day.tzinfo))


class HardMoments:
    """The part of the service that knows of hard moments."""

    _items: Items
    clock: Clock
    amend: Callable[[str, Callable[[Record], Record]], Saved]

    def save(self, record: Record, eid: str | None = None) -> Saved:
        raise NotImplementedError

    def due_looks(self) -> tuple[Item, ...]:
        """What the person asked to be asked about again, by now."""
        return due_looks(self._items, self.clock.now())

    def hard_view(self, eid: str | None, session: str | None, entry: str | None) -> HardView:
        """What the path shows: of a note there is, or of a new one about a session or an entry."""
        item = self._items.find(eid)
        if item is not None and isinstance(item.record, HardMoment):
            session, entry = item.record.session, item.record.entry
        written = self._items.find(entry)
        if written is not None and isinstance(written.record, Writing):
            entries = [written]
            session = session or written.record.session
        else:
            mine = self._items.of_session(session) if session else ()
            kinds = ("experience", "integration", "intention")
            entries = [self._items.item(one) for one in mine if one.kind in kinds]
            entries.sort(key=_time, reverse=True)
        return HardView(
            item=item,
            label=labels(self._items).get(session or "", ""),
            entries=tuple(entries),
            people=self._people(),
        )

    def cover(self, eid: str, title: str = "") -> Saved:
        """Lists show this title in place of the entry, or nothing but its kind, until it is opened."""
        self._writing(eid)
        return self.amend(eid, partial(msgspec.structs.replace, covered=True, cover=title.strip()))

    def uncover(self, eid: str) -> Saved:
        """Lists show the entry as any other."""
        self._writing(eid)
        return self.amend(eid, partial(msgspec.structs.replace, covered=False, cover=""))

    def looked_again(self, eid: str, still: bool | None) -> Saved:
        """The person looked at it again, and said whether it still bothers them, or did not say."""
        item = self._items.get(eid)
        if not isinstance(item.record, HardMoment):
            raise NotFound
        looked = Moment(self.clock.now())
        return self.amend(eid, partial(msgspec.structs.replace, looked=looked, still=still))

    def bring_to_therapy(self, text: str, session: str | None, entry: str | None) -> Change:
        """Put it among what one wants to bring along. Suggested, and done only where the person says so."""
        made = Moment(self.clock.now())
        question = Question(text=text, made=made, whom=Whom.THERAPY, session=session, entry=entry)
        return self.save(question).change

    def _writing(self, eid: str) -> Writing:
        record = self._items.get(eid).record
        if not isinstance(record, Writing):
            raise NotFound
        return record

    def _people(self) -> tuple[str, ...]:
        found = [
            item.record.name.strip()
            for item in self._items.of_kind("person", "provider")
            if isinstance(item.record, Person | Provider)
        ]
        return tuple(sorted({name for name in found if name}, key=lambda name: (name.casefold(), name)))


def _time(item: Item) -> tuple[float, str]:
    when = item.record.when
    return (when.at.timestamp() if when else float("-inf"), item.eid)
