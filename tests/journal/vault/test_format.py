"""The format is frozen: known answers for each step of it, and a vault of format 1 that must open for ever.

Each answer is worked out twice: by the program, and by the reader in docs/reader, which shares no code with it.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import json
import shutil
from typing import Any

import pytest

from journal.errors import AlreadyThere
from journal.vault import FAST, KdfProfile, Vault, kdf, rows, sealing, slots, verify_file
from journal.vault.inventory import Inventory, Manifest, open_bucket
from journal.vault.keys import FORMAT, KeyRing, context
from journal.vault.schema import APPLICATION_ID, TABLES, USER_VERSION
from tests.journal.vault.samples import ROOT, page
from tests.vaults.make import PASSWORD, as_json, described, keep, sample

FROZEN = ROOT / "tests" / "vaults" / "v1.vault"
CONTENTS: dict[str, Any] = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
KNOWN: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "vault-v1.json").read_text("utf-8"))


def load_reader() -> Any:
    spec = importlib.util.spec_from_file_location("read_vault", ROOT / "docs" / "reader" / "read_vault.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reader = load_reader()


def raw(case: dict[str, Any], *names: str) -> list[bytes]:
    return [bytes.fromhex(case[name]) for name in names]


def ring(case: dict[str, Any]) -> KeyRing:
    vault, key = raw(case, "vault", "vault_key")
    return KeyRing(vault, case["epoch"], key)


def subkey(case: dict[str, Any], purpose: bytes) -> bytes:
    vault, key = raw(case, "vault", "vault_key")
    return reader.subkey(key, purpose, vault, case["epoch"])


# -- known answers --------------------------------------------------------------------------------------------


def test_the_numbers_and_tables_of_format_1():
    assert (KNOWN["format"], KNOWN["application_id"], KNOWN["user_version"]) == (FORMAT, APPLICATION_ID, USER_VERSION)
    assert KNOWN["tables"] == TABLES
    assert KNOWN["sealing"] == {
        "chunk": sealing.CHUNK, "salt": sealing.SALT, "commitment": sealing.COMMITMENT
    }  # fmt: skip


@pytest.mark.parametrize("case", KNOWN["password_keys"], ids=lambda case: case["password"])
def test_keys_from_passwords(case):
    salt, key = raw(case, "salt", "key")
    costs = [case[name] for name in ("memory_kib", "passes", "lanes")]
    assert kdf.password_key(case["password"], salt, KdfProfile(*costs)) == key
    assert reader.password_key(case["password"], salt, *costs) == key


@pytest.mark.parametrize("case", KNOWN["recovery_keys"], ids=lambda case: case["words"].split()[0])
def test_keys_from_recovery_words(case):
    entropy, salt, vault, key = raw(case, "entropy", "salt", "vault", "key")
    assert kdf.recovery_entropy(case["words"]) == entropy
    assert kdf.recovery_key(case["words"], salt, vault) == key
    assert reader.words_key(case["words"].upper(), salt, vault) == key


@pytest.mark.parametrize("case", KNOWN["sub_keys"], ids=lambda case: f"{case['purpose']}-{case['epoch']}")
def test_sub_keys(case):
    (key,) = raw(case, "key")
    assert ring(case)._sub(case["purpose"].encode()) == key
    assert subkey(case, case["purpose"].encode()) == key


@pytest.mark.parametrize("case", KNOWN["contexts"], ids=lambda case: case["kind"].strip())
def test_contexts(case):
    vault, first, second, expected = raw(case, "vault", "first", "second", "context")
    parts = (case["kind"].encode(), vault, case["epoch"], first, second)
    assert len(expected) == 60
    assert context(*parts) == expected
    assert reader.make_context(*parts) == expected


@pytest.mark.parametrize("case", KNOWN["padding"], ids=lambda case: str(case["length"]))
def test_padding(case):
    padded = rows.pad(b"x" * case["length"])
    assert len(padded) == case["padded"]
    assert padded == (case["length"].to_bytes(4, "big") + b"x" * case["length"]).ljust(case["padded"], b"\0")


@pytest.mark.parametrize("case", KNOWN["sealed"], ids=lambda case: str(case["length"]))
def test_sealed_values(case):
    key, where, salt, commitment, expected = raw(case, "key", "context", "salt", "commitment", "sealed_sha256")
    plain = b"x" * case["length"]
    value = b"\x01" + salt + sealing._body(key, where, salt, plain)
    assert value[25:57] == commitment
    assert hashlib.sha256(value).digest() == expected
    assert sealing.unseal(key, where, value) == plain
    assert reader.unseal(key, where, value) == plain
    assert bytes.fromhex(case.get("sealed", value.hex())) == value


def test_a_row_and_a_draft():
    row, draft = KNOWN["row"], KNOWN["draft"]
    eid, rev, sealed = raw(row, "eid", "rev", "sealed")
    plain = ring(row).open_row(eid, rev, sealed)
    assert rows.unpad(plain).decode() == row["json"]
    assert len(plain) == rows.FLOOR
    where = reader.make_context(b"row ", bytes.fromhex(row["vault"]), row["epoch"], eid, rev)
    assert reader.unseal(subkey(row, b"rec"), where, sealed) == plain
    opened = rows.revision(eid, rev, plain)
    assert (opened.kind, opened.lamport, opened.body, opened.deleted) == ("page", 7, b'{"text":"blue"}', False)
    key, sealed = raw(draft, "key", "sealed")
    assert rows.draft(key, ring(draft).open_draft(key, sealed)).body == b'{"text":"blue"}'


def test_slots():
    password, recovery = KNOWN["password_slot"], KNOWN["recovery_slot"]
    for case, secret in ((password, {"password": PASSWORD}), (recovery, {"words": recovery["words"]})):
        vault, slot, stored, key = raw(case, "vault", "slot", "stored", "vault_key")
        assert slots.intact(stored, {hashlib.sha256(stored).hexdigest()})
        opened = slots.open_slot(vault, slot, stored, **secret)
        assert (opened.vault, opened.epoch, opened._key) == (vault, case["epoch"], key)
        assert slots.open_slot(vault, slot, stored, **dict.fromkeys(secret, "abandon " * 14 + "address")) is None
    assert slots.profile(bytes.fromhex(password["stored"])) == FAST


def test_the_header():
    case = KNOWN["header"]
    (stored,) = raw(case, "stored")
    header, body, mac = slots.read_header(stored)
    assert (header.vault, header.epoch, header.slots) == (case["vault"], case["epoch"], case["slots"])
    assert slots.header_true(ring(case), body, mac)
    assert hmac.digest(subkey(case, b"header"), body, "sha512")[:32] == mac
    (slot,) = raw(KNOWN["password_slot"], "stored")
    assert slots.new_header(ring(case), {bytes.fromhex(next(iter(header.slots))): slot}, slots.PLAIN) == stored


def test_a_bucket_and_a_manifest():
    bucket, manifest = KNOWN["bucket"], KNOWN["manifest"]
    (stored,) = raw(bucket, "stored")
    listed = {(bytes.fromhex(eid), bytes.fromhex(rev)): bytes.fromhex(digest) for eid, rev, digest in bucket["rows"]}
    assert open_bucket(ring(bucket), bucket["number"], stored) == listed
    sealed, previous, header = raw(manifest, "stored", "previous", "header")
    opened = Manifest(ring(manifest), manifest["place"], sealed, growing=False)
    assert (opened.counter, opened.previous, opened.header) == (manifest["counter"], previous, header)
    empty = {number: digest.hex() for number, digest in enumerate(opened.buckets) if digest != bytes(32)}
    assert {str(number): digest for number, digest in empty.items()} == manifest["buckets"]
    where = reader.make_context(
        b"mani", bytes.fromhex(manifest["vault"]), manifest["epoch"], manifest["place"].to_bytes(16, "big")
    )
    plain = reader.unseal(subkey(manifest, b"inventory"), where, sealed)
    assert plain[:72] == manifest["counter"].to_bytes(8, "big") + previous + header
    assert len(plain) == 72 + 32 * 256


def test_a_vault_cannot_be_told_from_its_bytes_but_for_what_is_written_down():
    """What stands in the clear: that it is a journal, ids, costs, hashes. No date, no kind, no device."""
    data = FROZEN.read_bytes()
    for word in (b"page", b"lamport", b"2026", b"device", b"parents", b"room", PASSWORD.encode()):
        assert word not in data
    assert CONTENTS["vault"].encode() in data


def test_the_page_about_the_format_has_the_tables_and_labels_of_the_program():
    written = (ROOT / "docs" / "vault-format.md").read_text("utf-8")
    for sql in TABLES.values():
        assert f"\n{sql}\n" in written
    for word in ("row ", "drft", "buck", "mani", "slot", "rec", "inventory", "draft", "header", slots.MAGIC):
        assert f"`{word}`" in written
    for word in ("`integration-journal/v1/` | purpose", "`integration-journal/v1/recovery` | vault id", "0x494A564C"):
        assert word in written


def test_what_is_frozen_is_never_written_over(tmp_path):
    path, known = tmp_path / "frozen.vault", tmp_path / "known.json"
    path.write_bytes(b"sealed")
    assert keep(path, {"vault": b"\1\2"}, known, {"key": b"\3"}) == 0
    assert json.loads(path.with_suffix(".json").read_text()) == {"vault": "0102"}
    assert json.loads(known.read_text()) == {"key": "03"}
    with pytest.raises(AlreadyThere):
        keep(path, {"vault": b"\4"}, tmp_path / "other.json", {})
    assert json.loads(path.with_suffix(".json").read_text()) == {"vault": "0102"}


# -- the frozen vault -----------------------------------------------------------------------------------------


@pytest.fixture
def frozen(tmp_path):
    return shutil.copy(FROZEN, tmp_path / "v1.vault")


@pytest.mark.parametrize("secret", ["password", "recovery_words"])
@pytest.mark.parametrize("read_only", [True, False])
def test_the_frozen_vault_opens_and_holds_what_it_held(frozen, tmp_path, secret, read_only):
    name = "password" if secret == "password" else "recovery_key"
    vault = Vault.open(frozen, **{name: CONTENTS[secret]}, read_only=read_only, state_dir=tmp_path)
    assert vault.report.ok
    assert vault.vault_id == CONTENTS["vault"]
    assert sorted(map(described, vault.revisions()), key=lambda one: one["rev"]) == [
        {**one, "parents": tuple(one["parents"])} for one in CONTENTS["entries"]
    ]
    assert sorted(map(described, vault.drafts()), key=lambda one: one["key"]) == CONTENTS["drafts"]
    vault.close()


def test_the_frozen_vault_can_be_written_to_and_backed_up(frozen, tmp_path):
    vault = Vault.open(frozen, password=CONTENTS["password"], state_dir=tmp_path)
    count = vault.report.rows
    vault.append([page("written by a later program")])
    vault.change_password("a password of today")
    assert vault.backup(tmp_path / "backup.vault").rows == count + 1
    vault.close()
    assert verify_file(frozen, password="a password of today", state_dir=tmp_path).ok


def test_a_vault_made_today_has_the_same_form(tmp_path):
    today = json.loads(as_json(sample(tmp_path / "today.vault")))
    random = {"vault", "recovery_words"}
    assert {key: value for key, value in today.items() if key not in {*random, "entries", "drafts"}} == {
        key: value for key, value in CONTENTS.items() if key not in {*random, "entries", "drafts"}
    }

    def lasting(entries: list[dict[str, Any]]) -> list[Any]:
        return sorted(sorted((key, str(value)) for key, value in one.items() if key in ("eid", "at", "kind", "body"))
                      for one in entries)  # fmt: skip

    assert lasting(today["entries"]) == lasting(CONTENTS["entries"])


def test_the_inventory_of_an_empty_vault_is_all_zeros():
    empty = Inventory()
    assert empty.bucket_digests == [bytes(32)] * 256
    assert (empty.counter, empty.previous, empty.before, empty.header) == (0, *[bytes(32)] * 3)
