"""Replies to one's own shares: who made one, which share and which entries it is about, and what is kept of it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from journal.change import Change
from journal.clock import Clock
from journal.errors import NotFound, ShareError
from journal.records import Contact, Moment, Record, Reply, ShareReceipt, UnknownRecord
from journal.service.contacts import Contacts
from journal.service.results import Saved
from journal.share import Finding, OpenedReply, ReplyComment, ReplyPayload, Seen, verify
from journal.share.card import tidy_name
from journal.share.redact import GAP
from journal.share.reply import KINDS, unpack_reply
from journal.share.who import Told, who_replied
from journal.store import Item, Items
from journal.vault import Vault

_UNKNOWN = (
    "The share it answers is not among those that this journal made. One that was made on another device is known "
    "here once that copy is merged."
)
_IMPORTED = (
    "That this journal made the share is only known from a file of entries that was imported, and such a file can "
    "say anything."
)
_OTHER_READER = "The share it answers was made for another address than the one this reply comes from."
_OTHER_ENTRIES = (
    "It was written about something else than that share held, so its comments stand beside no entry: somebody may "
    "have made another share with the same number."
)
_NOT_SAID = (
    "An earlier version of the program made this reply, or the share, and what the share held was not noted. Whether "
    "its comments are about these entries is not certain, so they stand beside none."
)
_OTHER = "A reply with this number is kept already, and it holds something else."


Kept = tuple[str, Reply, OpenedReply]  # its entry, as it is kept, and opened


class _Now(NamedTuple):
    """What replies are checked by: secrets by their addresses, contacts, the ledger by the ids of shares, and the
    replies that are kept."""

    own: dict[str, str]
    contacts: list[Contact]
    receipts: dict[str, Item]
    kept: list[tuple[str, Reply]]


class Stands(StrEnum):
    """How a comment stands to the entry it is about."""

    PASSAGE = "passage"  # its words stand in the entry
    ENTRY = "entry"  # it is about the whole entry, which is there
    CHANGED = "changed"  # the entry is there, its words no longer are
    SEVERAL = "several"  # its words stand there more than once, and not where they stood
    REMOVED = "removed"  # the entry was removed, and could be brought back
    GONE = "gone"  # the entry was removed for good
    NOT_IN_SHARE = "not in share"  # the share had no such entry at this place
    OTHER_ENTRIES = "other entries"  # it is not certain that it was written about what the share held
    UNKNOWN = "unknown"  # this journal does not know the share


class CheckedReply(msgspec.Struct, frozen=True):
    """What is known of a reply.

    `told` says it in sentences; `told.sure`: a contact whose words were compared made it, to a share of this journal
    that was not made for somebody else's address, or this journal made it itself; and it was written about what that
    share held (`fits`). `receipt` is the share's line in the ledger, None where there is none. `kept` is the entry of
    the same reply where it is kept already, else "".
    """

    finding: Finding
    told: Told
    receipt: Item | None = None
    kept: str = ""
    seen: Seen = Seen.NEW
    fits: bool = False


class CommentView(msgspec.Struct, frozen=True):
    """A comment of a reply. `eid` is the entry it is about, "" where none could be told; `at` where its words stand
    in that entry's `comment.field` now (start, end in code points), with `PASSAGE`."""

    comment: ReplyComment
    stands: Stands
    eid: str = ""
    at: tuple[int, int] | None = None


class ReplyView(msgspec.Struct, frozen=True):
    """A reply that is kept, checked as of now. `name` is who it is from, as far as that is known or said; `sure` as
    in `CheckedReply`."""

    eid: str
    record: Reply
    payload: ReplyPayload
    checked: CheckedReply
    comments: tuple[CommentView, ...]

    @property
    def sure(self) -> bool:
        return self.checked.told.sure

    @property
    def name(self) -> str:
        """The contact's name where that is certain, else the name as the sender typed it."""
        contact = self.checked.finding.contact
        return contact.name if contact is not None and self.checked.finding.proved else self.payload.sender

    @property
    def order(self) -> tuple[str, float, str]:
        return (self.payload.made.isoformat(), self.record.received.at.timestamp(), self.eid)


class Beside(msgspec.Struct, frozen=True):
    """What stands beside an entry: comments of one reply on it."""

    reply: ReplyView
    comments: tuple[CommentView, ...]


class ReplyTakenIn(msgspec.Struct, frozen=True):
    """A reply that is kept now, or was already (`saved` None)."""

    eid: str
    saved: Saved | None

    @property
    def change(self) -> Change | None:
        """What it changed in the journal."""
        return self.saved.change if self.saved is not None else None


class Replies(Contacts):
    """The part of the service for replies to one's own shares."""

    _items: Items
    _vault: Vault
    clock: Clock

    def check_reply(self, opened: OpenedReply) -> CheckedReply:
        """Who made a reply that was opened, and what it answers, as far as this journal knows."""
        return self._checked(opened, self._now())

    def take_in_reply(self, opened: OpenedReply) -> ReplyTakenIn:
        """Keep a reply. The same one is kept once; whatever is wrong with it is shown, and hinders nothing."""
        checked = self.check_reply(opened)
        if checked.kept:
            return ReplyTakenIn(checked.kept, None)
        record = Reply(
            reply=opened.reply,
            share=opened.share,
            received=Moment(self.clock.now()),
            body=opened.contents.decode(),
            maker=checked.told.text,
            known=checked.told.sure and not checked.finding.own,
        )
        saved = self.save(record)
        return ReplyTakenIn(saved.eid, saved)

    def replies(self) -> tuple[ReplyView, ...]:
        """All that are kept, the newest first; one that two copies of the journal took in stands there once."""
        now = self._now()
        views = [self._view(one, now) for one in _once(now.kept)]
        return tuple(sorted(views, key=lambda view: view.order, reverse=True))

    def reply(self, eid: str) -> ReplyView:
        """One that is kept. Raises `NotFound`, and `ShareError` for one that a later version wrote."""
        record = self._items.get(eid).record
        if not isinstance(record, Reply):
            raise NotFound("This reply is no longer there.")
        return self._view((eid, record, unpack_reply(record.body.encode())), self._now())

    def replies_beside(self, eid: str) -> tuple[Beside, ...]:
        """What stands beside an entry: the replies that comment on it, the oldest first, each with its comments on it
        in the order of the reply."""
        if not self._kept_replies():
            return ()
        now, found = self._now(), []
        shares = now.receipts.items()
        places = {(share, place) for share, item in shares for place, one in enumerate(_eids(item)) if one == eid}
        for kept in _once(now.kept):
            if any((kept[2].share, comment.place) in places for comment in kept[2].payload.comments):
                view = self._view(kept, now)
                mine = tuple(comment for comment in view.comments if comment.eid == eid)
                if mine:
                    found.append(Beside(view, mine))
        return tuple(sorted(found, key=lambda one: one.reply.order))

    def mark_reply_seen(self, eid: str) -> Saved | None:
        """A reply was read. None where it was before. No step of undo."""
        record = self._items.get(eid).record
        if not isinstance(record, Reply) or record.seen is not None:
            return None
        return self._save_quietly(eid, msgspec.structs.replace(record, seen=Moment(self.clock.now())))

    def remove_reply(self, eid: str) -> Change:
        """Take a reply out, in one step of undo. Raises `NotFound`, `Resting`."""
        self.not_while_resting()
        record = self._items.get(eid).record
        if not isinstance(record, Reply):
            raise NotFound("This reply is no longer there.")
        alike = [one for one, other in self._kept_replies() if other.body == record.body]
        return self._take_out("removing the reply", *alike)

    # -- what it is about ----------------------------------------------------------------------------------------

    def _view(self, one: Kept, now: _Now) -> ReplyView:
        eid, record, opened = one
        checked = self._checked(opened, now)
        eids = _eids(checked.receipt) if checked.receipt is not None else None
        return ReplyView(
            eid,
            record,
            opened.payload,
            checked,
            tuple(self._stands(comment, eids, checked.fits) for comment in opened.payload.comments),
        )

    def _stands(self, comment: ReplyComment, eids: tuple[str, ...] | None, fits: bool) -> CommentView:
        if eids is None:
            return CommentView(comment, Stands.UNKNOWN)
        if not fits:
            return CommentView(comment, Stands.OTHER_ENTRIES)
        if comment.place >= len(eids):
            return CommentView(comment, Stands.NOT_IN_SHARE)
        eid = eids[comment.place]
        item = self._items.find(eid)
        if item is None:
            gone = eid in self._vault.purged_eids()
            return CommentView(comment, Stands.GONE if gone else Stands.REMOVED, eid)
        if _counted(item.record) != comment.kind:
            return CommentView(comment, Stands.NOT_IN_SHARE)
        if not comment.words:
            return CommentView(comment, Stands.ENTRY, eid)
        text = getattr(item.record, comment.field, None)
        stands, at = where(comment, text if isinstance(text, str) else "")
        return CommentView(comment, stands, eid, at)

    def _checked(self, opened: OpenedReply, now: _Now) -> CheckedReply:
        finding = verify(opened.share, opened.proof, now.own, now.contacts, opened.reply)
        told, sure = who_replied(finding)
        receipt = now.receipts.get(opened.share)
        if receipt is None:
            told, sure = f"{told} {_UNKNOWN}", False
        elif finding.address and not _sent_to(receipt.record, finding.address):
            told, sure = f"{told} {_OTHER_READER}", False
        if receipt is not None and _imported(receipt):
            told, sure = f"{told} {_IMPORTED}", False
        doubt = _doubt(opened.payload, receipt.record) if receipt is not None else ""
        if doubt:
            told, sure = f"{told} {doubt}", False
        if name := _borrowed(opened, finding, now.contacts):
            known = f"It calls itself “{name}”, and was not made with the card you have of {name}."
            told = f"{told} {known}" if finding.contact is not None else f"{known} {told}"
        body = opened.contents.decode()
        mine = [(eid, record.body == body) for eid, record in now.kept if record.reply == opened.reply]
        same = [eid for eid, alike in mine if alike]
        others = len(same) < len(mine)
        if others and not sure:  # what is proved stays certain, whatever is made up beside it
            told = f"{told} {_OTHER}"
        seen = Seen.OTHER if others else Seen.AGAIN if same else Seen.NEW
        fits = receipt is not None and not doubt
        return CheckedReply(finding, Told(told, sure), receipt, min(same, default=""), seen, fits)

    def _now(self) -> _Now:
        receipts: dict[str, Item] = {}
        for item in sorted(self._items.of_kind("receipt"), key=lambda item: (_imported(item), item.eid)):
            if isinstance(item.record, ShareReceipt):
                receipts.setdefault(item.record.share, item)
        own = {one.recipient: one.secret for one in self._identities()}
        return _Now(own, [one.contact for one in self.contacts()], receipts, self._kept_replies())

    def _kept_replies(self) -> list[tuple[str, Reply]]:
        found = [(item.eid, item.record) for item in self._items.of_kind("reply") if isinstance(item.record, Reply)]
        return sorted(found, key=lambda pair: pair[0])


def _doubt(payload: ReplyPayload, receipt: Record | UnknownRecord) -> str:
    """Why it is not certain that a reply was written about what the share of this line of the ledger held, or ""."""
    held = receipt.entries_sha256 if isinstance(receipt, ShareReceipt) else ""
    if not held or not payload.entries_sha256:
        return _NOT_SAID
    return "" if held == payload.entries_sha256 else _OTHER_ENTRIES


def _borrowed(opened: OpenedReply, finding: Finding, contacts: Sequence[Contact]) -> str:
    """The name of a contact that a reply gives as its own and that it was made with another card than theirs, or
    "". Where nothing proves who made it, nothing is known of a card."""
    name = tidy_name(opened.payload.sender).casefold()
    same = [contact for contact in contacts if tidy_name(contact.name).casefold() == name]
    if not finding.proved or finding.own or not same or any(contact.recipient == finding.address for contact in same):
        return ""
    return same[0].name


def _once(kept: Sequence[tuple[str, Reply]]) -> list[Kept]:
    """Each that is kept, once, and that this version can read; one of which a copy was read is read."""
    met: dict[str, tuple[str, Reply]] = {}
    for eid, record in kept:
        first = met.setdefault(record.body, (eid, record))
        if first[1].seen is None and record.seen is not None:
            met[record.body] = (first[0], msgspec.structs.replace(first[1], seen=record.seen))
    found = []
    for eid, record in met.values():
        with contextlib.suppress(ShareError):  # a later version wrote it
            found.append((eid, record, unpack_reply(record.body.encode())))
    return found


def where(comment: ReplyComment, text: str) -> tuple[Stands, tuple[int, int] | None]:
    """Where the words of a comment stand in a text. What was hidden in the share stands in them as a gap, over which
    anything may lie: then each piece between gaps must stand in the text once, for one that stands twice could pull
    the passage over words it was not about."""
    words = comment.words
    if text[comment.start : comment.end] == words:
        return Stands.PASSAGE, (comment.start, comment.end)
    first = text.find(words)
    if first >= 0:
        if text.find(words, first + 1) >= 0:
            return Stands.SEVERAL, None
        return Stands.PASSAGE, (first, first + len(words))
    pieces = [piece for piece in words.split(GAP) if piece.strip()] if GAP in words else []
    spans = [(text.find(piece), text.rfind(piece), len(piece)) for piece in pieces]
    ends = [0, *(first + long for first, _, long in spans)]
    if not spans or any(first < 0 for first, _, _ in spans):
        return Stands.CHANGED, None
    if any(first != last for first, last, _ in spans):
        return Stands.SEVERAL, None
    if any(first < end for (first, _, _), end in zip(spans, ends, strict=False)):
        return Stands.CHANGED, None  # in another order
    return Stands.PASSAGE, (spans[0][0], ends[-1])


def told_reply(record: Reply) -> tuple[str, ...]:
    """What a reply says, a line for each comment; nothing where a later version wrote it."""
    try:
        payload = unpack_reply(record.body.encode()).payload
    except ShareError:
        return ()
    lines = [f"from {payload.sender or 'nobody named'}, made {payload.made.isoformat()}, to the share of "
             f"{payload.shared.isoformat()}"]
    lines += [payload.text] if payload.text.strip() else []
    for comment in payload.comments:
        about = f"“{comment.words}”" if comment.words else "the whole entry"
        lines.append(f"{KINDS[comment.kind]}, entry {comment.place + 1}, about {about}: {comment.text}")
    return tuple(lines)


def _counted(record: Record | UnknownRecord) -> str:
    """What an entry is counted as in a share."""
    return "scale" if record.kind == "total" else record.kind


def _eids(receipt: Item) -> tuple[str, ...]:
    """The entries of a share, in the order of their places in it."""
    return receipt.record.eids if isinstance(receipt.record, ShareReceipt) else ()


def _imported(receipt: Item) -> bool:
    """Whether a line of the ledger came out of a file of entries."""
    return isinstance(receipt.record, ShareReceipt) and receipt.record.imported


def _sent_to(record: Record | UnknownRecord, address: str) -> bool:
    """Whether a share went to an address; one that was closed with words may have gone to anybody."""
    return isinstance(record, ShareReceipt) and (not record.recipient or address in record.recipient.split(", "))


def reply_for_here(items: Items, eid: str, incoming: Reply) -> Reply:
    """A reply out of a file: what was found out about its maker is known to this journal alone."""
    item = items.find(eid)
    if item is not None and isinstance(item.record, Reply) and item.record.body == incoming.body:
        return msgspec.structs.replace(incoming, maker=item.record.maker, known=item.record.known)
    return msgspec.structs.replace(incoming, maker="", known=False)
