"""Contacts: their cards, the words to compare, and who made a share that is read here."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

import msgspec

from journal.clock import Clock
from journal.errors import NotFound, ShareError
from journal.ids import new_id
from journal.records import Compared, Contact, Identity, Moment, Record, ShareRole, SigningKey
from journal.service.commits import Commits
from journal.service.resting import Rests
from journal.service.results import Saved
from journal.share import (
    Author,
    Card,
    Finding,
    OpenedShare,
    Seen,
    generate_identity,
    generate_signing_key,
    key_words,
    seen_before,
    tidy_name,
    verify,
)
from journal.share.card import MAX_NAME
from journal.store import Items
from journal.vault import Vault


class Known(msgspec.Struct, frozen=True):
    """A contact and the eight words of their card; none where a key of theirs cannot be used. `heads` as in `Item`.
    """

    eid: str
    contact: Contact
    words: tuple[str, ...]
    heads: int = 1


class CardIs(StrEnum):
    """What a card means to this journal."""

    NEW = "new"
    KEPT = "kept"  # the contact has these very keys
    SIGNS_ANEW = "signs anew"  # the address is kept, with another key for signatures or none
    SAME_NAME = "same name"  # another address in the name of a contact
    OWN = "own"


class CardHere(msgspec.Struct, frozen=True):
    """A card beside the contact it concerns, if any."""

    card: Card
    standing: CardIs
    contact: Known | None = None


class OwnCard(msgspec.Struct, frozen=True):
    """This journal's address, the words of its card, and the card, which is None while it has no name to stand on it.
    """

    recipient: str
    words: tuple[str, ...]
    card: Card | None


class Checked(msgspec.Struct, frozen=True):
    """Who made a share, and whether this journal met it before (those it made itself)."""

    finding: Finding
    seen: Seen = Seen.NEW


class Contacts(Commits, Rests):
    """The part of the service that knows with whom shares are exchanged."""

    _items: Items
    _vault: Vault
    clock: Clock
    amend: Callable[[str, Callable[[Record], Record]], Saved]

    def save(self, record: Record, eid: str | None = None) -> Saved:
        raise NotImplementedError

    # -- mine --------------------------------------------------------------------------------------------------

    def identity(self) -> str:
        """The address others can write a share to. Made, and sealed in the journal, at first use."""
        return self._own_identity().recipient

    def own_card(self, name: str | None = None) -> OwnCard:
        """This journal's card under a name; None for the one in its settings. Raises `ShareError` for a long name."""
        signing = self._signing_key()
        recipient, verify_key = self.identity(), signing.public if signing else ""
        told = tidy_name(self.settings().name)[:MAX_NAME].strip() if name is None else tidy_name(name)
        card = Card(name=told, recipient=recipient, verify_key=verify_key) if told else None
        return OwnCard(recipient, key_words(recipient, verify_key), card)

    # -- others ------------------------------------------------------------------------------------------------

    def contacts(self) -> tuple[Known, ...]:
        """Everybody, by name."""
        found = [
            Known(item.eid, item.record, _words(item.record), item.heads)
            for item in self._items.of_kind("contact")
            if isinstance(item.record, Contact)
        ]
        return tuple(sorted(found, key=_name))

    def look_at_card(self, card: Card) -> CardHere:
        """What a card would change; nothing is kept by it. Raises `ShareError` for a card with the key of somebody
        else."""
        if any(one.recipient == card.recipient for one in self._identities()):
            return CardHere(card, CardIs.OWN)
        everybody = self.contacts()
        for known in everybody:
            if known.contact.recipient == card.recipient:
                same = known.contact.verify_key == card.verify_key
                return CardHere(card, CardIs.KEPT if same else CardIs.SIGNS_ANEW, known)
        if card.verify_key and any(known.contact.verify_key == card.verify_key for known in everybody):
            raise ShareError(
                "This card has the signature key of another contact beside an address of its own, as no card of this "
                "program does. It was not added."
            )
        named = next((known for known in everybody if tidy_name(known.contact.name) == card.name), None)
        return CardHere(card, CardIs.SAME_NAME if named is not None else CardIs.NEW, named)

    def add_card(self, card: Card, role: ShareRole | None = None) -> Saved:
        """Keep a card as a contact whose words were not compared; `role` None: as this journal is used.

        A card with the address of a contact and another key for signatures gives that contact the key; the words have
        changed with it, and count as not compared. Raises `ShareError` for one's own card and one that is kept.
        """
        here = self.look_at_card(card)
        if here.standing is CardIs.OWN:
            raise ShareError("This is the card of this journal itself.")
        if here.standing is CardIs.KEPT and here.contact is not None:
            raise ShareError(f"This card is kept already, as {here.contact.contact.name}.")
        if here.standing is CardIs.SIGNS_ANEW and here.contact is not None:
            changed = partial(_signing_by, recipient=card.recipient, verify_key=card.verify_key)
            return self.amend(here.contact.eid, changed)
        if role is None:
            role = ShareRole.WRITES if self.settings().therapist else ShareRole.READS
        return self.save(Contact(name=card.name, recipient=card.recipient, verify_key=card.verify_key, role=role))

    def mark_compared(self, eid: str, words: tuple[str, ...], how: Compared | None) -> Saved:
        """Note that these words of a contact were compared now, or with `how` None that they are not any more.

        Raises `ShareError` if the contact has other words by now.
        """
        known = next((one for one in self.contacts() if one.eid == eid), None)
        if known is None:
            raise NotFound("This contact is no longer in the journal.")
        if how is not None and (known.words != words or not words):
            raise ShareError("This contact has another card by now, with other words. Compare those.")
        at = Moment(self.clock.now()) if how is not None else None
        return self.amend(eid, partial(_compared, known=known.contact, at=at, how=how))

    def check_share(self, opened: OpenedShare) -> Checked:
        """Who made a share that was opened, as far as this journal knows."""
        own = {one.recipient: one.secret for one in self._identities()}
        finding = verify(opened.share, opened.proof, own, [known.contact for known in self.contacts()])
        receipts = {item.record.share: "" for item in self._items.of_kind("receipt") if hasattr(item.record, "share")}
        return Checked(finding, seen_before(opened.share, opened.digest, receipts))

    # -- keys --------------------------------------------------------------------------------------------------

    def _author(self, *, prove: bool, sign: bool) -> Author:
        own = self._own_identity()
        signing = self._signing_key(make=True) if sign else None
        return Author(own.recipient, own.secret, prove, signing.secret if signing else "")

    def _known_identity(self) -> Identity | None:
        return next(iter(self._identities()), None)

    def _identities(self) -> list[Identity]:
        """The same one first on every computer."""
        found = sorted(self._items.of_kind("identity"), key=lambda item: item.eid)
        return [item.record for item in found if isinstance(item.record, Identity)]

    def _own_identity(self) -> Identity:
        known = self._known_identity()
        if known is not None:
            return known
        pair = generate_identity()
        made = Identity(recipient=pair.recipient, secret=pair.secret, made=Moment(self.clock.now()))
        self._save_quietly(new_id(), made)
        return made

    def _signing_key(self, *, make: bool = False) -> SigningKey | None:
        found = sorted(self._items.of_kind("signing-key"), key=lambda item: item.eid)
        known = next((item.record for item in found if isinstance(item.record, SigningKey)), None)
        if known is not None or not make:
            return known
        pair = generate_signing_key()
        made = SigningKey(public=pair.public, secret=pair.secret, made=Moment(self.clock.now()))
        self._save_quietly(new_id(), made)
        return made


def _signing_by(contact: Record, *, recipient: str, verify_key: str) -> Record:
    """A contact with this key for signatures; one of another address is somebody else's, and stays as it is."""
    if not isinstance(contact, Contact) or contact.recipient != recipient:
        return contact
    return msgspec.structs.replace(contact, verify_key=verify_key, checked=None, how=None)


def _compared(contact: Record, *, known: Contact, at: Moment | None, how: Compared | None) -> Record:
    """A contact whose words were compared, where it has the keys that those words were of."""
    if not isinstance(contact, Contact) or not known.same_keys(contact):
        return contact
    return msgspec.structs.replace(contact, checked=at, how=how)


def contact_for_here(items: Items, eid: str, incoming: Contact) -> Contact:
    """A contact out of a file: whether its words were compared is known to this journal alone, and a file tells it
    nothing about that."""
    item = items.find(eid)
    mine = item.record if item is not None and isinstance(item.record, Contact) else None
    if mine is not None and mine.same_keys(incoming):
        return msgspec.structs.replace(incoming, checked=mine.checked, how=mine.how)
    return msgspec.structs.replace(incoming, checked=None, how=None)


def _words(contact: Contact) -> tuple[str, ...]:
    try:
        return key_words(contact.recipient, contact.verify_key)
    except ShareError:
        return ()


def _name(known: Known) -> tuple[str, str]:
    return (known.contact.name.casefold(), known.eid)
