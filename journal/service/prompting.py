"""Questions to begin from, and templates: what ships with the program, as the person changed it, and their own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from journal.records import PromptSet, Template
from journal.store import Item, Items
from resources import read_text

ABOUT = ("intention", "experience", "integration", "page")


class Prompts(msgspec.Struct, frozen=True, kw_only=True):
    """A set of questions as it stands. `eid` is the entry that holds it, None for one that was never changed;
    `built_in` is the name of the set that ships with the program, or "". `from_days`: from so many days after a
    session on it comes first."""

    title: str
    about: str
    questions: tuple[str, ...]
    shown: bool
    eid: str | None = None
    built_in: str = ""
    from_days: float | None = None

    @property
    def changed(self) -> bool:
        """Whether it is a set of the program's that the person changed."""
        return bool(self.eid and self.built_in)


class _Shipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    title: str
    about: str
    shown: bool
    questions: tuple[str, ...]
    from_days: float | None = None


class Prompting:
    """The part of the service that knows them."""

    _items: Items

    def prompts(self) -> tuple[Prompts, ...]:
        """Every set: the program's in their order, then the person's own by title."""
        return sets_of(item for item in self._items.of_kind("prompts"))

    def templates(self, about: str = "") -> tuple[Item, ...]:
        """Templates for one kind of entry, or all, by title."""
        found = (
            item
            for item in self._items.of_kind("template")
            if isinstance(item.record, Template) and about in ("", item.record.about)
        )
        return tuple(sorted(found, key=_by_title))


def sets_of(items: Iterable[Item]) -> tuple[Prompts, ...]:
    """The sets that ship with the program, with the person's versions in their place, and their own."""
    kept = [(item.eid, item.record) for item in items if isinstance(item.record, PromptSet)]
    # Two computers may each hold a version of one: the same counts everywhere.
    replaced = {record.replaces: (eid, record) for eid, record in sorted(kept, key=_by_eid, reverse=True)}
    found = []
    for one in _shipped():
        eid, record = replaced.get(one.id, (None, None))
        found.append(
            Prompts(
                title=record.title if record else one.title,
                about=one.about,
                questions=record.questions if record else one.questions,
                shown=record.shown if record else one.shown,
                eid=eid,
                built_in=one.id,
                from_days=one.from_days,
            )
        )
    names = {one.id for one in _shipped()}
    own = [
        Prompts(title=record.title, about=record.about, questions=record.questions, shown=record.shown, eid=eid)
        for eid, record in kept
        if record.replaces not in names
    ]
    return (*found, *sorted(own, key=lambda one: (one.title.casefold(), one.eid or "")))


def fitting(sets: Iterable[Prompts], about: str, days: float | None) -> tuple[Prompts, ...]:
    """The sets that are shown beside an entry of this kind. `days` after its session: what is for that time first."""
    mine = [one for one in sets if one.about == about and one.shown and one.questions]
    if days is None:
        return tuple(mine)
    timed = [one for one in mine if one.from_days is not None and one.from_days <= days]
    first = max(timed, key=lambda one: one.from_days or 0.0, default=None)
    return tuple(sorted(mine, key=lambda one: one is not first))


@cache
def _shipped() -> tuple[_Shipped, ...]:
    return msgspec.json.decode(read_text("prompts", "en.json"), type=tuple[_Shipped, ...])


def _by_title(item: Item) -> tuple[str, str]:
    return (getattr(item.record, "title", "").casefold(), item.eid)


def _by_eid(pair: tuple[str, PromptSet]) -> str:
    return pair[0]
