"""Small journals that open by a snapshot as large ones do, and all that can be asked of a journal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from journal.clock import FixedClock
from journal.errors import JournalError
from journal.records import Writing
from journal.service import JournalService
from journal.store import Query

QUERIES = (
    Query(), Query(newest_first=False), Query(limit=2), Query(limit=3, newest_first=False),
    *(Query(kinds=frozenset([kind])) for kind in ("page", "experience", "checkin", "session", "course", "receipt")),
    *(Query(tag=tag) for tag in ("sea", "Sea", "calm")),
    *(
        Query(text=text)
        for text in ("sea", "s", "ive", "well-k", "don't", "straße gard", "50 mg", "gone", "changed river", "ell-kn")
    ),
    Query(text="ri", kinds=frozenset(["page", "experience"]), limit=2),
    Query(text="river", newest_first=False, tag="sea"),
)  # fmt: skip


def lower(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as large is small, and a snapshot of it has many parts, for as long as the patch holds."""
    for name, value in {
        "journal.vault.cached.SMALL": 0,
        "journal.service.snapshots._FEW": 3,
        "journal.service.snapshots._TEXTS": 3,
        "journal.service.snapshots.LINES": 4,
        "journal.store.base.LINES": 4,
        "journal.store.base._KEPT": 2,
        "journal.store.base_index.PLACES": 8,
        "journal.service.snapshots.PLACES": 8,
        "journal.vault.inventory.Inventory.room": 2,
        "journal.vault.inventory.Inventory.most": 2,
    }.items():
        monkeypatch.setattr(name, value)


def cache_of(state: Path) -> Path:
    """Where the one journal of a state folder has its snapshot."""
    (note,) = state.glob("*.json")
    return note.with_suffix(".cache")


def settle(service: JournalService, seconds: float | None = None) -> list[Any]:
    """Let everything behind go on to its end; what was reported."""
    said, more = [], True
    while more:
        behind = service.go_on(seconds)
        more = behind.more
        said += [behind.report] if behind.report is not None else []
    return said


def by_snapshot(service: JournalService) -> bool:
    """Whether most of it stands in a base."""
    return service._items.base is not None


def plainly(path: Path, words: str, clock: FixedClock, folder: Path, *, read_only: bool = False) -> JournalService:
    """The same file, opened where there is no snapshot: every row is read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = folder / path.name
    shutil.copy(path, copy)
    opened = JournalService.open(
        copy, recovery_key=words, clock=clock, state_dir=folder / "state", read_only=read_only
    )
    assert opened._vault.checked and not by_snapshot(opened)
    return opened


def answers(service: JournalService, eids: list[str]) -> dict[str, Any]:
    """All that is shown of a journal, but for what goes through all of it first."""
    sessions = [one.eid for one in service.sessions()]
    courses = [one.eid for one in service.courses()]
    queries = [*QUERIES, *(Query(session=one) for one in sessions), *(Query(course=one) for one in courses)]
    found: dict[str, Any] = {f"rows {query}": service.rows(query) for query in queries}
    found |= {f"count {query}": service.count(query) for query in queries[:4]}
    for eid in eids:
        found[f"item {eid}"] = service.find(eid)
        found[f"versions {eid}"] = service.versions(eid)
        found[f"files {eid}"] = service.attachments(eid)
        found[f"sides {eid}"] = _or_error(lambda eid=eid: [one.rev for one in service.sides(eid)])
        found[f"draft {eid}"] = service.draft(eid)
    found |= {f"of course {one}": (service.sessions(one), service.chart(one)) for one in courses}
    found |= {f"session {one}": service.session(one) for one in sessions}
    return found | {
        "sessions": service.sessions(),
        "courses": service.courses(),
        "today": service.today(),
        "chart": service.chart(),
        "tags": service.tags(),
        "removed": service.removed(),
        "apart": service.apart(),
        "ledger": service.ledger(),
        "settings": service.settings(),
        "unreadable": service.unreadable,
        "drafts": service.drafts(),
        "report": msgspec.structs.replace(service.report, older_than_seen=None, rows=0),
        "purged": service._vault.purged_eids(),
        "lamport": service._vault._lamport,
        "bodies": sorted(service._vault._bodies),
    }


def exports(service: JournalService, folder: Path) -> dict[str, Any]:
    """All that leaves it."""
    found: dict[str, Any] = {}
    for format in ("json", "markdown", "csv"):
        path = folder / f"exported.{format}"
        path.unlink(missing_ok=True)
        made = service.export(format, path)
        found[format] = (path.read_bytes(), msgspec.structs.replace(made, path=Path()))
    found["items"] = sorted(service.items(), key=lambda item: item.eid)
    found["writings"] = sorted(item.eid for item in service.items() if isinstance(item.record, Writing))
    return found


def must_answer_alike(service: JournalService, other: JournalService, eids: list[str]) -> None:
    """Whatever is asked, both say the same."""
    one, two = answers(service, eids), answers(other, eids)
    assert one.keys() == two.keys()
    for name, said in two.items():
        assert {name: one[name]} == {name: said}


def _or_error(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except JournalError as error:
        return type(error)


# -- what may happen to a snapshot's file ---------------------------------------------------------------------


def spoil(cache: Path, how: str, at: int, older: Path | None, foreign: Path | None) -> None:
    """Do something to a snapshot: `at` says where in it."""
    data = cache.read_bytes() if cache.is_file() else b""
    cache.unlink(missing_ok=True)
    if how == "cut":
        cache.write_bytes(data[: at % (len(data) + 1)])
    elif how == "flipped" and data:
        place = at % len(data)
        cache.write_bytes(data[:place] + bytes([data[place] ^ (1 << at % 8)]) + data[place + 1 :])
    elif how == "lengthened":
        cache.write_bytes(data + data[: 1 + at % 40])
    elif how == "empty":
        cache.write_bytes(b"")
    elif how == "noise":
        cache.write_bytes(os.urandom(1 + at % 5000))
    elif how == "older" and older is not None:
        shutil.copy(older, cache)
    elif how == "foreign" and foreign is not None:
        shutil.copy(foreign, cache)
    elif how == "folder":
        cache.mkdir()
    elif how == "pipe":
        os.mkfifo(cache)
    elif how == "link":
        cache.symlink_to(older or "nowhere")
    elif how == "as it is" and data:
        cache.write_bytes(data)


SPOILT = (
    "as it is", "as it is", "as it is", "removed", "cut", "flipped", "flipped", "lengthened", "empty", "noise",
    "older", "older", "foreign", "folder", "pipe", "link",
)  # fmt: skip
