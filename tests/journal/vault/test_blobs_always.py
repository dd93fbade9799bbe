"""Files while a process is killed, at every boundary; on a full disk; and far larger than the memory there is."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from pathlib import Path

import pytest

from journal.errors import StorageFailed, StorageFull
from journal.ids import new_id
from journal.records import encode
from journal.vault import NewRevision, verify_file
from tests.journal.service.entries import run_apart
from tests.journal.vault.dying import Dying
from tests.journal.vault.filing import LONG, attach, attachment, begin, content, files, noise, pieces, record_of
from tests.journal.vault.samples import by_words, draft, page, process, room, text_of
from tests.journal.vault.test_crash import killed_after


@pytest.fixture
def closed(made) -> tuple[Path, str]:
    vault, words = made
    attach(vault, noise(100, 2))
    vault.append([page("kept")])
    vault.close()
    return vault.path, words


def whole(path: Path, words: str, added: dict[str, bytes], more: int) -> None:
    """All that was said to be added is there, at most `more` others; nothing else is left, and it is written on."""
    assert verify_file(path, recovery_key=words, state_dir=path.parent).ok
    vault = by_words(path, words)
    assert vault.report.ok and not vault.read_only
    found = files(vault)
    assert added.items() <= found.items()
    assert len(found) <= len(added) + 1 + more  # and the one that was there before
    named = {attachment(one).blob for one in vault.revisions() if one.kind == "attachment"}
    assert {bid.hex() for bid, _, _ in pieces(path)} == named
    attach(vault, noise(LONG, 99))
    assert vault.verify().ok
    vault.close()


@pytest.mark.parametrize("run", range(6))
def test_killed_while_adding_nothing_half_of_a_file_is_left(closed, run):
    path, words = closed
    with process("attachings", path) as child:
        said = killed_after(child, 2 + 3 * run, random.Random(run))
    added = [line.split() for line in said if line.startswith("added")]
    whole(path, words, {eid: noise(LONG, int(number)) for _, number, eid in added}, 1)


def test_ended_at_any_boundary_of_adding_a_file_the_vault_is_whole(closed, tmp_path):
    path, words = closed
    ends, number = [], 0
    while not ends or ends[-1]:
        number += 1
        work = tmp_path / str(number) / "mine.vault"
        work.parent.mkdir()
        shutil.copy(path, work)
        child = os.fork()
        if child == 0:
            vault = by_words(work, words)
            dying = Dying(number)
            vault._file.connection.close()
            with dying.everywhere():
                vault._file = type(vault._file)(work)
                begun = begin(vault, noise(LONG, 1))
                new = NewRevision(eid="ab" * 16, kind="attachment", body=encode(record_of(begun)))
                vault.append([new], body=begun)
            os._exit(0)
        ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        assert ends[-1] in (0, 9)
        whole(work, words, {"ab" * 16: noise(LONG, 1)} if ends[-1] == 0 else {}, 1)
    assert len(ends) > 12


def test_a_full_disk_while_adding_loses_nothing_and_leaves_nothing(made):
    vault, words = made
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    kept = attach(vault, noise(LONG))
    vault.put_draft(draft("typed"))
    data = noise(12 * 2**20, 3)
    blob = vault.begin_blob()
    with room(vault.path.stat().st_size + 6 * 2**20), pytest.raises((StorageFull, StorageFailed)):
        for start in range(0, len(data), 2**20):
            vault.add_to_blob(blob, data[start : start + 2**20])
    vault.drop_blob(blob)
    assert len(pieces(vault.path)) == 3
    assert content(vault, kept) == noise(LONG)
    assert [text_of(one) for one in vault.drafts()] == ["typed"]
    written = attach(vault, data)  # there is room again
    assert content(vault, written) == data
    vault.close()
    whole(vault.path, words, {kept.eid: noise(LONG), written.eid: data}, 0)


def test_a_full_disk_can_be_gone_on_from(made):
    vault, _ = made
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    data = noise(4 * 2**20, 3)
    blob = vault.begin_blob()
    with room(vault.path.stat().st_size + 2**20), pytest.raises((StorageFull, StorageFailed)):
        vault.add_to_blob(blob, data)
    vault.add_to_blob(blob, b"")
    new = NewRevision(eid=new_id(), kind="attachment", body=encode(record_of(blob)))
    with room(2**12), pytest.raises((StorageFull, StorageFailed)):
        vault.append([new], body=blob)
    assert list(vault.revisions()) == []
    (written,) = vault.append([new], body=blob)
    assert content(vault, written) == data
    assert vault.verify().ok


_LARGE = """
import json, os, resource, sys
from pathlib import Path
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, page
from tests.journal.vault.filing import files

folder = Path(sys.argv[1])
service, words = JournalService.create(folder / "mine.vault", PASSWORD, profile=FAST, state_dir=folder)
eid = service.save(page("with a film")).eid
with (folder / "film.mp4").open("wb") as film:
    film.truncate(300 * 2**20)
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (900 * 2**20, resource.RLIM_INFINITY))
attaching = service.begin_attaching(eid, folder / "film.mp4")
steps = 0
while service.attach_some(attaching).saved is None:
    steps += 1
    if steps == 20:
        service.put_draft("d" * 32, page("typed meanwhile"))
(film,) = service.attachments(eid)
service.copy_out(film.eid, folder / "copy.mp4")
service.backup(folder / "backup.vault")
service.close()
again = JournalService.open(folder / "mine.vault", recovery_key=words, state_dir=folder)
said = {
    "steps": steps, "grown": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base,
    "size": (folder / "copy.mp4").stat().st_size, "film": film.record.size, "media": film.record.media,
    "draft": again.draft("d" * 32).record.text, "ok": again.report.ok,
}
again.close()
said["left"] = sorted(os.listdir(folder))
print(json.dumps(said))
"""


def test_a_file_of_300_mb_takes_little_memory_on_its_way_in_and_out(tmp_path):
    ended = run_apart(_LARGE, str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["size"] == said["film"] == 300 * 2**20
    assert (said["media"], said["draft"], said["ok"]) == ("video/mp4", "typed meanwhile", True)
    assert said["steps"] >= 150
    assert said["grown"] < 100 * 2**10  # KiB
    assert [name for name in said["left"] if not name.endswith(".json")] == [
        "backup.vault", "copy.mp4", "film.mp4", "mine.vault"
    ]  # fmt: skip
