"""Whatever copies the vault or writes it anew takes the files of entries along, or says which it cannot."""

from __future__ import annotations

import json
import shutil

import pytest

from journal.errors import DamagedJournal, Stopped
from journal.vault import NewRevision, verify_file
from journal.vault.backups import Backup, Backups
from journal.vault.elsewhere import go_on_in
from journal.vault.restore import adopt, recognised, use_instead
from journal.vault.salvage import look_through, repair
from journal.vault.slots import read_header
from tests.journal.vault.copies import Device, devices, same_and_whole
from tests.journal.vault.filing import (
    LONG,
    attach,
    attachment,
    begin,
    content,
    files,
    named,
    noise,
    pieces,
    put_piece,
    spoil,
)
from tests.journal.vault.renewing import OTHER, names
from tests.journal.vault.samples import CLOCK, VAULTS, by_words, page, reopen
from tests.journal.vault.tampering import keys, put, value


@pytest.fixture
def filed(made):
    """A vault with two files and an entry; `vault.words`, `vault.one`, `vault.two`."""
    vault, vault.words = made
    vault.one, vault.two = attach(vault, noise(LONG)), attach(vault, noise(100, 2))
    vault.append([page("beside them")])
    return vault


def both(vault) -> dict[str, bytes]:
    return {vault.one.eid: noise(LONG), vault.two.eid: noise(100, 2)}


def format_of(path) -> int:
    return read_header(value(path, "meta", ("header",)))[0].format


# -- copies ---------------------------------------------------------------------------------------------------------


def test_a_backup_holds_the_files(filed, tmp_path):
    assert filed.backup(tmp_path / "copy.vault").rows == 3
    copy = by_words(tmp_path / "copy.vault", filed.words)
    assert copy.report.ok and files(copy) == both(filed)
    copy.close()


def test_a_backup_whose_file_is_damaged_counts_as_none(filed, tmp_path):
    backups = Backups(filed, tmp_path / "kept")
    good, bad = backups.take().path, backups.take().path
    spoil(bad, attachment(filed.one).blob, 2)
    assert not Backups(filed, tmp_path / "kept").remove_all_but(bad)  # nothing goes for one that is not whole
    assert Backups(filed, tmp_path / "kept").remove_all_but(good) == (bad,)


def test_a_copy_for_a_synced_folder_holds_the_files(filed, tmp_path):
    (tmp_path / "synced").mkdir()
    filed.write_copy(tmp_path / "synced")
    assert filed.copy_is_current(tmp_path / "synced")
    other = by_words(tmp_path / "synced" / filed.copy_name, filed.words, read_only=True)
    assert other.report.ok and files(other) == both(filed)
    other.close()


# -- written anew ---------------------------------------------------------------------------------------------------


def test_a_purge_takes_the_file_of_what_is_purged_along_and_no_other(filed, tmp_path):
    gone = {row for *_, row in pieces(filed.path, attachment(filed.one).blob)}
    kept = pieces(filed.path, attachment(filed.two).blob)
    assert len(gone) == 3
    assert filed.purge([filed.one.eid]).revisions == 1
    assert pieces(filed.path) == kept
    assert files(filed) == {filed.two.eid: noise(100, 2)}
    data = filed.path.read_bytes()
    assert not any(row[57 + at : 157 + at] in data for row in gone for at in (0, len(row) // 2))
    assert filed.verify().ok and format_of(filed.path) == 3
    filed.purge([filed.two.eid])
    assert pieces(filed.path) == [] and format_of(filed.path) == 3
    attach(filed, b"again")
    filed.close()
    again = by_words(filed.path, filed.words)
    assert again.report.ok and format_of(filed.path) == 3
    again.close()


def test_a_body_that_two_attachments_name_stays_with_the_other(filed):
    (second,) = filed.append([NewRevision(eid="c" * 32, kind="attachment", body=filed.one.body)])
    filed.purge([filed.one.eid])
    assert content(filed, second) == noise(LONG)
    assert filed.verify().ok


def test_under_a_new_key_the_files_are_sealed_anew(filed):
    before = {row for *_, row in pieces(filed.path)}
    words = filed.rotate(OTHER)
    assert before.isdisjoint({row for *_, row in pieces(filed.path)})
    assert files(filed) == both(filed) and filed.verify().ok
    attach(filed, noise(LONG, 3))
    filed.close()
    again = by_words(filed.path, words)
    assert again.report.ok and len(files(again)) == 3
    again.close()


def test_giving_room_back_keeps_the_files_and_no_leftover(filed):
    kept = pieces(filed.path)
    begin(filed, noise(5 * LONG, 4))
    assert filed.compact() > 4 * LONG
    assert pieces(filed.path) == kept
    assert files(filed) == both(filed) and filed.verify().ok


@pytest.mark.parametrize("way", [lambda vault: vault.compact(), lambda vault: vault.rotate(OTHER)])
def test_with_a_damaged_file_nothing_is_written_anew(filed, way):
    spoil(filed.path, attachment(filed.one).blob, 1)
    before = filed.path.read_bytes()
    with pytest.raises(DamagedJournal, match="Check the journal"):
        way(filed)
    assert filed.path.read_bytes() == before
    assert names(filed.path.parent) == {"mine.vault", "mine.vault.lock"}
    filed.purge([filed.one.eid])  # the damaged one itself can go
    assert filed.verify().ok


def test_writing_anew_can_be_stopped_between_two_rows_of_a_file(filed):
    attach(filed, noise(40 * 2**20, 5))
    before, told = filed.path.read_bytes(), []

    def watch(done: int, of: int) -> bool:
        told.append((done, of))
        return done < 32

    with pytest.raises(Stopped):
        filed.rotate(OTHER, watch=watch)
    assert [done for done, _ in told] == [0, 16, 32]
    assert filed.path.read_bytes() == before


# -- two copies into one --------------------------------------------------------------------------------------------


@pytest.fixture
def pair(filed, tmp_path):
    one, two = devices(tmp_path, filed, filed.words)
    yield one, two
    one.close()
    two.close()


def test_files_come_in_from_another_copy_in_both_directions(pair):
    one, two = pair
    here, there = attach(one.vault, noise(LONG, 3)), attach(two.vault, noise(LONG, 4))
    assert (one.take_in(two), two.take_in(one)) == (1, 1)
    assert {here.eid, there.eid} < files(one.vault).keys()
    assert files(one.vault) == files(two.vault)
    assert pieces(one.path) == pieces(two.path)  # sealed as they were
    same_and_whole(one, two)
    assert one.take_in(two) == 0


def test_the_first_file_that_comes_into_a_vault_of_format_1_raises_it(tmp_path):
    words = json.loads((VAULTS / "v1.json").read_text("utf-8"))["recovery_words"]
    vault = by_words(shutil.copy(VAULTS / "v1.vault", tmp_path / "mine.vault"), words)
    one, two = devices(tmp_path, vault, words)
    attach(two.vault, noise(LONG))
    assert format_of(one.path) == 1
    one.take_in(two)
    assert format_of(one.path) == 2
    one.vault.change_password("yet another password")
    same_and_whole(one, two)
    one.close()
    two.close()


def test_from_under_another_key_files_are_sealed_anew(pair):
    one, two = pair
    there = attach(two.vault, noise(LONG, 4))
    words = two.vault.rotate(OTHER)
    copy = one.vault.recognise(two.path, recovery_key=words)
    assert len(one.vault.compare(copy).revisions) == 1
    assert len(one.vault.merge(copy).revisions) == 1
    assert files(one.vault)[there.eid] == noise(LONG, 4)
    assert one.vault.verify().ok


@pytest.mark.parametrize("how", ["altered", "removed", "all removed"])
def test_a_file_that_is_damaged_there_is_named_and_stays_there(pair, how):
    one, two = pair
    bad, good = attach(two.vault, noise(LONG, 4)), attach(two.vault, noise(LONG, 5))
    two.vault.append([page("a page of there")])
    bid = attachment(bad).blob
    if how == "altered":
        spoil(two.path, bid, 1)
    for key, n, _ in pieces(two.path, bid):
        if how == "all removed" or (how == "removed" and n == 2):
            put_piece(two.path, (key, n), None)
    copy = one.vault.recognise(two.path)
    compared = one.vault.compare(copy)
    told = one.vault.merge(copy)
    for found in (compared, told):
        assert named(found.damage) == {("blob", bad.eid)}
        assert len(found.revisions) == 2
    assert files(one.vault)[good.eid] == noise(LONG, 5)
    assert bad.eid not in files(one.vault)
    assert one.vault.verify().ok


def test_a_file_that_was_purged_there_leaves_here_too(pair, filed):
    one, two = pair
    two.vault.purge([filed.one.eid])
    one.take_in(two)
    assert pieces(one.path, attachment(filed.one).blob) == []
    assert files(one.vault) == {filed.two.eid: noise(100, 2)}
    two.take_in(one)
    same_and_whole(one, two)


def test_a_purged_file_of_an_old_copy_is_not_read_and_does_not_come_back(pair, filed):
    one, two = pair
    one.vault.purge([filed.one.eid])
    spoil(two.path, attachment(filed.one).blob)
    told = one.vault.merge(one.vault.recognise(two.path))
    assert told.damage == () and told.nothing
    assert one.vault.verify().ok


# -- damage mended --------------------------------------------------------------------------------------------------


def backup_of(vault, path) -> Backup:
    vault.backup(path)
    return Backup(path, CLOCK.now(), path.stat().st_size)


@pytest.mark.parametrize("how", ["altered", "removed"])
def test_a_damaged_file_is_brought_back_from_the_newest_backup_that_holds_it_whole(filed, tmp_path, how):
    old, new = backup_of(filed, tmp_path / "old.vault"), backup_of(filed, tmp_path / "new.vault")
    bid = attachment(filed.one).blob
    spoil(new.path, bid, 2)
    key, n, _ = pieces(filed.path, bid)[1]
    spoil(filed.path, bid, 1) if how == "altered" else put_piece(filed.path, (key, n), None)
    filed.close()
    vault = by_words(filed.path, filed.words)
    if how == "altered":
        assert vault.report.ok and look_through(vault, [new, old]) is None
        assert not vault.verify().ok
    else:
        assert vault.read_only
    offer = look_through(vault, [new, old])
    assert [(source.backup, source.eids) for source in offer.sources] == [(old, {filed.one.eid})]
    assert offer.lost == frozenset()
    restored = repair(vault, offer)
    assert restored.aside is not None
    again = by_words(filed.path, filed.words)
    assert again.report.ok and not again.read_only
    assert files(again) == both(filed) and again.verify().ok
    again.close()


def test_a_file_that_is_whole_nowhere_is_said_to_be_lost_and_the_rest_goes_on(filed):
    key, n, _ = pieces(filed.path, attachment(filed.one).blob)[1]
    put_piece(filed.path, (key, n), None)
    filed.close()
    vault = by_words(filed.path, filed.words)
    offer = look_through(vault, [])
    assert (offer.sources, offer.lost) == ((), {filed.one.eid})
    repair(vault, offer)
    again = by_words(filed.path, filed.words)
    assert again.report.ok and again.verify().ok
    assert files(again) == {filed.two.eid: noise(100, 2)}
    assert len(pieces(filed.path)) == 1
    again.close()


def test_a_record_and_its_file_both_damaged_come_back_together(filed, tmp_path):
    kept = backup_of(filed, tmp_path / "kept.vault")
    spoil(filed.path, attachment(filed.one).blob)
    put(filed.path, "rec", next(key for key in keys(filed.path, "rec") if key[0].hex() == filed.one.eid), None)
    filed.close()
    vault = by_words(filed.path, filed.words)
    repair(vault, look_through(vault, [kept]))
    again = by_words(filed.path, filed.words)
    assert files(again) == both(filed) and again.verify().ok
    again.close()


# -- in the journal's place -----------------------------------------------------------------------------------------


def test_a_backup_in_the_place_of_the_journal_has_the_files(filed, tmp_path):
    filed.backup(tmp_path / "copy.vault")
    attach(filed, noise(10, 9))
    use_instead(filed, recognised(filed, tmp_path / "copy.vault"), aside=True)
    again = reopen(filed.path)
    assert files(again) == both(filed) and again.verify().ok
    again.close()
    shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
    source = by_words(tmp_path / "copy.vault", filed.words, read_only=True)
    adopt(source, tmp_path / "elsewhere" / "new.vault", clock=CLOCK)
    source.close()
    moved = Device(tmp_path / "elsewhere" / "new.vault", tmp_path / "moved", filed.words)
    assert files(moved.vault) == both(filed)
    moved.close()


def test_a_backup_with_a_damaged_file_takes_no_journals_place(filed, tmp_path):
    filed.backup(tmp_path / "copy.vault")
    spoil(tmp_path / "copy.vault", attachment(filed.two).blob)
    before = filed.path.read_bytes()
    with pytest.raises(DamagedJournal, match="This backup is damaged"):
        use_instead(filed, recognised(filed, tmp_path / "copy.vault"), aside=True)
    assert filed.path.read_bytes() == before


def test_a_journal_whose_file_was_taken_away_goes_on_with_its_files(filed, tmp_path):
    known = list(filed.revisions())
    filed.path.unlink()
    assert go_on_in(filed, tmp_path / "new.vault", known) == frozenset()
    attach(filed, noise(10, 9))
    assert len(files(filed)) == 3 and filed.verify().ok
    filed.close()
    assert verify_file(tmp_path / "new.vault", recovery_key=filed.words, state_dir=tmp_path).ok


def test_what_cannot_be_read_any_more_is_named_and_the_rest_goes_on(filed, tmp_path):
    known = list(filed.revisions())
    spoil(filed.path, attachment(filed.one).blob, 1)
    assert go_on_in(filed, tmp_path / "new.vault", known) == {filed.one.eid}
    assert files(filed) == {filed.two.eid: noise(100, 2)}
    assert filed.verify().ok
    attach(filed, noise(10, 9))
    filed.close()
    again = by_words(tmp_path / "new.vault", filed.words)
    assert again.report.ok and len(files(again)) == 2
    again.close()
