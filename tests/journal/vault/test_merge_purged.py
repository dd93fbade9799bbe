"""What was removed for good stays so, and what is being typed is kept, when copies are merged."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import msgspec
import pytest

from tests.journal.vault.copies import devices, edit, same_and_whole
from tests.journal.vault.samples import draft, page, text_of


def test_a_purge_is_not_undone_by_an_old_copy_and_reaches_the_others(pair):
    one, two, eid = pair
    old = two.path.parent / "old.vault"
    shutil.copy(two.path, old)
    edit(two, eid, "edited there")
    two.vault.put_draft(draft("half a thought", eid))
    one.vault.purge([eid])
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
    one.vault.purge([eid])
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


@pytest.mark.parametrize("where", ["here", "there"])
def test_unsaved_text_of_both_goes_with_its_entry(pair, where):
    """Taken in from the other copy it has a key of its own, and still is text of that entry."""
    one, two, eid = pair
    for device, text in ((one, "typed here"), (two, "typed there")):
        device.vault.put_draft(msgspec.structs.replace(draft(text, eid), eid=eid))
    two.vault.put_draft(draft("a text of its own"))
    one.take_in(two)
    assert sorted(map(text_of, one.vault.drafts())) == ["a text of its own", "typed here", "typed there"]
    if where == "here":
        assert one.vault.purge([eid]).drafts == 2
    else:
        two.vault.purge([eid])
        one.take_in(two)
    assert [text_of(found) for found in one.vault.drafts()] == ["a text of its own"]
