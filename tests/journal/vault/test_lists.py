"""The list of what belongs, in both of its forms: whatever is saved in whatever order, it names every row; and
whatever part of it is altered or taken away, that part is named and every row still opens."""

from __future__ import annotations

import json
import shutil
import signal
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import StorageFailed, StorageFull
from journal.vault import Vault, check
from journal.vault.inventory import MOST, PENDING, SEGMENTS, WIDTH, by_bucket
from journal.vault.rows import MAX_ROW
from journal.vault.schema import File
from journal.vault.structs import LISTS
from tests.journal.vault.copies import Device
from tests.journal.vault.samples import VAULTS, by_words, create, page, room
from tests.journal.vault.tampering import flipped, keys, put, small_lists, value

WORDS = json.loads((VAULTS / "v1.json").read_text("utf-8"))["recovery_words"]

_saves = st.lists(st.one_of(st.integers(1, 5), st.just("reopen"), st.just("secret")), min_size=1, max_size=14)
_sizes = st.tuples(st.integers(0, 4), st.integers(0, 3))


@pytest.fixture(scope="module")
def starts(tmp_path_factory) -> dict[str, Path]:
    """A closed vault of format 1 and one of format 3 with the same words, and the same rows in buckets."""
    folder = tmp_path_factory.mktemp("starts")
    for name in ("old", "new"):
        shutil.copy(VAULTS / "v1.vault", folder / f"{name}.vault")
    vault = by_words(folder / "new.vault", WORDS)
    vault.compact()
    vault.close()
    return {name: folder / f"{name}.vault" for name in ("old", "new")}


def held(vault: Vault) -> dict[tuple[str, str], bytes]:
    return {(one.eid, one.rev): one.body for one in vault.revisions()}


def listed(path: Path, vault: Vault, *, lazily: bool = False) -> set[tuple[str, str]]:
    """Which rows the list in a file names, as another program reads it."""
    with closing(File(path, read_only=True)) as file:
        found, damage, unlisted = check.read_inventory(file, vault._ring, lazily=lazily)
        assert (damage, unlisted) == ([], set())
        assert found.rows == vault._inventory.rows
        return {(eid.hex(), rev.hex()) for rows in found.rows for eid, rev in rows}


def save(path: Path, steps: list[object]) -> dict[tuple[str, str], bytes]:
    """Do these, and return what is in the vault then; it is closed."""
    vault = by_words(path, WORDS)
    model = held(vault)
    for step in steps:
        if step == "reopen":
            vault.close()
            vault = by_words(path, WORDS)
            assert vault.report.ok and held(vault) == model
        elif step == "secret":
            vault.change_password("another quiet password")
        else:
            model |= {
                (one.eid, one.rev): one.body for one in vault.append([page(f"{step} {n}") for n in range(int(step))])
            }
        assert listed(path, vault) == listed(path, vault, lazily=True) == model.keys()
    vault.close()
    return model


@given(start=st.sampled_from(["old", "new"]), steps=_saves, sizes=_sizes)
def test_the_list_names_every_row_after_any_saves(starts, start, steps, sizes):
    with tempfile.TemporaryDirectory() as folder, small_lists(*sizes):
        path = Path(shutil.copy(starts[start], Path(folder) / "mine.vault"))
        model = save(path, steps)
        again = by_words(path, WORDS)
        assert again.report.ok and held(again) == model
        assert again.verify().ok
        again.close()
        with closing(File(path, read_only=True)) as file:
            assert file.growing == (start == "new")


@given(
    start=st.sampled_from(["old", "new"]),
    steps=_saves,
    sizes=_sizes,
    how=st.sampled_from(["altered", "removed", "emptied"]),
    draw=st.data(),
)
def test_every_part_of_it_that_is_damaged_is_named_and_every_row_opens(starts, start, steps, sizes, how, draw):
    with tempfile.TemporaryDirectory() as folder, small_lists(*sizes):
        path = Path(shutil.copy(starts[start], Path(folder) / "mine.vault"))
        model = save(path, steps)
        tables = ["bucket", "manifest", *(["list", "list_copy", "segment"] if start == "new" else [])]
        table = draw.draw(st.sampled_from([one for one in tables if keys(path, one)]))
        key = draw.draw(st.sampled_from(keys(path, table)))
        stored = value(path, table, key)
        put(path, table, key, {"altered": flipped(stored, len(stored) // 2), "removed": None, "emptied": b""}[how])
        vault = by_words(path, WORDS)
        named = {entry.what for entry in vault.report.damage}
        assert table.removesuffix("_copy") in named and named <= LISTS
        assert vault.read_only
        assert held(vault) == model
        vault.close()


@pytest.mark.parametrize("table", ["list", "segment", "manifest"])
def test_where_the_list_is_lost_rows_count_if_they_open_and_only_then(starts, tmp_path, table):
    path = Path(shutil.copy(starts["new"], tmp_path / "mine.vault"))
    with small_lists(room=1, most=2):
        model = save(path, [1, 2, 1])
    for one in (table, "list_copy") if table == "list" else (table,):
        put(path, one, keys(path, one)[0], None)
    altered = keys(path, "rec")[0]
    put(path, "rec", altered, flipped(value(path, "rec", altered), 200))
    vault = by_words(path, WORDS)
    assert {entry.what for entry in vault.report.damage} >= {table, "row"}
    assert held(vault) == {key: body for key, body in model.items() if key != (altered[0].hex(), altered[1].hex())}
    vault.close()


def test_a_segment_that_was_folded_and_is_put_back_is_named(starts, tmp_path):
    path = Path(shutil.copy(starts["new"], tmp_path / "mine.vault"))
    with small_lists(room=0, most=1):
        save(path, [2])
        segment = value(path, "segment", (0,))
        model = save(path, [1])
    assert keys(path, "segment") == []
    for place in (0, 55):
        put(path, "segment", (place,), segment)
        vault = by_words(path, WORDS)
        assert [entry.what for entry in vault.report.damage] == ["segment"]
        assert held(vault) == model
        vault.close()
        put(path, "segment", (place,), None)


def test_a_segment_in_another_s_place_is_named(starts, tmp_path):
    path = Path(shutil.copy(starts["new"], tmp_path / "mine.vault"))
    with small_lists(room=0, most=3):
        model = save(path, [2, 3])
    first, second = value(path, "segment", (0,)), value(path, "segment", (1,))
    put(path, "segment", (0,), second)
    put(path, "segment", (1,), first)
    vault = by_words(path, WORDS)
    assert [entry.what for entry in vault.report.damage] == ["segment", "segment"]
    assert held(vault) == model
    vault.close()


def test_both_manifests_put_back_by_one_change_are_noticed(starts, tmp_path):
    """The row of that change is left out: nothing tells it from one that was added from outside."""
    path = Path(shutil.copy(starts["new"], tmp_path / "mine.vault"))
    model = save(path, [1, 1])
    before = {key: value(path, "manifest", key) for key in keys(path, "manifest")}
    after = save(path, [1])
    for key, stored in before.items():
        put(path, "manifest", key, stored)
    vault = by_words(path, WORDS)
    (extra,) = vault.report.damage
    assert (extra.what, (extra.eid, extra.rev)) == ("extra", *(after.keys() - model.keys()))
    assert vault.report.older_than_seen and vault.read_only
    assert held(vault) == model
    vault.close()


def test_one_save_after_the_other_fills_the_manifest_then_segments_then_buckets(tmp_path):
    vault, words = create(tmp_path)
    vault.append([page("first") for _ in range(PENDING)])
    assert (keys(vault.path, "segment"), vault._inventory.pending) == ([], PENDING)
    vault.append([page("one too many")])
    assert (keys(vault.path, "segment"), vault._inventory.pending) == ([(0,)], 0)
    for number in range(1, SEGMENTS):
        vault.append([page(f"{number}") for _ in range(PENDING + 1)])
    assert (keys(vault.path, "segment"), keys(vault.path, "bucket")) == ([(n,) for n in range(SEGMENTS)], [])
    vault.append([page("again") for _ in range(PENDING)])
    assert keys(vault.path, "bucket") == []
    vault.append([page("folds all")])
    assert (keys(vault.path, "segment"), vault._inventory.pending) == ([], 0)
    assert len(keys(vault.path, "bucket")) > 200
    assert value(vault.path, "list", (0,)) == value(vault.path, "list_copy", (0,)) is not None
    assert vault.verify().ok
    vault.close()
    again = by_words(vault.path, words)
    assert again.report.ok and again.report.rows == (PENDING + 1) * (SEGMENTS + 1)
    again.close()


def test_many_at_once_go_into_buckets_at_once(tmp_path):
    vault, _ = create(tmp_path)
    vault.append([page("some") for _ in range(3)])
    vault.append([page("many") for _ in range(600)])
    assert vault._inventory.tail == b""
    assert vault.verify().ok
    vault.close()


def test_a_save_that_finds_no_room_leaves_the_list_as_it_was(tmp_path):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    vault, words = create(tmp_path)
    with small_lists(room=1, most=1):
        for count in (1, 2, 1):
            vault.append([page("kept") for _ in range(count)])
        before = listed(vault.path, vault)
        for size in (2**12, 2**16, vault.path.stat().st_size):
            with room(size), pytest.raises((StorageFull, StorageFailed)):  # it would be folded
                vault.append([page("lost " * 20_000)])
            assert listed(vault.path, vault) == before
        vault.append([page("kept")])
        assert vault._inventory.tail == b""
        vault.close()
    again = by_words(vault.path, words)
    assert again.report.ok and again.report.rows == 5
    again.close()


def test_what_is_merged_is_folded_and_both_ways_in_end_alike(starts, tmp_path):
    devices = [Device(starts[name], tmp_path / name, WORDS) for name in ("old", "new")]
    for number, one in enumerate(devices):
        one.vault.append([page(f"written on {number}") for _ in range(3)])
    assert devices[0].take_in(devices[1]) == devices[1].take_in(devices[0]) == 3
    assert devices[1].vault._inventory.tail == b""
    assert held(devices[0].vault) == held(devices[1].vault)
    for one in devices:
        assert one.vault.verify().ok
        one.close()


def test_entries_by_the_bucket_they_go_into():
    entries = [bytes([n]) * 16 + bytes([n, k]) * 8 + bytes(32) for n, k in ((1, 1), (2, 1), (1, 2))]
    assert {n: len(rows) for n, rows in by_bucket(b"".join(entries)).items()} == {1: 2, 2: 1}


def test_a_bucket_never_becomes_larger_than_a_reader_takes(tmp_path, monkeypatch):
    """Saved, merged or opened by a snapshot: what has no room is refused before anything of it is written."""
    monkeypatch.setattr("journal.vault.inventory.MOST", 6)
    crowd = [f"00{number:030x}" for number in range(9)]
    vault, words = create(tmp_path)
    with small_lists():
        for eid in crowd[:4]:
            vault.append([page("crowded", eid)])
        before = held(vault)
        with pytest.raises(StorageFailed, match="begin alike, so nothing was written"):
            vault.append([page("too many", eid) for eid in crowd[4:]])
        assert held(vault) == before
        there = Device(vault.path, tmp_path / "there", words)
        there.vault.append([page("there", eid) for eid in crowd[4:6]])
        vault.append([page("here", eid) for eid in crowd[6:8]])
        before = held(vault)
        with pytest.raises(StorageFailed, match="begin alike"):
            vault.merge(vault.recognise(there.path))
        assert held(vault) == before
        vault.append([page("elsewhere", "ff" * 16)])
        there.close()
        vault.close()
    lazily = listed(vault.path, vault := by_words(vault.path, words), lazily=True)
    assert vault.report.ok and lazily == held(vault).keys()
    with pytest.raises(StorageFailed, match="begin alike"):
        vault.append([page("too many", crowd[8])])
    vault.purge(crowd[:2])
    vault.append([page("room again", crowd[8])])
    vault.close()


def test_a_full_bucket_is_a_value_that_is_read():
    sealed = by_bucket_length(MOST)
    assert sealed <= MAX_ROW


def by_bucket_length(rows: int) -> int:
    """How long a bucket of so many rows is when it is sealed (section 2 of the page about the format)."""
    plain = WIDTH * rows
    return 57 + plain + 16 * (plain // 16384 + 1)
