"""What puts another file in the journal's place: names of any length, counters that go on, and what stays removed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.vault import Vault
from journal.vault.backups import Backup
from journal.vault.elsewhere import CHANGED, go_on_in, standing
from journal.vault.restore import recognised, use_instead
from journal.vault.salvage import Salvage, look_through, repair
from tests.journal.cli.commands import spoil_row
from tests.journal.vault.samples import by_words, create, page, reopen, texts
from tests.journal.vault.tampering import small_lists

LONGEST = 255 - len("-journal.vault")  # bytes of a name that has room for all that stands beside the file


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for sql in statements:
            db.execute(sql)
        db.commit()


def offer(vault: Vault, *backups: Path) -> Salvage:
    found = look_through(vault, [Backup(path, datetime.now(UTC), path.stat().st_size) for path in backups])
    assert found is not None
    return found


@pytest.mark.parametrize("letter", ["a", "é", "日", "\U0001f33f"])
def test_a_name_of_any_letters_up_to_the_longest(tmp_path, letter):
    name = letter * (LONGEST // len(letter.encode())) + ".vault"
    vault, _ = create(tmp_path, name)
    (old,) = vault.append([page("old")])
    vault.backup(tmp_path / "backup.vault")
    vault.append([page("new")])
    restored = use_instead(vault, recognised(vault, tmp_path / "backup.vault"), aside=True)
    assert restored.aside.name.startswith(letter)
    with closing(reopen(restored.aside)) as kept:
        assert texts(kept) == ["new", "old"]
    spoil_row(tmp_path / name, old.eid)
    damaged = reopen(tmp_path / name)
    repair(damaged, offer(damaged, tmp_path / "backup.vault"))
    with closing(reopen(tmp_path / name)) as mended:
        assert mended.report.ok and texts(mended) == ["old"]


@pytest.mark.parametrize("saves", [1, 4, 5])
def test_going_on_in_a_new_file_it_is_the_newer_one(tmp_path, saves):
    """The count of changes goes on, so the file that was left is the one that is told to be older."""
    vault, words = create(tmp_path)
    for number in range(saves):
        vault.append([page(f"{number}")])
    shutil.copy(vault.path, tmp_path / "left.vault")
    known = list(vault.revisions())
    damage(vault.path, "DELETE FROM manifest WHERE n = 0")
    assert standing(vault) == CHANGED
    before = vault._inventory.counter
    go_on_in(vault, tmp_path / "new.vault", known)
    assert vault._inventory.counter > before
    vault.append([page("afterwards")])
    vault.close()
    with closing(by_words(tmp_path / "left.vault", words)) as left:
        assert left.report.older_than_seen
    with closing(by_words(tmp_path / "new.vault", words)) as new:
        assert new.report.ok and new.report.older_than_seen is None
        assert len(texts(new)) == saves + 1


def test_a_second_name_that_a_restore_left_when_it_was_killed_goes(tmp_path):
    """Killed after the old file got a second name and before the new one took its place: one file, two names."""
    vault, words = create(tmp_path)
    vault.append([page("one")])
    vault.close()
    kept = tmp_path / "mine kept 2026-03-12T140500Z.vault"
    os.link(vault.path, kept)
    shutil.copy(vault.path, tmp_path / "mine kept 2026-03-11T140500Z.vault")
    os.link(vault.path, tmp_path / "named by the person.vault")
    by_words(vault.path, words, read_only=True).close()
    assert kept.exists()
    with closing(by_words(vault.path, words)) as again:
        again.append([page("two")])
        assert texts(again) == ["one", "two"]
    assert not kept.exists()
    assert (tmp_path / "named by the person.vault").exists()
    with closing(by_words(tmp_path / "mine kept 2026-03-11T140500Z.vault", words)) as other:
        assert texts(other) == ["one"]


def test_what_was_removed_for_good_stays_so_though_the_note_of_it_is_lost(tmp_path):
    vault, words = create(tmp_path)
    vault.append([page("kept")])
    (gone,) = vault.append([page("removed for good")])
    vault.backup(tmp_path / "backup.vault")
    mark = vault.purge([gone.eid]).mark
    vault.close()
    damage(vault.path, f"DELETE FROM rec WHERE eid = x'{mark.eid}'", "DELETE FROM manifest WHERE n = 0")
    damaged = by_words(vault.path, words)
    found = offer(damaged, tmp_path / "backup.vault")
    assert (found.eids, found.unsure) == (frozenset(), frozenset())
    repair(damaged, found)
    with closing(by_words(vault.path, words)) as mended:
        assert texts(mended) == ["kept"]


def test_where_the_list_that_would_tell_is_lost_it_is_said(tmp_path):
    with small_lists(most=1):
        vault, words = create(tmp_path)
        vault.append([page("kept")])
        (gone,) = vault.append([page("perhaps removed for good")])
        vault.backup(tmp_path / "backup.vault")
        mark = vault.purge([gone.eid]).mark
        vault.close()
    damage(
        vault.path, f"DELETE FROM rec WHERE eid = x'{mark.eid}'",
        f"DELETE FROM bucket WHERE n = {int(gone.eid[:2], 16)}", "DELETE FROM list", "DELETE FROM list_copy",
    )  # fmt: skip
    damaged = by_words(vault.path, words)
    found = offer(damaged, tmp_path / "backup.vault")
    assert gone.eid in found.unsure & found.eids
    damaged.close()
