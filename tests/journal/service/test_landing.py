"""Landing: each answer is kept as it is given, once, as one entry of the session; and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.change import Change
from journal.clock import FixedClock
from journal.errors import NotFound, ReadOnlyJournal
from journal.records import Experience, HowHard, Mark, Moment, Session, Style
from journal.service import JournalService
from journal.service.hard import TOMORROW, ask_moment
from journal.service.landing import landing_offer, rests_until
from journal.service.landing_text import HEADINGS, answers, with_answer
from tests.journal.service.entries import commits

HOUR = timedelta(hours=1)
NAMES = [name for name, _ in HEADINGS]


@pytest.fixture
def session(service: JournalService, clock: FixedClock) -> str:
    return service.save(Session(starts=Moment(clock.at - HOUR), happened=True)).eid


def land(service: JournalService, session: str | None = None) -> str:
    return service.land(session, Moment(service.clock.now()))[0].eid


def entries(service: JournalService, kind: str) -> list:
    return [item.record for item in service.items() if item.record.kind == kind]


def test_what_is_said_is_one_entry_of_its_session(service: JournalService, session: str):
    eid = land(service, session)
    service.say(eid, "words", "blue, heavy, still")
    service.say(eid, "stays", "a lamp in the snow")
    service.say(eid, "words", "blue, light, still")  # gone back to
    service.say_hard(eid, "bit")
    service.say_hard(eid, "very")
    service.say_again(eid, "tomorrow")
    service.say_mood(eid, 3)
    service.say_mood(eid, 4)
    service.good_night(eid)

    (experience,) = entries(service, "experience")
    assert experience.session == session
    assert experience.text == "In a few words\nblue, light, still\n\nWhat stays\na lamp in the snow"
    assert [experience.text[mark.start : mark.end] for mark in experience.marks] == ["In a few words", "What stays"]
    (checkin,) = entries(service, "checkin")
    assert (checkin.mood, checkin.session, checkin.answered) == (4, session, 1)
    (hard,) = entries(service, "hard")
    assert (hard.how, hard.session) == (HowHard.VERY, session)
    assert hard.ask_again.at == datetime(2026, 3, 13, 5, tzinfo=hard.ask_again.at.tzinfo)
    (landing,) = entries(service, "landing")
    assert landing.began.at == landing.ended.at == service.clock.now()
    assert service.get(hard.entry).record == experience and hard.entry == landing.experience
    assert service.drafts() == ()


def test_answers_taken_back_leave_nothing(service: JournalService, session: str):
    eid = land(service, session)
    service.say(eid, "words", "something")
    service.say(eid, "words", "  ")
    service.say_hard(eid, "very")
    service.say_hard(eid, "no")
    service.say_mood(eid, 2)
    service.say_mood(eid, None)
    view = service.landing(eid)
    assert (view.said, view.hard, view.mood) == ({}, "no", None)
    assert entries(service, "hard") == entries(service, "checkin") == []


def test_nothing_said_is_no_entry(service: JournalService, session: str):
    eid = land(service, session)
    service.say(eid, "words", "")
    service.say_hard(eid, "")
    service.good_night(eid)
    assert entries(service, "experience") == entries(service, "hard") == []


def test_one_comes_back_to_where_one_was(service: JournalService, session: str, reopen):
    eid = land(service, session)
    service.say(eid, "words", "kept")
    service.say_step(eid, "body")
    service.say(eid, "body", "in the han", draft=True)  # and then the journal locks
    again = reopen()
    assert again.landing_to_go_on() == eid
    view, change = again.land(session, Moment(again.clock.now()))
    assert view.eid == eid and not change.eids
    assert (view.step, view.said) == ("body", {"words": "kept", "body": "in the han"})
    again.say(eid, "body", "in the hands")
    again.good_night(eid)
    (experience,) = entries(again, "experience")
    assert answers(experience) == {"words": "kept", "body": "in the hands"}
    assert again.landing_to_go_on() is None and again.drafts() == ()


def test_what_was_typed_and_never_finished_is_an_entry_after_good_night(service: JournalService, session: str):
    eid = land(service, session)
    service.say(eid, "stays", "half a sen", draft=True)
    service.good_night(eid)
    (experience,) = entries(service, "experience")
    assert answers(experience) == {"stays": "half a sen"}


def test_waking_does_not_lose_the_place(service: JournalService, session: str):
    eid = land(service, session)
    service.say_step(eid, "hard")
    service.wake("I am awake and I want to go on")
    assert service.landing(eid).step == "hard"


def test_a_recording_stands_with_the_entry_and_can_be_taken_back(service: JournalService, session: str):
    eid = land(service, session)
    saved = service.say_aloud(eid, "Voice.wav", b"RIFF....", "audio/wav")
    service.say(eid, "words", "and a word")
    (voice,) = service.landing(eid).voices
    assert voice.eid == saved.eid and service.attachment_data(saved.eid) == b"RIFF...."
    assert len(entries(service, "experience")) == 1
    service.take_back_aloud(eid, saved.eid)
    assert service.landing(eid).voices == ()
    service.undo()
    assert [item.eid for item in service.landing(eid).voices] == [saved.eid]


def test_only_recordings_of_this_landing_are_taken_back(service: JournalService, session: str):
    other = service.save(Experience(at=Moment(service.clock.now()), text="other")).eid
    file = service.attach_bytes(other, "mine.wav", b"mine").eid
    eid = land(service, session)
    with pytest.raises(NotFound):
        service.take_back_aloud(eid, file)
    with pytest.raises(NotFound):
        service.landing(other)


def test_another_session_and_another_day_are_another_landing(
    service: JournalService, session: str, clock: FixedClock
):
    first = land(service, session)
    assert land(service) != first
    clock.at += 13 * HOUR
    assert land(service, session) != first
    assert len(entries(service, "landing")) == 3


def test_for_reading_only_nothing_is_begun(service: JournalService, session: str, reopen):
    with pytest.raises(ReadOnlyJournal):
        land(reopen(read_only=True), session)


def test_it_is_offered_for_eight_hours_after_a_session(service: JournalService, session: str, clock: FixedClock):
    start = clock.at - HOUR
    for hours, offered in ((-0.1, None), (0, session), (7.9, session), (8.1, None)):
        assert landing_offer(service._items, start + hours * HOUR) == offered, hours
    ahead = service.save(Session(starts=Moment(start + 2 * HOUR))).eid  # planned; nobody noted yet that it was
    assert landing_offer(service._items, start + 3 * HOUR) == ahead
    eid = land(service, ahead)
    assert landing_offer(service._items, start + 3 * HOUR) == ahead  # to go on
    service.good_night(eid)
    assert landing_offer(service._items, start + 3 * HOUR) == session


def test_an_old_place_is_let_go(service: JournalService, session: str, clock: FixedClock):
    old = land(service, session)
    service.say_step(old, "hard")
    clock.at += 48 * HOUR
    new = land(service, session)
    service.say_step(new, "body")
    service.forget_old_places()
    assert (service.landing(old).step, service.landing(new).step) == ("", "body")


# -- the text -------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
EMPTY = Experience(at=Moment(datetime(2026, 3, 12, tzinfo=UTC)))


@given(st.lists(st.tuples(st.sampled_from(NAMES), texts)))
def test_the_last_answer_to_each_question_is_what_stands_there(said: list[tuple[str, str]]):
    experience, last = EMPTY, dict[str, str]()
    for name, text in said:
        experience = with_answer(experience, name, text)
        last[name] = text.strip()
    assert answers(experience) == {name: text for name, text in last.items() if text}
    found = [experience.text[mark.start : mark.end] for mark in experience.marks]
    assert found == [words for name, words in HEADINGS if last.get(name)]


@given(texts, st.sampled_from(NAMES), texts, st.data())
def test_what_was_written_besides_stays_as_it_was(before: str, name: str, text: str, data: st.DataObject):
    marks = ()
    if before:
        start = data.draw(st.integers(0, len(before) - 1))
        marks = (Mark(start, data.draw(st.integers(start + 1, len(before))), Style.BOLD),)
    written = msgspec.structs.replace(EMPTY, text=before, marks=marks)
    after = with_answer(written, name, text)
    assert after.text.startswith(before.rstrip("\n"))
    assert with_answer(after, name, text) == after
    assert with_answer(after, name, "").text.rstrip("\n") == before.rstrip("\n")


def test_an_answer_that_changes_to_no_leaves_what_was_noted_besides(service: JournalService, session: str):
    eid = land(service, session)
    service.say_hard(eid, "very")
    (note,) = [item for item in service.items() if item.record.kind == "hard"]
    service.save(msgspec.structs.replace(note.record, note="the door"), note.eid)
    service.say_hard(eid, "no")
    assert service.landing(eid).hard == "no"
    assert service.get(note.eid).record.note == "the door"
    service.say_hard(eid, "bit")
    assert [item.eid for item in service.items() if item.record.kind == "hard"] == [note.eid]


def test_one_that_has_ended_is_come_back_to_at_its_end(service: JournalService, session: str, clock: FixedClock):
    eid = land(service, session)
    service.say_step(eid, "body")
    service.good_night(eid)
    clock.at += HOUR
    again, change = service.land(session, Moment(clock.at))
    assert (again.eid, again.step, change.eids) == (eid, "night", frozenset())


def test_words_that_are_covered_are_told_to_be(service: JournalService, session: str):
    eid = land(service, session)
    service.say(eid, "words", "blue")
    assert not service.landing(eid).covered
    service.cover(service.landing(eid).landing.experience, "Something")
    assert service.landing(eid).covered


@pytest.mark.parametrize(
    ("hour", "minute", "until"), [(22, 0, (13, 5, 0)), (0, 1, (12, 6, 1)), (4, 59, (12, 10, 59)), (5, 0, (13, 5, 0))]
)
def test_a_night_belongs_to_the_day_before(hour: int, minute: int, until: tuple[int, int, int]):
    began = datetime(2026, 3, 12, hour, minute, tzinfo=UTC)
    day, ends, past = until
    assert rests_until(Moment(began), began) == datetime(2026, 3, day, ends, past, tzinfo=UTC)
    tomorrow = datetime(2026, 3, 12 if hour < 5 else 13, 5, tzinfo=UTC)
    assert ask_moment(TOMORROW, began) == Moment(tomorrow)


@given(at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezone_keys().map(ZoneInfo)))
def test_a_rest_ends_at_the_next_five_or_after_six_hours(at: datetime):
    until = rests_until(Moment(at, at.tzinfo.key), at)
    lasts = until.astimezone(UTC) - at.astimezone(UTC)
    assert 6 * HOUR <= lasts <= 24 * HOUR
    morning = until.astimezone(at.tzinfo)
    assert lasts in (6 * HOUR, 24 * HOUR) or (morning.hour, morning.minute, morning.second) == (5, 0, 0)
    if 6 <= at.hour < 23:
        assert morning.date() == at.date() + timedelta(days=1)
    if at.hour < 4:  # not the whole day that follows
        assert morning.date() == at.date() and morning.hour < 12


@given(at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_tomorrow_is_the_next_time_it_is_five(at: datetime):
    ask = ask_moment(TOMORROW, at).at
    assert (ask.hour, ask.minute) == (5, 0) and timedelta() < ask - at <= 24 * HOUR


def test_an_answer_taken_back_comes_again_with_undo(service: JournalService, session: str):
    eid = land(service, session)
    service.say_hard(eid, "very")
    note = service.hard_of_landing(eid)
    service.say_hard(eid, "no")
    assert (entries(service, "hard"), service.landing(eid).hard) == ([], "no")
    assert service.undo_label == "Undo taking back an answer"
    service.undo()
    assert service.get(note).record.how is HowHard.VERY
    assert service.landing(eid).hard == "very"
    service.say_mood(eid, 2)
    service.say_mood(eid, None)
    service.undo()
    assert service.landing(eid).mood == 2


def test_landing_knows_what_the_hard_path_answered(service: JournalService, session: str, clock: FixedClock):
    eid = land(service, session)
    service.say_hard(eid, "bit")
    service.say_again(eid, "tomorrow")
    note = service.hard_of_landing(eid)
    noted = service.get(note).record
    assert (service.landing(eid).again, service.landing(eid).ask) == ("tomorrow", noted.ask_again)
    week = ask_moment("week", service.clock.now())
    service.save(msgspec.structs.replace(noted, how=HowHard.VERY, ask_again=week), note)
    view = service.landing(eid)
    assert (view.hard, view.again, view.ask) == ("very", "", week)
    service.say_hard(eid, "no")  # the note has a date: it stays, and so does the answer
    assert (service.landing(eid).hard, service.get(note).record.ask_again) == ("no", week)
    service.say_hard(eid, "bit")
    service.say_again(eid, "no")
    view = service.landing(eid)
    assert (view.hard, view.again, view.ask, service.get(note).record.ask_again) == ("bit", "no", None, None)
    clock.at += 24 * HOUR  # nothing rests any more
    service.delete(note)
    assert (service.landing(eid).hard, service.landing(eid).again) == ("", "")


def test_a_tap_leaves_what_is_being_written_of_the_note_and_the_check_in(service: JournalService, session: str):
    eid = land(service, session)
    service.say_hard(eid, "bit")
    service.say_mood(eid, 4)
    items = {item.record.kind: item for item in service.items()}
    hard, checkin = items["hard"], items["checkin"]
    for item in (hard, checkin):
        service.put_draft(item.eid, msgspec.structs.replace(item.record, note="what it was like"))
    service.say_hard(eid, "very")
    service.say_again(eid, TOMORROW)
    service.say_mood(eid, 6)
    written = service.draft(hard.eid).record
    assert (written.note, written.how) == ("what it was like", HowHard.VERY)
    assert written.ask_again == service.get(hard.eid).record.ask_again is not None
    assert (service.draft(checkin.eid).record.note, service.draft(checkin.eid).record.mood) == ("what it was like", 6)
    assert (service.get(hard.eid).record.how, service.get(checkin.eid).record.mood) == (HowHard.VERY, 6)


@pytest.mark.parametrize(
    "answer", [lambda service, eid: service.say_hard(eid, "very"), lambda service, eid: service.say_mood(eid, 4)]
)
def test_an_answer_and_where_it_is_kept_are_one_commit(
    service: JournalService, session: str, reopen, answer: Callable[[JournalService, str], Change]
):
    eid = land(service, session)
    before = commits(service.path)
    answer(service, eid)
    assert commits(service.path) == before + 1  # a power cut leaves both, or neither
    again = reopen()
    answer(again, eid)
    assert len(entries(again, "hard")) + len(entries(again, "checkin")) == 1
    again.say_step(eid, "mood")
    assert (again.landing(eid).hard, again.landing(eid).mood) in (("very", None), ("", 4))


def test_a_first_answer_is_one_step_of_undo(service: JournalService, session: str):
    eid = land(service, session)
    service.say_hard(eid, "bit")
    assert service.undo_label == "Undo adding the note of a hard moment"
    service.undo()
    assert entries(service, "hard") == []
    service.redo()
    assert service.landing(eid).hard == "bit"
