"""Format 2 is frozen: known answers for the seals of files, and a vault with files that must open for ever.

Each answer is worked out twice: by the program, and by the reader in docs/reader, which shares no code with it.
"""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal.vault import Vault, verify_file
from journal.vault.bodies import padded
from journal.vault.keys import KeyRing, context
from journal.vault.sealing import CHUNK, PIECE, Sealer, _derive, row_lengths
from tests.journal.vault.filing import attach, content, files, noise
from tests.journal.vault.samples import ROOT, page
from tests.journal.vault.test_format import reader
from tests.journal.vault.test_reader import read
from tests.vaults.make import described
from tests.vaults.make_attachments import FILES, data

FROZEN = ROOT / "tests" / "vaults" / "v2-attachments.vault"
CONTENTS = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
KNOWN = json.loads((ROOT / "tests" / "vectors" / "vault-v2-attachments.json").read_text("utf-8"))


@pytest.mark.parametrize("stream", KNOWN["streams"], ids=lambda stream: str(stream["size"]))
def test_a_stream_in_rows(stream):
    vault, vault_key, blob = (bytes.fromhex(KNOWN[name]) for name in ("vault", "vault_key", "blob"))
    key, where = bytes.fromhex(KNOWN["key"]), bytes.fromhex(KNOWN["context"])
    ring = KeyRing(vault, KNOWN["epoch"], vault_key)
    assert ring._sub(b"blob") == reader.subkey(vault_key, b"blob", vault, KNOWN["epoch"]) == key
    assert context(b"blob", vault, KNOWN["epoch"], blob) == where
    assert reader.make_context(b"blob", vault, KNOWN["epoch"], blob) == where
    assert padded(stream["size"]) == reader.padded(stream["size"]) == stream["padded"]
    assert row_lengths(stream["padded"]) == stream["lengths"]
    plain = (b"x" * stream["size"]).ljust(stream["padded"], b"\0")
    sealer = Sealer(key, where)
    salt = bytes.fromhex(stream["salt"])
    derived = _derive(key, where, salt)
    assert derived[32:].hex() == stream["commitment"]
    sealer.head, sealer._cipher = b"\x01" + salt + derived[32:], AESGCM(derived[:32])
    full = len(plain) // PIECE
    rows = [sealer.row(plain[n * PIECE : (n + 1) * PIECE]) for n in range(full)]
    rows.append(sealer.last(plain[full * PIECE :]))
    assert [hashlib.sha256(row).hexdigest() for row in rows] == stream["rows_sha256"]
    assert reader.unseal(key, where, b"".join(rows)) == plain
    opener = ring.open_blob(blob, rows[0])
    assert b"".join(opener.row(n, row, final=n == full) for n, row in enumerate(rows)) == plain


@pytest.fixture
def frozen(tmp_path):
    return shutil.copy(FROZEN, tmp_path / "v2.vault")


@pytest.mark.parametrize("secret", ["password", "recovery_words"])
@pytest.mark.parametrize("read_only", [True, False])
def test_the_frozen_vault_opens_and_holds_what_it_held(frozen, tmp_path, secret, read_only):
    name = "password" if secret == "password" else "recovery_key"
    vault = Vault.open(frozen, **{name: CONTENTS[secret]}, read_only=read_only, state_dir=tmp_path)
    assert vault.report.ok and vault.read_only == read_only
    revisions = list(vault.revisions())
    assert sorted(map(described, revisions), key=lambda one: one["rev"]) == [
        {**one, "parents": tuple(one["parents"])} for one in CONTENTS["entries"]
    ]
    held = files(vault)
    for number, (wanted, (file_name, size)) in enumerate(zip(CONTENTS["files"], FILES, strict=True)):
        assert (wanted["name"], wanted["size"]) == (file_name, size)
        assert held[wanted["eid"]] == data(number, size)
    removed = next(one for one in revisions if one.eid == CONTENTS["removed"]["eid"] and not one.deleted)
    assert content(vault, removed) == b"removed, and still in the file"
    assert vault.verify().ok
    vault.close()


def test_the_frozen_vault_can_be_written_to_and_backed_up(frozen, tmp_path):
    vault = Vault.open(frozen, password=CONTENTS["password"], state_dir=tmp_path)
    written = attach(vault, noise(CHUNK))
    vault.append([page("written by a later program")])
    vault.rotate("a password of today")
    vault.backup(tmp_path / "backup.vault")
    assert content(vault, written) == noise(CHUNK)
    vault.close()
    for path in (frozen, tmp_path / "backup.vault"):
        assert verify_file(path, password="a password of today", state_dir=tmp_path).ok


def test_the_reader_reads_it(tmp_path):
    before = FROZEN.read_bytes()
    secret = CONTENTS["recovery_words"]
    code, found, said = read(FROZEN, tmp_path, "--words-file", secret)
    assert (code, said, found["damage"], len(found["entries"])) == (0, "", [], len(CONTENTS["entries"]))
    for wanted in CONTENTS["files"]:
        out = tmp_path / wanted["eid"]
        assert read(FROZEN, tmp_path, "--words-file", secret, "--attachment", wanted["eid"], str(out))[0] == 0
        assert hashlib.sha256(out.read_bytes()).hexdigest() == wanted["sha256"]
    assert FROZEN.read_bytes() == before


def test_no_name_or_kind_of_a_file_can_be_read_in_it():
    stored = FROZEN.read_bytes()
    for name, _ in FILES:
        assert name.encode() not in stored
    for word in (b"attachment", b"octet", b"removed, and", *(one["sha256"].encode() for one in CONTENTS["files"])):
        assert word not in stored
    assert data(3, PIECE + 4321)[:16] not in stored
