"""What a reply's page asks of the journal, on the vault thread."""

from __future__ import annotations

import msgspec

from journal.change import Change
from journal.errors import NotFound
from journal.records import Comment, SentReply
from journal.service import JournalService, ReplyDesk
from journal.share import WrittenReply
from journal.share.payload import decode
from ui.places import Place
from ui.review import contents


class Desk(msgspec.Struct, frozen=True):
    """What a reply can hold, and what the entries are called that its comments are about."""

    desk: ReplyDesk
    names: dict[int, str]


class Made(msgspec.Struct, frozen=True):
    """A reply that was written, and what that changed in the journal."""

    written: WrittenReply
    change: Change = Change(frozenset({"comment", "sent-reply"}))


def look(service: JournalService, *, place: Place) -> Desk:
    """For the share, or the sent reply, at this place. Raises `NotFound`."""
    eid = place.eid or ""
    item = service.find(eid)
    if item is None:
        raise NotFound("This share is no longer there.")
    if isinstance(item.record, SentReply):
        eid = item.record.received
    desk = service.reply_desk(eid)
    return Desk(desk, contents.names_of(decode(desk.received.entries.encode("ascii", "replace"))))


def write(service: JournalService, **told: object) -> Made:
    """As `write_reply`."""
    return Made(service.write_reply(**told))  # type: ignore[arg-type]


def unsaved(service: JournalService, *, received: str) -> str:
    """The comment on this share that was typed last and not kept, or ""."""
    drafts = (draft for draft in service.drafts() if isinstance(draft.record, Comment))
    return next((draft.eid for draft in drafts if draft.record.received == received), "")
