"""The reader in docs/reader opens a vault without the program, shows the same, and says what is damaged."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journal.vault.filing import LONG, attach, noise, pieces, put_piece
from tests.journal.vault.samples import PASSWORD, ROOT, by_words, create, page
from tests.journal.vault.tampering import KEYS, Original, build, flipped, keys, put, put_back, surgery, value

READER = ROOT / "docs" / "reader" / "read_vault.py"
FROZEN = ROOT / "tests" / "vaults" / "v1.vault"


def read(
    vault: Path, folder: Path, option: str = "", secret: str = "", *more: str
) -> tuple[int, dict[str, Any], str]:
    """Status, what was printed, and what was said on standard error."""
    (folder / "secret").write_text(secret + "\n", encoding="utf-8")
    given = [option, str(folder / "secret")] if option else []
    command = [sys.executable, "-I", str(READER), str(vault), *given, *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Original:
    return build(tmp_path_factory.mktemp("original"))


@pytest.fixture
def work(original, tmp_path) -> Path:
    return shutil.copy(original.path, tmp_path / "work.vault")


def test_it_is_one_short_file_that_needs_only_cryptography():
    source = READER.read_text("utf-8")
    assert len(source.splitlines()) <= 350
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.split(".")[0] for name in imported} - sys.stdlib_module_names == {"cryptography"}


@pytest.mark.parametrize("option", ["--password-file", "--words-file"])
def test_it_reads_the_frozen_vault(tmp_path, option):
    contents = json.loads(FROZEN.with_suffix(".json").read_text("utf-8"))
    secret = contents["password" if option == "--password-file" else "recovery_words"]
    before = FROZEN.read_bytes()
    code, found, said = read(FROZEN, tmp_path, option, secret)
    assert (code, said, found["damage"], found["vault"]) == (0, "", [], contents["vault"])
    for name in ("entries", "drafts"):
        assert len(found[name]) == len(contents[name])
        for wanted in contents[name]:
            name_of = "rev" if name == "entries" else "key"
            (one,) = [one for one in found[name] if one[name_of] == wanted[name_of]]
            body = json.dumps(one["body"], ensure_ascii=False, separators=(",", ":")).encode()
            assert hashlib.sha256(body).hexdigest() == wanted["body_sha256"]
            same = set(wanted) - {"body", "body_sha256", "at"}
            assert {key: one[key] for key in same} == {key: wanted[key] for key in same}
    assert FROZEN.read_bytes() == before


def test_it_reads_a_vault_made_today(original, tmp_path):
    for option, secret in (("--password-file", PASSWORD), ("--words-file", original.words.upper())):
        code, found, _ = read(original.path, tmp_path, option, secret)
        assert (code, found["damage"]) == (0, [])
        assert {(one["eid"], one["rev"]): one["body"] for one in found["entries"]} == {
            key: json.loads(revision.body) for key, revision in original.revisions.items()
        }
        assert {one["key"]: one["body"] for one in found["drafts"]} == {
            key: json.loads(draft.body) for key, draft in original.drafts.items()
        }


@pytest.fixture
def filed(tmp_path) -> tuple[Path, str, dict[str, bytes]]:
    """A vault with files, its words, and what is in the files."""
    (tmp_path / "filed").mkdir()
    vault, words = create(tmp_path / "filed")
    written = {attach(vault, noise(size)).eid: noise(size) for size in (0, 1024, 2**20 - 16384, 2**20, LONG)}
    vault.close()
    return vault.path, words, written


def test_it_reads_files_and_writes_one_out(filed, tmp_path):
    path, words, written = filed
    code, found, _ = read(path, tmp_path, "--words-file", words)
    assert (code, found["damage"], len(found["entries"])) == (0, [], 5)
    for number, (eid, data) in enumerate(written.items()):
        out = tmp_path / f"out{number}"
        for code in (0, 1):  # nothing is overwritten
            assert read(path, tmp_path, "--words-file", words, "--attachment", eid, str(out))[0] == code
            assert out.read_bytes() == data
    assert read(path, tmp_path, "--words-file", words, "--attachment", "f" * 32, str(tmp_path / "no"))[0] == 1


@pytest.mark.parametrize("how", ["removed", "altered", "moved", "lengthened"])
def test_it_names_a_damaged_file_and_does_not_write_it(filed, tmp_path, how):
    path, words, written = filed
    for place in range(len(pieces(path))):
        work = shutil.copy(path, tmp_path / "work.vault")
        bid, n, stored = pieces(work)[place]
        put_piece(work, (bid, n), None)
        if how != "removed":
            last = len(stored) - 1
            changed = {"altered": flipped(stored, last), "moved": stored, "lengthened": stored + bytes(16)}[how]
            put_piece(work, (bid, n + (how == "moved") * 5), changed)
        code, found, said = read(work, tmp_path, "--words-file", words)
        assert (code, len(found["damage"]), said) == (3, 1, ""), (place, n, len(stored))
        eid = found["damage"][0].split()[1]
        assert found["damage"] == [f"blob {eid} is damaged"] and eid in written
        out = tmp_path / "out"
        assert read(work, tmp_path, "--words-file", words, "--attachment", eid, str(out))[0] == 1
        assert not out.exists()


@pytest.mark.parametrize("table", [table for table in KEYS if table != "draft"])
def test_it_names_a_removed_row(original, work, tmp_path, table):
    key, *_ = keys(work, table)
    put(work, table, key, None)
    code, found, _ = read(work, tmp_path, "--words-file", original.words)
    assert code == 3
    names = {"meta": "header", "slot": "slot", "rec": key[0].hex() if table == "rec" else ""}
    assert names.get(table, table) in " ".join(found["damage"])


@pytest.mark.parametrize("table", KEYS)
def test_it_names_an_altered_row_and_shows_the_rest(original, work, tmp_path, table):
    key, *_ = keys(work, table)
    put(work, table, key, flipped(value(work, table, key), 60))
    code, found, _ = read(work, tmp_path, "--words-file", original.words)
    assert code == 3
    shown = {(one["eid"], one["rev"]): one["body"] for one in found["entries"]}
    good = {key: json.loads(revision.body) for key, revision in original.revisions.items()}
    assert shown.items() <= good.items()
    assert len(shown) == len(good) - (table == "rec")


@pytest.mark.parametrize("table", ["meta", "bucket", "list", "list_copy", "segment", "manifest"])
def test_it_names_what_was_put_back_from_an_older_copy(original, work, tmp_path, table):
    put_back(work, original.older, table)
    code, *_ = read(work, tmp_path, "--words-file", original.words)
    assert code == (1 if table == "meta" else 3)  # an older header lists other words


@pytest.mark.parametrize(("option", "secret"), [
    ("--password-file", "seven loud geese"), ("--words-file", "abandon " * 14 + "address"),
    ("--words-file", "some words"),
])  # fmt: skip
def test_a_wrong_secret_opens_nothing(work, tmp_path, option, secret):
    code, found, said = read(work, tmp_path, option, secret)
    assert (code, found) == (1, {})
    assert "Traceback" not in said
    assert said


@pytest.mark.parametrize("content", [b"", b"words", b"SQLite format 3\0" + bytes(2000)], ids=len)
def test_another_file_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "other.vault").write_bytes(content)
    code, found, said = read(tmp_path / "other.vault", tmp_path, "--password-file", PASSWORD)
    assert (code, found, len(said.splitlines())) == (1, {}, 1)


def test_a_file_with_a_view_in_it_is_refused(original, work, tmp_path):
    with surgery(work) as db:
        db.execute("CREATE VIEW more AS SELECT 1")
    code, _, said = read(work, tmp_path, "--words-file", original.words)
    assert (code, len(said.splitlines())) == (1, 1)


def test_flipped_bytes_never_show_altered_text(original, work, tmp_path):
    data = original.path.read_bytes()
    good = {key: json.loads(revision.body) for key, revision in original.revisions.items()}
    for place in range(1000, len(data), 17_011):
        work.write_bytes(flipped(data, place))
        code, found, said = read(work, tmp_path, "--words-file", original.words)
        assert code in (0, 1, 3), said
        assert "Traceback" not in said
        shown = {(one["eid"], one["rev"]): one["body"] for one in found.get("entries", ())}
        assert shown.items() <= good.items()
        assert code != 0 or shown == good


def test_told_nothing_it_says_how_it_is_used(tmp_path):
    done = subprocess.run([sys.executable, str(READER)], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "--words-file FILE" in done.stderr


@pytest.mark.parametrize("added", ["meta VALUES ('note', x'00')", "cache VALUES ('k', 1, x'00')"])
def test_it_names_what_was_added_where_the_format_has_nothing(original, work, tmp_path, added):
    with surgery(work) as db:
        db.execute(f"INSERT INTO {added}")
    code, found, _ = read(work, tmp_path, "--words-file", original.words)
    assert (code, found["damage"]) == (3, ["something was added to the tables meta or cache"])
    assert len(found["entries"]) == len(original.revisions)


@pytest.mark.parametrize("tables", [["list"], ["list_copy"], ["list", "list_copy"]])
def test_it_and_the_program_agree_where_a_list_was_put_in_that_nothing_names(tmp_path, tables):
    """In a young vault, of which no bucket was written yet: what is not named by its manifest does not belong."""
    vault, words = create(tmp_path)
    (kept,) = vault.append([page("kept")])
    shutil.copy(vault.path, tmp_path / "older.vault")
    (gone,) = vault.append([page("purged")])
    place = (bytes.fromhex(gone.eid), bytes.fromhex(gone.rev))
    sealed = value(vault.path, "rec", place)
    vault.close()
    shutil.copy(tmp_path / "older.vault", vault.path)
    put(vault.path, "rec", place, sealed)
    for table in tables:
        put(vault.path, table, (0,), b"\0")
    _, found, _ = read(vault.path, tmp_path, "--words-file", words)
    assert [one["eid"] for one in found["entries"]] == [kept.eid]
    again = by_words(vault.path, words)
    assert [one.eid for one in again.revisions()] == [kept.eid]
    assert {entry.what for entry in again.report.damage} == {"list", "extra"}
    again.close()
    assert len(found["damage"]) == len(tables) + 1
