"""The index of a base while it is made."""

from __future__ import annotations

import threading

from journal.store import IndexMaker


def test_what_is_given_up_half_made_is_let_go_of_by_any_thread() -> None:
    index = IndexMaker()
    index.add([(0, "water")])
    failed: list[BaseException] = []

    def let_go() -> None:
        try:
            index.close()
        except BaseException as error:
            failed.append(error)

    other = threading.Thread(target=let_go)
    other.start()
    other.join()
    assert failed == []
    index.close()
