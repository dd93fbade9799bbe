"""All that an entry which is no text says, as names and values: what its versions are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from journal.records import (
    Attachment,
    CheckIn,
    Checklist,
    Client,
    Comment,
    Commitment,
    Contact,
    Course,
    CoursePhase,
    Expense,
    HardMoment,
    Landing,
    Medicine,
    MedicineStep,
    Moment,
    Person,
    PromptSet,
    Provider,
    Question,
    Received,
    Record,
    Reply,
    ScaleAnswers,
    ScalePack,
    ScaleTotal,
    SentReply,
    Session,
    ShareSet,
    SideEffect,
    Template,
    UnknownRecord,
    Vitals,
    Writing,
)
from journal.records.path import HARD_NAMES
from journal.scales import Pack, pack_in
from journal.service import JournalService
from journal.share.who import compared
from ui import body_words, words

Fields = list[tuple[str, object]]
Names = Mapping[str, str]
Asked = Mapping[tuple[str, int], Pack]
_LATER = "A newer version of the program wrote more, which is kept and cannot be shown here."


def names_of(service: JournalService, records: Iterable[Record | UnknownRecord | None]) -> dict[str, str]:
    """What the entries are called that these records point at, by their ids. Those that are gone have no name."""
    found = ((eid, service.find(eid)) for record in records if isinstance(record, Record) for eid in _points(record))
    return {eid: _called(item.record) for eid, item in found if item is not None}


def asked_of(service: JournalService, records: Iterable[Record | UnknownRecord | None]) -> Asked:
    """The questionnaires that answers were given to, by id and version, in the words they had then."""
    found = ((one, service.pack_of(one)) for one in records if isinstance(one, ScaleAnswers))
    return {(answers.scale, answers.version): pack for answers, pack in found if pack is not None}


def fields_of(record: Record, names: Names | None = None) -> Fields:
    """The fields of a record that is no text; `names` are those of the entries it points at."""
    return [*_fields(record, names or {}), ("", _LATER if record.unknown else "")]


def rest_of(record: Writing, names: Names | None = None) -> Fields:
    """What there is to a text besides its words."""
    return [
        ("When", words.day_and_time(record.at)), ("Session", _entry(record.session, names or {})),
        ("Covered in lists", "yes" if record.covered else ""), ("Shown in its place", record.cover),
        ("", _LATER if record.unknown else ""),
    ]  # fmt: skip


def _fields(record: Record, names: Names) -> Fields:
    match record:
        case Session():
            return _session(record, names)
        case Course():
            return _course(record, names)
        case Provider():
            return [
                ("Name", record.name), ("What they do", words.ROLE_NAMES[record.role]), ("Where", record.place),
                ("How to reach them", record.reach), ("Notes", record.notes),
            ]  # fmt: skip
        case Expense():
            sums = (record.amount, record.covered)
            amount, covered = (words.money(Decimal(one), record.currency) for one in sums)
            return [
                ("When", words.day(record.at)), ("What it was for", record.what), ("What it cost", amount),
                ("Covered", covered), ("Course", _entry(record.course, names)),
                ("Session", _entry(record.session, names)), ("Who was paid", _entry(record.provider, names)),
                ("Notes", record.notes),
            ]  # fmt: skip
        case Person():
            return [
                ("Name", record.name), ("How to reach them", record.reach), ("A word beside it", record.notes),
                ("Shown before unlocking", "yes" if record.without_password else "no"),
            ]  # fmt: skip
        case Client() | Received() | Comment() | Reply() | SentReply():
            return _reviewed(record, names)
        case ShareSet():
            return [
                ("Name", record.name), ("Reader", record.to), ("Address", record.recipient),
                *(("Kind", words.KIND_NAMES.get(kind, kind)) for kind in record.kinds),
                *(("Along with it", option) for option in record.options), ("How exact days are", record.dates),
                ("Days back", record.days), ("Only what is new", "yes" if record.only_new else ""),
            ]  # fmt: skip
        case Contact():
            return [
                ("Name", record.name), ("Address", record.recipient), ("Key for signatures", record.verify_key),
                ("Which way shares go", words.SHARE_ROLES[record.role]), ("", compared(record)),
                ("A word beside it", record.note),
            ]  # fmt: skip
        case Checklist():
            return [("", line) for line in record.lines]
        case Medicine() | SideEffect():
            return _body(record, names)
        case Question() | Commitment() | HardMoment() | Landing():
            return _path(record, names)
        case PromptSet() | Template() | ScalePack():
            return _ready(record)
        case Attachment():
            return [
                ("Name", record.name), ("Belongs to", _entry(record.entry, names)),
                ("Added", words.day_and_time(record.at)), ("Kind of file", record.media),
                ("Size in bytes", record.size), ("SHA-256", record.sha256),
            ]  # fmt: skip
        case CheckIn() | ScaleAnswers() | ScaleTotal():
            return [("Session", _entry(record.session, names))]
        case _:
            return []


def _reviewed(record: Client | Received | Comment | Reply | SentReply, names: Names) -> Fields:
    match record:
        case Client():
            return [
                ("Name", record.name), ("Since", words.day(record.added)), ("Contact", _entry(record.contact, names)),
                ("Notes", record.notes),
            ]  # fmt: skip
        case Received():
            return [
                ("Client", _entry(record.client, names)), ("Share", record.share),
                ("Made", words.date_long(record.made)), ("Taken in", _moment(record.received)),
                ("Who made it", record.maker), ("Looked through", _moment(record.seen)), ("Address", record.address),
                ("", record.entries),
            ]  # fmt: skip
        case Comment():
            where = f"entry {record.place + 1}"
            if record.end:
                where += f", {record.field} {record.start} to {record.end}"
            return [
                ("", record.text), ("Passage", record.words), ("Share", _entry(record.received, names)),
                ("Where", where), ("Written", _moment(record.made)), ("Sent", _moment(record.sent)),
                ("Reply", record.reply),
            ]  # fmt: skip
        case SentReply():
            return [
                ("Reply", record.reply), ("Share", _entry(record.received, names)), ("Sent", _moment(record.sent)),
                ("To", record.to), ("Closed with", record.how), ("Address", record.recipient),
                ("Proves who made it", "yes" if record.proved else "no"),
                *(("Comment", _entry(eid, names)) for eid in record.eids), ("", record.body),
            ]  # fmt: skip
    return [
        ("Share", record.share), ("Reply", record.reply), ("Taken in", _moment(record.received)),
        ("Who made it", record.maker), ("Checked", "yes" if record.known else "no"),
        ("Looked through", _moment(record.seen)), ("", record.body),
    ]  # fmt: skip


def _body(record: Medicine | SideEffect, names: Names) -> Fields:
    if isinstance(record, Medicine):
        return [
            ("Name", record.name), ("What kind of medicine", record.sort), ("What it is for", record.reason),
            ("Only as needed", "yes" if record.as_needed else ""),
            *((body_words.STEPS[step.kind], _step(step)) for step in record.steps), ("Notes", record.notes),
        ]  # fmt: skip
    return [
        ("What it was", body_words.effect_name(record.what)), ("Began", body_words.onset(record)),
        ("Gone by", _moment(record.gone)),
        ("How strong", body_words.STRENGTHS[record.strength] if record.strength else ""),
        ("Session", _entry(record.session, names)), ("Notes", record.note),
    ]  # fmt: skip


def _path(record: Question | Commitment | HardMoment | Landing, names: Names) -> Fields:
    session = ("Session", _entry(record.session, names))
    match record:
        case Question():
            return [
                ("", record.text), ("Which list", body_words.LISTS[record.whom]), ("Noted", _moment(record.made)),
                session, ("From", _entry(record.entry, names)), ("Asked", _moment(record.asked)),
                ("What came back", record.answer),
            ]  # fmt: skip
        case Commitment():
            return [
                ("", record.text), ("The week from", words.day(record.begins)), ("When and where", record.where),
                ("Who could know", record.who), session,
                ("What became of it", body_words.OUTCOMES[record.outcome] if record.outcome else ""),
                ("Looked at", _moment(record.reviewed)), ("Notes", record.note),
            ]  # fmt: skip
        case HardMoment():
            return [
                ("When", _moment(record.at)), ("How hard", HARD_NAMES[record.how]), session,
                ("Written about in", _entry(record.entry, names)), ("Notes", record.note),
                *(("To tell", name) for name in record.tell),
                ("To talk about with my therapist", "yes" if record.talk else ""),
                ("To look at again", _moment(record.ask_again)), ("Looked at again", _moment(record.looked)),
                ("It still bothers me", {True: "yes", False: "no", None: ""}[record.still]),
            ]  # fmt: skip
    return [
        ("Began", _moment(record.began)), session, ("What was said", _entry(record.experience, names)),
        ("Ended", _moment(record.ended)), ("The rest ended early", _moment(record.woken)),
    ]  # fmt: skip


def _ready(record: PromptSet | Template | ScalePack) -> Fields:
    if isinstance(record, ScalePack):
        return _pack(record)
    fields: Fields = [("Name", record.title), ("Beside", words.KIND_NAMES.get(record.about, record.about))]
    if isinstance(record, Template):
        return [*fields, ("", record.text)]
    return [
        *fields, ("Offered", "yes" if record.shown else "no"), ("In place of", record.replaces),
        *(("Question", line) for line in record.questions),
    ]  # fmt: skip


def _pack(record: ScalePack) -> Fields:
    """The form of a questionnaire; one that is none yet, or cannot be read, as it is kept."""
    made = ("Made by me", "yes" if record.own else "no"), ("Added", _moment(record.added))
    pack = pack_in(record)
    if pack is None:
        return [("", record.pack), *made]
    options = {place: pack.options_of(place) for place in range(len(pack.items))}
    return [
        ("Name", pack.title), ("Version", pack.version), ("Before the questions", pack.stem),
        ("Instructions", pack.instructions), *(("Question", item.text) for item in pack.items),
        *(
            ("Answer", f"{one.value} {one.text}")
            for one in dict.fromkeys(one for place in options for one in options[place])
        ),
        ("What it adds up to", str(pack.scoring.method)), ("Days it looks back", pack.recall_days or None),
        ("Terms", pack.licence.text), *made,
    ]  # fmt: skip


def lines_of(fields: Fields) -> str:
    """The fields that say something, one on a line."""
    return "\n".join(f"{name}: {value}" if name else str(value) for name, value in fields if value not in (None, ""))


def _session(one: Session, names: Names) -> Fields:
    return [
        ("When", words.day_and_time(one.starts)), ("It has taken place", "yes" if one.happened else "no"),
        ("Course", _entry(one.course, names)),
        ("Which session of the course", one.number),
        ("How I am arriving", one.arriving),
        ("Where", one.setting), ("Who was there", one.people), ("Who can be called", one.support),
        ("The way home", one.ride), ("What my prescriber told me", one.told),
        *(
            ("Taken in the 24 hours before", f"{_entry(had.medicine, names)}: {words.TAKEN_NAMES[had.taken].lower()}")
            for had in one.taken
        ),
        *(("Prepared" if ready.done else "To prepare", ready.text) for ready in one.prepared if ready.text),
        ("How it was given", words.ROUTE_NAMES.get(one.route) if one.route else None),
        ("Dose, as told", one.dose), ("A second dose, as told", one.second_dose),
        ("When the second dose was given", _moment(one.second_at)), ("When it was over", _moment(one.ended)),
        *((words.POINT_NAMES[vitals.point], _reading(vitals)) for vitals in one.vitals),
        ("Notes", one.notes),
    ]  # fmt: skip


def _course(one: Course, names: Names) -> Fields:
    return [
        ("Name", one.title), ("For", ", ".join(words.TARGET_NAMES.get(target, target) for target in one.targets)),
        ("Where it stands", words.PHASE_NAMES[one.phase]), ("Sessions planned", one.planned),
        ("Began", _moment(one.started)),
        *(("Phase", _phase(phase)) for phase in one.phases),
        *(("Who is part of it", _entry(eid, names)) for eid in one.providers), ("Notes", one.notes),
    ]  # fmt: skip


def _phase(phase: CoursePhase) -> str:
    began, ended = (words.day_short(at) if at else "" for at in (phase.started, phase.ended))
    told = [words.PHASE_NAMES[phase.kind], phase.name, began, f"until {ended}" if ended else ""]
    told += [f"{phase.planned} planned" if phase.planned else "", phase.notes]
    return ", ".join(part for part in told if part)


def _reading(one: Vitals) -> str:
    parts = [one.systolic, one.diastolic, one.pulse, one.oxygen]
    names = ("{} upper", "{} lower", "pulse {}", "oxygen {} %")
    told = [name.format(part) for name, part in zip(names, parts, strict=True) if part is not None]
    return ", ".join([*told, *([_moment(one.at)] if one.at is not None else [])])


def _step(one: MedicineStep) -> str:
    return ", ".join(part for part in (body_words.step_day(one), one.dose, one.note) if part)


def _entry(eid: str | None, names: Names) -> str:
    """What an entry is called; of one that is gone, the beginning of its id, so that two can be told apart."""
    return names.get(eid, f"an entry that is not here ({eid[:8]})") if eid else ""


def _points(record: Record) -> Iterator[str]:
    """The ids of the entries that a record points at."""
    for name in ("course", "session", "provider", "entry", "experience"):
        if isinstance(eid := getattr(record, name, None), str):
            yield eid
    if isinstance(record, Course):
        yield from record.providers
    if isinstance(record, Session):
        yield from (one.medicine for one in record.taken)


def _called(record: Record | UnknownRecord) -> str:
    """What a line calls another entry: the words of a covered one stay covered."""
    kind = words.KIND_NAMES.get(record.kind, "Entry")
    match record:
        case Session():
            return f"Session {record.number or ''} of {words.day_short(record.starts)}".replace("  ", " ")
        case Provider() | Medicine():
            name = record.name
        case Course():
            name = record.title
        case Writing():
            name = record.cover if record.covered else record.title
        case _:
            name = ""
    day = f", {words.day_short(record.when)}" if record.when is not None else ""
    return name.strip() or f"{kind}{day}"


def _moment(at: Moment | None) -> str:
    return words.day_and_time(at) if at is not None else ""
