"""The pages of replies, looked over in both schemes, in large text, and in a small window."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import go
from tests.ui.pages.reply_hands import (
    EXPERIENCE,
    SESSION,
    answered,
    comment,
    fill,
    on,
    opened,
    press,
    service,
    share,
    take_in,
)
from tests.ui.pages.test_client_looks import faults
from tests.ui.pages.test_looks import LOOKS
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.window import MainWindow


@pytest.mark.parametrize(("scheme", "scale", "size"), LOOKS)
def test_nothing_of_whom_it_came_back_to_is_clipped_or_nameless(
    qtbot, window_open: MainWindow, theme: Theme, tmp_path: Path, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    window_open.resize(*size)
    on(qtbot, window_open, fill)
    found = {}
    go(qtbot, window_open, Place("replies"))
    found["none"] = faults(qtbot, window_open)
    file = on(qtbot, window_open, answered, tmp_path / "amsel", text="Thank you for these.\nMore on Tuesday.")
    page = opened(qtbot, window_open, file)
    found["read"] = faults(qtbot, window_open)
    page.reply.keep.click()
    quiet(qtbot, window_open.context.tasks)
    found["one"] = faults(qtbot, window_open)
    for name, eid in (
        ("replies", None),
        ("today", None),
        ("write", EXPERIENCE),
        ("session", SESSION),
    ):
        page = go(qtbot, window_open, Place(name, eid=eid))
        found[name] = faults(qtbot, window_open)
    page = go(qtbot, window_open, Place("write", eid=EXPERIENCE))
    page.desk.aside.setChecked(True)
    found["beside"] = faults(qtbot, window_open)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("scheme", "scale", "size"), LOOKS)
def test_nothing_of_who_answers_is_clipped_or_nameless(
    qtbot, window_open: MainWindow, theme: Theme, tmp_path: Path, prompter: FakePrompter, scheme: Scheme, scale: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    theme.apply(scheme, scale)
    window_open.resize(*size)
    jona = service(tmp_path / "jona", "jona")
    try:
        fill(jona)
        card = on(qtbot, window_open, JournalService.own_card, "Dr Amsel").card
        jona.add_card(card)
        share(jona, tmp_path / "share.age", recipient=card.recipient)
    finally:
        jona.close()
    received = on(qtbot, window_open, take_in, tmp_path / "share.age")
    found = {}
    page = go(qtbot, window_open, Place("reply", eid=received))
    found["nothing waits"] = faults(qtbot, window_open)
    on(qtbot, window_open, comment, received, "What is behind it? " * 10)
    page = go(qtbot, window_open, Place("reply", eid=received))
    found["choose"] = faults(qtbot, window_open)
    next(iter(page.choose.boxes.values())).setChecked(True)
    press(qtbot, page)
    found["preview"] = faults(qtbot, window_open)
    prompter.answers = [tmp_path / "reply.age"]
    press(qtbot, page)
    found["done"] = faults(qtbot, window_open)
    press(qtbot, page)
    found["client"] = faults(qtbot, window_open)
    page = go(qtbot, window_open, Place("reply", eid=received))
    page.choose.not_given.emit(on(qtbot, window_open, JournalService.sent_replies)[0].eid)
    quiet(qtbot, window_open.context.tasks)
    found["waits again"] = faults(qtbot, window_open)
    assert {name: faults for name, faults in found.items() if faults} == {}
