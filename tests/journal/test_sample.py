"""The sample: one invented person's six sessions over five weeks, the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import msgspec
import pytest

from journal.clock import FixedClock
from journal.records import SLIDERS, CheckIn, Course, Mark, Session, Settings, Style, Writing
from journal.sample import fill
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def make(tmp_path):
    """A journal with the sample in it, as it is at `now`."""
    opened = []

    def filled(now: datetime = NOW):
        service, _ = JournalService.create(
            tmp_path / f"{len(opened)}.vault", "four quiet garden words", profile=FAST, clock=FixedClock(now),
            state_dir=tmp_path / "state",
        )  # fmt: skip
        opened.append(service)
        return service, fill(service, now)

    yield filled
    for service in opened:
        service.close()


def told(service) -> list[tuple[str, object]]:
    """All records without their ids, which are random."""
    named = {item.eid: f"{item.record.kind} {getattr(item.record, 'number', '')}" for item in service.items()}
    records = []
    for item in service.items():
        links = {
            name: named[getattr(item.record, name)]
            for name in ("session", "course")
            if getattr(item.record, name, None) is not None
        }
        records.append((item.record.kind, msgspec.structs.replace(item.record, **links)))
    return sorted(records, key=repr)


def test_six_sessions_over_five_weeks_and_one_ahead(make):
    service, ids = make()
    assert [summary.eid for summary in service.sessions(ids.course)] == [*ids.sessions, ids.following]
    *past, ahead = service.sessions()
    assert len(past) == 6
    assert [summary.session.number for summary in past] == [1, 2, 3, 4, 5, 6]
    assert [summary.label for summary in past] == [f"Session {number}" for number in range(1, 7)]
    assert all(summary.session.happened and summary.session.route and summary.session.dose for summary in past)
    weeks = (past[-1].session.starts.at - past[0].session.starts.at) / timedelta(weeks=1)
    assert 4 < weeks < 6
    assert not ahead.session.happened
    assert ahead.session.starts.at > NOW
    assert isinstance(service.get(ids.course).record, Course)


def test_every_session_has_what_belongs_to_it(make):
    service, ids = make()
    for eid in ids.sessions:
        view = service.session(eid)
        start = view.summary.session.starts.at
        assert (view.summary.intentions, view.summary.experiences) == (1, 1)
        assert view.summary.notes >= 1
        assert view.intentions[0].record.when.at < start < view.experiences[0].record.when.at
        assert all(note.record.when.at > start for note in view.notes)
        assert max(checkin.record.when.at for checkin in view.checkins) > start + timedelta(days=2)
    assert {page.record.session for page in service.items() if page.record.kind == "page"} == {None}


@pytest.mark.parametrize("now", [NOW, NOW.replace(hour=0, minute=0), NOW.replace(hour=23, minute=59)])
def test_nothing_but_the_next_session_lies_ahead(make, now):
    service, ids = make(now)
    ahead = [item.eid for item in service.items() if item.record.when and item.record.when.at > now]
    assert ahead == [ids.following]


def test_the_same_time_tells_the_same_story(make):
    one, other = make()[0], make()[0]
    assert told(one) == told(other)
    assert {item.eid for item in one.items()}.isdisjoint(
        {item.eid for item in other.items() if item.record.kind != "settings"}
    )


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 4, 10, 9, 0, tzinfo=timezone(timedelta(hours=2))),  # clocks changed within the five weeks
        datetime(2028, 3, 1, 23, 59, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2026, 1, 2, 0, 0, tzinfo=timezone(timedelta(hours=12, minutes=45))),
    ],
)
def test_another_time_tells_the_same_story_as_many_days_later(make, now):
    here, there = make()[0], make(now)[0]
    days = (now.date() - NOW.date()).days
    for (_, one), (_, other) in zip(sorted(told(here), key=_place), sorted(told(there), key=_place), strict=True):
        assert type(one) is type(other)
        if one.when is not None:
            assert (other.when.at.date() - one.when.at.date()).days == days
            assert other.when.at.time() == one.when.at.time()
            assert other.when.at.utcoffset() == now.utcoffset()


def _place(pair: tuple[str, object]) -> tuple[str, str, str]:
    record = pair[1]
    when = record.when
    return (pair[0], f"{when.at:%Y-%m-%d %H:%M}" if when else "", getattr(record, "title", ""))


def test_check_ins_hold_blanks_and_every_slider(make):
    service, _ = make()
    checkins = [item.record for item in service.items() if isinstance(item.record, CheckIn)]
    values = [getattr(checkin, slider.name) for checkin in checkins for slider in SLIDERS]
    assert None in values
    assert all(value is None or 0 <= value <= 10 for value in values)
    chart = service.chart()
    assert all(series.points for series in chart.series)
    assert len(chart.marks) == 6
    assert chart.answered + chart.blank == len(values)


def test_texts_are_formatted_and_hold_no_signs_of_the_formatting(make):
    service, _ = make()
    writings = [item.record for item in service.items() if isinstance(item.record, Writing)]
    assert all(writing.text.strip() for writing in writings)
    assert not any("**" in writing.text or "\n# " in f"\n{writing.text}" for writing in writings)
    marks = [mark for writing in writings for mark in writing.marks]
    assert {Style.BOLD, Style.ITALIC, Style.HEADING, Style.QUOTE, Style.BULLET} <= {mark.style for mark in marks}
    for writing in writings:
        for mark in writing.marks:
            assert isinstance(mark, Mark)
            piece = writing.text[mark.start : mark.end]
            assert piece == piece.strip() != ""
            assert "\n" not in piece


def test_the_journal_is_whole_and_lives(make):
    service, _ = make()
    assert service.verify().ok
    assert service.settings() == Settings(name="Jona")
    assert service.today().step is not None
    assert service.tags()
    assert service.count(Query(text="a")) > 5
    assert service.undo_label == "Undo the sample"
    service.undo()
    assert [item.record.kind for item in service.items()] == ["settings"]


def test_sessions_are_never_linked_to_nothing(make):
    service, ids = make()
    known = {item.eid for item in service.items() if isinstance(item.record, Session)}
    assert known == {*ids.sessions, ids.following}
    linked = {getattr(item.record, "session", None) for item in service.items()} - {None}
    assert linked <= known
