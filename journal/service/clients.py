"""A therapist's clients: the shares they gave, what is new in them, and own comments beside them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import InvalidRecord, NotFound
from journal.records import Client, Comment, Moment, Received, Record, UnknownRecord
from journal.service.commits import Commits
from journal.service.resting import Rests
from journal.service.results import Saved, SavedMany
from journal.share import Payload
from journal.share.digest import Digest, counts_at, digest, new_places
from journal.share.payload import decode, encode
from journal.store import Item, Items


class ClientRow(msgspec.Struct, frozen=True):
    """A client in a list. `last` is the newest share; `unseen` of `shares` were not looked through yet.

    `talk` hard moments of the newest share the client wants to talk about. `comments` were written and not sent.
    `new` counts by kind what the newest share brought; nothing where it was looked through.
    """

    eid: str
    client: Client
    shares: int
    unseen: int
    last: Received | None = None
    talk: int = 0
    comments: int = 0
    new: dict[str, int] = {}


class Shared(msgspec.Struct, frozen=True):
    """A share of a client as it is kept, opened. `digest` tells what it brought beside those before it."""

    eid: str
    received: Received
    payload: Payload
    digest: Digest


class ClientReview(msgspec.Struct, frozen=True):
    """A client with all shares, the oldest first, and the comments on them by the share's entry here."""

    eid: str
    client: Client
    shares: tuple[Shared, ...]
    comments: dict[str, tuple[Item, ...]]


class TakenIn(msgspec.Struct, frozen=True):
    """A share that is kept now, or was already (`again`)."""

    eid: str
    saved: Saved | None
    again: Received | None = None

    @property
    def change(self) -> Change | None:
        """What it changed in the journal."""
        return self.saved.change if self.saved is not None else None


class Clients(Commits, Rests):
    """The part of the service for who reads shares of others."""

    _items: Items
    clock: Clock

    def save(self, record: Record, eid: str | None = None) -> Saved:
        raise NotImplementedError

    def save_many(self, records: Sequence[Record | tuple[str, Record | UnknownRecord]], label: str = "") -> SavedMany:
        raise NotImplementedError

    def clients(self) -> tuple[ClientRow, ...]:
        """All clients: those with shares that were not looked through first, then by name."""
        received = self._received()
        waiting = [item.record for item in self._items.of_kind("comment") if isinstance(item.record, Comment)]
        rows = []
        for item in self._items.of_kind("client"):
            if not isinstance(item.record, Client):
                continue
            mine = [(eid, one) for eid, one in received if one.client == item.eid]
            last = mine[-1][1] if mine else None
            eids = {eid for eid, _ in mine}
            rows.append(
                ClientRow(
                    item.eid,
                    item.record,
                    len(mine),
                    sum(one.seen is None for _, one in mine),
                    last,
                    sum(moment.talk for moment in _payload(last).hard) if last is not None else 0,
                    sum(one.received in eids and one.sent is None for one in waiting),
                    _brought([one for _, one in mine]),
                )
            )
        return tuple(sorted(rows, key=lambda row: (row.unseen == 0, row.client.name.casefold(), row.eid)))

    def take_in(self, payload: Payload, client: str, maker: str = "") -> TakenIn:
        """Keep a share that was opened as one of this client's. One that is here already is kept once.

        Raises `NotFound` if there is no such client, `InvalidRecord` for a share of over 4 MB of words.
        """
        if not isinstance(self._items.get(client).record, Client):
            raise NotFound("This client is no longer there.")
        if (kept := self.kept_share(payload.share)) is not None:
            return TakenIn(kept[0], None, kept[1])
        record = Received(
            client=client,
            share=payload.share,
            made=payload.made,
            received=Moment(self.clock.now()),
            entries=encode(payload).decode("ascii"),
            maker=maker,
        )
        saved = self.save(record)
        return TakenIn(saved.eid, saved)

    def kept_share(self, share: str) -> tuple[str, Received] | None:
        """The share with this id as it is kept here, and its entry; None where it is not."""
        return next(((eid, one) for eid, one in self._received() if one.share == share), None)

    def client_of(self, payload: Payload) -> str | None:
        """The client a share is probably of: who gave one in the same sender's name. Only a guess, to offer."""
        name = payload.sender.strip().casefold()
        if not name:
            return None
        for _, one in reversed(self._received()):
            if _payload(one).sender.strip().casefold() == name:
                return one.client
        for item in self._items.of_kind("client"):
            if isinstance(item.record, Client) and item.record.name.strip().casefold() == name:
                return item.eid
        return None

    def review(self, client: str) -> ClientReview:
        """A client with everything that is kept of them. Raises `NotFound`."""
        item = self._items.get(client)
        if not isinstance(item.record, Client):
            raise NotFound("This client is no longer there.")
        shares: list[Shared] = []
        earlier: list[Payload] = []
        for eid, one in self._received():
            if one.client == client:
                payload = _payload(one)
                shares.append(Shared(eid, one, payload, digest(payload, earlier)))
                earlier.append(payload)
        comments = {one.eid: self.comments(one.eid) for one in shares}
        return ClientReview(client, item.record, tuple(shares), comments)

    def mark_seen(self, received: str) -> Saved | None:
        """A share was looked through. None where it was before."""
        item = self._items.get(received)
        if not isinstance(item.record, Received) or item.record.seen is not None:
            return None
        seen = msgspec.structs.replace(item.record, seen=Moment(self.clock.now()))
        many = self.save_many([(received, seen)], "marking the share as looked through")
        return msgspec.structs.replace(many.saved[0], change=many.change)

    def comments(self, received: str) -> tuple[Item, ...]:
        """The comments on a share, in the order of what they are about."""
        found = [
            item
            for item in self._items.of_kind("comment")
            if isinstance(item.record, Comment) and item.record.received == received
        ]
        return tuple(sorted(found, key=_where))

    def comment(self, received: str, text: str, passage: tuple[int, str, int, int]) -> Saved:
        """Write a comment beside a passage (an entry's place, its field, from where to where; 0, 0 for the entry).

        Raises `NotFound` if that passage is not in the share, and `InvalidRecord` for a comment without words.
        """
        place, field, start, end = passage
        item = self._items.get(received)
        if not isinstance(item.record, Received):
            raise NotFound("This share is no longer there.")
        if not text.strip():
            raise InvalidRecord("A comment needs words.")
        entries = list(_payload(item.record).entries)
        words = getattr(entries[place], field, None) if 0 <= place < len(entries) and field else ""
        if not 0 <= place < len(entries) or not isinstance(words, str) or not 0 <= start <= end <= len(words):
            raise NotFound("This passage is not in the share.")
        return self.save(
            Comment(
                received=received,
                place=place,
                text=text,
                made=Moment(self.clock.now()),
                field=field,
                start=start,
                end=end,
                words=words[start:end],
            )
        )

    def remove_client(self, client: str) -> Change:
        """Take out a client with their shares and the comments on them, in one step of undo."""
        self.not_while_resting()
        shares = [eid for eid, one in self._received() if one.client == client]
        comments = [item.eid for eid in shares for item in self.comments(eid)]
        eids = (*comments, *shares, client)
        return self._take_out("removing the client", *eids)

    def _received(self) -> list[tuple[str, Received]]:
        """All shares of clients, the oldest first."""
        found = [
            (item.eid, item.record)
            for item in self._items.of_kind("received")
            if isinstance(item.record, Received)
        ]
        return sorted(found, key=lambda pair: (pair[1].made, pair[1].received.at, pair[0]))


def _payload(received: Received) -> Payload:
    return decode(received.entries.encode("ascii", "replace"))


def _brought(shares: list[Received]) -> dict[str, int]:
    """What the newest of these shares brought, unless it was looked through."""
    if not shares or shares[-1].seen is not None:
        return {}
    *earlier, last = (_payload(one) for one in shares)
    return counts_at(last, new_places(last, earlier))


def _where(item: Item) -> tuple[int, int, str]:
    record = item.record
    return (record.place, record.start, item.eid) if isinstance(record, Comment) else (0, 0, item.eid)
