"""Whose a share is: the client it is probably of, what speaks against one, and moving one that was kept with another.

What a share says of its sender proves nothing, so a name alone chooses no client whose other shares were proved.
"""

from __future__ import annotations

import msgspec

from journal.errors import NotFound
from journal.ids import new_id
from journal.records import Client, Moment, Received
from journal.service import JournalService
from journal.service.results import SavedMany
from journal.share import Payload
from journal.share.made_by import unlike


class Whose(msgspec.Struct, frozen=True):
    """The client to offer: an entry, "" for a new one, None where the person has to say.

    `against`: by client, a sentence that this share is not proved as the others are.
    """

    guess: str | None
    against: dict[str, str] = {}


def whose(service: JournalService, payload: Payload, maker: str) -> Whose:
    """Whose a share probably is. `maker`: what is known of who made it, in a sentence."""
    clients = clients_of(service)
    name = payload.sender.strip().casefold()
    found = {eid for eid, called in clients.items() if name and called.strip().casefold() == name}
    if (before := service.client_of(payload)) is not None:
        found.add(before)
    makers: dict[str, list[str]] = {}
    for item in service.items():
        if isinstance(item.record, Received):
            makers.setdefault(item.record.client, []).append(item.record.maker)
    told = {eid: unlike(maker, makers.get(eid, ()), called) for eid, called in clients.items()}
    against = {eid: text for eid, text in told.items() if text}
    guess = next(iter(found), "") if len(found) < 2 else None
    return Whose(None if guess in against else guess, against)


def unproved(service: JournalService) -> frozenset[str]:
    """Clients whose newest share is not proved to be by who made others of theirs."""
    found: dict[str, list[Received]] = {}
    for item in service.items():
        if isinstance(item.record, Received):
            found.setdefault(item.record.client, []).append(item.record)
    newest = {client: max(mine, key=lambda one: (one.made, one.received.at)) for client, mine in found.items()}
    return frozenset(
        client for client, mine in found.items() if unlike(newest[client].maker, [one.maker for one in mine], "")
    )


def clients_of(service: JournalService) -> dict[str, str]:
    """All clients by their entry: their names, in the order of these."""
    found = [(item.eid, item.record.name) for item in service.items() if isinstance(item.record, Client)]
    return dict(sorted(found, key=lambda pair: (pair[1].casefold(), pair[0])))


def move_share(service: JournalService, received: str, client: str | None, called: str = "") -> SavedMany:
    """Have a kept share be another client's, or a new one's of this name; comments stay beside it. One step of undo.

    Raises `NotFound`.
    """
    record = service.get(received).record
    if not isinstance(record, Received):
        raise NotFound("This share is no longer there.")
    if client is not None and client not in clients_of(service):
        raise NotFound("This client is no longer there.")
    to = client or new_id()
    new = [(to, Client(name=called, added=Moment(service.clock.now())))] if client is None else []
    moved = msgspec.structs.replace(record, client=to)
    return service.save_many([*new, (received, moved)], "moving the share")
