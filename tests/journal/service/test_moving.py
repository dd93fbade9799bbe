"""In and out of an open journal: all of a file or nothing of it, twice is once, and nobody's choices are replaced."""

from __future__ import annotations

import json

import msgspec
import pytest

from journal.errors import AlreadyThere, ImportFailed, JournalError, NotFound
from journal.records import CheckIn, Page, Settings, encode
from journal.service import JournalService
from journal.store import Query
from journal.vault import FAST, NewRevision, Vault
from tests.journal.exchange.files import BAD, WORD, checkin, jrnl, jrnl_entry, ours, put
from tests.journal.exchange.files import page as own_page
from tests.journal.service.entries import PASSWORD, at, course_of_two, held, page


@pytest.fixture
def other(tmp_path, clock):
    made, _ = JournalService.create(
        tmp_path / "other.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state"
    )
    yield made
    made.close()


def records(path) -> list[dict[str, object]]:
    return json.loads(path.read_bytes())["records"]


def test_jrnl_twice_is_once_and_is_one_step(service, tmp_path):
    text = jrnl(*(jrnl_entry(body=f"{WORD} {number}") for number in range(3)), jrnl_entry(), jrnl_entry())
    first = service.import_file(put(tmp_path, text))
    assert (first.format, first.added, first.already_there, first.refused) == ("jrnl", 5, 0, ())
    assert first.change.kinds == {"page"}
    assert len(first.change.eids) == 5
    assert service.undo_label == "Undo importing 5 entries"
    assert service.count(Query(text=WORD)) == 5
    again = service.import_file(put(tmp_path, text))
    assert (again.added, again.already_there) == (0, 5)
    assert again.change == first.change.__class__()
    service.undo()
    assert held(service) == {}


def test_a_later_export_of_jrnl_brings_only_what_is_new(service, reopen, tmp_path):
    service.import_file(put(tmp_path, jrnl(jrnl_entry(body="one"))))
    again = reopen().import_file(put(tmp_path, jrnl(jrnl_entry(body="one"), jrnl_entry(body="two"))))
    assert (again.added, again.already_there) == (1, 1)


def test_an_imported_entry_that_was_changed_here_is_left(service, tmp_path):
    service.import_file(put(tmp_path, jrnl(jrnl_entry())))
    ((eid, record),) = held(service).items()
    service.save(Page(at=record.at, text="mine now", source=record.source), eid)
    assert service.import_file(put(tmp_path, jrnl(jrnl_entry()))).already_there == 1
    assert service.get(eid).record.text == "mine now"


def test_a_whole_journal_moves_and_stays_the_same(service, other, tmp_path):
    course_of_two(service, "c" * 32)
    service.save_settings(Settings(name="Jona"))
    twins = [page("same", source="jrnl:twin"), page("same", source="jrnl:twin")]
    service.save_many(twins)
    exported = service.export("json", tmp_path / "1.json")
    assert (exported.format, exported.records) == ("json", 10)
    brought = other.import_file(tmp_path / "1.json")
    assert (brought.added, brought.already_there, brought.refused) == (10, 0, ())
    other.export("json", tmp_path / "2.json")
    assert records(tmp_path / "2.json") == records(tmp_path / "1.json")
    assert {eid: encode(record) for eid, record in held(other).items()} == {
        eid: encode(record) for eid, record in held(service).items()
    }
    assert other.settings().name == "Jona"
    assert other.import_file(tmp_path / "1.json").added == 0


def test_what_the_file_says_otherwise_becomes_the_newest_version_and_can_be_undone(service, tmp_path):
    saved = service.save(page("older"))
    service.export("json", tmp_path / "old.json")
    service.save(page("newer"), saved.eid)
    assert service.import_file(tmp_path / "old.json").added == 1
    assert service.get(saved.eid).record.text == "older"
    assert [version.record.text for version in service.versions(saved.eid)] == ["older", "newer", "older"]
    service.undo()
    assert service.get(saved.eid).record.text == "newer"


@pytest.mark.parametrize("later", [False, True])
def test_undoing_an_import_leaves_settings_that_were_chosen_since(service, other, tmp_path, later):
    other.save_settings(Settings(name="Other", lock_minutes=3))
    other.save(page("From elsewhere"))
    other.export("json", tmp_path / "all.json")
    service.import_file(tmp_path / "all.json")
    assert service.settings().name == "Other"
    if later:
        service.save_settings(msgspec.structs.replace(service.settings(), name="Chosen later"))
    service.undo()
    assert not service.rows()
    settings = service.settings()
    assert (settings.name, settings.lock_minutes == 3) == (("Chosen later", True) if later else ("", False))
    service.redo()
    assert (len(service.rows()), service.settings().name) == (1, "Chosen later" if later else "Other")


def test_the_settings_of_this_journal_are_not_replaced(service, other, reopen, tmp_path):
    other.save_settings(Settings(name="Other", lock_minutes=0))
    other.export("json", tmp_path / "other.json")
    service.save_settings(Settings(name="Mine", lock_minutes=3))
    brought = service.import_file(tmp_path / "other.json")
    assert (brought.added, brought.already_there) == (0, 1)
    assert service.settings().name == "Mine"
    assert reopen().settings().lock_minutes == 3


def test_blanks_stay_blanks(service, tmp_path):
    service.import_file(put(tmp_path, ours(checkin(1, mood=0), checkin(2, mood=None, calm=4))))
    assert held(service)[f"{1:032x}"] == CheckIn(at=held(service)[f"{1:032x}"].at, mood=0)
    service.export("json", tmp_path / "out.json")
    assert [(one["mood"], one["calm"], one["sleep"]) for one in records(tmp_path / "out.json")] == [
        (0, None, None), (None, 4, None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_nothing_at_all_comes_from_a_bad_file(service, path, tmp_path, name):
    service.save(page("mine"))
    before, label = path.read_bytes(), service.undo_label
    with pytest.raises(ImportFailed):
        service.import_file(put(tmp_path, BAD[name]))
    assert [record.text for record in held(service).values()] == ["mine"]
    assert service.undo_label == label
    assert path.read_bytes() == before


def test_what_could_be_read_comes_in_and_the_rest_is_named(service, tmp_path):
    brought = service.import_file(put(tmp_path, ours(own_page(1), own_page(2, text=5), own_page(1), own_page(3))))
    assert brought.added == 2
    assert [line.split(":")[0] for line in brought.refused] == ["entry 2", "entry 3"]
    assert WORD not in " ".join(brought.refused)


def test_a_file_whose_ids_begin_alike_does_no_harm(service, reopen, tmp_path, monkeypatch):
    """All of them would stand in one part of the list of what belongs, longer than any that is read again."""
    monkeypatch.setattr("journal.vault.inventory.MOST", 20)
    mine = service.save(page("mine")).eid
    service.export("json", tmp_path / "mine.json")
    whole = json.loads((tmp_path / "mine.json").read_bytes())
    (record,) = [one for one in whole["records"] if one["eid"] == mine]
    whole["records"] = [{**record, "eid": f"00{number:030x}"} for number in range(30)]
    (tmp_path / "many.json").write_text(json.dumps(whole))
    with pytest.raises(JournalError, match="begin alike, so nothing was written"):
        service.import_file(tmp_path / "many.json")
    assert held(service) == {mine: page("mine")}
    again = reopen()
    assert again.report.ok and not again.read_only
    again.save(page("later"))


def test_an_import_into_a_journal_for_reading_changes_nothing(service, reopen, tmp_path):
    service.save(page("mine"))
    again = reopen(read_only=True)
    with pytest.raises(JournalError):
        again.import_file(put(tmp_path, jrnl(jrnl_entry())))
    assert [record.text for record in held(again).values()] == ["mine"]
    with pytest.raises(NotFound):
        again.import_file(tmp_path / "none.json")


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_an_export_holds_what_is_here_now_and_overwrites_nothing(service, tmp_path, format):
    saved = service.save(page(f"{WORD} one", title=f"{WORD} title"))
    gone = service.save(page("gone"))
    service.save(page("there are older versions"), saved.eid)
    service.save(page(WORD), saved.eid)
    service.save(CheckIn(at=at(1), mood=3, note=WORD))
    service.delete(gone.eid)
    target = tmp_path / "out"
    assert service.export(format, target).path == target
    text = target.read_text()
    assert WORD in text
    assert "gone" not in text
    assert "older versions" not in text
    with pytest.raises(AlreadyThere):
        service.export(format, target)
    assert target.read_text() == text


def test_a_backup_opens_with_everything_in_it(service, clock, tmp_path):
    course_of_two(service, "c" * 32)
    receipt = service.backup(tmp_path / "copy.vault")
    assert (receipt.path, receipt.size) == (tmp_path / "copy.vault", (tmp_path / "copy.vault").stat().st_size)
    assert receipt.rows == 7
    copy = JournalService.open(
        tmp_path / "copy.vault", password=PASSWORD, clock=clock, state_dir=tmp_path / "elsewhere"
    )
    assert held(copy) == held(service)
    copy.close()
    with pytest.raises(AlreadyThere):
        service.backup(tmp_path / "copy.vault")
    assert service.verify().ok


def test_what_a_later_version_wrote_is_counted_and_exported_untouched(service, path, clock, tmp_path):
    service.save(page("mine"))
    service.close()
    later = {"kind": "session", "starts": {"at": "2026-03-01T10:00:00+01:00", "zone": ""}, "route": "by a dream"}
    vault = Vault.open(path, password=PASSWORD, clock=clock, state_dir=tmp_path / "state")
    vault.append([NewRevision(eid="d" * 32, kind="session", body=json.dumps(later).encode())])
    vault.close()
    again = JournalService.open(path, password=PASSWORD, clock=clock, state_dir=tmp_path / "state")
    assert (again.unreadable, again.sessions()) == (1, ())
    again.export("json", tmp_path / "out.json")
    again.close()
    assert {**later, "eid": "d" * 32} in records(tmp_path / "out.json")
