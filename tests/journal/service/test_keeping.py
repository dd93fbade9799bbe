"""Backups that make themselves when something changed, what differs from one, and the ways back."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from journal.errors import CopyNeedsPassword, JournalError, NotACopy, NotFound, StorageFailed, WrongPassword
from journal.records import Settings
from journal.service import JournalService
from journal.service.keeping import CHANGED, ONLY_HERE, ONLY_THERE, fell
from journal.vault import FAST
from journal.vault.backups import vault_of
from tests.journal.cli.commands import drop_row, spoil_row
from tests.journal.service.entries import PASSWORD, held, page
from tests.journal.vault.tampering import small_lists

DAY = timedelta(days=1)


def names(service: JournalService) -> list[str]:
    return [backup.path.name for backup in service.backups().backups]


def opened(path: Path, tmp_path: Path, clock, **options) -> JournalService:
    secret = {} if "recovery_key" in options else {"password": PASSWORD}
    return JournalService.open(path, clock=clock, state_dir=tmp_path / "state", **secret, **options)


@pytest.fixture
def session(path, tmp_path, clock, service):
    """Close the journal as the window does, and open it again."""
    now = [service]

    def again() -> JournalService:
        now[0].leave()
        now[0] = opened(path, tmp_path, clock)
        return now[0]

    yield again
    now[0].close()


# -- making them ---------------------------------------------------------------------------------------------------


def test_leaving_makes_a_backup_when_something_changed(service, session, tmp_path, path):
    service.save(page("one"))
    again = session()
    assert names(again) == ["2026-03-12T130500Z.vault"]
    state = again.backups()
    assert state.folder == tmp_path / "state" / "backups" / vault_of(path).hex()[:8]
    assert (state.on, state.chosen, state.trouble) == (True, False, "")
    assert state.folder.stat().st_mode & 0o777 == 0o700
    assert state.backups[0].path.stat().st_mode & 0o777 == 0o600
    other = opened(state.backups[0].path, tmp_path, again.clock, read_only=True)
    assert [record.text for record in held(other).values()] == ["one"]
    other.close()
    again = session()  # nothing changed
    assert len(names(again)) == 1


def test_unsaved_text_counts_as_a_change(service, session, tmp_path):
    eid = service.save(page("one")).eid
    again = session()
    again.put_draft(eid, page("one and a half"))
    again = session()
    assert len(names(again)) == 2
    newest = again.backups().backups[0]
    copy = opened(newest.path, tmp_path, again.clock, read_only=True)
    assert [draft.record.text for draft in copy.drafts()] == ["one and a half"]
    copy.close()


def test_what_leaving_could_not_make_is_made_at_the_next_opening(service, reopen):
    service.save(page("one"))
    again = reopen()  # closed without a backup: killed, or it took too long
    assert names(again) == []
    state = again.keep_backups()
    assert len(state.backups) == 1
    assert again.keep_backups().backups == state.backups


def test_leaving_gives_up_what_takes_longer_than_a_moment(service, reopen, monkeypatch):
    monkeypatch.setattr("journal.service.keeping.A_MOMENT", -1.0)
    service.save(page("one " * 50_000))
    folder = service.backups().folder
    service.leave()
    assert list(folder.iterdir()) == []
    again = reopen()
    assert len(again.keep_backups().backups) == 1


def test_turned_off_none_are_made_by_themselves(service, session):
    service.choose_backups(on=False)
    service.save(page("one"))
    again = session()
    assert again.keep_backups().backups == ()
    assert again.back_up_now().entries == 2
    assert len(names(again)) == 1


def test_a_folder_of_ones_own(service, session, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    service.choose_backups(folder=stick)
    service.save(page("one"))
    again = session()
    assert again.backups().folder == stick
    assert [found.name for found in stick.iterdir()] == names(again) == ["2026-03-12T130500Z.vault"]
    again.choose_backups(usual=True)
    assert again.backups().folder != stick


def test_a_stick_that_is_gone_is_told_and_nothing_is_made_in_its_place(service, session, tmp_path, clock):
    stick = tmp_path / "stick"
    stick.mkdir()
    service.choose_backups(folder=stick)
    again = session()
    stick.rename(tmp_path / "elsewhere")
    again.save(page("one"))
    again = session()
    assert [record.text for record in held(again).values() if hasattr(record, "text")] == ["one"]
    state = again.keep_backups()
    assert "not there" in state.trouble
    assert not stick.exists()
    with pytest.raises(StorageFailed):
        again.back_up_now()
    (tmp_path / "elsewhere").rename(stick)
    clock.at += DAY
    state = again.keep_backups()
    assert (state.trouble, len(state.backups)) == ("", 2)


def test_reading_only_makes_none(service, reopen):
    service.save(page("one"))
    reading = reopen(read_only=True)
    assert reading.keep_backups().backups == ()
    with pytest.raises(JournalError):
        reading.back_up_now()
    reading.leave()


def test_noticeably_fewer_entries_are_asked_about_once_and_keep_the_old_ones(service, session, clock):
    eids = [service.save(page(f"page {number}")).eid for number in range(12)]
    for _ in range(30):  # more than the rule lets stay of one day
        clock.at += timedelta(minutes=1)
        service.save(page(f"{clock.at}"), eids[0])
        service.back_up_now()
    assert len(names(service)) == 10
    before = set(names(service))
    for eid in eids[:6]:
        service.delete(eid)
    for _ in range(15):
        clock.at += timedelta(minutes=1)
        service.save(page(f"{clock.at}"), eids[7])
        service = session()
        state = service.keep_backups()
    assert state.fewer == 6
    assert state.held
    assert before <= set(names(service))
    service.answer_fewer(keep=True)
    assert service.backups().fewer == 0
    service = session()
    assert before <= {backup.path.name for backup in service.keep_backups().backups}
    service.answer_fewer(keep=False)
    service.keep_backups()
    assert not before & set(names(service))


@pytest.mark.parametrize(
    ("before", "now", "noticed"),
    [(30, 24, False), (30, 23, True), (10, 6, False), (10, 5, True), (5, 0, True), (3, 9, False)],
)
def test_what_is_noticeable(before, now, noticed):
    assert fell(before, now) is noticed


# -- coming back ---------------------------------------------------------------------------------------------------


@pytest.fixture
def parted(service) -> dict[str, str]:
    """A backup, and a journal that went on: an entry changed, one removed, one new, one the same."""
    made = {name: service.save(page(name)).eid for name in ("changed", "removed", "same")}
    service.back_up_now()
    service.save(page("changed since"), made["changed"])
    service.delete(made["removed"])
    made["new"] = service.save(page("new")).eid
    return made


def test_what_differs_is_told_before_anything_happens(service, parted, path):
    before = path.read_bytes()
    told = service.compare_backup(service.backups().backups[0].path)
    assert {one.eid: one.what for one in told.differences} == {
        parted["changed"]: CHANGED, parted["removed"]: ONLY_THERE, parted["new"]: ONLY_HERE,
    }  # fmt: skip
    assert (told.same, told.damaged, told.other_key) == (1, 0, False)
    (changed,) = told.of(CHANGED)
    assert changed.newer_here
    assert (changed.kind, changed.title) == ("page", "changed")
    assert path.read_bytes() == before


def test_entries_come_back_as_new_versions_and_undo_works(service, parted, reopen):
    service.compare_backup(service.backups().backups[0].path)
    service.take_from_backup([parted["changed"], parted["removed"]])
    texts = {eid: record.text for eid, record in held(service).items()}
    assert texts[parted["changed"]] == "changed"
    assert texts[parted["removed"]] == "removed"
    assert texts[parted["new"]] == "new"
    history = [version.record.text for version in service.versions(parted["changed"])]
    assert history == ["changed", "changed since", "changed"]
    assert service.undo_label == "Undo bringing back 2 entries"
    service.undo()
    texts = {eid: record.text for eid, record in held(service).items()}
    assert texts[parted["changed"]] == "changed since"
    assert parted["removed"] not in texts
    assert reopen().report.ok


def test_what_is_not_in_the_backup_cannot_come_back(service, parted):
    with pytest.raises(NotFound):
        service.take_from_backup([parted["changed"]])  # nothing was compared
    service.compare_backup(service.backups().backups[0].path)
    with pytest.raises(NotFound):
        service.take_from_backup([parted["removed"], parted["new"]])
    assert parted["removed"] not in held(service)


def test_the_whole_backup_in_place_of_the_journal(service, parted, path, tmp_path, clock):
    present = held(service)
    service.put_draft(parted["same"], page("being typed"))
    service.compare_backup(service.backups().backups[0].path)
    clock.at += timedelta(hours=1)
    restored = service.use_backup()
    assert (restored.path, restored.aside) == (path, None)
    again = opened(path, tmp_path, clock)
    assert again.report.ok
    assert not again.read_only
    assert again.report.older_than_seen is None
    assert {record.text for record in held(again).values()} == {"changed", "removed", "same"}
    newest = again.backups().backups[0]
    again.compare_backup(newest.path)
    other = opened(newest.path, tmp_path, clock, read_only=True)
    assert held(other) == present
    assert [draft.record.text for draft in other.drafts()] == ["being typed"]
    other.close()
    again.save(page("and on"))
    assert again.verify().ok
    again.close()


def test_with_no_backup_to_be_made_the_present_file_is_kept_beside(service, parted, path, tmp_path, clock):
    present = held(service)
    backup = service.backups().backups[0].path
    service.choose_backups(folder=tmp_path / "gone")
    service.compare_backup(backup)
    restored = service.use_backup()
    assert restored.aside is not None
    kept = opened(restored.aside, tmp_path, clock, read_only=True)
    assert {eid: record for eid, record in held(kept).items() if eid in present} == present
    kept.close()
    assert sorted(found.name for found in path.parent.iterdir()) == sorted([path.name, restored.aside.name])


def test_a_damaged_backup_replaces_nothing(service, parted, path):
    backup = service.backups().backups[0].path
    spoil_row(backup, parted["removed"])
    told = service.compare_backup(backup)
    assert told.damaged == 1
    assert {one.eid for one in told.of(ONLY_THERE)} == set()
    before = path.read_bytes()
    with pytest.raises(JournalError):
        service.use_backup()
    assert path.read_bytes() == before
    service.save(page("the journal goes on"))


def test_another_password_opens_a_backup_from_before_the_key_changed(service, parted):
    backup = service.backups().backups[0].path
    service.rotate("an entirely other one")
    with pytest.raises(CopyNeedsPassword):
        service.compare_backup(backup)
    with pytest.raises(WrongPassword):
        service.compare_backup(backup, password="an entirely other one")
    told = service.compare_backup(backup, password=PASSWORD)
    assert told.other_key
    assert len(told.differences) == 3
    service.take_from_backup([parted["removed"]])
    assert held(service)[parted["removed"]].text == "removed"


def test_a_backup_of_another_journal_is_refused(service, tmp_path, clock):
    place = tmp_path / "other.vault"
    other, _ = JournalService.create(place, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path)
    other.close()
    with pytest.raises(NotACopy, match="another journal"):
        service.compare_backup(place, password=PASSWORD)


def test_purged_entries_are_not_offered_again(service, parted):
    service.purge(parted["removed"])
    told = service.compare_backup(service.backups().backups[0].path)
    assert told.of(ONLY_THERE) == ()


def test_the_choices_are_sealed_and_kept(service, reopen, tmp_path):
    service.choose_backups(on=False, folder=tmp_path)
    assert reopen().settings() == Settings(backups=False, backup_folder=str(tmp_path))


# -- a damaged journal ---------------------------------------------------------------------------------------------


def test_damaged_entries_are_brought_back_from_the_newest_backup_that_holds_them(
    service, session, path, tmp_path, clock
):
    first = [service.save(page(f"first {number}")).eid for number in range(3)]
    service = session()
    clock.at += DAY
    second = service.save(page("second")).eid
    service = session()
    clock.at += DAY
    third = service.save(page("third")).eid
    third_whole = service.save(page("third, whole")).eid
    service.close()
    spoil_row(path, first[0])
    drop_row(path, second)
    spoil_row(path, third)
    damaged = path.read_bytes()
    service = opened(path, tmp_path, clock)
    assert service.read_only
    newest = service.backups().backups[0]
    spoil_row(newest.path, first[0])  # the newest backup is damaged there, too
    offer = service.salvage_offer()
    assert [(source.backup.at.day, source.eids) for source in offer.sources] == [
        (13, frozenset({second})), (12, frozenset({first[0]})),
    ]  # fmt: skip
    assert offer.lost == {third}
    assert not offer.lists
    assert path.read_bytes() == damaged
    restored = service.salvage(offer)
    assert restored.aside.read_bytes() == damaged
    again = opened(path, tmp_path, clock)
    assert again.report.ok
    assert not again.read_only
    assert again.report.older_than_seen is None
    assert set(held(again)) == {*first, second, third_whole}
    assert held(again)[second].text == "second"
    again.save(page("and on"))
    assert again.verify().ok
    again.close()


@pytest.mark.parametrize(("most", "damage"), [
    (0, "UPDATE bucket SET v = x'00'"), (20, "UPDATE segment SET v = x'00' WHERE n = 0"),
    (0, "DELETE FROM list; DELETE FROM list_copy"), (9, "DELETE FROM manifest WHERE n = 0"),
    (9, "DELETE FROM manifest WHERE n = 1"), (9, "DELETE FROM manifest"),
])  # fmt: skip
def test_a_journal_whose_list_is_damaged_is_mended(service, session, path, tmp_path, clock, most, damage):
    with small_lists(room=0, most=most):
        eids = [service.save(page(f"page {number}")).eid for number in range(8)]
    service.put_draft(eids[0], page("being typed"))
    service = session()
    service.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(damage)
        db.execute("DELETE FROM rec WHERE eid = ?", (bytes.fromhex(eids[0]),))
        db.commit()
    service = opened(path, tmp_path, clock)
    offer = service.salvage_offer()
    assert offer.lists
    assert offer.eids == {eids[0]}
    service.salvage(offer)
    again = opened(path, tmp_path, clock)
    assert again.report.ok
    assert set(held(again)) == set(eids)
    assert [draft.record.text for draft in again.drafts()] == ["being typed"]
    again.close()


def test_a_whole_journal_needs_no_salvage(service):
    assert service.salvage_offer() is None


def test_a_damaged_journal_is_never_backed_up_and_lets_no_backup_go(service, session, path, tmp_path, clock):
    eid = service.save(page("one")).eid
    service = session()
    service.close()
    spoil_row(path, eid)
    service = opened(path, tmp_path, clock)
    assert len(service.keep_backups().backups) == 1
    service.leave()
