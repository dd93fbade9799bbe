"""Who can be seen before unlocking: a small file for its owner only, and none where nobody was ticked."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from ui.open_people import OpenPeople
from ui.settings import DeviceSettings

ANA, BEN = ("Ana", "030 1"), ("Ben", "030 2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "people.json"


def test_they_survive_the_program_for_their_owner_only(path: Path) -> None:
    assert OpenPeople(path).keep("one", (ANA, BEN))
    assert OpenPeople(path).all() == (ANA, BEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [found.name for found in path.parent.iterdir()] == ["people.json"]


def test_of_nobody_there_is_no_file(path: Path) -> None:
    assert OpenPeople(path).keep("one", ())
    assert not path.parent.exists()
    OpenPeople(path).keep("one", (ANA,))
    assert OpenPeople(path).keep("one", ())
    assert not path.exists()


def test_each_journal_keeps_its_own_and_each_person_is_shown_once(path: Path) -> None:
    people = OpenPeople(path)
    people.keep("one", (ANA, BEN))
    people.keep("two", (BEN,))
    assert people.all() == (ANA, BEN)
    people.keep("one", ())
    assert people.all() == (BEN,)


def test_all_can_be_forgotten_at_once(path):
    people = OpenPeople(path)
    people.keep("one", (ANA,))
    people.keep("two", (BEN,))
    assert people.forget() and people.all() == () and not path.exists()
    assert people.forget()
    path.write_bytes(b"not ours to understand")
    assert people.forget() and not path.exists()


def test_what_is_the_same_is_not_written_again(path: Path) -> None:
    OpenPeople(path).keep("one", (ANA,))
    before = path.stat().st_ino
    assert OpenPeople(path).keep("one", (ANA,))
    assert path.stat().st_ino == before


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'{"one": "Ana"}', b'{"one": [["Ana"]]}', b'{"one": [["Ana", 3]]}', b"\xff\xfe",
        b'{"one": ' * 20_000, b'{"one": [["' + b"A" * 70_000 + b'", ""]]}', b'{"one": [["A", ""]]}' + b" " * 70_000,
    ],
)  # fmt: skip
def test_what_is_not_ours_counts_as_nobody_and_goes(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert OpenPeople(path).all() == ()
    assert OpenPeople(path).keep("one", ())
    assert not path.exists()


def test_only_so_many_are_read_and_kept(path: Path) -> None:
    path.parent.mkdir()
    many = {f"journal {number}": [[f"Name {number}-{one}", ""] for one in range(30)] for number in range(20)}
    path.write_text(json.dumps(many))
    assert len(OpenPeople(path).all()) == 8 * 20
    path.write_text(json.dumps({"one": [["N" * 501, ""], ["Ana", "030 1"]]}))
    assert OpenPeople(path).all() == (ANA,)
    OpenPeople(path).keep("one", tuple((f"N{number}" * 300, "") for number in range(30)))
    assert len(OpenPeople(path).all()) == 20
    assert max(len(name) for name, _ in OpenPeople(path).all()) == 500
    for number in range(12):
        OpenPeople(path).keep(f"journal {number}", (ANA,))
    assert len(json.loads(path.read_text())) == 8
    assert list(json.loads(path.read_text()))[-1] == "journal 11"


def test_a_place_that_cannot_be_written_is_told(path: Path) -> None:
    path.parent.write_text("a file where the folder would be")
    assert not OpenPeople(path).keep("one", (ANA,))


def test_they_stand_beside_the_devices_settings(tmp_path: Path) -> None:
    settings = DeviceSettings(tmp_path / "device.json")
    settings.people.keep("one", (ANA,))
    settings.update(country="GB")
    assert b"Ana" not in (tmp_path / "device.json").read_bytes()
    assert (tmp_path / "people.json").exists()
    again = DeviceSettings(tmp_path / "device.json")
    assert (again.country, again.people.all()) == ("GB", (ANA,))


def test_without_a_path_they_stay_in_memory() -> None:
    people = OpenPeople()
    assert people.keep("one", (ANA,)) and people.all() == (ANA,)
    assert people.keep("one", ()) and people.all() == ()
