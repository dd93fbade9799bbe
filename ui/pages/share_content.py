"""What the share page asks the vault thread for."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from journal.records import Settings
from journal.service import JournalService, Known, Offered, SessionSummary, UnfinishedShare
from journal.share import Drawn, Payload, Selection
from journal.store import Item, Query, Row
from ui.models.share_tree import SHAREABLE


class Content(msgspec.Struct, frozen=True):
    """What can be ticked, and what the person kept ready for sharing."""

    sessions: tuple[SessionSummary, ...]
    rows: tuple[Row, ...]
    pictures: dict[str, tuple[Offered, ...]]
    settings: Settings
    unfinished: UnfinishedShare | None
    sets: tuple[Item, ...]
    contacts: tuple[Known, ...]


def preview(
    service: JournalService, *, selection: Selection, drawn: Mapping[str, Drawn] | None = None
) -> tuple[Payload, int]:
    """What would be seen, and how many files of what is ticked stay behind. `drawn`: its pictures, drawn anew."""
    return service.preview_share(selection, drawn), service.files_left_out(selection)


def share_name(payload: Payload, ending: str) -> str:
    """A name to offer for the file: its day, and letters of its id, by which two of a day differ, and no time."""
    return f"share-{payload.made.isoformat()}-{payload.share[:6]}.{ending}"


def content(service: JournalService) -> Content:
    """All of it."""
    rows = service.rows(Query(kinds=SHAREABLE))
    kept, contacts = service.share_sets(), service.contacts()
    pictures, unfinished = service.share_pictures(), service.unfinished_share()
    return Content(service.sessions(), rows, pictures, service.settings(), unfinished, kept, contacts)
