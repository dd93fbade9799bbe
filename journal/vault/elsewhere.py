"""An open journal whose file was taken away, replaced or changed from outside: all of it goes on in a new file.

What was read and written since it was opened is still known here, whatever became of the file. The new file has the
same keys and the same ways in, so it opens with the same password and the same words.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from journal.atomic import of_system, settle, temporary_beside
from journal.errors import AlreadyThere, DamagedJournal, JournalError, StorageFailed, StorageFull
from journal.vault import check, rows, slots
from journal.vault.backup import write_backup
from journal.vault.bodies import Bodies, Body, broken, carry, whole
from journal.vault.inventory import Inventory, digest, put
from journal.vault.lock import WriterLock
from journal.vault.schema import File, identity, too_long
from journal.vault.seen import Seen
from journal.vault.structs import NewRevision, Revision
from journal.vault.trouble import CHANGED_OUTSIDE

if TYPE_CHECKING:
    from journal.vault.file import Vault

IN_PLACE, GONE, REPLACED, CHANGED = "", "gone", "replaced", "changed"


def standing(vault: Vault) -> str:
    """Whether the file is in its place (""), or "gone", "replaced" by another, or "changed" from outside."""
    if not os.path.lexists(vault.path):
        return GONE
    if vault._file.identity is not None and identity(vault.path.resolve()) != vault._file.identity:
        return REPLACED
    try:
        vault._file.rows("PRAGMA shrink_memory")  # what is compared comes from the disk, not from a cache
        vault._still_ours()
    except DamagedJournal:
        return CHANGED
    except JournalError as error:
        return CHANGED if str(error) == CHANGED_OUTSIDE else IN_PLACE
    return IN_PLACE


def go_on_in(vault: Vault, dest: Path, known: Iterable[Revision]) -> frozenset[str]:
    """Write the whole journal to a new file, open every row of it, and go on in that one. Returns the attachments
    that are not in it: what they hold was only in the old file, and cannot be read there any more.

    `known` gives every revision that is still known, and is asked only where the file itself cannot be read as it
    was. Raises `ReadOnlyJournal`,
    `AlreadyThere`, `StorageFull`, `StorageFailed`; then everything is as before.
    """
    vault._must_write()
    dest = Path(dest)
    if too_long(dest):
        raise of_system(OSError(errno.ENAMETOOLONG, "no room for -journal"))
    lock = WriterLock(dest)
    lost: list[Body] = []
    try:
        lock.take()
        try:
            inventory = vault._inventory
            for _ in inventory.rows:  # each opened, while there is a file to open it from
                pass
            write_backup(vault._file, vault._ring, dest, inventory)
        except (AlreadyThere, StorageFull):
            raise
        except JournalError:  # what the open file holds now is not the journal
            lost = [body for body in vault._bodies if not whole(vault._file, vault._ring, body)]
            known = [one for one in known if one.eid not in _naming(vault, lost)]
            inventory = _write_known(vault, dest, known)
        file = File(dest)
    except OSError as error:
        lock.free()
        raise of_system(error) from None
    except BaseException:
        lock.free()
        raise
    file.is_open = True
    vault._file.close()
    if vault._lock is not None:
        vault._lock.free()
    vault._file, vault._lock, vault.path, vault._inventory = file, lock, dest, inventory
    vault._opened, vault._unlisted = None, set()
    gone = _naming(vault, lost)
    if gone:
        vault._bodies = vault._bodies.without(gone)
    if file.growing:
        vault._format = slots.GROWING
    vault._seen.note(inventory.counter, inventory.previous)
    return gone


def _naming(vault: Vault, lost: Collection[Body]) -> frozenset[str]:
    return frozenset(eid for body in lost for eid in vault._bodies.eids(body.bid))


def _write_known(vault: Vault, dest: Path, known: Collection[Revision]) -> Inventory:
    """The new file from what is known here, with the drafts that can still be read."""
    drafts = []
    with contextlib.suppress(JournalError):
        drafts = list(check.read_drafts(vault._file, vault._ring)[0])
    with temporary_beside(dest) as temporary:
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(File(temporary, create=True)) as new:
            # Noted nowhere: it counts only once the journal goes on in it.
            made = type(vault)(new, vault._ring, None, vault._clock, Seen(Path(os.devnull), vault._ring.vault))
            bodies = Bodies(known)
            made._write_slots(dict(vault._slots))
            pending = made._inventory.fork()
            with new.change() as db:
                for one in known:
                    place = bytes.fromhex(one.eid), bytes.fromhex(one.rev)
                    sealed = vault._ring.seal_row(*place, _plain(one))
                    pending.add(place, digest(sealed))
                    db.execute("INSERT INTO rec(eid, rev, v) VALUES (?, ?, ?)", (*place, sealed))
                for body in bodies:
                    carry(vault._file, vault._ring, body, new, vault._ring)
                for draft in drafts:
                    key = bytes.fromhex(draft.key)
                    sealed = vault._ring.seal_draft(key, rows.draft_bytes(draft))
                    db.execute("INSERT INTO draft(eid, v) VALUES (?, ?)", (key, sealed))
                # The count goes on, so that the file that was left is the older one on a machine that saw both.
                pending.counter = max(vault._inventory.counter, vault._seen.counter)
                pending.previous = vault._inventory.previous
                pending.store(db.execute, vault._ring, fold=True)
                put(db.execute, "manifest", *pending.seal_manifest(vault._ring))
        _must_hold(vault, temporary, known)
        settle(temporary, dest)
    return pending


def _plain(one: Revision) -> bytes:
    new = NewRevision(eid=one.eid, kind=one.kind, body=one.body, parents=one.parents, deleted=one.deleted)
    return rows.row_bytes(new, lamport=one.lamport, device=one.device, at=one.at)


def _must_hold(vault: Vault, path: Path, known: Collection[Revision]) -> None:
    with contextlib.closing(File(path, read_only=True)) as file:
        inventory, damage, unlisted = check.read_inventory(file, vault._ring)
        good, lost = check.read_rows(file, vault._ring, inventory, unlisted)
        damage += broken(file, vault._ring, Bodies(good))
    by_place = {(one.eid, one.rev): one for one in known}
    if damage or lost or {(one.eid, one.rev): one for one in good} != by_place:
        raise StorageFailed(
            "The new file did not come back as it was written, so it was not kept. Try another place or disk."
        )
