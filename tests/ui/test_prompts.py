"""Questions: plain text, refused by default, and no trace of the files chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox

from ui.prompts import QtPrompter


def later(act) -> None:
    """Act once the dialog is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(5, look)
        else:
            act(dialog)

    QTimer.singleShot(0, look)


@pytest.fixture
def asker(theme) -> QtPrompter:
    return QtPrompter()


def test_a_question_shows_markup_as_it_is_and_enter_refuses(qtbot, asker: QtPrompter) -> None:
    seen = []

    def act(box: QMessageBox) -> None:
        labels = [made for made in box.findChildren(QLabel) if made.text()]
        assert {made.text() for made in labels} == {"Remove it?", "<b>x</b>"}
        assert {made.textFormat() for made in labels} == {Qt.TextFormat.PlainText}
        seen.append((box.textFormat(), box.defaultButton().text()))
        qtbot.keyClick(box, Qt.Key.Key_Return)

    later(act)
    assert asker.confirm(None, "Remove it?", "<b>x</b>", "Remove") is False
    assert seen == [(Qt.TextFormat.PlainText, "Cancel")]


def test_a_question_can_be_agreed_to(qtbot, asker: QtPrompter) -> None:
    later(lambda box: next(b for b in box.buttons() if b.text() == "Remove").click())
    assert asker.confirm(None, "Remove it?", "x", "Remove") is True


def test_escape_means_no(qtbot, asker: QtPrompter) -> None:
    later(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert asker.confirm(None, "Remove it?", "x", "Remove") is False


def test_several_files_can_be_chosen(qtbot, asker: QtPrompter, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"x")

    def act(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        dialog.findChild(QLineEdit).setText('"a.png" "b.png"')
        dialog.accept()

    later(act)
    assert asker.open_paths(None, "Add a file") == (tmp_path / "a.png", tmp_path / "b.png")
    later(lambda dialog: dialog.reject())
    assert asker.open_paths(None, "Add a file") == ()


def test_choosing_files_leaves_no_trace_on_the_disk(qtbot, asker: QtPrompter, own_home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "Therapy with a canary"
    secret.mkdir()
    (secret / "canary.age").write_bytes(b"x")

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(secret))
        dialog.selectFile(str(secret / "canary.age"))
        dialog.accept()

    later(choose)
    assert asker.open_path(None, "Open", "Shares (*.age)") == secret / "canary.age"

    def name(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(secret))
        dialog.selectFile("canary-new.age")
        dialog.accept()

    later(name)
    assert asker.save_path(None, "Save", "share.age", "Shares (*.age)") == secret / "canary-new.age"
    QApplication.processEvents()
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()
    traces = [path for path in own_home.rglob("*") if path.is_file()]
    assert [path for path in traces if b"canary" in path.read_bytes() or "QtProject" in path.name] == []


def test_where_the_settings_cannot_be_pointed_elsewhere_they_are_taken_out(
    qtbot, asker: QtPrompter, tmp_path: Path
) -> None:
    secret, kept = tmp_path / "Therapy with a canary", tmp_path / "kept"
    secret.mkdir()
    (secret / "canary.age").write_bytes(b"x")
    # As on Windows and macOS, which keep them in a place of their own.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(kept))
    own = QSettings(QSettings.Scope.UserScope, "QtProject")
    own.setValue("Other/program", "stays")
    del own

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(secret))
        dialog.selectFile(str(secret / "canary.age"))
        dialog.accept()

    later(choose)
    assert asker.open_path(None, "Open", "Shares (*.age)") == secret / "canary.age"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()
    written = "".join(path.read_text("utf-8") for path in kept.rglob("*") if path.is_file())
    assert "stays" in written
    assert "canary" not in written and "FileDialog" not in written


def test_cancelling_gives_nothing(qtbot, asker: QtPrompter) -> None:
    later(lambda dialog: dialog.reject())
    assert asker.open_path(None, "Open") is None
    later(lambda dialog: dialog.reject())
    assert asker.save_path(None, "Save", "journal.vault") is None


def test_an_ending_is_added_where_it_was_left_out(qtbot, asker: QtPrompter, tmp_path: Path) -> None:
    def name(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("mine")
        dialog.accept()

    later(name)
    assert asker.save_path(None, "Save", "journal.vault", "Journals (*.vault)") == tmp_path / "mine.vault"


def test_a_name_that_is_taken_is_not_asked_about_for_it_is_refused_later(
    qtbot, asker: QtPrompter, tmp_path: Path
) -> None:
    (tmp_path / "taken.vault").write_bytes(b"x")

    def name(dialog: QFileDialog) -> None:
        assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("taken.vault")
        dialog.accept()

    later(name)
    assert asker.save_path(None, "Save", "journal.vault", "Journals (*.vault)") == tmp_path / "taken.vault"
