"""A small journal to share from, and payloads of every shape."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from journal.clock import FixedClock
from journal.records import (
    SLIDERS,
    CheckIn,
    Course,
    Experience,
    HowHard,
    Identity,
    IntegrationNote,
    Intention,
    Mark,
    Moment,
    Onset,
    Outcome,
    Page,
    Record,
    Route,
    Session,
    Settings,
    ShareReceipt,
    StepKind,
    Strength,
    Style,
    UnknownRecord,
    VitalsPoint,
    Whom,
)
from journal.share import (
    Dates,
    LeftOut,
    Payload,
    Selection,
    SharedAnswer,
    SharedCheckIn,
    SharedCommitment,
    SharedDose,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedScale,
    SharedSession,
    SharedStep,
    SharedWriting,
    Window,
    WritingKind,
    build,
)
from journal.share.payload import payload_of

SUMMER = timezone(timedelta(hours=2))
CLOCK = FixedClock(datetime(2026, 11, 23, 17, 41, 53, tzinfo=SUMMER))
Items = list[tuple[str, Record | UnknownRecord]]


def moment(day: int, hour: int = 10, minute: int = 37) -> Moment:
    return Moment(datetime(2026, 10, day, hour, minute, 29, tzinfo=SUMMER), "Pacific/Chatham")


def eid(number: int) -> str:
    """An id that cannot turn up by chance."""
    return f"{number:02d}deadbeef{number:02d}" * 2 + f"{number:08d}"


def journal() -> Items:
    """Two sessions with their writings and check-ins, one page, and what is never shared."""
    records: list[Record | UnknownRecord] = [
        Session(
            starts=moment(12, 14), course=eid(12), number=3, route=Route.INTRAMUSCULAR, dose="canary-dose-one",
            setting="canary-place-one", people="canary-people-one", notes="canary-snotes-one", happened=True,
        ),
        Session(
            starts=moment(19, 14), course=eid(12), number=4, route=Route.ORAL, dose="canary-dose-two",
            setting="canary-place-two", people="canary-people-two", notes="canary-snotes-two", happened=True,
        ),
        Intention(
            at=moment(11), title="canary-title-intention", text="canary-text-intention",
            tags=("canary-tag-intention",), session=eid(0),
            source="jrnl:canary-source-intention", marks=(Mark(0, 6, Style.BOLD),),
        ),
        Experience(
            at=moment(13), title="canary-title-experience", text="canary-text-experience", session=eid(0),
            tags=("canary-tag-experience",), source="jrnl:canary-source-experience",
        ),
        IntegrationNote(
            at=moment(15), title="canary-title-integration", text="canary-text-integration", session=eid(0),
            tags=("canary-tag-integration",), modalities=("mi", "canary-modality"), source="jrnl:canary-source-note",
        ),
        Experience(at=moment(20), title="canary-title-second", text="canary-text-second", session=eid(1)),
        Page(at=moment(16), title="canary-title-page", text="canary-text-page", tags=("canary-tag-page",)),
        CheckIn(at=moment(12, 18), mood=4, distress=0, note="canary-cnote-linked", session=eid(0)),
        CheckIn(at=moment(12, 9), calm=2, note="canary-cnote-morning"),
        CheckIn(at=moment(13, 15), mood=7, connection=10, note="canary-cnote-next"),
        CheckIn(at=moment(20, 15), mood=6, note="canary-cnote-after-two"),
        CheckIn(at=moment(20, 16), mood=5, note="canary-cnote-linked-two", session=eid(1)),
        Course(title="canary-course", notes="canary-course-notes", started=moment(1)),
        Settings(name="canary-owner"),
        Identity(recipient="canary-recipient", secret="canary-secret", made=moment(1)),
        ShareReceipt(share=eid(90), made=moment(2), to="canary-receipt"),
        UnknownRecord("canary-kind", b'{"kind":"canary-kind","x":"canary-unknown"}'),
    ]  # fmt: skip
    return [(eid(number), record) for number, record in enumerate(records)]


SHAREABLE = frozenset(eid(number) for number in range(12))


def selection(*numbers: int, **switches: object) -> Selection:
    """A selection of the journal's entries by their place in it."""
    return Selection(eids=frozenset(eid(number) for number in numbers), **switches)  # type: ignore[arg-type]


def shared(*numbers: int, **switches: object) -> Payload:
    return build(selection(*numbers, **switches), journal(), CLOCK)


def everything() -> Payload:
    """A payload with every entry and every switch on."""
    return shared(
        *range(12), exact_times=True, include_place=True, include_people=True, include_session_notes=True,
        include_checkin_notes=True, include_tags=True, tell_left_out=True, sender="Alex", to="Dr. Meyer",
        talk_about="The room that was blue.\nAnd sleep.",
    )  # fmt: skip


# -- payloads of every shape ------------------------------------------------------------------------

_lines = st.text(max_size=30)
_days = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
_offsets = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes)) if minutes else UTC
)


@st.composite
def _when(draw: st.DrawFn) -> dict[str, object]:
    day = draw(_days)
    if draw(st.booleans()):
        return {"day": day, "at": None}
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return {"day": day, "at": datetime(day.year, day.month, day.day, hour, minute, tzinfo=draw(_offsets))}


@st.composite
def writings(draw: st.DrawFn, kind: WritingKind | None = None) -> SharedWriting:
    text = draw(st.text(max_size=200))
    marks = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        marks.append(Mark(start, draw(st.integers(start + 1, len(text))), draw(st.sampled_from(Style))))
    return SharedWriting(
        kind=kind or draw(st.sampled_from(WritingKind)),
        **draw(_when()),
        title=draw(_lines),
        text=text,
        marks=tuple(marks),
        tags=tuple(draw(st.lists(_lines, max_size=2))),
        modalities=tuple(draw(st.lists(_lines, max_size=2))),
    )


@st.composite
def sessions(draw: st.DrawFn) -> SharedSession:
    def group(kind: WritingKind) -> tuple[SharedWriting, ...]:
        return tuple(draw(st.lists(writings(kind), max_size=2)))

    return SharedSession(
        **draw(_when()),
        number=draw(st.none() | st.integers(1, 9999)),
        route=draw(st.none() | st.sampled_from(Route)),
        dose=draw(_lines),
        happened=draw(st.booleans()),
        place=draw(_lines),
        people=draw(_lines),
        notes=draw(st.text(max_size=60)),
        intentions=group(WritingKind.INTENTION),
        experiences=group(WritingKind.EXPERIENCE),
        integrations=group(WritingKind.INTEGRATION),
    )


@st.composite
def further_parts(draw: st.DrawFn, sessions: int) -> dict[str, object]:
    """What came with format 2, in every shape."""
    place = st.none() | st.integers(0, sessions - 1) if sessions else st.none()
    numbers = st.none() | st.floats(-1e6, 1e6)
    items = st.builds(SharedAnswer, text=_lines, answer=_lines, value=st.integers(-9, 99), declined=st.just(False))
    blank = st.builds(SharedAnswer, text=_lines, answer=_lines, value=st.none(), declined=st.booleans())

    def some(cls: type, **fields: st.SearchStrategy[object]) -> tuple[object, ...]:
        drawn = []
        for _ in range(draw(st.integers(0, 2))):
            when = draw(_when()) if "day" in cls.__struct_fields__ else {}
            when = {name: value for name, value in when.items() if name in cls.__struct_fields__}
            drawn.append(cls(**when, **{name: draw(field) for name, field in fields.items()}))
        return tuple(drawn)

    steps = st.builds(SharedStep, kind=st.sampled_from(StepKind), day=_days, dose=_lines, note=_lines)
    reading = st.none() | st.integers(1, 300)
    parts: dict[str, object] = {
        "dates": draw(st.sampled_from(Dates)),
        "scales": some(
            SharedScale, session=place, scale=_lines, version=st.integers(0, 9), title=_lines, total=numbers,
            low=numbers, high=numbers, answered=st.integers(0, 9), expected=st.integers(9, 20), why_none=_lines,
            told=st.booleans(), told_by=_lines, prorated=st.booleans(),
            items=st.lists(items | blank, max_size=3).map(tuple), note=_lines,
        ),
        "medicines": some(
            SharedMedicine, name=_lines, sort=_lines, as_needed=st.booleans(), reason=_lines, notes=_lines,
            steps=st.lists(steps, max_size=3).map(tuple),
        ),
        "effects": some(
            SharedEffect, onset=st.just(Onset.TIME),
            gone=st.none() | _days, gone_at=st.none(), session=place, what=_lines, note=_lines,
            strength=st.none() | st.sampled_from(Strength),
        ),
        "hard": some(
            SharedHard, session=place, how=st.sampled_from(HowHard), talk=st.booleans(), note=_lines,
            still=st.none() | st.booleans(),
        ),
        "commitments": some(
            SharedCommitment, session=place, text=_lines, where=_lines, who=_lines, note=_lines,
            outcome=st.none() | st.sampled_from(Outcome),
        ),
        "questions": some(
            SharedQuestion, session=place, whom=st.sampled_from(Whom), text=_lines, asked=st.booleans(), answer=_lines
        ),
    }  # fmt: skip
    if sessions:
        there = st.integers(0, sessions - 1)
        parts["doses"] = some(SharedDose, session=there, at=st.none(), dose=_lines)
        parts["readings"] = some(
            SharedReading, session=there, point=st.sampled_from(VitalsPoint), at=st.none(), systolic=reading,
            diastolic=reading, pulse=reading, oxygen=reading,
        )  # fmt: skip
    return parts


@st.composite
def payloads(draw: st.DrawFn) -> Payload:
    some = tuple(draw(st.lists(sessions(), max_size=3)))
    checkins = []
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.none() | st.integers(0, len(some) - 1)) if some else None
        window = None if place is None else draw(st.none() | st.sampled_from(Window))
        values = {slider.name: draw(st.none() | st.integers(0, 10)) for slider in SLIDERS}
        checkins.append(SharedCheckIn(**draw(_when()), session=place, window=window, note=draw(_lines), **values))
    counts = st.integers(0, 10**9)
    left_out = st.builds(
        LeftOut, sessions=counts, writings=counts, checkins=counts, options=st.lists(_lines, max_size=3).map(tuple)
    )
    when = draw(_when())
    return payload_of(
        share=draw(st.integers(0, 2**128 - 1)).to_bytes(16, "big").hex(),
        made=when["day"],
        made_at=when["at"],
        sender=draw(_lines),
        to=draw(_lines),
        talk_about=draw(st.text(max_size=100)),
        sessions=some,
        writings=tuple(draw(st.lists(writings(), max_size=2))),
        checkins=tuple(checkins),
        left_out=draw(st.none() | left_out),
        **(draw(further_parts(len(some))) if draw(st.booleans()) else {}),
    )
