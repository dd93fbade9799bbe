"""Reading every row against the inventory, and saying in words what is not as it should be."""

from __future__ import annotations

from journal.vault import inventory as inv
from journal.vault.inventory import Inventory, Manifest
from journal.vault.keys import KeyRing
from journal.vault.rows import MAX_ROW, revision
from journal.vault.schema import File
from journal.vault.sealing import SealBroken
from journal.vault.structs import Damage, Revision

_ASK = "Your newest backup may still hold it."


def read_inventory(file: File, ring: KeyRing) -> tuple[Inventory, list[Damage], set[int]]:
    """The inventory as the newest manifest that opens vouches for it, what is damaged about it, and in which
    buckets rows can therefore not be looked up."""
    damage: list[Damage] = []
    stored = dict(file.rows("SELECT n, v FROM manifest"))
    opened: list[Manifest] = []
    broken = 0
    for place, sealed in stored.items():
        try:
            opened.append(Manifest(ring, place, sealed))
        except SealBroken:
            broken += 1
    found = Inventory()
    if not opened:
        damage.append(
            Damage(what="manifest", message="The list of what belongs in this journal is damaged or missing.")
        )
        return found, damage, set(range(inv.BUCKETS))
    newest = max(opened, key=lambda manifest: manifest.counter)
    if broken or len(stored) < min(newest.counter, 2):
        damage.append(
            Damage(what="manifest", message="One of the two lists of what belongs in this journal is damaged.")
        )
    found.counter, found.previous, found.bucket_digests = newest.counter, newest.digest, list(newest.buckets)
    unlisted: set[int] = set()
    buckets = dict(file.rows("SELECT n, v FROM bucket"))
    for number, wanted in enumerate(newest.buckets):
        sealed = buckets.get(number)
        if sealed is None and wanted == bytes(32):
            continue
        try:
            if sealed is None or inv.digest(sealed) != wanted:
                raise SealBroken("not the bucket the manifest names")
            found.rows[number] = inv.open_bucket(ring, number, sealed)
        except SealBroken:
            unlisted.add(number)
            damage.append(
                Damage(
                    what="bucket", message=f"Part {number} of the list of what belongs in this journal is damaged."
                )
            )
    return found, damage, unlisted


def read_rows(
    file: File, ring: KeyRing, inventory: Inventory, unlisted: set[int]
) -> tuple[list[Revision], list[Damage]]:
    """Every row that opens and belongs, and what is wrong with the rest.

    `unlisted` are buckets that are damaged themselves: their rows count if they open.
    """
    good: list[Revision] = []
    damage: list[Damage] = []
    seen: set[inv.Place] = set()
    listed, digest, open_row = inventory.rows, inv.digest, ring.open_row
    for eid, rev, sealed in file.each("SELECT eid, rev, v FROM rec"):
        if len(eid) != 16 or len(rev) != 16 or len(sealed) > MAX_ROW:
            damage.append(Damage(what="row", message=f"A row that no journal would hold was left out. {_ASK}"))
            continue
        place = (eid, rev)
        seen.add(place)
        wanted = listed[eid[0]].get(place)
        try:
            if wanted is not None and digest(sealed) != wanted:
                raise SealBroken("not the row the list names")
            opened = revision(eid, rev, open_row(eid, rev, sealed))
        except SealBroken:
            damage.append(_named("row", eid, rev, f"An entry is damaged and was left out. {_ASK}"))
            continue
        if wanted is None and eid[0] not in unlisted:
            text = "A version of an entry was put back or added from outside, and was left out."
            damage.append(_named("extra", eid, rev, text))
            continue
        good.append(opened)
    for rows in listed:
        damage += [
            _named("missing", eid, rev, f"A version of an entry is missing. {_ASK}")
            for eid, rev in rows
            if (eid, rev) not in seen
        ]
    return good, damage


def _named(what: str, eid: bytes, rev: bytes, message: str) -> Damage:
    return Damage(what=what, message=message, eid=eid.hex(), rev=rev.hex())
