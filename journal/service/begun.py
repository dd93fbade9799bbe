"""What a therapist began and did not bring to its end, by client: comments, replies, and comments in no reply yet."""

from __future__ import annotations

import msgspec

from journal.records import Comment, Received
from journal.service import JournalService


class Begun(msgspec.Struct, frozen=True):
    """What waits of one client. Ids: `comments` that were typed and not kept, the newest first; `replies` by the
    shares they answer, `made` those whose words are still kept here; `waiting`, comments that were kept and not sent.
    """

    comments: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


NOTHING = Begun()


def begun(service: JournalService) -> dict[str, Begun]:
    """Of each client of whom anything waits."""
    whose: dict[str, str] = {}
    kept: list[tuple[str, Comment]] = []
    for item in service.items():
        if isinstance(item.record, Received):
            whose[item.eid] = item.record.client
        elif isinstance(item.record, Comment) and item.record.sent is None:
            kept.append((item.eid, item.record))
    kept.sort(key=lambda pair: (pair[1].made.at, pair[0]), reverse=True)
    drafts = [(draft.eid, draft.record) for draft in service.drafts() if isinstance(draft.record, Comment)]
    typed = [(eid, one) for eid, one in drafts if one.text.strip()]
    replies = {received: service.unfinished_reply(received) for received in service.begun_replies()}
    found: dict[str, dict[str, list[str]]] = {}

    def add(received: str, name: str, eid: str) -> None:
        if received in whose:  # what is about a share that was removed waits for that to come back
            found.setdefault(whose[received], {}).setdefault(name, []).append(eid)

    for eid, one in typed:
        add(one.received, "comments", eid)
    for eid, one in kept:
        add(one.received, "waiting", eid)
    for received, reply in replies.items():
        if reply is not None:
            add(received, "made" if reply.made else "replies", received)
    return {client: Begun(**{name: tuple(eids) for name, eids in parts.items()}) for client, parts in found.items()}
