"""What is in a share that was kept. One that cannot be read, of a later version or out of a file that somebody made,
stands there by its day and takes no other share along."""

from __future__ import annotations

from journal.errors import DamagedShare
from journal.records import Received
from journal.share import Payload
from journal.share.payload import decode, payload_of

_NO_SHARE = "0" * 32  # ids are drawn by chance, and this one is not


def open_kept(received: Received) -> Payload:
    """The share, or one of its day that holds nothing and is `unread`."""
    try:
        return decode(received.entries.encode("ascii", "replace"))
    except DamagedShare:
        return payload_of(
            share=_NO_SHARE, made=received.made, made_at=None, sender="", to="", talk_about="", sessions=(),
            writings=(), checkins=(), left_out=None,
        )  # fmt: skip


def unread(payload: Payload) -> bool:
    """Whether this stands for a share that cannot be read here."""
    return payload.share == _NO_SHARE and payload.empty
