"""Whatever was written on three devices, and whoever took in whom in which order, all end with the same; and killed
while merging, a journal holds what it held, and all or nothing of what came in."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.vault.copies import Device, held, same_and_whole, shown
from tests.journal.vault.samples import by_words, create, draft, page, process, text_of
from tests.journal.vault.tampering import small_lists
from tests.journal.vault.test_crash import killed_after


@pytest.fixture(scope="module", autouse=True)
def lists_are_folded_often():
    with small_lists():
        yield


ENTRIES = [f"{number:02x}" * 16 for number in (0, 1, 255)]
_device, _which, _texts = st.integers(0, 2), st.sampled_from(ENTRIES), st.text("ab ", max_size=20)
_steps = st.one_of(
    st.tuples(st.just("write"), _device, _which, _texts),
    st.tuples(st.just("delete"), _device, _which, st.just("")),
    st.tuples(st.just("draft"), _device, _which, _texts),
    st.tuples(st.just("purge"), _device, _which, st.just("")),
    st.tuples(st.just("merge"), _device, _device, st.just("")),
    st.tuples(st.just("merge"), _device, _device, st.just("")),
    st.tuples(st.just("reopen"), _device, st.just(""), st.just("")),
)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """A closed journal with one entry that all devices begin with, and its recovery words."""
    vault, words = create(tmp_path_factory.mktemp("beginning"))
    vault.append([page("first", ENTRIES[0])])
    vault.close()
    return vault.path, words


def step(all_: list[Device], name: str, number: int, which: str | int, text: str) -> None:
    device = all_[number]
    vault = device.vault
    if name == "merge":
        if which != number:
            device.take_in(all_[which])
    elif name == "reopen":
        device.close()
        device.vault = device.open()
    elif which in vault.purged_eids():
        pass  # the service gives such an entry a new id
    elif name == "draft":
        vault.put_draft(draft(text, which))
    elif name == "purge":
        vault.purge([which])
    else:
        heads = tuple(rev for rev, _ in shown(vault).get(which, []))
        vault.append([page(text, which, heads, deleted=name == "delete")])


@given(st.lists(_steps, max_size=14), st.permutations(range(3)))
def test_any_steps_and_any_merges_end_with_the_same_everywhere(beginning, steps, order):
    path, words = beginning
    with tempfile.TemporaryDirectory() as name:
        all_ = [Device(path, Path(name) / f"device{number}", words) for number in range(3)]
        for one in steps:
            step(all_, *one)
        written = {place: row for device in all_ for place, row in held(device.vault).items()}
        purged = frozenset().union(*(device.vault.purged_eids() for device in all_))
        drafts = [found for device in all_ for found in device.vault.drafts()]
        typed = {text_of(found) for found in drafts if found.key not in purged}
        first, middle, last = order
        for taker, giver in ((first, middle), (first, last), (middle, first), (last, middle), (first, last)):
            all_[taker].take_in(all_[giver])
        same_and_whole(*all_)
        kept = {place: row for place, row in written.items() if row.eid not in purged}
        assert held(all_[0].vault) == kept
        for device in all_:
            words_here = {text_of(row) for row in kept.values() if row.kind == "page"}
            assert typed <= words_here.union(map(text_of, device.vault.drafts()))
            assert device.vault.purged_eids() == purged
            device.close()


@pytest.mark.parametrize("run", range(10))
def test_killed_while_merging_all_or_nothing_of_a_copy_came_in(tmp_path, run):
    vault, words = create(tmp_path / "home")
    vault.append([page("kept") for _ in range(20)])
    vault.close()
    before = set(held_of(vault.path, words))
    copies = []
    for number in range(6):
        device = Device(vault.path, tmp_path / f"copy{number}", words)
        device.vault.append([page("x" * 3000 * (1 + run)) for _ in range(60)])
        device.close()
        copies.append(device.path)
    with process("merges", vault.path, *copies) as child:
        said = killed_after(child, 1 + run % 6, random.Random(run))
    merged = [Path(line.removeprefix("merged ")) for line in said if line.startswith("merged")]
    opened = by_words(vault.path, words)
    assert opened.report.ok and not opened.read_only and not opened.report.older_than_seen
    found = set(held(opened))
    brought = [set(held_of(copy, words)) - before for copy in copies]
    assert before <= found
    assert all(rows <= found or not rows & found for rows in brought)
    assert all(rows <= found for copy, rows in zip(copies, brought, strict=True) if copy in merged)
    for copy in copies:
        opened.merge(opened.recognise(copy))
    assert set(held(opened)) == before.union(*brought)
    assert opened.verify().ok
    opened.close()


def held_of(path: Path, words: str) -> set[tuple[str, str]]:
    """What a closed file holds."""
    beside = path.with_name("looked-at.vault")
    shutil.copy(path, beside)
    vault = by_words(beside, words, read_only=True)
    found = set(held(vault))
    vault.close()
    beside.unlink()
    return found
