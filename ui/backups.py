"""Backups in the window: made by themselves, offered where the journal is damaged, and come back from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from journal.errors import JournalError
from ui import report
from ui.leaving import Sealer

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.service.keeping import BackupState
    from journal.vault import Report
    from journal.vault.backups import Backup
    from journal.vault.restore import Restored
    from journal.vault.salvage import Salvage
    from ui.dialogs.restore import RestoreDialog
    from ui.window import MainWindow

_AGAIN = 60 * 60 * 1000  # ms: a journal that stays open is looked after once an hour


class BackupKeeper(QObject):
    """What the window does about backups."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._banner = window.banner
        self._dialog: RestoreDialog | None = None
        self._offer: Salvage | None = None
        self._lines: list[str] = []
        self._then: Callable[[JournalService], Any] | None = None
        self._target: Path | None = None
        self._sealer = Sealer(self._context.tasks, self)
        self._sealer.sealed.connect(self._on_sealed)
        self._sealer.refused.connect(self._on_refused)
        self.timer = QTimer(self)
        self.timer.setInterval(_AGAIN)
        self.timer.timeout.connect(self.keep)

    def opened(self, found: Report, backup: Path | None) -> None:
        """A journal was opened, or where it is one, this backup."""
        self._lines = [*([found.older_than_seen] if found.older_than_seen else []), *report.problems(found)]
        if backup is not None:
            self._show_backup(backup, report.problems(found))
        elif not found.ok:
            self._context.tasks.ask(_offer, self._on_offer, _nothing)
        else:
            self.keep()
            self.timer.start()

    @Slot()
    def keep(self) -> None:
        """Make a backup if anything changed since the last, and let old ones go."""
        self._context.tasks.ask(_keep, self._on_kept, _nothing)

    @Slot(object)
    def restore(self, chosen: Path | None = None) -> None:
        """Come back from a backup."""
        self._context.tasks.ask(_state, partial(self._on_listed, chosen), self._banner.show_error)

    @Slot()
    def restore_any(self) -> None:
        """The same, from the menu."""
        self.restore()

    @Slot(object)
    def choose(self, backups: tuple[Backup, ...]) -> None:
        """Before a journal is open: open one of these backups, or another."""
        from ui.dialogs.backups import BackupsDialog

        dialog = BackupsDialog(self._context, backups, self._window)
        dialog.chosen.connect(self._window.offer)
        dialog.open()

    # -- after opening -------------------------------------------------------------------------------------------

    def _on_kept(self, state: BackupState) -> None:
        self._window.stack.page("today").backup_note.ask()
        if state.fewer > 0:
            entries = "entry" if state.fewer == 1 else "entries"
            self._banner.show_note(
                f"{state.fewer:,} {entries} fewer than in the last backup. Until you decide, no older backup is let "
                "go.",
                "warm",
                [("Keep the older ones", self._on_keep_older), ("It is meant so", self._on_let_go)],
            )

    @Slot()
    def _on_keep_older(self) -> None:
        self._answer(keep=True)

    @Slot()
    def _on_let_go(self) -> None:
        self._answer(keep=False)

    def _answer(self, *, keep: bool) -> None:
        self._banner.dismiss()
        self._context.tasks.ask(partial(_answer, keep=keep), failed=self._banner.show_error)

    # -- a backup that is open for reading -------------------------------------------------------------------------

    def _show_backup(self, backup: Path, damaged: list[str]) -> None:
        from journal.paths import backup_time
        from ui import words

        at = backup_time(backup.name)
        when = f" from {words.moment(at, self._context.clock.now())}" if at else ""
        text = f"This is the backup{when}, open for reading. Your journal is as it was."
        actions = [("Use it as the journal…", self._on_use_as_journal)] if not damaged else []
        self._banner.show_note("\n".join([text, *damaged]), "warm" if damaged else "accent", actions)

    @Slot()
    def _on_use_as_journal(self) -> None:
        target = self._window.welcome.place_for_backup()
        there = target.exists()
        text = "A copy of it is opened entry by entry and put in the journal's place. " + (
            "The file that is there now is kept beside it."
            if there
            else "You unlock it with the password of the time it was made."
        )
        if self._context.prompter.confirm(self._window, "Use this backup as the journal?", text, "Use it"):
            self._target = target
            self._replace(partial(_use_as_journal, target=target))

    # -- coming back -----------------------------------------------------------------------------------------------

    def _on_listed(self, chosen: Path | None, state: BackupState) -> None:
        from ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(
            self._context, state.backups, chosen, writable=state.writable, parent=self._window
        )
        dialog.brought_back.connect(self._on_brought_back)
        dialog.whole.connect(self._on_whole)
        dialog.destroyed.connect(self._on_dialog_gone)
        self._dialog = dialog
        dialog.open()

    @Slot(int)
    def _on_brought_back(self, count: int) -> None:
        what = "entry was" if count == 1 else "entries were"
        self._banner.show_note(f"{count:,} {what} brought back.", actions=[("Undo", self._on_undo)])

    @Slot()
    def _on_undo(self) -> None:
        self._banner.hide()
        self._window.commands.take_back()

    @Slot()
    def _on_whole(self) -> None:
        self._replace(_use_backup)

    @Slot()
    def _on_dialog_gone(self) -> None:
        self._dialog = None

    # -- a damaged journal -------------------------------------------------------------------------------------------

    def _on_offer(self, offer: Salvage | None) -> None:
        self._offer = offer
        if offer is None:  # what is damaged does not keep the journal from being written
            self.keep()
            self.timer.start()
            return
        lines = [*self._lines, *report.salvage(offer, self._context.clock.now())]
        lines.append("Everything else is here. Until it is repaired, the journal is open for reading only.")
        self._banner.show_note(
            "\n".join(lines),
            "warm",
            [(_deed(offer), self._on_salvage), ("Look into a backup…", self.restore_any)],
        )

    @Slot()
    def _on_salvage(self) -> None:
        offer = self._offer
        if offer is None:
            return
        text = (
            "A new file is written with all that is whole, and read back. Then it takes the journal's place, and the "
            "damaged file is kept beside it. Afterwards you unlock the journal again."
        )
        if offer.lost:
            text += f" {report.lost(len(offer.lost))}"
        if self._context.prompter.confirm(self._window, "Repair the journal?", text, "Repair it"):
            self._banner.show_note("Repairing the journal, and opening every entry of it…")
            self._replace(partial(_salvage, offer=offer))

    # -- another file in the journal's place ---------------------------------------------------------------------

    def _replace(self, op: Callable[[JournalService], Restored]) -> None:
        """Seal what is being written, so that the present file has it; then replace the file, and end."""
        self._then = op
        self._sealer.run(self._window.stack.seal)

    @Slot()
    def _on_sealed(self) -> None:
        op, self._then = self._then, None
        if op is not None:
            self._context.tasks.ask(op, self._on_replaced, self._on_refused)

    def _on_replaced(self, restored: Restored) -> None:
        self._window.end_at(restored.path)

    @Slot(object)
    def _on_refused(self, error: JournalError) -> None:
        self._then = None
        if self._dialog is not None:
            self._dialog.refuse(error)
        else:
            self._banner.show_error(error)


def _deed(offer: Salvage) -> str:
    if offer.eids:
        return "Bring it back…" if len(offer.eids) == 1 else "Bring them back…"
    return "Go on without what is lost…" if offer.lost else "Repair it…"


def _keep(service: JournalService) -> BackupState:
    return service.keep_backups()


def _state(service: JournalService) -> BackupState:
    return service.backups()


def _answer(service: JournalService, *, keep: bool) -> object:
    service.answer_fewer(keep=keep)
    return service.keep_backups()


def _offer(service: JournalService) -> Salvage | None:
    return service.salvage_offer()


def _salvage(service: JournalService, *, offer: Salvage) -> Restored:
    return service.salvage(offer)


def _use_backup(service: JournalService) -> Restored:
    return service.use_backup()


def _use_as_journal(service: JournalService, *, target: Path) -> Restored:
    return service.use_as_journal(target)


def _nothing(_error: JournalError) -> None:
    return None
