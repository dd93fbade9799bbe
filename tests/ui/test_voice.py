"""A voice memo is recorded into memory, up to its length, and is a WAV file in the journal and nowhere else."""

from __future__ import annotations

import io
import sys
import wave
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton

from journal.records import Attachment
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import entries, no_room
from tests.ui.pages.landing_hands import Loudspeaker, Microphone, land, session, step
from ui import voice
from ui.audit import faults
from ui.places import Place


@pytest.fixture
def microphone(monkeypatch) -> Microphone:
    """A computer with a microphone."""
    made = Microphone()
    monkeypatch.setattr(voice, "of_system", partial(_voice, made))
    return made


@pytest.fixture
def loudspeaker(monkeypatch, microphone) -> Loudspeaker:
    """And a loudspeaker."""
    made = Loudspeaker()
    monkeypatch.setattr(voice, "of_system", partial(_voice, microphone, sink=made))
    return made


def _voice(microphone: Microphone, parent=None, sink=None) -> voice.Voice:
    return voice.Voice(microphone, parent, player=voice.Player(parent, sink=sink))


def press(page, text: str, number: int = 0) -> None:
    """A button of what was said."""
    page.memos.box._still.stop()
    seen = [made for made in page.memos.box.findChildren(QPushButton) if made.isVisible()]
    [made for made in seen if made.text() == text][number].click()


def speak(qtbot, window, page, microphone: Microphone, seconds: float) -> bytes:
    page.memos.box.speak.click()
    sound = microphone.hears(seconds)
    page.memos.box.stop_button.click()
    quiet(qtbot, window.context.tasks)
    return sound


def memos(qtbot, window) -> list[tuple[str, Attachment]]:
    return [(eid, one) for eid, one in entries(qtbot, window).items() if isinstance(one, Attachment)]


# -- the recorder ----------------------------------------------------------------------------------------------------


def test_what_is_heard_is_a_wav_file_that_others_can_read(qtbot):
    microphone = Microphone()
    recorder = voice.Recorder(microphone)
    levels: list[float] = []
    recorder.heard.connect(levels.append)
    recorder.start()
    sound = microphone.hears(0.5) + microphone.hears(0.25, loud=0)
    file = recorder.stop()
    with wave.open(io.BytesIO(file)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate()) == (1, 2, 16_000)
        assert opened.readframes(opened.getnframes()) == sound
    assert voice.sound_of(file) == sound and voice.seconds_of(len(file)) == 1
    assert levels[0] > 0.5 and levels[1] == 0
    assert recorder.stop() == b"" and not recorder.is_running and microphone.stream is None


def test_it_never_grows_over_its_length(qtbot):
    microphone, ends = Microphone(), []
    recorder = voice.Recorder(microphone, longest=1)
    recorder.full.connect(partial(ends.append, True))
    recorder.start()
    microphone.hears(0.75)
    assert not ends
    microphone.hears(3)
    assert ends and voice.seconds_of(len(recorder.stop())) == 1


def test_silence_from_the_first_is_no_memo(qtbot):
    recorder = voice.Recorder(Microphone())
    recorder.start()
    assert recorder.stop() == b""


def test_a_microphone_that_refuses_is_no_fault(qtbot):
    class Refusing(Microphone):
        def start(self):
            return None

    recorder = voice.Recorder(Refusing())
    assert not recorder.start() and not recorder.is_running and recorder.stop() == b""


@given(st.binary(max_size=400))
def test_only_a_file_of_ours_is_played(data: bytes):
    assert voice.sound_of(data) is None
    sound = data[: len(data) // 2 * 2]
    assert voice.sound_of(voice.wav(sound)) == (sound or None)
    assert 0 <= voice.loudness(data) <= 1


def test_without_the_part_there_is_no_voice(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert voice.of_system() is None


# -- while landing ---------------------------------------------------------------------------------------------------


def test_without_a_voice_the_words_remain(qtbot, window_open, monkeypatch):
    monkeypatch.setattr(voice, "of_system", partial(_none))
    page = land(qtbot, window_open, session(qtbot, window_open))
    assert "Speak" not in {made.text() for made in page.findChildren(QPushButton)}
    assert page.text.isVisible()


def _none(_parent=None) -> None:
    return None


def test_a_memo_is_in_the_journal_when_it_says_so(qtbot, window_open, microphone, tmp_path):
    page = land(qtbot, window_open, session(qtbot, window_open))
    box = page.memos.box
    box.speak.click()
    sound = microphone.hears(1.5)
    assert box.loudness.value() > 0 and faults(window_open) == []
    box.stop_button.click()
    assert page.kept.text() == ""
    quiet(qtbot, window_open.context.tasks)
    assert page.kept.text().startswith("Kept, ")
    ((eid, record),) = memos(qtbot, window_open)
    assert (record.media, record.name) == ("audio/wav", "Voice, 12 March 14.05.wav")
    data = ask(qtbot, window_open, partial(JournalService.attachment_data, eid=eid))
    assert data == voice.wav(sound)
    assert page.next.text() == "Go on" and faults(window_open) == []
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and sound[:64] in file.read_bytes()]
    assert not list(tmp_path.rglob("*.wav"))


def test_a_memo_can_be_taken_back_while_removing_rests(qtbot, window_open, microphone):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    microphone.hears(0.2)
    page.memos.box.stop_button.click()
    quiet(qtbot, window_open.context.tasks)
    back = next(made for made in page.findChildren(QPushButton) if made.text() == "Take back")
    back.click()
    quiet(qtbot, window_open.context.tasks)
    assert memos(qtbot, window_open) == []
    assert window_open.stack.place.name == "landing"


def names(page) -> set[str]:
    return {made.accessibleName() for made in page.memos.box.findChildren(QPushButton) if made.isVisible()}


def test_what_is_heard_can_be_stopped_and_ends_by_itself(qtbot, window_open, microphone, loudspeaker):
    page = land(qtbot, window_open, session(qtbot, window_open))
    sound = speak(qtbot, window_open, page, microphone, 1.5)
    for end in ("by the hand", "by itself"):
        press(page, "Listen")
        quiet(qtbot, window_open.context.tasks)
        assert loudspeaker.playing and loudspeaker.sounds == sound
        assert "Stop: Said, 0:02 min" in names(page) and faults(window_open) == []
        if end == "by the hand":
            press(page, "Stop")
            assert not loudspeaker.playing
        else:
            loudspeaker.ends()
        assert "Listen: Said, 0:02 min" in names(page) and "Stop: Said, 0:02 min" not in names(page)


def test_two_taps_of_a_trembling_hand_are_one(qtbot, window_open, microphone, loudspeaker):
    page = land(qtbot, window_open, session(qtbot, window_open))
    speak(qtbot, window_open, page, microphone, 0.5)
    press(page, "Listen")
    made = next(one for one in page.memos.box.findChildren(QPushButton) if one.text() == "Listen")
    made.click()
    quiet(qtbot, window_open.context.tasks)
    assert loudspeaker.playing and loudspeaker.begun == 1


def test_it_is_quiet_before_one_speaks_or_hears_another(qtbot, window_open, microphone, loudspeaker):
    page = land(qtbot, window_open, session(qtbot, window_open))
    sounds = {speak(qtbot, window_open, page, microphone, 0.5), speak(qtbot, window_open, page, microphone, 1.5)}
    press(page, "Listen")
    quiet(qtbot, window_open.context.tasks)
    first = loudspeaker.sounds
    press(page, "Listen")  # the other one: the first says "Stop" now
    quiet(qtbot, window_open.context.tasks)
    assert loudspeaker.playing and {first, loudspeaker.sounds} == sounds and loudspeaker.begun == 2
    assert len([name for name in names(page) if name.startswith("Stop: ")]) == 1
    page.memos.box.speak.click()
    assert not loudspeaker.playing and microphone.stream is not None
    assert not [name for name in names(page) if name.startswith("Stop: ")]


@pytest.mark.parametrize("gone", ["left", "taken back"])
def test_nothing_is_heard_once_it_was_left_or_taken_back(qtbot, window_open, microphone, loudspeaker, gone):
    page = land(qtbot, window_open, session(qtbot, window_open))
    speak(qtbot, window_open, page, microphone, 0.5)
    press(page, "Listen")
    if gone == "left":
        window_open.stack.go(Place("help"))
    else:
        press(page, "Take back")
    quiet(qtbot, window_open.context.tasks)
    assert not loudspeaker.playing


def test_a_microphone_that_comes_later_is_found(qtbot, window_open, monkeypatch):
    monkeypatch.setattr(voice, "of_system", partial(_none))
    page = land(qtbot, window_open, session(qtbot, window_open))
    assert page.memos.box is None
    monkeypatch.setattr(voice, "of_system", partial(_voice, Microphone()))
    step(qtbot, window_open, page)
    page.back_.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.memos.box.speak.isVisible()


def test_locking_while_speaking_keeps_what_was_said_so_far(qtbot, window_open, microphone, tmp_path):
    told: list[object] = []
    window_open._replace = lambda path, **_how: told.append(path)
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    sound = microphone.hears(0.7)
    window_open.lock()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    clock, state = window_open.context.clock, tmp_path / "state"
    service = JournalService.open(Path(told[0]), password=PASSWORD, clock=clock, state_dir=state)
    (item,) = service.landing(service.landing_to_go_on()).voices
    assert service.attachment_data(item.eid) == voice.wav(sound)
    service.close()


def test_speaking_is_no_idling(qtbot, window_open, microphone):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    idle = window_open.idle
    idle._touched = tuple(at - 200 for at in idle._now())
    assert not idle.touched_within(100)
    microphone.hears(0.3)
    assert idle.touched_within(100)
    page.memos.box.stop_button.click()
    idle._touched = tuple(at - 200 for at in idle._now())
    quiet(qtbot, window_open.context.tasks)
    assert not idle.touched_within(100)


def test_a_long_memo_is_not_cut_by_the_idle_lock(qtbot, window_open, microphone):
    replaced: list[object] = []
    window_open._replace = lambda path, **_how: replaced.append(path)
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    idle, said = window_open.idle, b""
    idle.start(5)
    for _ in range(4):  # ten minutes and more, in which nobody touches the window
        idle._touched = tuple(at - 200 for at in idle._now())
        said += microphone.hears(0.1)
        idle.timer.timeout.emit()
    assert not replaced and page.memos.box.stop_button.isVisible()
    idle._touched = tuple(at - 301 for at in idle._now())  # nothing was heard any more
    idle.timer.timeout.emit()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)
    service = JournalService.open(Path(replaced[0]), password=PASSWORD, clock=window_open.context.clock)
    (item,) = service.landing(service.landing_to_go_on()).voices
    assert service.attachment_data(item.eid) == voice.wav(said)
    service.close()


@pytest.mark.parametrize("leaving", ["next", "back", "away"])
def test_going_on_while_speaking_keeps_it(qtbot, window_open, microphone, leaving):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    microphone.hears(0.3)
    if leaving == "next":
        step(qtbot, window_open, page)
    elif leaving == "back":
        page.leave_.click()
    else:
        go(qtbot, window_open, Place("today"))
    quiet(qtbot, window_open.context.tasks)
    assert len(memos(qtbot, window_open)) == 1 and microphone.stream is None


def test_a_memo_that_does_not_fit_on_the_disk_is_held_and_kept_later(qtbot, window_open, microphone):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    microphone.hears(0.3)
    with no_room():
        page.memos.box.stop_button.click()
        quiet(qtbot, window_open.context.tasks)
        assert (page.kept.text(), page.memos.holds) == ("Not kept yet", True)
    page.sealing.due.emit()
    quiet(qtbot, window_open.context.tasks)
    assert len(memos(qtbot, window_open)) == 1 and not page.memos.holds


def test_the_longest_memo_ends_by_itself_and_is_kept(qtbot, window_open, monkeypatch):
    made = Microphone()
    short = voice.Voice(made)
    short.recorder = voice.Recorder(made, longest=1)
    monkeypatch.setattr(voice, "of_system", partial(_same, short))
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.memos.box.speak.click()
    made.hears(2)
    quiet(qtbot, window_open.context.tasks)
    ((_, record),) = memos(qtbot, window_open)
    assert voice.seconds_of(record.size) == 1 and record.at.at == NOW
    assert page.memos.box.speak.isVisible()


def _same(made: voice.Voice, _parent=None) -> voice.Voice:
    return made
