"""A therapist's clients: the shares they gave, what is new in them, and own comments beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import InvalidRecord, NotFound, ShareError
from journal.ids import new_id
from journal.records import Client, Comment, Moment, Received, Record, SentReply, UnknownRecord
from journal.service.kept_share import unread
from journal.service.received_pictures import ReceivedPictures
from journal.service.resting import Rests
from journal.service.results import Saved, SavedMany
from journal.service.share_copies import Better, beside, surely_made
from journal.service.share_news import ShareNews
from journal.service.unfinished_reply import begun_beside
from journal.share import Payload
from journal.share.digest import Digest
from journal.share.payload import encode
from journal.store import Item, Items
from journal.vault import Draft, Vault


class ClientRow(msgspec.Struct, frozen=True):
    """A client in a list. `last` is the newest share; `unseen` of `shares` were not looked through yet.

    Of the shares that were not looked through: `talk` hard moments the client wants to talk about, each counted once,
    and `wish` where they wrote what they want to talk about. `comments` were written and not sent.
    `new` and `changed` count by kind what the newest share brought, and the texts of earlier shares that it has with
    other words; nothing where it was looked through. An older share that came
    in late, with nothing that was not here, is none of `unseen`. `unread`: the newest cannot be read here.
    """

    eid: str
    client: Client
    shares: int
    unseen: int
    last: Received | None = None
    talk: int = 0
    comments: int = 0
    new: dict[str, int] = {}
    unread: bool = False
    wish: bool = False
    changed: dict[str, int] = {}


class Shared(msgspec.Struct, frozen=True):
    """A share of a client as it is kept, opened. `digest` tells what it brought beside those that were here by then.

    `late`: the day the newest share was made that was here before this older one; None where there was no such.
    `pictures`: the entries of the files with its pictures; others, once another copy took its place.
    """

    eid: str
    received: Received
    payload: Payload
    digest: Digest
    late: date | None = None
    pictures: frozenset[str] = frozenset()

    @property
    def copy(self) -> tuple[str, str, frozenset[str]]:
        """What differs once another copy took its place, whose words are the same: who made it, and its pictures."""
        return (self.received.maker, self.received.address, self.pictures)

    def reads_as(self, other: Shared) -> bool:
        """Whether what is read of it is what is read of the other, a moment ago."""
        return (self.digest, self.copy) == (other.digest, other.copy)

    @property
    def unread(self) -> bool:
        """Whether it cannot be read here; `payload` holds nothing then."""
        return unread(self.payload)


class ClientReview(msgspec.Struct, frozen=True):
    """A client with all shares, the oldest first, and the comments on them by the share's entry here."""

    eid: str
    client: Client
    shares: tuple[Shared, ...]
    comments: dict[str, tuple[Item, ...]]


class KeptShare(msgspec.Struct, frozen=True):
    """A share as it is kept: its entry, its client's name. `same`: whether it says the same as the one at hand, in
    words and pictures, or that one is `better` and may take its place."""

    eid: str
    received: Received
    client: str
    same: bool
    better: Better = Better.NO


class TakenIn(msgspec.Struct, frozen=True):
    """A share that is kept now, or was already (`again`), or took the place of another copy (`instead`)."""

    eid: str
    saved: Saved | None
    again: Received | None = None
    instead: Received | None = None

    @property
    def change(self) -> Change | None:
        """What it changed in the journal."""
        return self.saved.change if self.saved is not None else None


class Clients(ReceivedPictures, Rests):
    """The part of the service for who reads shares of others."""

    _items: Items
    _vault: Vault
    _news: ShareNews
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
            new, changed = self._brought([one for _, one in mine])
            talk, wrote = self._to_talk([one for _, one in mine])
            rows.append(
                ClientRow(
                    item.eid,
                    item.record,
                    len(mine),
                    self._unseen([one for _, one in mine]),
                    last,
                    talk,
                    sum(one.received in eids and one.sent is None for one in waiting),
                    new,
                    unread=last is not None and self._news.unread(last),
                    wish=wrote,
                    changed=changed,
                )
            )
        return tuple(sorted(rows, key=lambda row: (row.unseen == 0, row.client.name.casefold(), row.eid)))

    def take_in(self, payload: Payload, client: str | Client, maker: str = "", address: str = "") -> TakenIn:
        """Keep a share that was opened, with its pictures, as one of this client's. One that is here is kept once.
        `maker` says who made it, and `address` (`Finding.address`) where a reply can go. A new client is added along
        with it, in one step of undo. A better copy of one that is here takes its place: whose it is, when it came
        and the comments stay, and where its pictures are others it was not looked through yet.

        Raises `NotFound` if there is no such client, `InvalidRecord` for a share of over 4 MB of words, `ShareError`
        where one with the same id and other words is kept, or other pictures, and it is not certain who made this or
        as certain of the kept one (`surely_made`): a comment names its share by the id, and would stand beside what
        it was not written about.
        """
        if isinstance(client, str) and not isinstance(self._items.get(client).record, Client):
            raise NotFound("This client is no longer there.")
        if (kept := self.kept_share(payload, address, maker)) is not None:
            if not kept.same:
                raise ShareError("A share that says something else is kept here under the same number.")
            if not kept.better:
                return TakenIn(kept.eid, None, kept.received)
            looked = self._kept_pictures(kept.eid) == payload.pictures
            seen = kept.received.seen if looked else None
            copy = msgspec.structs.replace(kept.received, maker=maker, address=address, seen=seen)
            return TakenIn(kept.eid, self._keep_instead(kept.eid, copy, payload), instead=kept.received)
        whose = client if isinstance(client, str) else new_id()
        record = Received(
            client=whose,
            share=payload.share,
            made=payload.made,
            received=Moment(self.clock.now()),
            entries=encode(payload).decode("ascii"),
            maker=maker,
            address=address,
        )
        beside = [(whose, client)] if isinstance(client, Client) else []
        if payload.pictures:
            saved = self._keep_with_pictures(record, payload, beside)
        else:
            many = self.save_many([*beside, (new_id(), record)], "keeping a share")
            saved = msgspec.structs.replace(many.saved[-1], change=many.change)
        return TakenIn(saved.eid, saved)

    def kept_share(self, payload: Payload, address: str = "", maker: str = "") -> KeptShare | None:
        """The share with the id of this one as it is kept here; None where it is not. `address`, `maker`: as in
        `take_in`."""
        for eid, one in self._received():
            if one.share == payload.share:
                client = self._items.get(one.client).record if self._items.find(one.client) is not None else None
                name = client.name if isinstance(client, Client) else ""
                if one.entries != encode(payload).decode("ascii"):
                    return KeptShare(eid, one, name, same=False)
                sure, same = surely_made(self._items, one, maker, address), address == one.address
                found = beside(payload.pictures, self._kept_pictures(eid), sure=sure, same_maker=same)
                return KeptShare(eid, one, name, *found)
        return None

    def newest_shares(self) -> dict[str, date]:
        """By client, the day the newest share that is kept was made."""
        return {one.client: one.made for _, one in self._received()}

    def client_of(self, payload: Payload) -> str | None:
        """The client a share is probably of: who gave one in the same sender's name. Only a guess, to offer."""
        name = payload.sender.strip().casefold()
        if not name:
            return None
        for _, one in reversed(self._received()):
            if self._payload(one).sender.strip().casefold() == name:
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
        mine = [(eid, one) for eid, one in self._received() if one.client == client]
        shares, files = [], self._picture_files()
        for number, (eid, one) in enumerate(mine):
            had = _here_before(one, [other for _, other in mine])
            late = max((other.made for other in had), default=one.made)
            found = self._news.digest(one, [other for _, other in mine[:number]], had)
            later = late if late > one.made else None
            shares.append(Shared(eid, one, self._payload(one), found, later, files.get(eid, frozenset())))
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
        entries = list(self._payload(item.record).entries)
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

    def remove_share(self, received: str) -> Change:
        """Take out a share, the comments on it, the replies to it and what is begun of both, in one step of undo.

        They quote what the share said. Raises `NotFound`.
        """
        self.not_while_resting()
        if not isinstance(self._items.get(received).record, Received):
            raise NotFound("This share is no longer there.")
        return self._take_out("removing the share", *self._with_shares([received]), beside=self._begun([received]))

    def remove_client(self, client: str) -> Change:
        """Take out a client with their shares, and the comments and replies to these, in one step of undo."""
        self.not_while_resting()
        shares = [eid for eid, one in self._received() if one.client == client]
        eids = (*self._with_shares(shares), client)
        return self._take_out("removing the client", *eids, beside=self._begun(shares))

    def _with_shares(self, shares: list[str]) -> tuple[str, ...]:
        """These shares, and what says of them what they said."""
        comments = [item.eid for eid in shares for item in self.comments(eid)]
        sent = [item.eid for item in self._items.of_kind("sent-reply") if _answers(item, shares)]
        return (*comments, *sent, *shares)

    def _begun(self, shares: list[str]) -> dict[str, tuple[Draft, ...]]:
        """What is begun about these and is no entry yet, by the share."""
        return {eid: tuple(begun_beside(self._vault, self._items, {eid})) for eid in shares}

    def _received(self) -> list[tuple[str, Received]]:
        """All shares of clients, the oldest first."""
        found = [
            (item.eid, item.record) for item in self._items.of_kind("received") if isinstance(item.record, Received)
        ]
        return sorted(found, key=lambda pair: (pair[1].made, pair[1].received.at, pair[0]))

    def _unseen(self, mine: list[Received]) -> int:
        """How many of these were not looked through and have something that was not here before."""
        waiting = [one for one in mine if one.seen is None]
        return sum(one is mine[-1] or self._news.brings(one, _here_before(one, mine)) for one in waiting)

    def _to_talk(self, mine: list[Received]) -> tuple[int, bool]:
        """Of those not looked through: how many hard moments are to be talked about, and whether words are."""
        oldest = next((place for place, one in enumerate(mine) if one.seen is None), len(mine))
        onward = mine[oldest:]  # a share is opened for this only where it may say it otherwise
        return self._news.to_talk(onward) if onward else (0, False)

    def _brought(self, mine: list[Received]) -> tuple[dict[str, int], dict[str, int]]:
        """What is new and what is changed in the newest of these shares, unless it was looked through."""
        if not mine or mine[-1].seen is not None:
            return {}, {}
        return self._news.counts(mine[-1], _here_before(mine[-1], mine))

    def _payload(self, received: Received) -> Payload:
        """A share, opened: a client's page asks for them after every change."""
        return self._news.payload(received)


def _answers(item: Item, shares: list[str]) -> bool:
    return isinstance(item.record, SentReply) and item.record.received in shares


def share_for_here(items: Items, eid: str, incoming: Received) -> Received:
    """A share out of a file of entries: who made it, and where a reply can go, is known to this journal alone."""
    item = items.find(eid)
    mine = item.record if item is not None and isinstance(item.record, Received) else None
    if mine is not None and mine.entries == incoming.entries:
        return msgspec.structs.replace(incoming, maker=mine.maker, address=mine.address)
    return msgspec.structs.replace(incoming, maker="", address="")


def _here_before(one: Received, mine: list[Received]) -> list[Received]:
    """Which of a client's shares, the oldest first, were here when this one was taken in."""
    by_time = sorted(mine, key=lambda other: other.received.at)  # at the same moment: the older one first
    had = by_time[: next(place for place, other in enumerate(by_time) if other is one)]
    here = {id(other) for other in had}
    return [other for other in mine if id(other) in here]


def _where(item: Item) -> tuple[int, int, str]:
    record = item.record
    return (record.place, record.start, item.eid) if isinstance(record, Comment) else (0, 0, item.eid)
