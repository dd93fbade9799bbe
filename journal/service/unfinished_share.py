"""The share a person is at: what was ticked and typed, and the words of one that was made, until they were seen.

It is sealed as a draft. It is no entry, and is not among what was left unfinished: only Share brings it back.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from journal.clock import Clock
from journal.ids import new_id
from journal.records import ShareReceipt, decode, encode
from journal.service.commits import Commits
from journal.share import Hidden, Picked
from journal.store import Items
from journal.vault import Draft, Vault

KIND = "unfinished-share"
LANDING_PLACE = "landing-place"  # where one is in a landing: journal.service.landing_steps
REPLY = "unfinished-reply"  # journal.service.unfinished_reply
NO_ENTRIES = frozenset({KIND, LANDING_PLACE, REPLY})  # drafts that are no unfinished text


class UnfinishedShare(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=KIND):
    """What stands in the fields, as typed; it need not make a share yet. `options` are switches that are on.
    `dates` is how exactly days are told, "" for the day itself;
    `hidden` the passages that are left out, `pictures` those that are ticked.

    `sender` is None where the person left their name as it was offered. `file`, `words` and `share` belong to a share
    that was made and whose words were not put away yet: where it is, what opens it, and its id. `receipt` is what
    the ledger is to have of it, as a record.
    """

    eids: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    sender: str | None = None
    to: str = ""
    talk_about: str = ""
    by_address: bool = False
    recipient: str = ""
    dates: str = ""
    hidden: tuple[Hidden, ...] = ()
    pictures: tuple[Picked, ...] = ()
    prove: bool = False
    sign: bool = False
    browser: bool = False
    file: str = ""
    words: str = ""
    share: str = ""
    receipt: str = ""

    @property
    def made(self) -> bool:
        """Whether its file is there."""
        return bool(self.share)

    def begun(self) -> UnfinishedShare:
        """The same without what belongs to a file."""
        return msgspec.structs.replace(self, file="", words="", share="", receipt="")


class UnfinishedShares(Commits):
    """The part of the service that keeps it."""

    _items: Items
    _vault: Vault
    clock: Clock

    def unfinished_share(self) -> UnfinishedShare | None:
        """What was kept last, if anything. A share that is not in the ledger was not made, whatever was planned; but
        if its file is there, the program ended before it was noted, and it is noted now."""
        found = self._share_draft()
        if found is None:
            return None
        try:
            kept = msgspec.json.decode(found.body, type=UnfinishedShare)
        except msgspec.DecodeError:  # a later version wrote it
            return None
        receipts = (item.record for item in self._items.of_kind("receipt"))
        known = {record.share for record in receipts if isinstance(record, ShareReceipt)}
        return kept if kept.share in known or self._note_late(kept) else kept.begun()

    def _note_late(self, kept: UnfinishedShare) -> bool:
        """Note a share whose file got its name, which it gets last of all. Returns whether it is there."""
        if not kept.receipt or not Path(kept.file).is_file():
            return False
        receipt = decode(kept.receipt.encode())
        if isinstance(receipt, ShareReceipt) and not self._vault.read_only:
            self._save_quietly(new_id(), receipt)
        return True

    def keep_share(self, unfinished: UnfinishedShare) -> None:
        """Seal it, in place of what was kept before. Raises `ReadOnlyJournal` and what a full disk raises."""
        found = self._share_draft()
        key = found.key if found is not None else new_id()
        body = msgspec.json.encode(unfinished)
        self._vault.put_draft(Draft(key=key, kind=KIND, body=body, at=self.clock.now()))

    def drop_share(self) -> None:
        """Let go of it: it was made and its words were seen, or it is not wanted."""
        found = self._share_draft()
        if found is not None:
            self._vault.drop_draft(found.key)

    def _keep_words(self, unfinished: UnfinishedShare, path: Path, words: str, receipt: ShareReceipt) -> None:
        """Before the file is written: whatever ends this process, the words of a file that is there are not lost."""
        file = os.fsencode(path).decode(errors="replace")
        noted = encode(receipt).decode()
        self.keep_share(
            msgspec.structs.replace(unfinished, file=file, words=words, share=receipt.share, receipt=noted)
        )

    def _share_draft(self) -> Draft | None:
        # A copy that was merged may have brought another one: the newest first, the other after it.
        found = [draft for draft in self._vault.drafts() if draft.kind == KIND]
        return max(found, key=lambda draft: draft.at, default=None)
