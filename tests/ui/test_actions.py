"""The menus: everything has words, no key means two things, and no platform leaves one without a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.actions import Actions, specs


@pytest.fixture
def actions(qtbot) -> Iterator[Actions]:
    owner = QWidget()
    qtbot.addWidget(owner)
    yield Actions({spec.name: owner.close for spec in specs()}, owner)


def test_no_key_means_two_things(qtbot, actions: Actions) -> None:
    seen: dict[str, str] = {}
    for spec in specs():
        for key in actions[spec.name].shortcuts():
            text = key.toString()
            assert seen.setdefault(text, spec.name) == spec.name, text


def test_the_usual_keys_are_there_on_every_platform(qtbot, actions: Actions) -> None:
    for name, key in {"quit": "Ctrl+Q", "lock": "Ctrl+L", "shortcuts": "F1", "preferences": "Ctrl+,"}.items():
        assert QKeySequence(key) in actions[name].shortcuts()


def test_every_action_is_in_a_menu(qtbot, actions: Actions) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    found = set()
    menus = [action.menu() for action in bar.actions()]
    while menus:
        menu: QMenu = menus.pop()
        for action in menu.actions():
            if action.menu() is not None:
                menus.append(action.menu())
            elif not action.isSeparator():
                assert action.text()
                found.add(action.objectName())
    assert found == {spec.name for spec in specs()}


def test_within_a_menu_each_letter_opens_one_thing(qtbot, actions: Actions) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    tops = bar.actions()
    inner = [action for top in tops for action in top.menu().actions() if action.menu() is not None]
    for top in (*tops, *inner):
        letters = [a.text()[a.text().index("&") + 1].lower() for a in top.menu().actions() if "&" in a.text()]
        assert len(letters) == len(set(letters)), (top.text(), letters)


def test_what_is_possible_depends_on_the_journal(qtbot, actions: Actions) -> None:
    actions.allow(is_open=False, writable=True)
    assert not actions["lock"].isEnabled()
    assert actions["open-share"].isEnabled()
    actions.allow(is_open=True, writable=False)
    assert actions["lock"].isEnabled()
    assert not actions["undo"].isEnabled()
    assert actions["export"].isEnabled()
