"""Two copies of a journal become one, whoever takes in whom, and nothing of either is lost."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.errors import (
    CopyNeedsPassword,
    DamagedJournal,
    JournalError,
    NotACopy,
    NotAJournal,
    ReadOnlyJournal,
    StorageFailed,
    StorageFull,
    WrongPassword,
)
from journal.ids import new_id
from journal.vault import FAST, Vault
from journal.vault.inventory import Inventory, digest
from journal.vault.keys import KeyRing
from journal.vault.merge import mark
from tests.journal.vault.copies import Device, devices, held, same_and_whole, shown
from tests.journal.vault.samples import CLOCK, by_words, draft, page, room, text_of, texts


@pytest.fixture
def shared(made) -> tuple[Vault, str, str]:
    """A vault with one entry, its recovery words and the entry's id."""
    vault, words = made
    (written,) = vault.append([page("first")])
    return vault, words, written.eid


@pytest.fixture
def pair(tmp_path, shared):
    """Two devices that hold the same entry, and its id."""
    vault, words, eid = shared
    one, two = devices(tmp_path, vault, words)
    yield one, two, eid
    one.close()
    two.close()


def edit(device: Device, eid: str, text: str, *, deleted: bool = False) -> str:
    heads = tuple(rev for rev, _ in shown(device.vault)[eid])
    return device.vault.append([page(text, eid, heads, deleted=deleted)])[0].rev


def test_what_each_wrote_is_in_both(pair):
    one, two, _ = pair
    one.vault.append([page("on one")])
    two.vault.append([page("on two"), page("and more")])
    assert (one.take_in(two), two.take_in(one)) == (2, 1)
    assert texts(one.vault) == ["and more", "first", "on one", "on two"]
    same_and_whole(one, two)


def test_the_same_copy_twice_changes_nothing_more(pair):
    one, two, _ = pair
    two.vault.append([page("on two")])
    assert one.take_in(two) == 1
    before = one.path.read_bytes()
    assert one.take_in(two) == 0
    assert one.vault.merge(one.vault.recognise(two.path)).nothing
    assert one.path.read_bytes() == before


def test_an_empty_copy_takes_and_gives(tmp_path, made):
    vault, words = made
    one, two = devices(tmp_path, vault, words)
    assert (one.take_in(two), two.take_in(one)) == (0, 0)
    one.vault.append([page("only here")])
    assert (one.take_in(two), two.take_in(one)) == (0, 1)
    same_and_whole(one, two)


def test_an_entry_edited_on_both_has_both_versions(pair):
    one, two, eid = pair
    mine, theirs = edit(one, eid, "on one"), edit(two, eid, "on two")
    one.take_in(two)
    assert {rev for rev, _ in shown(one.vault)[eid]} == {mine, theirs}
    two.take_in(one)
    same_and_whole(one, two)
    edit(one, eid, "both together")
    two.take_in(one)
    assert len(shown(two.vault)[eid]) == 1
    same_and_whole(one, two)


def test_an_entry_deleted_on_one_and_edited_on_the_other_shows_the_edit(pair):
    one, two, eid = pair
    edit(one, eid, "", deleted=True)
    edited = edit(two, eid, "still wanted")
    one.take_in(two)
    two.take_in(one)
    assert shown(one.vault)[eid][0] == (edited, False)
    assert [deleted for _, deleted in shown(one.vault)[eid]] == [False, True]
    same_and_whole(one, two)


def test_no_clock_is_asked(pair):
    one, two, eid = pair
    future = FixedClock(CLOCK.now().replace(year=2090))
    one.close()
    one.vault = Vault.open(one.path, recovery_key=one.words, clock=future, state_dir=one.path.parent)
    mine = edit(one, eid, "from the future")
    edit(two, eid, "now")
    theirs = edit(two, eid, "now, again")
    one.take_in(two)
    two.take_in(one)
    assert [rev for rev, _ in shown(one.vault)[eid]] == [theirs, mine]  # two steps against one
    same_and_whole(one, two)


def test_three_copies_in_any_order_are_the_same(tmp_path, shared):
    vault, words, eid = shared
    one, two, three = devices(tmp_path, vault, words, 3)
    for number, device in enumerate((one, two, three)):
        edit(device, eid, f"edit {number}")
        device.vault.append([page(f"new {number}")])
    one.take_in(two)
    three.take_in(one)
    two.take_in(three)
    one.take_in(two)
    same_and_whole(one, two, three)
    assert len(shown(one.vault)[eid]) == 3
    for device in (one, two, three):
        device.close()


def test_a_thousand_conflicts(tmp_path, made):
    vault, words = made
    first = vault.append([page(f"entry {number}") for number in range(1500)])
    one, two = devices(tmp_path, vault, words)
    for device, name in ((one, "one"), (two, "two")):
        device.vault.append([page(f"{name} {row.rev}", row.eid, (row.rev,)) for row in first])
        device.vault.append([page(f"{name} {number}", first[0].eid, (first[0].rev,)) for number in range(1000)])
    assert (one.take_in(two), two.take_in(one)) == (2500, 2500)
    heads = shown(one.vault)
    assert sum(len(found) == 2 for found in heads.values()) == 1499
    assert len(heads[first[0].eid]) == 2002
    same_and_whole(one, two)
    one.close()
    two.close()


# -- what was removed for good ---------------------------------------------------------------------------------------


def purge(device: Device, eid: str) -> None:
    """As rewriting the file does: no revision is left, and a mark of the id is."""
    path = device.path.parent / "none.vault"
    vault = device.vault
    vault.append([mark(new_id(), [eid])])
    shutil.copy(device.path, path)
    vault.merge(vault.recognise(path))  # the mark is in force as soon as anything is merged
    assert all(one.eid != eid for one in vault.revisions())


def test_a_purge_is_not_undone_by_an_old_copy_and_reaches_the_others(pair):
    one, two, eid = pair
    old = two.path.parent / "old.vault"
    shutil.copy(two.path, old)
    edit(two, eid, "edited there")
    two.vault.put_draft(draft("half a thought", eid))
    purge(one, eid)
    assert one.take_in(two) == 0
    assert one.take_in(old) == 0
    assert eid not in {row.eid for row in one.vault.revisions()}
    assert two.vault.compare(two.vault.recognise(one.path)).gone == {eid}
    two.take_in(one)
    assert two.vault.drafts() == ()
    assert two.take_in(old) == 0
    assert one.vault.purged_eids() == two.vault.purged_eids() == {eid}
    same_and_whole(one, two)
    assert two.vault.purged_eids() == {eid}  # after opening anew
    with closing(sqlite3.connect(two.path)) as db:
        assert db.execute("SELECT count(*) FROM rec WHERE eid = ?", [bytes.fromhex(eid)]).fetchone() == (0,)


def test_a_third_copy_learns_of_a_purge_through_the_second(tmp_path, shared):
    vault, words, eid = shared
    one, two, three = devices(tmp_path, vault, words, 3)
    edit(three, eid, "written meanwhile")
    purge(one, eid)
    two.take_in(one)
    three.take_in(two)
    one.take_in(three)
    two.take_in(three)
    assert eid not in {row.eid for row in three.vault.revisions()}
    same_and_whole(one, two, three)
    for device in (one, two, three):
        device.close()


# -- drafts ----------------------------------------------------------------------------------------------------------


def test_drafts_of_both_are_kept(pair):
    one, two, eid = pair
    one.vault.put_draft(draft("mine", eid))
    two.vault.put_draft(draft("theirs", eid))
    two.vault.put_draft(draft("of something new"))
    assert one.vault.merge(one.vault.recognise(two.path)).drafts == 2
    assert sorted(map(text_of, one.vault.drafts())) == ["mine", "of something new", "theirs"]
    assert next(text_of(found) for found in one.vault.drafts() if found.key == eid) == "mine"
    assert one.vault.merge(one.vault.recognise(two.path)).nothing
    two.take_in(one)
    assert sorted(map(text_of, two.vault.drafts())) == ["mine", "of something new", "theirs"]
    assert one.vault.merge(one.vault.recognise(two.path)).nothing


def test_a_draft_that_was_saved_meanwhile_does_not_come_back(pair):
    one, two, eid = pair
    two.vault.put_draft(draft("soon saved", eid))
    old = two.path.with_name("old.vault")
    shutil.copy(two.path, old)
    two.vault.append([page("soon saved", eid)], drop_drafts=[eid])
    one.take_in(two)
    one.take_in(old)
    two.take_in(old)
    assert one.vault.drafts() == two.vault.drafts() == ()


# -- other keys and other files --------------------------------------------------------------------------------------


def test_a_copy_with_an_older_password_needs_none(pair):
    one, two, _ = pair
    one.vault.change_password("quite another one")
    two.vault.append([page("on two")])
    assert one.take_in(two) == 1
    assert two.take_in(one) == 0


def test_a_copy_under_another_key_is_sealed_anew(pair):
    one, two, eid = pair
    rekey(two)
    two.vault.append([page("under the new key")])
    edit(two, eid, "edited there")
    with pytest.raises(CopyNeedsPassword):
        one.vault.recognise(two.path)
    with pytest.raises(WrongPassword):
        one.vault.recognise(two.path, password="not the password")
    copy = one.vault.recognise(two.path, recovery_key=two.words)
    assert len(one.vault.merge(copy).revisions) == 2
    back = two.vault.recognise(one.path, recovery_key=one.words)
    assert two.vault.merge(back).nothing
    same_and_whole(one, two)


def rekey(device: Device) -> None:
    """The device's file as a rotation leaves it: the same revisions, sealed under a new key of the next epoch."""
    vault = device.vault
    old, ring = vault._ring, KeyRing(bytes.fromhex(vault.vault_id), 2, b"k" * 32)
    vault._ring, vault._inventory = ring, Inventory()
    with vault._file.change() as db:
        for eid, rev, sealed in vault._file.rows("SELECT eid, rev, v FROM rec"):
            anew = ring.seal_row(eid, rev, old.open_row(eid, rev, sealed))
            vault._inventory.add((eid, rev), digest(anew))
            db.execute("UPDATE rec SET v = ? WHERE rev = ?", (anew, rev))
            bucket = (eid[0], vault._inventory.seal_bucket(ring, eid[0]))
            db.execute("INSERT OR REPLACE INTO bucket(n, v) VALUES (?, ?)", bucket)
        db.execute("DELETE FROM manifest")
        db.execute("INSERT INTO manifest(n, v) VALUES (?, ?)", vault._inventory.seal_manifest(ring))
    vault._slots = {}
    vault.change_password("seven quiet herons")
    device.words = vault.new_recovery_key()
    device.close()
    device.vault = device.open()
    assert device.vault.report.ok


def test_another_journal_is_refused(tmp_path, pair):
    one, _, _ = pair
    other, _ = Vault.create(tmp_path / "other.vault", "seven quiet herons", profile=FAST, state_dir=tmp_path)
    other.append([page("not yours")])
    other.close()
    for secret in ({}, {"password": "seven quiet herons"}):
        with pytest.raises(NotACopy, match="another journal"):
            one.vault.recognise(other.path, **secret)
    assert texts(one.vault) == ["first"]


def test_the_open_file_itself_is_refused(tmp_path, pair):
    one, _, _ = pair
    (tmp_path / "link.vault").symlink_to(one.path)
    for path in (one.path, tmp_path / "link.vault"):
        with pytest.raises(NotACopy, match="very journal"):
            one.vault.recognise(path)


def test_what_is_no_journal_is_refused(tmp_path, pair):
    one, _, _ = pair
    (tmp_path / "a.vault").write_bytes(b"hello" * 100)
    with pytest.raises(NotAJournal):
        one.vault.recognise(tmp_path / "a.vault")
    with pytest.raises(JournalError):
        one.vault.recognise(tmp_path / "nowhere.vault")


def test_reading_only_takes_nothing_in(pair):
    one, two, _ = pair
    one.close()
    one.vault = by_words(one.path, one.words, read_only=True)
    assert one.vault.compare(one.vault.recognise(two.path)).nothing
    with pytest.raises(ReadOnlyJournal):
        one.take_in(two)


# -- damage ----------------------------------------------------------------------------------------------------------


def test_a_half_copied_file_is_refused_or_gives_what_is_whole(tmp_path, pair):
    one, two, _ = pair
    two.vault.append([page("x" * 50_000) for _ in range(20)])
    whole = two.path.read_bytes()
    cut = tmp_path / "cut.vault"
    for length in (0, 50, 4096, 16384, len(whole) // 2, len(whole) - 16384):
        cut.write_bytes(whole[:length])
        try:
            found = one.vault.compare(one.vault.recognise(cut))
        except (DamagedJournal, NotAJournal):
            continue
        assert found.damage
    zeros = bytearray(whole)
    zeros[len(whole) // 2 :] = bytes(len(whole) - len(whole) // 2)
    cut.write_bytes(zeros)
    with contextlib.suppress(DamagedJournal, NotAJournal):
        assert one.vault.merge(one.vault.recognise(cut)).damage
    one.take_in(two)
    two.take_in(one)
    same_and_whole(one, two)


def spoil(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql, values)
        db.commit()


@pytest.mark.parametrize("what", ["row", "missing", "extra", "bucket", "manifests"])
def test_only_what_the_copy_vouches_for_is_taken_and_the_rest_is_named(pair, what):
    one, two, _ = pair
    good, bad = two.vault.append([page("good", "01" * 16), page("bad", "02" * 16)])
    two.close()
    eid, rev = bytes.fromhex(bad.eid), bytes.fromhex(bad.rev)
    if what == "row":
        spoil(two.path, "UPDATE rec SET v = zeroblob(2000) WHERE eid = ?", eid)
    elif what == "missing":
        spoil(two.path, "DELETE FROM rec WHERE eid = ?", eid)
    elif what == "extra":
        spoil(two.path, "INSERT INTO rec SELECT eid, zeroblob(16), v FROM rec WHERE rev = ?", rev)
    elif what == "bucket":
        spoil(two.path, "UPDATE bucket SET v = zeroblob(2000) WHERE n = 2")
    else:
        spoil(two.path, "UPDATE manifest SET v = zeroblob(8413)")
    wanted = {"extra": {good.rev, bad.rev}, "manifests": set()}.get(what, {good.rev})
    copy = one.vault.recognise(two.path) if what != "manifests" else None
    if copy is None:
        with pytest.raises(CopyNeedsPassword):
            one.vault.recognise(two.path)
        copy = one.vault.recognise(two.path, recovery_key=two.words)
    found = one.vault.merge(copy)
    assert {row.rev for row in found.revisions} == wanted
    assert found.damage
    assert one.vault.verify().ok
    two.vault = two.open()


def test_no_room_for_what_comes_in_leaves_the_journal_as_it_was(pair):
    one, two, eid = pair
    two.vault.append([page("x" * 100_000) for _ in range(30)])
    copy = one.vault.recognise(two.path)
    before = held(one.vault)
    with room(200_000), pytest.raises((StorageFull, StorageFailed)):
        one.vault.merge(copy)
    assert held(one.vault) == before
    assert one.vault.verify().ok
    edit(one, eid, "goes on")
    assert one.take_in(two) == 30
    assert one.vault.verify().ok


def test_a_copy_that_is_open_elsewhere_is_read_as_it_stands(pair):
    one, two, _ = pair
    two.vault.append([page("saved")])
    assert one.take_in(two) == 1  # two is open for writing all along
    two.vault.append([page("saved later")])
    assert one.take_in(two) == 1


def test_a_copy_is_left_as_it_is(pair):
    one, two, _ = pair
    two.vault.append([page("saved")])
    two.close()
    before, names = two.path.read_bytes(), sorted(path.name for path in two.path.parent.iterdir())
    two.path.chmod(0o400)
    one.take_in(two)
    assert two.path.read_bytes() == before
    assert sorted(path.name for path in two.path.parent.iterdir()) == names
    two.path.chmod(0o600)
    two.vault = two.open()
