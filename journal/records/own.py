"""What the journal keeps about itself, sealed like everything else."""

from __future__ import annotations

from msgspec import Struct

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line


class Settings(Record, frozen=True, kw_only=True, tag="settings"):
    """Choices that belong to this journal and travel with it. One record at most.

    `lock_minutes` 0 means: never by idleness. `therapist` is True where the owner reviews shares of others.
    `recovery_proved` is when the recovery words were last typed and right; `recovery_ask` from when on to ask for
    them again. Both belong to the words of this journal, and are not carried into another one.
    `backups`: whether they are made by themselves, in `backup_folder` or, where that is "", in a folder of the
    program's own. `backup_hold` is the name of the newest of those that are kept for good; `backup_fewer` how many
    entries fewer there were after it, until the person was asked.
    `scales`: which questionnaires the person uses, by the ids of their packs. `bands`: published ranges are shown.
    `reminders`: quiet ones, whose text says nothing. `rest_hours`: how long sharing, removing and settings rest after
    a session; 0 means until the next day, and -1 never. `spelling`: the dictionary to check
    by, "" for that of the computer's language, "none" for none; `known_words` are the person's own besides.
    """

    name: str = ""
    lock_minutes: int = 5
    therapist: bool = False
    recovery_proved: Moment | None = None
    recovery_ask: Moment | None = None
    backups: bool = True
    backup_folder: str = ""
    backup_hold: str = ""
    backup_fewer: int = 0
    scales: tuple[str, ...] = ()
    bands: bool = False
    reminders: bool = False
    rest_hours: int = 0
    spelling: str = ""
    known_words: tuple[str, ...] = ()


class Purged(Record, frozen=True, kw_only=True, tag="purged"):
    """Entries that were removed for good, by their ids and nothing else, so that no older copy brings them back."""

    eids: tuple[str, ...] = ()


class Identity(Record, frozen=True, kw_only=True, tag="identity"):
    """The key others can write a share to. `secret` is an age X25519 identity; it never leaves the journal."""

    recipient: str
    secret: str
    made: Moment

    @property
    def when(self) -> Moment:
        return self.made


class SigningKey(Record, frozen=True, kw_only=True, tag="signing-key"):
    """What signs shares, made when the person first chose to sign one. `public` stands on the journal's card;
    `secret`, the seed of an Ed25519 key, never leaves the journal. 64 hexadecimal digits each."""

    public: str
    secret: str
    made: Moment

    @property
    def when(self) -> Moment:
        return self.made


class LeftOut(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A passage that did not go along: of the `field` of the entry `eid`, from `start` up to `end` (code points), as
    the version `rev` of the entry has it; "" where no version is known to.

    The words themselves stand in that version alone, so that an entry that is removed for good leaves none here.
    """

    eid: str
    rev: str
    field: str
    start: int
    end: int


class ShareReceipt(Record, frozen=True, kw_only=True, tag="receipt"):
    """One line of the ledger: what was shared, when, for whom. Nothing can call a share back.

    `to` is the reader's name as the person typed it; `how` is "passphrase", "recipient" or "html" (a page for a
    browser, closed with a passphrase); `recipient` the age recipient, if any. `eids` are the entries that were in
    it, `counts` how many of each kind. `proved`: it holds a proof for its reader; `signed`: a signature that anybody
    can check. `left_out`: passages of these entries that were not in it. `entries_sha256` tells what it held, as the
    share format counts it: a reply says to which it answers. "" where an earlier version made it. `imported`: this
    line came out of a file of entries, which could claim anything.
    """

    share: str
    made: Moment
    to: str = ""
    how: str = "passphrase"
    recipient: str = ""
    eids: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    proved: bool = False
    signed: bool = False
    left_out: tuple[LeftOut, ...] = ()
    entries_sha256: str = ""
    imported: bool = False

    def __post_init__(self) -> None:
        check_line(self.to, "name")
        check_line(self.entries_sha256, "SHA-256")

    @property
    def when(self) -> Moment:
        return self.made


class ShareSet(Record, frozen=True, kw_only=True, tag="shareset"):
    """What a person shares again and again, kept by a name ("for Dr A, monthly").

    `kinds` of entries, and `options` (switches of a share that are on) as a share has them; `dates` how exactly days
    are told, "" for the day. `days`: no entry older than so many days. `only_new`: nothing that this reader had and
    that was not changed since. `to` and `recipient` are the reader.
    """

    name: str
    kinds: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    dates: str = ""
    days: int | None = None
    only_new: bool = False
    to: str = ""
    recipient: str = ""

    def __post_init__(self) -> None:
        for line in (self.name, self.dates, self.to, self.recipient, *self.kinds, *self.options):
            check_line(line, "line")
        if self.days is not None and not 1 <= self.days <= 9999:
            raise InvalidRecord("The number of days must lie between 1 and 9999.")
