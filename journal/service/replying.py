"""A therapist's reply: comments on one share of a client, sealed for them, and what was sent noted with it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

import msgspec

from journal.change import Change
from journal.errors import InvalidRecord, JournalError, NotFound, ReadOnlyJournal, ShareError
from journal.ids import new_id
from journal.records import Client, Comment, Moment, Received, Record, SentReply
from journal.service.carrying import Turning, as_it_stands
from journal.service.clients import Clients
from journal.service.commits import revision_of, turn_of
from journal.service.contacts import Contacts, Known
from journal.service.standing import said
from journal.service.undo import Before, Deed, Turn
from journal.service.unfinished_reply import UnfinishedReplies, UnfinishedReply
from journal.share import ReplyComment, ReplyPayload, WrittenReply, comment_on, write_reply
from journal.share.container import REPLY
from journal.share.payload import decode, sha256_of
from journal.share.reply import FORMAT, MAX_COMMENTS, decode_reply, encode_reply
from journal.share.who import compared
from journal.store import Item
from journal.vault import NewRevision

_READING_ONLY = "This journal is open for reading only, so a reply could not be noted in it. Nothing was written."
_CHANGED = "The comments were changed meanwhile. Look at the reply again."
_NOTHING = "Nothing is chosen and nothing written yet, so there is nothing to send."
_WORDS = (
    "No address of theirs is known here. The reply is closed with words, which are told by another way; it proves "
    "nothing of who made it."
)
_NOT_THEIRS = "Nothing proves that this share is theirs: somebody else may have made it in their name."
_STRANGER = "For the address that made the share. It is not among your contacts; whose it is, is not known here."


class ReplyTo(msgspec.Struct, frozen=True):
    """Where a reply can go. `address` is "" where none is known: then it is closed with words.

    `contact` has that address, if anybody is kept with it. `differs`: the share was made with another one than the
    contact's. `told` says it in a sentence or two.
    """

    name: str
    address: str = ""
    contact: Known | None = None
    differs: bool = False
    told: str = _WORDS


class ReplyDesk(msgspec.Struct, frozen=True):
    """What a reply to a share can hold.

    `waiting` are the kept comments that were not sent, in the order of what they are about; `unsaved` counts what is
    typed beside this share and not kept yet, which does not go along. `sender` is the name that is offered. `sent`
    are the replies (`SentReply`) to this share that were written, newest first.
    """

    eid: str
    received: Received
    to: ReplyTo
    sender: str
    waiting: tuple[Item, ...]
    unsaved: int
    sent: tuple[Item, ...]
    unfinished: UnfinishedReply | None


class ReplyChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What is to go into a reply to the share whose entry here is `received`: `comments` by their ids, and `text`, to
    all of it. `sender` and `to` are names as typed."""

    received: str
    comments: tuple[str, ...] = ()
    text: str = ""
    sender: str = ""
    to: str = ""


class Replying(Clients, Contacts, UnfinishedReplies):
    """The part of the service that answers shares of others."""

    def reply_desk(self, received: str) -> ReplyDesk:
        """What a reply to this share can hold, and where it can go. Raises `NotFound`."""
        share = self._share_here(received)
        unfinished = self.unfinished_reply(received)  # first: it may note what was sent
        comments = self.comments(received)
        typed = [self._unsaved(draft.key) for draft in self._vault.drafts() if draft.kind == "comment"]
        return ReplyDesk(
            eid=received,
            received=share,
            to=self._reply_to(share),
            sender=self.settings().name,
            waiting=tuple(item for item in comments if isinstance(item.record, Comment) and not item.record.sent),
            unsaved=sum(isinstance(one, Comment) and one.received == received for one in typed),
            sent=self.sent_replies(received),
            unfinished=unfinished,
        )

    def sent_replies(self, received: str | None = None) -> tuple[Item, ...]:
        """The replies that were written (to this share), newest first; `body` decodes with `reply.decode_reply`."""
        found = [
            item
            for item in self._items.of_kind("sent-reply")
            if isinstance(item.record, SentReply) and received in (None, item.record.received)
        ]
        return tuple(sorted(found, key=_sent, reverse=True))

    def preview_reply(self, choice: ReplyChoice) -> ReplyPayload:
        """Exactly what a reply of this choice would hold.

        Raises `NotFound` for a share or a comment that is gone, and `ShareError` for a comment that was sent already,
        and where there is nothing to send.
        """
        shared = decode(self._share_here(choice.received).entries.encode("ascii", "replace"))
        found = []
        for item in self.comments(choice.received):
            record = item.record
            if item.eid not in choice.comments or not isinstance(record, Comment):
                continue
            if record.sent is not None:
                raise ShareError("One of these comments was sent already. Look at the reply again.")
            passage = (record.place, record.field, record.start, record.end)
            try:
                found.append(comment_on(shared, record.text, passage))
            except InvalidRecord:
                raise ShareError("A comment is about a passage that is not in the share. Leave it out.") from None
        if len(found) > MAX_COMMENTS:
            raise ShareError(REPLY.too_much)
        if len(found) != len(set(choice.comments)):
            raise NotFound("A comment is no longer there. Look at the reply again.")
        if not found and not choice.text.strip():
            raise ShareError(_NOTHING)
        return ReplyPayload(
            format=FORMAT,
            reply=new_id(),
            share=shared.share,
            shared=shared.made,
            made=self.clock.now().date(),
            sender=choice.sender.strip(),
            to=choice.to.strip(),
            text=choice.text,
            comments=tuple(found),
            entries_sha256=sha256_of(shared),
        )

    def write_reply(
        self,
        choice: ReplyChoice,
        path: Path,
        *,
        payload: ReplyPayload,
        recipient: str = "",
        passphrase: str | None = None,
        unfinished: UnfinishedReply | None = None,
    ) -> WrittenReply:
        """Write the reply that was shown (`payload`, of `preview_reply`), read it back, and note in one commit that
        it was written and that its comments were sent. Where that fails, there is no file, and none counts as sent.

        To the address `recipient` it proves who made it, to them alone; with a passphrase it proves nothing. With
        `unfinished` the words are kept in it, sealed, before there is a file they open, until `drop_reply`. What was
        sent is no step of undo; `mark_not_sent` takes the note back. Errors as `share.write_share` and
        `preview_reply`, and `ReadOnlyJournal`, `Resting`.
        """
        if self._vault.read_only:
            raise ReadOnlyJournal(_READING_ONLY)
        self.not_while_resting()
        now = self.preview_reply(choice)
        if msgspec.structs.replace(now, reply=payload.reply, made=payload.made) != payload:
            raise ShareError(_CHANGED)
        at = Moment(self.clock.now())
        note = SentReply(  # whatever can fail about it fails before there is a file
            reply=payload.reply,
            received=choice.received,
            sent=at,
            body=encode_reply(payload).decode("ascii"),
            to=payload.to,
            how="recipient" if recipient else "passphrase",
            recipient=recipient,
            proved=bool(recipient),
            eids=tuple(item.eid for item in self.comments(choice.received) if item.eid in choice.comments),
        )
        author = self._author(prove=True, sign=False) if recipient else None
        own = next((one.secret for one in self._identities() if one.recipient == recipient), None)
        if unfinished is not None and not os.path.lexists(path):  # a file that is there is another, and stays
            self._keep_reply_words(unfinished, path, passphrase or "", note)
        try:
            written = write_reply(
                path, payload, recipient=recipient, passphrase=passphrase, identity=own, author=author
            )
        except BaseException:
            if unfinished is not None:  # no file of another that comes to be there is taken for this reply
                with contextlib.suppress(JournalError):
                    self.keep_reply(unfinished.begun())
            raise
        eid = new_id()
        try:
            self._note_sent(note, eid)
        except BaseException:
            if self._items.find(eid) is None:  # it may be in the file all the same, and then the reply is there, too
                with contextlib.suppress(OSError):
                    path.unlink()
            raise
        return written

    def _note_sent(self, note: SentReply, eid: str) -> None:
        """Note in one commit that a reply was written, as the entry `eid`, and that its comments were sent."""
        said = frozenset(_said(one) for one in decode_reply(note.body.encode()).comments)
        there = [one for one in note.eids if self._items.find(one) is not None]
        self._at_once([(one, partial(_as_sent, said=said, note=note)) for one in there], [(eid, note)])
        self._undo.forget(frozenset(note.eids))  # undo would take back what is on its way

    def mark_not_sent(self, eid: str) -> Change:
        """Note that a written reply (its `SentReply`) was not given to anybody: its comments count as not sent, in
        one step of undo. Its file stays as it is. Raises `NotFound`."""
        self.not_while_resting()
        note = self._items.get(eid).record
        if not isinstance(note, SentReply):
            raise NotFound("This reply is no longer there.")
        unfinished = self.unfinished_reply(note.received)
        if unfinished is not None and unfinished.reply == note.reply:  # else it would be noted again
            self.keep_reply(unfinished.begun())
        there = [one for one in note.eids if self._items.find(one) is not None]
        marks = [(one, partial(_not_sent, reply=note.reply)) for one in there]
        return self._at_once(marks, [(eid, None)], "marking a reply as not sent")

    def _share_here(self, received: str) -> Received:
        item = self._items.find(received)
        if item is None or not isinstance(item.record, Received):
            raise NotFound("This share is no longer there.")
        return item.record

    def _reply_to(self, share: Received) -> ReplyTo:
        client = self._items.find(share.client)
        kept = client.record if client is not None and isinstance(client.record, Client) else None
        name = kept.name if kept is not None else ""
        everybody = self.contacts()
        known = next((one for one in everybody if kept is not None and one.eid == kept.contact), None)
        differs = known is not None and share.address not in ("", known.contact.recipient)
        if known is None:
            known = next((one for one in everybody if one.contact.recipient == share.address), None)
        if known is not None:
            told = f"For the address you keep as {known.contact.name}. {compared(known.contact)}."
            if differs:
                told += " The share was made with another address than this one."
            elif not share.address:
                told += f" {_NOT_THEIRS}"
            return ReplyTo(name, known.contact.recipient, known, differs, told)
        if share.address:
            return ReplyTo(name, share.address, None, False, _STRANGER)
        return ReplyTo(name, told=f"{_WORDS} {_NOT_THEIRS}")

    def _beside_sent(self, eid: str | None, record: Record) -> tuple[str | None, Record]:
        """Where a saved comment goes: what was sent stays as it was sent, and other words are a comment of their own.
        """
        if not isinstance(record, Comment):
            return eid, record
        item = self._items.find(eid)
        sent = item.record if item is not None else None
        if not isinstance(sent, Comment) or sent.sent is None:
            return eid, record
        if record.text == sent.text:
            return eid, sent
        return new_id(), msgspec.structs.replace(record, sent=None, reply="")

    def _at_once(
        self,
        marks: Sequence[tuple[str, Turning]],
        entries: Collection[tuple[str, Before]],
        label: str = "",
    ) -> Change:
        """Entries changed in each version that stands, and others written, in one commit; a step of undo where it has
        a label. What is being written of them stays as it is."""
        turns: list[Turn] = []
        new: list[NewRevision] = []
        for eid, change in marks:
            standing = self._standing(eid)
            after = tuple(change(one.record) if isinstance(one.record, Record) else one.record for one in standing)
            turns.append(Turn(eid, tuple(one.record for one in standing), after))
            for one, made in zip(standing, after, strict=True):
                if said(made) != said(one.record):
                    new.append(revision_of(eid, made, one.revs, standing))
        for eid, made in entries:
            standing, parents = self._standing(eid), self._heads(eid)
            turns.append(turn_of(eid, standing, parents, made))
            new.append(revision_of(eid, made, parents, standing))
        _, touched = self._commit(turns, new[::-1], change=as_it_stands)
        if label:
            self._undo.did(Deed(label, tuple(turns)))
        return touched


def _said(comment: Comment | ReplyComment) -> tuple[int, str, int, int, str]:
    """What a comment is about, and what it says."""
    field, start, end = (comment.field, comment.start, comment.end) if comment.start < comment.end else ("", 0, 0)
    return comment.place, field, start, end, comment.text


def _as_sent(record: Record, *, said: Collection[tuple[int, str, int, int, str]], note: SentReply) -> Record:
    """A comment that was sent; a version of it that says something else than what was sent was not."""
    if not isinstance(record, Comment) or record.sent is not None or _said(record) not in said:
        return record
    return msgspec.structs.replace(record, sent=note.sent, reply=note.reply)


def _not_sent(record: Record, *, reply: str) -> Record:
    if not isinstance(record, Comment) or record.reply != reply:
        return record
    return msgspec.structs.replace(record, sent=None, reply="")


def _sent(item: Item) -> tuple[float, str]:
    when = item.record.when
    return (when.at.timestamp() if when else 0.0, item.eid)
