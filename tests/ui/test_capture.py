"""Every native window is told to the system once, and told again when the person changes their mind.

The system's own calls exist on Windows and macOS only; one function stands for them here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QMenu, QToolTip, QWidget

from tests.ui.conftest import quiet
from tests.ui.hands import go
from ui import audit, capture
from ui.capture import Capture
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.pages.preferences import PreferencesPage
from ui.places import Place
from ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]


class System:
    """What the system was asked: `(window, out)`, in order."""

    def __init__(self, *, does: bool = True) -> None:
        self.asked: list[tuple[int, bool]] = []
        self.does = does

    def __call__(self, window: int, out: bool) -> bool:
        self.asked.append((window, out))
        return self.does

    @property
    def windows(self) -> list[int]:
        return [window for window, _ in self.asked]


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def watched(qapp: QApplication, system: System) -> Iterator[Capture]:
    made = Capture(system)
    made.start(True)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def context(context: Context, watched: Capture) -> Context:
    return Context(context.tasks, context.prompter, context.theme, context.settings, context.clock, watched)


def native(widget: QWidget) -> int:
    return int(widget.windowHandle().winId())


def shown(qtbot, widget: QWidget) -> int:
    with qtbot.waitExposed(widget):
        widget.show()
    return native(widget)


def test_the_window_its_dialogs_and_what_drops_down_are_told_once_each(
    qtbot, window: MainWindow, theme, system: System
) -> None:
    first = native(window)
    dialog = Dialog(theme, "A heading", window)
    second = shown(qtbot, dialog)
    choice = QComboBox(dialog)
    choice.addItem("x")
    choice.showPopup()
    third = native(choice.view().window())
    choice.hidePopup()
    menu = QMenu(window)
    menu.addAction("x")
    menu.popup(QPoint(5, 5))
    fourth = native(menu)
    menu.close()
    QToolTip.showText(QPoint(5, 5), "x", window)
    tip = next(made for made in QApplication.topLevelWidgets() if made.objectName() == "qtooltip_label")
    fifth = native(tip)
    QToolTip.hideText()
    for widget in (dialog, menu):
        widget.hide()
        widget.show()
        widget.hide()
    asked = [first, second, third, fourth, fifth]
    assert [system.windows.count(one) for one in asked] == [1] * 5
    assert all(out for _, out in system.asked)
    visible = {int(made.winId()) for made in QGuiApplication.topLevelWindows() if made.isVisible()}
    assert first in visible and visible <= set(system.windows)
    dialog.close()


def test_a_window_that_is_made_anew_is_told_anew(qtbot, watched: Capture, system: System) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    before = shown(qtbot, dialog)
    dialog.windowHandle().destroy()
    dialog.windowHandle().create()
    after = native(dialog)
    assert after != before
    assert system.asked == [(before, True), (after, True)]


def test_parts_of_a_window_are_none(qtbot, watched: Capture, system: System) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = QWidget(outer)
    inner.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    assert shown(qtbot, outer) != native(inner)
    assert system.windows == [native(outer)]


def test_switching_off_reverts_every_window_and_later_ones_are_left(qtbot, watched: Capture, system: System) -> None:
    two = [QDialog(), QDialog()]
    for dialog in two:
        qtbot.addWidget(dialog)
    open_now = [shown(qtbot, dialog) for dialog in two]
    watched.apply(False)
    assert system.asked[2:] == [(one, False) for one in open_now]
    assert not watched.works
    later = QDialog()
    qtbot.addWidget(later)
    open_now.append(shown(qtbot, later))
    assert len(system.asked) == 4
    watched.apply(True)
    assert system.asked[4:] == [(one, True) for one in open_now]
    watched.apply(True)
    assert len(system.asked) == 7
    assert watched.works


def test_a_window_that_is_gone_is_not_told(qtbot, watched: Capture, system: System) -> None:
    dialog = QDialog()
    stays = QDialog()
    qtbot.addWidget(stays)
    gone, there = shown(qtbot, dialog), shown(qtbot, stays)
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    watched.apply(False)
    assert system.asked == [(gone, True), (there, True), (there, False)]


def test_whether_it_works_is_what_the_system_said_of_every_window(qtbot, watched: Capture, system: System) -> None:
    assert not watched.works, "no window was told yet"
    first, second = QDialog(), QDialog()
    for dialog in (first, second):
        qtbot.addWidget(dialog)
    shown(qtbot, first)
    assert watched.works
    system.does = False
    shown(qtbot, second)
    assert not watched.works


def test_a_system_that_fails_keeps_no_window_from_coming_up(qtbot, qapp: QApplication) -> None:
    def fail(window: int, _out: bool) -> bool:
        raise OSError(window)

    made = Capture(fail)
    made.start(True)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    shown(qtbot, dialog)
    qapp.removeEventFilter(made)
    assert dialog.isVisible() and not made.works


def preferences(qtbot, window: MainWindow) -> PreferencesPage:
    page = go(qtbot, window, Place("preferences"))
    quiet(qtbot, window.context.tasks)
    return page


def choices(page: PreferencesPage) -> list[str]:
    return [made.text() for made in page.findChildren(QCheckBox)]


def test_the_preference_takes_effect_at_once_and_is_kept(qtbot, window_open: MainWindow, system: System) -> None:
    page = preferences(qtbot, window_open)
    assert "Keep this window out of screenshots and screen sharing" in choices(page)
    assert page.hide_away.isChecked()
    assert "while you want to show" in page.hidden_away.text()
    QApplication.processEvents()
    assert audit.faults(window_open) == []
    page.hide_away.click()
    assert system.asked[-1][1] is False and native(window_open) in [one for one, out in system.asked if not out]
    assert window_open.context.settings.hide_from_capture is False
    assert page.hidden_away.text() == "Whoever sees your screen sees this window."
    page.hide_away.click()
    assert system.asked[-1][1] is True
    assert window_open.context.settings.hide_from_capture is True


def test_the_preference_says_where_it_did_not_work(qtbot, window_open: MainWindow, system: System) -> None:
    page = preferences(qtbot, window_open)
    page.hide_away.click()
    system.does = False
    page.hide_away.click()
    assert "did not do it" in page.hidden_away.text()


def test_the_preference_says_where_it_is_passed_over(
    qtbot, window_open: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "passed_over", lambda: True)
    assert "show the window all the same" in preferences(qtbot, window_open).hidden_away.text()


class TestWhereTheSystemCannot:
    @pytest.fixture
    def context(self, qtbot, theme, clock, prompter) -> Iterator[Context]:
        from ui.settings import DeviceSettings
        from ui.tasks import VaultTasks

        made = Context(VaultTasks(), prompter, theme, DeviceSettings(), clock)
        made.capture.start(made.settings.hide_from_capture)
        yield made
        made.tasks.close()

    def test_nothing_is_offered(self, qtbot, window_open: MainWindow) -> None:
        assert not window_open.context.capture.is_offered
        page = preferences(qtbot, window_open)
        assert [text for text in choices(page) if "screen" in text] == []
        assert not window_open.context.capture.works

    def test_the_system_the_tests_run_on_is_one_of_them(self, qapp: QApplication) -> None:
        assert capture.of_system() is None


def test_the_program_watches_from_its_first_window_on(own_home: Path) -> None:
    program = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main
asked = []
def keep_out(window, out):
    asked.append((window, out))
    return True
main.of_system = lambda: keep_out
def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
    print(asked == [(int(window.winId()), True)], window.context.capture.works, flush=True)
    window.close()
app = main._application()
QTimer.singleShot(0, look)
sys.exit(main.run([]))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=own_home, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "True True\n"), done.stderr
