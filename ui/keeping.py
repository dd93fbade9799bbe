"""Keeping and moving a journal: back up, check, import, export. Each asks where, runs aside, and says so."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from ui import report
from ui.context import Context
from ui.widgets.banner import Banner

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.window import MainWindow

JOURNALS = "Journals (*.vault)"
_IN_THE_CLEAR = "The file is not sealed: keep it somewhere only you can reach."
IMPORTS = "Journals and exports (*.json *.txt *.md);;All files (*)"


class Keeping(QObject):
    """Answers are shown in the window's banner; progress in its status bar, as for everything that takes a while."""

    def __init__(self, context: Context, banner: Banner, parent: MainWindow) -> None:
        super().__init__(parent)
        self._context = context
        self._banner = banner
        self._window = parent

    @Slot()
    def back_up(self) -> None:
        """Copy the journal to a place of the person's choice."""
        name = self._dated("backup", ".vault")
        path = self._context.prompter.save_path(self._window, "Back up the journal", name, JOURNALS)
        if path is not None:
            self._banner.show_note("Making the backup, and opening every entry in it…")
            self._ask(partial(_backup, path=path), self._on_backed_up)

    @Slot()
    def check(self) -> None:
        """Open every entry of the journal and compare it with the list of what should be there."""
        self._banner.show_note("Opening every entry…")
        self._ask(_verify, self._on_checked)

    @Slot()
    def merge(self) -> None:
        """Take in another copy of this journal."""
        path = self._context.prompter.open_path(self._window, "Merge with another copy", JOURNALS)
        if path is not None:
            self.merge_with(path)

    def merge_with(self, path: Path) -> None:
        """Show what a copy would bring, and take it in if the person wants it."""
        from ui.dialogs.merge import MergeDialog

        self._window.stack.seal()  # what is being typed keeps the version it began from
        dialog = MergeDialog(self._context, path, self._window)
        dialog.go.connect(self._window.stack.go)
        dialog.open()

    @Slot()
    def bring_in(self) -> None:
        """Import a file."""
        path = self._context.prompter.open_path(self._window, "Import", IMPORTS)
        if path is not None:
            self._banner.show_note("Reading the file…")
            self._ask(partial(_import, path=path), self._on_imported)

    @Slot()
    def export(self) -> None:
        """Ask for a form, then for a file."""
        from ui.dialogs.export import ExportDialog

        dialog = ExportDialog(self._context.theme, self._window)
        dialog.chosen.connect(self._on_form)
        dialog.open()

    @Slot(str, bool)
    def _on_form(self, form: str, with_costs: bool = False) -> None:
        from ui.dialogs.export import FORMATS

        ending, filters = next((item[3], item[4]) for item in FORMATS if item[0] == form)
        path = self._context.prompter.save_path(self._window, "Export", self._dated("journal", ending), filters)
        if path is not None:
            self._ask(partial(_export, form=form, path=path, with_costs=with_costs), self._on_exported)

    def _on_backed_up(self, receipt: Any) -> None:
        self._banner.show_note(report.backed_up(receipt))

    def _on_checked(self, found: Any) -> None:
        lines = report.problems(found)
        if lines:
            self._banner.show_note("\n".join(lines), "warm")
        else:
            self._banner.show_note("Every entry was opened, and all of them are as they were written.")

    def _on_imported(self, imported: Any) -> None:
        text, fine = report.imported(imported)
        self._banner.show_note(text, "accent" if fine else "warm")

    def _on_exported(self, exported: Any) -> None:
        entries = "entry" if exported.records == 1 else "entries"
        said = f"{exported.records:,} {entries} exported."
        self._banner.show_note(
            " ".join(part for part in (said, exported.left_out, _IN_THE_CLEAR) if part),
            "warm" if exported.left_out else "accent",
        )

    def _dated(self, name: str, ending: str) -> str:
        """A name that no earlier one of this kind has."""
        return f"{name} {self._context.clock.now():%Y-%m-%d %H%M%S}{ending}"

    def _ask(self, op: Any, done: Any) -> None:
        self._context.tasks.ask(op, done, self._banner.show_error)


def _backup(service: JournalService, *, path: Path) -> object:
    return service.backup(path)


def _verify(service: JournalService) -> object:
    return service.verify()


def _import(service: JournalService, *, path: Path) -> object:
    return service.import_file(path)


def _export(service: JournalService, *, form: str, path: Path, with_costs: bool) -> object:
    return service.export(form, path, with_costs=with_costs)
