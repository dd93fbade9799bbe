"""What the hard path begins with, and what it holds on to until it is kept."""

from __future__ import annotations

from typing import Any

import msgspec

from journal.records import HardMoment
from journal.service import JournalService
from journal.service.hard import HardView
from journal.store import Item
from ui.places import Place
from ui.sealing import begun_from


class Looked(msgspec.Struct, frozen=True):
    """What the path begins with; `record` with what was not saved yet, `due`: the person wanted to be asked."""

    view: HardView
    record: HardMoment | None
    due: bool
    read_only: bool
    over: str = ""  # the version that the record began from


class Kept(msgspec.Struct, frozen=True):
    """Where the path stood, and what was noted, when it was asked to be kept."""

    place: Place
    looked: Looked | None
    record: HardMoment
    about: str | None
    steps: tuple[str, ...]
    step: str
    over: str  # the version it was noted over


def look(service: JournalService, *, eid: str, session: str | None, entry: str | None) -> Looked:
    view = service.hard_view(eid, session, entry)
    draft = service.draft(eid)
    found: Item | Any = draft or view.item
    record = found.record if found is not None and isinstance(found.record, HardMoment) else None
    due = any(item.eid == eid for item in service.due_looks())
    return Looked(view, record, due, service.read_only, begun_from(view.item, draft))
