"""A folder of backups: what is ours in it, what goes and what never does, and being cut off at any moment."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.clock import FixedClock
from journal.errors import DamagedJournal, JournalBusy, JournalError, StorageFailed, StorageFull
from journal.paths import backup_name
from journal.vault import Vault, verify_file
from journal.vault.backup import Limit, TookTooLong
from journal.vault.backups import Backups, folder_for, listing, vault_of
from journal.vault.generations import BOUND
from journal.vault.restore import adopt, recognised, use_instead
from journal.vault.salvage import look_through, repair
from tests.journal.cli.commands import spoil_row
from tests.journal.vault.samples import PASSWORD, by_words, create, draft, page, process, reopen, room, text_of, texts
from tests.journal.vault.tampering import keys, value
from tests.journal.vault.test_crash import killed_after
from tests.privileges import as_anybody

START = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock(vault: Vault) -> FixedClock:
    vault._clock = FixedClock(START)
    return vault._clock


@pytest.fixture
def backups(vault: Vault, clock: FixedClock, tmp_path: Path) -> Backups:
    vault.append([page("first words")])
    return Backups(vault, tmp_path / "backups")


def names(backups: Backups) -> list[str]:
    return [backup.path.name for backup in backups.all()]


def one_more(backups: Backups, clock: FixedClock, step: timedelta = HOUR) -> Path:
    clock.at += step
    backups._vault.append([page(f"at {clock.at}")])
    return backups.take().path


# -- making them ---------------------------------------------------------------------------------------------------


def test_a_name_that_is_taken_is_never_taken_from_another(backups):
    (backups.folder).mkdir()
    there = backups.folder / backup_name(START)
    there.write_bytes(b"something of theirs")
    first, second = backups.take().path, backups.take().path
    assert [path.name for path in (first, second)] == ["2026-03-12T140501Z.vault", "2026-03-12T140502Z.vault"]
    assert there.read_bytes() == b"something of theirs"
    assert names(backups) == [second.name, first.name]


def test_it_is_current_until_anything_changes(backups, vault):
    backups.take()
    newest = backups.newest()
    assert backups.is_current(newest)
    unsaved = draft("being typed")
    vault.put_draft(unsaved)
    assert not backups.is_current(newest)
    vault.drop_draft(unsaved.key)
    assert backups.is_current(newest)
    vault.new_recovery_key()
    assert not backups.is_current(newest)


def test_a_damaged_vault_makes_none(vault, clock, tmp_path):
    (written,) = vault.append([page("first")])
    vault.close()
    spoil_row(vault.path, written.eid)
    with closing(reopen(vault.path)) as damaged, pytest.raises(DamagedJournal):
        Backups(damaged, tmp_path / "backups").take()
    assert not (tmp_path / "backups").exists()


def test_what_takes_too_long_leaves_nothing(backups, vault):
    vault.append([page("x" * 1_000_000) for _ in range(4)])
    backups.take()
    with pytest.raises(TookTooLong):
        backups.take(Limit(-1.0))
    assert len(list(backups.folder.iterdir())) == 1
    vault.append([page("and on")])


def test_a_full_disk_keeps_the_backups_there_are(backups, vault):
    kept = backups.take().path
    before = kept.read_bytes()
    vault.append([page("x" * 100_000)])
    for size in (0, 512, 20_000, vault.path.stat().st_size - 1):
        with room(size), pytest.raises((StorageFull, StorageFailed)):
            backups.take()
        assert [found.name for found in backups.folder.iterdir()] == [kept.name]
    assert kept.read_bytes() == before
    assert backups.take().rows == 2


def test_a_folder_that_cannot_be_written_is_told(backups, reachable):
    there = Backups(backups._vault, reachable, chosen=True)
    kept = there.take().path
    reachable.chmod(0o500)
    with as_anybody(), pytest.raises(StorageFailed, match="cannot be written"):
        there.take()
    assert names(there) == [kept.name]


def test_a_chosen_folder_that_is_gone_is_not_made(backups, tmp_path):
    with pytest.raises(StorageFailed, match="not there"):
        Backups(backups._vault, tmp_path / "stick" / "backups", chosen=True).take()
    assert not (tmp_path / "stick").exists()


# -- letting them go -------------------------------------------------------------------------------------------------


def test_old_ones_go_and_the_rest_are_whole(backups, clock, made):
    for _ in range(40):
        one_more(backups, clock, 5 * HOUR)
        backups.rotate()
    kept = names(backups)
    assert 10 <= len(kept) <= BOUND
    assert kept[0] == backup_name(clock.at)
    for name in kept:
        assert verify_file(backups.folder / name, recovery_key=made[1], state_dir=backups.folder).ok


def test_nothing_else_in_the_folder_is_touched(backups, clock, tmp_path, vault):
    other, _ = create(tmp_path, "other.vault")
    other.close()
    folder = backups.folder
    folder.mkdir()
    outside = tmp_path / "outside.vault"
    shutil.copy(vault.path, outside)
    theirs = {
        "notes.txt": b"notes", "2020-01-01T000000Z.vault": b"not a vault at all", "2020-01-02T000000Z.vault": b"",
        "2020-01-03T000000Z.vault": (tmp_path / "other.vault").read_bytes(),  # another journal
        "2020-01-04T000000Z.vault.bak": vault.path.read_bytes(), "copy of mine.vault": vault.path.read_bytes(),
        "2020-01-05T000000Z.vault": vault.path.read_bytes()[:40_000],  # cut short
        ".0123456789abcdef.part": b"of another program",
    }  # fmt: skip
    for name, data in theirs.items():
        (folder / name).write_bytes(data)
    (folder / "2020-01-06T000000Z.vault").symlink_to(outside)
    (folder / "2020-01-07T000000Z.vault").symlink_to(folder / "nowhere")
    (folder / "2020-01-08T000000Z.vault").mkdir()
    os.mkfifo(folder / "2020-01-09T000000Z.vault")
    for _ in range(25):
        one_more(backups, clock)
        backups.rotate()
    backups.clear_leftovers()
    assert {name: (folder / name).read_bytes() for name in theirs} == theirs
    assert (folder / "2020-01-06T000000Z.vault").is_symlink()
    assert outside.exists()
    assert (folder / "2020-01-08T000000Z.vault").is_dir()
    assert not any(name.startswith("2020") for name in names(backups))


def test_with_all_the_new_ones_bad_the_old_good_ones_stay(backups, clock):
    first = next(backups._vault.revisions()).eid
    good = [one_more(backups, clock) for _ in range(14)]
    bad = [one_more(backups, clock) for _ in range(12)]
    for number, path in enumerate(bad):
        data = bytearray(path.read_bytes())
        if number % 3 == 0:
            spoil_row(path, first)
            continue
        if number % 3 == 1:
            del data[-16384:]
        else:
            data[20_000:] = bytes(len(data) - 20_000)
        path.write_bytes(bytes(data))
    last = Backups(backups._vault, backups.folder)
    assert last.rotate()
    left = set(names(last))
    assert {path.name for path in good[-10:]} <= left
    assert {path.name for path in bad} <= left | {path.name for path in backups.folder.iterdir()}
    for path in good[-10:]:
        assert verify_file(path, password=PASSWORD, state_dir=backups.folder).ok


def test_a_damaged_page_anywhere_in_the_newest_three_is_noticed(backups, clock):
    paths = [one_more(backups, clock) for _ in range(13)]
    data = bytearray(paths[-2].read_bytes())
    (key, *_) = keys(paths[-2], "rec")
    data[data.index(value(paths[-2], "rec", key)) + 100] ^= 0xFF
    paths[-2].write_bytes(bytes(data))
    fresh = Backups(backups._vault, backups.folder)
    fresh.rotate()
    left = names(fresh)
    assert paths[-2].name in left  # damaged: it stays where it is, and takes nobody's place
    assert {path.name for path in paths[-11:]} <= set(left)


@pytest.mark.parametrize("years", [-10, 50])
def test_a_clock_set_wrong_drives_nothing_out(backups, clock, years):
    kept = {one_more(backups, clock, DAY).name for _ in range(12)}
    backups.rotate()
    true = clock.at
    clock.at = true.replace(year=true.year + years)
    for _ in range(6):
        newest = one_more(backups, clock)
        backups.rotate()
        assert newest.name in names(backups)
    assert kept <= set(names(backups))
    clock.at = true
    for _ in range(3):
        newest = one_more(backups, clock, DAY)
        backups.rotate()
        assert newest.name in names(backups)
    assert len(kept & set(names(backups))) >= 8


def test_what_a_killed_process_left_goes_when_it_is_old(backups, clock):
    newest = one_more(backups, clock)
    mark = vault_of(newest).hex()[:8]
    old, fresh = (backups.folder / f".{mark}-{digit * 16}.part" for digit in "ab")
    for left in (old, fresh):
        left.write_bytes(b"half a backup")
    os.utime(old, (0, newest.stat().st_mtime - 2 * 86400))
    backups.clear_leftovers()
    assert [old.exists(), fresh.exists()] == [False, True]


def test_the_unlock_page_needs_no_secret(backups, clock, vault):
    one_more(backups, clock)
    found = listing(backups.folder, vault_of(vault.path))
    assert [(one.path.name, one.at, one.size) for one in found] == [
        ("2026-03-12T150500Z.vault", START + HOUR, found[0].path.stat().st_size)
    ]
    assert listing(backups.folder / "nowhere", vault_of(vault.path)) == ()
    assert folder_for(vault_of(vault.path), backups.folder).parent.name == "backups"


# -- coming back -----------------------------------------------------------------------------------------------------


def test_every_generation_opens_on_a_fresh_machine_with_the_words_alone(backups, clock, made, tmp_path):
    wanted = {}
    for number in range(20):
        path = one_more(backups, clock, DAY if number % 2 else HOUR)
        wanted[path.name] = texts(backups._vault)
    backups.rotate()
    for name in names(backups):
        machine = tmp_path / f"machine {name}"
        machine.mkdir()
        carried = machine / name
        shutil.copy(backups.folder / name, carried)
        source = Vault.open(carried, recovery_key=made[1], read_only=True, state_dir=machine)
        restored = adopt(source, machine / "journal" / "journal.vault", clock=clock)
        source.close()
        vault = Vault.open(restored.path, recovery_key=made[1], clock=clock, state_dir=machine)
        assert vault.report.ok
        assert not vault.read_only
        assert vault.report.older_than_seen is None
        assert texts(vault) == wanted[name]
        vault.append([page("and on")])
        assert vault.verify().ok
        vault.close()


def test_a_journal_that_cannot_be_opened_is_kept_beside_what_replaces_it(backups, clock, made, tmp_path):
    backup = one_more(backups, clock)
    kept = texts(backups._vault)
    path = backups._vault.path
    backups._vault.close()
    ruined = b"SQLite format 3\0" + os.urandom(5000)
    path.write_bytes(ruined)
    path.with_name(path.name + "-journal").write_bytes(b"left by a save that was cut off")
    source = Vault.open(backup, recovery_key=made[1], read_only=True, state_dir=tmp_path)
    restored = adopt(source, path, clock=clock)
    source.close()
    assert restored.aside.read_bytes() == ruined
    with closing(by_words(path, made[1])) as vault:
        assert vault.report.ok
        assert texts(vault) == kept


def test_a_journal_open_elsewhere_is_not_replaced(backups, clock, made, vault, tmp_path):
    backup = one_more(backups, clock)
    source = Vault.open(backup, recovery_key=made[1], read_only=True, state_dir=tmp_path)
    with pytest.raises(JournalBusy):
        adopt(source, vault.path, clock=clock)
    with pytest.raises(JournalError):
        adopt(source, backup, clock=clock)
    source.close()
    vault.append([page("goes on")])


def test_no_room_to_restore_leaves_the_journal_as_it_was(backups, clock, vault):
    backup = one_more(backups, clock)
    before = vault.path.read_bytes()
    for size in (0, 512, 30_000, backup.stat().st_size - 1):
        with room(size), pytest.raises((StorageFull, StorageFailed)):
            use_instead(vault, recognised(vault, backup), aside=False)
        assert vault.path.read_bytes() == before
    vault.append([page("goes on")])
    assert vault.verify().ok


def test_no_room_to_mend_leaves_the_damaged_file_as_it_was(backups, clock, vault):
    (written,) = vault.append([page("will be damaged " * 5000)])
    one_more(backups, clock)
    vault.close()
    spoil_row(vault.path, written.eid)
    before = vault.path.read_bytes()
    damaged = reopen(vault.path)
    offer = look_through(damaged, listing(backups.folder, vault_of(vault.path)))
    for size in (0, 512, 30_000, len(before) // 2):
        with room(size), pytest.raises((StorageFull, StorageFailed)):
            repair(damaged, offer)
        assert vault.path.read_bytes() == before
    repair(damaged, offer)
    with closing(reopen(vault.path)) as mended:
        assert mended.report.ok
        assert written.eid in {row.eid for row in mended.revisions()}


# -- cut off at any moment -------------------------------------------------------------------------------------------


@pytest.fixture
def closed(tmp_path) -> tuple[Path, str]:
    vault, words = create(tmp_path)
    vault.append([page("kept"), page("x" * 50_000)])
    vault.close()
    return vault.path, words


@pytest.mark.parametrize("run", range(6))
def test_killed_while_backing_up_and_letting_go(closed, run):
    path, words = closed
    with process("generations", path) as child:
        said = killed_after(child, 1 + run * 8, random.Random(run))
    assert said[0] == "open"
    made = [line.split()[2] for line in said if line.startswith("made")]
    rotated = sum(line.startswith("rotated") for line in said)
    folder = path.parent / "backups"
    found = {backup.path.name for backup in listing(folder, vault_of(path))}
    assert set(made[-3:]) <= found
    assert len(found) >= min(len(made), 10)
    assert len(found) <= len(made) + 1
    for name in found:
        report = verify_file(folder / name, recovery_key=words, state_dir=path.parent)
        assert report.ok
    vault = by_words(path, words)
    assert vault.report.ok
    saved = {text_of(row).split()[0] for row in vault.revisions()}
    assert {str(number) for number in range(rotated)} <= saved
    again = Backups(vault, folder)
    again.take()
    again.rotate()
    assert len(again.all()) <= BOUND
    vault.close()


@pytest.mark.parametrize("run", range(8))
def test_killed_while_putting_a_backup_in_place_one_of_the_two_is_there(closed, run):
    path, words = closed
    wanted = {}
    for name in "ab":
        vault = by_words(path, words)
        vault.append([page(f"state {name} " * 3000)])
        wanted[name] = texts(vault)
        vault.backup(path.with_name(f"{name}.vault"))
        vault.close()
    with process("restores", path) as child:
        said = killed_after(child, 1 + run, random.Random(run))
    assert said[0] == "open"
    done = len(said) - 1
    vault = by_words(path, words)
    assert vault.report.ok
    assert not vault.read_only
    assert texts(vault) in ([wanted["ba"[done % 2]], wanted["ab"[done % 2]]] if done else [*wanted.values()])
    vault.append([page("and on")])
    vault.close()
    assert not [found for found in path.parent.iterdir() if found.name.endswith(".rewrite")]
    for kept in path.parent.glob("mine kept *.vault"):
        assert verify_file(kept, recovery_key=words, state_dir=path.parent).ok
