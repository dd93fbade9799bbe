"""What a client's review is shown from: the client, what is begun of comments, and where in it one comes to."""

from __future__ import annotations

import msgspec

from journal.errors import NotFound
from journal.records import Comment, Received
from journal.service import JournalService
from journal.service.begun import NOTHING, Begun
from journal.service.begun import begun as all_begun
from journal.service.clients import ClientReview
from ui.places import Place


class ClientLoaded(msgspec.Struct, frozen=True):
    """What the page shows, what `waits` of this client, and where in it one comes to: a share, or a comment."""

    review: ClientReview
    drafts: dict[str, Comment]
    share: str = ""
    comment: Comment | None = None
    comment_eid: str = ""
    waits: Begun = NOTHING


def load(service: JournalService, *, place: Place) -> ClientLoaded:
    """Runs on the vault thread. Raises `NotFound` where the client is not here."""
    drafts = {draft.eid: draft.record for draft in service.drafts() if isinstance(draft.record, Comment)}
    eid, share, comment, begun = place.eid or "", "", None, place.eid or ""
    if place.kind == "comment":
        item = service.find(eid)
        found = drafts.get(eid) or (item.record if item is not None else None)
        comment = found if isinstance(found, Comment) else None
        eid = comment.received if comment is not None else ""
    if place.kind in ("comment", "received"):
        record = service.get(eid).record if service.find(eid) is not None else None
        share, eid = eid, record.client if isinstance(record, Received) else ""
    if service.find(eid) is None:
        raise NotFound("This client is not here.")
    waits = all_begun(service).get(eid, NOTHING)
    return ClientLoaded(service.review(eid), drafts, share, comment, begun, waits)
