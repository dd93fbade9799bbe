"""Removed entries come back or go for good; everything is sealed anew; the words are asked for now and then."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from journal.errors import NotFound, ReadOnlyJournal, Stopped, WeakPassword, WrongPassword
from journal.records import Moment, Settings
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, at, course_of_two, held, page

OTHER = "another quiet garden word"
DAY = timedelta(days=1)


def forward(clock, by: timedelta) -> None:
    clock.at += by


def removed(service) -> list[str]:
    return [one.record.text for one in service.removed()]


# -- removed entries ------------------------------------------------------------------------------------------


def test_what_was_removed_is_listed_newest_first_as_it_was_last(service, clock):
    first, second, third = (service.save(page(text)).eid for text in ("one", "two", "three"))
    service.save(page("one, changed"), first)
    for eid in (first, third):
        forward(clock, DAY / 1440)
        service.delete(eid)
    assert removed(service) == ["three", "one, changed"]
    (newest, older) = service.removed()
    assert (newest.eid, newest.versions, older.versions) == (third, 2, 3)
    assert newest.removed > older.removed
    assert service.find(second) is not None


def test_a_removed_entry_comes_back_and_that_can_be_undone(service, reopen):
    eid = service.save(page("one")).eid
    service.delete(eid)
    change = service.undelete(eid)
    assert change.touches("page")
    assert service.get(eid).record == page("one")
    assert removed(service) == []
    assert service.undo_label == "Undo bringing back the journal page"
    service.undo()
    assert removed(service) == ["one"]
    service.redo()
    again = reopen()
    assert again.get(eid).record == page("one")
    assert [version.deleted for version in again.versions(eid)] == [False, True, False, True, False]


def test_only_removed_entries_can_be_brought_back(service):
    eid = service.save(page("one")).eid
    for wrong in (eid, "f" * 32):
        with pytest.raises(NotFound):
            service.undelete(wrong)


def test_one_entry_goes_for_good(service, reopen):
    gone, kept = service.save(page("gone for good")).eid, service.save(page("kept")).eid
    assert service.count(Query(text="gone")) == 1
    service.save(page("gone for good, changed"), gone)
    service.put_draft(gone, page("gone, typed"))
    service.delete(gone)
    service.put_draft(gone, page("gone, typed again"))
    done = service.purge(gone)
    assert (done.entries, done.versions, done.drafts) == (1, 4, 1)  # what was typed went with it as a version
    assert done.change.eids == {gone}
    assert removed(service) == []
    assert service.versions(gone) == ()
    assert service.drafts() == ()
    assert service.count(Query(text="gone")) == 0
    again = reopen()
    assert held(again) == {kept: page("kept")}
    assert again.versions(gone) == ()
    assert again.report.ok


def test_an_entry_that_stands_can_be_purged_too(service):
    eid = service.save(page("one")).eid
    service.purge(eid)
    assert service.count() == 0
    with pytest.raises(NotFound):
        service.purge(eid)


def test_all_removed_entries_go_for_good_and_nothing_else(service, reopen):
    course_of_two(service, "c" * 32)
    for eid in ("3" * 32, "4" * 32, "2" * 32):
        service.delete(eid)
    before = set(held(service))
    done = service.purge_removed()
    assert (done.entries, done.versions) == (3, 6)
    assert service.removed() == ()
    assert service.purge_removed().entries == 0
    again = reopen()
    assert set(held(again)) == before
    assert [summary.label for summary in again.sessions()] == ["Session 1"]


def test_undo_forgets_what_is_gone_and_nothing_else(service):
    gone, kept = service.save(page("gone")).eid, service.save(page("kept")).eid
    service.save_many([(gone, page("gone too")), (kept, page("kept too"))], "both")
    service.delete(gone)
    service.undo()
    service.purge(gone)
    assert service.redo() is None
    assert service.undo_label == "Undo both"
    service.undo()
    assert service.get(kept).record.text == "kept"
    assert service.find(gone) is None
    service.undo()
    assert service.undo() is None
    assert service.versions(gone) == ()


def test_what_is_written_on_under_a_purged_id_becomes_an_entry_of_its_own(service, reopen):
    eid = service.save(page("gone")).eid
    service.purge(eid)
    service.put_draft(eid, page("still being typed"))
    saved = service.save(page("still being typed"), eid)
    assert saved.eid != eid
    assert service.get(saved.eid).record.text == "still being typed"
    assert service.drafts() == ()
    again = reopen()
    assert again.get(saved.eid).record.text == "still being typed"
    assert again.versions(eid) == ()


def test_the_note_of_what_is_gone_is_shown_nowhere_and_stays(service):
    eid = service.save(page("gone")).eid
    service.purge(eid)
    assert service.rows() == ()
    assert service.today().empty
    assert held(service) == {}
    (mark,) = [one.eid for one in service._vault.revisions()]
    with pytest.raises(NotFound):
        service.purge(mark)


def test_stopping_leaves_everything_as_it_was(service, reopen):
    eid = service.save(page("one")).eid
    service.delete(eid)
    with pytest.raises(Stopped):
        service.purge(eid, watch=lambda _done, _of: False)
    assert removed(service) == ["one"]
    service.undelete(eid)
    assert reopen().get(eid).record.text == "one"


def test_a_journal_open_for_reading_shows_them_and_changes_nothing(service, reopen):
    eid = service.save(page("one")).eid
    service.delete(eid)
    reading = reopen(read_only=True)
    assert removed(reading) == ["one"]
    for change in (
        lambda: reading.undelete(eid),
        lambda: reading.purge(eid),
        reading.purge_removed,
        lambda: reading.rotate(OTHER),
        reading.compact,
        reading.renew_backups,
    ):
        with pytest.raises(ReadOnlyJournal):
            change()


# -- the password ---------------------------------------------------------------------------------------------


def test_after_rotating_all_goes_on_and_only_the_new_password_opens(service, path, tmp_path, clock):
    course_of_two(service, "c" * 32)
    service.put_draft("7" * 32, page("typed"))
    before = held(service)
    service.delete("7" * 32)
    done = service.rotate(OTHER)
    assert service.check_recovery(done.words)
    assert service.check_secret(OTHER)
    assert service.check_secret(done.words.upper())
    assert not service.check_secret(PASSWORD)
    service.undo()
    assert held(service) == before
    service.close()
    with pytest.raises(WrongPassword):
        JournalService.open(path, password=PASSWORD, state_dir=tmp_path / "state")
    again = JournalService.open(path, password=OTHER, clock=clock, state_dir=tmp_path / "state")
    assert held(again) == before
    again.close()


def test_words_typed_back_before_are_noted_as_proved(service, clock):
    words = service.new_words()
    done = service.rotate(OTHER, words=words)
    assert done.words == words
    assert done.change.touches("settings")
    assert service.settings().recovery_proved == Moment(clock.now())
    service.rotate(PASSWORD)
    with pytest.raises(WeakPassword):
        service.rotate(PASSWORD)


def test_words_that_nobody_typed_back_are_not_held_for_proved(service):
    service.words_proved(new=True)
    assert not service.today().unproved
    service.rotate(OTHER)  # they are only printed
    assert service.today().unproved and service.words_due()
    words = service.new_words()
    assert not service.check_recovery(words)
    service.take_words(words)
    assert service.check_recovery(words) and not service.today().unproved


def test_older_backups_go_only_after_a_new_one_was_made(service, path):
    service.save(page("one"))
    service.back_up_now()
    service.save(page("two"))
    service.back_up_now()
    service.rotate(OTHER)
    assert len(service.backups().backups) == 2
    assert service.renew_backups() == 2
    (left,) = service.backups().backups
    assert service.keep_backups().backups == (left,)
    assert service.renew_backups() == 1


# -- the recovery drill ---------------------------------------------------------------------------------------


def due(service, clock, days: float) -> bool:
    """Whether the words are asked for, so many days from now."""
    now = clock.now()
    forward(clock, DAY * days)
    try:
        return service.today().try_words
    finally:
        forward(clock, now - clock.now())


def test_the_words_are_asked_for_after_thirty_days_and_then_every_ninety(service, clock):
    service.words_proved(new=True)
    service.save(page("one"))
    assert [due(service, clock, days) for days in (0, 29.9, 30, 89)] == [False, False, True, True]
    forward(clock, 31 * DAY)
    service.words_proved()
    assert service.settings().recovery_proved == Moment(clock.now())
    assert [due(service, clock, days) for days in (0, 89.9, 90)] == [False, False, True]
    service.rotate(OTHER, words=service.new_words())
    assert [due(service, clock, days) for days in (29.9, 30)] == [False, True]


def test_not_now_means_two_weeks(service, clock, reopen):
    service.words_proved(new=True)
    service.save(page("one"))
    proved = service.settings().recovery_proved
    forward(clock, 30 * DAY)
    service.words_later()
    assert service.settings().recovery_proved == proved
    again = reopen()
    assert [due(again, clock, days) for days in (0, 13.9, 14)] == [False, False, True]
    again.words_later(1)
    assert [due(again, clock, days) for days in (0.9, 1)] == [False, True]


def test_words_that_were_never_typed_back_are_asked_for_at_once(service, clock):
    assert due(service, clock, 0) and service.today().unproved
    service.save(page("one"))
    assert due(service, clock, 0)
    service.words_later()
    assert [due(service, clock, days) for days in (13, 14)] == [False, True]
    service.words_proved()
    assert not service.today().unproved


def test_a_clock_that_stood_in_the_future_does_not_silence_it(service, clock):
    forward(clock, 20_000 * DAY)
    service.words_proved(new=True)
    service.save(page("one"))
    forward(clock, -20_000 * DAY)
    assert due(service, clock, 0)


def test_nobody_is_asked_in_an_empty_journal_nor_where_the_answer_could_not_be_kept(service, clock, reopen):
    service.words_proved(new=True)
    forward(clock, 40 * DAY)
    assert not service.today().try_words
    service.save(page("one"))
    assert service.today().try_words
    assert not reopen(read_only=True).today().try_words


def test_what_was_chosen_before_stays(service):
    service.save_settings(Settings(name="Jona", lock_minutes=1))
    service.words_proved()
    assert msgspec.structs.replace(service.settings(), recovery_proved=None, recovery_ask=None) == Settings(
        name="Jona", lock_minutes=1
    )


def test_another_journal_brings_its_choices_and_not_its_words(service, clock, tmp_path):
    other, _ = JournalService.create(
        tmp_path / "other.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state"
    )
    other.save_settings(Settings(name="Jona", recovery_proved=at(1), recovery_ask=at(2)))
    other.export("json", tmp_path / "out.json")
    other.close()
    service.words_proved(new=True)
    noted = service.settings()
    assert service.import_file(tmp_path / "out.json").added == 1
    assert service.settings() == msgspec.structs.replace(noted, name="Jona")
    assert service.import_file(tmp_path / "out.json").added == 0
    assert sum(record.kind == "settings" for record in held(service).values()) == 1
