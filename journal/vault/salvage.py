"""A damaged journal made whole again from its backups.

Every row that is damaged or missing is looked for in the backups, newest first. What is found is written with all
that is whole here into a new file, which is read back before it takes the damaged one's place; that one is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from journal.errors import JournalError
from journal.vault import check
from journal.vault.backups import Backup
from journal.vault.bodies import Bodies, Body, whole
from journal.vault.inventory import Inventory, Place, digest
from journal.vault.restore import Restored, beside, must_replace, put_in_place
from journal.vault.rewrite import Held, Rewriting, Wanted, plainly
from journal.vault.rows import MAX_ROW, revision
from journal.vault.schema import File
from journal.vault.sealing import SealBroken
from journal.vault.structs import LISTS, Revision

if TYPE_CHECKING:
    from journal.vault.file import Vault

_HARMLESS = frozenset({"draft", "slot"})
_ROW = "SELECT v FROM rec WHERE eid = ? AND rev = ?"


class Source(msgspec.Struct, frozen=True):
    """A backup, and the entries of which it holds something that is damaged or missing in the journal."""

    backup: Backup
    eids: frozenset[str]


class Salvage(msgspec.Struct, frozen=True, kw_only=True):
    """What can be brought back, and from where. `lost` are entries of which a version is whole nowhere; `lists` says
    that the journal's own lists or pages are damaged, whether or not any entry is. `unsure` are entries that come
    back because the list that would name them is damaged: they may also have been removed for good."""

    sources: tuple[Source, ...] = ()
    lost: frozenset[str] = frozenset()
    lists: bool = False
    found: tuple[tuple[Place, bytes], ...] = ()
    bodies: tuple[tuple[Body, Path], ...] = ()  # files that were added to entries, and the backup to take each from
    lost_bodies: tuple[Body, ...] = ()
    unsure: frozenset[str] = frozenset()

    @property
    def eids(self) -> frozenset[str]:
        """The entries that something is brought back of."""
        return frozenset().union(*(source.eids for source in self.sources))


def look_through(vault: Vault, backups: Iterable[Backup]) -> Salvage | None:
    """What the backups (newest first) hold of what is damaged; None where nothing is. Nothing is written."""
    damage = [entry for entry in vault.report.damage if entry.what not in _HARMLESS]
    if not damage:
        return None
    named = {
        (bytes.fromhex(entry.eid), bytes.fromhex(entry.rev))
        for entry in damage
        if entry.what in ("row", "missing") and entry.eid and entry.rev
    }
    purged = {bytes.fromhex(eid) for eid in vault.purged_eids()}
    wanted = {place for place in named if place[0] not in purged}
    whole, first = {place for place, _ in _good(vault)}, True
    found: dict[Place, bytes] = {}
    unsure: set[Place] = set()
    sources = []
    backups = list(backups)
    for backup in backups:
        if not wanted and not (first and vault._unlisted):
            break
        with contextlib.suppress(JournalError), contextlib.closing(File(backup.path, read_only=True)) as file:
            inventory, broken, _ = check.read_inventory(file, vault._ring)
            if first and not broken:
                # Where the list itself is damaged, what is missing is known from the newest backup whose list is not.
                first = False
                # A list that could be read, and is no older than the backup's, tells that what it lacks was removed.
                older = inventory.counter <= vault._inventory.counter
                lost = vault._inventory.unread if older else vault._unlisted
                listed = {place for number in lost for place in inventory.rows[number]}
                unsure = {place for place in listed - whole - named - found.keys() if place[0] not in purged}
                wanted |= unsure
            taken = dict(_held(vault, file, inventory, wanted))
            if taken:
                sources.append(Source(backup, frozenset(eid.hex() for eid, _ in taken)))
            found |= taken
            wanted -= taken.keys()
    bodies, none = _bodies(vault, found, backups)
    for backup in backups:
        if brought := frozenset(body.eid for body, path in bodies if path == backup.path):
            before = next((one.eids for one in sources if one.backup == backup), frozenset())
            sources = [*(one for one in sources if one.backup != backup), Source(backup, before | brought)]
    return Salvage(
        sources=tuple(sources),
        bodies=tuple(bodies),
        lost_bodies=tuple(none),
        lost=frozenset(eid.hex() for eid, _ in wanted) | {body.eid for body in none},
        lists=any(entry.what in {*LISTS, "header", "file", "extra"} for entry in damage),
        found=tuple(sorted(found.items())),
        unsure=frozenset(eid.hex() for eid, _ in unsure & found.keys()),
    )


def repair(vault: Vault, salvage: Salvage) -> Restored:
    """Write the repaired file and put it in the damaged one's place; the vault is closed by it.

    Raises `ReadOnlyJournal`, `StorageFull`, `StorageFailed`, `DamagedJournal`; then the damaged file still stands.
    """
    must_replace(vault)
    real = vault.path.resolve()
    with beside(real, vault._ring.vault) as new:
        with plainly(), contextlib.ExitStack() as files:
            old = Held(vault._file, vault._ring, _inventory(vault, salvage), vault._bodies)
            wanted = Wanted(vault._ring, dict(vault._slots), more=_missing(old, salvage))
            made = _Repairing(old, wanted, new, salvage, files).make()
        aside = put_in_place(vault, new, aside=True)
    vault._seen.note(made.inventory.counter, made.inventory.previous)
    return Restored(path=vault.path, rows=made.rows, aside=aside)


class _Repairing(Rewriting):
    """A new file from one that is damaged: drafts that do not open stay behind, with the file that is kept. So do the
    bodies that are whole nowhere, with the records that name them."""

    def __init__(self, old: Held, wanted: Wanted, to: Path, salvage: Salvage, files: contextlib.ExitStack) -> None:
        self._salvage, self._files = salvage, files
        super().__init__(old, wanted, to)

    def _kept_bodies(self) -> Iterator[tuple[Body, File]]:
        lost = {body.bid for body in self._salvage.lost_bodies}
        elsewhere = {body.bid: path for body, path in self._salvage.bodies}
        opened: dict[Path, File] = {}
        for body in _named(self._old.bodies, self._salvage.found):
            path = elsewhere.get(body.bid)
            if path is not None and path not in opened:
                opened[path] = self._files.enter_context(contextlib.closing(File(path, read_only=True)))
            if body.bid not in lost:
                yield body, self._old.file if path is None else opened[path]

    def _kept_drafts(self) -> Iterator[bytes]:
        for draft in check.read_drafts(self._old.file, self._old.ring)[0]:
            yield bytes.fromhex(draft.key)


def _good(vault: Vault) -> Iterator[tuple[Place, bytes]]:
    """Every row that opens and belongs, with the digest it is stored under."""
    good, _ = check.read_rows(vault._file, vault._ring, vault._inventory, vault._unlisted)
    for row in good:
        place = (bytes.fromhex(row.eid), bytes.fromhex(row.rev))
        known = vault._inventory.rows[place[0][0]].get(place)
        yield place, known or digest(check.value(vault._file, _ROW, *place) or b"")


def _inventory(vault: Vault, salvage: Salvage) -> Inventory:
    """A list of what is whole, its count going on from the damaged one's, or from the last that was seen here."""
    kept = Inventory()
    bodiless = _bodiless(salvage, check.read_rows(vault._file, vault._ring, vault._inventory, vault._unlisted)[0])
    for place, value in _good(vault):
        if place not in bodiless:
            kept.add(place, value)
    kept.counter, kept.previous = vault._inventory.counter, vault._inventory.previous
    kept.counter = max(kept.counter, vault._seen.counter)
    return kept


def _missing(old: Held, salvage: Salvage) -> Sequence[tuple[Place, bytes]]:
    bodiless = _bodiless(salvage, [revision(*place, plain) for place, plain in salvage.found])
    return [
        (place, plain)
        for place, plain in salvage.found
        if place not in old.inventory.rows[place[0][0]] and place not in bodiless
    ]


def _bodiless(salvage: Salvage, revisions: Iterable[Revision]) -> set[Place]:
    """Where the revisions stand that name a body which is whole nowhere."""
    lost = {body.bid for body in salvage.lost_bodies}
    return {
        (bytes.fromhex(one.eid), bytes.fromhex(one.rev))
        for one in revisions
        if lost and any(body.bid in lost for body in Bodies([one]))
    }


def _named(bodies: Bodies, found: Iterable[tuple[Place, bytes]]) -> Bodies:
    """The bodies that belong once what was found is back."""
    return bodies.with_(revision(*place, plain) for place, plain in found)


def _bodies(
    vault: Vault, found: dict[Place, bytes], backups: Iterable[Backup]
) -> tuple[list[tuple[Body, Path]], list[Body]]:
    """The bodies that are not whole here: those that a backup holds, the newest that does, and the others."""
    bodies = _named(vault._bodies, found.items())
    wanted = [body for body in bodies if not whole(vault._file, vault._ring, body)]
    taken: list[tuple[Body, Path]] = []
    for backup in backups:
        if not wanted:
            break
        with contextlib.suppress(JournalError), contextlib.closing(File(backup.path, read_only=True)) as file:
            held = [body for body in wanted if whole(file, vault._ring, body)]
            taken += [(body, backup.path) for body in held]
            wanted = [body for body in wanted if body not in held]
    return taken, wanted


def _held(vault: Vault, file: File, inventory: Inventory, wanted: Iterable[Place]) -> Iterator[tuple[Place, bytes]]:
    """The plaintext of each wanted row that a backup holds whole: its list names it, and it opens."""
    for place in wanted:
        listed = inventory.rows[place[0][0]].get(place)
        sealed = check.value(file, _ROW, *place) if listed is not None else None
        if sealed is None or digest(sealed) != listed or len(sealed) > MAX_ROW:
            continue
        with contextlib.suppress(SealBroken):
            plain = vault._ring.open_row(*place, sealed)
            revision(*place, plain)
            yield place, plain
