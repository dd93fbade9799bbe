"""Landing, step by step: each answer is kept as it is given, and whoever comes back goes on where they were.

What is said becomes one entry of the session, a check-in and a note of a hard moment, where they were given. Where
one is in it is sealed as a draft of its own, which is no entry and not among what was left unfinished.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from journal.change import Change
from journal.clock import Clock, later
from journal.errors import NotFound, ReadOnlyJournal
from journal.ids import new_id
from journal.records import Attachment, CheckIn, Experience, HardMoment, HowHard, Landing, Moment, Record
from journal.service.commits import Commits
from journal.service.hard import TOMORROW, ask_moment
from journal.service.landing import GOES_ON, landings, unfinished_landing
from journal.service.landing_text import answers, with_answer
from journal.service.names import NAMES
from journal.service.resting import Rests
from journal.service.results import Saved
from journal.service.undo import Turn, UndoStack
from journal.service.unfinished_share import LANDING_PLACE as KIND
from journal.service.views import DraftView, labels
from journal.store import Item, Items
from journal.vault import Draft, Vault

TITLE = "Landing"
NO, BIT, VERY = "no", "bit", "very"
NIGHT = "night"  # the step at which a landing has ended


class _Place(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=KIND):
    """Where one is: the question, what was said of how hard it was, and the entries that came of the answers."""

    step: str = ""
    hard: str = ""
    again: str = ""
    moment: str = ""
    checkin: str = ""


class LandingView(msgspec.Struct, frozen=True, kw_only=True):
    """A landing as its page shows it. `step` is the question to go on with, "" for the first.

    `hard` is "no", "bit", "very" or ""; `again` "tomorrow", "no" or "". `ask` is when to ask again, as the note says.
    """

    eid: str
    landing: Landing
    label: str
    step: str
    said: dict[str, str]
    covered: bool
    hard: str
    again: str
    ask: Moment | None
    mood: int | None
    voices: tuple[Item, ...]


class Landings(Commits, Rests):
    """The part of the service that keeps what is said while landing."""

    _items: Items
    _vault: Vault
    _undo: UndoStack
    clock: Clock
    amend: Callable[[str, Callable[[Record], Record]], Saved]
    undo: Callable[[], Change | None]
    redo: Callable[[], Change | None]

    def save(self, record: Record, eid: str | None = None) -> Saved:
        raise NotImplementedError

    def put_draft(self, eid: str, record: Record) -> None:
        raise NotImplementedError

    def drop_draft(self, eid: str) -> None:
        raise NotImplementedError

    def draft(self, eid: str) -> DraftView | None:
        raise NotImplementedError

    # -- beginning, coming back, ending --------------------------------------------------------------------------

    def land(self, session: str | None, at: Moment) -> tuple[LandingView, Change]:
        """Begin landing from a session, or from none, or go on with what was begun. From now on some things rest."""
        known = [
            (landing.ended is None, landing.began.at, eid)  # one that has ended is shown at its end
            for eid, landing in landings(self._items)
            if landing.session == session and abs(at.at - landing.began.at) <= GOES_ON
        ]
        if known:
            return self.landing(max(known)[2]), Change()
        if self._vault.read_only:
            raise ReadOnlyJournal
        made = Landing(began=at, session=session, experience=new_id())
        saved = self._save_quietly(new_id(), made)
        self.resting()  # from here the time is counted that passes
        return self.landing(saved.eid), saved.change

    def landing(self, eid: str) -> LandingView:
        """A landing that was begun. Raises `NotFound`."""
        record, place = self._landing(eid), self._place(eid)
        experience = self._experience(record)
        checkin = self._items.find(place.checkin)
        mood = checkin.record.mood if checkin is not None and isinstance(checkin.record, CheckIn) else None
        hard, again, ask = self._as_noted(place)
        voices = tuple(
            item
            for item in self._items.of_kind("attachment")
            if isinstance(item.record, Attachment) and item.record.entry == record.experience
        )
        return LandingView(
            eid=eid,
            landing=record,
            label=labels(self._items).get(record.session or "", ""),
            step=NIGHT if record.ended is not None else place.step,
            said=answers(experience) if experience is not None else {},
            covered=experience is not None and experience.covered,
            hard=hard,
            again=again,
            ask=ask,
            mood=mood,
            voices=voices,
        )

    def landing_to_go_on(self) -> str | None:
        """The landing that was begun and not ended, where it is not long ago."""
        return unfinished_landing(self._items, self.clock.now()) if not self._vault.read_only else None

    def good_night(self, eid: str) -> Change:
        """The landing has ended; what was said is an entry."""
        record = self._landing(eid)
        change = self._settle_experience(record) | self._settle_hard(eid)
        ended = msgspec.structs.replace(record, ended=Moment(self.clock.now()))
        return change | self._save_quietly(eid, ended).change

    # -- answers -------------------------------------------------------------------------------------------------

    def say_step(self, eid: str, step: str) -> None:
        """This is the question one is at."""
        self._put_place(eid, step=step)

    def say(self, eid: str, name: str, text: str, *, draft: bool = False) -> Change:
        """Keep an answer in words: as a draft while it is typed, as the entry when it is done."""
        record = self._with_entry(eid)
        before = self._experience(record)
        after = with_answer(before or Experience(at=record.began, title=TITLE, session=record.session), name, text)
        if before is None and not after.text:
            return Change()
        entry = record.experience or ""
        if draft:
            self.put_draft(entry, after)
            return Change()
        return self.save(after, entry).change

    def say_hard(self, eid: str, how: str) -> Change:
        """Whether any of it was hard: "no", "bit", "very", or "" for no answer."""
        found = self._items.find(self._place(eid).moment)
        known = found is not None and isinstance(found.record, HardMoment)
        if how in (BIT, VERY) and not known:
            record = self._landing(eid)
            now, entry = Moment(self.clock.now()), self._entry(record)
            made = HardMoment(at=now, how=HowHard(how), session=record.session, entry=entry)
            return self._made(eid, made, "moment", hard=how)
        self._put_place(eid, hard=how)
        if found is not None and how in (BIT, VERY):
            return self.amend(found.eid, partial(msgspec.structs.replace, how=HowHard(how))).change
        if found is not None and self._tells_more(found):
            return Change()  # the answer is another now; what was noted besides is the person's own
        self._put_place(eid, again="")
        return self._take_back(found)

    def say_again(self, eid: str, when: str) -> Change:
        """Whether to be asked again: "tomorrow", "no", or "" for no answer."""
        place = self._put_place(eid, again=when)
        found = self._items.find(place.moment)
        if found is None or not isinstance(found.record, HardMoment):
            return Change()
        ask = ask_moment(TOMORROW, self.clock.now()) if when == TOMORROW else None
        return self.amend(found.eid, partial(msgspec.structs.replace, ask_again=ask)).change

    def say_mood(self, eid: str, mood: int | None) -> Change:
        """The mood, in one tap."""
        place = self._place(eid)
        found = self._items.find(place.checkin)
        if mood is None:
            return self._take_back(found)
        if found is not None and isinstance(found.record, CheckIn):
            return self.amend(found.eid, partial(msgspec.structs.replace, mood=mood)).change
        record = self._landing(eid)
        made = CheckIn(at=Moment(self.clock.now()), mood=mood, session=record.session)
        return self._made(eid, made, "checkin")

    def say_aloud(self, eid: str, name: str, data: bytes, media: str) -> Saved:
        """Keep a recording with the entry; its bytes are sealed like every file's."""
        record = self._with_entry(eid)
        change = Change()
        if self._items.find(record.experience) is None:
            experience = self._experience(record) or Experience(at=record.began, title=TITLE, session=record.session)
            change = self.save(experience, record.experience).change
        saved = self.attach_bytes(record.experience or "", name, data, media)
        return msgspec.structs.replace(saved, change=saved.change | change)

    def take_back_aloud(self, eid: str, file: str) -> Change:
        """Take back a recording of this landing. Undo brings it again: it is no removal for good."""
        record, item = self._landing(eid), self._items.get(file)
        mine = isinstance(item.record, Attachment) and item.record.entry == record.experience
        if not mine:
            raise NotFound
        return self._take_out("taking back a recording", file)

    def attach_bytes(self, entry: str, name: str, data: bytes, media: str = "") -> Saved:
        raise NotImplementedError

    def undo_answer(self, eid: str, *, again: bool = False) -> Change | None:
        """Undo what was done last (or, `again`, redo it), where that was an answer of this landing; else nothing."""
        record, place = self._landing(eid), self._place(eid)
        mine = {record.experience, place.moment, place.checkin}
        deed = self._undo.to_redo() if again else self._undo.to_undo()
        if deed is None or not all(self._answers(one, mine) for one in deed.entries):
            return None
        return self.redo() if again else self.undo()

    def _answers(self, one: Turn, mine: set[str | None]) -> bool:
        """Whether what was done to an entry was done to one of these, or to a recording that belongs to one."""
        files = (record.entry for record in one.records() if isinstance(record, Attachment))
        return one.eid in mine or any(entry in mine for entry in files)

    def hard_of_landing(self, eid: str) -> str | None:
        """The note of what was hard, where one was made."""
        return self._place(eid).moment or None

    # -- parts ---------------------------------------------------------------------------------------------------

    def _landing(self, eid: str) -> Landing:
        record = self._items.get(eid).record
        if not isinstance(record, Landing):
            raise NotFound
        return record

    def _with_entry(self, eid: str) -> Landing:
        """The landing, with the id that its entry has or will have."""
        record = self._landing(eid)
        if record.experience is None:
            record = msgspec.structs.replace(record, experience=new_id())
            self._save_quietly(eid, record)
        return record

    def _experience(self, landing: Landing) -> Experience | None:
        """What was said so far, with what is not saved as an entry yet."""
        draft = self.draft(landing.experience or "")
        found = draft or self._items.find(landing.experience)
        return found.record if found is not None and isinstance(found.record, Experience) else None

    def _entry(self, landing: Landing) -> str | None:
        return landing.experience if self._items.find(landing.experience) is not None else None

    def _settle_experience(self, landing: Landing) -> Change:
        experience = self._experience(landing)
        return self.save(experience, landing.experience).change if experience is not None else Change()

    def _settle_hard(self, eid: str) -> Change:
        """A moment that was noted before there was an entry belongs to it now."""
        found = self._items.find(self._place(eid).moment)
        entry = self._entry(self._landing(eid))
        if found is None or not isinstance(found.record, HardMoment) or found.record.entry == entry:
            return Change()
        return self.amend(found.eid, partial(msgspec.structs.replace, entry=entry)).change

    def _take_back(self, found: Item | None) -> Change:
        """An answer that was changed to none: it is taken back as undo takes it back, and undo brings it again."""
        if found is None:
            return Change()
        return self._take_out("taking back an answer", found.eid)

    def _as_noted(self, place: _Place) -> tuple[str, str, Moment | None]:
        """How hard it was, and whether and when to ask again: as the note says, which has a path of its own."""
        found = self._items.find(place.moment)
        if found is None or not isinstance(found.record, HardMoment):
            return place.hard if place.hard == NO else "", "", None
        note = found.record
        taken_back = place.hard not in (BIT, VERY) and self._tells_more(found)
        hard = place.hard if taken_back else note.how.value
        if note.ask_again is None:
            return hard, NO if place.again == NO else "", None
        tomorrow = ask_moment(TOMORROW, self.clock.now())
        return hard, TOMORROW if note.ask_again == tomorrow else "", note.ask_again

    def _tells_more(self, found: Item) -> bool:
        note = found.record
        return self.draft(found.eid) is not None or (
            isinstance(note, HardMoment)
            and bool(note.note or note.tell or note.talk or note.ask_again or note.looked or note.still is not None)
        )

    def _place(self, eid: str) -> _Place:
        key = _key(eid)
        found = next((draft for draft in self._vault.drafts() if draft.key == key), None)
        try:
            return msgspec.json.decode(found.body, type=_Place) if found is not None else _Place()
        except msgspec.DecodeError:  # a later version wrote it
            return _Place()

    def _put_place(self, eid: str, **what: str) -> _Place:
        place = self._place(eid)
        new = msgspec.structs.replace(place, **what)
        if new != place:
            self._vault.put_draft(self._sealed(eid, new))
        return new

    def _sealed(self, eid: str, place: _Place) -> Draft:
        return Draft(key=_key(eid), kind=KIND, body=msgspec.json.encode(place), at=self.clock.now())

    def _made(self, eid: str, record: Record, name: str, **what: str) -> Change:
        """Save a new entry that came of an answer, and that it did: in one commit. Were the entry there alone after a
        power cut, the answer would make a second one."""
        entry = new_id()
        place = msgspec.structs.replace(self._place(eid), **{name: entry}, **what)
        label = f"adding the {NAMES[record.kind]}"
        return self._put(label, [(entry, record)], put=[self._sealed(eid, place)])[1]

    def forget_old_places(self) -> None:
        """Let go of where one was in landings that are long over."""
        now = self.clock.now()
        keep = {_key(eid) for eid, one in landings(self._items) if _recent(one, now)}
        for draft in self._vault.drafts():
            if draft.kind == KIND and draft.key not in keep:
                self._vault.drop_draft(draft.key)


def _recent(landing: Landing, now: datetime) -> bool:
    return later(landing.began.at, 2 * GOES_ON) > now


def _key(eid: str) -> str:
    return hashlib.sha256(f"{KIND} {eid}".encode()).hexdigest()[:32]
