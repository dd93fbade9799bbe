"""A thousand entries from another journal: taken in, unlocked, searched, edited, exported, and moved on unchanged."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journal.cli import main
from journal.cli.common import Env
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, held

COUNT = 1000
_WORDS = [
    "river", "morning", "Straße", "🌊", "quiet", "e\u0301", "\u05e9\u05dc\u05d5\u05dd", "garden", "light", "=1+1",
    "|", "**so**", "\\n", "NUL\0", "it",
]  # fmt: skip


def jrnl_export() -> dict[str, object]:
    """A thousand entries over three years, as jrnl exports them. Some say the same, and some hold odd things."""
    entries = []
    for number in range(COUNT):
        when = datetime(2023, 1, 1, 6, 30) + timedelta(hours=26 * (number - number % 50 // 49), minutes=number % 7)
        words = [_WORDS[(number * step) % len(_WORDS)] for step in range(1, 40 + number % 60)]
        tag = f"@tag{number % 12}"
        entries.append(
            {
                "title": f"Day {number}." if number % 5 else "",
                "body": f"{' '.join(words)}\n\n{tag} needle{number}" if number % 50 else "the same again",
                "date": f"{when:%Y-%m-%d}",
                "time": f"{when:%H:%M}",
                "tags": [tag],
                "starred": number % 10 == 0,
            }
        )
    return {"tags": {f"@tag{number}": 84 for number in range(12)}, "entries": entries}


@pytest.fixture
def run(tmp_path, capfd):
    """The command line; what it wrote to standard output."""
    env = Env(state_dir=tmp_path / "state", profile=FAST)
    password = tmp_path / "password"
    password.write_text(PASSWORD + "\n")

    def command(*arguments: str | Path) -> str:
        status = main([*map(str, arguments), "--password-file", str(password)], env)
        said = capfd.readouterr()
        assert status == 0, said.err
        return said.out

    return command


def test_a_thousand_entries(tmp_path, run):
    source = jrnl_export()
    (tmp_path / "jrnl.json").write_text(json.dumps(source, indent=2))
    first, second = tmp_path / "first.vault", tmp_path / "second.vault"
    run("new", first)
    brought = json.loads(run("import", first, tmp_path / "jrnl.json", "--json"))
    assert brought == {"format": "jrnl", "added": COUNT, "already_there": 0, "refused": []}
    brought = json.loads(run("import", first, tmp_path / "jrnl.json", "--json"))
    assert (brought["added"], brought["already_there"]) == (0, COUNT)

    service = JournalService.open(first, password=PASSWORD, state_dir=tmp_path / "state")
    assert service.report.ok
    told = sorted(entry["body"] for entry in source["entries"])
    assert sorted(record.text for record in held(service).values()) == told
    assert service.count() == COUNT
    (row,) = service.rows(Query(text="needle777"))
    assert service.get(row.eid).record.title == "Day 777."
    assert service.count(Query(text="needle77")) == 11  # 77 and 770 to 779
    assert service.count(Query(text="same again")) == 20
    assert service.count(Query(tag="tag3")) == 84
    assert service.count(Query(text="strasse")) == service.count(Query(text="Straße")) > 100
    record = service.get(row.eid).record
    edited = record.__class__(at=record.at, title="Edited", text=record.text + " needlenew", source=record.source)
    service.save(edited, row.eid)
    assert [one.eid for one in service.rows(Query(text="needlenew"))] == [row.eid]
    service.close()

    run("export", first, "--format", "json", "-o", tmp_path / "1.json")
    run("new", second)
    brought = json.loads(run("import", second, tmp_path / "1.json", "--json"))
    assert brought == {"format": "integration-journal", "added": COUNT, "already_there": 0, "refused": []}
    run("export", second, "--format", "json", "-o", tmp_path / "2.json")
    one, two = (json.loads((tmp_path / name).read_bytes()) for name in ("1.json", "2.json"))
    assert one["records"] == two["records"]
    assert len(one["records"]) == COUNT
    assert sum(record["title"] == "Edited" for record in two["records"]) == 1
    for format in ("markdown", "csv"):
        run("export", second, "--format", format, "-o", tmp_path / format)
    assert (tmp_path / "markdown").read_text().count("\n## ") == COUNT
    for vault in (first, second):
        assert json.loads(run("verify", vault, "--json"))["ok"]
        assert b"needle" not in vault.read_bytes()
