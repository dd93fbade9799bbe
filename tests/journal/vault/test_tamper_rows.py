"""Any row removed, swapped, moved or put back from an older copy is named, and the rest still opens."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import closing

import pytest

from journal.errors import DamagedJournal, WrongPassword
from journal.vault import Vault
from tests.journal.vault.samples import PASSWORD, create, page
from tests.journal.vault.tampering import (
    KEYS,
    Original,
    build,
    copies,
    flipped,
    judge,
    keys,
    put,
    put_back,
    slot_of,
    surgery,
    value,
)

NAMED_AS = {
    "meta": "header", "slot": "slot", "rec": "missing", "bucket": "bucket", "list": "list", "list_copy": "list",
    "segment": "segment", "manifest": "manifest", "draft": "draft",
}  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Original:
    return build(tmp_path_factory.mktemp("original"))


def test_the_untouched_vault_is_clean(original):
    assert judge(original.path, original).outcome == "clean"
    assert judge(original.path, original, password=PASSWORD, read_only=False).outcome == "clean"


@pytest.mark.parametrize("table", [table for table in KEYS if table != "draft"])
def test_any_row_removed_is_named(original, tmp_path, table):
    for key, work in zip(keys(original.path, table), copies(original, tmp_path), strict=False):
        put(work, table, key, None)
        verdict = judge(work, original)
        assert NAMED_AS[table] in verdict.named, key
        if table == "rec":
            assert [(found.eid, found.rev) for found in verdict.report.damage] == [(key[0].hex(), key[1].hex())]


def test_a_removed_draft_is_the_one_thing_that_is_not_missed(original, tmp_path):
    (key, *_), work = keys(original.path, "draft"), next(copies(original, tmp_path))
    put(work, "draft", key, None)
    without = original._replace(drafts={name: one for name, one in original.drafts.items() if name != key[0].hex()})
    assert judge(work, without).outcome == "clean"


@pytest.mark.parametrize("table", KEYS)
def test_any_row_altered_is_named(original, tmp_path, table):
    for key, work in zip(keys(original.path, table), copies(original, tmp_path), strict=False):
        stored = value(work, table, key)
        put(work, table, key, flipped(stored, len(stored) // 2))
        named = "row" if table == "rec" else NAMED_AS[table]
        assert named in judge(work, original).named, key
        put(work, table, key, stored[:-1])
        assert named in judge(work, original).named, key
        put(work, table, key, stored + b"\0")
        assert named in judge(work, original).named, key
        put(work, table, key, b"")
        assert named in judge(work, original).named, key


@pytest.mark.parametrize("table", KEYS)
def test_any_two_rows_swapped_are_named(original, tmp_path, table):
    work = copies(original, tmp_path)
    for one, other in itertools.combinations(keys(original.path, table), 2):
        first, second = value(original.path, table, one), value(original.path, table, other)
        path = next(work)
        put(path, table, one, second)
        put(path, table, other, first)
        verdict = judge(path, original)
        if first == second:  # two copies of one thing
            assert verdict.outcome == "clean"
            continue
        named = "row" if table == "rec" else NAMED_AS[table]
        # Where both copies of a password's slot are lost, its secret opens nothing any more, and that is said.
        assert named in verdict.named or (table, verdict.error) == ("slot", "DamagedJournal")
        if table == "rec":
            places = {(found.eid, found.rev) for found in verdict.report.damage}
            assert places == {(key[0].hex(), key[1].hex()) for key in (one, other)}


def test_any_row_copied_to_another_id_is_named(original, tmp_path):
    for (eid, rev), work in zip(keys(original.path, "rec"), copies(original, tmp_path), strict=False):
        put(work, "rec", (eid, bytes(16)), value(work, "rec", (eid, rev)))
        put(work, "rec", (bytes(16), rev), value(work, "rec", (eid, rev)))
        verdict = judge(work, original)
        assert {(found.eid, found.rev) for found in verdict.report.damage if found.what == "row"} == {
            (eid.hex(), "00" * 16), ("00" * 16, rev.hex())
        }  # fmt: skip


@pytest.mark.parametrize("table", ["meta", "slot", "bucket", "list", "list_copy", "segment", "manifest"])
def test_any_row_put_back_from_an_older_copy_is_named(original, tmp_path, table):
    older = {key: value(original.older, table, key) for key in keys(original.older, table)}
    changed = [key for key, old in older.items() if old != value(original.path, table, key)]
    assert changed
    for key, work in zip(changed, copies(original, tmp_path), strict=False):
        put(work, table, key, older[key])
        assert NAMED_AS[table] in judge(work, original).named, key


def test_any_tables_put_back_from_an_older_copy_are_named(original, tmp_path):
    tables = ("meta", "slot", "rec", "bucket", "list", "segment", "manifest")
    groups = [some for count in range(1, len(tables)) for some in itertools.combinations(tables, count)]
    for some, work in zip(groups, copies(original, tmp_path), strict=False):
        put_back(work, original.older, *some, *(["list_copy"] if "list" in some else []))
        if ("meta" in some) != ("slot" in some):  # no slot is one that a header lists
            with pytest.raises(DamagedJournal):
                Vault.open(work, password=PASSWORD, state_dir=tmp_path)
            continue
        vault = Vault.open(work, password=PASSWORD, state_dir=tmp_path)
        assert vault.report.damage, some
        assert all(original.revisions[one.eid, one.rev] == one for one in vault.revisions())
        vault.close()


def test_an_older_password_put_back_with_its_header_is_named(original, tmp_path):
    work = next(copies(original, tmp_path))
    put_back(work, original.older, "meta", "slot")
    verdict = judge(work, original, password=PASSWORD)
    assert verdict.named == {"header"}
    assert verdict.report.read_only
    assert verdict.report.rows == len(original.revisions)


def test_the_older_file_as_a_whole_is_told_by_the_note_outside_it(original, tmp_path):
    shutil.copy(original.path, tmp_path / "mine.vault")
    Vault.open(tmp_path / "mine.vault", password=PASSWORD, state_dir=tmp_path).close()
    put_back(tmp_path / "mine.vault", original.older, *KEYS)
    again = Vault.open(tmp_path / "mine.vault", password=PASSWORD, state_dir=tmp_path)
    assert again.report.ok
    assert again.report.older_than_seen
    again.close()


def test_the_rows_alone_rolled_back_are_told_too(original, tmp_path):
    """Secrets unchanged, entries back to an earlier state that was once whole."""
    vault, words = create(tmp_path)
    vault.append([page("one")])
    vault.backup(tmp_path / "before.vault")
    vault.append([page("two")])
    vault.close()
    tables = ("rec", "bucket", "list", "list_copy", "segment", "manifest")
    put_back(tmp_path / "mine.vault", tmp_path / "before.vault", *tables)
    again = Vault.open(tmp_path / "mine.vault", recovery_key=words, state_dir=tmp_path)
    assert again.report.older_than_seen
    again.close()


def test_rows_of_another_vault_are_named_and_not_shown(original, tmp_path):
    other, _ = create(tmp_path, "other.vault")
    (foreign,) = other.append([page("from elsewhere")])
    other.close()
    key = (bytes.fromhex(foreign.eid), bytes.fromhex(foreign.rev))
    work = next(copies(original, tmp_path))
    put(work, "rec", key, value(tmp_path / "other.vault", "rec", key))
    verdict = judge(work, original)
    assert [(found.what, found.eid) for found in verdict.report.damage] == [("row", foreign.eid)]
    for table in ("bucket", "list", "list_copy", "segment", "manifest", "meta", "slot"):
        work = next(copies(original, tmp_path))
        put_back(work, tmp_path / "other.vault", table)
        assert judge(work, original).outcome != "clean", table


def test_a_row_taken_back_in_and_out_of_the_list_is_named(original, tmp_path):
    """A row that was in the file, opens, and is not in the list: put back after it was left out."""
    vault, words = create(tmp_path)
    vault.backup(tmp_path / "early.vault")
    (row,) = vault.append([page("later")])
    vault.close()
    key = (bytes.fromhex(row.eid), bytes.fromhex(row.rev))
    put(tmp_path / "early.vault", "rec", key, value(tmp_path / "mine.vault", "rec", key))
    early = Vault.open(tmp_path / "early.vault", recovery_key=words, read_only=True, state_dir=tmp_path)
    assert [(found.what, found.eid, found.rev) for found in early.report.damage] == [("extra", row.eid, row.rev)]
    assert list(early.revisions()) == []
    early.close()


@pytest.mark.parametrize("eid", [b"", b"short", bytes(17), bytes(100_000)], ids=len)
def test_rows_with_impossible_ids_are_named_and_left_out(original, tmp_path, eid):
    work = next(copies(original, tmp_path))
    for table, key in (("rec", (eid, bytes(16))), ("rec", (bytes(16), eid)), ("draft", (eid,))):
        put(work, table, key, b"anything")
    verdict = judge(work, original)
    assert verdict.named == {"row", "draft"}
    assert verdict.report.rows == len(original.revisions)


def test_with_a_part_of_the_list_damaged_its_rows_are_still_shown(original, tmp_path):
    tables = ("bucket", "segment", "list", "manifest")
    parts = [(table, key) for table in tables for key in keys(original.path, table)]
    for (table, key), work in zip(parts, copies(original, tmp_path), strict=False):
        put(work, table, key, b"damaged")
        if table == "list":
            put(work, "list_copy", key, b"damaged")
        vault = Vault.open(work, recovery_key=original.words, read_only=True, state_dir=tmp_path)
        shown = list(vault.revisions())
        assert {(one.eid, one.rev): one for one in shown} == original.revisions
        assert list(vault.revisions()) == shown  # read anew
        assert [vault.revision(one.eid, one.rev) for one in shown] == shown
        vault.close()


def test_with_both_lists_damaged_every_row_is_still_shown(original, tmp_path):
    work = next(copies(original, tmp_path))
    for place in (0, 1):
        put(work, "manifest", (place,), b"damaged")
    verdict = judge(work, original)
    assert verdict.named == {"manifest"}
    assert (verdict.report.rows, verdict.report.read_only) == (len(original.revisions), True)


@pytest.mark.parametrize(("kind", "secret"), [(1, "password"), (2, "recovery_key")])
def test_a_lost_slot_is_told_from_a_wrong_secret(original, tmp_path, kind, secret):
    given = {"password": PASSWORD, "recovery_key": original.words}
    wrong = {"password": "seven quiet geese", "recovery_key": "abandon " * 14 + "address"}
    work = next(copies(original, tmp_path))
    slot, body = slot_of(work, kind)
    with pytest.raises(WrongPassword):
        Vault.open(work, **{secret: wrong[secret]}, state_dir=tmp_path)
    put(work, "slot", (slot, 0), flipped(body, 40))
    assert judge(work, original, **{secret: given[secret]}).named == {"slot"}  # the other copy serves
    put(work, "slot", (slot, 1), flipped(body, 50))
    for phrase in (given[secret], wrong[secret]):
        with pytest.raises(DamagedJournal, match="is damaged"):
            Vault.open(work, **{secret: phrase}, state_dir=tmp_path)
    other = "recovery_key" if secret == "password" else "password"
    mended = Vault.open(work, **{other: given[other]}, state_dir=tmp_path)
    assert [found.what for found in mended.report.damage] == ["slot"]
    assert not mended.read_only
    words = original.words
    if kind == 1:
        mended.change_password(PASSWORD)
    else:
        words = mended.new_recovery_key()
    assert mended.verify().ok
    mended.close()
    assert judge(work, original._replace(words=words)).outcome == "clean"


def test_a_vault_left_with_one_kind_of_secret_says_so(original, tmp_path):
    work = next(copies(original, tmp_path))
    slot, _ = slot_of(work, 2)
    for copy in (0, 1):
        put(work, "slot", (slot, copy), None)
    vault = Vault.open(work, password=PASSWORD, state_dir=tmp_path)
    vault.change_password("eleven loud geese")  # the slots are written anew, without the lost one
    vault.close()
    again = Vault.open(work, password="eleven loud geese", state_dir=tmp_path)
    assert [found.message for found in again.report.damage] == [
        "There is no recovery words that could open this journal. Make a new one now."
    ]
    again.new_recovery_key()
    assert again.verify().ok
    again.close()


def test_a_page_that_cannot_be_read_hides_only_its_own_rows(tmp_path):
    vault, words = create(tmp_path)
    vault.append([page(f"entry {number} " + "x" * 3000) for number in range(60)])
    vault.close()
    path = tmp_path / "mine.vault"
    data = path.read_bytes()
    with surgery(path) as db:
        (child,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'rec'").fetchone()
    while (inner := data[(child - 1) * 16384 :][:16384])[0] == 2:  # down to a leaf
        child = int.from_bytes(inner[int.from_bytes(inner[12:14], "big") :][:4], "big")
    path.write_bytes(data[: (child - 1) * 16384] + bytes(16384) + data[child * 16384 :])
    vault = Vault.open(path, recovery_key=words, state_dir=tmp_path)
    missing = [found for found in vault.report.damage if found.what == "missing"]
    assert 0 < len(missing) < 10
    assert vault.report.rows == 60 - len(missing)
    assert len(list(vault.revisions())) == vault.report.rows
    assert "file" in {found.what for found in vault.report.damage}
    vault.close()


def test_verify_of_an_open_vault_sees_what_changed_under_it(original, tmp_path):
    for table in ("meta", "slot", "rec", "bucket", "list", "list_copy", "segment", "manifest"):
        shutil.copy(original.path, tmp_path / "open.vault")
        vault = Vault.open(tmp_path / "open.vault", recovery_key=original.words, state_dir=tmp_path)
        assert vault.verify().ok
        with sqlite3.connect(tmp_path / "open.vault") as db:
            db.execute(f"DELETE FROM {table}")
        db.close()
        named = {found.what for found in vault.verify().damage}
        vault.close()
        assert NAMED_AS[table] in named, table


def test_a_row_that_pages_lead_to_twice_counts_once(tmp_path):
    """The last pages of the table are forgotten, and its first ones read a second time instead."""
    vault, _ = create(tmp_path)
    written = vault.append([page(f"entry {number} " * 20) for number in range(60)])
    vault.close()
    path = tmp_path / "mine.vault"
    with closing(sqlite3.connect(path)) as bare:
        (root,) = bare.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'rec'").fetchone()
    data = bytearray(path.read_bytes())
    top = (root - 1) * 16384
    assert data[top] == 2, "an interior page of an index"
    first = top + int.from_bytes(data[top + 12 : top + 14], "big")
    data[top + 8 : top + 12] = data[first : first + 4]
    path.write_bytes(data)
    with closing(Vault.open(path, password=PASSWORD, read_only=True, state_dir=tmp_path)) as opened:
        shown = [one.rev for one in opened.revisions()]
        named = [(found.what, found.rev) for found in opened.report.damage]
    missing = {one.rev for one in written} - set(shown)
    assert len(shown) == len(set(shown)) == opened.report.rows
    assert missing
    assert sorted(named, key=str) == sorted([("file", None), *(("missing", rev) for rev in missing)], key=str)
