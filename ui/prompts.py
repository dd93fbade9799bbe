"""Every question that needs an answer before going on. Pages ask through `Prompter`, so that tests can answer.

File dialogs are Qt's own, not the desktop's: desktops add what is chosen to a list of recent files. Qt's in turn
keeps a history in its settings, and that is pointed at nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


class Prompter(Protocol):
    """Asks the person. Filters are Qt's: `"Shares (*.age)"`."""

    def confirm(self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "Cancel") -> bool:
        """Whether the person chose `yes`. Closing the question means `no`; so does Enter."""
        ...

    def save_path(self, parent: QWidget | None, title: str, suggested_name: str, filter: str = "") -> Path | None:
        """Where to write a file, or None. Nothing is ever overwritten: who writes there refuses a name that is taken.

        `suggested_name` is a name, or a whole path to begin at.
        """
        ...

    def open_path(self, parent: QWidget | None, title: str, filter: str = "") -> Path | None:
        """An existing file, or None."""
        ...

    def open_paths(self, parent: QWidget | None, title: str, filter: str = "") -> tuple[Path, ...]:
        """Existing files, one or several; none where nothing was chosen."""
        ...

    def folder(self, parent: QWidget | None, title: str) -> Path | None:
        """An existing folder, or None."""
        ...


class QtPrompter:
    """Asks with dialogs."""

    def __init__(self) -> None:
        keep_no_history()

    def confirm(self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "Cancel") -> bool:
        box = QMessageBox(parent)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.setEscapeButton(refuse)
        box.exec()
        agreed = box.clickedButton() is accept
        box.deleteLater()
        return agreed

    def save_path(self, parent: QWidget | None, title: str, suggested_name: str, filter: str = "") -> Path | None:
        dialog = self._file_dialog(parent, title, filter)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        suffix = Path(suggested_name).suffix
        if suffix:
            dialog.setDefaultSuffix(suffix[1:])
        dialog.selectFile(str(_home_of(suggested_name)))
        return self._chosen(dialog)

    def open_path(self, parent: QWidget | None, title: str, filter: str = "") -> Path | None:
        dialog = self._file_dialog(parent, title, filter)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._chosen(dialog)

    def open_paths(self, parent: QWidget | None, title: str, filter: str = "") -> tuple[Path, ...]:
        dialog = self._file_dialog(parent, title, filter)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return self._all_chosen(dialog)

    def folder(self, parent: QWidget | None, title: str) -> Path | None:
        dialog = self._file_dialog(parent, title, "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return self._chosen(dialog)

    def _file_dialog(self, parent: QWidget | None, title: str, filter: str) -> QFileDialog:
        dialog = QFileDialog(parent, title, str(Path.home()), filter)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        dialog.resize(760, 520)
        return dialog

    def _chosen(self, dialog: QFileDialog) -> Path | None:
        return next(iter(self._all_chosen(dialog)), None)

    def _all_chosen(self, dialog: QFileDialog) -> tuple[Path, ...]:
        accepted = dialog.exec()
        files = dialog.selectedFiles()
        shiboken6.delete(dialog)  # now: it writes down the folders visited when it goes
        forget_history()
        return tuple(Path(file) for file in files) if accepted else ()


def keep_no_history() -> None:
    """Point the settings Qt keeps for itself at nothing: file dialogs would write the folders visited to disk.

    Windows and macOS keep them elsewhere, whatever is said here; there they are taken out again each time.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, "/dev/null/none")


def forget_history() -> None:
    """Take out what a file dialog that is gone has written down."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    if "FileDialog" in kept.childGroups():
        kept.remove("FileDialog")
        kept.sync()


def _home_of(suggested: str) -> Path:
    path = Path(suggested)
    return path if path.is_absolute() else Path.home() / path
