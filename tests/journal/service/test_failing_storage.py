"""When the disk fails in the middle of a save: the entry before, the draft and the window's view are all intact."""

from __future__ import annotations

import json

from tests.journal.service.entries import held, page, run_apart

_SCRIPT = """
import json, os, resource, signal, sys
from pathlib import Path
from journal.errors import JournalError
from journal.records import Settings
from journal.service import JournalService
from journal.store import Query
from tests.journal.service.entries import PASSWORD, held, page

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
path = Path(sys.argv[1])
service = JournalService.open(path, password=PASSWORD, state_dir=Path(sys.argv[2]))
said = {}
eid = service.save(page("first")).eid
service.put_draft(eid, page("second, not saved yet"))
assert service.count(Query(text="first")) == 1  # the search is ready, and must not run ahead of the file
room = {"none": 512, "little": path.stat().st_size + 20_000}[sys.argv[3]]
resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
for what, change in {
    "save": lambda: service.save(page("second " * 60_000), eid),
    "many": lambda: service.save_many([page("third " * 60_000), page("fourth")]),
    "settings": lambda: service.save_settings(Settings(name="x" * 100_000)),
    "draft": lambda: service.put_draft(eid, page("fifth " * 60_000)),
    "cover": lambda: service.cover(eid),
}.items():
    try:
        change()
        said[what] = "done"
    except JournalError as error:
        said[what] = type(error).__name__
said["held"] = [record.text for record in held(service).values()]
said["draft now"] = service.draft(eid).record.text
said["undo"] = service.undo_label
said["covered"] = [service.get(eid).record.covered, service.draft(eid).record.covered]
said["found"] = [service.count(Query(text=word)) for word in ("first", "second", "third", "fourth")]
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
if sys.argv[4] == "later":
    service.save(page("second " * 60_000), eid)
    said["after"] = len(service.get(eid).record.text)
print(json.dumps(said), flush=True)
os._exit(0)
"""


def _fail(service, path, tmp_path, room: str, then: str) -> dict[str, object]:
    service.close()
    ended = run_apart(_SCRIPT, str(path), str(tmp_path / "state"), room, then)
    assert ended.returncode == 0, ended.stderr
    said: dict[str, object] = json.loads(ended.stdout)
    return said


def test_nothing_is_lost_when_there_is_no_room(service, reopen, path, tmp_path):
    said = _fail(service, path, tmp_path, "none", "stop")
    for what in ("save", "many", "settings", "draft"):
        assert said[what] in ("StorageFull", "StorageFailed")
    assert said["held"] == ["first"]
    assert said["draft now"] == "second, not saved yet"
    assert said["undo"] == "Undo adding the journal page"
    assert said["cover"] in ("StorageFull", "StorageFailed")
    assert said["covered"] == [False, False]  # what was refused was not done, in the entry or in the draft
    assert said["found"] == [1, 0, 0, 0]
    again = reopen()
    assert again.report.ok
    assert [record.text for record in held(again).values()] == ["first"]
    assert [draft.record.text for draft in again.drafts()] == ["second, not saved yet"]


def test_nothing_is_lost_when_the_room_ends_in_the_middle(service, reopen, path, tmp_path):
    said = _fail(service, path, tmp_path, "little", "stop")
    assert said["save"] in ("StorageFull", "StorageFailed")
    assert said["many"] in ("StorageFull", "StorageFailed")
    assert said["held"] == ["first"]
    assert said["covered"] == [said["cover"] == "done"] * 2
    again = reopen()
    assert again.report.ok
    assert again.verify().ok
    assert [record.text for record in held(again).values()] == ["first"]
    assert [draft.record.text for draft in again.drafts()] == ["second, not saved yet"]


def test_saving_works_again_when_there_is_room(service, reopen, path, tmp_path):
    said = _fail(service, path, tmp_path, "little", "later")
    assert said["after"] == len("second " * 60_000)
    again = reopen()
    assert list(held(again).values()) == [page("second " * 60_000)]
    assert again.drafts() == ()
    assert again.verify().ok
