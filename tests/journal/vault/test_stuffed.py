"""What was put into the file where the format has nothing, or more of it than there can be: named, and never held in
memory, since nobody vouches for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from journal.vault import Vault
from journal.vault.salvage import look_through, repair
from tests.journal.vault.samples import ROOT
from tests.journal.vault.tampering import Original, build, judge, surgery


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Original:
    return build(tmp_path_factory.mktemp("original"))


@pytest.fixture
def work(original, tmp_path) -> Path:
    return shutil.copy(original.path, tmp_path / "work.vault")


@pytest.mark.parametrize(
    "added",
    ["meta VALUES ('note', x'00')", "meta VALUES ('header2', zeroblob(20000000))", "cache VALUES ('k', 1, x'00')",
     "cache VALUES ('k', 1, zeroblob(20000000))", "slot SELECT id, copy + 2, v FROM slot",
     "manifest SELECT n + 2, v FROM manifest", "bucket VALUES (256, zeroblob(6000000))", "bucket VALUES (-1, x'00')",
     "segment VALUES (56, x'00')", "list VALUES (1, x'00')", "list_copy VALUES (7, zeroblob(6000000))"],
    ids=str,
)  # fmt: skip
def test_what_was_put_where_the_format_has_nothing_is_named_and_not_read(original, work, tmp_path, added):
    with surgery(work) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute(f"INSERT INTO {added}")
    verdict = judge(work, original)
    assert verdict.named == {"extra"}  # SQLite's own check may find it as well
    assert verdict.report.rows == len(original.revisions)
    with closing(Vault.open(work, recovery_key=original.words, state_dir=tmp_path)) as vault:
        assert {entry.what for entry in vault.verify().damage} - {"file"} == {"extra"}
        repair(vault, look_through(vault, []))
    mended = judge(work, original, read_only=False)
    assert mended.outcome == "clean"


_READ_IN_A_CHILD = """
import resource, sys
from pathlib import Path
from journal.errors import JournalError
from journal.vault import Vault
from journal.vault.backups import vault_of

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10  # MiB, on Linux

small, large = Path(sys.argv[1]), Path(sys.argv[2])
for path in (small, large):
    vault_of(path)
    for secret in sys.argv[3:]:
        try:
            Vault.open(path, recovery_key=secret, state_dir=path.parent).close()
        except JournalError:
            pass
    print(most())
"""


@pytest.mark.parametrize("table", ["meta", "slot", "bucket", "segment", "draft"])
def test_a_file_stuffed_with_the_largest_values_takes_no_more_memory(original, work, tmp_path, table):
    """Two dozen of 6 MiB, put in by somebody without a secret: each is let go before the next."""
    large = shutil.copy(work, tmp_path / "large.vault")
    with surgery(large) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute("PRAGMA synchronous=OFF")
        for number in range(24):
            size = 6 * 2**20 - 100
            values = {"meta": (f"x{number}",), "slot": (b"x" * 16, number), "draft": (bytes([number]) * 16,)}
            places = values.get(table, (number + (30 if table == "segment" else 0),))
            marks = ", ".join("?" * len(places))
            db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks}, zeroblob({size}))", places)
    wrong = "abandon " * 14 + "address"
    done = subprocess.run(
        [sys.executable, "-c", _READ_IN_A_CHILD, str(work), str(large), wrong, original.words],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    before, after = map(int, done.stdout.split())
    assert after - before < 60, "some values at a time, not all 140 MiB of them"
