"""The voice memos of a landing: said, kept with its entry, listened to, taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from journal.change import Change
from journal.errors import JournalError
from journal.records import Attachment
from journal.service import JournalService, Saved
from journal.service.landing_steps import LandingView
from ui import voice, words
from ui.context import Context
from ui.widgets.calm_parts import VoiceBox

_NOT_PLAYED = "It cannot be played here. It is kept all the same."


class Memos(QObject):
    """A memo is in memory until it is in the journal. One that could not be kept is held, and tried again.

    Signals:
        kept(): a memo is in the journal.
        refused(JournalError): one could not be kept, or not be heard.
        say(str): a calm line.
    """

    kept = Signal()
    refused = Signal(object)
    say = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._voice: voice.Voice | None = None
        self._view: LandingView | None = None
        self._wanted = ""  # the memo that is heard, or is about to be
        self._held: list[tuple[str, bytes]] = []
        self.box: VoiceBox | None = None

    @property
    def holds(self) -> bool:
        """Whether there is one that could not be kept yet."""
        return bool(self._held)

    def show(self, view: LandingView) -> None:
        """The memos of this landing."""
        self._view = view
        if self.box is not None:
            files = [(item.eid, item.record) for item in view.voices if isinstance(item.record, Attachment)]
            self.box.show_memos([(eid, _length(voice.seconds_of(file.size))) for eid, file in files])

    def hears(self) -> bool:
        """Whether one can speak here. Looked for each time: a microphone may have been put in since."""
        if self._voice is None:
            self._voice = voice.of_system(self)
            if self._voice is not None:
                self._voice.player.ended.connect(self._on_quiet)
        return self._voice is not None

    def make_box(self) -> VoiceBox | None:
        """What one speaks into, where this computer has a voice."""
        if not self.hears() or self._voice is None:
            return None
        self.box = VoiceBox(self._context.theme, self._voice.recorder)
        self.box.said.connect(self._on_said)
        self.box.speaking.connect(self._hush)
        self.box.listen.connect(self._on_listen)
        self.box.take_back.connect(self._on_take_back)
        return self.box

    def end(self) -> None:
        """End what is being said, and keep it; be quiet; the box goes with the page that it is on."""
        if self.box is not None:
            self.box.stop()
        self._hush()

    def try_again(self) -> None:
        """What could not be kept is tried again."""
        held, self._held = self._held, []
        for name, file in held:
            self._keep(name, file)

    @Slot(object)
    def _on_said(self, file: bytes) -> None:
        now = self._context.clock.now()
        self._keep(f"Voice, {words.date_no_year(now.date())} {now:%H.%M}.wav", file)

    def _keep(self, name: str, file: bytes) -> None:
        if self._view is not None:
            op = partial(JournalService.say_aloud, eid=self._view.eid, name=name, data=file, media=voice.MEDIA)
            self._context.tasks.ask(op, self._on_kept, partial(self._on_not_kept, name, file))

    def _on_kept(self, _saved: Saved) -> None:
        self.kept.emit()

    def _on_not_kept(self, name: str, file: bytes, error: JournalError) -> None:
        self._held.append((name, file))
        self.refused.emit(error)

    @Slot(str)
    def _on_listen(self, eid: str) -> None:
        again = eid == self._wanted
        self._hush()
        if not again:
            self._wanted = eid
            op = partial(JournalService.attachment_data, eid=eid)
            self._context.tasks.ask(op, partial(self._on_read, eid), self._on_not_read)

    def _on_read(self, eid: str, file: bytes) -> None:
        if eid != self._wanted or self._voice is None or self.box is None:
            return  # meanwhile it was stopped, or left
        if self._voice.player.play(file):
            self.box.show_heard(eid)
        else:
            self._wanted = ""
            self.box.note.setText(_NOT_PLAYED)

    def _on_not_read(self, error: JournalError) -> None:
        self._wanted = ""
        self.refused.emit(error)

    @Slot()
    def _hush(self) -> None:
        self._wanted = ""
        if self._voice is not None:
            self._voice.player.hush()

    @Slot()
    def _on_quiet(self) -> None:
        self._wanted = ""
        if self.box is not None:
            self.box.show_heard("")

    @Slot(str)
    def _on_take_back(self, eid: str) -> None:
        if eid == self._wanted:
            self._hush()
        if self._view is not None:
            op = partial(JournalService.take_back_aloud, eid=self._view.eid, file=eid)
            self._context.tasks.ask(op, self._on_taken_back, self.refused.emit)

    def _on_taken_back(self, _change: Change) -> None:
        self.say.emit("Taken back.")


def _length(seconds: int) -> str:
    return f"Said, {seconds // 60}:{seconds % 60:02d} min"
