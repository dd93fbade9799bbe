"""A patient and a therapist, each with a journal, and what goes between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from journal.clock import FixedClock
from journal.records import Client, Comment, Compared, Moment, Settings
from journal.service import JournalService, ReplyChoice, Stands
from journal.share import (
    Author,
    OpenedReply,
    OpenedShare,
    ReplyPayload,
    Selection,
    WrittenReply,
    seal_for_recipients,
)
from journal.share.reply import pack_reply
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, course_of_two

SESSION, EXPERIENCE, PAGE, CHECKIN = "1" * 32, "4" * 32, "7" * 32, "6" * 32
TICKED = frozenset({SESSION, EXPERIENCE, PAGE, CHECKIN})
# Places in a share of these: the session 0, its experience ("under water") 1, the page 2, the check-in 3.


class Two:
    """`patient` has a course of two sessions. `folder` is where files go from one to the other."""

    def __init__(self, patient: JournalService, therapist: JournalService, folder: Path, clock: FixedClock) -> None:
        self.patient, self.therapist, self.folder, self.clock = patient, therapist, folder, clock
        self.files = 0

    def know_each_other(self, *, compare: bool = True) -> None:
        """Both give the other their card, and read the words to each other."""
        pairs = ((self.patient, self.therapist, "Dr Amsel"), (self.therapist, self.patient, "Jona"))
        for mine, theirs, name in pairs:
            card = theirs.own_card(name)
            eid = mine.add_card(card.card).eid
            if compare:
                mine.mark_compared(eid, card.words, Compared.IN_PERSON)

    def file(self, name: str = "file") -> Path:
        self.files += 1
        return self.folder / f"{name}-{self.files}.age"

    def share(self, eids: Iterable[str] = TICKED, *, prove: bool = True, **more: object) -> OpenedShare:
        """A share for the therapist's address, as they have it open."""
        path = self.file("share")
        selection = Selection(eids=frozenset(eids), sender="Jona", to="Dr Amsel", **more)  # type: ignore[arg-type]
        self.patient.write_share(selection, path, recipients=[self.therapist.identity()], prove=prove)
        return self.therapist.open_share(path)

    def kept(self, opened: OpenedShare | None = None) -> str:
        """A share that the therapist keeps."""
        opened = opened or self.share()
        address = self.therapist.check_share(opened).finding.address
        clients = [row.eid for row in self.therapist.clients()]
        client = clients[0] if clients else self.therapist.save(Client(name="Jona", added=self.now())).eid
        return self.therapist.take_in(opened.payload, client, "", address).eid

    def now(self) -> Moment:
        return Moment(self.clock.now())

    def written(self, received: str, *, text: str = "", words: str | None = None) -> tuple[Path, WrittenReply]:
        """A reply with all comments that wait, to the address that is known, or closed with words."""
        desk = self.therapist.reply_desk(received)
        choice = everything_waiting(self.therapist, received, text)
        payload, path = self.therapist.preview_reply(choice), self.file("reply")
        to = "" if words is not None else desk.to.address
        written = self.therapist.write_reply(choice, path, payload=payload, recipient=to, passphrase=words)
        return path, written

    def answered(self, *comments: tuple[str, tuple[int, str, int, int]], text: str = "") -> OpenedReply:
        """A reply to a new share, as the patient has it open. `comments`: what is said, and about which passage."""
        received = self.kept()
        for said, passage in comments or (("Which water?", (1, "text", 6, 11)),):
            self.therapist.comment(received, said, passage)
        return self.opened(self.written(received, text=text)[0])

    def opened(self, path: Path, words: str | None = None) -> OpenedReply:
        found = self.patient.open_either(path, passphrase=words)
        assert isinstance(found, OpenedReply)
        return found


@contextmanager
def two_people(patient: JournalService, folder: Path, clock: FixedClock) -> Iterator[Two]:
    course_of_two(patient, "c" * 32)
    therapist, _ = JournalService.create(
        folder / "therapist.vault", PASSWORD, profile=FAST, clock=clock, state_dir=folder / "state-therapist"
    )
    therapist.save_settings(Settings(name="Dr Amsel", therapist=True))
    (folder / "between").mkdir()
    try:
        yield Two(patient, therapist, folder / "between", clock)
    finally:
        therapist.close()


def everything_waiting(therapist: JournalService, received: str, text: str = "") -> ReplyChoice:
    desk = therapist.reply_desk(received)
    eids = tuple(item.eid for item in desk.waiting)
    return ReplyChoice(received=received, comments=eids, text=text, sender=desk.sender, to=desk.to.name)


def sent(service: JournalService, received: str) -> list[tuple[str, bool]]:
    """What the comments on a share say, and whether they were sent."""
    records = [item.record for item in service.comments(received)]
    return [(record.text, record.sent is not None) for record in records if isinstance(record, Comment)]


def with_text(payload: ReplyPayload, text: str) -> ReplyPayload:
    return msgspec.structs.replace(payload, text=text)


def resealed(two: Two, contents: bytes) -> OpenedReply:
    """What somebody made of a reply, sealed for the patient."""
    path = two.file("resealed")
    path.write_bytes(seal_for_recipients(contents, [two.patient.identity()]))
    return two.opened(path)


def forged(two: Two, payload: ReplyPayload, author: Author) -> OpenedReply:
    return resealed(two, pack_reply(payload, author, two.patient.identity()))


def beside(service: JournalService, eid: str) -> list[tuple[str, Stands, tuple[int, int] | None]]:
    """What stands beside an entry: what each comment says, and how it stands."""
    found = [one for standing in service.replies_beside(eid) for one in standing.comments]
    return [(one.comment.text, one.stands, one.at) for one in found]


def stands(service: JournalService, eid: str) -> list[tuple[Stands, str]]:
    """How the comments of a reply stand, and to which entry."""
    return [(one.stands, one.eid) for one in service.reply(eid).comments]
