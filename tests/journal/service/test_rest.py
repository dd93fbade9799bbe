"""After a landing some things rest until the next day, whatever the clocks do, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.clock import FixedClock
from journal.errors import InvalidRecord, Resting
from journal.records import CheckIn, Moment, Page, Person, Provider, Settings
from journal.service import JournalService
from journal.service.landing import LEAST, MOST, SENTENCE, is_sentence, rests_until
from journal.share import Selection
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD

HOUR = timedelta(hours=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati", "")
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
aware = st.datetimes(datetime(1970, 1, 2), datetime(2150, 1, 1), timezones=offsets)


@st.composite
def beginnings(draw: st.DrawFn) -> Moment:
    """A moment as a computer would note it: with its zone's name and the offset of that day, or an offset alone."""
    name = draw(st.sampled_from(ZONES))
    if not name:
        return Moment(draw(aware))
    at = draw(st.datetimes(datetime(1970, 1, 2), datetime(2150, 1, 1))).replace(tzinfo=UTC)
    local = at.astimezone(ZoneInfo(name))
    return Moment(local.replace(tzinfo=timezone(local.utcoffset() or timedelta())), name)


@given(beginnings(), offsets)
def test_it_lasts_from_six_hours_to_a_day_in_whatever_zone_one_looks(began: Moment, zone: timezone):
    start = began.at.astimezone(zone)
    end = rests_until(began, start)
    assert end is not None and LEAST <= end - start <= MOST
    assert rests_until(began, end) is None
    assert rests_until(began, end - timedelta(seconds=1)) == end


@given(beginnings())
def test_it_ends_at_five_by_the_clock_of_where_it_began_or_at_its_bounds(began: Moment):
    end = rests_until(began, began.at)
    assert end is not None
    there = end.astimezone(ZoneInfo(began.zone) if began.zone else began.at.tzinfo)
    assert (there.hour, there.minute) == (5, 0) or end - began.at in (LEAST, MOST)


@given(beginnings(), aware, st.integers(-1, 100))
def test_whatever_the_clock_says_it_is_never_more_than_a_day(began: Moment, now: datetime, hours: int):
    end = rests_until(began, now, hours)
    assert end is None or now < end <= now + MOST


@given(beginnings(), aware, st.integers(0, 100), st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_clock_that_is_set_makes_no_difference_where_time_is_counted(
    began: Moment, set_to: datetime, hours: int, passed: timedelta
):
    whole = rests_until(began, began.at, hours)
    assert whole is not None
    end = rests_until(began, set_to, hours, passed)
    left = whole - began.at - passed
    assert end == (set_to + left if left > timedelta() else None)


@given(beginnings(), st.timedeltas(timedelta(), MOST), st.integers(0, 30))
def test_a_clock_set_back_does_not_end_it(began: Moment, back: timedelta, hours: int):
    assert rests_until(began, began.at - back, hours) is not None


def test_a_night_with_a_changed_hour_ends_at_five_all_the_same():
    berlin = ZoneInfo("Europe/Berlin")
    for day, lasts in ((datetime(2026, 3, 28, 15), 13), (datetime(2026, 10, 24, 15), 15)):
        at = day.replace(tzinfo=berlin)
        began = Moment(at.replace(tzinfo=timezone(at.utcoffset() or timedelta())), "Europe/Berlin")
        end = rests_until(began, at.astimezone(UTC))
        assert end == at.astimezone(UTC) + lasts * HOUR


def test_hours_are_what_the_person_chose_and_never_is_never():
    began = Moment(datetime(2026, 3, 12, 14, tzinfo=UTC))
    assert rests_until(began, began.at, 8) == began.at + 8 * HOUR
    assert rests_until(began, began.at, 400) == began.at + MOST
    assert rests_until(began, began.at, -1) is None


def test_the_ends_of_what_can_be_written_are_no_fault():
    for at in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        assert rests_until(Moment(at), at) is not None
        assert rests_until(Moment(at), datetime(2026, 3, 12, tzinfo=UTC)) is None


# -- the service ---------------------------------------------------------------------------------------------------


class SettableClock(FixedClock):
    """Like a machine's: what it shows can be set, and time passes all the same."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.ticks = 1000.0

    def steady(self) -> float:
        return self.ticks

    def pass_(self, by: timedelta) -> None:
        self.at += by
        self.ticks += by.total_seconds()


def begin(service: JournalService, session: str | None = None) -> str:
    return service.land(session, Moment(service.clock.now()))[0].eid


def page(text: str = "words") -> Page:
    return Page(at=Moment(datetime(2026, 3, 1, tzinfo=UTC)), text=text)


def test_before_a_landing_nothing_rests(service: JournalService):
    assert service.resting() is None
    service.not_while_resting()


def test_all_that_rests_is_refused_by_the_service_itself(service: JournalService, tmp_path: Path):
    kept = service.save(page()).eid
    gone = service.save(page("gone")).eid
    service.delete(gone)
    words = service.new_words()
    file = service.attach_bytes(kept, "drawing.png", b"inside").eid
    begin(service)
    deeds = {
        "delete": lambda: service.delete(kept),
        "delete a file": lambda: service.delete(file),
        "purge": lambda: service.purge(kept),
        "purge removed": service.purge_removed,
        "share": lambda: service.write_share(
            Selection(eids=frozenset({kept})), tmp_path / "out.age", passphrase="eight words that nobody else knows"
        ),
        "export": lambda: service.export("json", tmp_path / "out.json"),
        "copy out": lambda: service.copy_out(file, tmp_path / "out.png"),
        "password": lambda: service.change_password("another four quiet words"),
        "new words": service.new_words,
        "recovery": lambda: service.take_words(words),
        "rotate": lambda: service.rotate("another four quiet words"),
        "person": lambda: service.save(Person(name="Ada")),
        "provider": lambda: service.save(Provider(name="Dr Amsel")),
        "settings": lambda: service.save_settings(msgspec.structs.replace(service.settings(), lock_minutes=1)),
        "backup folder": lambda: service.choose_backups(on=False),
        "no rest": lambda: service.save_settings(msgspec.structs.replace(service.settings(), rest_hours=-1)),
        "old backups": service.renew_backups,
    }
    for name, deed in deeds.items():
        with pytest.raises(Resting) as refused:
            deed()
        assert refused.value.until == service.resting(), name
    assert not any(path.name.startswith("out.") for path in tmp_path.iterdir())
    assert service.find(kept) is not None and len(service.removed()) == 1
    assert service.check_secret(PASSWORD) and not service.ledger()


def test_writing_reading_undo_and_backups_go_on(service: JournalService, tmp_path: Path):
    eid = service.save(page("before")).eid
    begin(service)
    other = service.save(page("after")).eid
    service.save(msgspec.structs.replace(service.get(eid).record, text="changed"), eid)
    assert service.undo() is not None
    assert service.get(eid).record.text == "before"
    assert service.undo() is not None  # what was just written may go: that is no removal
    assert service.find(other) is None
    assert service.redo() is not None and service.find(other) is not None
    service.save(CheckIn(at=Moment(service.clock.now()), mood=4))
    service.put_draft(other, page("draft"))
    service.drop_draft(other)
    assert service.rows() and service.verify().ok
    service.backup(tmp_path / "mine.vault")
    service.back_up_now()
    service.keep_backups()
    service.words_later()
    service.words_proved()


def test_doing_a_removal_again_is_a_removal(service: JournalService):
    eid = service.save(page()).eid
    service.delete(eid)
    begin(service)
    service.undo()
    with pytest.raises(Resting):
        service.redo()
    assert service.find(eid) is not None


@pytest.mark.parametrize("record", [Person(name="Ada"), Provider(name="Dr Amsel")])
def test_taking_back_or_doing_again_what_was_chosen_before_rests(
    service: JournalService, clock: FixedClock, record: Person | Provider
):
    eid = service.save(record).eid
    begin(service)
    with pytest.raises(Resting):
        service.undo()
    assert service.get(eid).record == record and service.undo_label
    service.wake(SENTENCE)
    assert service.undo() is not None and service.find(eid) is None
    clock.at += 12 * HOUR + timedelta(minutes=1)
    begin(service)
    with pytest.raises(Resting):
        service.redo()
    assert service.find(eid) is None and service.redo_label


def test_the_sentence_ends_it_for_this_landing_only(service: JournalService, clock: FixedClock):
    eid = service.save(page()).eid
    begin(service)
    with pytest.raises(InvalidRecord):
        service.wake("I am awake")
    assert service.resting() is not None
    assert service.wake("  i am AWAKE and i want  to go on. ").touches("landing")
    assert service.resting() is None
    service.delete(eid)
    clock.at += 12 * HOUR + timedelta(minutes=1)
    begin(service)
    assert service.resting() is not None


def test_the_sentence_is_taken_as_a_tired_hand_types_it():
    assert is_sentence(SENTENCE) and is_sentence("i am awake, and i want to go on")
    assert not any(map(is_sentence, ("", "yes", "I am not awake and I want to go on", "I am awake")))


def test_it_holds_after_opening_again_and_for_reading_only(service: JournalService, reopen, tmp_path: Path):
    begin(service)
    again = reopen()
    with pytest.raises(Resting):
        again.export("json", tmp_path / "out.json")
    reading = reopen(read_only=True)
    with pytest.raises(Resting):
        reading.export("json", tmp_path / "out.json")
    reading.wake(SENTENCE)
    assert reading.export("json", tmp_path / "out.json").path.exists()
    with pytest.raises(Resting):
        reopen().export("json", tmp_path / "out2.json")


def test_the_next_day_it_is_over(service: JournalService, clock: FixedClock):
    begin(service)
    end = service.resting()
    assert end is not None and (end.day, end.hour) == (13, 5)
    clock.at = end - timedelta(minutes=1)
    assert service.resting() == end
    clock.at = end
    assert service.resting() is None


def test_never_and_hours_are_kept_from_the_settings(service: JournalService):
    service.save_settings(Settings(rest_hours=-1))
    begin(service)
    assert service.resting() is None
    service.save_settings(Settings(rest_hours=8))
    assert service.resting() == service.clock.now() + 8 * HOUR


def test_while_it_is_open_a_clock_that_is_set_neither_ends_it_nor_makes_it_longer(tmp_path: Path):
    clock = SettableClock(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    service, _ = JournalService.create(tmp_path / "j.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path)
    begin(service)
    clock.at += timedelta(days=40)
    assert service.resting() == clock.at + 15 * HOUR
    clock.at -= timedelta(days=4000)
    clock.pass_(5 * HOUR)
    assert service.resting() == clock.at + 10 * HOUR
    clock.pass_(10 * HOUR)
    assert service.resting() is None
    service.close()


def test_taking_back_the_beginning_of_a_landing_is_no_step_of_undo(service: JournalService):
    service.save(page())
    begin(service)
    assert service.undo_label == "Undo adding the journal page"
