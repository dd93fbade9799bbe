"""The files of the entry on the writing page: taken from a choice, a drop or the clipboard, shown, and removed.

A file belongs to an entry, so an entry that is new is saved before its first file. Leaving the page stops nothing:
a file goes in to its end. Leaving the journal does stop it, and nothing half is kept.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from journal.change import Change
from journal.errors import JournalError, Stopped
from journal.records import Attachment, Writing
from journal.service import JournalService
from journal.store import Item
from ui import pictures, words
from ui.aside import Aside
from ui.context import Context
from ui.pages.inflow import Going, Inflow
from ui.widgets.file_strip import ShownFile
from ui.widgets.write_desk import WriteDesk

_ADDED = "Added and sealed. What it was read from is still in its place, as it was."
_STOPPED = "Stopped. Nothing of the file was kept, and it is still where it was."
_NOT_ADDED = "The file was not added; it is still where it was."
_ENTRY_FIRST = "No file was added: the entry comes first. The file is still where it was; add it again after saving."
_GOES_ON = "A file is still going in. It goes on by itself."


class WriteFiles(QObject):
    """Signals:
    entry_wanted(): the entry on the page must be in the journal now; `entry_saved` or `entry_not_saved` answers.
    say(str): a calm line for the status bar.
    """

    entry_wanted = Signal()
    say = Signal(str)

    def __init__(self, context: Context, desk: WriteDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._entry = ""
        self._files: tuple[ShownFile, ...] = ()
        self._wanted: list[tuple[str, Path | QImage]] = []  # until their entry is saved
        self._encoding: list[str] = []  # the entries of pictures that are made into files
        self._begun: set[str] = set()  # entries that were saved, empty, for their first file
        self._left: set[str] = set()  # entries that were left while a file of theirs was going in
        self._removed = ""
        self.inflow = Inflow(context.tasks, self)
        self._aside = Aside(self)
        self.inflow.moved.connect(self._on_moved)
        self.inflow.ended.connect(self._on_ended)
        desk.file_wanted.connect(self.choose)
        desk.drops.dropped.connect(self.take)
        desk.editor.files_pasted.connect(self.take)
        desk.editor.picture_pasted.connect(self.take_picture)
        desk.files.halted.connect(self._on_halted)
        desk.files.removal.connect(self._on_removal)

    # -- the entry on the page ---------------------------------------------------------------------------------

    def show_entry(self, eid: str) -> None:
        """Another entry is on the page."""
        self._entry = eid
        self._left.discard(eid)
        self._files = ()
        self._draw()
        self._ask()

    def refresh(self, change: Change) -> None:
        if self._entry in change.eids:
            self._ask()

    def leave(self) -> None:
        """The entry is left. One that was saved empty for a file, and has none, is let go."""
        entry, self._entry = self._entry, ""
        if self._busy(entry):
            self._left.add(entry)
            QTimer.singleShot(0, self._on_left)
        else:
            self._let_go(entry)

    def halt(self) -> None:
        """Stop all of it, and keep nothing half."""
        self._aside.forget()
        waited = bool(self._wanted or self._encoding)
        self._wanted.clear()
        self._encoding.clear()
        if self.inflow.stop_all() or waited:
            self._desk.banner.show_note(_STOPPED)

    def begun_for_file(self, eid: str) -> None:
        """An empty entry is being saved so that it can take a file."""
        self._begun.add(eid)

    def stop(self, eid: str) -> None:
        """Stop what goes into one entry: it is being removed."""
        self.inflow.stop_all(eid)

    def entry_saved(self, eid: str) -> None:
        """It is in the journal, and takes files."""
        mine = [source for entry, source in self._wanted if entry == eid]
        self._wanted = [pair for pair in self._wanted if pair[0] != eid]
        for source in mine:
            if isinstance(source, Path):
                self.inflow.add(eid, source)
            else:
                self._encoding.append(eid)
                name = words.picture_name(self._context.clock.now())
                self._aside.run(partial(pictures.encode, source), partial(self._on_encoded, eid, name))

    def entry_not_saved(self, eid: str, error: JournalError) -> None:
        """It is not; why stands in the banner already."""
        if any(entry == eid for entry, _ in self._wanted):
            self._wanted = [pair for pair in self._wanted if pair[0] != eid]
            self._desk.banner.show_error(type(error)(f"{error} {_ENTRY_FIRST}", detail=error.detail))

    # -- adding ------------------------------------------------------------------------------------------------

    @Slot()
    def choose(self) -> None:
        """Ask for files."""
        entry = self._entry
        if self._takes:
            paths = self._context.prompter.open_paths(self._desk.window(), "Add a file", "All files (*)")
            if entry == self._entry:
                self.take(paths)

    @Slot(object)
    def take(self, paths: tuple[Path, ...]) -> None:
        """Add these files, one after the other."""
        self._want(list(paths))

    @Slot(object)
    def take_picture(self, image: QImage) -> None:
        """Add a picture that is no file."""
        if isinstance(image, QImage) and not image.isNull():
            self._want([image])

    @property
    def _takes(self) -> bool:
        return bool(self._entry) and self._desk.drops.enabled and self._context.tasks.can_write

    def _want(self, sources: list[Path] | list[QImage]) -> None:
        if sources and self._takes:
            self._desk.banner.hide()
            self._wanted += [(self._entry, source) for source in sources]
            self.entry_wanted.emit()

    def _on_encoded(self, eid: str, name: str, made: bytes | JournalError) -> None:
        self._encoding.remove(eid)
        if isinstance(made, JournalError):
            self._on_ended(eid, name, made)
        else:
            self.inflow.add(eid, (name, made))

    @Slot(str)
    def _on_moved(self, entry: str) -> None:
        if entry == self._entry:
            self._draw()

    @Slot(str, str, object)
    def _on_ended(self, entry: str, name: str, error: JournalError | None) -> None:
        here = entry == self._entry
        if error is None:
            self.say.emit(_ADDED)
        elif isinstance(error, Stopped):
            if here:
                self._desk.banner.show_note(_STOPPED)
        else:
            # What is said of all that fails does not say what became of the file.
            text = f"{error} {_NOT_ADDED}" if str(error) == error.message else str(error)
            if here:
                self._desk.banner.show_note(f"“{words.file_name(name)}”: {text}", "warm")
            else:
                self._context.tasks.failed.emit(type(error)(text, detail=error.detail))
        if entry in self._left and not self._busy(entry):
            self._let_go(entry)

    @Slot(object)
    def _on_halted(self, going: Going) -> None:
        self.inflow.stop(going)

    @Slot()
    def _on_left(self) -> None:
        self.say.emit(_GOES_ON)

    @property
    def under_way(self) -> bool:
        """Whether any file waits or goes in."""
        return bool(self._wanted or self._encoding or self.inflow)

    def _busy(self, entry: str) -> bool:
        waiting = [*self._encoding, *(eid for eid, _ in self._wanted)]
        return entry in waiting or bool(self.inflow.of(entry))

    def _let_go(self, entry: str) -> None:
        self._left.discard(entry)
        if entry in self._begun:
            self._begun.discard(entry)
            self._context.tasks.ask(partial(_let_go, eid=entry))

    # -- what is there -----------------------------------------------------------------------------------------

    def _ask(self) -> None:
        op = partial(JournalService.attachments, entry=self._entry)
        self._context.tasks.ask(op, partial(self._on_files, self._entry))

    def _on_files(self, entry: str, items: tuple[Item, ...]) -> None:
        if entry == self._entry:
            self._files = tuple(
                ShownFile.of(item.eid, item.record) for item in items if isinstance(item.record, Attachment)
            )
            self._draw()

    def _draw(self) -> None:
        can_write = self._context.tasks.can_write
        self._desk.files.show_files(self._files, self.inflow.of(self._entry), writable=can_write)

    @Slot(str, str)
    def _on_removal(self, eid: str, name: str) -> None:
        op = partial(JournalService.delete, eid=eid)
        self._context.tasks.ask(op, partial(self._on_removed, eid, name), self._desk.banner.show_error)

    def _on_removed(self, eid: str, name: str, _change: Change) -> None:
        self._removed = eid
        self._desk.banner.show_note(f"“{name}” was removed.", actions=[("Bring it back", self._on_bring_back)])

    @Slot()
    def _on_bring_back(self) -> None:
        op = partial(JournalService.undelete, eid=self._removed)
        self._context.tasks.ask(op, self._on_back, self._desk.banner.show_error)

    def _on_back(self, _change: Change) -> None:
        self._desk.banner.hide()
        self.say.emit("It is back.")


def _let_go(service: JournalService, *, eid: str) -> Change | None:
    """Remove an entry in which there is nothing. Runs on the vault thread."""
    item = service.find(eid)
    if item is None or not isinstance(item.record, Writing) or service.attachments(eid):
        return None
    record = item.record
    empty = not (record.text.strip() or record.title.strip() or record.tags or getattr(record, "modalities", ()))
    return service.delete(eid) if empty and len(service.versions(eid)) == 1 else None
