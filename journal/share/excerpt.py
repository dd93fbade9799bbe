"""From ticked entries to the payload: the only place that decides what leaves the journal.

It works by picking: each field that goes is named here. A field that a later version adds to a record stays
behind until somebody writes it down here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from journal.clock import Clock, in_utc
from journal.errors import NotFound, ShareError
from journal.ids import new_id
from journal.records import (
    SLIDERS,
    Attachment,
    CheckIn,
    Commitment,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Medicine,
    Page,
    Question,
    Record,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    UnknownRecord,
    Writing,
)
from journal.share import excerpt_parts
from journal.share.excerpt_parts import (
    PARTS,
    Packs,
    Part,
    doses,
    packs_built_in,
    readings,
    told_day,
    told_time,
)
from journal.share.excerpt_pictures import shared_pictures
from journal.share.payload import (
    LeftOut,
    Payload,
    SharedCheckIn,
    SharedSession,
    SharedWriting,
    Window,
    WritingKind,
    payload_of,
)
from journal.share.redact import back, without
from journal.share.redraw import Drawn
from journal.share.selection import OPTIONS, Hidden, Selection, found
from journal.windows import next_dose, since, spans

Items = Iterable[tuple[str, Record | UnknownRecord]]

_BEFORE = timedelta(hours=24)
_KINDS: dict[type[Writing], WritingKind] = {
    Intention: WritingKind.INTENTION,
    Experience: WritingKind.EXPERIENCE,
    IntegrationNote: WritingKind.INTEGRATION,
    Page: WritingKind.PAGE,
}


def _as_written(question: Question) -> str:
    return question.text


def build(
    selection: Selection,
    items: Items,
    clock: Clock,
    packs: Packs = packs_built_in,
    line: Callable[[Question], str] = _as_written,
    drawn: Mapping[str, Drawn] | None = None,
) -> Payload:
    """What will be seen if this selection is shared. `items` are all entries of the journal, with their ids.

    `packs` finds the questionnaire that answers belong to. `line` is what a question shows: its words, or the cover
    of the entry they were taken from. `drawn` holds each ticked picture, drawn anew, by its file's id.

    Entries that are not ticked are looked at for two things only: so that a check-in is not counted from the wrong
    session, and for `left_out` where the person asked for it. Raises `NotFound` if a ticked entry is not among
    `items`, and `ShareError` if it is of a kind that is never shared.
    """
    everything = list(items)
    picked = _Picked(selection, everything)
    now = clock.now()
    payload = payload_of(
        share=new_id(),
        made=now.date(),
        made_at=told_time(selection, now),
        sender=selection.sender.strip(),
        to=selection.to.strip(),
        talk_about=selection.talk_about,
        sessions=tuple(picked.session(eid, session) for eid, session in picked.sessions),
        writings=tuple(_writing(selection, writing) for _, writing in picked.loose),
        checkins=tuple(picked.checkin(checkin) for _, checkin in picked.checkins),
        left_out=None,
        dates=selection.dates,
        **_parts(picked, packs, line),
        pictures=shared_pictures(selection, everything, order(selection, everything), drawn or {}),
    )
    if selection.tell_left_out:
        return _with_left_out(payload, selection, everything)
    return payload


def files_of(selection: Selection, items: Items) -> int:
    """How many files that were added to the ticked entries do not go along: all but ticked pictures."""
    along = {picked.eid for picked in selection.pictures}
    return sum(
        isinstance(record, Attachment) and selection.ticked(record.entry) and eid not in along
        for eid, record in items
    )


def hide(selection: Selection, items: Items, passage: tuple[int, str, int, int]) -> Selection:
    """The selection without a passage that is seen in it: an entry's place, its field, from where to where.

    Places are those of `Payload.entries` and of the text as it is shown, with the passages that are hidden already.
    Raises `NotFound` if there is no such text.
    """
    place, field, start, end = passage
    pairs = list(items)
    eids = order(selection, pairs)
    eid = eids[place] if 0 <= place < len(eids) else ""
    whole = getattr(dict(pairs).get(eid), field, None)
    if not isinstance(whole, str):
        raise NotFound("This text is no longer in the journal. Look at the share again.")
    before = [
        span for one in selection.hidden if one.eid == eid and one.field == field for span in found(one, whole)
    ]
    first, last = back(whole, before, start, end)
    if not first < last <= len(whole):
        raise NotFound("This text was changed meanwhile. Look at the share again.")
    new = Hidden(eid, first, last, field, whole[first:last])
    return msgspec.structs.replace(selection, hidden=(*selection.hidden, new))


def order(selection: Selection, items: Items) -> tuple[str, ...]:
    """The ticked ids in the order of `Payload.entries`, for the ledger: a reply names an entry by its place."""
    picked = _Picked(selection, list(items))
    eids: list[str] = []
    for eid, _ in picked.sessions:
        eids.append(eid)
        for cls in (Intention, Experience, IntegrationNote):
            eids.extend(writing_eid for writing_eid, _ in picked.of_session(eid, cls))
    eids.extend(eid for eid, _ in picked.loose)
    eids.extend(eid for eid, _ in picked.checkins)
    for kinds in _GROUPS.values():
        eids.extend(eid for eid, _ in picked.of_kinds(kinds))
    return tuple(eids)


class _Picked:
    """The ticked entries, sorted by time, and which sessions they stand by."""

    def __init__(self, selection: Selection, items: list[tuple[str, Record | UnknownRecord]]) -> None:
        self.selection = selection
        self.sessions: list[tuple[str, Session]] = []
        self.checkins: list[tuple[str, CheckIn]] = []
        self.parts: list[tuple[str, Part]] = []
        writings: list[tuple[str, Writing]] = []
        missing = set(selection.eids)
        for eid, whole in items:
            if not selection.ticked(eid):
                continue
            missing.discard(eid)
            record = _without_passages(selection, eid, whole)
            match record:
                case Session():
                    self.sessions.append((eid, record))
                case CheckIn():
                    self.checkins.append((eid, record))
                case Intention() | Experience() | IntegrationNote() | Page():
                    writings.append((eid, record))
                case _ if isinstance(record, PARTS):
                    self.parts.append((eid, record))
                case _:
                    raise ShareError("One of the ticked entries is of a kind that is never shared. Untick it first.")
        if missing:
            raise NotFound("A ticked entry is no longer in the journal. Look through the ticks again.")
        self.sessions.sort(key=lambda pair: (in_utc(pair[1].starts.at), pair[0]))
        self.checkins.sort(key=lambda pair: (in_utc(pair[1].at.at), pair[0]))
        self.parts.sort(key=_by_time)
        writings.sort(key=lambda pair: (in_utc(pair[1].at.at), pair[0]))
        self.places = {eid: place for place, (eid, _) in enumerate(self.sessions)}
        self._records = dict(items)
        self._by_session: dict[str, list[tuple[str, Writing]]] = {}
        self.loose: list[tuple[str, Writing]] = []
        for eid, writing in writings:
            if writing.session in self.places and not isinstance(writing, Page):
                self._by_session.setdefault(writing.session or "", []).append((eid, writing))
            else:
                self.loose.append((eid, writing))
        # Also the sessions that are not ticked: a check-in after one of those must not count from an earlier one.
        happened = [
            (eid, record.starts.at) for eid, record in items if isinstance(record, Session) and record.happened
        ]
        self._doses = sorted((in_utc(starts), eid) for eid, starts in happened)
        self._days = {eid: starts.date() for eid, starts in happened}

    def of_session(self, eid: str, cls: type[Writing]) -> list[tuple[str, Writing]]:
        """The ticked writings of one kind that belong to a session, by time."""
        return [pair for pair in self._by_session.get(eid, []) if isinstance(pair[1], cls)]

    def whole(self, eid: str) -> Record | UnknownRecord | None:
        """An entry with the passages that are left out."""
        return self._records.get(eid)

    def of_kinds(self, kinds: tuple[type, ...]) -> list[tuple[str, Part]]:
        """The ticked entries of these further kinds, by time."""
        return [pair for pair in self.parts if isinstance(pair[1], kinds)]

    def session(self, eid: str, session: Session) -> SharedSession:
        choice = self.selection
        intentions, experiences, integrations = (
            tuple(_writing(choice, writing) for _, writing in self.of_session(eid, cls))
            for cls in (Intention, Experience, IntegrationNote)
        )
        return SharedSession(
            day=told_day(choice, session.starts.at.date()),
            at=told_time(choice, session.starts.at),
            number=session.number,
            route=session.route,
            dose=session.dose,
            happened=session.happened,
            place=session.setting if choice.include_place else "",
            people=session.people if choice.include_people else "",
            notes=session.notes if choice.include_session_notes else "",
            intentions=intentions,
            experiences=experiences,
            integrations=integrations,
        )

    def checkin(self, checkin: CheckIn) -> SharedCheckIn:
        place, window = self._stands(checkin)
        return SharedCheckIn(
            day=told_day(self.selection, checkin.at.at.date()),
            at=told_time(self.selection, checkin.at.at),
            session=place,
            window=window,
            note=checkin.note if self.selection.include_checkin_notes else "",
            **{slider.name: getattr(checkin, slider.name) for slider in SLIDERS},
        )

    def _stands(self, checkin: CheckIn) -> tuple[int | None, Window | None]:
        """The shared session a check-in counts from, and the window. An unticked session hides both."""
        at = checkin.at.at
        if checkin.session is not None:
            place = self.places.get(checkin.session)
            if place is None:
                return None, None
            session = self.sessions[place][1]
            return place, self._window(session.starts.at, at) if session.happened else None
        moment = in_utc(at)
        same_day = [(dose, eid) for dose, eid in self._doses if moment < dose and self._days[eid] == at.date()]
        earlier = [(dose, eid) for dose, eid in self._doses if dose <= moment]
        if not same_day and not earlier:
            return None, None
        dose, eid = same_day[0] if same_day else earlier[-1]
        place = self.places.get(eid)
        return (None, None) if place is None else (place, self._window(dose, at))

    def _window(self, dose: datetime, at: datetime) -> Window | None:
        passed = since(dose, at)
        if passed < timedelta(0):
            return Window.BEFORE if passed >= -_BEFORE else None
        following = next_dose(dose, (other for other, _ in self._doses))
        span = next((span for span in spans(dose, following) if span.holds(at)), None)
        return Window(span.window.name) if span is not None else None


def _without_passages(
    choice: Selection, eid: str, record: Record | UnknownRecord
) -> Record | UnknownRecord:
    """The record as if the hidden passages had never been written."""
    passages: dict[str, list[tuple[int, int]]] = {}
    for hidden in choice.hidden:
        if hidden.eid == eid and isinstance(getattr(record, hidden.field, None), str):
            passages.setdefault(hidden.field, []).extend(found(hidden, getattr(record, hidden.field)))
    if not passages or isinstance(record, UnknownRecord):
        return record
    changes: dict[str, object] = {}
    for field, hidden_here in passages.items():
        marks = record.marks if isinstance(record, Writing) and field == "text" else None
        changes[field], moved = without(getattr(record, field), marks or (), hidden_here)
        if marks is not None:
            changes["marks"] = moved
    return msgspec.structs.replace(record, **changes)


def _writing(choice: Selection, writing: Writing) -> SharedWriting:
    modalities = writing.modalities if isinstance(writing, IntegrationNote) else ()
    return SharedWriting(
        kind=_KINDS[type(writing)],
        day=told_day(choice, writing.at.at.date()),
        at=told_time(choice, writing.at.at),
        title=writing.title,
        text=writing.text,
        marks=writing.marks,
        tags=writing.tags if choice.include_tags else (),
        modalities=modalities if choice.include_tags else (),
    )


def _with_left_out(
    payload: Payload, selection: Selection, items: list[tuple[str, Record | UnknownRecord]]
) -> Payload:
    counts = {"sessions": 0, "writings": 0, "checkins": 0, "others": 0}
    period = payload.period
    for eid, record in items:
        when = record.when
        if selection.ticked(eid) or when is None or period is None:
            continue
        if not period[0] <= told_day(selection, when.at.date()) <= period[1]:
            continue
        match record:
            case Session():
                counts["sessions"] += 1
            case CheckIn():
                counts["checkins"] += 1
            case Writing():
                counts["writings"] += 1
            case _ if isinstance(record, PARTS):
                counts["others"] += 1
    options = tuple(title for name, title in OPTIONS if not getattr(selection, name))
    if files := files_of(selection, items):
        options += ("1 added file" if files == 1 else f"{files:,} added files",)
    fields = msgspec.structs.asdict(payload)
    del fields["format"]
    return payload_of(**{**fields, "left_out": LeftOut(**counts, options=options)})


_GROUPS: dict[str, tuple[type, ...]] = {  # in the order of `Payload.parts`
    "scales": (ScaleAnswers, ScaleTotal),
    "medicines": (Medicine,),
    "effects": (SideEffect,),
    "hard": (HardMoment,),
    "commitments": (Commitment,),
    "questions": (Question,),
}


def _parts(picked: _Picked, packs: Packs, line: Callable[[Question], str]) -> dict[str, tuple[object, ...]]:
    """The fields of a payload that came with format 2."""
    choice, places = picked.selection, picked.places
    fields: dict[str, tuple[object, ...]] = {
        name: tuple(_part(picked, eid, record, packs, line) for eid, record in picked.of_kinds(kinds))
        for name, kinds in _GROUPS.items()
    }
    for name, told in (("readings", readings), ("doses", doses)):
        fields[name] = tuple(one for eid, session in picked.sessions for one in told(choice, places[eid], session))
    return fields


def _part(picked: _Picked, eid: str, record: Part, packs: Packs, line: Callable[[Question], str]) -> object:
    choice, places = picked.selection, picked.places
    match record:
        case ScaleAnswers():
            return excerpt_parts.scale(choice, places, record, packs)
        case ScaleTotal():
            return excerpt_parts.total(choice, places, record)
        case Medicine():
            return excerpt_parts.medicine(choice, record)
        case SideEffect():
            return excerpt_parts.effect(choice, places, record)
        case HardMoment():
            return excerpt_parts.hard(choice, places, record)
        case Commitment():
            return excerpt_parts.commitment(choice, places, record)
        case Question():
            whole = picked.whole(eid)
            if isinstance(whole, Question) and line(whole) != whole.text:  # a cover lies over all of it
                record = msgspec.structs.replace(record, text=line(whole))
            return excerpt_parts.question(choice, places, record)


def _by_time(pair: tuple[str, Part]) -> tuple[bool, float, str]:
    when = pair[1].when
    return (when is not None, in_utc(when.at).timestamp() if when is not None else 0.0, pair[0])

