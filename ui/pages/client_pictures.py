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
        self._of = ("", frozenset[str]())  # the share they belong to, and the files they are in
        self._pictures: tuple[SharedPicture, ...] = ()

    def ask(self, shared: Shared) -> None:
        """Ask for the pictures of a share, unless they are here; those of another, or of another copy, are let go."""
        of = (shared.eid, shared.pictures)
        if of == self._of:
            return
        self._of, self._pictures = of, ()
        op = partial(JournalService.received_pictures, received=shared.eid)
        self._context.tasks.ask(op, partial(self._on_pictures, of), partial(self._on_failed, of))

    def within(self, shared: Shared) -> Payload:
        """The share with its pictures, as far as they are here."""
        if (shared.eid, shared.pictures) != self._of or not self._pictures:
            return shared.payload
        return msgspec.structs.replace(shared.payload, pictures=self._pictures)

    def _on_pictures(self, of: tuple[str, frozenset[str]], pictures: tuple[SharedPicture, ...]) -> None:
        if of == self._of and pictures:
            self._pictures = pictures
            self.there.emit(of[0])

    def _on_failed(self, of: tuple[str, frozenset[str]], error: JournalError) -> None:
        if of == self._of:
            self.failed.emit(error)
