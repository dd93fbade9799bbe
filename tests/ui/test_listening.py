"""A memo is heard from its entry: read into memory, played from there, and let go."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Experience, Moment
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import save
from tests.ui.pages.landing_hands import Loudspeaker
from ui import voice, words
from ui.audit import faults
from ui.dialogs.listen import ListenDialog
from ui.places import Place
from ui.widgets.file_strip import FileChip


def attached(qtbot, window, data: bytes) -> FileChip:
    """The chip of a recording on the writing page."""
    eid = save(qtbot, window, Experience(at=Moment(NOW), text="said"))
    op = partial(JournalService.attach_bytes, entry=eid, name="Voice.wav", data=data, media=voice.MEDIA)
    ask(qtbot, window, op)
    page = go(qtbot, window, Place("write", eid=eid, kind="experience"))
    (chip,) = page.desk.files.chips
    return chip


def listening(qtbot, window) -> ListenDialog:
    quiet(qtbot, window.context.tasks)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ListenDialog)
    return dialog


@pytest.fixture
def heard(monkeypatch) -> Loudspeaker:
    """A loudspeaker, whether there is a microphone or not."""
    made = Loudspeaker()
    monkeypatch.setattr(voice, "can_play", partial(bool, True))
    monkeypatch.setattr(voice, "_sink_of_system", made)
    return made


@pytest.mark.parametrize("way", ["press", "menu"])
def test_a_memo_can_be_heard_from_its_entry_while_copies_rest(qtbot, window_open, heard, tmp_path, way):
    chip = attached(qtbot, window_open, voice.wav(b"\1\2" * 16_000))
    ask(qtbot, window_open, partial(JournalService.land, session=None, at=Moment(NOW)))
    if way == "press":
        chip.main.click()
    else:
        next(one for one in chip.menu().actions() if one.text() == "Listen").trigger()
    dialog = listening(qtbot, window_open)
    assert heard.playing and heard.sounds == b"\1\2" * 16_000
    assert (dialog.about.text(), dialog.turn.text()) == (f"Voice.wav, {words.size(32_044)}", "Stop")
    assert faults(dialog) == []
    dialog.turn.click()
    assert not heard.playing and dialog.turn.text() == "Listen"
    dialog.turn.click()
    heard.ends()
    assert dialog.turn.text() == "Listen"
    dialog.turn.click()
    dialog.reject()
    assert not heard.playing and heard.begun == 3
    assert not list(tmp_path.rglob("*.wav"))


def test_locking_ends_what_is_heard(qtbot, window_open, heard, replaced):
    attached(qtbot, window_open, voice.wav(b"\1\2" * 16_000)).main.click()
    listening(qtbot, window_open)
    window_open.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)
    assert not heard.playing


def test_a_recording_of_another_kind_says_that_it_cannot_be_played(qtbot, window_open, heard):
    attached(qtbot, window_open, b"RIFF of somebody else").main.click()
    dialog = listening(qtbot, window_open)
    assert "cannot be played here" in dialog.banner.text and not heard.playing
    assert faults(dialog) == []
    dialog.reject()


def test_without_a_loudspeaker_a_memo_is_a_file_as_any(qtbot, window_open, monkeypatch):
    monkeypatch.setattr(voice, "can_play", partial(bool, False))
    chip = attached(qtbot, window_open, voice.wav(b"\1\2" * 100))
    assert "Listen" not in {one.text() for one in chip.menu().actions()}
    assert chip.main.accessibleDescription() == "Save a copy of this file"


def test_listening_is_no_idling_for_as_long_as_a_memo_lasts(qtbot, window_open, heard):
    attached(qtbot, window_open, voice.wav(b"\1\2" * 16_000 * 12)).main.click()
    dialog, idle = listening(qtbot, window_open), window_open.idle
    for _ in range(3):  # twelve seconds: three signs of it
        idle._touched = tuple(at - 200 for at in idle._now())
        assert dialog.player.listening.isActive()
        dialog.player.listening.timeout.emit()
        assert idle.touched_within(100)
    assert heard.playing and not dialog.player.listening.isActive()  # longer than it lasts, nobody listens
    dialog.turn.click()
    dialog.turn.click()
    heard.ends()
    assert not dialog.player.listening.isActive()
    dialog.reject()
