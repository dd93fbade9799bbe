"""Entries from revisions: the same on every machine, in whatever order they arrive; nothing is chosen by clock. And
the same whether they are held here or stand in a base."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.errors import NotFound
from journal.records import CheckIn, Course, Moment, Page, Session, Settings, UnknownRecord
from journal.store import Items
from journal.vault.snapshot import NoSnapshot
from tests.journal.store.based import WAYS, entries, in_memory, over_a_base
from tests.journal.store.revisions import NOW, eid, revision, written

A, B, C = (eid(name) for name in "abc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("snapshots")


@pytest.fixture(params=WAYS)
def way(request) -> str:
    return request.param


def shown(items: Items) -> dict[str, tuple[str, int]]:
    return {item.eid: (item.record.text, item.heads) for item in items}


def test_the_newest_head_is_the_entry(way, folder):
    items = entries([revision(A, "1"), revision(B, "3"), revision(A, "2", "1", lamport=2)], way, folder).items
    assert shown(items) == {A: ("2", 1), B: ("3", 1)}
    assert items.get(A).rev == "2"
    assert len(items) == 2
    assert (items.find(None), items.find(C)) == (None, None)
    with pytest.raises(NotFound):
        items.get(C)


def test_an_id_is_written_in_one_way(way, folder):
    items = entries([revision("ab" * 16, "1")], way, folder).items
    assert items.find("ab" * 16) is not None
    for other in ("AB" * 16, " ".join(["ab"] * 16), "ab", "no id", "é"):
        assert items.find(other) is None


def test_two_copies_that_were_written_apart_are_both_heads(way, folder):
    opened = entries(
        [revision(A, "1"), revision(A, "2", "1", lamport=2), revision(A, "3", "1", lamport=5)], way, folder
    )
    items = opened.items
    assert shown(items) == {A: ("3", 2)}
    assert [head.rev for head in items.heads(A)] == ["3", "2"]
    assert [entry.eid for entry in items.apart()] == [A]
    opened.take(revision(A, "4", "2", "3", lamport=6))
    assert shown(items) == {A: ("4", 1)}
    assert items.apart() == []


def test_an_entry_is_gone_only_when_every_head_is_a_deletion(way, folder):
    def made(*revisions):
        return shown(entries(revisions, way, folder).items)

    first, deleted = revision(A, "1"), revision(A, "2", "1", lamport=9, deleted=True)
    changed = revision(A, "3", "1", lamport=2)
    assert made(first, deleted) == {}
    assert made(first, deleted, changed) == {A: ("3", 2)}
    assert made(first, deleted, changed, revision(A, "4", "3", lamport=3, deleted=True)) == {}


HISTORY = [
    revision(A, "1"),
    revision(A, "2", "1", lamport=2),
    revision(A, "3", "1", lamport=2),
    revision(A, "4", "3", lamport=3, deleted=True),
    revision(A, "5", "2", lamport=3),
]


def test_the_order_of_arrival_makes_no_difference():
    wanted = shown(Items(HISTORY))
    assert wanted == {A: ("5", 2)}
    for order in permutations(HISTORY):
        items = Items()
        for one in order:
            items.add([one])
        assert shown(items) == wanted
        assert [version.rev for version in items.versions(A)] == ["4", "5", "2", "3", "1"]


def test_nor_does_it_make_one_how_much_of_it_stands_in_a_base(folder):
    for split in range(len(HISTORY) + 1):
        for order in (HISTORY, HISTORY[::-1]):
            items = over_a_base(order[:split], order[split:], folder).items
            assert shown(items) == {A: ("5", 2)}
            assert [version.rev for version in items.versions(A)] == ["4", "5", "2", "3", "1"]
            assert [head.rev for head in items.heads(A)] == ["5", "4"]


@given(st.lists(st.sampled_from(HISTORY), max_size=8), st.lists(st.sampled_from(HISTORY), max_size=8))
def test_two_journals_merge_the_same_either_way_and_twice_is_once(mine, theirs):
    one, other = Items(mine), Items(theirs)
    one.add(theirs)
    other.add(mine)
    assert shown(one) == shown(other)
    assert one.add(theirs) == frozenset()


def test_adding_tells_what_may_look_different():
    items = Items([revision(A, "1")])
    assert items.add([revision(A, "1"), revision(B, "2"), revision(A, "3", "1")]) == {A, B}
    assert items.add([revision(A, "1")]) == frozenset()


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b'{"kind":"page"}', b"\xff", b'{"kind":"checkin","mood":99}'])
def test_an_entry_that_cannot_be_read_is_counted_and_hides_no_other(body, way, folder):
    opened = entries([revision(A, "1", body=body), revision(B, "2")], way, folder)
    items = opened.items
    assert shown(items) == {B: ("2", 1)}
    assert {eid: record.body for eid, record in items.unreadable.items()} == {A: body}
    assert items.versions(A)[0].record is None
    opened.take(revision(A, "3", "1", lamport=2))
    assert shown(items)[A] == ("3", 1)
    assert items.unreadable == {}


def test_entries_by_kind(way, folder):
    later = b'{"kind":"dream"}'
    items = entries([revision(A, "1"), revision(B, "2", body=later)], way, folder).items
    assert [item.eid for item in items.of_kind("page")] == [A]
    assert [item.eid for item in items.of_kind("dream", "course")] == [B]
    assert {item.eid for item in items.of_kind("page", "dream")} == {A, B}


def test_entries_of_more_kinds_than_a_byte_can_number(way, folder):
    later = [
        written(eid(number), UnknownRecord(f"k{number}", b'{"kind":"k%d"}' % number), str(number))
        for number in range(300)
    ]
    mine = [written(eid(1000), Settings(name="mine")), written(eid(1001), Page(at=Moment(NOW), session=eid(5)))]
    items = entries([*later, *mine], way, folder).items
    assert [item.record.name for item in items.of_kind("settings")] == ["mine"]
    for number in (0, 253, 254, 255, 299):
        assert [item.eid for item in items.of_kind(f"k{number}")] == [eid(number)]
    assert items.session_counts() == {(eid(5), "page"): 1}
    assert len(items) == 302


# -- any history, however much of it stands in a base ----------------------------------------------------------

_EIDS = [eid(number) for number in (1, 2, 3, 0xA0, 0xFF << 120)]
_moments = st.integers(0, 5).map(lambda hours: Moment(NOW + timedelta(hours=hours)))
_sessions = st.none() | st.sampled_from(_EIDS[:2])
_records = st.one_of(
    st.none(),
    st.builds(
        Page, at=_moments, title=st.sampled_from(["", "t"]), text=st.sampled_from(["", "one two"]), session=_sessions,
        tags=st.lists(st.sampled_from(["sea", "Sea", "calm"]), max_size=3).map(tuple),
        source=st.sampled_from(["", "jrnl:1"]),
    ),
    st.builds(CheckIn, at=_moments, mood=st.integers(0, 10), session=_sessions),
    st.builds(Session, starts=_moments, dose=st.sampled_from(["", "50 mg"])),
    st.builds(Course, title=st.sampled_from(["", "first"])),
    st.just(Settings()),
    st.just(UnknownRecord("dream", b'{"kind":"dream"}')),
)  # fmt: skip
_steps = st.lists(st.tuples(st.sampled_from(_EIDS), _records, st.booleans()), max_size=14)


def histories(steps) -> list:
    """Revisions, each over the newest of its entry, or (True) beside it."""
    made, heads = [], {}
    for number, (name, record, apart) in enumerate(steps):
        parents = heads.setdefault(name, [])
        own = parents[:-1] if apart else parents
        made.append(written(name, record, f"{number:02}", *own, lamport=number))
        heads[name] = [one for one in parents if one not in own] + [f"{number:02}"]
    return made


def everything(items: Items) -> dict[str, object]:
    """All that can be asked of entries, in an order that does not depend on where they stand."""
    begin, end = NOW + timedelta(hours=1), NOW + timedelta(hours=4)
    entry_of = {name: items.entry(name) for name in _EIDS}
    return {
        "newest": list(items.newest()),
        "oldest": list(items.newest(oldest_first=True)),
        "some": list(items.newest_of("page", "session")),
        "between": sorted(entry.eid for entry in items.between(begin, end)),
        "all": sorted(items.all_entries(), key=lambda entry: entry.eid),
        "entries": entry_of,
        "here": {name: items.here(name) for name in _EIDS},
        "items": sorted(items, key=lambda item: item.eid),
        "count": len(items),
        "kinds": {kind: sorted(one.eid for one in items.of_kind(kind)) for kind in ("page", "checkin", "dream")},
        "of a session": {name: sorted(one.eid for one in items.of_session(name)) for name in _EIDS},
        "sessions": +items.session_counts(),
        "tags": +Counter(items.tags()),
        "sources": items.sources(),
        "apart": items.apart(),
        "removed": sorted(items.removed(), key=lambda one: one.eid),
        "unreadable": items.unreadable,
        "versions": {name: items.versions(name) for name in _EIDS},
        "heads": {name: items.heads(name) for name in _EIDS},
        "kinds of": {name: items.kinds(name) for name in _EIDS},
        "every": sorted(items.every(set()), key=lambda one: (one.eid, one.rev)),
    }


@settings(deadline=None)
@given(steps=_steps, split=st.integers(0, 14), gone=st.sets(st.sampled_from(_EIDS), max_size=2), torn=st.booleans())
def test_every_answer_is_the_same_however_much_stands_in_a_base(folder, steps, split, gone, torn):
    history = histories(steps)
    wanted = in_memory(history, gone)
    opened = over_a_base(history[:split], history[split:], folder, gone)
    if torn:  # the snapshot is let go of, and what was removed for good is in no row
        opened.snapshot.close()
        opened.items.base._open.clear()
        opened.items._source.all = [one for one in opened.items._source.all if one.eid not in gone]
    assert everything(opened.items) == everything(wanted.items)
    if torn and len(opened.items.base):  # whoever searches is told, and reads the rows instead
        with pytest.raises(NoSnapshot):
            opened.find("one")
    else:
        for query in ("one", "t", "wo", "50"):
            assert opened.find(query) == wanted.find(query)
    opened.close()


@settings(deadline=None)
@given(steps=_steps, split=st.integers(0, 14), since=st.integers(0, 14))
def test_what_settles_into_a_base_answers_as_before(folder, steps, split, since):
    history = histories(steps)
    wanted = in_memory(history)
    lower, upper = sorted((split, since))
    base = over_a_base(history[:lower], [], folder)
    items = Items(history[:lower])
    touched = items.add(history[lower:upper])
    base.items._source.all += history[lower:upper]
    items.settle(base.items.base, base.items._source, touched)
    assert items.changed == len(touched)
    base.items._source.all += history[upper:]
    items.add(history[upper:])
    assert everything(items) == everything(wanted.items)
    base.close()


def test_what_stands_in_a_base_holds_no_text(folder):
    """But for kinds that have no long one."""
    history = [written(A, Page(at=Moment(NOW), text="word " * 500 + "canary")), written(B, Course(title="short"))]
    opened = over_a_base(history, [], folder)
    assert opened.items.get(A).record.text.endswith("canary")
    assert opened.items._revisions == {}
    assert b"canary" not in msgspec.json.encode(opened.items.all_entries())
    opened.close()
