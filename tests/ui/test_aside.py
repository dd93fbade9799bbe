"""Jobs aside: those that take much memory run one at a time, whoever asks, and in the order they were asked for."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject

from journal.errors import JournalError
from ui.aside import Aside


def test_in_turn_is_one_at_a_time_whoever_asks(qtbot) -> None:
    lock, at_once, most, order = threading.Lock(), 0, 0, []
    go_on = threading.Event()

    def job(number: int) -> int:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        go_on.wait(30)
        with lock:
            at_once -= 1
        return number

    owner = QObject()
    before = threading.active_count()
    asides = [Aside(owner) for _ in range(48)]
    for number, aside in enumerate(asides):
        aside.run(lambda number=number: job(number), order.append, in_turn=True)
    assert threading.active_count() <= before + 1
    go_on.set()
    qtbot.waitUntil(lambda: len(order) == len(asides), timeout=30_000)
    assert most == 1 and sorted(order) == list(range(48))


def test_what_nobody_waits_for_any_more_is_not_begun_and_the_rest_goes_on(qtbot) -> None:
    done, begun, hold = [], [], threading.Event()
    owner = QObject()
    first, second, third = (Aside(owner) for _ in range(3))
    first.run(lambda: hold.wait(30), done.append, in_turn=True)
    second.run(lambda: begun.append("second"), done.append, in_turn=True)
    third.run(lambda: 1 / 0, done.append, in_turn=True)
    first.run(lambda: "beside", done.append)  # what is not in turn waits for none of them
    qtbot.waitUntil(lambda: done == ["beside"])
    second.forget()
    hold.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    (failed,) = (one for one in done if isinstance(one, JournalError))
    assert done.count(True) == 1 and failed.detail == "ZeroDivisionError" and begun == []
