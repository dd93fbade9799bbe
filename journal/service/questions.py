"""What a person wants to ask, or to bring along: two lists, each with where its lines came from."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from journal.records import Moment, Question, Record, UnknownRecord, Whom, Writing
from journal.service.names import NAMES
from journal.service.results import Saved
from journal.service.views import DraftView, labels
from journal.store import Item, Items
from journal.store.covers import cover_of, question_line
from journal.store.lines import one_line

_NAME = 120  # characters of what an entry begins with


class Asking(msgspec.Struct, frozen=True):
    """A question, the entry it came from (its id, kind, name and time) and the name of its session.

    `text` is what is shown of it: what was covered since shows its cover.
    """

    eid: str
    question: Question
    entry: str | None = None
    kind: str = ""
    name: str = ""
    at: Moment | None = None
    session: str = ""
    text: str = ""


class ToBring(msgspec.Struct, frozen=True):
    """All questions: those still to be asked oldest first, those that were newest first, and lines not finished."""

    waiting: tuple[Asking, ...]
    asked: tuple[Asking, ...]
    drafts: tuple[DraftView, ...] = ()


def to_bring(items: Items) -> ToBring:
    """The lists, from entries."""
    names = labels(items)
    found = [
        _asking(items, item.eid, item.record, names)
        for item in items.of_kind("question")
        if isinstance(item.record, Question)
    ]
    waiting = sorted((one for one in found if one.question.asked is None), key=_made)
    asked = sorted((one for one in found if one.question.asked is not None), key=_asked, reverse=True)
    return ToBring(tuple(waiting), tuple(asked))


def name_of_entry(record: Writing) -> str:
    """What an entry is called in a list: its cover where it is covered, its title, or how it begins."""
    if record.covered:
        return record.cover
    if record.title:
        return record.title
    line = one_line(record.text)
    return line if len(line) <= _NAME else f"{line[:_NAME].rsplit(' ', 1)[0]}…"


def _asking(items: Items, eid: str, question: Question, names: dict[str, str]) -> Asking:
    session = names.get(question.session or "", "")
    entry: Item | None = items.find(question.entry)
    cover = cover_of(items, question)
    text = question_line(items, question) or (NAMES[cover.kind].capitalize() if cover is not None else "")
    if entry is None or not isinstance(entry.record, Writing):
        return Asking(eid, question, session=session, text=text)
    record = entry.record
    return Asking(eid, question, entry.eid, record.kind, name_of_entry(record), record.at, session, text)


def _made(one: Asking) -> tuple[float, str]:
    return one.question.made.at.timestamp(), one.eid


def _asked(one: Asking) -> tuple[float, str]:
    asked = one.question.asked
    return (asked.at.timestamp() if asked is not None else 0.0), one.eid


class Questions:
    """What the journal answers about questions."""

    _items: Items
    save: Callable[..., Saved]
    drafts: Callable[[], tuple[DraftView, ...]]

    def cover_of(self, record: Record | UnknownRecord | None) -> Writing | None:
        """The covered entry whose cover is all that is shown of a record until it is opened; None: it is shown."""
        return cover_of(self._items, record)

    def to_bring(self) -> ToBring:
        """All questions, and lines that were begun."""
        lines = tuple(one for one in self.drafts() if one.is_new and isinstance(one.record, Question))
        return msgspec.structs.replace(to_bring(self._items), drafts=lines)

    def bring(self, eid: str, made: Moment, words: str = "") -> Saved | None:
        """Put an entry (or `words` of it) on the list for therapy; None where that stands there already."""
        record = self._items.get(eid).record
        if not isinstance(record, Writing):
            return None
        text = ("" if record.covered else words.strip()) or name_of_entry(record).strip()
        text = text or NAMES[record.kind].capitalize()
        for one in to_bring(self._items).waiting:
            if one.question.entry == eid and one.question.text == text:
                return None
        question = Question(text=text, made=made, whom=Whom.THERAPY, session=record.session, entry=eid)
        return self.save(question)
