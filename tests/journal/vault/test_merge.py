"""Two copies of a journal become one, whoever takes in whom, and nothing of either is lost."""

from __future__ import annotations

import contextlib
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
from journal.vault import FAST, Vault
from tests.journal.vault.copies import devices, edit, held, same_and_whole, shown
from tests.journal.vault.samples import CLOCK, by_words, page, room, texts
from tests.journal.vault.tampering import small_lists


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


# -- other keys and other files --------------------------------------------------------------------------------------


def test_a_copy_with_an_older_password_needs_none(pair):
    one, two, _ = pair
    one.vault.change_password("quite another one")
    two.vault.append([page("on two")])
    assert one.take_in(two) == 1
    assert two.take_in(one) == 0


def test_a_copy_under_another_key_is_sealed_anew(pair):
    one, two, eid = pair
    two.words = two.vault.rotate("quite another password")
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


@pytest.mark.parametrize("what", ["row", "missing", "extra", "bucket", "segment", "manifests"])
def test_only_what_the_copy_vouches_for_is_taken_and_the_rest_is_named(pair, what):
    one, two, _ = pair
    (good,) = two.vault.append([page("good", "01" * 16)])
    if what == "segment":
        two.vault.compact()
    with small_lists(room=0 if what == "segment" else 9):
        (bad,) = two.vault.append([page("bad", "02" * 16)])
    if what == "bucket":
        two.vault.compact()
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
    elif what == "segment":
        spoil(two.path, "UPDATE segment SET v = zeroblob(2000)")
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
