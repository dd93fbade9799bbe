"""The pictures of the share that is read in a client's review: asked for once its words are shown, and held alone."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal

from journal.errors import JournalError
from journal.service import JournalService
from journal.service.clients import Shared
from journal.share import Payload, SharedPicture
from ui.context import Context


class KeptPictures(QObject):
    """Signals:
    there(str): the pictures of this share came, and it has some.
    failed(object): they could not be read; a `JournalError`.
    """

    there = Signal(str)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._of = ""  # the share they belong to
        self._pictures: tuple[SharedPicture, ...] = ()

    def ask(self, received: str) -> None:
        """Ask for the pictures of a share, unless they are here; those of another are let go."""
        if received == self._of:
            return
        self._of, self._pictures = received, ()
        op = partial(JournalService.received_pictures, received=received)
        self._context.tasks.ask(op, partial(self._on_pictures, received), partial(self._on_failed, received))

    def within(self, shared: Shared) -> Payload:
        """The share with its pictures, as far as they are here."""
        if shared.eid != self._of or not self._pictures:
            return shared.payload
        return msgspec.structs.replace(shared.payload, pictures=self._pictures)

    def _on_pictures(self, received: str, pictures: tuple[SharedPicture, ...]) -> None:
        if received == self._of and pictures:
            self._pictures = pictures
            self.there.emit(received)

    def _on_failed(self, received: str, error: JournalError) -> None:
        if received == self._of:
            self.failed.emit(error)
