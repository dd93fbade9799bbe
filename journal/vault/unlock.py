"""From a file and a secret to the keys, telling a wrong password from damage."""

from __future__ import annotations

from journal.errors import DamagedJournal, WrongPassword
from journal.vault import slots
from journal.vault.kdf import STANDARD, KdfProfile
from journal.vault.keys import KeyRing
from journal.vault.schema import File
from journal.vault.structs import Damage


def unlock(file: File, password: str | None, words: str | None) -> tuple[KeyRing, list[Damage], dict[bytes, bytes]]:
    """The keys, and what is damaged about header and slots."""
    meta = dict(file.rows("SELECT k, v FROM meta"))
    copies = [slots.read_header(meta.get(name)) for name in ("header", "header_copy")]
    readable = [copy for copy in copies if copy is not None]
    if not readable:
        raise DamagedJournal(detail="both copies of the header")
    stored, damage = read_slots(file)
    wanted = slots.PASSWORD if password is not None else slots.RECOVERY
    ring = None
    for vault in {bytes.fromhex(copy[0].vault) for copy in readable}:
        for slot, body in stored.items():
            if slots.kind(body) == wanted and ring is None:
                ring = slots.open_slot(vault, slot, body, password=password, words=words)
    if ring is None:
        if any(entry.what == "slot" and entry.rev is None for entry in damage) or not any(
            slots.kind(body) == wanted for body in stored.values()
        ):
            raise DamagedJournal(
                "The part of this journal that knows your password is damaged. Try the recovery words, or open your "
                "newest backup."
            )
        raise WrongPassword
    if any(copy is None or not slots.header_true(ring, copy[1], copy[2]) for copy in copies):
        damage.append(Damage(what="header", message="The journal's first page is damaged or was changed."))
    else:
        header = readable[0][0]
        if set(header.slots) != {slot.hex() for slot in stored}:
            damage.append(
                Damage(what="header", message="A way to open this journal was added or removed from outside.")
            )
    return ring, damage, stored


def read_slots(file: File) -> tuple[dict[bytes, bytes], list[Damage]]:
    """The intact slots, from either copy, and the damaged ones (`rev` "copy" where the other copy is whole)."""
    found: dict[bytes, dict[int, bytes]] = {}
    for slot, copy, body in file.rows("SELECT id, copy, v FROM slot LIMIT ?", (4 * slots.MAX_SLOTS,)):
        found.setdefault(slot, {})[copy] = body
    whole: dict[bytes, bytes] = {}
    damage = []
    for slot, copies in found.items():
        intact = [copies[copy] for copy in (0, 1) if len(slot) == 16 and slots.intact(copies.get(copy))]
        if intact:
            whole[slot] = intact[0]
        if len(intact) < 2:
            one = "One of two copies of a" if intact else "A"
            message = f"{one} way to open this journal is damaged."
            damage.append(Damage(what="slot", eid=slot.hex(), rev="copy" if intact else None, message=message))
    return whole, damage


def profile_of(stored: dict[bytes, bytes]) -> KdfProfile:
    """The cost of the password slot, so that a changed password costs the same to guess."""
    return next((slots.profile(body) for body in stored.values() if slots.kind(body) == slots.PASSWORD), STANDARD)
