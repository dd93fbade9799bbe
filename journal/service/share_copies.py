"""A copy of a share that is kept here: whether it says the same, and whether it may stand in the kept one's place.

A share can be sealed again by anybody who reads it, with other pictures and with a proof of their own address. So a
proof alone says nothing; one by a contact whose words were compared does.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from journal.records import Client, Contact, Received
from journal.share import SharedPicture
from journal.share.made_by import made_by
from journal.store import Items


class Better(StrEnum):
    """What a copy of a share has that the kept one has not: it is certain who made it, or there are more pictures."""

    NO = ""
    PROVED = "proved"
    PICTURES = "pictures"


def surely_made(items: Items, one: Received, maker: str, address: str) -> bool:
    """Whether it is certain who made a copy of `one`, and of that itself it is not.

    Certain is a contact whose words were compared; of a client who has a contact, that contact. Where the client has
    none, what was certain when it was kept stays so.
    """
    client = items.find(one.client)
    contact = client.record.contact if client is not None and isinstance(client.record, Client) else None
    certain = {
        item.record.recipient
        for item in items.of_kind("contact")
        if isinstance(item.record, Contact) and item.record.checked is not None and contact in (None, item.eid)
    }
    kept = one.address in certain or (contact is None and bool(made_by(one.maker)))
    return bool(made_by(maker)) and address in certain and not kept


def beside(
    pictures: Sequence[SharedPicture], kept: Sequence[SharedPicture], *, sure: bool, same_maker: bool
) -> tuple[bool, Better]:
    """Whether a copy with these pictures is the kept one, in whose place it may stand, and why it may.

    `sure`: as `surely_made` says. Without that a copy may only add: one that was opened first from a spoiled file has
    fewer. Nothing is added by another maker.
    """
    if sure:
        return True, Better.PROVED
    if _within(pictures, kept):
        return True, Better.NO
    if _within(kept, pictures) and same_maker:
        return True, Better.PICTURES
    return False, Better.NO


def _within(some: Sequence[SharedPicture], every: Sequence[SharedPicture]) -> bool:
    """Whether all of some stand among the others, in this order."""
    rest = iter(every)
    return all(one in rest for one in some)
