"""Files made to do harm: refused or named in bounded time and memory, and nothing outside is touched."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from journal.errors import DamagedJournal, NotAJournal, WrongPassword
from journal.vault import Vault
from journal.vault.schema import GROWING_TABLES
from tests.journal.vault.samples import PASSWORD
from tests.journal.vault.tampering import (
    Original,
    build,
    costing,
    judge,
    put,
    slot_of,
    surgery,
    value,
    with_header,
    with_slots,
)


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Original:
    return build(tmp_path_factory.mktemp("original"))


@pytest.fixture
def work(original, tmp_path) -> Path:
    shutil.copy(original.path, tmp_path / "work.vault")
    return tmp_path / "work.vault"


# -- costs ----------------------------------------------------------------------------------------------------

MOST = 2**32 - 1


@pytest.mark.parametrize(
    ("memory", "passes", "lanes"),
    [(MOST, 3, 4), (2**21 + 1, 1, 1), (8, 3, 4), (0, 0, 0), (19 * 1024 - 1, 1, 1), (65536, MOST, 1), (65536, 17, 1),
     (65536, 0, 1), (65536, 3, MOST), (65536, 3, 17), (65536, 3, 0), (MOST, MOST, MOST)],
)  # fmt: skip
def test_a_slot_that_asks_for_too_much_or_too_little_is_refused_before_it_runs(work, memory, passes, lanes):
    slot, body = slot_of(work, 1)
    with_slots(work, {slot: costing(body, memory, passes, lanes)})
    with pytest.raises(DamagedJournal, match="unreasonable amount of work"):
        Vault.open(work, password=PASSWORD, state_dir=work.parent)


def test_many_costly_slots_are_refused_together(work):
    slot, body = slot_of(work, 1)
    costly = costing(body, 2**21, 16, 16)
    with_slots(work, {slot: costly, b"another slot id!": costly})
    with pytest.raises(DamagedJournal, match="unreasonable amount of work"):
        Vault.open(work, password=PASSWORD, state_dir=work.parent)


def test_a_cheaper_slot_put_in_by_others_is_named_when_the_words_open_the_vault(original, work):
    slot, body = slot_of(work, 1)
    recovery, kept = slot_of(work, 2)
    with_slots(work, {slot: costing(body, 19 * 1024, 2, 1), recovery: kept})
    verdict = judge(work, original)
    assert verdict.named == {"header"}
    assert verdict.report.read_only  # so that no new password is made as cheap as that


def test_ten_thousand_slots_are_not_tried(original, work):
    _, body = slot_of(work, 1)
    with surgery(work) as db:
        db.execute("BEGIN")
        rows = ((number.to_bytes(16, "big"), copy, body) for number in range(10_000) for copy in (0, 1))
        db.executemany("INSERT INTO slot VALUES (?, ?, ?)", rows)
        db.execute("COMMIT")
    assert judge(work, original, password=PASSWORD).named == {"slot"}
    ids = {number.to_bytes(16, "big").hex(): "0" * 64 for number in range(10_000)}
    with_header(work, lambda header: header.update(slots=ids))
    with pytest.raises(DamagedJournal):
        Vault.open(work, password=PASSWORD, state_dir=work.parent)


@pytest.mark.parametrize("kind", [0, 3, 255])
def test_a_slot_of_an_unknown_kind_opens_nothing(work, kind):
    slot, body = slot_of(work, 1)
    strange = bytes([kind]) + body[1:-32]
    with_slots(work, {slot: strange + hashlib.sha256(strange).digest()})
    for secret in ({"password": PASSWORD}, {"recovery_key": "abandon " * 14 + "address"}):
        with pytest.raises(DamagedJournal):
            Vault.open(work, **secret, state_dir=work.parent)


@pytest.mark.parametrize("length", [0, 1, 29, 30, 61, 62, 100, 1024, 1025, 100_000])
def test_a_slot_of_any_length_is_refused_or_named(original, work, length):
    slot, _ = slot_of(work, 1)
    recovery, kept = slot_of(work, 2)
    body = b"\x01" + bytes(max(0, length - 33))
    stored = (body + hashlib.sha256(body).digest())[:length]
    with_slots(work, {slot: stored, recovery: kept})
    assert judge(work, original, password=PASSWORD).outcome == "refused"
    assert judge(work, original).outcome == "named"


@pytest.mark.parametrize("how", ["flipped", "gone"])
def test_a_wrong_secret_is_told_as_wrong_where_only_the_other_way_in_is_damaged(original, work, how):
    ways = {kind: slot_of(work, kind) for kind in (1, 2)}
    wrong_words = "abandon " * 14 + "address"

    def spoil(kind: int, *, back: bool = False) -> None:
        slot, body = ways[kind]
        other = body[:40] + bytes([body[40] ^ 1]) + body[41:] if how == "flipped" else None
        for copy in (0, 1):
            put(work, "slot", (slot, copy), body if back else other)

    spoil(2)
    with pytest.raises(WrongPassword):
        Vault.open(work, password="no words of mine", state_dir=work.parent)
    with pytest.raises(DamagedJournal):
        Vault.open(work, recovery_key=wrong_words, state_dir=work.parent)
    assert judge(work, original, read_only=False, password=PASSWORD).named == {"slot"}
    spoil(2, back=True)
    spoil(1)
    with pytest.raises(WrongPassword):
        Vault.open(work, recovery_key=wrong_words, state_dir=work.parent)
    with pytest.raises(DamagedJournal):
        Vault.open(work, password=PASSWORD, state_dir=work.parent)
    assert judge(work, original, read_only=False).named == {"slot"}


# -- header ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"vault": ""}, {"vault": "zz" * 16}, {"vault": "00" * 16 + "\n"}, {"vault": "00" * 15}, {"vault": 7},
     {"slots": {"": "0" * 64}}, {"slots": {"x": "y"}}, {"slots": ["00" * 16]}, {"slots": None}, {"slots": {}},
     {"epoch": -1}, {"epoch": 2**70}, {"epoch": "one"}, {"magic": "x"}, {"format": None}, {"min_reader": "x"},
     {"min_reader": -1}],
    ids=str,
)  # fmt: skip
def test_a_header_with_impossible_fields_is_refused(original, work, change):
    with_header(work, lambda header: header.update(change))
    verdict = judge(work, original, password=PASSWORD)
    assert verdict.error == "DamagedJournal" or verdict.named


def test_a_header_for_later_readers_asks_for_an_update(original, work):
    with_header(work, lambda header: header.update(min_reader=4))
    assert judge(work, original).error == "NewerFormat"


def test_what_a_later_program_wrote_for_this_one_too_opens_for_reading(original, work):
    """A header with a later format and a field of its own, as its program would write it."""
    vault = Vault.open(work, password=PASSWORD, state_dir=work.parent)
    head = json.loads(value(work, "meta", ("header",))[4:-64])
    text = json.dumps({**head, "format": 4, "later": True}).encode()
    signed = len(text).to_bytes(4, "big") + text + vault._ring.header_mac(text)
    stored = signed + hashlib.sha256(signed).digest()
    vault._inventory.header = hashlib.sha256(stored).digest()
    place, manifest = vault._inventory.seal_manifest(vault._ring)
    vault.close()
    put(work, "manifest", (place,), manifest)
    for name in ("header", "header_copy"):
        put(work, "meta", (name,), stored)
    again = Vault.open(work, password=PASSWORD, state_dir=work.parent)
    assert again.report.ok
    assert again.report.rows == len(original.revisions)
    assert again.read_only
    assert "newer version" in again.report.why_read_only
    again.close()


@pytest.mark.parametrize("stored", [b"", b"x" * 68, b"[" * 60_000, bytes(70_000), bytes(5_000_000)], ids=len)
def test_a_header_of_any_bytes_is_refused(original, work, stored):
    for content in (stored, stored + hashlib.sha256(stored).digest()):
        for name in ("header", "header_copy"):
            put(work, "meta", (name,), content)
        assert judge(work, original).error == "DamagedJournal"


# -- tables ---------------------------------------------------------------------------------------------------

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON rec BEGIN DELETE FROM rec; END",
        "CREATE TRIGGER t BEFORE DELETE ON slot BEGIN SELECT RAISE(IGNORE); END",
        "CREATE VIEW extra AS SELECT * FROM rec",
        f"DROP TABLE draft; CREATE VIEW draft AS {ENDLESS} SELECT zeroblob(16) AS eid, zeroblob(9) AS v FROM c",
        f"DROP TABLE meta; CREATE VIEW meta AS {ENDLESS} SELECT 'header' AS k, zeroblob(x) AS v FROM c",
        "CREATE TABLE extra(a)",
        "CREATE INDEX i ON rec(v)",
        "CREATE VIRTUAL TABLE words USING fts5(a)",
        "DROP TABLE cache",
        "DROP TABLE draft; CREATE TABLE draft(eid BLOB PRIMARY KEY, v BLOB NOT NULL)",
        "DROP TABLE draft; CREATE TABLE draft(eid BLOB PRIMARY KEY, v BLOB NOT NULL AS (zeroblob(999999999))) STRICT",
        "ALTER TABLE draft ADD COLUMN more BLOB",
        "ALTER TABLE draft RENAME TO drafts",
        "DROP TABLE cache; CREATE TABLE CACHE(k TEXT NOT NULL, n INTEGER NOT NULL, v BLOB NOT NULL)",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'rec'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'words' WHERE name = 'rec'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'rec'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'rec'",
        "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE name = 'rec'",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET name = x'ff'",
        "PRAGMA application_id=7",
        "PRAGMA application_id=0",
    ],
)
def test_any_other_form_of_the_file_is_refused(original, work, sql):
    with surgery(work) as db:
        db.executescript(sql)
    for read_only in (True, False):
        verdict = judge(work, original, read_only=read_only)
        assert verdict.error in ("NotAJournal", "DamagedJournal") or "file" in verdict.named


def test_two_tables_on_the_same_pages_show_nothing_wrong(original, work):
    """A row that could be read as another table's: each value is bound to its place by its key."""
    names = [name for name in GROWING_TABLES if name != "meta"]
    for one, other in itertools.permutations(names, 2):
        shutil.copy(original.path, work)
        with surgery(work) as db:
            db.execute("PRAGMA writable_schema=ON")
            (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (other,)).fetchone()
            db.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (root, one))
        assert judge(work, original).outcome != "clean"


def rebuilt(source: Path, target: Path, *pragmas: str) -> Path:
    """The same rows in a file set up otherwise."""
    db = sqlite3.connect(target, isolation_level=None)
    for pragma in pragmas:
        db.execute(f"PRAGMA {pragma}")
    for sql in GROWING_TABLES.values():
        db.execute(sql)
    db.execute("PRAGMA application_id=0x494A564C")
    db.execute("PRAGMA user_version=2")
    with surgery(source) as other:
        for table in GROWING_TABLES:
            for row in other.execute(f"SELECT * FROM {table}"):
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    db.close()
    return target


@pytest.mark.parametrize("pragma", ["page_size=512", "page_size=65536", "auto_vacuum=FULL"])
def test_the_same_rows_in_pages_of_another_size_are_the_same_vault(original, tmp_path, pragma):
    path = rebuilt(original.path, tmp_path / "other.vault", pragma)
    for read_only in (True, False):
        assert judge(path, original, read_only=read_only).outcome == "clean"


def test_names_in_another_encoding_are_the_same_names_or_refused(original, tmp_path):
    verdict = judge(rebuilt(original.path, tmp_path / "utf16.vault", "encoding='UTF-16le'"), original)
    assert verdict.outcome in ("clean", "refused")


def test_a_vault_left_in_wal_mode_opens_and_goes_back_to_ours(original, work):
    with surgery(work) as db:
        db.execute("PRAGMA journal_mode=WAL")
    assert work.read_bytes()[18:20] == b"\x02\x02"
    assert judge(work, original).outcome == "clean"
    assert judge(work, original, read_only=False).outcome == "clean"
    assert work.read_bytes()[18:20] == b"\x01\x01"
    assert {found.name for found in work.parent.iterdir() if "work" in found.name} == {"work.vault"}


# -- sizes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "key"),
    [("meta", ("header",)), ("meta", ("more",)), ("slot", (b"strange slot id!", 0)), ("rec", (bytes(16), bytes(16))),
     ("rec", (bytes(16), bytes(20_000_000))), ("bucket", (0,)), ("manifest", (0,)), ("list", (0,)),
     ("list_copy", (0,)), ("segment", (0,)), ("segment", (55,)), ("draft", (bytes(16),)),
     ("draft", (bytes(20_000_000),))],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)  # fmt: skip
def test_a_huge_value_is_refused_or_named(original, work, table, key):
    put(work, table, key, bytes(20_000_000))
    verdict = judge(work, original)
    assert verdict.outcome != "clean"
    if table == "rec":
        assert verdict.report.rows == len(original.revisions)


def test_what_no_entry_names_is_not_read(original, work):
    with surgery(work) as db:
        db.execute("INSERT INTO blob VALUES (x'00', 1, zeroblob(20000000))")
    assert judge(work, original, read_only=False).outcome == "clean"


def test_many_meaningless_rows_are_named_in_one_sentence_or_one_by_one(original, work):
    with surgery(work) as db:
        db.execute("BEGIN")
        db.executemany("INSERT INTO rec VALUES (?, x'', x'')", ((b"%d" % number,) for number in range(20_000)))
        db.execute("COMMIT")
    verdict = judge(work, original)
    assert [found.what for found in verdict.report.damage] == ["row"]


def test_a_file_larger_than_any_journal_is_refused_unread(original, work):
    with work.open("r+b") as file:
        file.truncate(2**40)  # sparse: it takes no room
    with pytest.raises(NotAJournal):
        Vault.open(work, password=PASSWORD, state_dir=work.parent)


def test_a_file_that_claims_more_pages_than_it_has_is_refused_or_named(original, work):
    data = bytearray(work.read_bytes())
    for pages in (0, 1, 2**31, 2**32 - 1):
        data[28:32] = pages.to_bytes(4, "big")
        work.write_bytes(data)
        judge(work, original)


def test_rows_of_unlisted_types_are_left_out(original, work):
    """Numbers and text where bytes should be: no table of ours takes them, but a file can hold them."""
    loose = work.with_name("loose.vault")
    db = sqlite3.connect(loose, isolation_level=None)
    db.execute("PRAGMA page_size=16384")
    for sql in GROWING_TABLES.values():
        db.execute(sql.replace("STRICT, ", "").replace("BLOB", "ANY").replace("CHECK(copy IN (0, 1))", ""))
    db.execute("PRAGMA application_id=0x494A564C")
    db.execute("PRAGMA user_version=2")
    db.execute("ATTACH ? AS source", (str(work),))
    for table in GROWING_TABLES:
        db.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")
    db.execute("DETACH source")
    db.execute("INSERT INTO rec VALUES (1, 2, 3), ('a', 'b', 'c'), (x'00', 1.5, 'x')")
    db.execute("INSERT INTO draft VALUES (1, 2), ('a', x'00')")
    db.execute("INSERT INTO slot VALUES (5, 'x', 1.5), ('text', 7, 'x')")
    db.execute("INSERT INTO meta VALUES ('zero', 0), ('text', 'x')")
    db.execute("INSERT INTO cache VALUES ('a', 1, 2)")
    db.execute("PRAGMA writable_schema=ON")
    for name, sql in GROWING_TABLES.items():
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))
    db.close()
    assert value(loose, "rec", (1, 2)) == 3
    verdict = judge(loose, original)
    assert verdict.named >= {"file", "row", "draft", "slot"}
    assert verdict.report.rows == len(original.revisions)
