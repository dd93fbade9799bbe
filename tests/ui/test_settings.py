"""What the device remembers: little, owner-only, and never a reason not to start."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ui.settings import DeviceSettings, Geometry, default_journal_path


def test_choices_survive_the_program(tmp_path: Path) -> None:
    path = tmp_path / "config" / "device.json"
    DeviceSettings(path).update(scheme="dark", scale=150, geometry=Geometry(1, 2, 800, 600))
    again = DeviceSettings(path)
    assert (again.scheme, again.scale, again.geometry) == ("dark", 150, Geometry(1, 2, 800, 600))


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "config" / "device.json"
    DeviceSettings(path).update(scale=130)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_last_journal_is_remembered_only_while_allowed(tmp_path: Path) -> None:
    path = tmp_path / "device.json"
    settings = DeviceSettings(path)
    settings.note_journal(tmp_path / "a.vault")
    assert DeviceSettings(path).last_journal == tmp_path / "a.vault"
    settings.update(remember_journal=False)
    assert DeviceSettings(path).last_journal is None
    assert b"a.vault" not in path.read_bytes()
    settings.note_journal(tmp_path / "b.vault")
    assert b"b.vault" not in path.read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"scale": "large"}', b"\xff\xfe", b'{"geometry": {"x": 1}}', b"{" * 100_000]
)
def test_a_damaged_file_means_the_usual_choices(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "device.json"
    path.write_bytes(content)
    settings = DeviceSettings(path)
    assert (settings.scheme, settings.scale, settings.last_journal) == ("system", 100, None)
    settings.update(scale=115)
    assert DeviceSettings(path).scale == 115


def test_text_size_stays_within_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "device.json"
    path.write_bytes(b'{"scale": 90000}')
    assert DeviceSettings(path).scale == 200


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    settings = DeviceSettings(blocked / "device.json")
    settings.update(scale=130)
    assert settings.scale == 130


def test_a_first_journal_has_a_name_that_says_nothing(own_home: Path) -> None:
    assert default_journal_path().name == "journal.vault"
    assert default_journal_path().is_relative_to(own_home)
