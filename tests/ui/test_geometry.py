"""The window comes back where it was, and always inside a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui import geometry
from ui.settings import DeviceSettings, Geometry

MAIN = QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 1280, 1024)

spots = st.integers(-10_000, 10_000)
sizes = st.integers(-10, 10_000)


@given(spots, spots, sizes, sizes)
def test_any_remembered_place_ends_inside_a_screen(x: int, y: int, width: int, height: int) -> None:
    got = geometry.clamped(QRect(x, y, width, height), [MAIN, SECOND])
    assert MAIN.contains(got) or SECOND.contains(got)
    assert got.width() >= 480
    assert got.height() >= 400


def test_a_place_inside_a_screen_is_left_alone() -> None:
    wanted = QRect(2000, 100, 900, 700)
    assert geometry.clamped(wanted, [MAIN, SECOND]) == wanted


def test_a_window_from_a_screen_that_is_gone_comes_home() -> None:
    assert MAIN.contains(geometry.clamped(QRect(2000, 100, 900, 700), [MAIN]))


def test_remembered_and_restored(qtbot) -> None:
    settings = DeviceSettings()
    first = QWidget()
    qtbot.addWidget(first)
    first.setGeometry(20, 30, 620, 480)
    geometry.remember(first, settings)
    assert settings.geometry == Geometry(20, 30, 620, 480)
    second = QWidget()
    qtbot.addWidget(second)
    geometry.restore(second, settings)
    assert second.geometry() == QRect(20, 30, 620, 480)


def test_the_first_time_in_the_middle(qtbot) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    geometry.restore(made, DeviceSettings())
    assert made.screen().availableGeometry().contains(made.geometry())
