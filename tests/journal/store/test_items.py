"""Entries from revisions: the same on every machine, in whatever order they arrive; nothing is chosen by clock."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import NotFound
from journal.store import Items
from tests.journal.store.revisions import revision


def shown(items: Items) -> dict[str, tuple[str, int]]:
    return {item.eid: (item.record.text, item.heads) for item in items}


def test_the_newest_head_is_the_entry():
    items = Items([revision("a", "1"), revision("a", "2", "1", lamport=2), revision("b", "3")])
    assert shown(items) == {"a": ("2", 1), "b": ("3", 1)}
    assert items.get("a").rev == "2"
    assert len(items) == 2
    assert (items.find(None), items.find("c")) == (None, None)
    with pytest.raises(NotFound):
        items.get("c")


def test_two_copies_that_were_written_apart_are_both_heads():
    items = Items([revision("a", "1"), revision("a", "2", "1", lamport=2), revision("a", "3", "1", lamport=5)])
    assert shown(items) == {"a": ("3", 2)}
    assert [head.rev for head in items.heads("a")] == ["3", "2"]
    items.add([revision("a", "4", "2", "3", lamport=6)])
    assert shown(items) == {"a": ("4", 1)}


def test_an_entry_is_gone_only_when_every_head_is_a_deletion():
    first, deleted = revision("a", "1"), revision("a", "2", "1", lamport=9, deleted=True)
    changed = revision("a", "3", "1", lamport=2)
    assert shown(Items([first, deleted])) == {}
    assert shown(Items([first, deleted, changed])) == {"a": ("3", 2)}
    assert shown(Items([first, deleted, changed, revision("a", "4", "3", lamport=3, deleted=True)])) == {}


HISTORY = [
    revision("a", "1"),
    revision("a", "2", "1", lamport=2),
    revision("a", "3", "1", lamport=2),
    revision("a", "4", "3", lamport=3, deleted=True),
    revision("a", "5", "2", lamport=3),
]


def test_the_order_of_arrival_makes_no_difference():
    wanted = shown(Items(HISTORY))
    assert wanted == {"a": ("5", 2)}
    for order in permutations(HISTORY):
        items = Items()
        for one in order:
            items.add([one])
        assert shown(items) == wanted
        assert [version.rev for version in items.versions("a")] == ["4", "5", "2", "3", "1"]


@given(st.lists(st.sampled_from(HISTORY), max_size=8), st.lists(st.sampled_from(HISTORY), max_size=8))
def test_two_journals_merge_the_same_either_way_and_twice_is_once(mine, theirs):
    one, other = Items(mine), Items(theirs)
    one.add(theirs)
    other.add(mine)
    assert shown(one) == shown(other)
    assert one.add(theirs) == frozenset()


def test_adding_tells_what_may_look_different():
    items = Items([revision("a", "1")])
    assert items.add([revision("a", "1"), revision("b", "2"), revision("a", "3", "1")]) == {"a", "b"}
    assert items.add([revision("a", "1")]) == frozenset()


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b'{"kind":"page"}', b"\xff", b'{"kind":"checkin","mood":99}'])
def test_an_entry_that_cannot_be_read_is_counted_and_hides_no_other(body):
    items = Items([revision("a", "1", body=body), revision("b", "2")])
    assert shown(items) == {"b": ("2", 1)}
    assert {eid: record.body for eid, record in items.unreadable.items()} == {"a": body}
    assert items.versions("a")[0].record is None
    items.add([revision("a", "3", "1", lamport=2)])
    assert shown(items)["a"] == ("3", 1)
    assert items.unreadable == {}


def test_entries_by_kind():
    later = b'{"kind":"dream"}'
    items = Items([revision("a", "1"), revision("b", "2", body=later)])
    assert [item.eid for item in items.of_kind("page")] == ["a"]
    assert [item.eid for item in items.of_kind("dream", "course")] == ["b"]
    assert {item.eid for item in items.of_kind("page", "dream")} == {"a", "b"}
