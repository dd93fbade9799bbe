"""The reply a therapist is at: what was chosen and typed, and the words of one that was written, until they are seen.

Sealed as a draft, one for each share. It is no entry, and is not among what was left unfinished.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import msgspec

from journal.clock import Clock
from journal.errors import InvalidRecord
from journal.ids import new_id
from journal.records import Comment, SentReply, decode, encode
from journal.service.unfinished_share import REPLY
from journal.store import Items
from journal.vault import Draft, Vault


class UnfinishedReply(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=REPLY):
    """What stands in the fields, as typed. `received` is the share's entry here; `comments` those that are to go
    along, by their ids: no comment goes along unless it was ticked.

    `sender` and `to` are None where they were left as they were offered; `by_words` where it is to be closed with
    words all the same. `file`, `words`, `reply` and `note` (what is noted of it) belong to a reply that was written
    and whose words were not put away yet.
    """

    received: str
    comments: tuple[str, ...] = ()
    text: str = ""
    sender: str | None = None
    to: str | None = None
    by_words: bool = False
    file: str = ""
    words: str = ""
    reply: str = ""
    note: str = ""

    @property
    def made(self) -> bool:
        """Whether its file is there."""
        return bool(self.reply)

    def begun(self) -> UnfinishedReply:
        """The same without what belongs to a file."""
        return msgspec.structs.replace(self, file="", words="", reply="", note="")


class UnfinishedReplies:
    """The part of the service that keeps it."""

    _items: Items
    _vault: Vault
    clock: Clock

    def _note_sent(self, note: SentReply, eid: str) -> None:
        raise NotImplementedError

    def unfinished_reply(self, received: str) -> UnfinishedReply | None:
        """What was kept last for this share, if anything. A reply that was not noted as sent was not written,
        whatever was planned; but if its file is there, the program ended before it was noted, and it is noted now."""
        found = self._reply_draft(received)
        kept = _of(found) if found is not None else None
        if kept is None:
            return None
        sent = (item.record for item in self._items.of_kind("sent-reply"))
        known = {record.reply for record in sent if isinstance(record, SentReply)}
        return kept if kept.reply in known or self._note_reply_late(kept) else kept.begun()

    def _note_reply_late(self, kept: UnfinishedReply) -> bool:
        """Note a reply whose file got its name, which it gets last of all. Returns whether it is there."""
        if not kept.note or self._items.find(kept.received) is None or not Path(kept.file).is_file():
            return False
        note = decode(kept.note.encode())
        if isinstance(note, SentReply) and not self._vault.read_only:
            self._note_sent(note, new_id())
        return True

    def begun_replies(self) -> tuple[str, ...]:
        """The shares to which a reply is begun, or made and its words not put away, each once."""
        found = (_of(draft) for draft in self._vault.drafts() if draft.kind == REPLY)
        return tuple(dict.fromkeys(kept.received for kept in found if kept is not None))

    def keep_reply(self, unfinished: UnfinishedReply) -> None:
        """Seal it, in place of what was kept before. Raises `ReadOnlyJournal` and what a full disk raises."""
        found = self._reply_draft(unfinished.received)
        key = found.key if found is not None else new_id()
        self._vault.put_draft(Draft(key=key, kind=REPLY, body=msgspec.json.encode(unfinished), at=self.clock.now()))

    def drop_reply(self, received: str) -> None:
        """Let go of it: it was written and its words were seen, or it is not wanted."""
        found = self._reply_draft(received)
        if found is not None:
            self._vault.drop_draft(found.key)

    def _keep_reply_words(self, unfinished: UnfinishedReply, path: Path, words: str, note: SentReply) -> None:
        """Before the file is written: whatever ends this process, the words of a file that is there are not lost."""
        file = os.fsencode(path).decode(errors="replace")
        noted = encode(note).decode()
        self.keep_reply(msgspec.structs.replace(unfinished, file=file, words=words, reply=note.reply, note=noted))

    def _reply_draft(self, received: str) -> Draft | None:
        # A copy that was merged may have brought another one: the newest first, the other after it.
        return max(reply_drafts(self._vault, {received}), key=lambda draft: draft.at, default=None)


def reply_drafts(vault: Vault, shares: Collection[str]) -> list[Draft]:
    """What is unfinished to these shares (their entries here)."""
    drafts = (draft for draft in vault.drafts() if draft.kind == REPLY)
    return [draft for draft in drafts if (kept := _of(draft)) is not None and kept.received in shares]


def begun_beside(vault: Vault, items: Items, shares: Collection[str]) -> list[Draft]:
    """What is begun about these shares and is no entry: replies, and comments that were typed and never kept. What is
    typed of a comment that was kept goes with that."""
    typed = [draft for draft in vault.drafts() if draft.kind == "comment" and not items.kinds(draft.key)]
    return [*reply_drafts(vault, shares), *(draft for draft in typed if _about(draft) in shares)]


def _about(draft: Draft) -> str | None:
    """The share that a comment is about."""
    try:
        record = decode(draft.body)
    except InvalidRecord:  # a later version wrote it
        return None
    return record.received if isinstance(record, Comment) else None


def _of(draft: Draft) -> UnfinishedReply | None:
    try:
        return msgspec.json.decode(draft.body, type=UnfinishedReply)
    except msgspec.DecodeError:  # a later version wrote it
        return None
