"""The people to turn to, and which of them may be seen before unlocking."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from journal.records import Person, Provider
from journal.service import JournalService
from journal.vault import FAST

PASSWORD = "four quiet garden words"


@pytest.fixture
def service(tmp_path: Path):
    made, _ = JournalService.create(tmp_path / "a.vault", PASSWORD, profile=FAST, state_dir=tmp_path)
    yield made
    made.close()


def test_they_come_by_name_and_nobody_else_does(service: JournalService):
    service.save_many([Person(name="zoe"), Person(name="Ana"), Provider(name="Clinic"), Person(name="", reach="1")])
    assert [item.record.name for item in service.people()] == ["", "Ana", "zoe"]


def test_outside_are_only_those_who_were_ticked_with_name_and_number_alone(service: JournalService):
    eid = service.save(Person(name="Ana", reach="030 1", notes="private", without_password=True)).eid
    service.save(Person(name="Ben", reach="030 2"))
    outside = service.people_outside()
    assert outside.people == (("Ana", "030 1"),)
    assert len(outside.journal) == 32
    service.save(Person(name="Ana", reach="030 1"), eid)
    assert service.people_outside().people == ()
    service.undo()
    assert service.people_outside().people == (("Ana", "030 1"),)
    service.delete(eid)
    assert service.people_outside().people == ()


def test_the_name_of_the_journal_stays_and_is_another_journals_not(service: JournalService, tmp_path: Path):
    other, _ = JournalService.create(tmp_path / "b.vault", PASSWORD, profile=FAST, state_dir=tmp_path)
    assert service.people_outside().journal == service.people_outside().journal != other.people_outside().journal
    other.close()


def test_of_two_versions_neither_is_shown(service: JournalService, tmp_path: Path):
    person = Person(name="Ana", reach="030 1", without_password=True)
    eid = service.save(person).eid
    shutil.copy(service.path, tmp_path / "copy.vault")
    copy = JournalService.open(tmp_path / "copy.vault", password=PASSWORD, state_dir=tmp_path / "there")
    copy.save(msgspec.structs.replace(person, without_password=False), eid)
    copy.close()
    service.save(msgspec.structs.replace(person, reach="030 9"), eid)
    service.merge(service.look_into(tmp_path / "copy.vault").copy)
    assert service.get(eid).heads == 2
    assert service.people_outside().people == ()
