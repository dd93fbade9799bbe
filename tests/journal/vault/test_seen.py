"""The note outside follows every save, whoever else writes it, and its absence hinders nothing."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from journal.vault import Vault
from tests.journal.vault.samples import by_words, create, page


def note_of(folder: Path) -> Path:
    (found,) = folder.glob("*.json")
    return found


def counter_in(folder: Path) -> int:
    return int(json.loads(note_of(folder).read_bytes())["counter"])


def saved(vault: Vault, times: int = 3) -> int:
    for number in range(times):
        vault.append([page(f"{number}")])
        assert counter_in(vault.path.parent) == vault._inventory.counter
    return vault._inventory.counter


def test_it_follows_every_save_and_other_windows(tmp_path):
    vault, words = create(tmp_path)
    count = saved(vault)
    note = note_of(tmp_path)
    # Another window, with another copy of this journal, puts its own in place; the next save puts this one's.
    beside = tmp_path / "other"
    shutil.copy(note, beside)
    beside.replace(note)
    assert saved(vault) == count + 3
    # Somebody cuts it, removes it, makes a folder of it: it is there again as soon as it can be.
    os.truncate(note, 10)
    saved(vault)
    note.unlink()
    saved(vault)
    note.unlink()
    note.mkdir()
    vault.append([page("there is no note now")])
    note.rmdir()
    count = saved(vault)
    vault.close()
    assert by_words(vault.path, words).report.older_than_seen is None
    assert counter_in(tmp_path) == count


def test_nothing_is_held_open_after_the_journal_is_closed(tmp_path):
    vault, _ = create(tmp_path)
    saved(vault)
    handles = Path("/proc/self/fd")
    note = note_of(tmp_path)

    def held() -> bool:
        return any(os.path.realpath(one) == str(note.resolve()) for one in handles.iterdir())

    vault.close()
    assert not held()
    vault._seen.note(vault._inventory.counter + 1, bytes(32))  # as after a backup was put in its place
    assert not held()
    assert counter_in(tmp_path) == vault._inventory.counter + 1
