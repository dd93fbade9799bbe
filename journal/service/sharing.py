"""Making and opening shares with an open journal, and the sealed ledger of what was shared."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from journal.clock import Clock
from journal.errors import JournalError, NotForThisKey, NotFound, ReadOnlyJournal
from journal.ids import new_id
from journal.records import Moment, Record, ShareReceipt, UnknownRecord
from journal.scales import pack_for
from journal.service.contacts import Contacts
from journal.service.share_pictures import SharePictures
from journal.service.share_sets import ShareSets
from journal.service.unfinished_share import UnfinishedShare, UnfinishedShares
from journal.share import (
    Drawn,
    OpenedReply,
    OpenedShare,
    Payload,
    Selection,
    WrittenShare,
    build,
    files_of,
    generate_identity,
    hide,
    order,
    picked_files,
    read_either,
    read_share,
    write_html_share,
    write_share,
)
from journal.share.payload import Entry, sha256_of
from journal.store import Item, Items
from journal.store.covers import question_line
from journal.vault import Vault

Opened = TypeVar("Opened")
_SHOWN = 8  # previews whose entries are known


class Sharing(ShareSets, UnfinishedShares, SharePictures, Contacts):
    """The part of the service that shares."""

    _items: Items
    _shown: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of each preview: its share's id, and its entries in order
    _vault: Vault
    clock: Clock

    def look_at_all(self) -> None:
        raise NotImplementedError

    def preview_share(self, selection: Selection, drawn: Mapping[str, Drawn] | None = None) -> Payload:
        """Exactly what a share of this selection would hold. Errors as `share.build`.

        `drawn`: ticked pictures that were drawn anew already, by id. The others are now, in up to two seconds each.
        """
        packs, line = partial(pack_for, self._items), partial(question_line, self._items)
        pairs = self._pairs()
        pictures = self._draw_all(selection, pairs, drawn or {})
        payload = build(selection, pairs, self.clock, packs, line, pictures)
        self._shown = ((payload.share, order(selection, pairs)), *self._shown[: _SHOWN - 1])
        return payload

    def hide_passage(
        self, selection: Selection, passage: tuple[int, str, int, int], payload: Payload | None = None
    ) -> Selection:
        """The selection without a passage that its preview, `payload`, shows. Errors as `share.hide`; also where what
        stands there is not what was shown."""
        if payload is not None:
            self._check_shown(selection, passage, payload)
        return hide(selection, self._pairs(), passage)

    def files_left_out(self, selection: Selection) -> int:
        """How many files that were added to the ticked entries do not go along: all but the ticked pictures."""
        return files_of(selection, self._pairs())

    def write_share(
        self,
        selection: Selection,
        path: Path,
        *,
        payload: Payload | None = None,
        passphrase: str | None = None,
        recipients: Sequence[str] = (),
        prove: bool = False,
        sign: bool = False,
        html: bool = False,
        unfinished: UnfinishedShare | None = None,
    ) -> WrittenShare:
        """Write a share, read it back, and note it in the ledger; no share stays that is not in the ledger.

        With `html` it is a page for a browser, closed with `passphrase` (of `HTML_WORDS` words).

        `payload` is what was shown for this selection, so that what was seen is what is written and noted; it is
        built anew where it is None. `prove`: the recipients, and they alone, can check who made it. `sign`: anybody
        can, for good. With `unfinished` the words are kept in it, sealed, before there is a file they open, until
        `drop_share`. Errors as `share.write_share`, and `ReadOnlyJournal`.
        """
        if self._vault.read_only:
            raise ReadOnlyJournal(
                "This journal is open for reading only, so a share could not be noted in it. Nothing was written."
            )
        self.not_while_resting()
        shown = payload or self.preview_share(selection)
        picked_files(selection, self._pairs())  # what was taken out of the journal since it was seen goes nowhere
        own = self._known_identity()
        identity = own.secret if own is not None and own.recipient in recipients else None
        receipt = ShareReceipt(  # whatever can fail about it fails before there is a file
            share=shown.share,
            made=Moment(self.clock.now()),
            to=shown.to,
            how="html" if html else "recipient" if recipients else "passphrase",
            recipient=", ".join(recipients),
            eids=self._eids_of(shown, selection),
            counts=dict(shown.counts),
            proved=prove and bool(recipients),
            signed=sign and not html,  # a browser could not check it
            left_out=self._places_left_out(selection, selection.eids),
            entries_sha256=sha256_of(shown),
        )
        author = self._author(prove=receipt.proved, sign=receipt.signed) if receipt.proved or receipt.signed else None
        if unfinished is not None and not os.path.lexists(path):  # a file that is there is another, and stays
            self._keep_words(unfinished, path, passphrase or "", receipt)
        try:
            if html:
                written = write_html_share(path, shown, passphrase=passphrase or "")
            else:
                written = write_share(
                    path, shown, recipients=recipients, passphrase=passphrase, identity=identity, author=author
                )
        except BaseException:
            if unfinished is not None:  # no file of another that comes to be there is taken for this share
                with contextlib.suppress(JournalError):
                    self.keep_share(unfinished.begun())
            raise
        try:
            self._save_quietly(new_id(), receipt)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return written

    def open_share(self, path: Path, *, passphrase: str | None = None) -> OpenedShare:
        """Open a share with a passphrase, or without one with this journal's own address."""
        return self._opened(read_share, path, passphrase)

    def open_either(self, path: Path, *, passphrase: str | None = None) -> OpenedShare | OpenedReply:
        """The same for a file that may be a share or a reply."""
        return self._opened(read_either, path, passphrase)

    def _opened(self, read: Callable[..., Opened], path: Path, passphrase: str | None) -> Opened:
        if passphrase is not None:
            return read(path, passphrase=passphrase)
        # A journal without an address opens none; one that was merged may have two.
        secrets = [own.secret for own in self._identities()] or [generate_identity().secret]
        for secret in secrets[:-1]:
            with contextlib.suppress(NotForThisKey):
                return read(path, identity=secret)
        return read(path, identity=secrets[-1])

    def ledger(self) -> tuple[Item, ...]:
        """What was shared, newest first."""
        found = [item for item in self._items.of_kind("receipt") if isinstance(item.record, ShareReceipt)]
        return tuple(sorted(found, key=_made, reverse=True))

    def _eids_of(self, payload: Payload, selection: Selection) -> tuple[str, ...]:
        """The entries of a share, each at its place in it: as they were when it was shown, for what was changed since
        may stand elsewhere by now. Raises `NotFound` for one that was removed since: it goes nowhere."""
        now = order(selection, self._pairs())
        return dict(self._shown).get(payload.share, now)

    def _check_shown(self, selection: Selection, passage: tuple[int, str, int, int], payload: Payload) -> None:
        place, field, *_ = passage
        changed = NotFound("This text was changed meanwhile. Look at the share again.")
        then = self._eids_of(payload, selection)
        now = order(selection, self._pairs())
        if not 0 <= place < len(then) or now[place : place + 1] != then[place : place + 1]:
            raise changed
        alone = self._alone(selection, then[place])
        if getattr(alone, field, None) != getattr(list(payload.entries)[place], field, None):
            raise changed

    def _alone(self, selection: Selection, eid: str) -> Entry:
        """One ticked entry as a share would have it now."""
        packs, line = partial(pack_for, self._items), partial(question_line, self._items)
        chosen = msgspec.structs.replace(selection, eids=frozenset({eid}), pictures=())
        return next(build(chosen, self._pairs(), self.clock, packs, line).entries)

    def _pairs(self) -> list[tuple[str, Record | UnknownRecord]]:
        self.look_at_all()
        return [(item.eid, item.record) for item in self._items]


def _made(item: Item) -> tuple[float, str]:
    when = item.record.when
    return (when.at.timestamp() if when else 0.0, item.eid)
