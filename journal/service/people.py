"""The people to turn to, and those of them who may be seen before unlocking."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from journal.records import Person
from journal.store import Item, Items
from journal.vault import Vault


class PeopleOutside(Struct, frozen=True):
    """Whom the person chose to show without the password: names and how they are reached, and nothing else.

    `journal` is a name for this journal that tells nothing about it.
    """

    journal: str
    people: tuple[tuple[str, str], ...]


class People:
    """The part of the service that knows whom to turn to."""

    _items: Items
    _vault: Vault

    def people(self) -> tuple[Item, ...]:
        """Everybody, by name."""
        found = [item for item in self._items.of_kind("person") if isinstance(item.record, Person)]
        return tuple(sorted(found, key=_name))

    def people_outside(self) -> PeopleOutside:
        """Who may be seen before unlocking. Of two versions side by side nobody said yet which one holds."""
        name = hashlib.sha256(b"integration-journal/people" + bytes.fromhex(self._vault.vault_id)).hexdigest()
        persons = [item.record for item in self.people() if isinstance(item.record, Person) and item.heads == 1]
        shown = tuple((person.name, person.reach) for person in persons if person.without_password)
        return PeopleOutside(name[:32], shown)


def _name(item: Item) -> tuple[str, str]:
    name = item.record.name if isinstance(item.record, Person) else ""
    return (name.casefold(), item.eid)
