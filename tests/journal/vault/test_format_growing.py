"""Format 3 is frozen: known answers for its list of what belongs, and a vault of it that must open for ever.

Each answer is worked out twice: by the program, and by the reader in docs/reader, which shares no code with it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from journal.vault import Vault, inventory, slots, verify_file
from journal.vault.inventory import Manifest, open_bucket, open_list, open_segment
from journal.vault.keys import context
from journal.vault.schema import GROWING_TABLES, GROWING_VERSION, TABLES
from tests.journal.vault.filing import content, files
from tests.journal.vault.samples import ROOT, VAULTS, page
from tests.journal.vault.test_format import raw, reader, ring, subkey
from tests.journal.vault.test_reader import read
from tests.vaults.make import described
from tests.vaults.make_attachments import data
from tests.vaults.make_growing import SIZE

FROZEN = VAULTS / "v3.vault"
CONTENTS: dict[str, Any] = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
KNOWN: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "vault-v3.json").read_text("utf-8"))


def opened_by_the_reader(case: dict[str, Any], kind: bytes, number: int) -> bytes:
    vault, stored = raw(case, "vault", "stored")
    where = reader.make_context(kind, vault, case["epoch"], number.to_bytes(16, "big"))
    return reader.unseal(subkey(case, b"inventory"), where, stored)


def entries(case: list[list[str]]) -> bytes:
    return b"".join(bytes.fromhex("".join(entry)) for entry in case)


def test_the_numbers_and_tables_of_format_3():
    assert (KNOWN["user_version"], KNOWN["tables"]) == (GROWING_VERSION, GROWING_TABLES)
    assert (KNOWN["pending"], KNOWN["segments"]) == (inventory.PENDING, inventory.SEGMENTS)
    assert list(GROWING_TABLES)[: len(TABLES)] == list(TABLES)
    for case in KNOWN["contexts"]:
        vault, first, second, expected = raw(case, "vault", "first", "second", "context")
        assert context(case["kind"].encode(), vault, case["epoch"], first, second) == expected
        assert reader.make_context(case["kind"].encode(), vault, case["epoch"], first, second) == expected


def test_the_header_asks_for_a_reader_of_format_3():
    (stored,) = raw(KNOWN["header"], "stored")
    header, body, mac = slots.read_header(stored)
    assert (header.format, header.min_reader) == (3, 3)
    assert slots.header_true(ring(KNOWN["header"]), body, mac)
    assert slots.new_header(ring(KNOWN["header"]), {}) == stored


def test_a_bucket_a_list_and_a_segment():
    bucket, listed, segment = KNOWN["bucket"], KNOWN["list"], KNOWN["segment"]
    (stored,) = raw(bucket, "stored")
    assert open_bucket(ring(bucket), bucket["number"], stored).data == entries(bucket["rows"])
    assert opened_by_the_reader(bucket, b"buck", bucket["number"]) == entries(bucket["rows"])
    assert listed["buckets"] == {"0": hashlib.sha256(stored).hexdigest()}
    names = hashlib.sha256(stored).digest() + bytes(32 * (listed["count"] - 1))
    assert b"".join(open_list(ring(listed), *raw(listed, "stored"))) == names
    assert opened_by_the_reader(listed, b"list", 0) == names
    assert open_segment(ring(segment), segment["number"], *raw(segment, "stored")) == entries(segment["rows"])
    assert opened_by_the_reader(segment, b"segm", segment["number"]) == entries(segment["rows"])


def test_a_manifest():
    case = KNOWN["manifest"]
    stored, previous, header, listed = raw(case, "stored", "previous", "header", "list")
    assert len(stored) == 4021
    opened = Manifest(ring(case), case["place"], stored, growing=True)
    assert (opened.counter, opened.previous, opened.header) == (case["counter"], previous, header)
    assert (opened.listed, opened.pending) == (listed, entries(case["pending"]))
    assert [one.hex() for one in opened.segments] == case["segments"]
    assert listed == hashlib.sha256(*raw(KNOWN["list"], "stored")).digest()
    assert case["segments"] == [hashlib.sha256(*raw(KNOWN["segment"], "stored")).hexdigest()]
    front = case["counter"].to_bytes(8, "big") + previous + header + listed
    plain = front + bytes([0, 1, 0, 1]) + opened.segments[0] + bytes(55 * 32) + opened.pending + bytes(31 * 64)
    assert opened_by_the_reader(case, b"mani", case["place"]) == plain


def test_both_manifests_of_a_vault_stand_on_one_page():
    """Else a save would write more pages than a bare commit and one."""
    with closing(sqlite3.connect(FROZEN)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'manifest'").fetchone()
        stored = [v for (v,) in db.execute("SELECT v FROM manifest")]
    leaf = FROZEN.read_bytes()[(root - 1) * 16384 : root * 16384]
    assert [len(one) for one in stored] == [4021, 4021]
    assert all(one in leaf for one in stored)


@pytest.fixture
def frozen(tmp_path):
    return shutil.copy(FROZEN, tmp_path / "v3.vault")


@pytest.mark.parametrize("secret", ["password", "recovery_words"])
@pytest.mark.parametrize("read_only", [True, False])
def test_the_frozen_vault_opens_and_holds_what_it_held(frozen, tmp_path, secret, read_only):
    name = "password" if secret == "password" else "recovery_key"
    vault = Vault.open(frozen, **{name: CONTENTS[secret]}, read_only=read_only, state_dir=tmp_path)
    assert vault.report.ok and vault.read_only == read_only
    assert sorted(map(described, vault.revisions()), key=lambda one: one["rev"]) == [
        {**one, "parents": tuple(one["parents"])} for one in CONTENTS["entries"]
    ]
    assert list(map(described, vault.drafts())) == CONTENTS["drafts"]
    assert vault.purged_eids() == set(CONTENTS["purged"])
    assert files(vault) == {CONTENTS["file"]["eid"]: data(7, SIZE)}
    assert vault.verify().ok
    vault.close()


def test_it_has_entries_in_every_part_of_its_list(frozen, tmp_path):
    vault = Vault.open(frozen, password=CONTENTS["password"], state_dir=tmp_path)
    assert any(vault._inventory.bucket_digests[number] != bytes(32) for number in range(256))
    assert len(vault._inventory.segments) == 2
    assert vault._inventory.pending == 2
    vault.close()


def test_the_frozen_vault_can_be_written_to_and_backed_up(frozen, tmp_path):
    vault = Vault.open(frozen, password=CONTENTS["password"], state_dir=tmp_path)
    count = vault.report.rows
    for number in range(40):
        vault.append([page(f"written by a later program, {number}")])
    assert vault.backup(tmp_path / "backup.vault").rows == count + 40
    vault.rotate("a password of today")
    (file,) = [one for one in vault.revisions() if one.kind == "attachment"]
    assert content(vault, file) == data(7, SIZE)
    vault.close()
    assert verify_file(frozen, password="a password of today", state_dir=tmp_path).ok
    assert verify_file(tmp_path / "backup.vault", password=CONTENTS["password"], state_dir=tmp_path).ok


def test_the_reader_reads_it(tmp_path):
    before = FROZEN.read_bytes()
    code, found, said = read(FROZEN, tmp_path, "--words-file", CONTENTS["recovery_words"])
    assert (code, said, found["damage"], len(found["entries"])) == (0, "", [], len(CONTENTS["entries"]))
    assert {one["rev"] for one in found["entries"]} == {one["rev"] for one in CONTENTS["entries"]}
    assert FROZEN.read_bytes() == before


def test_the_page_about_the_format_has_the_tables_of_the_program():
    written = (ROOT / "docs" / "vault-format.md").read_text("utf-8")
    for sql in GROWING_TABLES.values():
        assert f"\n{sql}\n" in written
    for word in ("`list`", "`segm`", "4021", "3948"):
        assert word in written
