"""What a therapist keeps: clients, the shares they gave, and own comments on them. Sealed like everything else."""

from __future__ import annotations

from datetime import date

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line, check_text


class Client(Record, frozen=True, kw_only=True, tag="client"):
    """Somebody whose shares are read. `contact` is the entry of their contact, where there is one."""

    name: str
    added: Moment
    notes: str = ""
    contact: str | None = None

    def __post_init__(self) -> None:
        check_line(self.name, "name")
        check_text(self.notes)

    @property
    def when(self) -> Moment:
        return self.added


class Received(Record, frozen=True, kw_only=True, tag="received"):
    """A share that a client gave. `entries` are its entries in their canonical form, as the share format has them.

    `share` is the share's own id, `made` the day it was made. `maker` is what was found out about who made it, in a
    sentence, when it was taken in. `seen`: when the therapist had looked it through. `address`: the one whose secret
    made it, where that was proved; a reply can go there.
    """

    client: str
    share: str
    made: date
    received: Moment
    entries: str
    maker: str = ""
    seen: Moment | None = None
    address: str = ""

    def __post_init__(self) -> None:
        check_line(self.share, "id")
        check_line(self.address, "address")
        check_text(self.maker)
        check_text(self.entries)

    @property
    def when(self) -> Moment:
        return self.received


class Comment(Record, frozen=True, kw_only=True, tag="comment"):
    """A therapist's own words beside a passage of a share, or beside a whole entry (`end` 0).

    `received` is the share's entry here, `place` the entry in it, `field` and `start` to `end` the passage in code
    points, `words` the passage itself. `sent`: when it went into a reply, and `reply` which; before that nobody else
    can read it, and after that it stays as it was sent.
    """

    received: str
    place: int
    text: str
    made: Moment
    field: str = ""
    start: int = 0
    end: int = 0
    words: str = ""
    sent: Moment | None = None
    reply: str = ""

    def __post_init__(self) -> None:
        check_text(self.text)
        check_text(self.words)
        check_line(self.field, "field")
        check_line(self.reply, "id")
        if self.place < 0 or not 0 <= self.start <= self.end:
            raise InvalidRecord("A comment needs its place.")

    @property
    def when(self) -> Moment:
        return self.made


class SentReply(Record, frozen=True, kw_only=True, tag="sent-reply"):
    """A reply that was written: when, to which share (`received`, its entry here), for whom. Nothing calls it back.

    `reply` is its own id, `eids` the comments that went into it, `body` what was sent, in its canonical form, as the
    reply format has it. `to` is the name as it was typed; `how` is "recipient" or "passphrase"; `recipient` the
    address. `proved`: it holds a proof for its reader.
    """

    reply: str
    received: str
    sent: Moment
    body: str
    to: str = ""
    how: str = "passphrase"
    recipient: str = ""
    proved: bool = False
    eids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_line(self.reply, "id")
        check_line(self.to, "name")
        check_line(self.recipient, "address")
        check_text(self.body)

    @property
    def when(self) -> Moment:
        return self.sent


class Reply(Record, frozen=True, kw_only=True, tag="reply"):
    """Comments that came back on a share of one's own. `reply` is its own id, `share` the share it answers.

    `body` is the whole container, as the reply format has it, with what proves its maker: that can be checked at any
    time. `maker` is what was found out about who made it when it was taken in; `known` whether that was the contact
    it was sent to, whose words had been compared.
    """

    reply: str
    share: str
    received: Moment
    body: str
    maker: str = ""
    known: bool = False
    seen: Moment | None = None

    def __post_init__(self) -> None:
        check_line(self.reply, "id")
        check_line(self.share, "id")
        check_text(self.maker)
        check_text(self.body)

    @property
    def when(self) -> Moment:
        return self.received
